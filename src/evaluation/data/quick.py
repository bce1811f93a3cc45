"""Large text files without quotation marks, read in one go; every other file is read row by row."""

import csv
import mmap
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from evaluation.data.grid import categorical, refuse_twins

LEAST = 4 << 20
"""From how many bytes the file is worth a second way of reading."""


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
    Left to the slow way, which tells what is wrong: files with quotation marks, blank lines, rows of
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


def _is_plain(path: Path) -> bool:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as raw:
        if raw.find(b'"') >= 0:
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
