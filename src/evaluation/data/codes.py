"""The codebook applied to an export: texts become values, and gaps get their reason."""

from collections.abc import Iterator, Mapping, Sequence
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


@dataclass(frozen=True, eq=False)
class Coded:
    """The answers of one source.

    Attributes
    ----------
    answers
        One row per person, wave and question: person, source, wave, item, value, missing.
    answered, silent
        By wave, how many rows hold an answer and how many hold none.
    recoded
        By wave, how many values were written as a text, not as the number.
    problems
        Texts that mean nothing on their response scale, and values outside it.
    """

    answers: pd.DataFrame
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
    persons = identifier(export, source.columns["person"]).to_numpy(dtype=object)
    order = np.argsort(persons)
    ordered = replace(export, frame=export.frame.iloc[order])
    blocks = {wave: _block(ordered, entries_of(project, source_key, wave), project) for wave in source.waves}
    frames = [_long(block, wave, source_key, persons[order], project) for wave, block in blocks.items()]
    return Coded(
        pd.concat(frames, ignore_index=True),
        {wave: len(block.who) for wave, block in blocks.items()},
        {wave: len(persons) - len(block.who) for wave, block in blocks.items()},
        {wave: block.recoded for wave, block in blocks.items()},
        tuple(problem for block in blocks.values() for problem in block.problems),
    )


def answer_faults(export: Export, source_key: str, project: LoadedProject) -> list[Problem]:
    """Return the answers in a file that mean nothing on their response scale, or lie outside it."""
    waves = project.definition.sources[source_key].waves
    return [
        problem
        for wave in waves
        for problem in _block(export, entries_of(project, source_key, wave), project).problems
    ]


def entries_of(project: LoadedProject, source_key: str, wave: str) -> list[Entry]:
    """Return the codebook's entries of one source and wave, in the order the questions are asked."""
    only = project.definition.sources[source_key].waves[0]
    return [entry for entry in project.codebook.of_source(source_key) if (entry.wave or only) == wave]


@dataclass(frozen=True, slots=True)
class _Block:
    """One wave: who answered (places of rows), and their answers and codes, people by questions."""

    items: tuple[str, ...]
    who: np.ndarray
    answers: np.ndarray
    codes: np.ndarray
    recoded: int
    problems: list[Problem]


def _block(export: Export, entries: list[Entry], project: LoadedProject) -> _Block:
    shape = (len(export.frame), len(entries))
    values, codes = np.empty(shape), np.empty(shape, dtype=np.int8)
    written = np.zeros(shape, dtype=bool)
    problems: list[Problem] = []
    for place, entry in enumerate(entries):
        scale = response_scale(entry.response, project.definition.responses[entry.response])
        column = export.frame[export.find(entry.column)]
        if entry.option:
            values[:, place], codes[:, place], found = chosen(export, entry, entries, scale)
            problems += found
            continue
        values[:, place], codes[:, place] = _meanings(column, scale)
        written[:, place] = _as_text(column)
        problems += _faults(export, column, scale)
    who = np.flatnonzero((codes != BLANK).any(axis=1))
    items = tuple(entry.item for entry in entries)
    recoded = int((written & (codes == NONE)).sum())
    return _Block(items, who, values[who], blanks_explained(codes[who]), recoded, problems)


def _as_text(column: pd.Series) -> np.ndarray:
    texts = np.array([as_number(text) is None for text in column.cat.categories], dtype=bool)
    return texts[column.cat.codes.to_numpy()]


def _meanings(column: pd.Series, scale: ResponseScale) -> tuple[np.ndarray, np.ndarray]:
    meanings = [scale.meaning(text) for text in column.cat.categories]
    values = np.array([value for value, _ in meanings], dtype=float)
    codes = np.array([code for _, code in meanings], dtype=np.int8)
    places = column.cat.codes.to_numpy()
    return values[places], codes[places]


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
    if not codes.size:
        return codes
    answered = codes != BLANK
    last = codes.shape[1] - 1 - np.argmax(answered[:, ::-1], axis=1)
    before = np.arange(codes.shape[1]) < last[:, None]
    return np.where(answered, codes, np.where(before, SKIPPED, NOT_REACHED)).astype(np.int8)


def _long(block: _Block, wave: str, source: str, persons: np.ndarray, project: LoadedProject) -> pd.DataFrame:
    """Stack the questions, people in the order of their identifiers."""
    size, items = block.answers.size, project.codebook.items
    places = [items.index(item) for item in block.items]
    codes = block.codes.T.ravel()
    waves = list(project.definition.waves)
    return pd.DataFrame(
        {
            "person": _categorical(np.tile(block.who, len(places)), persons),
            "source": _categorical(np.zeros(size, dtype=np.int8), [source]),
            "wave": _categorical(np.full(size, waves.index(wave)), waves),
            "item": _categorical(np.repeat(places, len(block.who)), items),
            "value": block.answers.T.ravel(),
            "missing": _categorical(np.where(codes < len(MISSING), codes, 0), MISSING),
        }
    )


def _categorical(codes: np.ndarray, categories: Sequence[str]) -> pd.Categorical:
    return pd.Categorical.from_codes(codes.astype(np.int32), categories=pd.Index(categories, dtype="str"))
