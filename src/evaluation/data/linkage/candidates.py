"""Which pairs can be the same person: in the same company, with codes at most one edit apart."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.data.linkage.distance import differing_elements, edits
from evaluation.data.linkage.wave import WaveCodes

Places = NDArray[np.int64]
STEPS = ("exact", "folded", "edited")
PORTION = 1 << 16


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Pairs that can be the same person.

    Attributes
    ----------
    before, after
        Shape (m,), places in the two waves.
    step
        Shape (m,): 0 if the codes are equal, 1 if they are equal without å, ä and ö, 2 if they are one
        edit apart (see `STEPS`).
    """

    before: Places
    after: Places
    step: Places

    def only(self, rows: NDArray[np.bool_]) -> "Candidates":
        """Return some of the pairs."""
        return Candidates(self.before[rows], self.after[rows], self.step[rows])


def linkable(wave: WaveCodes) -> NDArray[np.bool_]:
    """Tell who can be linked at all: the company is known and at most one element of the code is empty.

    Parameters
    ----------
    wave
        Those who answered at one wave.

    Returns
    -------
    numpy.ndarray
        Shape (n,). A code in one piece must not be empty; of several elements at least two are needed.

    Examples
    --------
    >>> texts = np.array([["an", "7", "st"], ["an", "", "st"], ["", "", "st"]], dtype=object)
    >>> linkable(WaveCodes(np.array(["1", "2", "3"]), np.array(["a"] * 3), texts, texts, texts)).tolist()
    [True, True, False]
    """
    stated = (wave.kept != "").sum(axis=1)
    elements = wave.kept.shape[1]
    return (stated >= (1 if elements == 1 else max(2, elements - 1))) & (wave.block != "")


def candidate_pairs(before: WaveCodes, after: WaveCodes, *, one_edit: bool = True) -> Candidates:
    """Pairs of the same company whose codes are equal or one edit apart.

    Parameters
    ----------
    before, after
        Those who answered at the two waves.
    one_edit
        Whether codes one edit apart count; otherwise only codes that are equal as they are written.

    Returns
    -------
    Candidates
        Sorted by places. Nobody who is not `linkable` is in a pair.

    Notes
    -----
    Codes one edit apart agree when the same element (of a code in one piece: the same sign) is left
    out of both, so pairs are found by joining on what is left; no step looks at all pairs.

    Examples
    --------
    >>> texts = np.array([["an", "7", "st"]], dtype=object)
    >>> other = np.array([["an", "8", "st"]], dtype=object)
    >>> one, two = (WaveCodes(np.array(["1"]), np.array(["a"]), t, t, t) for t in (texts, other))
    >>> candidate_pairs(one, two).step.tolist(), candidate_pairs(one, two, one_edit=False).step.tolist()
    ([2], [])
    """
    ours, theirs = (np.flatnonzero(linkable(wave)) for wave in (before, after))
    if one_edit:
        keys = _keys_without_a_sign if before.kept.shape[1] == 1 else _keys_without_an_element
        pairs = _joined(keys(before, ours), keys(after, theirs))
    else:
        pairs = _joined(_whole(before, ours), _whole(after, theirs))
    i, j = pairs["before"].to_numpy(), pairs["after"].to_numpy()
    step = _steps(before, after, i, j)
    found = Candidates(i, j, step)
    return found.only(step <= (2 if one_edit else 0))


def _steps(before: WaveCodes, after: WaveCodes, i: Places, j: Places) -> Places:
    equal = differing_elements(before.kept[i], after.kept[j]) == 0
    cost = np.zeros(len(i), dtype=np.int64)
    for start in range(0, len(i), PORTION):
        part = slice(start, start + PORTION)
        cost[part] = code_cost(before.folded[i[part]], after.folded[j[part]])
    return np.where(equal, 0, 1 + cost)


def code_cost(first: NDArray[np.object_], second: NDArray[np.object_]) -> Places:
    """Cost of calling two codes the same: differing elements, or edits of a code in one piece.

    Parameters
    ----------
    first, second
        Shape (n, k), the elements of the codes.

    Returns
    -------
    numpy.ndarray
        Shape (n,).

    Examples
    --------
    >>> code_cost(np.array([["an7st"]], dtype=object), np.array([["an7ts"]], dtype=object)).tolist()
    [1]
    """
    if first.shape[1] == 1:
        return edits(first[:, 0], second[:, 0])
    return differing_elements(first, second)


def _whole(wave: WaveCodes, places: Places) -> pd.DataFrame:
    keys = {f"e{k}": wave.kept[places, k] for k in range(wave.kept.shape[1])}
    full = (wave.kept[places] != "").all(axis=1)
    return pd.DataFrame({"place": places, "left_out": 0, "block": wave.block[places], **keys})[full]


def _keys_without_an_element(wave: WaveCodes, places: Places) -> pd.DataFrame:
    """Return one row per person and element left out; an empty element can only be the one left out."""
    parts = []
    for left_out in range(wave.folded.shape[1]):
        rest = np.delete(wave.folded[places], left_out, axis=1)
        full = (rest != "").all(axis=1)
        keys = {f"e{k}": rest[full, k] for k in range(rest.shape[1])}
        block = wave.block[places][full]
        parts.append(pd.DataFrame({"place": places[full], "left_out": left_out, "block": block, **keys}))
    return pd.concat(parts, ignore_index=True)


def _keys_without_a_sign(wave: WaveCodes, places: Places) -> pd.DataFrame:
    rows = [
        (place, 0, wave.block[place], key)
        for place in places.tolist()
        for key in _shortened(wave.folded[place, 0])
    ]
    return pd.DataFrame(rows, columns=["place", "left_out", "block", "e0"])


def _shortened(text: str) -> set[str]:
    return {text, *(text[:place] + text[place + 1 :] for place in range(len(text)))}


def _joined(ours: pd.DataFrame, theirs: pd.DataFrame) -> pd.DataFrame:
    on = [name for name in ours.columns if name != "place"]
    pairs = ours.merge(theirs, on=on, suffixes=("_before", "_after"))
    pairs = pairs[["place_before", "place_after"]].set_axis(["before", "after"], axis=1).astype(np.int64)
    return pairs.drop_duplicates().sort_values(["before", "after"], ignore_index=True)
