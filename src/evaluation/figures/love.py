"""How far apart two groups were beforehand: a mark as they are and one as weighted, per characteristic."""

from itertools import groupby
from typing import Any

import pandas as pd

from evaluation.figures.frame import Frame
from evaluation.figures.key import Picture
from evaluation.figures.labels import Labels
from evaluation.figures.marks import (
    draw_band,
    draw_point,
    draw_upright,
    numbers,
    picture_of_band,
    spans,
)
from evaluation.figures.panel import Panel, Plan, open_panel
from evaluation.figures.rows import LABEL_WIDTH, Block, Line, Stack, lines_of, place
from evaluation.figures.theme import INK, SOFT, Mark
from evaluation.figures.ticks import extended, number_limits
from evaluation.figures.writing import wrap

ROW = 17.0
DOT, RING = 6.5, 9.0
MARKS = {
    "unweighted": (Mark(SOFT, "o", False), RING),
    "entropy_balance": (Mark(INK, "o", True), DOT),
    "overlap_weights": (Mark(INK, "D", True), DOT),
}
"""The mark and its size of each weighting: open as they are, filled as weighted."""


def love(figure: Any, table: pd.DataFrame, labels: Labels) -> None:
    """Draw standardised differences round zero, with the bands within which groups count as alike.

    Parameters
    ----------
    figure
        An empty figure.
    table
        Reads `estimate`, `method` (how it is weighted), `bound_low` and `bound_high` (alike),
        `smallest_important` (alike if adjusted for), `suppressed`; rows with one label share a line.
    labels
        Reads `rows`, `ticks`, `axis`, `too_few`, `limits` and, of `marks`, the methods, `bound_low` and
        `smallest_important`.
    """
    lines = lines_of(table, labels)
    methods = dict(enumerate(table["method"]))
    wanted = [*numbers(lines, "estimate", "bound_low", "bound_high", "smallest_important"), 0.0]
    wanted += [-value for value in numbers(lines, "smallest_important")]
    plan = Plan(
        stack=_stack(lines),
        labels=labels,
        limits=extended(labels.limits or number_limits(wanted), wanted),
        extents={line.index: (line.numbers["estimate"],) * 2 for line in lines if line.has("estimate")},
        pictures=_key(labels, lines, methods),
    )
    panel = open_panel(figure, plan)
    _draw_bands(panel)
    for line in panel.drawn:
        mark, size = MARKS[methods[line.index]]
        draw_point(panel.frame, line.numbers["estimate"], line.y, mark, size, gid=f"estimate-{line.index}")


def _stack(lines: tuple[Line, ...]) -> Stack:
    blocks = []
    for label, found in groupby(lines, lambda line: line.label):
        together = tuple(found)
        drawn = tuple(line for line in together if line.has("estimate"))
        blocks.append(Block(wrap(label, LABEL_WIDTH), drawn or together[:1]))
    return place(blocks, body=ROW, gap=4, merged=True)


def _draw_bands(panel: Panel) -> None:
    rows = [line.index for line in panel.drawn]
    for top, bottom in spans(panel.plan.stack, rows, 2.0):
        for value in sorted(set(numbers(panel.drawn, "smallest_important"))):
            draw_band(panel.frame, -value, value, top, bottom, "band")
        for low, high in sorted(
            {_alike(line) for line in panel.drawn if line.has("bound_low", "bound_high")}
        ):
            for end in (low, high):
                draw_upright(panel.frame, end, [(top, bottom)], "alike", linestyle=":", linewidth=1.0)
        draw_upright(panel.frame, 0.0, [(top, bottom)], "zero", linestyle="-", linewidth=1.0)


def _alike(line: Line) -> tuple[float, float]:
    return line.numbers["bound_low"], line.numbers["bound_high"]


def _key(labels: Labels, lines: tuple[Line, ...], methods: dict[int, str]) -> dict[str, Picture]:
    """Return the names of the marks that occur, with a function that draws each mark small."""
    pictures: dict[str, Picture] = {}
    shown = {methods[line.index] for line in lines if line.has("estimate")}
    for method in (name for name in MARKS if name in shown and name in labels.marks):
        pictures[labels.marks[method]] = _picture(*MARKS[method])
    if "bound_low" in labels.marks:
        pictures[labels.marks["bound_low"]] = _dotted
    if "smallest_important" in labels.marks:
        pictures[labels.marks["smallest_important"]] = picture_of_band
    return pictures


def _picture(mark: Mark, size: float) -> Picture:
    def draw(frame: Frame, x: float, y: float) -> None:
        draw_point(frame, frame.at(x + 8), y, mark, size)

    return draw


def _dotted(frame: Frame, x: float, y: float) -> None:
    for shift in (4, 12):
        frame.axes.plot([frame.at(x + shift)] * 2, [y - 5, y + 5], color=SOFT, linestyle=":", linewidth=1.0)
