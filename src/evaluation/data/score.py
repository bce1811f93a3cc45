"""Scale scores: the mean of the answered questions, if enough of them were answered."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np
import pandas as pd

from evaluation.data.codes import entries_of
from evaluation.data.places import NOWHERE, Rows, question_places
from evaluation.project.model import LoadedProject
from evaluation.project.source import Scale

COLUMNS = ("person", "organisation", "wave", "scale", "score", "n_items")
Turned = Mapping[tuple[str, str], tuple[tuple[str, float], ...]]


def reverse_items(answers: pd.DataFrame, project: LoadedProject) -> pd.DataFrame:
    """Return the answers with the values of reversed questions turned round.

    Notes
    -----
    A value v of a question with the limits low and high becomes low + high − v.
    """
    turned = _turned(project)
    if not turned:
        return answers
    values, places = answers["value"].to_numpy(copy=True), question_places(answers)
    for question in turned:
        rows = places.get(question, NOWHERE)
        values[rows] = _value(answers, rows, turned[question])
    return answers.assign(value=values)


def _turned(project: LoadedProject) -> Turned:
    """Return, by wave and question, the sources in which it is reversed and the sum of its limits."""
    turned: dict[tuple[str, str], tuple[tuple[str, float], ...]] = {}
    for key, source in project.definition.sources.items():
        for wave in source.waves:
            for entry in entries_of(project, key, wave):
                if entry.reverse:
                    whole = sum(project.definition.responses[entry.response].limits)
                    known = turned.get((wave, entry.item), ())
                    turned[wave, entry.item] = (*known, (key, whole))
    return turned


def _value(answers: pd.DataFrame, rows: Rows, sources: Collection[tuple[str, float]] = ()) -> np.ndarray:
    """Return the values of some rows, turned round where they come from one of the sources."""
    value = answers["value"].to_numpy()[rows]
    column = answers["source"].array
    for key, whole in sources:
        own = column.codes[rows] == column.categories.get_indexer([key])[0]
        value = np.where(own, whole - value, value)
    return value


def score_scales(answers: pd.DataFrame, project: LoadedProject) -> pd.DataFrame:
    """Return every person's score on every scale at every wave.

    Parameters
    ----------
    answers
        The table of answers, as they were given.
    project
        The project with its scales and codebook.

    Returns
    -------
    pandas.DataFrame
        person, organisation, wave, scale, score, n_items; one row for everyone who was asked any of
        the scale's questions at the wave. The score is the mean of the answered questions after reversal,
        in the questions' own steps, or for a checklist that mean times the number of questions; it is
        missing if fewer than `min_items` were answered.
    """
    places, turned = question_places(answers), _turned(project)
    waves, scales = list(project.definition.waves), project.definition.scales
    rows = _most(places, answers, project)
    whole = {name: np.empty(rows, column.dtype) for name, column in _empty(answers).items()}
    start = 0
    for when, wave in enumerate(waves):
        for which, scale in enumerate(scales.values()):
            asked = [
                (places.get((wave, item), NOWHERE), turned.get((wave, item), ())) for item in scale.items
            ]
            columns = _score(answers, scale, asked)
            size = len(columns["person"])
            columns |= {"wave": np.int8(when), "scale": np.int16(which)}
            for name, column in columns.items():
                whole[name][start : start + size] = column
            start += size
    return _typed({name: column[:start] for name, column in whole.items()}, answers, project)


def _most(places: Mapping[tuple[str, str], Rows], answers: pd.DataFrame, project: LoadedProject) -> int:
    """Return how many rows there can be at most."""
    sizes = {
        key: rows.stop - rows.start if isinstance(rows, slice) else len(rows) for key, rows in places.items()
    }
    people = len(answers["person"].cat.categories)
    return sum(
        min(people, sum(sizes.get((wave, item), 0) for item in scale.items))
        for wave in project.definition.waves
        for scale in project.definition.scales.values()
    )


def _empty(answers: pd.DataFrame) -> dict[str, np.ndarray]:
    coded = {name: answers[name].array.codes[:0] for name in ("person", "organisation")}
    numbers = {"score": np.empty(0), "n_items": np.empty(0, np.int16)}
    return {**coded, **numbers, "wave": np.empty(0, np.int8), "scale": np.empty(0, np.int16)}


def _score(
    answers: pd.DataFrame, scale: Scale, asked: Sequence[tuple[Rows, Collection[tuple[str, float]]]]
) -> dict[str, np.ndarray]:
    """Score one scale at one wave; `asked` holds the rows of each question and where it is reversed."""
    person, organisation = (answers[name].array.codes for name in ("person", "organisation"))
    size = len(answers["person"].cat.categories)
    total, answered = np.zeros(size), np.zeros(size, dtype=np.int16)
    whose, reached = np.full(size, -1, organisation.dtype), np.zeros(size, dtype=bool)
    for rows, sources in asked:
        who, value = person[rows], _value(answers, rows, sources)
        there = ~np.isnan(value)
        total[who] += np.where(there, value, 0.0)
        answered[who] += there
        reached[who], whose[who] = True, organisation[rows]
    enough = answered >= scale.min_items
    score = np.full(size, np.nan)
    score[enough] = total[enough] / answered[enough] * (len(scale.items) if scale.score == "sum" else 1)
    who = np.flatnonzero(reached)
    return {
        "person": who.astype(person.dtype),
        "organisation": whose[who],
        "score": score[who],
        "n_items": answered[who],
    }


def _typed(columns: Mapping[str, np.ndarray], answers: pd.DataFrame, project: LoadedProject) -> pd.DataFrame:
    """Turn codes into categories of the same sort as in the answers."""
    types = {name: answers[name].dtype for name in ("person", "organisation", "wave")}
    types["scale"] = pd.CategoricalDtype(pd.Index(list(project.definition.scales), dtype="str"))
    whole = {
        name: pd.Categorical.from_codes(codes, dtype=types[name]) if name in types else codes
        for name, codes in columns.items()
    }
    return pd.DataFrame({name: whole[name] for name in COLUMNS}, copy=False)
