"""The drawing area: one horizontal axis, rows from the top, all measures in points."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from evaluation.figures.labels import Labels
from evaluation.figures.rows import Block, Line, Stack
from evaluation.figures.theme import GRID, SMALL, SOFT, WIDTH
from evaluation.figures.ticks import Tick
from evaluation.figures.writing import text_height, text_width, wrap, write

GAP = 12.0
MARGIN = 3.0
NARROWEST = 75.0
TICK_LENGTH = 3.5
TOP = 4.0
THIN = {"linewidth": 0.8, "clip_on": False, "solid_capstyle": "butt"}
AXIS = {"color": SOFT, "zorder": 1, **THIN}
TICK_TEXT = {"size": SMALL, "ha": "center", "va": "top", "gid": "tick-text"}


@dataclass(frozen=True, slots=True)
class Frame:
    """Axes whose horizontal unit is the table's and whose vertical unit is the point.

    Attributes
    ----------
    axes
        Matplotlib's axes.
    low, high
        Ends of the horizontal axis.
    left, width
        Its place in the figure and its length, in points.
    """

    axes: Any
    low: float
    high: float
    left: float
    width: float

    def points(self, value: float) -> float:
        """Return how far a value stands from the axis' left end."""
        return (value - self.low) / (self.high - self.low) * self.width

    def at(self, points: float) -> float:
        """Return the value that stands so many points from the left end."""
        return self.low + points / self.width * (self.high - self.low)

    def clip(self, value: float) -> float:
        """Return the value, or the end of the axis if it lies beyond."""
        return min(max(value, self.low), self.high)

    @property
    def room(self) -> float:
        """Points from the axis' left end to the right edge of the figure."""
        return WIDTH - MARGIN - self.left


def label_column(blocks: Iterable[Block], aside: float = 0.0, least: float = 0.0) -> float:
    """Return where the axis starts: right of the widest row label and of a column `aside`."""
    widest = max((text_width(block.label) for block in blocks), default=0.0)
    return max(MARGIN + widest + GAP + aside, MARGIN + least)


def axis_width(left: float, limits: tuple[float, float], reach: Iterable[tuple[float, float]]) -> float:
    """Return the longest axis for which everything stays inside the figure.

    Parameters
    ----------
    left
        Where the axis starts.
    limits
        Its ends.
    reach
        Pairs of a value and the points needed to the right of it.
    """
    low, high = limits
    room = WIDTH - MARGIN - left
    shares = ((min(max((value - low) / (high - low), 0.0), 1.0), extra) for value, extra in reach)
    return max([NARROWEST, min([room, *((room - extra) / share for share, extra in shares if share > 0)])])


def open_frame(
    figure: Any,
    stack: Stack,
    labels: Labels,
    area: Frame,
    ticks: tuple[Tick, ...] = (),
    header: float = 0.0,
    aside: float = 0.0,
) -> Frame:
    """Size the figure and draw its axis, grid and row labels.

    Parameters
    ----------
    figure
        An empty figure.
    stack
        The rows, with their places.
    labels
        The words.
    area
        The ends, the start and the length of the axis; its axes are made here.
    ticks
        Where the axis is marked, and with what; none leaves the axis out.
    header
        Height kept free above the rows.
    aside
        Width of a column between row labels and axis.
    """
    title = wrap(labels.axis if ticks else "", area.room, SMALL)
    foot = MARGIN + max((text_height(tick.text, SMALL) for tick in ticks), default=0.0)
    foot += TICK_LENGTH + 3 if ticks else 0.0
    title_top = stack.height + foot
    foot += text_height(title, SMALL) + 3 if title else 0.0
    above = header + TOP
    height = above + stack.height + foot
    figure.set_size_inches(WIDTH / 72, height / 72)
    axes = figure.add_axes(
        (area.left / WIDTH, foot / height, area.width / WIDTH, (above + stack.height) / height)
    )
    axes.set_xlim(area.low, area.high)
    axes.set_ylim(stack.height, -above)
    frame = replace(area, axes=axes)
    _draw_axis(frame, stack.height, ticks)
    for block in stack.blocks:
        gid = f"row-{block.lines[0].index}"
        write_at(frame, -GAP - aside, block.y, block.label, ha="right", gid=gid)
    write_at(frame, 0, title_top, title, size=SMALL, color=SOFT, va="top", gid="axis")
    return frame


def _draw_axis(frame: Frame, bottom: float, ticks: tuple[Tick, ...]) -> None:
    """Draw a bare axis with short ticks, their texts below and light lines above them."""
    axes = frame.axes
    axes.patch.set_visible(False)
    axes.set_axis_off()
    if ticks:
        axes.plot([frame.low, frame.high], [bottom, bottom], gid="axis-line", **AXIS)
    for tick in ticks:
        axes.plot([tick.value] * 2, [0.0, bottom], color=GRID, **THIN, zorder=0)
        axes.plot([tick.value] * 2, [bottom, bottom + TICK_LENGTH], gid="tick", **AXIS)
        write(axes, tick.value, bottom + TICK_LENGTH + 2, tick.text, **TICK_TEXT)


def write_at(frame: Frame, points: float, y: float, text: str, **look: Any) -> None:
    """Write a text so many points from the axis' left end."""
    write(frame.axes, frame.at(points), y, text, **look)


def write_withheld(frame: Frame, line: Line, labels: Labels, start: float = 0.0) -> None:
    """Write, instead of a mark, that there are too few answers or that there is no number."""
    text = labels.too_few if line.withheld else line.value.replace("\n", " ")
    look = {"style": "italic", "color": SOFT, "size": SMALL, "gid": f"missing-{line.index}"}
    write_at(frame, start, line.y, text or "–", **look)
