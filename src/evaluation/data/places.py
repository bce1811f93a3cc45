"""Where in the table of answers each question of each wave stands."""

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

Rows = slice | np.ndarray
NOWHERE = np.empty(0, dtype=np.intp)


def question_places(answers: pd.DataFrame) -> dict[tuple[str, str], Rows]:
    """Return the rows of every question at every wave: a slice, where they stand together.

    Parameters
    ----------
    answers
        The table of answers, or a part of it.

    Returns
    -------
    dict
        By wave and question that occur. In the order in which the tables are kept, nothing of the size of
        the table is made.
    """
    columns = [coded(answers[name]) for name in ("wave", "item")]
    (wave, item), names = (column.codes for column in columns), [column.categories for column in columns]
    if not _ascending(wave):
        return _anywhere(wave, item, names)
    found: dict[tuple[str, str], Rows] = {}
    for when, start, end in _runs(wave, len(names[0])):
        within = item[start:end]
        if not _ascending(within):
            return _anywhere(wave, item, names)
        for asked, first, last in _runs(within, len(names[1])):
            found[names[0][when], names[1][asked]] = slice(start + first, start + last)
    return found


def rows_of(places: Mapping[tuple[str, str], Rows], items: Iterable[str], waves: Iterable[str]) -> np.ndarray:
    """Return the rows of some questions at some waves, in ascending order.

    Parameters
    ----------
    places
        From `question_places`.
    items, waves
        Which questions and waves; those that do not occur have no rows.
    """
    waves = list(waves)
    wanted = [places[wave, item] for item in items for wave in waves if (wave, item) in places]
    parts = [np.arange(rows.start, rows.stop) if isinstance(rows, slice) else rows for rows in wanted]
    return np.sort(np.concatenate([NOWHERE, *parts]), kind="stable")


def coded(column: pd.Series) -> pd.Categorical:
    """Return a column of texts as codes and categories, as it is where it is that already."""
    return column.array if isinstance(column.dtype, pd.CategoricalDtype) else pd.Categorical(column)


def _ascending(codes: np.ndarray) -> bool:
    return bool((codes[1:] >= codes[:-1]).all())


def _runs(codes: np.ndarray, size: int) -> list[tuple[int, int, int]]:
    """Return every code that occurs with its first row and the row after its last one."""
    every = np.arange(size, dtype=codes.dtype)
    starts, ends = np.searchsorted(codes, every, "left"), np.searchsorted(codes, every, "right")
    return [(code, int(starts[code]), int(ends[code])) for code in range(size) if ends[code] > starts[code]]


def _anywhere(wave: np.ndarray, item: np.ndarray, names: list[pd.Index]) -> dict[tuple[str, str], Rows]:
    key = wave.astype(np.int32) * len(names[1]) + item
    order = np.argsort(key, kind="stable")
    found: dict[tuple[str, str], Rows] = {}
    for code, first, last in _runs(key[order], len(names[0]) * len(names[1])):
        when, asked = divmod(code, len(names[1]))
        found[names[0][when], names[1][asked]] = order[first:last]
    return found
