"""Actors on a circle, and the ties between them."""

from collections.abc import Mapping
from math import cos, pi, sin
from typing import Any

import pandas as pd

from evaluation.figures.frame import Frame
from evaluation.figures.key import Picture, make_key
from evaluation.figures.labels import Labels
from evaluation.figures.rows import Line, lines_of
from evaluation.figures.theme import BROWN, DASHES, NEUTRAL, SMALL, SOFT, TEAL, WIDTH, Mark, series
from evaluation.figures.writing import write

RADIUS, BESIDE, EDGE = 165.0, 15.0, 6.0
STATES = {"kept": {"color": "#9aa4ad"}, "new": {"color": TEAL}, "lost": {"color": BROWN, "linestyle": DASHES}}
"""How ties are drawn, by whether they are there at both waves; others are drawn as kept ones."""
THIN, THICK = 0.9, 2.2

Places = Mapping[str, tuple[float, float]]


def network(figure: Any, table: pd.DataFrame, labels: Labels) -> None:
    """Draw every actor on a circle, in the order of the table, and a line for every tie.

    Parameters
    ----------
    figure
        An empty figure.
    table
        Actors have their number as `term` and their kind as `level`; ties have two numbers with a hyphen
        between as `term`, `kept`, `new` or `lost` as `level`, and in `estimate` 2 where both name each other.
        A figure with any row withheld shows no ties.
    labels
        Reads `rows`, `levels` and `too_few`.
    """
    lines = lines_of(table, labels)
    actors = [line for line in lines if "-" not in line.term]
    ties = [line for line in lines if "-" in line.term]
    marks = series([line.level for line in actors if line.level])
    withheld = any(line.withheld for line in lines)
    key = make_key({} if withheld else _pictures(marks, ties, labels), 0.0)
    side = 2 * (RADIUS + BESIDE + EDGE + SMALL)
    axes = _open(figure, side + key.height)
    frame = Frame(axes, 0.0, WIDTH, 0.0, WIDTH)
    places = _places(actors, side / 2)
    for line in () if withheld else ties:
        _draw_tie(axes, line, places)
    for line in actors:
        _draw_actor(
            axes, line, places, side / 2, marks.get(line.level, NEUTRAL), labels if withheld else None
        )
    key.draw(frame, side)


def _open(figure: Any, height: float) -> Any:
    figure.set_size_inches(WIDTH / 72, height / 72)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(height, 0)
    axes.set_axis_off()
    return axes


def _places(actors: list[Line], middle: float) -> Places:
    step = 2 * pi / max(1, len(actors))
    return {
        line.term: (WIDTH / 2 + RADIUS * sin(n * step), middle - RADIUS * cos(n * step))
        for n, line in enumerate(actors)
    }


def _draw_tie(axes: Any, line: Line, places: Places) -> None:
    one, _, other = line.term.partition("-")
    (x, y), (u, v) = places[one], places[other]
    look = STATES.get(line.level, STATES["kept"])
    wide = THICK if line.numbers["estimate"] >= 2 else THIN
    axes.plot(
        [x, u], [y, v], linewidth=wide, gid=f"tie-{line.index}", zorder=1 + (line.level == "new"), **look
    )


def _draw_actor(
    axes: Any, line: Line, places: Places, middle: float, mark: Mark, withheld: Labels | None
) -> None:
    x, y = places[line.term]
    right, down = (x - WIDTH / 2) / RADIUS, (y - middle) / RADIUS
    at = x + BESIDE * right, y + BESIDE * down
    write(axes, *at, line.label, size=SMALL, ha="center", gid=f"row-{line.index}")
    if withheld is not None:
        if line.index == 0:
            look = {"style": "italic", "color": SOFT, "size": SMALL, "ha": "center"}
            write(axes, WIDTH / 2, middle, withheld.too_few or "–", gid="missing-0", **look)
        return
    _draw_mark(axes, x, y, mark, f"estimate-{line.index}")


def _draw_mark(axes: Any, x: float, y: float, mark: Mark, gid: str | None = None) -> None:
    face = mark.colour if mark.filled else "white"
    look = {"markerfacecolor": face, "markeredgecolor": mark.colour, "markeredgewidth": 1.6}
    axes.plot([x], [y], marker=mark.shape, markersize=8.5, linestyle="none", zorder=5, gid=gid, **look)


def _pictures(marks: Mapping[str, Mark], ties: list[Line], labels: Labels) -> dict[str, Picture]:
    found: dict[str, Picture] = {}
    for level, mark in marks.items():
        found[labels.levels.get(level, level)] = lambda frame, x, y, mark=mark: _draw_mark(
            frame.axes, x + 8, y, mark
        )
    for state in STATES:
        if any(line.level == state for line in ties):
            found[labels.levels.get(state, state)] = lambda frame, x, y, state=state: frame.axes.plot(
                [x, x + 16], [y, y], linewidth=THIN if state == "lost" else THICK, **STATES[state]
            )
    return found
