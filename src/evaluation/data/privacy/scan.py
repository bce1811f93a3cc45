"""A last look through tables and reports for anything that identifies a person."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq

from evaluation.data.matching import plain
from evaluation.data.privacy.contact import KINDS, SIGHTED
from evaluation.data.privacy.identity_column import numbers_in
from evaluation.data.privacy.identity_number import identity_numbers, suspicious
from evaluation.data.privacy.register_names import Name, names_in
from evaluation.vocabulary.message import Message, pmsg
from evaluation.vocabulary.workbook import open_workbook, read_rows, unpacked

LABELS: Mapping[str, Message] = {
    "identity_number": pmsg("personal data", "identity numbers"),
    "header": pmsg("personal data", "columns named for personal data"),
    "person": pmsg("personal data", "identifiers of people"),
    "full_name": pmsg("personal data", "names of people in the register"),
    **{key: KINDS[key].label for key in SIGHTED},
}
"""What can be seen, and what it is called."""
IDENTITY_HEADER = re.compile(
    r"(?:person|samordnings)(?:nummer|nr)|pnr|p-?nr|ssn|personal ?(?:identity )?number"
)
SPOKEN = ("alt", "title", "aria-label", "content", "href", "value", "placeholder", "label")
CODE = re.compile(r"[^\W_][\w-]{3,}")
CONTACT = r"@|(?s:(?:\p{Nd}.{0,2}?){7})|(?:\p{Nd}+\.){3}\p{Nd}|:[0-9a-f]*:"
"""What every e-mail address, telephone number and IP address has; quick to look for."""
TABLE = ".parquet"
Texts = Iterator[str]


@dataclass(frozen=True, slots=True)
class Sighting:
    """Something in a file that looks like an identifier; what it is, is not kept.

    Attributes
    ----------
    file
        The file.
    kind
        What it looks like.
    count
        How many there are.
    """

    file: Path
    kind: Message
    count: int


def scan_folder(
    folder: Path, people: frozenset[str] = frozenset(), names: frozenset[Name] = frozenset()
) -> tuple[list[Sighting], int]:
    """Look through every file of a folder.

    Parameters
    ----------
    folder
        A folder of processed tables or of a report; it may be absent.
    people
        Identifiers of people that must not stand in the folder.
    names
        Full names that must not stand in the folder, from `register_names`.

    Returns
    -------
    tuple
        What was seen, by file and kind; and how many files were looked through. Pictures, and kinds of
        files that are not known, are not looked through.

    Raises
    ------
    ExportError
        If a workbook or document is damaged, or unpacks to something enormous.
    """
    files = sorted(
        path for path in folder.rglob("*") if path.is_file() and path.suffix.lower() in (*SEEN, TABLE)
    )
    sightings = [
        Sighting(path, LABELS[kind], count)
        for path in files
        for kind, count in _in_file(path, people, names).items()
    ]
    return sightings, len(files)


def known_people(folder: Path) -> frozenset[str]:
    """Return the identifiers in the table of people that cannot be taken for a number or a word."""
    path = folder / "people.parquet"
    if not path.is_file():
        return frozenset()
    names = pq.read_table(path, columns=["person"])["person"].to_pylist()
    return frozenset(name for name in names if name and CODE.fullmatch(name) and _is_mixed(name))


def _is_mixed(name: str) -> bool:
    return any(map(str.isdigit, name)) and any(map(str.isalpha, name))


def _in_file(path: Path, people: frozenset[str], names: frozenset[Name]) -> Counter[str]:
    ending = path.suffix.lower()
    found: Counter[str] = Counter()
    if ending == TABLE:
        return _in_table(path, names)
    for text in SEEN[ending](path):
        found.update({**_in_text(text, people), "full_name": names_in(text, names)})
    return +found


def _in_text(text: str, people: frozenset[str] = frozenset()) -> dict[str, int]:
    seen = {key: len(KINDS[key].pattern.findall(text)) for key, is_there in SIGHTED.items() if is_there(text)}
    codes = sum(code in people for code in CODE.findall(text)) if people else 0
    return {**seen, "identity_number": len(identity_numbers(text)), "person": codes}


def _in_table(path: Path, names: frozenset[Name]) -> Counter[str]:
    """Look at every different text of every column, and at the names of the columns."""
    file = pq.ParquetFile(path)
    found = Counter({"header": sum(map(_is_personal_header, file.schema_arrow.names))})
    for name in file.schema_arrow.names:
        column = pd.Series(file.read(columns=[name]).column(0).to_pandas())
        if column.dtype.kind in "bfM":
            continue
        texts = column.dropna().astype("str").astype("category")
        numbers = numbers_in(texts)
        found["identity_number"] += numbers.count if numbers else 0
        found["full_name"] += sum(names_in(text, names) for text in texts.cat.categories) if names else 0
        for _, text in suspicious(texts.cat.categories.tolist(), CONTACT):
            found.update({key: is_there(text) for key, is_there in SIGHTED.items()})
    return +found


def _is_personal_header(name: str) -> bool:
    words = plain(name.replace("_", " "))
    return any(kind.header.fullmatch(words) for kind in KINDS.values()) or bool(
        IDENTITY_HEADER.fullmatch(words)
    )


def _plain_texts(path: Path) -> Texts:
    yield path.read_text(encoding="utf-8", errors="replace")


def _page_texts(path: Path) -> Texts:
    yield from _spoken(path.read_text(encoding="utf-8", errors="replace"))


def _spoken(page: str) -> list[str]:
    """Return what a page says: its text and what its attributes say, without styles and pictures."""
    reader = _Page()
    reader.feed(page)
    return reader.texts


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in ("style", "script")
        self.texts += [
            value for name, value in attrs if name in SPOKEN and value and not value.startswith("data:")
        ]

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("style", "script") and self._silent > 0

    def handle_data(self, data: str) -> None:
        if not self._silent and data.strip():
            self.texts.append(data)


def _json_texts(path: Path) -> Texts:
    try:
        value = json.loads(path.read_text(encoding="utf-8", errors="replace"))
    except ValueError:
        yield from _plain_texts(path)
        return
    yield from _strings(value)


def _strings(value: Any, key: str = "") -> Texts:
    """Yield the texts in a JSON value; what notebooks hold as HTML is read as a page, pictures are not."""
    if key.startswith("image/"):
        return
    if key == "text/html":
        yield from _spoken("".join(value))
    elif isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from _strings(part, name)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)


def _workbook_texts(path: Path) -> Texts:
    with open_workbook(path, where=str(path)) as book:
        for sheet in book.worksheets:
            for _, row in read_rows(sheet, lambda value: value, where=str(path)):
                yield from (str(cell) for cell in row if isinstance(cell, str | int))


def _document_texts(path: Path) -> Texts:
    for part in unpacked(path, ".xml", where=str(path)):
        yield re.sub(r"<[^>]*>", " ", part.decode("utf-8", errors="replace"))


SEEN: Mapping[str, Callable[[Path], Texts]] = {
    **dict.fromkeys((".csv", ".tsv", ".txt", ".md"), _plain_texts),
    **dict.fromkeys((".html", ".htm", ".svg", ".xml"), _page_texts),
    **dict.fromkeys((".json", ".ipynb"), _json_texts),
    ".xlsx": _workbook_texts,
    **dict.fromkeys((".docx", ".pptx", ".odt"), _document_texts),
}
"""How the texts of each kind of file are found; tables are looked at column by column."""
