"""The look of every figure: colours, marks, sizes and the settings they are drawn with.

Colours that carry data have a contrast of at least 3:1 with white, and no
two series differ by colour alone. Women are a filled teal circle and men an
open brown diamond in every figure.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

FONT = "DejaVu Sans"
BODY = 10.0
SMALL = 9.5
WIDTH = 7.2 * 72
"""Sizes in points; a figure is 7.2 inches wide, so they are the sizes on paper."""

INK = "#1d232b"
SOFT = "#4b5560"
LINE = "#d9dee2"
GRID = "#eef1f3"
WASH = "#e6eaec"
EDGE = "#7a858f"
TEAL = "#0b6e6e"
BROWN = "#b35c00"
BROWN_TEXT = "#9a4f00"
PURPLE = "#8a55cc"
INDIGO = "#1c1f5e"
MAROON = "#4d1410"
SEQUENCE = ("#d7e8e6", "#a3ccc8", "#66a8a4", "#1f7a78", "#0a4a4a")
OUTLINE = "#2a6462"
GREYS = ("#dfe2e5", "#c3c8cd")
GREY_OUTLINE = "#6c7680"
HATCHES = ("", "////", "", "\\\\\\\\", "", "----", "")
GREY_HATCHES = ("xxxx", "")
PALETTE = {
    "ink": INK,
    "soft": SOFT,
    "edge": EDGE,
    "teal": TEAL,
    "brown": BROWN,
    "brown text": BROWN_TEXT,
    "purple": PURPLE,
    "indigo": INDIGO,
    "maroon": MAROON,
    "outline": OUTLINE,
    "grey outline": GREY_OUTLINE,
}
DASHES = (0, (4, 3))


@dataclass(frozen=True, slots=True)
class Mark:
    """How one series is marked: a colour and a shape, filled or open."""

    colour: str
    shape: str
    filled: bool

    @property
    def text(self) -> str:
        """The colour its name is written in: 4.5:1 or more with white and with the page's grey."""
        return BROWN_TEXT if self.colour == BROWN else self.colour


WOMEN = Mark(TEAL, "o", True)
MEN = Mark(BROWN, "D", False)
OTHERS = (Mark(PURPLE, "s", True), Mark(INDIGO, "^", False), Mark(MAROON, "P", True))
NEUTRAL = Mark(INK, "o", True)
FIRST = ("women", "men")
MOST_SERIES = 5


def series(levels: Iterable[str]) -> dict[str, Mark]:
    """Give each level its mark; more than five levels share one and need their names written."""
    found = list(dict.fromkeys(levels))
    if len(found) > MOST_SERIES:
        return dict.fromkeys(found, NEUTRAL)
    named = {"women": WOMEN, "men": MEN}
    spare = [mark for level, mark in named.items() if level not in found]
    free = iter([*OTHERS, *spare] if set(found) & set(named) else [*spare, *OTHERS])
    return {level: named[level] if level in named else next(free) for level in found}


def contrast(one: str, other: str = "#ffffff") -> float:
    """Return the WCAG contrast ratio of two colours written as #rrggbb."""
    dark, light = sorted(_luminance(colour) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def sequence(n: int) -> tuple[str, ...]:
    """Return `n` colours from light to dark for answer options in order."""
    last = len(SEQUENCE) - 1
    return tuple(_blend(last * i / (n - 1)) for i in range(n)) if n > 1 else SEQUENCE[2:3]


def _blend(position: float) -> str:
    low = min(int(position), len(SEQUENCE) - 2)
    pairs = zip(*([int(c[i : i + 2], 16) for i in (1, 3, 5)] for c in SEQUENCE[low : low + 2]), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * (position - low)):02x}" for a, b in pairs)


def shade(colour: str) -> str:
    """Return a little darker or, of a dark colour, lighter one: for the pattern on it."""
    towards = 0.0 if contrast(colour) < 4 else 255.0
    parts = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(part + (towards - part) * 0.25):02x}" for part in parts)


def text_colour(background: str) -> str:
    """Return white or black, whichever can be read on the background (always 4.5:1 or more)."""
    return "#ffffff" if contrast("#ffffff", background) >= 4.5 else "#000000"


@contextmanager
def style(**extra: Any) -> Iterator[None]:
    """Draw with these settings and no others, and leave the reader's own settings as they were."""
    import matplotlib

    settings = {
        "font.family": FONT,
        "font.size": BODY,
        "text.color": INK,
        "text.parse_math": False,
        "axes.unicode_minus": True,
        "hatch.linewidth": 0.7,
        "svg.fonttype": "path",
        "savefig.bbox": None,
    }
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update({**settings, **extra})
        yield
