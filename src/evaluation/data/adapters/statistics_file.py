"""Files of SPSS and Stata: answers by their value labels, declared missing values as such."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyreadstat

from evaluation.data.adapters.adapter import Reading, readable, rewritten
from evaluation.data.adapters.separate import Unreadable, read_separately
from evaluation.data.workbook import cell_text
from evaluation.vocabulary.errors import ExportError
from evaluation.vocabulary.message import Message, msg, nmsg

Reader = Callable[..., tuple[pd.DataFrame, Any]]
BROKEN = (Unreadable, pyreadstat.ReadstatError, pyreadstat.PyreadstatError, ValueError, TypeError)


def read_statistics_file(path: Path, reader: Reader) -> Reading:
    """Read a file of a statistics program.

    Parameters
    ----------
    path
        The file.
    reader
        The function that reads files of this kind.

    Returns
    -------
    Reading
        Under the names of the variables, rows numbered from 1. A value with a label is its label. A value
        that is declared missing is its label too, so that a response scale can list it under `dont_know`
        or `not_applicable`; without a label it is empty, which a note counts.

    Raises
    ------
    ExportError
        If the file is damaged, has no rows, or holds a date that does not exist.
    """
    raw, meta = _contents(path, reader)
    if raw.empty:
        raise ExportError(
            msg("The file has no rows."), where=path.name, do=msg("Export it again with the answers.")
        )
    index = pd.RangeIndex(1, len(raw) + 1, name="row")
    texts = {name: _texts(raw[name], name, meta) for name in raw.columns}
    emptied = sum(int(blank.sum()) for _, blank in texts.values())
    frame = pd.DataFrame({name: cells for name, (cells, _) in texts.items()}, index=index)
    wording = {name: readable(label) for name, label in meta.column_names_to_labels.items() if label}
    return Reading(frame, 0, wording=wording, notes=_emptied(path, emptied))


def _contents(path: Path, reader: Reader) -> tuple[pd.DataFrame, Any]:
    try:
        try:
            return read_separately(path, reader)
        except OverflowError:
            raise _impossible_date(path, reader) from None
    except BROKEN:
        raise ExportError(
            msg("The file is damaged, or is of a version that cannot be read."),
            where=path.name,
            do=msg("Save it again in the program it comes from, or export it as CSV in UTF-8."),
        ) from None


def _impossible_date(path: Path, reader: Reader) -> ExportError:
    """Find the first variable with a date that does not exist, and the first row where it has one."""
    names = reader(path, metadataonly=True)[1].column_names
    column = next((name for name in names if not _reads(path, reader, [name], 0)), "")
    low, high = 0, 1
    while column and _reads(path, reader, [column], high):
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _reads(path, reader, [column], middle) else (low, middle)
    return ExportError(
        msg("The variable {column} holds a date that lies outside the calendar.", column=column),
        where=f"{path.name}:{high}",
        do=msg("Correct the date in the program the file comes from, or export the file as CSV."),
    )


def _reads(path: Path, reader: Reader, columns: list[str], rows: int) -> bool:
    """Tell whether every date in the first rows exists; in all rows if the number is 0."""
    try:
        reader(path, usecols=columns, row_limit=rows, user_missing=True)
    except OverflowError:
        return False
    return True


def _texts(column: pd.Series, name: str, meta: Any) -> tuple[pd.Categorical, np.ndarray]:
    """Return the cells of a variable, and which of them are emptied since they are declared missing."""
    labels = meta.variable_value_labels.get(name, {})
    single = meta.readstat_variable_types.get(name) == "float"
    codes, values = pd.factorize(column.astype(object))
    texts = [labels[value] if value in labels else _text(value, single=single) for value in values]
    missing = [_is_missing(value, name, meta) and value not in labels for value in values]
    texts = ["" if gone else text for text, gone in zip(texts, missing, strict=True)]
    cells = rewritten(pd.Categorical.from_codes(codes, categories=pd.RangeIndex(len(values))), texts)
    return cells, np.array([*missing, False])[codes]


def _text(value: Any, *, single: bool) -> str:
    if isinstance(value, datetime):
        value = datetime(*value.timetuple()[:6])
    return cell_text(float(str(np.float32(value))) if single and isinstance(value, float) else value)


def _is_missing(value: Any, name: str, meta: Any) -> bool:
    ranges: list[Mapping[str, Any]] = meta.missing_ranges.get(name, [])
    tagged = value in meta.missing_user_values.get(name, ())
    return tagged or any(_within(value, part["lo"], part["hi"]) for part in ranges)


def _within(value: Any, low: Any, high: Any) -> bool:
    return isinstance(value, str) == isinstance(low, str) and low <= value <= high


def _emptied(path: Path, count: int) -> tuple[Message, ...]:
    if not count:
        return ()
    return (
        nmsg(
            "{count} cell of {file} is declared missing without a label and was read as empty.",
            "{count} cells of {file} are declared missing without a label and were read as empty.",
            count=count,
            file=path.name,
        ),
    )


FILES: dict[str, tuple[str, Message, Reader]] = {
    ".sav": (
        "spss",
        msg("{file} is a file of SPSS; answers were read by their labels."),
        pyreadstat.read_sav,
    ),
    ".zsav": (
        "spss",
        msg("{file} is a file of SPSS; answers were read by their labels."),
        pyreadstat.read_sav,
    ),
    ".dta": (
        "stata",
        msg("{file} is a file of Stata; answers were read by their labels."),
        pyreadstat.read_dta,
    ),
}
"""By ending, the tool, what the manifest says of it, and the function that reads it."""
