"""What a source's columns say of people, organisations and log entries."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from evaluation.data.amounts import amount_of, year_of
from evaluation.data.answer_text import (
    DONT_KNOW,
    NONE,
    NOT_APPLICABLE,
    ResponseScale,
    fault,
    response_scale,
)
from evaluation.data.dates import iso_date, stated_date
from evaluation.data.findings import first_told
from evaluation.data.hours import hours_of, is_bare_number
from evaluation.data.matching import as_number, nearest, plain, shorten
from evaluation.data.read import Export
from evaluation.data.respondents import headers_of, identifier, tidied
from evaluation.project.layout import Dates
from evaluation.project.model import Project
from evaluation.project.source import Group, Level, Source
from evaluation.vocabulary.errors import Problem
from evaluation.vocabulary.message import Message, msg, nmsg

__all__ = ["Facts", "iso_date", "level_of", "level_spellings", "level_texts", "level_type", "read_facts"]

IDENTIFIERS = ("person", "organisation", "effort", "contact_person", "actor", "to")
RATED = {"frequency": "FR5", "trust": "AG5", "value": "AG5"}
"""The response scales of what is said of a tie."""


@dataclass(frozen=True, eq=False)
class Facts:
    """What the mapped columns of one file say.

    Attributes
    ----------
    frame
        One column per name under `columns` of the source, missing where the cell is empty; the index
        holds the row numbers of the file.
    file
        The file's name.
    problems
        Cells that cannot be understood.
    notes
        What the reader should know of how cells were read.
    """

    frame: pd.DataFrame
    file: str
    problems: tuple[Problem, ...] = ()
    notes: tuple[Message, ...] = ()


def read_facts(export: Export, source: Source, project: Project) -> Facts:
    """Read the columns that a source maps.

    Groups become the keys of their levels, hours become numbers, the dates of a log and of columns under
    `dates` become ISO texts, identifiers are tidied, and everything else stays as it is written. Texts under
    `replace` are read as what stands there instead.
    """
    columns, problems = {}, []
    for name, headers in source.columns.items():
        replaced = {plain(text): other for text, other in source.replace.get(name, {}).items()}
        columns[name], found = _column(export, headers, _reading(name, source, project), replaced)
        problems += found
    notes = tuple(_hours_notes(export, source))
    return Facts(pd.DataFrame(columns, index=export.frame.index), export.file, tuple(problems), notes)


def _hours_notes(export: Export, source: Source) -> Iterator[Message]:
    """Tell how many cells say their hours with a unit or with "ca"."""
    if source.kind != "log" or "hours" not in source.columns:
        return
    counts = _joined(export, source.columns["hours"]).value_counts(sort=False)
    count = sum(
        int(number)
        for text, number in counts.items()
        if hours_of(str(text)) is not None and not is_bare_number(str(text))
    )
    if count:
        yield nmsg(
            "{count} cell of {file} says its hours with a unit or as about; it was read as a number.",
            "{count} cells of {file} say their hours with a unit or as about; they were read as numbers.",
            count=count,
            file=export.file,
        )


Explained = tuple[Message, Message]
Headers = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """How a column is read.

    Attributes
    ----------
    meaning
        What a text stands for; None if it stands for nothing.
    dtype
        The type of the column.
    explain
        What is wrong with a text that stands for nothing, and what to do about it.
    """

    meaning: Callable[[str], object]
    dtype: object = "str"
    explain: Callable[[str], Explained] | None = None


def _reading(name: str, source: Source, project: Project) -> Reading:
    if name in project.groups:
        group = project.groups[name]
        known = level_texts(group)
        return Reading(
            partial(level_of, known=known), level_type(group), partial(_unknown_level, group=group)
        )
    if name in source.dates:
        return Reading(partial(_stated, dates=source.dates[name]), "str", _no_date)
    if source.kind == "ties" and name in RATED:
        scale = response_scale(RATED[name], project.responses[RATED[name]])
        return Reading(partial(_rating, scale=scale), "float64", partial(_unknown_rating, scale=scale))
    if source.kind == "accounts" and name not in IDENTIFIERS:
        return YEAR if name == "year" else AMOUNT
    of_kind = LOG if source.kind == "log" else {}
    return of_kind.get(name, IDENTIFIER if name in IDENTIFIERS else TEXT)


def _column(
    export: Export, headers: Headers, reading: Reading, replaced: Mapping[str, str]
) -> tuple[pd.Series, list[Problem]]:
    """Read every different text of a column once."""
    column = _joined(export, headers)
    counts = np.bincount(column.array.codes, minlength=len(column.cat.categories))
    values, unread = [], []
    for text, count in zip(column.cat.categories, counts, strict=True):
        read_as = replaced.get(plain(text), text) if replaced else text
        value = reading.meaning(read_as) if read_as.strip() else np.nan
        values.append(np.nan if value is None else value)
        if value is None and count:
            unread.append(text)

    def explained() -> Iterator[Problem]:
        for text in unread:
            what, do = reading.explain(text)
            row = int(column.index[column == text].min())
            yield Problem(what, export.where(row, str(column.name)), do)

    problems = first_told(explained(), len(unread), export.where(column=str(column.name)))
    cells = pd.Series(values, dtype=reading.dtype).array[column.array.codes]
    return pd.Series(cells, index=column.index), problems


def _joined(export: Export, headers: Headers) -> pd.Series:
    """Return a column of cells, or several joined to one, dictionary-encoded."""
    names = [export.find(header) for header in headers_of(headers)]
    if len(names) == 1:
        return export.frame[names[0]]
    return identifier(export, headers).astype("category").rename(names[0])


def level_type(group: Group) -> pd.CategoricalDtype:
    """Return the type of a column with a group's levels, in the order of the project file."""
    return pd.CategoricalDtype(pd.Index(list(group.levels), dtype="str"))


