"""The pieces figures are made of: points, intervals, bars, bands and the names of marks.

Every piece carries, as its `gid`, what it shows and the row of the table it
shows, for example "estimate-2": tests and page scripts can find it again.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from evaluation.figures.frame import Frame
from evaluation.figures.rows import Line, Stack
from evaluation.figures.theme import DASHES, EDGE, INK, WASH, Mark

LARGE = 8.5
LITTLE = 5.0


def draw_point(frame: Frame, value: float, y: float, mark: Mark, size: float = LARGE, **look: Any) -> None:
    """Draw one mark, filled or open; marks are never cut off at the axis' ends."""
    settings = {
        "marker": mark.shape,
        "markersize": size * {"D": 0.9, "^": 1.1, "P": 1.15}.get(mark.shape, 1.0),
        "markerfacecolor": mark.colour if mark.filled else "white",
        "markeredgecolor": mark.colour,
        "markeredgewidth": 1.6,
        "linestyle": "none",
        "clip_on": False,
        "zorder": 5,
        **look,
    }
    frame.axes.plot([value], [y], **settings)


def draw_interval(frame: Frame, line: Line, colour: str, width: float, gid: str = "interval") -> None:
    """Draw the likely interval; where it goes beyond the axis, an arrow says so."""
    if not line.has("conf_low", "conf_high"):
        return
    ends = [line.numbers["conf_low"], line.numbers["conf_high"]]
    seen = [frame.clip(end) for end in ends]
    look = {"color": colour, "clip_on": False, "zorder": 4}
    frame.axes.plot(
        seen, [line.y] * 2, linewidth=width, solid_capstyle="butt", gid=f"{gid}-{line.index}", **look
    )
    for end, shown, shape in zip(ends, seen, "<>", strict=True):
        if end != shown:
            frame.axes.plot([shown], [line.y], marker=shape, markersize=7, gid=f"beyond-{line.index}", **look)


def draw_bar(frame: Frame, low: float, high: float, y: float, height: float, **look: Any) -> None:
    """Draw a horizontal bar round the height `y`; one that goes beyond the axis is open at its end."""
    from matplotlib.patches import Rectangle

    frame.axes.add_patch(Rectangle((low, y - height / 2), high - low, height, **look))


POSSIBLE = {"facecolor": WASH, "edgecolor": EDGE, "hatch": "/////", "linewidth": 0.8, "zorder": 1}
BAND = {"facecolor": WASH, "edgecolor": "none", "linewidth": 0, "zorder": 0.4}


def draw_band(frame: Frame, low: float, high: float, top: float, bottom: float, gid: str) -> None:
    """Draw a light band with thin edges, over some of the height."""
    draw_bar(frame, low, high, (top + bottom) / 2, bottom - top, gid=gid, **BAND)
    for edge in (low, high):
        if frame.clip(edge) == edge:
            frame.axes.plot([edge, edge], [top, bottom], color=EDGE, linewidth=0.8, zorder=0.7)


def spans(stack: Stack, drawn: Iterable[int], top: float) -> Iterator[tuple[float, float]]:
    """Return the heights of neighbouring rows that are drawn, the first from `top`."""
    indices = set(drawn)
    lines = stack.lines
    borders = [top, *((a.y + b.y) / 2 for a, b in pairwise(lines)), stack.height]
    start = None
    for place, line in enumerate([*lines, None]):
        inside = line is not None and line.index in indices
        if inside and start is None:
            start = borders[place]
        if not inside and start is not None:
            yield start, borders[place]
            start = None


def draw_upright(
    frame: Frame, value: float, pieces: Iterable[tuple[float, float]], gid: str, **look: Any
) -> None:
    """Draw an upright line in pieces, dashed unless asked otherwise."""
    settings = {"color": INK, "linewidth": 1.3, "linestyle": DASHES, "zorder": 2, "clip_on": False, **look}
    for top, bottom in pieces:
        frame.axes.plot([value, value], [top, bottom], gid=gid, **settings)


def beside(frame: Frame, centre: float, width: float, line: float | None) -> float:
    """Return the middle for a text over a mark: inside the figure, clear of an upright line."""
    middle = min(max(centre, width / 2), frame.room - width / 2)
    if line is None or abs(middle - line) >= width / 2 + 4:
        return middle
    right, left = line + width / 2 + 4, line - width / 2 - 4
    fits = [place for place in (right, left) if width / 2 <= place <= frame.room - width / 2]
    return min(fits, key=lambda place: abs(place - centre) - (place > line) * 0.01, default=middle)


def picture_of_band(frame: Frame, x: float, y: float) -> None:
    """Draw a small band, for a key."""
    look = {**BAND, "edgecolor": EDGE, "linewidth": 0.8, "clip_on": False}
    draw_bar(frame, frame.at(x), frame.at(x + 16), y, 11, **look)


def numbers(lines: Iterable[Line], *columns: str) -> list[float]:
    """Return the numbers that lines have in these columns."""
    return [line.numbers[column] for line in lines for column in columns if line.has(column)]
