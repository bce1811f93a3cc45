"""A figure that a notebook shows by itself, whatever else is set up to draw."""

from functools import cache
from typing import TYPE_CHECKING

from evaluation.figures.svg import to_png
from evaluation.figures.theme import WIDTH

if TYPE_CHECKING:
    from matplotlib.figure import Figure

CSS_DPI = 96


@cache
def drawing() -> "type[Figure]":
    """Return the kind of figure that is drawn: as the last line of a cell it is shown, on white and sharp."""
    from matplotlib.figure import Figure

    class Drawing(Figure):
        """A Matplotlib figure that is a picture in a notebook."""

        def _repr_png_(self) -> tuple[bytes, dict[str, int]]:
            return to_png(self), {"width": round(self.get_figwidth() * CSS_DPI)}

    return Drawing


def new_figure() -> "Figure":
    """Return an empty transparent figure of the report's width; its height follows its rows."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    figure = drawing()(figsize=(WIDTH / 72, 1), facecolor="none")
    FigureCanvasAgg(figure)
    return figure
