"""The codebook applied to an export: texts become values, and gaps get their reason."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from evaluation.data.answer_text import (
    BLANK,
    MISSING,
    NOT_REACHED,
    OUT_OF_RANGE,
    SKIPPED,
    ResponseScale,
    fault,
    response_scale,
)
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
    problems
        Texts that mean nothing on their response scale, and values outside it.
    """

    answers: pd.DataFrame
    answered: Mapping[str, int]
    silent: Mapping[str, int]
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
    blocks = [_block(ordered, entries_of(project, source_key, wave), project) for wave in source.waves]
    answered = {wave: len(block.who) for wave, block in zip(source.waves, blocks, strict=True)}
    return Coded(
        _long(dict(zip(source.waves, blocks, strict=True)), persons[order], source_key),
        answered,
        {wave: len(persons) - count for wave, count in answered.items()},
        tuple(problem for block in blocks for problem in block.problems),
    )


def entries_of(project: LoadedProject, source_key: str, wave: str) -> list[Entry]:
    """Return the codebook's entries of one source and wave, in the order the questions are asked."""
    only = project.definition.sources[source_key].waves[0]
    return [entry for entry in project.codebook.of_source(source_key) if (entry.wave or only) == wave]


@dataclass(frozen=True, slots=True)
class _Block:
    """One wave: who answered (places of rows), and their values and codes, people by questions."""

    items: tuple[str, ...]
    who: np.ndarray
    values: np.ndarray
    codes: np.ndarray
    problems: list[Problem]


def _block(export: Export, entries: list[Entry], project: LoadedProject) -> _Block:
    shape = (len(export.frame), len(entries))
    values, codes = np.empty(shape), np.empty(shape, dtype=np.int8)
    problems: list[Problem] = []
    for place, entry in enumerate(entries):
        scale = response_scale(entry.response, project.definition.responses[entry.response])
        column = export.frame[export.find(entry.column)]
        values[:, place], codes[:, place] = _meanings(column, scale)
        problems += _faults(export, column, scale)
    who = np.flatnonzero((codes != BLANK).any(axis=1))
    items = tuple(entry.item for entry in entries)
    return _Block(items, who, values[who], blanks_explained(codes[who]), problems)


def _meanings(column: pd.Series, scale: ResponseScale) -> tuple[np.ndarray, np.ndarray]:
    meanings = [scale.meaning(text) for text in column.cat.categories]
    values = np.array([value for value, _ in meanings], dtype=float)
    codes = np.array([code for _, code in meanings], dtype=np.int8)
    places = column.cat.codes.to_numpy()
    return values[places], codes[places]


def _faults(export: Export, column: pd.Series, scale: ResponseScale) -> list[Problem]:
    problems = []
    for text, count in column.value_counts(sort=False).items():
        code = scale.meaning(text)[1]
        if count and code >= OUT_OF_RANGE:
            what, do = fault(scale, code, text, int(count))
            row = int(column.index[column == text].min())
            problems.append(Problem(what, export.where(row, str(column.name)), do))
    return problems


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


def _long(blocks: Mapping[str, _Block], persons: np.ndarray, source_key: str) -> pd.DataFrame:
    """Stack the waves: question after question, people in the order of their identifiers."""
    waves = list(blocks)
    items = list(dict.fromkeys(item for block in blocks.values() for item in block.items))
    sizes = [block.values.size for block in blocks.values()]
    codes = np.concatenate([block.codes.T.ravel() for block in blocks.values()])
    return pd.DataFrame(
        {
            "person": _categorical(_repeated(blocks, lambda block, _: block.who), persons),
            "source": _categorical(np.zeros(sum(sizes), dtype=np.int8), [source_key]),
            "wave": _categorical(np.repeat(np.arange(len(waves)), sizes), waves),
            "item": _categorical(_repeated(blocks, lambda block, item: np.full(len(block.who), items.index(item))), items),
            "value": np.concatenate([block.values.T.ravel() for block in blocks.values()]),
            "missing": _categorical(np.where(codes < len(MISSING), codes, 0), MISSING),
        }
    )


def _repeated(blocks: Mapping[str, _Block], column) -> np.ndarray:
    pieces = [column(block, item) for block in blocks.values() for item in block.items]
    return np.concatenate([np.empty(0, dtype=np.int64), *pieces]).astype(np.int32)


def _categorical(codes: np.ndarray, categories) -> pd.Categorical:
    return pd.Categorical.from_codes(codes, categories=pd.Index(categories, dtype="str"))
