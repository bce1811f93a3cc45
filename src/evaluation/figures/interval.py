"""Estimates with their intervals: round zero, or per group level."""

from typing import Any

import pandas as pd

from evaluation.figures.frame import write_at
from evaluation.figures.key import Picture
from evaluation.figures.labels import Labels
from evaluation.figures.marks import (
    POSSIBLE,
    beside,
    draw_band,
    draw_bar,
    draw_interval,
    draw_point,
    draw_upright,
    numbers,
    picture_of_band,
    spans,
)
from evaluation.figures.panel import Panel, Plan, open_panel, write_values
from evaluation.figures.rows import Line, Stack, blocks_of, body_height, lines_of, place
from evaluation.figures.theme import SMALL
from evaluation.figures.ticks import extended, is_scale, number_limits, share_limits
from evaluation.figures.writing import text_width

TITLE = 16.0
BAR = 11.0
SHOWN = ("estimate", "conf_low", "conf_high", "bound_low", "bound_high")


def level(figure: Any, table: pd.DataFrame, labels: Labels) -> None:
    """Draw one estimate with its interval per group level, each level with its own mark.

    Parameters
    ----------
    figure
        An empty figure.
    table
        Reads `estimate`, `conf_low`, `conf_high`, `level`, `group`, `suppressed`.
    labels
        Reads `rows`, `values`, `ticks`, `axis`, `levels`, `too_few`, `limits`.
    """
    lines = lines_of(table, labels)
    limits = labels.limits or share_limits(numbers(lines, *SHOWN))
    plan = Plan(
        stack=_stack(lines, labels),
        labels=labels,
        limits=extended(limits, numbers(lines, "estimate")),
        extents=_extents(lines),
        whole=is_scale(labels.limits),
    )
    _draw_estimates(open_panel(figure, plan))


def difference(figure: Any, table: pd.DataFrame, labels: Labels) -> None:
    """Draw differences with their intervals round zero, and the band that is too small to matter.

    Parameters
    ----------
    figure
        An empty figure.
    table
        Reads `estimate`, `conf_low`, `conf_high`, `smallest_important`, `level`, `group`, `suppressed`, and
        `bound_low` and `bound_high`, which are drawn as a hatched bar instead of the estimate.
    labels
        Reads `rows`, `values`, `ticks`, `axis`, `levels`, `target` (written at zero), `too_few`,
        `limits` and, of `marks`, `smallest_important`.
    """
    lines = lines_of(table, labels)
    smallest = numbers(lines, "smallest_important")
    wanted = [*numbers(lines, *SHOWN), *smallest, *(-value for value in smallest), 0.0]
    plan = Plan(
        stack=_stack(lines, labels),
        labels=labels,
        limits=extended(labels.limits or number_limits(wanted), [0.0, *numbers(lines, "estimate")]),
        extents=_extents(lines),
        title=TITLE if labels.target else 0.0,
        pictures=_band_key(lines, labels),
    )
    panel = open_panel(figure, plan)
    _draw_bands(panel)
    _draw_zero(panel)
    _draw_estimates(panel)


def _stack(lines: tuple[Line, ...], labels: Labels) -> Stack:
    return place(blocks_of(lines), body=body_height(lines, labels, 18.0), gap=9)


def _extents(lines: tuple[Line, ...]) -> dict[int, tuple[float, float]]:
    """Return the lowest and highest number of each line that has an estimate."""
    found = {line.index: numbers([line], *SHOWN) for line in lines if line.has("estimate")}
    return {index: (min(values), max(values)) for index, values in found.items()}


def _draw_estimates(panel: Panel) -> None:
    for line in panel.drawn:
        mark = panel.mark(line)
        if line.has("bound_low", "bound_high"):
            ends = line.numbers["bound_low"], line.numbers["bound_high"]
            draw_bar(panel.frame, *ends, line.y, BAR, gid=f"bounds-{line.index}", **POSSIBLE)
        draw_interval(panel.frame, line, mark.colour, 2.2)
        if not line.has("bound_low", "bound_high"):
            draw_point(panel.frame, line.numbers["estimate"], line.y, mark, gid=f"estimate-{line.index}")
    write_values(panel)


def _draw_bands(panel: Panel) -> None:
    """Draw the band of differences that are too small, over each run of rows that share it."""
    for important in sorted(set(numbers(panel.drawn, "smallest_important"))):
        rows = [line.index for line in panel.drawn if line.numbers["smallest_important"] == important]
        for top, bottom in spans(panel.plan.stack, rows, 0.0):
            draw_band(panel.frame, -important, important, top, bottom, "band")


def _draw_zero(panel: Panel) -> None:
    frame, text = panel.frame, panel.plan.labels.target
    rows = [line.index for line in panel.drawn]
    draw_upright(frame, 0.0, spans(panel.plan.stack, rows, 0.0), "zero", linestyle="-", linewidth=1.0)
    if rows:
        middle = beside(frame, frame.points(0.0), text_width(text, SMALL), None)
        write_at(frame, middle, -3, text, ha="center", va="bottom", size=SMALL, gid="target-text")


def _band_key(lines: tuple[Line, ...], labels: Labels) -> dict[str, Picture]:
    name = labels.marks.get("smallest_important", "")
    return {name: picture_of_band} if name and numbers(lines, "smallest_important") else {}
