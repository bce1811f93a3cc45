"""The figures of an edition, each drawn once and kept as the files that its formats need."""

from collections.abc import Mapping
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
        self._figures: dict[str, Figure] = {}

    def figure(self, key: str) -> "Figure":
        """Return a figure, drawn when it is first asked for."""
        if key not in self._figures:
            self._figures[key] = self.exhibits[key].figure(self.lang)
        return self._figures[key]

    @cached_property
    def svg(self) -> dict[str, str]:
        """Return the figures as SVG."""
        return {key: one.svg(self.lang, partial(self.figure, key)) for key, one in self.exhibits.items()}

    @cached_property
    def png(self) -> dict[str, bytes]:
        """Return the figures as PNG."""
        return {key: one.png(self.lang, partial(self.figure, key)) for key, one in self.exhibits.items()}

    @property
    def content(self) -> list[Any]:
        """Return what the pictures depend on, as plain values."""
        return [exhibit.picture(self.lang) for exhibit in self.exhibits.values()]

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
        for key in self.exhibits:
            file = folder / f"{key}.{ending}"
            file.write_bytes(self.png[key] if ending == "png" else self.svg[key].encode())
            html = html.replace(f'"{picture_address(key)}"', f'"{file.name}"')
        return html
