"""Those who answered at one wave, with the code that each of them wrote."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.data.linkage.normalise import comparable, comparable_name, folded, normalised
from evaluation.vocabulary.errors import LinkageError, one_of
from evaluation.vocabulary.message import msg

Texts = NDArray[np.object_]
WITHIN = " | "


@dataclass(frozen=True, slots=True, eq=False)
class WaveCodes:
    """Those who answered at one wave, sorted by block and respondent.

    Attributes
    ----------
    respondent
        Shape (n,), what tells them apart within the wave.
    block
        Shape (n,), the company in comparable form; "" where it is not known.
    written
        Shape (n, k), the elements of the code as they were written.
    kept
        Shape (n, k), the elements in comparable form, with å, ä and ö.
    folded
        Shape (n, k), the elements without marks.
    """

    respondent: Texts
    block: Texts
    written: Texts
    kept: Texts
    folded: Texts

    @property
    def code(self) -> Texts:
        """Return the codes as one text each, shape (n,)."""
        return np.array([WITHIN.join(row) for row in self.written.tolist()], dtype=object)


def wave_codes(
    frame: pd.DataFrame, elements: Sequence[str], *, respondent: str, block: str | None = None
) -> WaveCodes:
    """Those who answered at one wave, with their codes in comparable form.

    Parameters
    ----------
    frame
        One row per respondent.
    elements
        The columns that hold the elements of the code; one column for a code in one piece.
    respondent
        The column that tells respondents apart.
    block
        The column with the company; None if everybody may be linked with everybody.

    Returns
    -------
    WaveCodes
        Sorted, so that the order of the rows does not matter.

    Raises
    ------
    LinkageError
        If a column is not there, or two rows have the same respondent.

    Examples
    --------
    >>> frame = pd.DataFrame({"row": ["2", "3"], "firm": ["A", "a "], "c1": ["Åsa", "BO"], "c2": ["07", "3"]})
    >>> wave_codes(frame, ["c1", "c2"], respondent="row", block="firm").kept.tolist()
    [['åsa', '7'], ['bo', '3']]
    """
    _check(frame, elements, [respondent, *([block] if block else [])], respondent)
    who = frame[respondent].astype("str").to_numpy(dtype=object)
    where = normalised(frame[block], comparable_name) if block else np.full(len(frame), "all", dtype=object)
    order = np.lexsort((who, where)) if len(frame) else np.empty(0, dtype=int)
    columns = [frame[name].to_numpy(dtype=object)[order] for name in elements]
    return WaveCodes(
        who[order],
        where[order],
        *(np.column_stack([normalised(column, form) for column in columns]) for form in FORMS),
    )


def _as_written(text: str) -> str:
    return " ".join(text.replace(WITHIN.strip(), "/").split())


FORMS = (_as_written, comparable, folded)


def _check(frame: pd.DataFrame, elements: Sequence[str], others: Sequence[str], respondent: str) -> None:
    if not elements:
        raise LinkageError(
            msg("No column holds the code to link by."), do=msg("Name the columns of its elements.")
        )
    for name in (*elements, *others):
        if name not in frame.columns:
            raise LinkageError(
                msg("There is no column {name} to link by.", name=name), do=one_of(name, frame.columns)
            )
    if frame[respondent].duplicated().any():
        raise LinkageError(
            msg("Two rows of the same wave have the same respondent."),
            do=msg("Take the repeated row out before the waves are linked."),
        )
