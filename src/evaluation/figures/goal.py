"""Shares against their target: what was answered, what is likely and what is possible."""

from typing import Any

import pandas as pd

from evaluation.figures.frame import Frame, write_at
from evaluation.figures.key import Picture
from evaluation.figures.labels import Labels
from evaluation.figures.marks import (
    POSSIBLE,
    beside,
    draw_bar,
    draw_interval,
    draw_point,
    draw_upright,
    numbers,
    spans,
)
from evaluation.figures.panel import ABOVE, Panel, Plan, open_panel
from evaluation.figures.rows import Line, blocks_of, lines_of, place
from evaluation.figures.theme import SMALL, TEAL, Mark
from evaluation.figures.ticks import extended, share_limits
from evaluation.figures.writing import text_height, text_width

BAR = 15.0
TITLE = 16.0
THICK = 4.5
RING = Mark(TEAL, "o", False)
SHOWN = ("estimate", "conf_low", "conf_high", "bound_low", "bound_high", "target")


def target(figure: Any, table: pd.DataFrame, labels: Labels) -> None:
    """Draw shares against their target: ring, likely interval and what is possible for all.

    Parameters
    ----------
    figure
        An empty figure.
    table
        Reads `estimate`, `conf_low`, `conf_high`, `bound_low`, `bound_high`, `target`, `suppressed`.
    labels
        Reads `rows`, `values`, `ticks`, `axis`, `target`, `too_few`, `limits` and, of `marks`,
        `estimate`, `conf_low` and `bound_low`.
    """
    lines = lines_of(table, labels)
    above = max((text_height(line.value) for line in lines), default=0.0) + 3
    limits = labels.limits or share_limits(numbers(lines, *SHOWN))
    plan = Plan(
        stack=place(blocks_of(lines, alone=True), body=BAR + 4, above=above, gap=8),
        labels=labels,
        limits=extended(limits, numbers(lines, "estimate", "target")),
        extents={line.index: (line.numbers["estimate"],) * 2 for line in lines if line.has("estimate")},
        values=ABOVE,
        title=TITLE if labels.target and numbers(lines, "target") else 0.0,
        pictures=_key(labels, lines),
    )
    panel = open_panel(figure, plan)
    _draw_targets(panel)
    for line in panel.drawn:
        _draw_row(panel.frame, line)


def _draw_row(frame: Frame, line: Line) -> None:
    if line.has("bound_low", "bound_high"):
        ends = line.numbers["bound_low"], line.numbers["bound_high"]
        draw_bar(frame, *ends, line.y, BAR, gid=f"bounds-{line.index}", **POSSIBLE)
    draw_interval(frame, line, TEAL, THICK)
    draw_point(
        frame, line.numbers["estimate"], line.y, RING, gid=f"estimate-{line.index}", markeredgewidth=2.4
    )
    goal = frame.points(line.numbers["target"]) if line.has("target") else None
    middle = beside(frame, frame.points(line.numbers["estimate"]), text_width(line.value), goal)
    bottom = line.y - BAR / 2 - 2
    write_at(frame, middle, bottom, line.value, ha="center", va="bottom", gid=f"value-{line.index}")


def _draw_targets(panel: Panel) -> None:
    """Draw one line for a common target, or a short one in each row that has its own."""
    aimed = [line for line in panel.drawn if line.has("target")]
    if not aimed:
        return
    common = len({line.numbers["target"] for line in aimed}) == 1 and len(aimed) == len(panel.drawn)
    middle = _draw_common(panel, aimed) if common else _draw_own(panel, aimed)
    write_at(panel.frame, middle, -3, panel.plan.labels.target, va="bottom", **TITLE_TEXT)


TITLE_TEXT = {"ha": "center", "size": SMALL, "gid": "target-text"}


def _draw_common(panel: Panel, aimed: list[Line]) -> float:
    """Draw one dashed line, interrupted at withheld rows; return where its name stands."""
    goal = aimed[0].numbers["target"]
    pieces = list(spans(panel.plan.stack, [line.index for line in aimed], 0.0))
    start = [(0.0, 5.0)] if pieces[0][0] > 0 else []
    draw_upright(panel.frame, goal, [*start, *pieces], "target")
    return beside(panel.frame, panel.frame.points(goal), text_width(panel.plan.labels.target, SMALL), None)


def _draw_own(panel: Panel, aimed: list[Line]) -> float:
    """Draw a dashed line across each bar, and one before their name; return where that stands."""
    frame = panel.frame
    for line in aimed:
        ends = (line.y - BAR / 2 - 5, line.y + BAR / 2 + 4)
        draw_upright(frame, line.numbers["target"], [ends], f"target-{line.index}")
    if panel.plan.title:
        draw_upright(frame, frame.at(1), [(-TITLE + 1, -2)], "target-key")
    return text_width(panel.plan.labels.target, SMALL) / 2 + 8


def _key(labels: Labels, lines: tuple[Line, ...]) -> dict[str, Picture]:
    """Return the names of the marks that occur, with a function that draws each mark small."""

    def ring(frame: Frame, x: float, y: float) -> None:
        draw_point(frame, frame.at(x + 8), y, RING, markeredgewidth=2.4)

    def thick(frame: Frame, x: float, y: float) -> None:
        look = {"color": TEAL, "linewidth": THICK, "clip_on": False, "solid_capstyle": "butt"}
        frame.axes.plot([frame.at(x), frame.at(x + 16)], [y, y], **look)

    def hatched(frame: Frame, x: float, y: float) -> None:
        draw_bar(frame, frame.at(x), frame.at(x + 16), y, 11, clip_on=False, **POSSIBLE)

    pictures = {"estimate": ring, "conf_low": thick, "bound_low": hatched}
    named = {column: labels.marks.get(column, "") for column in pictures if numbers(lines, column)}
    return {name: pictures[column] for column, name in named.items() if name}
