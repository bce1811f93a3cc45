"""Growth from year to year: a line for each side, or their difference with its interval."""

from collections.abc import Iterable
from math import isfinite
from typing import Any

import pandas as pd

from evaluation.figures.labels import Labels
from evaluation.figures.theme import (
    BROWN,
    BROWN_TEXT,
    DASHES,
    EDGE,
    GRID,
    INK,
    MEN,
    SMALL,
    SOFT,
    TEAL,
    WIDTH,
    WOMEN,
)
from evaluation.figures.ticks import Limits, axis_ticks, extended, number_limits
from evaluation.figures.writing import longest_word, text_width, wrap, write

LEFT, RIGHT, TOP, HEIGHT = 62.0, 20.0, 30.0, 200.0
INSET, GAP, LEADING, KEY = 24.0, 10.0, 12.0, 18.0
SIDES = {"mean_level": (WOMEN, TEAL, "-"), "mean_reference": (MEN, BROWN, DASHES)}
"""How each side is drawn; the shapes differ too, so that colour is never alone."""
Point = tuple[float, float]


def path(figure: Any, table: pd.DataFrame, labels: Labels) -> None:
    """Draw what each side had reached in every year, the years from left to right.

    Parameters
    ----------
    figure
        An empty figure.
    table
        Reads `mean_level`, `mean_reference` and `suppressed`, a row per year in their order.
    labels
        Reads `rows` (the years), `ticks`, `axis`, `too_few`, `limits` and, of `marks`, `mean_level` and
        `mean_reference`.
    """
    values = {name: _numbers(table, name) for name in SIDES}
    seen = [value for numbers in values.values() for value in numbers if isfinite(value)]
    limits = extended(labels.limits or number_limits([*seen, 0.0]), seen)
    axes, places = _open(figure, table, labels, limits)
    for number, (name, (mark, colour, line)) in enumerate(SIDES.items()):
        points = [
            (x, _height(value, limits))
            for x, value in zip(places, values[name], strict=True)
            if isfinite(value)
        ]
        _line(axes, points, colour, line, f"path-{name}")
        for index, value in enumerate(values[name]):
            if isfinite(value):
                point = (places[index], _height(value, limits))
                _point(axes, point, mark, f"{'estimate' if number == 0 else 'reference'}-{index}")
    _key(axes, labels)
    _missing(axes, table, labels, places, values["mean_level"])


def event(figure: Any, table: pd.DataFrame, labels: Labels) -> None:
    """Draw the difference of every year since the start with its interval, around zero.

    Parameters
    ----------
    figure
        An empty figure.
    table
        Reads `estimate`, `conf_low`, `conf_high`, `wave` (`since_-1`, `since_0` …) and `suppressed`, a row per year.
    labels
        Reads `rows` (the years), `ticks`, `axis`, `too_few` and `limits`.
    """
    values, low, high = (_numbers(table, name) for name in ("estimate", "conf_low", "conf_high"))
    seen = [value for value in (*values, *low, *high) if isfinite(value)]
    limits = extended(
        labels.limits or number_limits([*seen, 0.0]), [value for value in values if isfinite(value)]
    )
    axes, places = _open(figure, table, labels, limits, above=KEY)
    _start(axes, table, places)
    for index, (x, value, least, most) in enumerate(zip(places, values, low, high, strict=True)):
        if isfinite(least) and isfinite(most):
            ends = [_height(min(max(end, limits[0]), limits[1]), limits) for end in (least, most)]
            axes.plot([x, x], ends, color=INK, linewidth=1.8, gid=f"interval-{index}", zorder=3)
        if isfinite(value):
            _point(axes, (x, _height(value, limits)), WOMEN, f"estimate-{index}")
    _missing(axes, table, labels, places, values)


def _numbers(table: pd.DataFrame, name: str) -> list[float]:
    """Return a column's numbers, and nothing of withheld rows or of a column that is not there."""
    if name not in table:
        return [float("nan")] * len(table)
    values = pd.to_numeric(table[name], errors="coerce").astype("float64")
    hidden = table["suppressed"].eq(True) if "suppressed" in table else pd.Series(False, index=table.index)
    return values.mask(hidden.fillna(False).astype(bool)).tolist()


