"""Figures as files: the same figure always gives the same bytes."""

import re
from io import BytesIO, StringIO
from typing import TYPE_CHECKING

from evaluation.figures.theme import style

if TYPE_CHECKING:
    from matplotlib.figure import Figure

NO_METADATA = {"Creator": None, "Date": None, "Format": None, "Type": None}
REFERENCE = re.compile(r'(?:href="#|url\(#)([^")]+)')
IDENTIFIER = re.compile(r'\bid="([^"]*)"')


def to_svg(figure: "Figure", salt: str) -> str:
    """Return the figure as an SVG element that can stand in a page.

    Parameters
    ----------
    figure
        A drawn figure.
    salt
        What makes this figure's identifiers its own; no two figures of a page may share it.

    Returns
    -------
    str
        Text as paths; no prologue, comment, metadata or date; every identifier begins with the salt.
    """
    stream = StringIO()
    with style(**{"svg.hashsalt": salt}):
        figure.savefig(stream, format="svg", facecolor="none", metadata=NO_METADATA)
    text = stream.getvalue()
    text = text[text.index("<svg") :]
    text = re.sub(r"<!--.*?-->|<metadata>.*?</metadata>", "", text, flags=re.DOTALL)
    return re.sub(r"\s*\n\s*", "\n", _own_identifiers(text, salt)).strip()


def _own_identifiers(text: str, salt: str) -> str:
    """Keep the identifiers that are referred to or that name data, and put the salt before them."""
    prefix = re.sub(r"[^A-Za-z0-9_-]", "-", salt)
    used = set(REFERENCE.findall(text))

    def keep(match: re.Match[str]) -> str:
        return f'id="{prefix}-{match[1]}"' if match[1] in used else ""

    text = IDENTIFIER.sub(keep, text)
    text = re.sub(r'href="#', f'href="#{prefix}-', text)
    return re.sub(r"url\(#", f"url(#{prefix}-", text)


def to_png(figure: "Figure", dpi: int = 200) -> bytes:
    """Return the figure as a PNG on white, without metadata.

    Parameters
    ----------
    figure
        A drawn figure.
    dpi
        Dots per inch; a figure is 7.2 inches wide.
    """
    stream = BytesIO()
    with style():
        figure.savefig(stream, format="png", dpi=dpi, facecolor="white", metadata={"Software": None})
    return stream.getvalue()
