"""What a source's columns say of people, organisations and log entries."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

import numpy as np
import pandas as pd

from evaluation.data.matching import as_number, nearest, plain, shorten
from evaluation.data.read import Export
from evaluation.data.respondents import headers_of, identifier, tidied
from evaluation.project.model import Project
from evaluation.project.source import Group, Level, Source
from evaluation.vocabulary.errors import Problem
from evaluation.vocabulary.message import Message, msg

IDENTIFIERS = ("person", "organisation", "effort", "contact_person")
ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?")
DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


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
    """

    frame: pd.DataFrame
    file: str
    problems: tuple[Problem, ...] = ()


def read_facts(export: Export, source: Source, project: Project) -> Facts:
    """Read the columns that a source maps.

    Groups become the keys of their levels, hours become numbers, the dates of a log become ISO texts,
    identifiers are tidied, and everything else stays as it is written.
    """
    columns, problems = {}, []
    for name, headers in source.columns.items():
        columns[name], found = _column(export, headers, _reading(name, source, project))
        problems += found
    return Facts(pd.DataFrame(columns, index=export.frame.index), export.file, tuple(problems))


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
    of_kind = LOG if source.kind == "log" else {}
    return of_kind.get(name, IDENTIFIER if name in IDENTIFIERS else TEXT)


def _column(export: Export, headers: Headers, reading: Reading) -> tuple[pd.Series, list[Problem]]:
    """Read every different text of a column once."""
    column = _joined(export, headers)
    counts = column.value_counts(sort=False)
    values, problems = [], []
    for text in column.cat.categories:
        value = reading.meaning(text) if text.strip() else np.nan
        values.append(np.nan if value is None else value)
        if value is None and counts[text]:
            what, do = reading.explain(text)
            row = int(column.index[column == text].min())
            problems.append(Problem(what, export.where(row, str(column.name)), do))
    cells = pd.Series(values, dtype=reading.dtype).array[column.cat.codes.to_numpy()]
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


def _positive(text: str) -> float | None:
    number = as_number(text)
    return number if number is not None and number >= 0 else None


def _no_hours(text: str) -> Explained:
    return (
        msg("“{found}” is not a number of hours.", found=shorten(text)),
        msg("Write a number from 0 upwards, such as 3,5 or 3.5, without a unit."),
    )


def iso_date(text: str) -> str | None:
    """Return a date such as “2024-03-01” or “1.3.2024” in ISO form, or None if it is not one."""
    found, dotted = ISO.fullmatch(text.strip()), DOTTED.fullmatch(text.strip())
    parts = found.groups() if found else dotted.groups()[::-1] if dotted else None
    try:
        return date(*map(int, parts)).isoformat() if parts else None
    except ValueError:
        return None


def _no_date(text: str) -> Explained:
    return (
        msg("“{found}” is not a date that can be read with certainty.", found=shorten(text)),
        msg("Write it as 2024-03-01 or 1.3.2024; with slashes, day and month cannot be told apart."),
    )


TEXT = Reading(str.strip)
IDENTIFIER = Reading(tidied)
LOG = {"hours": Reading(_positive, "float64", _no_hours), "date": Reading(iso_date, "str", _no_date)}
"""How the columns of a log are read that are neither groups nor identifiers."""
