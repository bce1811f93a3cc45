"""Many projects under each other, ordered by size, with bands for their mean and for a further one."""

from typing import Any

import numpy as np
import pandas as pd

from evaluation.figures.labels import Labels
from evaluation.figures.theme import BROWN, EDGE, GRID, INK, SMALL, SOFT, TEAL, WASH, WIDTH
from evaluation.figures.writing import text_width, write

NAMED = 30
"""Up to so many projects each is named; more are a curve."""
ROW, HIGHEST = 16.0, 400.0
TOP, FOOT, MARGIN, KEY = 8.0, 46.0, 10.0, 15.0
LONGEST = 200.0
BETWEEN = "#cfe3e1"


def caterpillar(figure: Any, table: pd.DataFrame, labels: Labels) -> None:
    """Draw a line for each project, and bands for their mean and for a further project.

    Parameters
    ----------
    figure
        An empty figure.
    table
        Reads `estimate`, `conf_low`, `conf_high`, `shrunken` and, of the first row, which is the mean,
        `predicted_low` and `predicted_high`.
    labels
        Reads `rows`, `ticks`, `axis` and `marks`.
    """
    whole, rows = table.iloc[0], table.iloc[1:]
    order = rows["estimate"].astype(float).argsort(kind="stable").to_numpy()
    rows, names = rows.iloc[order], [labels.rows[1:][place] for place in order]
    named = len(rows) <= NAMED
    left = min(max([text_width(name, SMALL) for name in names] or [0]), LONGEST) + 16 if named else MARGIN
    body = min(ROW * max(len(rows), 2), HIGHEST)
    axes = _open(figure, TOP + body + FOOT + KEY * len(labels.marks))
    low, high = _limits(table)

    def at(value: float) -> float:
        return left + (float(np.clip(value, low, high)) - low) / (high - low) * (WIDTH - left - MARGIN)

    _draw_axis(axes, labels, (low, high), at, (left, body))
    _draw_bands(axes, whole, at, body)
    for place, (_, row) in enumerate(rows.iterrows()):
        y = TOP + body * (place + 0.5) / max(len(rows), 1)
        _draw_project(axes, row, at, y, len(rows), place)
        if named:
            write(axes, left - 8, y, _cut(names[place]), ha="right", size=SMALL, gid=f"row-{place}")
    _draw_key(axes, labels, TOP + body + FOOT)


def _open(figure: Any, height: float) -> Any:
    figure.set_size_inches(WIDTH / 72, height / 72)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(height, 0)
    axes.set_axis_off()
    return axes


def _cut(name: str) -> str:
    while text_width(name, SMALL) > LONGEST:
        name = name[:-2].rstrip() + "…"
    return name


def _limits(table: pd.DataFrame) -> tuple[float, float]:
    """Return the ends of the axis: a few very wide intervals do not decide them."""
    names = [name for name in ("conf_low", "conf_high", "predicted_low", "predicted_high") if name in table]
    ends = table[names].astype(float).to_numpy().ravel()
    ends = ends[np.isfinite(ends)]
    points = table["estimate"].astype(float)
    found = [*np.quantile(ends, [0.01, 0.99])] if len(ends) else []
    low, high = min([*found, points.min()]), max([*found, points.max()])
    room = 0.03 * (high - low) or 0.5
    return low - room, high + room


def _draw_axis(axes: Any, labels: Labels, limits: tuple[float, float], at: Any, size: Any) -> None:
    from matplotlib.ticker import MaxNLocator

    left, body = size
    for value in MaxNLocator(6, steps=[1, 2, 5, 10]).tick_values(*limits):
        if limits[0] <= value <= limits[1]:
            look = {"color": EDGE if abs(value) < 1e-9 else GRID, "linewidth": 0.8, "zorder": 0}
            axes.plot([at(value)] * 2, [TOP, TOP + body], **look)
            write(axes, at(value), TOP + body + 4, labels.ticks(round(float(value), 9)), ha="center", va="top",
                  size=SMALL, gid="tick-text")  # fmt: skip
    write(axes, left, TOP + body + 18, labels.axis, va="top", size=SMALL, color=SOFT, gid="axis")


def _draw_bands(axes: Any, whole: pd.Series, at: Any, body: float) -> None:
    for names, colour in ((("predicted_low", "predicted_high"), WASH), (("conf_low", "conf_high"), BETWEEN)):
        if all(name in whole and pd.notna(whole[name]) for name in names):
            ends = [at(whole[name]) for name in names]
            axes.fill_betweenx([TOP, TOP + body], *ends, color=colour, linewidth=0, zorder=-1, gid=names[0])
    if pd.notna(whole["estimate"]):
        axes.plot([at(whole["estimate"])] * 2, [TOP, TOP + body], color=TEAL, linewidth=1.6, gid="mean")


def _draw_project(axes: Any, row: pd.Series, at: Any, y: float, many: int, place: int) -> None:
    size = 5.0 if many <= NAMED else max(1.6, 60 / many + 1.2)
    if pd.notna(row.get("conf_low")):
        ends = [at(row["conf_low"]), at(row["conf_high"])]
        axes.plot(ends, [y, y], color=EDGE, linewidth=1.4 if many <= NAMED else 0.5, zorder=1)
    axes.plot([at(row["estimate"])], [y], marker="o", markersize=size, color=INK, linestyle="none", zorder=3,
              gid=f"estimate-{place}")  # fmt: skip
    if pd.notna(row.get("shrunken")):
        axes.plot([at(row["shrunken"])], [y], marker="D", markersize=size * 0.8, linestyle="none", zorder=2,
                  markerfacecolor="none", markeredgecolor=BROWN, markeredgewidth=0.9)  # fmt: skip


def _draw_key(axes: Any, labels: Labels, y: float) -> None:
    """Say what the marks are, each on a line of its own."""
    for name, text in labels.marks.items():
        if name == "estimate":
            axes.plot([MARGIN, MARGIN + 18], [y, y], color=EDGE, linewidth=1.4)
            axes.plot([MARGIN + 9], [y], marker="o", markersize=5, color=INK)
        elif name == "shrunken":
            axes.plot(
                [MARGIN + 9], [y], marker="D", markersize=4, markerfacecolor="none", markeredgecolor=BROWN
            )
        else:
            colour = BETWEEN if name == "conf_low" else WASH
            axes.fill_between([MARGIN, MARGIN + 18], y - 5, y + 5, color=colour, linewidth=0)
        if name == "conf_low":
            axes.plot([MARGIN + 9] * 2, [y - 5, y + 5], color=TEAL, linewidth=1.6)
        write(axes, MARGIN + 26, y, text, size=SMALL, gid="key-text")
        y += KEY
