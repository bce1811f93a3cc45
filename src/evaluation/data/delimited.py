"""Text files with a delimiter: which encoding, which delimiter, and their rows."""

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
SAMPLE = 1 << 18
SAMPLE_ROWS = 500


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
        If the quotation marks do not match up, or a cell is too long.
    """
    number = 0
    with path.open(encoding=encoding, newline="") as file:
        try:
            for number, row in enumerate(csv.reader(file, delimiter=delimiter, strict=True), start=1):
                yield number, row
        except csv.Error as error:
            too_long = "field limit" in str(error)
            raise ExportError(
                msg("A cell has more than {limit} characters.", limit=csv.field_size_limit())
                if too_long
                else msg("The quotation marks do not match up."),
                where=f"{path.name}:{number + 1}",
                do=msg("Export the file again, or correct the row in a text editor."),
            ) from None
