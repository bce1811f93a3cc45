"""A key: the names of marks, each after a small picture of its mark."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from evaluation.figures.frame import MARGIN, Frame, write_at
from evaluation.figures.theme import SMALL, SOFT, WIDTH
from evaluation.figures.writing import text_width

Picture = Callable[[Frame, float, float], None]
"""Draws a mark, at most 16 points wide, from a place along the axis (in points) and at a height."""

PICTURE = 21.0
ROW = 17.0
BETWEEN = 16.0
BELOW = 5.0


@dataclass(frozen=True, slots=True)
class Key:
    """The entries of a key and where they stand.

    Attributes
    ----------
    pictures
        What draws each entry's mark, by its name.
    places
        For each entry: points from the axis' left end, and its row.
    height
        Of the whole key; an empty key has none.
    """

    pictures: Mapping[str, Picture]
    places: tuple[tuple[float, int], ...]
    height: float

    def draw(self, frame: Frame, top: float) -> None:
        """Draw the key with its upper edge at `top`."""
        for (name, picture), (x, row) in zip(self.pictures.items(), self.places, strict=True):
            y = top + (row + 0.5) * ROW
            picture(frame, x, y)
            write_at(frame, x + PICTURE, y, name, size=SMALL, color=SOFT, gid="key")


def make_key(pictures: Mapping[str, Picture], left: float) -> Key:
    """Set the entries in one row over the axis, or in as many as needed over the whole figure."""
    widths = [PICTURE + text_width(name, SMALL) for name in pictures]
    places = _places(widths, WIDTH - MARGIN - left)
    if places and places[-1][1]:
        places = [(x + MARGIN - left, row) for x, row in _places(widths, WIDTH - 2 * MARGIN)]
    height = (places[-1][1] + 1) * ROW + BELOW if places else 0.0
    return Key(pictures, tuple(places), height)


def _places(widths: Sequence[float], room: float) -> list[tuple[float, int]]:
    places: list[tuple[float, int]] = []
    x, row = 0.0, 0
    for width in widths:
        if places and x + width > room:
            x, row = 0.0, row + 1
        places.append((x, row))
        x += width + BETWEEN
    return places
