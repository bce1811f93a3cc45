"""What a reader finds in a report's folder: rows of numbers, and every count that a text mentions."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from evaluation.text.catalogue import languages, say
from evaluation.vocabulary.columns import COUNTS
from evaluation.vocabulary.errors import MissingFileError
from evaluation.vocabulary.message import msg
from evaluation.vocabulary.workbook import open_workbook, read_rows

MIME = "application/vnd.evaluation.exhibit+json"
NUMBER = r"(\d{1,3}(?:[\u00a0\u202f ,]\d{3})+|\d+)"
PAIR = re.compile(NUMBER + r" (?:of the|of|av de|av) " + NUMBER, re.IGNORECASE)
UNITS = ("person", "organisation")


@dataclass(frozen=True, slots=True)
class Mention:
    """A part of a whole that a text mentions, such as "14 of 22"."""

    page: str
    part: int
    whole: int


@dataclass(frozen=True, slots=True)
class Published:
    """Everything that a report tells in numbers.

    Attributes
    ----------
    rows
        Rows with the columns they have; withheld rows have `suppressed` and no numbers. Rounded rows have the
        base in `rounded`; those of a workbook, which does not say it, are left out.
    mentions
        Parts of wholes in the text, alternative texts and tables of the pages.
    pages, workbooks, notebooks
        How many files were read.
    withheld
        How many rows the report says were withheld: (for their own number, for another's); None if
        it does not say.
    """

    rows: tuple[Mapping[str, Any], ...]
    mentions: tuple[Mention, ...]
    pages: int
    workbooks: int
    notebooks: int
    withheld: tuple[int, int] | None


def read_published(folder: Path) -> Published:
    """Read a report as somebody does who has nothing else.

    Parameters
    ----------
    folder
        The folder of a report, or of one of its languages.

    Returns
    -------
    Published
        Rows from the notebooks' data if they are in the folder, or else from the workbooks.

    Raises
    ------
    MissingFileError
        If the folder holds no page, workbook or notebook.
    ExportError
        If the workbook cannot be opened, or unpacks to something enormous.
    """
    pages, books, notes = (sorted(folder.rglob(f"*.{kind}")) for kind in ("html", "xlsx", "ipynb"))
    if not (pages or books or notes):
        raise MissingFileError(
            msg("There is no report in the folder."),
            where=str(folder),
            do=msg("Give the folder that `evaluation report` wrote."),
        )
    nodes = [json.loads(path.read_text(encoding="utf-8")) for path in notes]
    rows = [row for node in nodes for row in _of_notebook(node)]
    rows = rows or [row for path in books[:1] for row in _of_workbook(path)]
    mentions = [mention for path in pages for mention in _mentions(path, folder)]
    told = [node["metadata"].get("evaluation", {}).get("withheld") for node in nodes]
    withheld = next((tuple(one) for one in told if one), None)
    return Published(tuple(rows), tuple(mentions), len(pages), len(books), len(notes), withheld)


def _of_notebook(node: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for cell in node["cells"]:
        for output in cell.get("outputs", []):
            for exhibit in output.get("data", {}).get(MIME, []):
                for row in exhibit["result"]["rows"]:
                    told = {key: value for key, value in row.items() if value is not None}
                    yield {"exhibit": exhibit.get("key", ""), **told}


def _of_workbook(path: Path) -> Iterator[dict[str, Any]]:
    """Read sheets: what a row is about stands in its first cell, parted by commas."""
    names = {say(label, lang): key for lang in languages() for key, label in COUNTS.items()}
    with open_workbook(path, where=str(path)) as book:
        for sheet in book.worksheets[1:]:
            lines = [cells for _, cells in read_rows(sheet, lambda cell: cell, where=str(path), values=False)]
            heads = lines[0] if lines else []
            header = [names.get(str(cell.value)) for cell in heads]
            body = _body(lines[1:], len(heads))
            yield from _named(sheet.title, header, list(body))


def _body(lines: Sequence[Sequence[Any]], width: int) -> Iterator[tuple[Any, ...]]:
    """Yield the values of lines until an empty one, but for rounded lines."""
    for cells in lines:
        line = tuple(cell.value for cell in cells)
        if not any(cell is not None for cell in line):
            return
        if not any("≈" in str(cell.number_format) for cell in cells):
            yield line + (None,) * (width - len(line))


def _named(
    sheet: str, header: Sequence[str | None], body: Sequence[Sequence[Any]]
) -> Iterator[dict[str, Any]]:
    heads = [str(line[0]).partition(", ")[0] for line in body]
    for line, head in zip(body, heads, strict=True):
        level = str(line[0]).partition(", ")[2]
        row: dict[str, Any] = {"estimand": "", "indicator": head, "suppressed": isinstance(line[1], str)}
        if level and heads.count(head) > 1:
            row |= {"group": f"{sheet}: {head}", "level": level}
        numbers = zip(header[1:], line[1:], strict=False)
        yield row | {key: value for key, value in numbers if key and isinstance(value, int | float)}


class _Text(HTMLParser):
    """Collects what is written on a page, with alternative texts."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts += [value for name, value in attrs if name in ("alt", "aria-label", "title") and value]

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def _mentions(path: Path, folder: Path) -> Iterator[Mention]:
    reader = _Text()
    reader.feed(path.read_text(encoding="utf-8"))
    for found in PAIR.finditer(" ".join(reader.parts)):
        yield Mention(str(path.relative_to(folder)), _whole(found[1]), _whole(found[2]))


def _whole(text: str) -> int:
    return int(re.sub(r"\D", "", text))
