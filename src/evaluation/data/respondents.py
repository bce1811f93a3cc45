"""Who a row belongs to, and which rows of a file count."""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from evaluation.data.findings import first_told
from evaluation.data.read import Export
from evaluation.project.source import Source
from evaluation.vocabulary.errors import Problem
from evaluation.vocabulary.message import msg

Headers = str | tuple[str, ...]
JOINT = "-"


@dataclass(frozen=True, eq=False)
class Kept:
    """The rows of a file that count, and how many were left out by reason.

    Attributes
    ----------
    export
        The file with only the rows that count.
    read
        How many rows the file has.
    dropped
        How many were left out by reason.
    problems
        Rows that must not be there.
    """

    export: Export
    read: int
    dropped: Mapping[str, int]
    problems: tuple[Problem, ...] = ()


def headers_of(headers: Headers) -> tuple[str, ...]:
    """Return one header or several as a tuple."""
    return (headers,) if isinstance(headers, str) else headers


def identifier(export: Export, headers: Headers) -> pd.Series:
    """Return the identifier of every row, "" where it or one of its parts is empty.

    Several headers are joined with a hyphen. Spaces around and between are evened out; nothing else is
    changed, since identifiers are compared exactly.
    """
    parts = [_tidied(export.frame[export.find(header)]) for header in headers_of(headers)]
    whole = parts[0]
    for part in parts[1:]:
        whole = whole.str.cat(part, sep=JOINT)
    complete = np.logical_and.reduce([part != "" for part in parts])
    return whole.where(complete, "")


def tidied(text: str) -> str:
    """Return an identifier without surrounding spaces and with single spaces inside."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _tidied(column: pd.Series) -> pd.Series:
    texts = pd.Series([tidied(text) for text in column.cat.categories], dtype="str")
    return pd.Series(texts.to_numpy()[column.array.codes], index=column.index, dtype="str")


def keep_rows(
    export: Export, source: Source, unit: str = "person", *, registered: pd.Index | None = None
) -> Kept:
    """Leave out rows without an identifier, repeated ones and those outside the register.

    Parameters
    ----------
    export
        The file.
    source
        The source as the project file describes it, with its rule for duplicates.
    unit
        What a row stands for: `person`, `organisation` or `effort`.
    registered
        The identifiers in the register; None if there is no register.
    """
    ids = identifier(export, source.columns[unit])
    nobody = ids == ""
    repeated, problems = DUPLICATES[source.duplicates](ids[~nobody], export)
    repeated = repeated.reindex(ids.index, fill_value=False)
    outside = (
        ~nobody & ~repeated & (registered.get_indexer(ids) < 0) if registered is not None else nobody & False
    )
    reasons = {f"no_{unit}": nobody, "duplicate": repeated, "not_registered": outside}
    dropped = {reason: int(rows.sum()) for reason, rows in reasons.items() if rows.any()}
    frame = export.frame[~(nobody | repeated | outside)]
    return Kept(replace(export, frame=frame), export.rows_read, {**export.left_out, **dropped}, problems)


def keep_entries(export: Export, source: Source) -> Kept:
    """Leave out rows of a log that name no effort; an effort may have many rows."""
    nothing = identifier(export, source.columns["effort"]) == ""
    dropped = {**export.left_out, **({"no_effort": int(nothing.sum())} if nothing.any() else {})}
    return Kept(replace(export, frame=export.frame[~nothing]), export.rows_read, dropped)


def keep_ties(export: Export, source: Source) -> Kept:
    """Leave out rows that do not say who works with whom, those about oneself, and repeated ones."""
    actor, other = (identifier(export, source.columns[name]) for name in ("actor", "to"))
    nobody, itself = (actor == "") | (other == ""), (actor == other) & (actor != "")
    told = ~nobody & ~itself
    pairs = actor.str.cat(other, sep="\n")
    repeated, problems = DUPLICATES[source.duplicates](pairs[told], export)
    repeated = repeated.reindex(actor.index, fill_value=False)
    reasons = {"no_actor": nobody, "itself": itself, "duplicate": repeated}
    dropped = {reason: int(rows.sum()) for reason, rows in reasons.items() if rows.any()}
    frame = export.frame[told & ~repeated]
    return Kept(replace(export, frame=frame), export.rows_read, {**export.left_out, **dropped}, problems)


def keep_accounts(export: Export, source: Source) -> Kept:
    """Leave out rows of accounts without organisation or year, and repeated ones."""
    firm = identifier(export, source.columns["organisation"])
    yearly = "year" in source.columns
    year = identifier(export, source.columns["year"]) if yearly else firm
    nobody, undated = firm == "", (firm != "") & (year == "")
    told = ~nobody & ~undated
    rows = firm.str.cat(year, sep="\n") if yearly else firm
    repeated, problems = DUPLICATES[source.duplicates](rows[told], export)
    repeated = repeated.reindex(firm.index, fill_value=False)
    reasons = {"no_organisation": nobody, "no_year": undated, "duplicate": repeated}
    dropped = {reason: int(found.sum()) for reason, found in reasons.items() if found.any()}
    frame = export.frame[told & ~repeated]
    return Kept(replace(export, frame=frame), export.rows_read, {**export.left_out, **dropped}, problems)


Repeated = tuple[pd.Series, tuple[Problem, ...]]


def _refuse(ids: pd.Series, export: Export) -> Repeated:
    later = ids.duplicated()
    first = pd.Series(ids.index, index=ids.to_numpy()).groupby(level=0).first() if later.any() else {}
    problems = (
        Problem(
            msg("The row has the same identifier as row {row}.", row=int(first[ids[row]])),
            export.where(int(row)),
            msg("Delete one of them, or write `duplicates: keep_first` or `keep_last` for the source."),
        )
        for row in ids.index[later]
    )
    return later, tuple(first_told(problems, int(later.sum()), export.file))


def _keep_first(ids: pd.Series, export: Export) -> Repeated:
    return ids.duplicated(keep="first"), ()


def _keep_last(ids: pd.Series, export: Export) -> Repeated:
    return ids.duplicated(keep="last"), ()


DUPLICATES: dict[str, Callable[[pd.Series, Export], Repeated]] = {
    "error": _refuse,
    "keep_first": _keep_first,
    "keep_last": _keep_last,
}
"""What to do with repeated identifiers: which rows to leave out, and which problems there are."""
