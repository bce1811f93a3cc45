"""Excel workbooks: one sheet's rows as texts."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import numpy as np

from evaluation.vocabulary.errors import ExportError, MissingFileError, one_of
from evaluation.vocabulary.message import msg
from evaluation.vocabulary.workbook import open_workbook, read_rows


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
    with open_workbook(path, marks=marks) as book:
        yield _sheet(book, path, name)


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
    yield from read_rows(sheet, cell_text)


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
