"""The answers of all sources in one table, in one order."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from evaluation.data.answer_text import MISSING
from evaluation.project.model import LoadedProject
from evaluation.vocabulary.errors import AnswerError, Problem
from evaluation.vocabulary.message import msg, nmsg


def join_answers(parts: Sequence[pd.DataFrame], people: pd.DataFrame, project: LoadedProject) -> pd.DataFrame:
    """Stack the answers of all sources and add each person's organisation.

    Parameters
    ----------
    parts
        Answers as `apply_codebook` returns them.
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
    """
    categories = _categories(people, project)
    codes = {name: _codes(parts, name, levels) for name, levels in categories.items()}
    value = np.concatenate([np.empty(0), *(part["value"].to_numpy() for part in parts)])
    missing = np.concatenate(
        [np.empty(0, np.int8), *(part["missing"].cat.codes.to_numpy() for part in parts)]
    )
    key = _key(codes, categories)
    if not _ascending(key):
        order = np.argsort(key, kind="stable")
        key, value, missing = key[order], value[order], missing[order]
        codes = {name: code[order] for name, code in codes.items()}
    _refuse_twins(np.flatnonzero(key[1:] == key[:-1]), codes, categories)
    columns = {
        name: pd.Categorical.from_codes(codes[name], categories=categories[name]) for name in categories
    }
    columns["organisation"] = _organisations(people)[codes["person"]]
    columns |= {"value": value, "missing": pd.Categorical.from_codes(missing, categories=_index(MISSING))}
    return pd.DataFrame({name: columns[name] for name in COLUMNS})


COLUMNS = ("person", "organisation", "source", "wave", "item", "value", "missing")


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


def _codes(parts: Sequence[pd.DataFrame], name: str, categories: pd.Index) -> np.ndarray:
    pieces = []
    for part in parts:
        own = part[name].cat
        pieces.append(categories.get_indexer(own.categories).astype(np.int32)[own.codes.to_numpy()])
    return np.concatenate([np.empty(0, np.int32), *pieces])


def _key(codes: dict[str, np.ndarray], categories: dict[str, pd.Index]) -> np.ndarray:
    """Return one number per row that ascends with wave, question and person."""
    key = codes["wave"].astype(np.int64)
    for name in ("item", "person"):
        key = key * len(categories[name]) + codes[name]
    return key


def _ascending(key: np.ndarray) -> bool:
    return bool((key[1:] > key[:-1]).all())


def _refuse_twins(places: np.ndarray, codes: dict[str, np.ndarray], categories: dict[str, pd.Index]) -> None:
    if not len(places):
        return
    names = [
        [categories[name][code] for code in codes[name][places + shift]]
        for name, shift in (("item", 0), ("wave", 0), ("source", 0), ("source", 1))
    ]
    counts = pd.Series(list(zip(*names, strict=True))).value_counts(sort=False)
    raise AnswerError(
        [
            Problem(
                nmsg(
                    "{count} person answered {item} at the wave {wave} in both {first} and {second}.",
                    "{count} people answered {item} at the wave {wave} in both {first} and {second}.",
                    count=int(count),
                    item=item,
                    wave=wave,
                    first=first,
                    second=second,
                ),
                do=msg("Take the repeated rows out of one of the files."),
            )
            for (item, wave, first, second), count in counts.items()
        ]
    )