def level_texts(group: Group) -> Mapping[str, str]:
    """Return which level each known text stands for."""
    return {plain(text): key for key, level in group.levels.items() for text in level_spellings(level)}


def level_spellings(level: Level) -> tuple[str, ...]:
    """Return every way in which a level is written."""
    return (*level.values, *level.label.values())  # noqa: PD011 (a field of the model, not of a frame)


def level_of(text: str, known: Mapping[str, str]) -> str | None:
    """Return the level a text stands for, or None; “1”, “1.0” and “1,0” are the same."""
    number = as_number(text)
    return known.get(plain(text)) or (known.get(f"{number:g}") if number is not None else None)


def _unknown_level(text: str, group: Group) -> Explained:
    words = [word for level in group.levels.values() for word in level_spellings(level)]
    what, near = msg("“{found}” is not a level of the group.", found=shorten(text)), nearest(text, words)
    if near is not None:
        return what, msg("Did you mean “{near}”? Correct the file, or add the text to the level.", near=near)
    return what, msg("The levels are: {allowed}.", allowed=", ".join(dict.fromkeys(words)))


def _rating(text: str, scale: ResponseScale) -> float | None:
    value, code = scale.meaning(text)
    return value if code in (NONE, DONT_KNOW, NOT_APPLICABLE) else None


def _unknown_rating(text: str, scale: ResponseScale) -> Explained:
    return fault(scale, scale.meaning(text)[1], text, 1)


def _no_hours(text: str) -> Explained:
    return (
        msg("“{found}” is not a number of hours.", found=shorten(text)),
        msg("Write a number from 0 upwards, or say under `replace:` of the source what the text stands for."),
    )


def _stated(text: str, dates: Dates) -> str | None:
    found = stated_date(text, dates)
    return found.isoformat() if found else None


def _no_date(text: str) -> Explained:
    return (
        msg("“{found}” is not a date that can be read with certainty.", found=shorten(text)),
        msg("Write it as 2024-03-01 or 1.3.2024, or say under `dates:` of the source how it is written."),
    )


def _no_amount(text: str) -> Explained:
    return (
        msg("“{found}” is not an amount.", found=shorten(text)),
        msg("Write a number, or say under `replace:` of the source what the text stands for."),
    )


def _no_year(text: str) -> Explained:
    return (
        msg("“{found}” is not a year.", found=shorten(text)),
        msg("Write the year with four digits, or a date that begins with it: 2023, 2023-12-31."),
    )


TEXT = Reading(str.strip)
IDENTIFIER = Reading(tidied)
LOG = {"hours": Reading(hours_of, "float64", _no_hours), "date": Reading(iso_date, "str", _no_date)}
"""How the columns of a log are read that are neither groups nor identifiers."""
AMOUNT, YEAR = Reading(amount_of, "float64", _no_amount), Reading(year_of, "float64", _no_year)
"""How the columns of yearly accounts are read."""
