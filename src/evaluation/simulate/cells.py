"""Cells as files hold them: texts, numbers and days, and how they become bytes."""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import date, datetime

import numpy as np
import openpyxl
import pandas as pd
from numpy.typing import NDArray

from evaluation.vocabulary.cell import guarded
from evaluation.vocabulary.errors import ReportError
from evaluation.vocabulary.message import msg

Cells = NDArray[np.object_]
"""Texts, whole numbers, decimal numbers, days and moments; None where a cell is empty."""

Sheet = Mapping[str, Cells]
"""Columns by header, all of the same length."""

MOMENT = datetime(2000, 1, 1)
"""What workbooks say about when they were made, so that equal contents give equal bytes."""

MOST_ROWS = 1_048_575


def as_cells(values: NDArray) -> Cells:
    """Turn numbers, days or texts into cells; what is not a number or not a time becomes empty."""
    if values.dtype.kind == "M":
        cells = values.astype(object)
        cells[np.isnat(values)] = None
        return cells
    if values.dtype.kind in "fiu":
        different, places = np.unique(values.astype(float), return_inverse=True)
        return np.array([_number(value) for value in different] + [None], dtype=object)[places]
    return values.astype(object)


def _number(value: float) -> int | float | None:
    if np.isnan(value):
        return None
    return int(value) if value.is_integer() else float(value)


def delimited(sheet: Sheet, delimiter: str, decimal: str) -> bytes:
    """Return a text file in UTF-8 with a byte order mark, quoted where needed."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(map(guarded, sheet))
    writer.writerows(zip(*(_texts(cells, decimal) for cells in sheet.values()), strict=True))
    return stream.getvalue().encode("utf-8-sig")


def _texts(cells: Cells, decimal: str) -> Cells:
    places, different = pd.factorize(cells)
    return np.array([_text(cell, decimal) for cell in different] + [""], dtype=object)[places]


def _text(cell: object, decimal: str) -> str:
    return TEXT.get(type(cell), lambda value, _: str(value))(cell, decimal)


TEXT: dict[type, Callable[..., str]] = {
    str: lambda value, _: guarded(value),
    float: lambda value, decimal: np.format_float_positional(value, trim="-").replace(".", decimal),
    date: lambda value, _: value.isoformat(),
    datetime: lambda value, _: value.isoformat(sep=" ", timespec="seconds"),
}
"""How cells other than texts and whole numbers are written in a text file."""


def workbook(sheets: Mapping[str, Sheet], file: str) -> bytes:
    """Return an Excel workbook; the same sheets always give the same bytes."""
    book = openpyxl.Workbook(write_only=True)
    book.properties.creator = "evaluation"
    book.properties.created = MOMENT
    for title, sheet in sheets.items():
        rows = max((len(cells) for cells in sheet.values()), default=0)
        if rows > MOST_ROWS:
            raise ReportError(
                msg("A sheet cannot hold {rows} rows.", rows=rows),
                where=file,
                do=msg("Name a .csv file for the source, or simulate fewer people."),
            )
        page = book.create_sheet(title)
        page.append(list(map(guarded, sheet)))
        for row in zip(*sheet.values(), strict=True):
            page.append([guarded(cell) if isinstance(cell, str) else cell for cell in row])
    stream = io.BytesIO()
    book.save(stream)
    return _without_time(stream.getvalue())


def _without_time(made: bytes) -> bytes:
    """Return the same workbook without the moment at which it was written."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(made)) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                fixed = f">{MOMENT.isoformat()}Z</dcterms:modified>".encode()
                content = re.sub(rb">[^<]*</dcterms:modified>", fixed, content)
            entry = zipfile.ZipInfo(name, date_time=MOMENT.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, content)
    return stream.getvalue()
