"""The figures of an edition, each drawn once and kept as the files that its formats need."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from evaluation.figures import to_png, to_svg
from evaluation.report.exhibit import Exhibit, svg_address
from evaluation.report.render import picture_address

if TYPE_CHECKING:
    from matplotlib.figure import Figure


class Pictures:
    """Every figure of an edition, by the key of its exhibit.

    Parameters
    ----------
    exhibits
        What has a figure, by key.
    lang
        The language.
    """

    def __init__(self, exhibits: Mapping[str, Exhibit], lang: str):
        self.exhibits = exhibits
        self.lang = lang

    @cached_property
    def figures(self) -> "dict[str, Figure]":
        """Return the drawn figures."""
        return {key: exhibit.figure(self.lang) for key, exhibit in self.exhibits.items()}

    @cached_property
    def svg(self) -> dict[str, str]:
        """Return the figures as SVG."""
        return {key: to_svg(figure, f"{key}-{self.lang}") for key, figure in self.figures.items()}

    def inlined(self, html: str) -> str:
        """Put whole pictures into a page."""
        for key, svg in self.svg.items():
            html = html.replace(f'"{picture_address(key)}"', f'"{svg_address(svg)}"')
        return html

    def beside(self, html: str, folder: Path, ending: str) -> str:
        """Write the pictures to files and let a page refer to them by name.

        Parameters
        ----------
        html
            A page with placeholder addresses.
        folder
            Where the files are written.
        ending
            `svg` or `png`.
        """
        for key, figure in self.figures.items():
            file = folder / f"{key}.{ending}"
            if ending == "png":
                file.write_bytes(to_png(figure))
            else:
                file.write_text(self.svg[key], encoding="utf-8")
            html = html.replace(f'"{picture_address(key)}"', f'"{file.name}"')
        return html
