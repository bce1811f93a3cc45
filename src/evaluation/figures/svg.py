"""Figures as files: the same figure always gives the same bytes."""

import re
from io import BytesIO, StringIO
from typing import TYPE_CHECKING

from evaluation.figures.theme import style

if TYPE_CHECKING:
    from matplotlib.figure import Figure

NO_METADATA = {"Creator": None, "Date": None, "Format": None, "Type": None}
DECLARED = re.compile(r'\sid="([^"]*)"')
REFERRED = re.compile(r'(href="#|url\(#)([^")]+)')
STYLED = re.compile(r'style="([^"]*)"')
PRECISE = re.compile(r"(?<!scale\()(-?\d+\.\d\d)\d+")
NOT_DATA = re.compile(r"<!--.*?-->|<metadata>.*?</metadata>|<style.*?</style>", re.DOTALL)
ROOT = '<svg stroke-linejoin="round" stroke-linecap="butt" '


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
        Text as paths; no prologue, comment, metadata or date; every identifier begins with the
        salt. Looks are attributes, not style rules, so that a strict content security policy
        allows them and none applies to the rest of the page.
    """
    stream = StringIO()
    with style(**{"svg.hashsalt": salt}):
        figure.savefig(stream, format="svg", facecolor="none", metadata=NO_METADATA)
    text = stream.getvalue()
    text = NOT_DATA.sub("", text[text.index("<svg") :])
    text = STYLED.sub(lambda match: _attributes(match[1]), text)
    text = PRECISE.sub(r"\1", _own_identifiers(text, salt))
    return re.sub(r"\s*\n\s*", "\n", text).strip().replace("<svg ", ROOT, 1)


def _attributes(rules: str) -> str:
    pairs = (rule.split(":", 1) for rule in rules.split(";") if rule.strip())
    return " ".join(f'{name.strip()}="{value.strip()}"' for name, value in pairs)


def _own_identifiers(text: str, salt: str) -> str:
    """Keep only the identifiers that are referred to, numbered after the salt."""
    prefix = re.sub(r"[^A-Za-z0-9_-]", "-", salt)
    used = list(dict.fromkeys(match[2] for match in REFERRED.finditer(text)))
    own = {name: f"{prefix}-{number}" for number, name in enumerate(used)}
    text = DECLARED.sub(lambda match: f' id="{own[match[1]]}"' if match[1] in own else "", text)
    return REFERRED.sub(lambda match: match[1] + own[match[2]], text)


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
