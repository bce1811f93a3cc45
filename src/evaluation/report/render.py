"""From executed notebooks to pages: one site per language, from the exhibits that the notebooks stored."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbconvert import HTMLExporter
from nbconvert.preprocessors import Preprocessor, TagRemovePreprocessor
from nbformat import NotebookNode
from traitlets import Unicode

from evaluation.report.exhibit import MIME, Exhibit
from evaluation.report.page import TEMPLATES
from evaluation.vocabulary.errors import ReportError
from evaluation.vocabulary.message import msg

HIDDEN_TAGS = {"parameters", "injected-parameters", "setup"}


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter of a report in one language.

    Attributes
    ----------
    name
        The chapter's key.
    body
        Its content as HTML.
    exhibits
        What it shows, in order.
    """

    name: str
    body: str
    exhibits: tuple[Exhibit, ...]


class ExhibitPreprocessor(Preprocessor):
    """Replaces every output by its exhibit in the wanted language; anything else is refused."""

    lang = Unicode("en")

    def preprocess_cell(self, cell: NotebookNode, resources: dict[str, Any], index: int) -> tuple[Any, Any]:
        """Replace one cell's outputs."""
        if cell.cell_type == "code":
            cell.outputs = [self._said(output, cell) for output in cell.outputs]
        return cell, resources

    def _said(self, output: NotebookNode, cell: NotebookNode) -> NotebookNode:
        stored = output.get("data", {}).get(MIME)
        if stored is None:
            raise ReportError(
                msg(
                    "The cell “{source}” shows something that is not an exhibit.",
                    source=cell.source.strip()[:80],
                ),
                do=msg(
                    "Let it return what a chapter's function returns; only that has passed disclosure control."
                ),
            )
        html = "".join(Exhibit.from_dict(one).to_html(self.lang) for one in stored)
        return nbformat.v4.new_output("display_data", {"text/html": html})


def read_exhibits(notebook: Path) -> list[Exhibit]:
    """Return the exhibits that an executed notebook stored, in order."""
    return [Exhibit.from_dict(stored) for stored in _stored(nbformat.read(notebook, as_version=4))]


def render_chapter(name: str, notebook: Path, lang: str) -> Chapter:
    """Render one executed notebook in one language.

    Parameters
    ----------
    name
        The chapter's key.
    notebook
        The executed notebook.
    lang
        A language of the project.
    """
    node = nbformat.read(notebook, as_version=4)
    tags = HIDDEN_TAGS | {tag for tag in _language_tags(node) if tag != f"lang-{lang}"}
    exporter = HTMLExporter(
        template_name="evaluation", extra_template_basedirs=[str(TEMPLATES)], exclude_anchor_links=True
    )
    exporter.register_preprocessor(TagRemovePreprocessor(remove_cell_tags=tags), enabled=True)
    exporter.register_preprocessor(ExhibitPreprocessor(lang=lang), enabled=True)
    body, _ = exporter.from_notebook_node(node)
    return Chapter(name, body, tuple(read_exhibits(notebook)))


def _language_tags(node: NotebookNode) -> set[str]:
    tags = {tag for cell in node.cells for tag in cell.metadata.get("tags", [])}
    return {tag for tag in tags if tag.startswith("lang-")}


def _stored(node: NotebookNode) -> Iterator[dict[str, Any]]:
    for cell in node.cells:
        for output in cell.get("outputs", []):
            if MIME in output.get("data", {}):
                yield from output["data"][MIME]
