"""Large text files without quotation marks, read in one go; every other file is read row by row."""

import csv
import mmap
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from evaluation.data.delimited import delimited_rows
from evaluation.data.grid import categorical, refuse_twins
from evaluation.data.layout.table import SUM
from evaluation.data.matching import plain
from evaluation.project.source import Source

LEAST = 4 << 20
"""From how many bytes the file is worth a second way of reading."""
SHORT = 40
"""Longer texts are no sums."""


def quick_frame(
    path: Path, encoding: str, delimiter: str, header: list[str], *, least: int = LEAST
) -> pd.DataFrame | None:
    """Return the cells of a file as `build_frame` does, or None if the file must be read row by row.

    Parameters
    ----------
    path
        The file.
    encoding, delimiter
        As found out.
    header
        Its first row.
    least
        From how many bytes on.

    Notes
    -----
    Left to the slow way, which tells what is wrong: files with quotation marks below the header, rows of
    different lengths, lone carriage returns, headers without a name, or very long cells.
    """
    if path.stat().st_size < least or not encoding.startswith("utf-8") or not all(map(str.strip, header)):
        return None
    if not _is_plain(path):
        return None
    try:
        table = _table(path, delimiter, header)
    except pa.ArrowInvalid:
        return None
    if not table.num_rows or any(_longest(column) >= csv.field_size_limit() for column in table.columns):
        return None
    refuse_twins(header, f"{path.name}:1")
    columns = dict(zip(header, (categorical(column.chunks) for column in table.columns), strict=True))
    frame = pd.DataFrame(columns, index=pd.RangeIndex(2, table.num_rows + 2, name="row"))
    blank = _blank_rows(list(columns.values()))
    return (
        frame[~blank] if blank.any() else frame.set_index(pd.Index(np.arange(2, len(frame) + 2), name="row"))
    )


def quick_register(
    path: Path, encoding: str, delimiter: str, source: Source, *, least: int = LEAST
) -> pd.DataFrame | None:
    """Return the cells of a register without a layout, or None if it must be looked at row by row.

    Parameters
    ----------
    path, encoding, delimiter, least
        As in `quick_frame`.
    source
        The source as the project file describes it.

    Notes
    -----
    Left to the slow way: headers that are not in the first row, blank lines, headers that are repeated further
    down, and cells that look like a sum.
    """
    if source.layout is not None or path.stat().st_size < least:
        return None
    header = next((row for _, row in delimited_rows(path, encoding, delimiter)), [])
    stated = [(part,) if isinstance(part, str) else part for part in source.columns.values()]
    named = {plain(title) for titles in stated for title in titles}
    if not named <= {plain(title) for title in header}:
        return None
    frame = quick_frame(path, encoding, delimiter, header, least=least)
    if frame is None or frame.index[-1] != len(frame) + 1:
        return None
    for name, column in frame.items():
        texts = column.cat.categories
        if name in texts or any(SUM.fullmatch(plain(text)) for text in texts if len(text) < SHORT):
            return None
    return frame


def _is_plain(path: Path) -> bool:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as raw:
        first = raw.find(b"\n") + 1
        if raw.find(b'"', first) >= 0 or raw[:first].count(b'"') % 2:
            return False
        place = raw.find(b"\r")
        return place < 0 or (raw[place : place + 2] == b"\r\n" and _ends_alike(raw))


def _ends_alike(raw: mmap.mmap) -> bool:
    """Tell whether every carriage return stands before a line feed."""
    step, previous = 1 << 24, b""
    for start in range(0, len(raw), step):
        piece = previous + raw[start : start + step]
        previous = b"\r" if piece.endswith(b"\r") else b""
        piece = piece.removesuffix(b"\r")
        if piece.count(b"\r") != piece.count(b"\r\n"):
            return False
    return not previous


def _table(path: Path, delimiter: str, header: list[str]) -> pa.Table:
    names = [str(place) for place in range(len(header))]
    text = pa.dictionary(pa.int32(), pa.string())
    return arrow_csv.read_csv(
        path,
        read_options=arrow_csv.ReadOptions(column_names=names, skip_rows=1),
        parse_options=arrow_csv.ParseOptions(delimiter=delimiter, quote_char=False, ignore_empty_lines=False),
        convert_options=arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(names, text), strings_can_be_null=False
        ),
    )


def _longest(column: pa.ChunkedArray) -> int:
    return max((pc.max(pc.utf8_length(part.dictionary)).as_py() or 0 for part in column.chunks), default=0)


def _blank_rows(columns: list[pd.Categorical]) -> np.ndarray:
    blank = np.ones(len(columns[0]), dtype=bool)
    for column in columns:
        empty = np.array([not text.strip() for text in column.categories], dtype=bool)
        blank &= empty[column.codes]
        if not blank.any():
            break
    return blank
