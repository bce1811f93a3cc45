"""Rows of texts become a frame: the header is checked, columns are dictionary-encoded."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice

import numpy as np
import pandas as pd
import pyarrow as pa
from openpyxl.utils import get_column_letter

from evaluation.data.matching import shorten
from evaluation.vocabulary.errors import ExportError, MissingFileError, Problem
from evaluation.vocabulary.message import msg, nmsg

Rows = Iterable[tuple[int, list[str]]]
CHUNK = 10_000


def build_frame(rows: Rows, file: str) -> tuple[pd.DataFrame, int]:
    """Return all cells as a frame, and the number of the row that holds the header.

    The first row with content is the header. The index holds each row's number in the file; rows and
    columns without content are left out. A column with content but no header is named by its letter.

    Raises
    ------
    MissingFileError
        If there is no row with content.
    ExportError
        If a header stands twice, if no row follows, or if a row has more cells than the header.
    """
    filled = ((number, row) for number, row in rows if any(map(str.strip, row)))
    first = next(filled, None)
    if first is None:
        raise MissingFileError(
            msg("The file is empty."), where=file, do=msg("Export it again from the survey tool.")
        )
    number, header = first
    refuse_twins(header, f"{file}:{number}")
    numbers, columns = _encode(_fitted(filled, len(_trimmed(header)), file), len(_trimmed(header)))
    if not len(numbers):
        raise ExportError(
            msg("The file has a header but no rows."),
            where=f"{file}:{number}",
            do=msg("Export it again with the answers, or take the source out of the project file."),
        )
    named = {
        _name(title, place): column
        for place, (title, column) in enumerate(zip(header, columns, strict=False))
    }
    kept = {name: column for name, column in named.items() if name in header or _has_content(column)}
    return pd.DataFrame(kept, index=pd.Index(numbers, name="row")), number


def _trimmed(row: list[str]) -> list[str]:
    last = max((place for place, cell in enumerate(row) if cell.strip()), default=-1)
    return row[: last + 1]


def _name(title: str, place: int) -> str:
    return title if title.strip() else f"[{get_column_letter(place + 1)}]"


def _has_content(column: pd.Categorical) -> bool:
    return any(map(str.strip, column.categories))


def refuse_twins(header: list[str], where: str) -> None:
    """Refuse headers that stand twice.

    Raises
    ------
    ExportError
        With every such header.
    """
    counts = Counter(title.strip() for title in header if title.strip())
    twins = [title for title, count in counts.items() if count > 1]
    if twins:
        raise ExportError(
            [
                Problem(
                    msg(
                        "The header “{column}” stands in {count} columns.",
                        column=shorten(title),
                        count=counts[title],
                    ),
                    where,
                    msg("Give every column a header of its own."),
                )
                for title in twins
            ]
        )


def _fitted(rows: Rows, width: int, file: str) -> Iterator[tuple[int, list[str]]]:
    """Fill up short rows; cells beyond the header are an error, told once with the number of rows."""
    wrong: list[tuple[int, int]] = []
    for number, row in rows:
        if len(row) > width:
            row = _trimmed(row)
            if len(row) > width:
                wrong.append((number, len(row)))
        yield number, row[:width] + [""] * (width - len(row))
    if wrong:
        what = nmsg(
            "The row has {cells} cells but the header has {columns}.",
            "The row has {cells} cells but the header has {columns}; {count} rows are like this.",
            cells=wrong[0][1],
            columns=width,
            count=len(wrong),
        )
        do = msg("Give every column a header, and put texts that hold the delimiter in quotation marks.")
        raise ExportError(what, where=f"{file}:{wrong[0][0]}", do=do)


def _encode(rows: Rows, width: int) -> tuple[np.ndarray, list[pd.Categorical]]:
    """Encode columns chunk by chunk, so that every different text is held once."""
    numbers: list[np.ndarray] = []
    parts: list[list[pa.Array]] = [[] for _ in range(width)]
    rest = iter(rows)
    while chunk := list(islice(rest, CHUNK)):
        numbers.append(np.fromiter((number for number, _ in chunk), dtype=np.int64, count=len(chunk)))
        for store, cells in zip(parts, zip(*(row for _, row in chunk), strict=True), strict=True):
            store.append(pa.array(cells, pa.string()).dictionary_encode())
    return np.concatenate(numbers or [np.empty(0, np.int64)]), [categorical(store) for store in parts]


def categorical(parts: list[pa.Array]) -> pd.Categorical:
    """Return one dictionary-encoded column of its pieces, every different text held once."""
    if not parts:
        return pd.Categorical([])
    whole = pa.chunked_array(parts).unify_dictionaries()
    codes = np.concatenate([part.indices.to_numpy() for part in whole.chunks])
    return pd.Categorical.from_codes(codes, categories=pd.Index(whole.chunk(0).dictionary.to_pylist()))
