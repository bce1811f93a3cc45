"""The codebook applied to an export: texts become values, and gaps get their reason."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from evaluation.data.answer_text import (
    BLANK,
    MISSING,
    NONE,
    NOT_REACHED,
    OUT_OF_RANGE,
    SKIPPED,
    ResponseScale,
    fault,
    response_scale,
)
from evaluation.data.choices import chosen
from evaluation.data.findings import first_told
from evaluation.data.matching import as_number
from evaluation.data.read import Export
from evaluation.data.respondents import identifier
from evaluation.project.codebook import Entry
from evaluation.project.model import LoadedProject
from evaluation.vocabulary.errors import Problem


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """The answers to one question, every different value held once.

    Attributes
    ----------
    item
        The question.
    levels
        The different values.
    places
        By row, the place of the value in `levels`.
    codes
        By row, the kind of missing, as in `MISSING`.
    """

    item: str
    levels: np.ndarray
    places: np.ndarray
    codes: np.ndarray

    @property
    def value(self) -> np.ndarray:
        """Return the values by row."""
        return self.levels[self.places]


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """The answers of one source and wave, in the order in which the questions are asked.

    Attributes
    ----------
    source, wave
        Where and when they were given.
    persons
        Who answered, in ascending order; every question has as many rows.
    questions
        The answers by question.
    """

    source: str
    wave: str
    persons: pd.Index
    questions: tuple[Question, ...]


@dataclass(frozen=True, eq=False)
class Coded:
    """The answers of one source.

    Attributes
    ----------
    blocks
        The answers by wave.
    answered, silent
        By wave, how many rows hold an answer and how many hold none.
    recoded
        By wave, how many values were written as a text, not as the number.
    problems
        Texts that mean nothing on their response scale, and values outside it.
    """

    blocks: tuple[Block, ...]
    answered: Mapping[str, int]
    silent: Mapping[str, int]
    recoded: Mapping[str, int]
    problems: tuple[Problem, ...] = ()


def apply_codebook(export: Export, source_key: str, project: LoadedProject) -> Coded:
    """Turn the columns that the codebook lists into answers.

    Parameters
    ----------
    export
        The rows that count, each of another person.
    source_key
        The source's key in the project file.
    project
        The project with its codebook.

    Returns
    -------
    Coded
        The answers. An empty cell is `skipped` if the person answered a later question of the same wave
        in this file, otherwise `not_reached`. A row without any answer at a wave gives none for it.

    Notes
    -----
    Every different text of a column is read once, however many rows hold it.
    """
    source = project.definition.sources[source_key]
    persons = pd.Index(identifier(export, source.columns["person"]))
    order = persons.argsort()
    ordered = replace(export, frame=export.frame.iloc[order])
    read = {wave: _answered(ordered, entries_of(project, source_key, wave), project) for wave in source.waves}
    return Coded(
        tuple(
            Block(source_key, wave, persons[order[part.who]], part.questions) for wave, part in read.items()
        ),
        {wave: len(part.who) for wave, part in read.items()},
        {wave: len(persons) - len(part.who) for wave, part in read.items()},
        {wave: part.recoded for wave, part in read.items()},
        tuple(problem for part in read.values() for problem in part.problems),
    )


def answer_faults(export: Export, source_key: str, project: LoadedProject) -> list[Problem]:
    """Return the answers in a file that mean nothing on their response scale, or lie outside it."""
    waves = project.definition.sources[source_key].waves
    return [
        problem
        for wave in waves
        for problem in _answered(export, entries_of(project, source_key, wave), project).problems
    ]


def entries_of(project: LoadedProject, source_key: str, wave: str) -> list[Entry]:
    """Return the codebook's entries of one source and wave, in the order the questions are asked."""
    only = project.definition.sources[source_key].waves[0]
    return [entry for entry in project.codebook.of_source(source_key) if (entry.wave or only) == wave]


@dataclass(frozen=True, slots=True)
class _Answered:
    """One wave: who answered (places of rows), what, how many values were texts, and what is wrong."""

    who: np.ndarray
    questions: tuple[Question, ...]
    recoded: int
    problems: list[Problem]


def _answered(export: Export, entries: list[Entry], project: LoadedProject) -> _Answered:
    codes = np.empty((len(export.frame), len(entries)), dtype=np.int8, order="F")
    values: list[tuple[np.ndarray, np.ndarray]] = []
    problems: list[Problem] = []
    recoded = 0
    for place, entry in enumerate(entries):
        scale = response_scale(entry.response, project.definition.responses[entry.response])
        column = export.frame[export.find(entry.column)]
        if entry.option:
            found, codes[:, place], wrong = chosen(export, entry, entries, scale)
            values.append(_levelled(found))
            problems += wrong
            continue
        levels, kinds = _meanings(column, scale)
        places = column.array.codes
        values.append((levels, places))
        codes[:, place] = kinds[places]
        recoded += _written(column, kinds)
        problems += _faults(export, column, scale)
    who = np.flatnonzero((codes != BLANK).any(axis=1))
    codes = _told(blanks_explained(codes[who]))
    questions = tuple(
        Question(entry.item, levels, places[who], codes[:, place])
        for place, (entry, (levels, places)) in enumerate(zip(entries, values, strict=True))
    )
    return _Answered(who, questions, recoded, problems)


def _told(codes: np.ndarray) -> np.ndarray:
    """Return kinds of missing; what is wrong is told elsewhere."""
    codes[codes >= len(MISSING)] = NONE
    return codes


def _levelled(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    levels, places = np.unique(values, return_inverse=True)
    return levels, places.astype(np.min_scalar_type(-max(len(levels), 1)))


def _written(column: pd.Series, kinds: np.ndarray) -> int:
    """Count the values that were written as a text, not as the number."""
    texts = np.array([as_number(text) is None for text in column.cat.categories], dtype=bool)
    counts = np.bincount(column.array.codes, minlength=len(texts))
    return int(counts[texts & (kinds == NONE)].sum())


def _meanings(column: pd.Series, scale: ResponseScale) -> tuple[np.ndarray, np.ndarray]:
    """Return value and code of every different text of a column."""
    meanings = [scale.meaning(text) for text in column.cat.categories]
    values = np.array([value for value, _ in meanings], dtype=float)
    return values, np.array([code for _, code in meanings], dtype=np.int8)


def _faults(export: Export, column: pd.Series, scale: ResponseScale) -> list[Problem]:
    counts = column.value_counts(sort=False)
    codes = [(text, int(count), scale.meaning(text)[1]) for text, count in counts.items() if count]
    wrong = [entry for entry in codes if entry[2] >= OUT_OF_RANGE]

    def explained() -> Iterator[Problem]:
        for text, count, code in wrong:
            what, do = fault(scale, code, text, count)
            row = int(column.index[column == text].min())
            yield Problem(what, export.where(row, str(column.name)), do)

    return first_told(explained(), len(wrong), export.where(column=str(column.name)))


def blanks_explained(codes: np.ndarray) -> np.ndarray:
    """Say of every empty cell whether the person went on after it.

    Parameters
    ----------
    codes
        Codes of answers, shape (people, questions in the order asked); `BLANK` where empty.

    Returns
    -------
    numpy.ndarray
        The same, with `SKIPPED` before the last answer of the row and `NOT_REACHED` after it.
    """
    explained = codes.copy(order="F")
    went_on = np.zeros(len(codes), dtype=bool)
    for place in reversed(range(codes.shape[1])):
        blank = codes[:, place] == BLANK
        explained[blank, place] = np.where(went_on[blank], SKIPPED, NOT_REACHED)
        went_on |= ~blank
    return explained
