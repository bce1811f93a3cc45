"""From executed notebooks to pages: one site per language, from the exhibits that the notebooks stored."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import nbformat
from nbconvert import HTMLExporter
from nbconvert.preprocessors import Preprocessor, TagRemovePreprocessor
from nbformat import NotebookNode
from traitlets import Bool, Unicode
from traitlets import Callable as CallableTrait

from evaluation.report.exhibit import MIME, Exhibit
from evaluation.report.headings import without_gaps
from evaluation.report.page import TEMPLATES
from evaluation.vocabulary.errors import ReportError
from evaluation.vocabulary.message import Message, msg

Choose = Callable[[Exhibit], Exhibit | None]
LONG = 40
"""From as many characters a note is not said twice in a chapter."""
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
    """Replaces every output by its exhibit as the readers meet it; anything else is refused.

    Text of the notebook stays if something that it introduces does.
    """

    lang = Unicode("en")
    choose = CallableTrait()
    prose = Bool(True)

    def preprocess(self, node: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, Any]:
        """Replace the outputs of all cells and drop text that introduces nothing."""
        self.said: list[Message] = []
        shown: list[Exhibit] = []
        kept: list[NotebookNode] = []
        waiting: list[NotebookNode] = []
        for cell in node.cells:
            if cell.cell_type == "markdown":
                waiting = [*(one for one in waiting if _opens(one)), cell]
                continue
            found = self._exhibits(cell)
            if found:
                shown += found
                cell.outputs = [self._output(found)]
                kept += [*(self._text(one) for one in waiting), cell]
                waiting = []
        node.cells = kept
        resources["exhibits"] = shown
        return node, resources

    def _said_once(self, exhibit: Exhibit) -> Exhibit:
        """Leave out long notes that the chapter has said before; figures on pages of their own keep them."""
        if not self.prose:
            return exhibit
        fresh = tuple(note for note in exhibit.notes if len(note.text) < LONG or note not in self.said)
        self.said += [note for note in fresh if note not in self.said]
        return replace(exhibit, notes=fresh)

    def _text(self, cell: NotebookNode) -> NotebookNode:
        lines = cell.source.splitlines()
        cell.source = cell.source if self.prose else "\n".join(line for line in lines if line[:2] == "# ")
        return cell

    def _exhibits(self, cell: NotebookNode) -> list[Exhibit]:
        stored = [one for output in cell.get("outputs", []) for one in _exhibits_in(output, cell)]
        return [chosen for one in stored if (chosen := self.choose(Exhibit.from_dict(one))) is not None]

    def _output(self, found: list[Exhibit]) -> NotebookNode:
        html = "".join(
            self._said_once(exhibit).to_html(self.lang, image=picture_address(exhibit.key))
            for exhibit in found
        )
        return nbformat.v4.new_output("display_data", {"text/html": html})


def picture_address(key: str) -> str:
    """Return the address that stands for an exhibit's picture until a format gives it a file."""
    return f"picture:{key}"


def _opens(cell: NotebookNode) -> bool:
    return bool(cell.source.startswith("# "))


def _exhibits_in(output: NotebookNode, cell: NotebookNode) -> list[dict[str, Any]]:
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
    return list(stored)


def read_exhibits(notebook: Path) -> list[Exhibit]:
    """Return the exhibits that an executed notebook stored, in order."""
    return [Exhibit.from_dict(stored) for stored in _stored(nbformat.read(notebook, as_version=4))]


def render_chapter(name: str, notebook: Path, lang: str, choose: Choose, *, prose: bool = True) -> Chapter:
    """Render one executed notebook in one language.

    Parameters
    ----------
    name
        The chapter's key.
    notebook
        The executed notebook.
    lang
        A language of the project.
    choose
        What becomes of each exhibit: itself, another form of it, or None where it is left out.
    prose
        Whether the notebook's text stays; otherwise only the chapter's question does.

    Returns
    -------
    Chapter
        Pictures have the address `picture_address` of their exhibit.
    """
    node = nbformat.read(notebook, as_version=4)
    tags = HIDDEN_TAGS | {tag for tag in _language_tags(node) if tag != f"lang-{lang}"}
    exporter = HTMLExporter(
        template_name="evaluation", extra_template_basedirs=[str(TEMPLATES)], exclude_anchor_links=True
    )
    exporter.register_preprocessor(TagRemovePreprocessor(remove_cell_tags=tags), enabled=True)
    exporter.register_preprocessor(ExhibitPreprocessor(lang=lang, choose=choose, prose=prose), enabled=True)
    body, resources = exporter.from_notebook_node(node)
    return Chapter(name, without_gaps(body), tuple(resources["exhibits"]))


def _language_tags(node: NotebookNode) -> set[str]:
    tags = {tag for cell in node.cells for tag in cell.metadata.get("tags", [])}
    return {tag for tag in tags if tag.startswith("lang-")}


def _stored(node: NotebookNode) -> Iterator[dict[str, Any]]:
    for cell in node.cells:
        for output in cell.get("outputs", []):
            if MIME in output.get("data", {}):
                yield from output["data"][MIME]
