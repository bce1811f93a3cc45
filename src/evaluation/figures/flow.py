"""How many remain at each step: from planned to answered both before and after."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pandas as pd

from evaluation.figures.frame import Frame, axis_width, label_column, open_frame, write_at, write_withheld
from evaluation.figures.labels import Labels
from evaluation.figures.marks import draw_bar
from evaluation.figures.rows import Line, blocks_of, lines_of, place
from evaluation.figures.theme import SMALL, SOFT, TEAL, WIDTH
from evaluation.figures.writing import text_height, text_width, wrap

BAR = 17.0
PAD = 7.0
FUNNEL = "#eef4f4"


def flow(figure: Any, table: pd.DataFrame, labels: Labels) -> None:
    """Draw one bar per step with its count, and between steps what was lost.

    Parameters
    ----------
    figure
        An empty figure.
    table
        One row per step, in order; reads `estimate` (the count) and `suppressed`.
    labels
        Reads `rows`, `values` (what was lost since the step before, written above its bar; one that
        only repeats the count, or follows a withheld step, is left out), `ticks` (writes the counts),
        `near`, `too_few`, `limits`.
    """
    lines = _with_losses(lines_of(table, labels, value_width=WIDTH), labels)
    blocks = blocks_of(lines, alone=True)
    left = label_column(blocks)
    lost = max((text_height(_loss(line, left), SMALL) for line in lines), default=0.0)
    stack = place(blocks, body=BAR, above=lost + 5 if lost else 0, gap=3 if lost else 9)
    drawn = [line for line in stack.lines if line.has("estimate")]
    counts = {line.index: _count(line, labels) for line in drawn}
    top = max([labels.limits[1] if labels.limits else 0.0, *(line.numbers["estimate"] for line in drawn)])
    limits = (0.0, top or 1.0)
    reach = [(line.numbers["estimate"], PAD + text_width(counts[line.index], bold=True)) for line in drawn]
    area = Frame(None, *limits, left, axis_width(left, limits, reach))
    frame = open_frame(figure, stack, labels, area, header=_trim(stack))
    for before, after in pairwise(stack.lines):
        if before.index in counts and after.index in counts:
            _draw_funnel(frame, before, after)
    for line in stack.lines:
        _draw_step(frame, line, labels, counts)


def _with_losses(lines: tuple[Line, ...], labels: Labels) -> tuple[Line, ...]:
    """Keep the losses that say more than the count and do not give away a withheld step before."""
    before = [False, *(line.withheld for line in lines)]
    return tuple(
        replace(line, value="") if hidden or _is_count(line, labels) else line
        for line, hidden in zip(lines, before, strict=False)
    )


def _is_count(line: Line, labels: Labels) -> bool:
    return line.has("estimate") and line.value == _count(line, labels)


def _count(line: Line, labels: Labels) -> str:
    """Write the count of a step, marked if it is rounded."""
    written = labels.ticks(line.numbers["estimate"])
    return f"{labels.near}{written}" if line.rounded else written


def _loss(line: Line, left: float) -> str:
    return wrap(line.value.replace("\n", " "), WIDTH - left - 2 * PAD, SMALL)


def _trim(stack: Any) -> float:
    """Return the (negative) height above the first row when nothing is written there."""
    first = stack.blocks[0]
    if first.lines[0].value:
        return 0.0
    return -max(0.0, min(first.y - BAR / 2 - 2, first.y - text_height(first.label) / 2))


def _draw_funnel(frame: Frame, before: Line, after: Line) -> None:
    """Draw a light shape from one bar down to the next, as wide as they are."""
    from matplotlib.patches import Polygon

    top, bottom = before.y + BAR / 2, after.y - BAR / 2
    wide, narrow = before.numbers["estimate"], after.numbers["estimate"]
    corners = [(0, top), (wide, top), (narrow, bottom), (0, bottom)]
    frame.axes.add_patch(Polygon(corners, facecolor=FUNNEL, edgecolor="none", zorder=1, clip_on=False))


def _draw_step(frame: Frame, line: Line, labels: Labels, counts: dict[int, str]) -> None:
    lost = {"size": SMALL, "color": SOFT, "va": "bottom", "gid": f"value-{line.index}"}
    if line.index not in counts:
        write_withheld(frame, line, labels, PAD)
        return
    write_at(frame, PAD, line.y - BAR / 2 - 3, _loss(line, frame.left), **lost)
    count = line.numbers["estimate"]
    look = {"facecolor": TEAL, "edgecolor": "none", "linewidth": 0, "zorder": 2}
    draw_bar(frame, 0.0, count, line.y, BAR, gid=f"estimate-{line.index}", **look)
    end = frame.points(count) + PAD
    write_at(frame, end, line.y, counts[line.index], weight="bold", gid=f"count-{line.index}")
