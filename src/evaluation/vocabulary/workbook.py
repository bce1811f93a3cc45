"""Workbooks and other packed files that somebody else made: opened only if they do not unpack to something enormous."""

import warnings
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar
from zipfile import BadZipFile, ZipFile

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from evaluation.vocabulary.errors import ExportError
from evaluation.vocabulary.message import msg

Cell = TypeVar("Cell")

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
"""What reading a damaged file can end in; an `EvaluationError` is none of these."""
MOST_UNPACKED, PACKED, MOST_PACKED = 1 << 31, 100, 1 << 26
"""Bytes that a file may unpack to: in all, and in parts that grow more than so many times."""


@contextmanager
def open_workbook(path: Path, *, where: str = "", marks: bool = False) -> Iterator[Any]:
    """Open a workbook to read the values of its cells.

    Parameters
    ----------
    path
        The workbook.
    where
        What errors call it; its name if empty.
    marks
        Whether hidden rows, merged cells and colours are needed too; that takes longer.

    Raises
    ------
    ExportError
        If the file is not a workbook, or unpacks to something enormous.
    """
    where = where or path.name
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells of styles and extensions, which hold no answers
        with path.open("rb") as file:
            try:
                _refuse_enormous(path, where)
                book = openpyxl.load_workbook(file, read_only=not marks, data_only=True)
            except BROKEN:
                raise ExportError(
                    msg("The file cannot be opened as an Excel workbook."),
                    where=where,
                    do=msg("Open it in Excel, take away any password, and save it as .xlsx."),
                ) from None
            try:
                yield book
            finally:
                book.close()


def _refuse_enormous(path: Path, where: str) -> None:
    """Refuse a packed file by the sizes in its table of contents: no more of a part is ever unpacked."""
    with ZipFile(path) as archive:
        parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.file_size for part in parts if part.file_size > PACKED * part.compress_size)
    if unpacked > MOST_UNPACKED or packed > MOST_PACKED:
        raise ExportError(
            msg("The file unpacks to {size} bytes, far more than it can hold.", size=unpacked),
            where=where,
            do=msg("Open it in the program that it is made for, and save it again."),
        )


def read_rows(
    sheet: Any, read: Callable[[Any], Cell], *, where: str = "", values: bool = True
) -> Iterator[tuple[int, list[Cell]]]:
    """Yield the rows of a sheet with their numbers as Excel shows them.

    Parameters
    ----------
    sheet
        A sheet of an open workbook.
    read
        What is taken of each cell.
    where
        What errors call the workbook; only the sheet is named if empty.
    values
        Whether `read` is given the value of each cell, or the cell itself.

    Raises
    ------
    ExportError
        If the sheet is damaged.
    """
    number = 0
    try:
        sheet.reset_dimensions()
        for number, row in enumerate(sheet.iter_rows(values_only=values), start=1):
            yield number, [read(cell) for cell in row]
    except BROKEN:
        raise ExportError(
            msg("The sheet is damaged after row {row}.", row=number),
            where=f"{where}: {sheet.title}" if where else sheet.title,
            do=msg("Open it in Excel, and save it as .xlsx."),
        ) from None


def unpacked(path: Path, ending: str, *, where: str = "") -> Iterator[bytes]:
    """Yield the parts of a packed file, such as a document, whose names have an ending.

    Parameters
    ----------
    path
        The file.
    ending
        How the names of the parts end.
    where
        What errors call the file; its name if empty.

    Raises
    ------
    ExportError
        If it is damaged, or unpacks to something enormous.
    """
    where = where or path.name
    try:
        _refuse_enormous(path, where)
        with ZipFile(path) as archive:
            for name in archive.namelist():
                if name.endswith(ending):
                    yield archive.read(name)
    except BROKEN:
        raise ExportError(
            msg("The file is damaged."),
            where=where,
            do=msg("Open it in the program that it is made for, and save it again."),
        ) from None
