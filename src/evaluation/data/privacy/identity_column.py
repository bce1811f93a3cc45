"""Identity numbers in a whole column: real ones are told apart from codes that look like dates by chance."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from evaluation.data.privacy.identity_number import Found, candidates, suspicious
from evaluation.vocabulary.message import Message

ENOUGH_TO_TELL = 20
"""From how many date-like numbers of a column the share of right check digits is telling."""
BY_CHANCE = 0.5
"""Of numbers that only look like dates one in ten has a right check digit; of identity numbers nearly all."""

Cells = Mapping[int, list[Found]]
"""What stands in the different texts of a column, by their places."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """The identity numbers of one column.

    Attributes
    ----------
    column
        Its header.
    cells
        The numbers, by the place of the text among the column's different texts.
    count
        How many cells hold any.
    row
        The first row that holds one.
    """

    column: str
    cells: Cells
    count: int
    row: int

    @property
    def kind(self) -> Message:
        """Return the kind of the first one."""
        return next(iter(self.cells.values()))[0].kind


def numbers_in(column: pd.Series) -> Numbers | None:
    """Return the identity numbers of a column, None if there are none.

    Parameters
    ----------
    column
        Cells as dictionary-encoded texts, indexed by row.

    Notes
    -----
    A text that holds more than a number counts if its check digit is right. Of cells that are nothing but a
    number, one in ten has a right check digit by chance if it only looks like a date and a serial number.
    Where at least 20 different cells look so and fewer than half are right, they are taken for codes. A
    number of nine digits counts in a column with other identity numbers, since spreadsheets take away a
    first zero.
    """
    codes = column.array.codes
    used = np.bincount(codes[codes >= 0], minlength=len(column.cat.categories))
    texts = column.cat.categories.tolist()
    possible = {
        place: found for place, text in suspicious(texts) if used[place] and (found := candidates(text))
    }
    cells = _beyond_chance(possible)
    if not cells:
        return None
    cells |= _without_first_zero(texts, cells)
    hit = np.isin(codes, list(cells))
    return Numbers(str(column.name), cells, int(hit.sum()), int(column.index[hit].min()))


def _beyond_chance(possible: Cells) -> dict[int, list[Found]]:
    """Keep right check digits, except those of cells that are codes which look like dates by chance."""
    whole = [found[0].checked for found in possible.values() if found[0].whole]
    chance = len(whole) >= ENOUGH_TO_TELL and sum(whole) < BY_CHANCE * len(whole)
    kept = {
        place: [found for found in several if found.checked and not (chance and found.whole)]
        for place, several in possible.items()
    }
    return {place: several for place, several in kept.items() if several}


def _without_first_zero(texts: list[str], cells: Cells) -> dict[int, list[Found]]:
    """Return numbers of nine digits beside whole ones: a spreadsheet has taken away their first zero."""
    if not any(found.whole for several in cells.values() for found in several):
        return {}
    short = {place: f"0{text.strip()}" for place, text in enumerate(texts) if _nine_digits(text)}
    found = {place: [one for one in candidates(text) if one.checked] for place, text in short.items()}
    return {place: several for place, several in found.items() if several}


def _nine_digits(text: str) -> bool:
    return len(text.strip()) == 9 and text.strip().isdecimal()
