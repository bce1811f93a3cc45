"""Excel workbooks: one sheet's rows as texts."""

import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import BadZipFile, ZipFile

import numpy as np
import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from evaluation.vocabulary.errors import ExportError, MissingFileError, one_of
from evaluation.vocabulary.message import msg

BROKEN = (
    ArithmeticError,
    AttributeError,
    BadZipFile,
    InvalidFileException,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    zlib.error,
)
"""What reading a damaged workbook can end in; an `EvaluationError` is none of these."""
MOST_UNPACKED, PACKED, MOST_PACKED = 1 << 31, 100, 1 << 26
"""Bytes that a workbook may unpack to: in all, and in parts that grow more than so many times."""


@contextmanager
def open_sheet(path: Path, name: str | None, *, marks: bool = False) -> Iterator[Any]:
    """Open one sheet of a workbook, the first one if no name is given.

    Parameters
    ----------
    path
        The workbook.
    name
        The sheet's name.
    marks
        Whether hidden rows, merged cells and colours are needed too; that takes longer.

    Raises
    ------
    ExportError
        If the file is not a workbook, or has no such sheet.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells of styles and extensions, which hold no answers
        with path.open("rb") as file:
            book = _open(file, path, marks=marks)
            try:
                yield _sheet(book, path, name)
            finally:
                book.close()


def _open(file: BinaryIO, path: Path, *, marks: bool) -> Any:
    try:
        _refuse_bomb(path)
        return openpyxl.load_workbook(file, read_only=not marks, data_only=True)
    except BROKEN:
        raise ExportError(
            msg("The file cannot be opened as an Excel workbook."),
            where=path.name,
            do=msg("Open it in Excel, take away any password, and save it as .xlsx."),
        ) from None


def _refuse_bomb(path: Path) -> None:
    """Refuse a workbook that unpacks to something enormous, by the sizes in its table of contents."""
    with ZipFile(path) as archive:
        parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.file_size for part in parts if part.file_size > PACKED * part.compress_size)
    if unpacked > MOST_UNPACKED or packed > MOST_PACKED:
        raise ExportError(
            msg("The workbook unpacks to {size} bytes, far more than it can hold.", size=unpacked),
            where=path.name,
            do=msg("Open it in Excel, and save it as .xlsx."),
        )


def _sheet(book: Any, path: Path, name: str | None) -> Any:
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    if not sheets:
        raise MissingFileError(
            msg("The file is empty."), where=path.name, do=msg("Export it again from the survey tool.")
        )
    if name is None:
        return next(iter(sheets.values()))
    if name not in sheets:
        raise ExportError(
            msg("The workbook has no sheet “{sheet}”.", sheet=name), where=path.name, do=one_of(name, sheets)
        )
    return sheets[name]


def sheet_rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a sheet with their numbers as Excel shows them; every cell as a text.

    Raises
    ------
    ExportError
        If the sheet is damaged.
    """
    number = 0
    try:
        sheet.reset_dimensions()
        for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
            yield number, [cell_text(value) for value in row]
    except BROKEN:
        raise ExportError(
            msg("The sheet is damaged after row {row}.", row=number),
            where=sheet.title,
            do=msg("Open it in Excel, and save it as .xlsx."),
        ) from None


def cell_text(value: Any) -> str:
    """Return a cell's value as a text: 4.0 as “4”, dates in ISO form, an empty cell as ""."""
    return TEXT.get(type(value), str)(value)


def _moment(value: datetime) -> str:
    return value.date().isoformat() if value.time() == time() else value.isoformat(timespec="seconds")


TEXT = {
    type(None): lambda value: "",
    bool: lambda value: "TRUE" if value else "FALSE",
    float: lambda value: np.format_float_positional(value, trim="-"),
    datetime: _moment,
    date: date.isoformat,
    time: time.isoformat,
}
"""How each type of cell is written; other types write themselves."""
