"""Who takes part, compared with who could: one row per group level."""

from typing import Any

import pandas as pd

from evaluation.figures.frame import Frame
from evaluation.figures.key import Picture
from evaluation.figures.labels import Labels
from evaluation.figures.marks import draw_band, draw_point, numbers, picture_of_band
from evaluation.figures.panel import Plan, open_panel, write_values
from evaluation.figures.rows import Line, blocks_of, body_height, lines_of, place
from evaluation.figures.theme import INK, SOFT, Mark
from evaluation.figures.ticks import extended, share_limits

ROW = 21.0
BAND_HEIGHT = 17.0
DOT, RING = 6.0, 10.5
HERE = Mark(INK, "o", True)
THERE = Mark(SOFT, "o", False)
SHARES = ("estimate", "reference")


def composition(figure: Any, table: pd.DataFrame, labels: Labels) -> None:
    """Draw each level's share among those who take part against its share where they come from.

    Parameters
    ----------
    figure
        An empty figure.
    table
        Reads `estimate`, `reference`, `bound_low` and `bound_high` (the even interval), `level`,
        `group`, `suppressed`.
    labels
        Reads `rows`, `values`, `ticks`, `axis`, `levels`, `too_few`, `limits` and, of `marks`,
        `estimate`, `reference` and `bound_low`.
    """
    lines = lines_of(table, labels)
    extents = {
        line.index: (min(shares), max(shares))
        for line in lines
        if line.has("estimate") and (shares := numbers([line], *SHARES))
    }
    drawn = [line for line in lines if line.index in extents]
    limits = labels.limits or share_limits(numbers(drawn, *SHARES, "bound_low", "bound_high"))
    plan = Plan(
        stack=place(blocks_of(lines), body=body_height(lines, labels, ROW), gap=4),
        labels=labels,
        limits=extended(limits, numbers(drawn, *SHARES)),
        extents=extents,
        pictures=_key(labels, drawn),
    )
    panel = open_panel(figure, plan)
    for line in panel.drawn:
        _draw_row(panel.frame, line)
    write_values(panel)


def _draw_row(frame: Frame, line: Line) -> None:
    shares = line.numbers
    if line.has("bound_low", "bound_high"):
        top, bottom = line.y - BAND_HEIGHT / 2, line.y + BAND_HEIGHT / 2
        draw_band(frame, shares["bound_low"], shares["bound_high"], top, bottom, f"bounds-{line.index}")
    if line.has(*SHARES):
        ends = [shares[column] for column in SHARES]
        frame.axes.plot(ends, [line.y] * 2, color=SOFT, linewidth=1.6, zorder=3, gid=f"gap-{line.index}")
        draw_point(frame, shares["reference"], line.y, THERE, RING, zorder=4, gid=f"reference-{line.index}")
    draw_point(
        frame, shares["estimate"], line.y, HERE, DOT, markeredgewidth=0.8, gid=f"estimate-{line.index}"
    )


def _key(labels: Labels, lines: list[Line]) -> dict[str, Picture]:
    """Return the names of the marks that occur, with a function that draws each mark small."""

    def here(frame: Frame, x: float, y: float) -> None:
        draw_point(frame, frame.at(x + 8), y, HERE, DOT, markeredgewidth=0.8)

    def there(frame: Frame, x: float, y: float) -> None:
        draw_point(frame, frame.at(x + 8), y, THERE, RING)

    pictures = {"estimate": here, "reference": there, "bound_low": picture_of_band}
    found = {column for column in pictures if any(line.has(column) for line in lines)}
    return {
        labels.marks[column]: pictures[column] for column in pictures if column in found & set(labels.marks)
    }
