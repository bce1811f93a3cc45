"""Areas by how much is needed and how much there is."""

from typing import Any

import numpy as np
import pandas as pd

from evaluation.figures.key import BELOW
from evaluation.figures.labels import Labels
from evaluation.figures.rows import Line, lines_of
from evaluation.figures.theme import BROWN, DASHES, EDGE, GRID, INK, SMALL, SOFT, TEAL, WIDTH
from evaluation.figures.writing import text_height, wrap, write

SIDE, LEFT, FOOT, TOP = 300.0, 52.0, 44.0, 8.0
APART, ROUNDS = 19.0, 200
ROW = 17.0


def quadrant(figure: Any, table: pd.DataFrame, labels: Labels) -> None:
    """Draw every area as a numbered point: to the right what there is, upwards what is needed.

    Parameters
    ----------
    figure
        An empty figure.
    table
        Reads `mean_level` (what there is), `mean_reference` (what is needed) and `suppressed`. Areas below
        and to the right of the slanting line have as much as they need.
    labels
        Reads `rows`, `ticks`, `axis`, `too_few` and, of `marks`, `mean_level` and `mean_reference`.
    """
    lines = lines_of(table, labels)
    values = {
        line.index: (
            float(table["mean_level"].iloc[line.index]),
            float(table["mean_reference"].iloc[line.index]),
        )
        for line in lines
        if not line.withheld and table[["mean_level", "mean_reference"]].iloc[line.index].notna().all()
    }
    limits = _limits([end for pair in values.values() for end in pair])
    room = WIDTH - LEFT - SIDE - 44
    names = {line.index: wrap(line.label, room, SMALL) for line in lines}
    listed = sum(max(ROW, text_height(name, SMALL) + 5) for name in names.values())
    height = max(TOP + SIDE + FOOT, listed + ROW * (len(lines) - len(values)) + TOP + BELOW)
    axes = _open(figure, height)
    _draw_frame(axes, limits, labels)
    points = {index: _point(pair, limits) for index, pair in values.items()}
    _draw_middles(axes, points)
    _draw_points(axes, points)
    _write_names(axes, lines, names, values, labels)


def _open(figure: Any, height: float) -> Any:
    figure.set_size_inches(WIDTH / 72, height / 72)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(height, 0)
    axes.set_axis_off()
    return axes


def _limits(values: list[float]) -> tuple[float, float]:
    low, high = (min(values), max(values)) if values else (1.0, 5.0)
    low, high = np.floor(2 * low - 0.2) / 2, np.ceil(2 * high + 0.2) / 2
    return float(low), float(max(high, low + 1))


def _point(pair: tuple[float, float], limits: tuple[float, float]) -> tuple[float, float]:
    low, high = limits
    right, up = ((value - low) / (high - low) * SIDE for value in pair)
    return LEFT + right, TOP + SIDE - up


def _draw_frame(axes: Any, limits: tuple[float, float], labels: Labels) -> None:
    low, high = limits
    for value in np.arange(low, high + 0.01, 0.5 if high - low <= 2 else 1.0):
        x, y = _point((value, value), limits)
        axes.plot([x, x], [TOP, TOP + SIDE], color=GRID, linewidth=0.8, zorder=0)
        axes.plot([LEFT, LEFT + SIDE], [y, y], color=GRID, linewidth=0.8, zorder=0)
        tick = {"size": SMALL, "gid": "tick-text"}
        write(axes, x, TOP + SIDE + 5, labels.ticks(value), ha="center", va="top", **tick)
        write(axes, LEFT - 6, y, labels.ticks(value), ha="right", **tick)
    axes.plot([LEFT, LEFT + SIDE], [TOP + SIDE, TOP], color=EDGE, linewidth=0.8, gid="enough", zorder=1)
    look = {"size": SMALL, "color": SOFT, "gid": "axis"}
    write(axes, LEFT, TOP + SIDE + 22, labels.marks.get("mean_level", ""), va="top", **look)
    name = labels.marks.get("mean_reference", "")
    turned = {"size": SMALL, "color": SOFT, "gid": "axis", "rotation": 90, "ha": "center", "va": "top"}
    if name:
        axes.text(12, TOP, name, parse_math=False, **turned)


def _draw_middles(axes: Any, points: dict[int, tuple[float, float]]) -> None:
    """Draw the means over the areas, which divide the picture into four."""
    if len(points) < 2:
        return
    x, y = (float(np.mean([place[axis] for place in points.values()])) for axis in (0, 1))
    look = {"color": BROWN, "linewidth": 1.0, "linestyle": DASHES, "zorder": 2}
    axes.plot([x, x], [TOP, TOP + SIDE], gid="middle-level", **look)
    axes.plot([LEFT, LEFT + SIDE], [y, y], gid="middle-reference", **look)


def _draw_points(axes: Any, points: dict[int, tuple[float, float]]) -> None:
    for index, (x, y) in points.items():
        axes.plot([x], [y], marker="o", markersize=7, color=TEAL, linestyle="none", gid=f"estimate-{index}")
    for index, (x, y) in _moved(points).items():
        write(
            axes,
            x,
            y,
            str(index + 1),
            ha="center",
            weight="bold",
            size=SMALL,
            color=INK,
            gid=f"number-{index}",
        )


def _moved(points: dict[int, tuple[float, float]]) -> dict[int, tuple[float, float]]:
    """Place each number beside its point, so that it stands on no point and no other number."""
    fixed = np.array(list(points.values())).reshape(-1, 2)
    turn = 2.4 * np.arange(len(fixed))
    numbers = fixed - 13.0 * np.column_stack([np.sin(turn), np.cos(turn)])
    for _ in range(ROUNDS):
        others = np.concatenate([fixed, numbers])
        for place in range(len(numbers)):
            away = numbers[place] - others
            distance = np.hypot(*away.T)
            distance[len(fixed) + place] = np.inf
            least = np.where(np.arange(len(others)) < len(fixed), 11.0, 18.0)
            near = distance < least
            if near.any():
                push = np.where(
                    distance[near, None] > 0, away[near] / np.maximum(distance[near, None], 1e-9), [1.0, 0.3]
                )
                numbers[place] += (push * (least - distance)[near, None] / 2).sum(axis=0)
    numbers[:, 0] = numbers[:, 0].clip(LEFT + 6, LEFT + SIDE - 6)
    numbers[:, 1] = numbers[:, 1].clip(TOP + 6, TOP + SIDE - 6)
    return {index: (float(x), float(y)) for index, (x, y) in zip(points, numbers, strict=True)}


def _write_names(
    axes: Any, lines: tuple[Line, ...], names: dict[int, str], values: dict[int, Any], labels: Labels
) -> None:
    y, x = TOP, LEFT + SIDE + 20
    for line in lines:
        tall = max(ROW, text_height(names[line.index], SMALL) + 5)
        write(axes, x, y + 1, str(line.index + 1), size=SMALL, weight="bold", va="top", gid="key-number")
        write(axes, x + 20, y + 1, names[line.index], size=SMALL, va="top", gid=f"row-{line.index}")
        y += tall
    for line in lines:
        if line.index not in values:
            text = (labels.too_few if line.withheld else "") or "–"
            look = {
                "style": "italic",
                "color": SOFT,
                "size": SMALL,
                "va": "top",
                "gid": f"missing-{line.index}",
            }
            write(axes, x, y + 1, str(line.index + 1), size=SMALL, weight="bold", va="top", gid="key-number")
            write(axes, x + 20, y + 1, text, **look)
            y += ROW
