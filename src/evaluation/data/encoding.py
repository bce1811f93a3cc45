"""In which encoding a text file is written, and where it is in none."""

import codecs
import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from evaluation.data.matching import shorten
from evaluation.vocabulary.errors import ExportError
from evaluation.vocabulary.message import Message, msg

BLOCK = 1 << 20
SAMPLE = 1 << 16
WIDE = 0.4
"""From which share of NUL bytes in one half of the places a file is UTF-16 without a mark."""
FEW = 4
TWO_TO_FOUR = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
ELSEWHERE = re.compile(rb"[A-Za-z][\x84\x86\x94][a-z]|[a-z][\x8a\x8c][a-z]")
"""Bytes that are å, ä or ö in words of MS-DOS or old Macintosh files, and never stand there in Windows-1252."""
MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
AGAIN = msg("Export it again as CSV in UTF-8, or as .xlsx.")


def text_encoding(path: Path) -> str:
    """Return the encoding of a text file.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    str
        ``utf-8``, ``utf-8-sig`` or ``utf-16`` (with a mark at its start), ``utf-16-le``, ``utf-16-be``, or
        ``cp1252``, of which ISO-8859-1 without control characters is a part.

    Raises
    ------
    ExportError
        With row and column: if a NUL byte stands in the file, if it fits none of the encodings, if some of
        it is UTF-8 and some is not, or if it comes from MS-DOS or an old Macintosh.
    """
    encoding = _marked(path) or _wide(path)
    if encoding is not None:
        return _refuse_undecodable(path, encoding)
    looked = _look(path)
    if looked.nul is not None:
        raise _error(path, looked.nul, msg("The file holds NUL bytes, so it is not plain text."))
    if looked.invalid is None:
        return "utf-8"
    if looked.valid is not None:
        what = msg("The file is written partly in UTF-8 and partly not.")
        raise _error(path, looked.invalid, what)
    if looked.elsewhere is not None:
        raise _error(path, looked.elsewhere, msg("The file comes from MS-DOS or an old Macintosh."))
    if looked.undefined is not None:
        what = msg("The file is written neither in UTF-8 nor in Windows-1252.")
        raise _error(path, looked.undefined, what)
    return "cp1252"


def _marked(path: Path) -> str | None:
    with path.open("rb") as file:
        start = file.read(3)
    return next((name for mark, name in MARKS.items() if start.startswith(mark)), None)


def _wide(path: Path) -> str | None:
    """Tell UTF-16 without a mark by the NUL bytes beside every plain letter."""
    with path.open("rb") as file:
        raw = file.read(SAMPLE)
    halves = {"utf-16-be": raw[::2], "utf-16-le": raw[1::2]}
    if len(raw) < FEW:
        return None
    shares = {name: half.count(0) / len(half) for name, half in halves.items()}
    best = max(shares, key=shares.__getitem__)
    return best if shares[best] > WIDE and min(shares.values()) < WIDE / 4 else None


def _refuse_undecodable(path: Path, encoding: str) -> str:
    decoder, done = codecs.getincrementaldecoder(encoding.removesuffix("-sig"))(), 0
    with path.open("rb") as file:
        try:
            while block := _lines_of(file):
                if "\0" in decoder.decode(block):
                    raise _error(path, None, msg("The file holds NUL bytes, so it is not plain text."))
                done += len(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError as error:
            name, place = ("UTF-8", done + error.start) if encoding == "utf-8-sig" else ("UTF-16", None)
            what = msg("The file begins as {encoding} but does not go on as such.", encoding=name)
            raise _error(path, place, what) from None
    return encoding


def _lines_of(file: BinaryIO) -> bytes:
    """Return a large piece that ends with a line."""
    return file.read(BLOCK) + file.readline()


@dataclass(slots=True)
class _Looked:
    """Places of the first byte of each sort; None if there is none."""

    nul: int | None = None
    invalid: int | None = None
    valid: int | None = None
    elsewhere: int | None = None
    undefined: int | None = None


def _look(path: Path) -> _Looked:
    """Go through a file line by line, in large pieces, until there is something that cannot be read."""
    looked, place = _Looked(), 0
    with path.open("rb") as file:
        while block := _lines_of(file):
            _note(looked, block, place)
            place += len(block)
            if looked.nul is not None:
                break
    return looked


def _note(looked: _Looked, block: bytes, place: int) -> None:
    """Note what is in one piece that ends with a line, so that no letter is cut in two."""

    def first(known: int | None, found: int) -> int | None:
        return place + found if known is None and found >= 0 else known

    looked.nul = first(looked.nul, block.find(0))
    if block.isascii():
        return
    try:
        block.decode("utf-8")
    except UnicodeDecodeError as error:
        looked.invalid = first(looked.invalid, error.start)
        looked.elsewhere = first(looked.elsewhere, _start(ELSEWHERE.search(block), shift=1))
        try:
            block.decode("cp1252")
        except UnicodeDecodeError as unknown:
            looked.undefined = first(looked.undefined, unknown.start)
    looked.valid = first(looked.valid, _start(TWO_TO_FOUR.search(block)))


def _start(match: re.Match[bytes] | None, shift: int = 0) -> int:
    return -1 if match is None else match.start() + shift


def _error(path: Path, place: int | None, what: Message) -> ExportError:
    where = path.name if place is None else _where(path, place)
    return ExportError(what, where=where, do=AGAIN)


def _as_written(name: bytes) -> str:
    try:
        return name.decode("utf-8")
    except UnicodeDecodeError:
        return name.decode("cp1252", errors="replace")


def _lines(path: Path, place: int) -> Iterator[str]:
    """Yield the lines up to a byte, with a letter in its place."""
    with path.open("rb") as file:
        for line in file:
            yield (line if len(line) <= place else line[:place] + b"x").decode("latin-1").replace("\0", " ")
            place -= len(line)
            if place < 0:
                return


def _where(path: Path, place: int) -> str:
    """Return row and column of a byte, counted as a spreadsheet counts them."""
    with path.open("rb") as file:
        header = file.readline(SAMPLE).decode("latin-1")
    rows = csv.reader(_lines(path, place), delimiter=max(",;\t", key=header.count))
    number, names, last = 0, [], []
    try:
        for last in rows:
            number, names = number + 1, names or last
    except csv.Error:
        return f"{path.name}:{number + 1}"
    name = names[len(last) - 1] if number > 1 and len(last) <= len(names) else ""
    name = shorten(_as_written(name.encode("latin-1")).strip("\ufeff \"'"))
    return f"{path.name}:{number} “{name}”" if name else f"{path.name}:{number}"