def _open(
    figure: Any, table: pd.DataFrame, labels: Labels, limits: Limits, *, above: float = 0.0
) -> tuple[Any, list[float]]:
    """Size the figure, draw the axes and write the years; return the axes and where each year stands.

    `above` is how much of the room for a key is not needed.
    """
    width = WIDTH - LEFT - RIGHT
    apart = (width - 2 * INSET) / max(1, len(table) - 1)
    places = [LEFT + INSET + apart * index for index in range(len(table))]
    widest = max(longest_word(text, SMALL) for text in labels.rows)
    every = max(1, -int(-(widest + GAP) // apart)) if len(table) > 1 else 1
    room = max(apart * every - GAP, widest + 1)
    names = {index: wrap(labels.rows[index], room, SMALL) for index in range(0, len(table), every)}
    tall = max(name.count("\n") + 1 for name in names.values()) * LEADING
    height = TOP + HEIGHT + tall + 2 * LEADING + 14
    figure.set_size_inches(WIDTH / 72, (height - above) / 72)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(height, above)
    axes.set_axis_off()
    for tick in axis_ticks(limits, 2 * HEIGHT, labels.ticks):
        y = _height(tick.value, limits)
        zero = abs(tick.value) < 1e-9
        look = {"color": EDGE if zero else GRID, "linewidth": 1.0 if zero else 0.8, "zorder": 0}
        axes.plot([LEFT, LEFT + width], [y, y], gid="zero" if zero else "grid", **look)
        write(axes, LEFT - 6, y, labels.ticks(tick.value), ha="right", size=SMALL, gid="tick-text")
    for index, name in names.items():
        x = min(max(places[index], text_width(name, SMALL) / 2 + 1), WIDTH - text_width(name, SMALL) / 2 - 1)
        write(axes, x, TOP + HEIGHT + 7, name, ha="center", va="top", size=SMALL, gid=f"row-{index}")
    look = {"size": SMALL, "color": SOFT, "gid": "axis", "va": "top"}
    write(axes, LEFT, TOP + HEIGHT + tall + 12, labels.axis, **look)
    return axes, places


def _height(value: float, limits: Limits) -> float:
    low, high = limits
    return TOP + HEIGHT * (high - value) / (high - low)


def _line(axes: Any, points: Iterable[Point], colour: str, line: Any, gid: str) -> None:
    across, up = zip(*points, strict=True) if (points := list(points)) else ((), ())
    axes.plot(across, up, color=colour, linewidth=1.8, linestyle=line, gid=gid, zorder=2)


def _point(axes: Any, point: Point, mark: Any, gid: str) -> None:
    look = {"markerfacecolor": mark.colour if mark.filled else "white", "markeredgecolor": mark.colour}
    axes.plot(
        [point[0]], [point[1]], marker=mark.shape, markersize=7, markeredgewidth=1.5, linestyle="none", gid=gid,
        zorder=4, **look,
    )  # fmt: skip


def _start(axes: Any, table: pd.DataFrame, places: list[float]) -> None:
    """Draw an upright line between the last year before the start and the first from it on."""
    later = [not str(wave).startswith("since_-") for wave in table["wave"]] if "wave" in table else []
    if True in later and not later[0]:
        x = places[later.index(True)] - (places[1] - places[0]) / 2
        axes.plot(
            [x, x], [TOP, TOP + HEIGHT], color=EDGE, linewidth=1.0, linestyle=DASHES, gid="start", zorder=1
        )


def _key(axes: Any, labels: Labels) -> None:
    x = LEFT
    for name, (mark, colour, line) in SIDES.items():
        text = labels.marks.get(name, "")
        if text:
            axes.plot([x, x + 24], [10, 10], color=colour, linewidth=1.8, linestyle=line, gid="key-line")
            _point(axes, (x + 12, 10), mark, "key-mark")
            ink = BROWN_TEXT if colour == BROWN else colour
            write(axes, x + 30, 10, text, size=SMALL, color=ink, gid="key")
            x += 30 + text_width(text, SMALL) + 20


def _missing(
    axes: Any, table: pd.DataFrame, labels: Labels, places: list[float], values: list[float]
) -> None:
    """Say of years without a mark that they are withheld, or that there is nothing."""
    hidden = table["suppressed"].eq(True) if "suppressed" in table else pd.Series(False, index=table.index)
    look = {"style": "italic", "color": SOFT, "size": SMALL, "ha": "center"}
    for index, (x, value) in enumerate(zip(places, values, strict=True)):
        if not isfinite(value):
            text = (labels.too_few if hidden.iloc[index] else "") or "–"
            room = max(longest_word(text, SMALL) + 1, places[1] - places[0] - 4) if len(places) > 1 else 90
            write(
                axes,
                x,
                TOP + HEIGHT - 14,
                wrap(text, room, SMALL),
                va="bottom",
                gid=f"missing-{index}",
                **look,
            )
