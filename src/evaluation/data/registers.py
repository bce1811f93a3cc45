"""What a source's columns say of people, organisations and log entries."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from evaluation.data.matching import as_number, nearest, plain, shorten
from evaluation.data.read import Export
from evaluation.data.respondents import headers_of, identifier
from evaluation.project.model import Project
from evaluation.project.source import Group, Source
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
        reading = _reading(name, source, project)
        columns[name], found = reading(export, headers)
        problems += found
    return Facts(pd.DataFrame(columns, index=export.frame.index), export.file, tuple(problems))


Column = tuple[pd.Series, list[Problem]]
Reading = Callable[[Export, str | tuple[str, ...]], Column]


def _reading(name: str, source: Source, project: Project) -> Reading:
    if name in project.groups:
        return lambda export, headers: _levels(export, headers, project.groups[name])
    of_kind = LOG if source.kind == "log" else {}
    return of_kind.get(name, _identifiers if name in IDENTIFIERS else _texts)


def _identifiers(export: Export, headers: str | tuple[str, ...]) -> Column:
    texts = identifier(export, headers)
    return texts.mask(texts == ""), []


def _texts(export: Export, headers: str | tuple[str, ...]) -> Column:
    column = _joined(export, headers)
    return _mapped(column, [text.strip() or np.nan for text in column.cat.categories], "str"), []


def _joined(export: Export, headers: str | tuple[str, ...]) -> pd.Series:
    """Return a column of cells, or several joined to one, dictionary-encoded."""
    names = [export.find(header) for header in headers_of(headers)]
    if len(names) == 1:
        return export.frame[names[0]]
    return identifier(export, headers).astype("category").rename(names[0])


def _mapped(column: pd.Series, values: list, dtype: object) -> pd.Series:
    """Return what each different text stands for, row by row."""
    return pd.Series(pd.Series(values, dtype=dtype).array[column.cat.codes.to_numpy()], index=column.index)


def _each(export: Export, headers: str | tuple[str, ...], meaning: Callable[[str], object], explain) -> tuple:
    """Read every different text once; a text whose meaning is None is a problem."""
    column = _joined(export, headers)
    counts = column.value_counts(sort=False)
    values, problems = [], []
    for text in column.cat.categories:
        value = meaning(text) if text.strip() else np.nan
        values.append(np.nan if value is None else value)
        if value is None and counts[text]:
            row = int(column.index[column == text].min())
            problems.append(Problem(*_placed(explain(text), export.where(row, str(column.name)))))
    return column, values, problems


def _placed(explained: tuple[Message, Message], where: str) -> tuple[Message, str, Message]:
    what, do = explained
    return what, where, do


def _levels(export: Export, headers: str | tuple[str, ...], group: Group) -> Column:
    known = level_texts(group)
    column, values, problems = _each(
        export, headers, lambda text: level_of(text, known), lambda text: _unknown_level(text, group)
    )
    return _mapped(column, values, level_type(group)), problems


def level_type(group: Group) -> pd.CategoricalDtype:
    """Return the type of a column with a group's levels, in the order of the project file."""
    return pd.CategoricalDtype(pd.Index(list(group.levels), dtype="str"))


def level_texts(group: Group) -> Mapping[str, str]:
    """Return which level each known text stands for."""
    return {
        plain(text): key
        for key, level in group.levels.items()
        for text in (*level.label.values(), *level.values)
    }


def level_of(text: str, known: Mapping[str, str]) -> str | None:
    """Return the level a text stands for, or None; “1”, “1.0” and “1,0” are the same."""
    number = as_number(text)
    return known.get(plain(text)) or (known.get(f"{number:g}") if number is not None else None)


def _unknown_level(text: str, group: Group) -> tuple[Message, Message]:
    written = [word for level in group.levels.values() for word in (*level.values, *level.label.values())]
    what, near = msg("“{found}” is not a level of the group.", found=shorten(text)), nearest(text, written)
    if near is not None:
        return what, msg("Did you mean “{near}”? Correct the file, or add the text to the level.", near=near)
    return what, msg("The levels are: {allowed}.", allowed=", ".join(dict.fromkeys(written)))


def _hours(export: Export, headers: str | tuple[str, ...]) -> Column:
    column, values, problems = _each(export, headers, _positive, _no_hours)
    return _mapped(column, values, "float64"), problems


def _positive(text: str) -> float | None:
    number = as_number(text)
    return number if number is not None and number >= 0 else None


def _no_hours(text: str) -> tuple[Message, Message]:
    return (
        msg("“{found}” is not a number of hours.", found=shorten(text)),
        msg("Write a number from 0 upwards, such as 3,5 or 3.5, without a unit."),
    )


def _dates(export: Export, headers: str | tuple[str, ...]) -> Column:
    column, values, problems = _each(export, headers, iso_date, _no_date)
    return _mapped(column, values, "str"), problems


def iso_date(text: str) -> str | None:
    """Return a date such as “2024-03-01” or “1.3.2024” in ISO form, or None if it is not one."""
    found, dotted = ISO.fullmatch(text.strip()), DOTTED.fullmatch(text.strip())
    parts = found.groups() if found else dotted.groups()[::-1] if dotted else None
    try:
        return date(*map(int, parts)).isoformat() if parts else None
    except ValueError:
        return None


def _no_date(text: str) -> tuple[Message, Message]:
    return (
        msg("“{found}” is not a date that can be read with certainty.", found=shorten(text)),
        msg("Write it as 2024-03-01 or 1.3.2024; with slashes, day and month cannot be told apart."),
    )


LOG: dict[str, Reading] = {"hours": _hours, "date": _dates}
"""How the columns of a log are read that are neither groups nor identifiers."""
