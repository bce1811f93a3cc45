"""The answers of all sources in one table, in one order."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import product
from typing import NamedTuple

import numpy as np
import pandas as pd

from evaluation.data.answer_text import MISSING
from evaluation.data.codes import Block, Question
from evaluation.project.model import LoadedProject
from evaluation.vocabulary.errors import AnswerError, Problem
from evaluation.vocabulary.message import msg, nmsg


def join_answers(blocks: Iterable[Block], people: pd.DataFrame, project: LoadedProject) -> pd.DataFrame:
    """Stack the answers of all sources and add each person's organisation.

    Parameters
    ----------
    blocks
        Answers as `apply_codebook` returns them. From an iterator that holds the only reference to them,
        every question is let go of as soon as it is taken over.
    people
        The table of people, sorted by identifier.
    project
        The project; its order of waves and questions is the order of the rows.

    Returns
    -------
    pandas.DataFrame
        person, organisation, source, wave, item, value, missing; sorted by wave, question and person.

    Raises
    ------
    AnswerError
        If a person answered the same question of the same wave in two files.

    Notes
    -----
    The columns are filled one question of one wave at a time, so that nothing of their size is held beside them.
    """
    categories = _categories(people, project)
    asked = _asked(blocks, categories)
    size = sum(len(part.persons) for parts in asked.values() for part in parts)
    columns = {name: np.empty(size, _smallest(levels)) for name, levels in categories.items()}
    organisations = _organisations(people)
    columns["organisation"] = np.empty(size, organisations.codes.dtype)
    value, missing = np.empty(size), np.empty(size, np.int8)
    twins: list[Twins] = []
    start = 0
    for wave, item in product(categories["wave"], categories["item"]):
        parts = asked.pop((wave, item), [])
        rows = slice(start, start := start + sum(len(part.persons) for part in parts))
        person, source, value[rows], missing[rows] = _ordered(parts)
        filled = {"person": person, "source": source, "organisation": organisations.codes[person]}
        filled |= {name: categories[name].get_loc(key) for name, key in (("wave", wave), ("item", item))}
        for name, codes in filled.items():
            columns[name][rows] = codes
        twins += _twins(person, source, item, wave)
    _refuse_twins(twins, categories["source"])
    return _table(columns, {**categories, "organisation": organisations.categories}, value, missing)


COLUMNS = ("person", "organisation", "source", "wave", "item", "value", "missing")
Twins = tuple[str, str, int, int]


class Part(NamedTuple):
    """The answers to one question at one wave from one source, with the places of people and source."""

    persons: np.ndarray
    source: int
    question: Question


Asked = dict[tuple[str, str], list[Part]]


def _asked(blocks: Iterable[Block], categories: dict[str, pd.Index]) -> Asked:
    """Return who was asked each question at each wave."""
    asked: Asked = {}
    for block in blocks:
        persons = categories["person"].get_indexer(block.persons)
        source = categories["source"].get_loc(block.source)
        for question in block.questions:
            asked.setdefault((block.wave, question.item), []).append(Part(persons, source, question))
    return asked


def _ordered(parts: Sequence[Part]) -> tuple[np.ndarray, ...]:
    """Return person, source, value and kind of missing of one question at one wave, in the order of people."""
    columns = [
        (part.persons, np.full(len(part.persons), part.source), part.question.value, part.question.codes)
        for part in parts
    ]
    if not columns:
        return np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0), np.empty(0, np.int8)
    person, source, value, missing = map(np.concatenate, zip(*columns, strict=True))
    if (person[1:] > person[:-1]).all():
        return person, source, value, missing
    order = np.argsort(person, kind="stable")
    return person[order], source[order], value[order], missing[order]


def _table(
    columns: dict[str, np.ndarray],
    categories: dict[str, pd.Index],
    value: np.ndarray,
    missing: np.ndarray,
) -> pd.DataFrame:
    whole: dict[str, object] = {
        name: pd.Categorical.from_codes(codes, categories=categories[name]) for name, codes in columns.items()
    }
    whole |= {"value": value, "missing": pd.Categorical.from_codes(missing, categories=_index(MISSING))}
    return pd.DataFrame({name: whole[name] for name in COLUMNS}, copy=False)


def _smallest(levels: pd.Index) -> np.dtype:
    """Return the type in which pandas keeps the codes of so many categories."""
    return pd.Categorical.from_codes([], categories=levels).codes.dtype


def _organisations(people: pd.DataFrame) -> pd.Categorical:
    named = people["organisation"].dropna().unique()
    return pd.Categorical(people["organisation"], categories=pd.Index(named, dtype="str").sort_values())


def _index(values: Sequence[str]) -> pd.Index:
    return pd.Index(list(values), dtype="str")


def _categories(people: pd.DataFrame, project: LoadedProject) -> dict[str, pd.Index]:
    definition = project.definition
    answers = [key for key, source in definition.sources.items() if source.kind == "answers"]
    return {
        "person": pd.Index(people["person"]).rename(None),
        "source": _index(answers),
        "wave": _index(list(definition.waves)),
        "item": _index(project.codebook.items),
    }


def _twins(person: np.ndarray, source: np.ndarray, item: str, wave: str) -> list[Twins]:
    """Return the pairs of sources in which somebody stands twice, once per person."""
    places = np.flatnonzero(person[1:] == person[:-1])
    return [(item, wave, int(source[place]), int(source[place + 1])) for place in places]


def _refuse_twins(twins: Sequence[Twins], sources: pd.Index) -> None:
    if not twins:
        return
    raise AnswerError(
        [
            Problem(
                nmsg(
                    "{count} person answered {item} at the wave {wave} in both {first} and {second}.",
                    "{count} people answered {item} at the wave {wave} in both {first} and {second}.",
                    count=count,
                    item=item,
                    wave=wave,
                    first=sources[first],
                    second=sources[second],
                ),
                do=msg("Take the repeated rows out of one of the files."),
            )
            for (item, wave, first, second), count in Counter(twins).items()
        ]
    )
