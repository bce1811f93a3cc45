"""Reading a figure back: its artists by what they show, and where its texts stand."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

TOLERANCE = 0.75


def by_gid(figure: Figure) -> dict[str, list]:
    found = defaultdict(list)
    for artist in figure.axes[0].get_children():
        if artist.get_gid():
            found[artist.get_gid()].append(artist)
    return found


def rows_with(figure: Figure, prefix: str) -> list[int]:
    parts = (gid.rpartition("-") for gid in by_gid(figure))
    return sorted(int(last) for first, _, last in parts if first == prefix and last.isdigit())


def x_of(figure: Figure, gid: str) -> list[float]:
    (line,) = by_gid(figure)[gid]
    return [float(x) for x in line.get_xdata()]


def y_of(figure: Figure, gid: str) -> float:
    return float(by_gid(figure)[gid][0].get_ydata()[0])


def bar_of(figure: Figure, gid: str) -> tuple[float, float]:
    (patch,) = by_gid(figure)[gid]
    return float(patch.get_x()), float(patch.get_x() + patch.get_width())


def said(figure: Figure, gid: str) -> str:
    return " ".join(artist.get_text() for artist in by_gid(figure)[gid])


def texts(figure: Figure) -> list[Text]:
    return [text for text in figure.findobj(Text) if text.get_visible() and text.get_text()]


def boxes(figure: Figure) -> list[tuple[Text, Bbox]]:
    """Every text with its box in points."""
    renderer = figure.canvas.get_renderer()
    scale = 72 / figure.dpi
    return [(text, _scaled(text.get_window_extent(renderer), scale)) for text in texts(figure)]


def _scaled(box: Bbox, scale: float) -> Bbox:
    return Bbox([[box.x0 * scale, box.y0 * scale], [box.x1 * scale, box.y1 * scale]])


def overlapping(figure: Figure) -> Iterator[tuple[str, str]]:
    for (one, a), (other, b) in combinations(boxes(figure), 2):
        wide = min(a.x1, b.x1) - max(a.x0, b.x0)
        high = min(a.y1, b.y1) - max(a.y0, b.y0)
        if wide > TOLERANCE and high > TOLERANCE:
            yield one.get_text(), other.get_text()


def outside(figure: Figure) -> Iterator[str]:
    width, height = (float(inches) * 72 for inches in figure.get_size_inches())
    for text, box in boxes(figure):
        if box.x0 < 0 or box.y0 < 0 or box.x1 > width or box.y1 > height:
            yield text.get_text()


def marked_values(figure: Figure) -> Iterator[tuple[str, str]]:
    """Values that stand on an estimate's mark."""
    renderer, scale = figure.canvas.get_renderer(), 72 / figure.dpi
    marks = [
        (gid, _scaled(artist.get_window_extent(renderer), scale))
        for gid, artists in by_gid(figure).items()
        for artist in artists
        if gid.split("-")[0] in {"estimate", "after", "before", "reference"} and hasattr(artist, "get_xdata")
    ]
    for text, box in boxes(figure):
        for gid, mark in marks:
            wide = min(box.x1, mark.x1) - max(box.x0, mark.x0)
            high = min(box.y1, mark.y1) - max(box.y0, mark.y0)
            if wide > TOLERANCE and high > 2.5:
                yield text.get_text(), gid
