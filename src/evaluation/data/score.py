"""Scale scores: the mean of the answered questions, if enough of them were answered."""

import numpy as np
import pandas as pd

from evaluation.data.codes import entries_of
from evaluation.project.model import LoadedProject
from evaluation.project.source import Scale

COLUMNS = ("person", "organisation", "wave", "scale", "score", "n_items")
NOWHERE = np.empty(0, dtype=np.intp)


def reverse_items(answers: pd.DataFrame, project: LoadedProject) -> pd.DataFrame:
    """Return the answers with the values of reversed questions turned round.

    Notes
    -----
    A value v of a question with the limits low and high becomes low + high − v.
    """
    reversed_entries = [
        (key, wave, entry)
        for key, source in project.definition.sources.items()
        for wave in source.waves
        for entry in entries_of(project, key, wave)
        if entry.reverse
    ]
    if not reversed_entries:
        return answers
    values = answers["value"].to_numpy(copy=True)
    places = _places(answers)
    sources = answers["source"].cat
    for key, wave, entry in reversed_entries:
        low, high = project.definition.responses[entry.response].limits
        rows = places.get((wave, entry.item), NOWHERE)
        own = sources.codes.to_numpy()[rows] == sources.categories.get_indexer([key])[0]
        values[rows] = np.where(own, low + high - values[rows], values[rows])
    return answers.assign(value=values)


def _places(answers: pd.DataFrame) -> dict[tuple[str, str], slice | np.ndarray]:
    """Return the rows of every question at every wave: a slice, where they stand together."""
    wave, item = answers["wave"].cat, answers["item"].cat
    key = wave.codes.to_numpy().astype(np.int32) * len(item.categories) + item.codes.to_numpy()
    order = None if (key[1:] >= key[:-1]).all() else np.argsort(key, kind="stable")
    key = key if order is None else key[order]
    starts = np.flatnonzero(np.r_[True, key[1:] != key[:-1]]) if len(key) else NOWHERE
    found = {}
    for first, last in zip(starts, np.r_[starts[1:], len(key)][: len(starts)], strict=True):
        place, question = divmod(int(key[first]), len(item.categories))
        rows = slice(int(first), int(last))
        found[wave.categories[place], item.categories[question]] = rows if order is None else order[rows]
    return found


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
    values = reverse_items(answers, project)
    places = _places(values)
    parts = [
        _score(values, scale, [places.get((wave, item), NOWHERE) for item in scale.items]).assign(
            wave=wave, scale=key
        )
        for wave in project.definition.waves
        for key, scale in project.definition.scales.items()
    ]
    table = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(COLUMNS))
    return _typed(table, answers, project)


def _score(values: pd.DataFrame, scale: Scale, places: list[slice | np.ndarray]) -> pd.DataFrame:
    """Score one scale at one wave; `places` holds the rows of each question."""
    person, organisation = (values[name].cat.codes.to_numpy() for name in ("person", "organisation"))
    size = len(values["person"].cat.categories)
    total, answered = np.zeros(size), np.zeros(size, dtype=np.int16)
    whose, asked = np.full(size, -1), np.zeros(size, dtype=bool)
    for rows in places:
        who, value = person[rows], values["value"].to_numpy()[rows]
        total[who] += np.nan_to_num(value)
        answered[who] += ~np.isnan(value)
        asked[who], whose[who] = True, organisation[rows]
    enough = answered >= scale.min_items
    score = np.full(size, np.nan)
    score[enough] = total[enough] / answered[enough] * (len(scale.items) if scale.score == "sum" else 1)
    who = np.flatnonzero(asked)
    columns = {"person": who, "organisation": whose[who], "score": score[who], "n_items": answered[who]}
    return pd.DataFrame(columns)


def _typed(table: pd.DataFrame, answers: pd.DataFrame, project: LoadedProject) -> pd.DataFrame:
    """Turn codes and keys into categories of the same sort as in the answers."""
    coded = {
        name: pd.Categorical.from_codes(table[name].astype(int), dtype=answers[name].dtype)
        for name in ("person", "organisation")
    }
    scales = pd.CategoricalDtype(pd.Index(list(project.definition.scales), dtype="str"))
    types = {"wave": answers["wave"].dtype, "scale": scales, "score": float, "n_items": np.int16}
    return table.assign(**coded).astype(types)[list(COLUMNS)]
