"""Before and after on one scale: an arrow per row, or per group level within a row."""

from typing import Any

import pandas as pd

from evaluation.figures.frame import Frame, write_at
from evaluation.figures.labels import Labels
from evaluation.figures.marks import LARGE, LITTLE, draw_point, numbers
from evaluation.figures.panel import BESIDE, Extents, Panel, Plan, open_panel, write_values
from evaluation.figures.rows import Line, Stack, blocks_of, body_height, lines_of, place
from evaluation.figures.theme import SMALL, SOFT, Mark
from evaluation.figures.ticks import extended, scale_limits
from evaluation.figures.writing import text_width

BOTH = ("mean_before", "mean_after")
TITLE = 9.0
SHORTEST = 15.0


def change(figure: Any, table: pd.DataFrame, labels: Labels) -> None:
    """Draw an arrow from the mean before to the mean after, women first.

    Parameters
    ----------
    figure
        An empty figure.
    table
        Reads `mean_before`, `mean_after`, `level`, `group`, `suppressed`.
    labels
        Reads `rows` (consecutive equal ones share a label), `values`, `ticks`, `axis`, `levels`,
        `too_few`, `limits` and, of `marks`, `mean_before` and `mean_after`.
    """
    lines = lines_of(table, labels)
    extents = {
        line.index: (min(ends), max(ends))
        for line in lines
        if line.has(*BOTH) and (ends := numbers([line], *BOTH))
    }
    values = [end for ends in extents.values() for end in ends]
    limits = extended(labels.limits or scale_limits(values), values)
    stack = place(blocks_of(lines), body=body_height(lines, labels, 17.0), gap=13)
    plan = Plan(
        stack=stack,
        labels=labels,
        limits=limits,
        extents=extents,
        values=BESIDE,
        whole=limits[1] - limits[0] >= 1,
        title=TITLE if _first(stack, extents, labels) is stack.lines[0] else 0.0,
    )
    panel = open_panel(figure, plan)
    for line in panel.drawn:
        draw_arrow(panel.frame, line, panel.mark(line))
    write_values(panel)
    _name_marks(panel)


def _first(stack: Stack, drawn: Extents, labels: Labels) -> Line | None:
    """Return the topmost arrow with room above it for the names of its marks, if they have names."""
    if not all(labels.marks.get(column) for column in BOTH):
        return None
    firsts = (block.lines[0] for block in stack.blocks)
    return next((line for line in firsts if line.index in drawn), None)


def draw_arrow(frame: Frame, line: Line, mark: Mark) -> None:
    """Draw a line with a small mark before, an arrowhead and a large mark after."""
    before, after = (line.numbers[column] for column in BOTH)
    look = {"color": mark.colour, "clip_on": False, "zorder": 3}
    frame.axes.plot([before, after], [line.y] * 2, linewidth=1.8, gid=f"change-{line.index}", **look)
    length = frame.points(after) - frame.points(before)
    if abs(length) >= SHORTEST:
        head = frame.points(after) - (8.5 if length > 0 else -8.5)
        shape = ">" if length > 0 else "<"
        frame.axes.plot(
            [frame.at(head)], [line.y], marker=shape, markersize=5, gid=f"arrow-{line.index}", **look
        )
    draw_point(frame, after, line.y, mark, LARGE, gid=f"after-{line.index}")
    small = Mark(mark.colour, mark.shape, False)
    draw_point(
        frame, before, line.y, small, LITTLE, gid=f"before-{line.index}", markeredgewidth=1.3, zorder=6
    )


def _name_marks(panel: Panel) -> None:
    """Write what the two marks are above those of the first arrow."""
    frame, labels = panel.frame, panel.plan.labels
    line = _first(panel.plan.stack, panel.plan.extents, labels)
    if line is None:
        return
    texts = [labels.marks[column] for column in BOTH]
    widths = [text_width(text, SMALL) for text in texts]
    middles = apart([frame.points(line.numbers[column]) for column in BOTH], widths, frame.room)
    look = {"ha": "center", "va": "bottom", "size": SMALL, "color": SOFT}
    for text, middle, column in zip(texts, middles, BOTH, strict=True):
        write_at(frame, middle, line.y - 7, text, gid=f"name-{column}", **look)


def apart(places: list[float], widths: list[float], room: float) -> list[float]:
    """Move the middles of two texts apart until they do not touch, inside the figure."""
    (first, second), (wide, broad) = places, widths
    side = 1 if second >= first else -1
    lack = max(0.0, (wide + broad) / 2 + 8 - abs(second - first)) / 2 * side
    middles = [
        min(max(first - lack, wide / 2), room - wide / 2),
        min(max(second + lack, broad / 2), room - broad / 2),
    ]
    gap = (wide + broad) / 2 + 8
    if abs(middles[1] - middles[0]) < gap:
        upper = max(middles) if min(middles) > room / 2 else min(middles) + gap
        return [upper - gap, upper] if side > 0 else [upper, upper - gap]
    return middles
