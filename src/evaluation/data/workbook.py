"""Excel workbooks: one sheet's rows as texts."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from evaluation.vocabulary.errors import ExportError, one_of
from evaluation.vocabulary.message import msg


@contextmanager
def open_sheet(path: Path, name: str | None) -> Iterator[Any]:
    """Open one sheet of a workbook, the first one if no name is given.

    Raises
    ------
    ExportError
        If the file is not a workbook, or has no such sheet.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells of styles and extensions, which hold no answers
        book = _open(path)
        try:
            yield _sheet(book, path, name)
        finally:
            book.close()


def _open(path: Path) -> Any:
    try:
        return openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError):
        raise ExportError(
            msg("The file cannot be opened as an Excel workbook."),
            where=path.name,
            do=msg("Open it in Excel, take away any password, and save it as .xlsx."),
        ) from None


def _sheet(book: Any, path: Path, name: str | None) -> Any:
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    if name is None:
        return next(iter(sheets.values()))
    if name not in sheets:
        raise ExportError(
            msg("The workbook has no sheet “{sheet}”.", sheet=name), where=path.name, do=one_of(name, sheets)
        )
    return sheets[name]


def sheet_rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a sheet with their numbers as Excel shows them; every cell as a text."""
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        yield number, [cell_text(value) for value in row]


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
