"""Text files with a delimiter: which encoding, which delimiter, and their rows."""

import codecs
import csv
import io
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from evaluation.vocabulary.errors import ExportError, MissingFileError
from evaluation.vocabulary.message import Message, msg, pmsg

DELIMITERS: dict[str, Message] = {
    ",": pmsg("delimiter", "comma"),
    ";": pmsg("delimiter", "semicolon"),
    "\t": pmsg("delimiter", "tab"),
}
ENCODINGS = ("utf-8-sig", "cp1252")
BLOCK = 1 << 20
SAMPLE = 1 << 18
SAMPLE_ROWS = 500


def text_encoding(path: Path) -> str:
    """Return the encoding of a text file: ``utf-8``, ``utf-8-sig`` (with a mark at its start) or ``cp1252``.

    Raises
    ------
    ExportError
        If the file holds NUL bytes (UTF-16, or no text at all), or fits none of the encodings.
    """
    for encoding in ENCODINGS:
        if _decodes(path, encoding):
            return _without_mark(path) if encoding == "utf-8-sig" else encoding
    raise ExportError(
        msg("The file is written neither in UTF-8 nor in Windows-1252."),
        where=path.name,
        do=msg("Export it again as CSV in UTF-8, or as .xlsx."),
    )


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        try:
            while block := file.read(BLOCK):
                _refuse_nul(block, path)
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _refuse_nul(block: bytes, path: Path) -> None:
    if b"\0" in block:
        raise ExportError(
            msg("The file holds NUL bytes, so it is not plain text in UTF-8."),
            where=path.name,
            do=msg("Export it again as CSV in UTF-8, or as .xlsx."),
        )


def _without_mark(path: Path) -> str:
    with path.open("rb") as file:
        return "utf-8-sig" if file.read(3) == codecs.BOM_UTF8 else "utf-8"


def find_delimiter(path: Path, encoding: str) -> str | None:
    """Return the delimiter that splits the first rows into the same number of columns, or None."""
    text, whole = _sample(path, encoding)
    best = max(DELIMITERS, key=lambda delimiter: _fit(text, delimiter, whole=whole))
    return best if _fit(text, best, whole=whole)[0] else None


def header_width(path: Path, encoding: str, delimiter: str) -> int:
    """Return how many columns the header has when the file is split at a delimiter."""
    text, whole = _sample(path, encoding)
    return _fit(text, delimiter, whole=whole)[3]


def _sample(path: Path, encoding: str) -> tuple[str, bool]:
    with path.open("rb") as file:
        raw = file.read(SAMPLE)
        whole = not file.read(1)
    text = raw.decode(encoding, errors="ignore")
    if not text.strip():
        raise MissingFileError(
            msg("The file is empty."), where=path.name, do=msg("Export it again from the survey tool.")
        )
    return text, whole


def _fit(text: str, delimiter: str, *, whole: bool) -> tuple[bool, bool, float, int]:
    """Rate a delimiter: columns at all, no row longer than the header, share of equal rows, columns."""
    try:
        rows = list(islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), SAMPLE_ROWS))
    except csv.Error:
        return False, False, 0.0, 0
    rows = [row for row in rows if any(map(str.strip, row))]
    if not rows:
        return False, False, 0.0, 0
    rows = rows if whole or len(rows) == 1 else rows[:-1]
    columns = len(rows[0])
    longest = max(len(row) for row in rows)
    equal = sum(len(row) == columns for row in rows) / len(rows)
    return columns > 1, longest <= columns, equal, columns


def delimited_rows(path: Path, encoding: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a text file with their numbers as Excel counts them.

    Raises
    ------
    ExportError
        If the quotation marks do not match up.
    """
    number = 0
    with path.open(encoding=encoding, newline="") as file:
        try:
            for number, row in enumerate(csv.reader(file, delimiter=delimiter, strict=True), start=1):
                yield number, row
        except csv.Error:
            raise ExportError(
                msg("The quotation marks do not match up."),
                where=f"{path.name}:{number + 1}",
                do=msg("Export the file again, or correct the row in a text editor."),
            ) from None
