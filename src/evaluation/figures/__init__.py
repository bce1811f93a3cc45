"""Figures: they draw a result's table and compute nothing.

Matplotlib is loaded by the first figure that is drawn, not by importing this package.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pandas as pd

from evaluation.figures.alt import alt_parts
from evaluation.figures.caterpillar import caterpillar
from evaluation.figures.composition import composition
from evaluation.figures.drawing import new_figure
from evaluation.figures.flow import flow
from evaluation.figures.goal import target
from evaluation.figures.interval import difference, level
from evaluation.figures.labels import Labels
from evaluation.figures.love import love
from evaluation.figures.network import network
from evaluation.figures.path import event, path
from evaluation.figures.quadrant import quadrant
from evaluation.figures.slope import change
from evaluation.figures.stacked import stacked
from evaluation.figures.svg import to_png, to_svg
from evaluation.figures.theme import style
from evaluation.vocabulary.errors import ReportError, one_of
from evaluation.vocabulary.message import msg

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FIGURES: dict[str, Callable] = {
    "target": target,
    "difference": difference,
    "change": change,
    "stacked": stacked,
    "flow": flow,
    "composition": composition,
    "level": level,
    "love": love,
    "network": network,
    "quadrant": quadrant,
    "caterpillar": caterpillar,
    "path": path,
    "event": event,
}
NEEDED: dict[str, tuple[str, ...]] = {
    "target": ("estimate",),
    "difference": ("estimate",),
    "change": ("mean_before", "mean_after"),
    "stacked": ("term", "estimate"),
    "flow": ("estimate",),
    "composition": ("estimate",),
    "level": ("estimate",),
    "love": ("estimate", "method"),
    "network": ("term", "estimate"),
    "quadrant": ("mean_level", "mean_reference"),
    "caterpillar": ("term", "estimate"),
    "path": ("mean_level", "mean_reference"),
    "event": ("estimate",),
}


def draw(table: pd.DataFrame, kind: str, labels: Labels) -> "Figure":
    """Draw a table as a figure of the given kind.

    Parameters
    ----------
    table
        A result's table, protected.
    kind
        A key of `FIGURES`.
    labels
        Everything that is written in the figure.

    Returns
    -------
    matplotlib.figure.Figure
        7.2 inches wide and as high as its rows need.
    """
    _check(table, kind, labels)
    with style():
        figure = new_figure()
        FIGURES[kind](figure, table, labels)
    return figure


def _check(table: pd.DataFrame, kind: str, labels: Labels) -> None:
    """Refuse what cannot be drawn: an unknown kind, a missing column, labels of other rows."""
    if kind not in FIGURES:
        raise ReportError(msg("There is no figure of the kind {kind}.", kind=kind), do=one_of(kind, FIGURES))
    missing = [column for column in NEEDED[kind] if column not in table.columns]
    if missing:
        raise ReportError(
            msg("The figure {kind} needs the columns {missing}.", kind=kind, missing=", ".join(missing)),
            do=msg("Choose another figure for this table."),
        )
    if table.empty:
        raise ReportError(msg("A table without rows cannot be drawn."), do=msg("Leave the figure out."))
    for name in ("rows", "values"):
        texts = getattr(labels, name) or labels.rows
        if len(texts) != len(table):
            raise ReportError(
                msg("The figure has {rows} rows but {found} labels.", rows=len(table), found=len(texts)),
                where=f"labels.{name}",
                do=msg("Give one label for each row of the table."),
            )


__all__ = ["FIGURES", "Labels", "alt_parts", "draw", "to_png", "to_svg"]
