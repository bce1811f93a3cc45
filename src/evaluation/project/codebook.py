"""The codebook: which column of which file holds which question, and how its answers are written.

A row whose `source` names several sources, with spaces between, stands for one entry in each. A row with
the response `text` is an open question, whose answers are never counted or averaged.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from evaluation.project.words import Words
from evaluation.vocabulary.errors import MissingFileError, Problem, ProjectError, one_of
from evaluation.vocabulary.message import msg

COLUMNS = ("item", "source", "wave", "column", "response", "reverse")
YES = {"1", "ja", "yes", "true", "x"}
NO = {"", "0", "nej", "no", "false"}
TEXT = "text"
"""The response of open questions."""
FORMULA = ("=", "+", "-", "@")
"""What a spreadsheet takes for the beginning of a formula."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the codebook.

    Attributes
    ----------
    item
        The question's key, the same in every wave.
    source
        The source whose file has the column.
    wave
        The wave the column belongs to; empty where the source has only one wave.
    column
        The header in the file.
    response
        The key of the response scale.
    reverse
        Whether a high value means less of what the scale measures.
    text
        The question's wording by language; the header stands in for a language that has none.
    label
        A short name for tables and figures by language; the wording where there is none.
    line
        The row's line in the codebook file.
    option
        Of a question with several answers: the answer that this item is about; `*` for any other.
    select
        Of a question with a column per answer: its key, the same for all its answers.
    """

    item: str
    source: str
    wave: str
    column: str
    response: str
    reverse: bool
    text: Words
    label: Words
    line: int
    option: str = ""
    select: str = ""


@dataclass(frozen=True, slots=True)
class Codebook:
    """All entries, in the order in which the questions are asked; open questions apart."""

    entries: tuple[Entry, ...]
    file: Path
    texts: tuple[Entry, ...] = ()

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def of_source(self, source: str) -> tuple[Entry, ...]:
        """Return the entries whose column stands in one source's file."""
        return tuple(entry for entry in self.entries if entry.source == source)

    def texts_of_source(self, source: str) -> tuple[Entry, ...]:
        """Return the open questions whose column stands in one source's file."""
        return tuple(entry for entry in self.texts if entry.source == source)

    def of_item(self, item: str) -> Entry:
        """Return the first entry of a question, which holds its response scale and wording."""
        return next(entry for entry in self.entries if entry.item == item)

    @property
    def items(self) -> tuple[str, ...]:
        """Return the keys of all questions, once each."""
        return tuple(dict.fromkeys(entry.item for entry in self.entries))


def read_codebook(path: Path) -> Codebook:
    """Read a codebook CSV, with comma or semicolon, as Excel or any editor writes it."""
    rows = _rows(path)
    header = [name.strip() for name in rows[0][1]] if rows else []
    missing = [name for name in COLUMNS if name not in header]
    if missing:
        raise ProjectError(
            msg("The codebook lacks the columns {missing}.", missing=", ".join(missing)),
            where=f"{path.name}:1",
            do=msg("The first line must name them: {columns}.", columns=", ".join(COLUMNS)),
        )
    problems: list[Problem] = []
    entries = [
        entry
        for line, row in rows[1:]
        if any(cell.strip() for cell in row)
        for entry in _entries(header, row, line, path, problems)
    ]
    if problems:
        raise ProjectError(problems)
    closed = tuple(entry for entry in entries if entry.response != TEXT)
    return Codebook(closed, path, tuple(entry for entry in entries if entry.response == TEXT))


def _rows(path: Path) -> list[tuple[int, list[str]]]:
    """Return the rows with the lines they start in; a cell in quotation marks may go over several."""
    if not path.is_file():
        raise MissingFileError(
            msg("The codebook is not there."),
            where=str(path),
            do=msg("Make it, or correct `codebook:` in the project file."),
        )
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ProjectError(
            msg("The codebook is not written in UTF-8 (byte {place}).", place=error.start),
            where=path.name,
            do=msg("Save it as “CSV UTF-8” in Excel."),
        ) from None
    delimiter = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    reader, rows, line = csv.reader(io.StringIO(text), delimiter=delimiter), [], 1
    for row in reader:
        rows.append((line, row))
        line = reader.line_num + 1
    return rows


def _entries(
    header: list[str], row: list[str], line: int, path: Path, problems: list[Problem]
) -> list[Entry]:
    cells = dict(zip(header, map(_unguarded, row), strict=False))
    where = f"{path.name}:{line}"
    found = len(problems)
    if any(cell.strip() for cell in row[len(header) :]):
        problems.append(
            Problem(
                msg("The row has more cells than the first line has names."),
                where,
                msg("Put a text with the delimiter in it in quotation marks."),
            )
        )
    for name in ("item", "source", "column", "response"):
        if not cells.get(name):
            problems.append(Problem(msg("The column {name} is empty.", name=name), where, msg("Fill it in.")))
    reverse = cells.get("reverse", "").casefold()
    if reverse not in YES | NO:
        problems.append(
            Problem(
                msg("“{found}” is neither yes nor no.", found=reverse),
                where,
                one_of(reverse, YES | NO - {""}),
            )
        )
    if len(problems) > found:
        return []
    text = _by_language(cells, "text_")
    label = {**text, **_by_language(cells, "label_")}
    fixed = (cells["column"], cells["response"], reverse in YES, text, label, line)
    fixed += (cells.get("option", ""), cells.get("select", ""))
    return [Entry(cells["item"], source, cells.get("wave", ""), *fixed) for source in cells["source"].split()]


def _unguarded(cell: str) -> str:
    """Return a cell without the apostrophe that keeps a spreadsheet from taking it for a formula."""
    cell = cell.strip()
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell


def _by_language(cells: dict[str, str], prefix: str) -> Words:
    return {
        name.removeprefix(prefix): cell for name, cell in cells.items() if name.startswith(prefix) and cell
    }
