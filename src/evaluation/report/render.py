"""From executed notebooks to pages: one site per language, from the exhibits that the notebooks stored."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any

from evaluation.report.executed import Notebook, read
from evaluation.report.exhibit import MIME, Exhibit
from evaluation.report.headings import without_gaps
from evaluation.report.kept import kept_text
from evaluation.report.page import TEMPLATES
from evaluation.vocabulary.errors import ReportError
from evaluation.vocabulary.message import Message, msg

Choose = Callable[[Exhibit], Exhibit | None]
Part = str | list[Exhibit]
"""A text of a notebook, or the exhibits of one cell."""
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


def picture_address(key: str) -> str:
    """Return the address that stands for an exhibit's picture until a format gives it a file."""
    return f"picture:{key}"


def read_exhibits(notebook: Path) -> list[Exhibit]:
    """Return the exhibits that an executed notebook stored, in order."""
    return [
        Exhibit.from_dict(stored)
        for cell in read(notebook)["cells"]
        for output in cell.get("outputs", [])
        for stored in output.get("data", {}).get(MIME, ())
    ]


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
    parts = list(_parts(read(notebook)["cells"], lang, choose, prose=prose))
    shown = tuple(exhibit for part in parts if not isinstance(part, str) for exhibit in part)
    told = list(_said_once(parts)) if prose else parts
    content = [
        part if isinstance(part, str) else [[one.to_dict(), one.remarks] for one in part] for part in told
    ]
    body = kept_text("chapter", [lang, content], lambda: without_gaps(_converted(told, lang)), lang=lang)
    return Chapter(name, body, shown)


def _parts(cells: Sequence[Notebook], lang: str, choose: Choose, *, prose: bool) -> Iterator[Part]:
    """Yield a chapter's texts and exhibits in order; text stays if something that it introduces does."""
    waiting: list[str] = []
    for cell in cells:
        if _is_hidden(cell, lang):
            continue
        if cell["cell_type"] == "markdown":
            waiting = [*(text for text in waiting if text.startswith("# ")), _source(cell)]
            continue
        stored = [one for output in cell.get("outputs", []) for one in _exhibits_in(output, cell)]
        found = [chosen for one in stored if (chosen := choose(Exhibit.from_dict(one))) is not None]
        if found:
            yield from (text if prose else _question_of(text) for text in waiting)
            yield found
            waiting = []


def _said_once(parts: Sequence[Part]) -> Iterator[Part]:
    """Leave out long notes that the chapter has said before; figures on pages of their own keep them."""
    said: list[Message] = []
    for part in parts:
        yield part if isinstance(part, str) else [_with_fresh_notes(exhibit, said) for exhibit in part]


def _with_fresh_notes(exhibit: Exhibit, said: list[Message]) -> Exhibit:
    if exhibit.layout == "absent":  # its note is all that it says
        return exhibit
    fresh = tuple(note for note in exhibit.notes if len(note.text) < LONG or note not in said)
    said.extend(fresh)
    return replace(exhibit, notes=fresh)


def _is_hidden(cell: Notebook, lang: str) -> bool:
    tags = set(cell["metadata"].get("tags", []))
    others = {tag for tag in tags if tag.startswith("lang-") and tag != f"lang-{lang}"}
    return bool(others | tags & HIDDEN_TAGS)


def _source(cell: Notebook) -> str:
    return "".join(cell["source"])


def _question_of(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if line[:2] == "# ")


def _exhibits_in(output: Notebook, cell: Notebook) -> Sequence[dict[str, Any]]:
    stored = output.get("data", {}).get(MIME)
    if stored is None:
        raise ReportError(
            msg(
                "The cell “{source}” shows something that is not an exhibit.",
                source=_source(cell).strip()[:80],
            ),
            do=msg(
                "Let it return what a chapter's function returns; only that has passed disclosure control."
            ),
        )
    return stored


def _converted(parts: Sequence[Part], lang: str) -> str:
    """Let nbconvert make a page of a notebook that holds the texts and the exhibits as they are shown."""
    nbformat, nbconvert = import_module("nbformat.v4"), import_module("nbconvert")
    node = nbformat.new_notebook()
    for part in parts:
        if isinstance(part, str):
            node.cells.append(nbformat.new_markdown_cell(part))
            continue
        html = "".join(exhibit.to_html(lang, image=picture_address(exhibit.key)) for exhibit in part)
        output = nbformat.new_output("display_data", {"text/html": html})
        node.cells.append(nbformat.new_code_cell(outputs=[output]))
    exporter = nbconvert.HTMLExporter(
        template_name="evaluation", extra_template_basedirs=[str(TEMPLATES)], exclude_anchor_links=True
    )
    return exporter.from_notebook_node(node)[0]
