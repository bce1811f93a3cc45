"""Which people answered at which waves, linked by their identifiers."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from evaluation.data.places import question_places, rows_of
from evaluation.project.measure import ItemMeasure, ItemsMeasure, ScaleMeasure
from evaluation.project.model import Indicator, LoadedProject, Project
from evaluation.project.rule import ChangeRule
from evaluation.vocabulary.errors import LinkageError, Problem
from evaluation.vocabulary.message import msg

UNITS = ("person", "organisation")


def link_waves(answers: pd.DataFrame, waves: Sequence[str], *, unit: str = "person") -> pd.DataFrame:
    """Return who answered at which wave.

    Parameters
    ----------
    answers
        The table of answers.
    waves
        The waves to look at.
    unit
        `person` or `organisation`.

    Returns
    -------
    pandas.DataFrame
        True or False; one row per unit with answers at any of the waves, one column per wave.
    """
    who, when = answers[unit].array, answers["wave"].array
    answered = np.zeros((len(who.categories) + 1, len(when.categories)), dtype=bool)
    answered[who.codes, when.codes] = True  # the last row takes those without a unit
    table = pd.DataFrame(
        answered[:-1], index=pd.Index(who.categories, name=unit), columns=list(when.categories)
    )
    table = table.reindex(columns=list(waves), fill_value=False)
    return table[table.any(axis=1)]


def overlap(answers: pd.DataFrame, before: str, after: str, *, unit: str = "person") -> int:
    """Return how many people (or organisations) answered at both waves."""
    return int(link_waves(answers, [before, after], unit=unit).all(axis=1).sum())


def check_overlap(project: LoadedProject, answers: pd.DataFrame) -> None:
    """Make sure that every change can be followed: somebody answered at both waves.

    Raises
    ------
    LinkageError
        With the number of answers at each wave, for every change that nobody can be followed through.
    """
    problems: dict[tuple[str, str, int, int], Problem] = {}
    places = question_places(answers)
    for key, indicator in project.definition.indicators.items():
        for pair in _pairs(indicator):
            asked = answers[[indicator.unit, "wave", "missing"]].iloc[
                rows_of(places, _items(indicator, project.definition), pair)
            ]
            table = link_waves(asked[asked["missing"] == "none"], pair, unit=indicator.unit)
            if not table.all(axis=1).any():
                counts = tuple(int(table[wave].sum()) for wave in pair)
                where = f"{project.file.name} indicators.{key}"
                problems.setdefault((*pair, *counts), _no_overlap(pair, counts, where))
    if problems:
        raise LinkageError(list(problems.values()))


def _pairs(indicator: Indicator) -> list[tuple[str, str]]:
    rule = indicator.rule
    followed = indicator.unit in UNITS and type(indicator.measure) in ITEMS
    if not isinstance(rule, ChangeRule) or not followed:
        return []
    return [(wave, rule.after) for wave in (rule.before, rule.then) if wave is not None]


def _items(indicator: Indicator, project: Project) -> tuple[str, ...]:
    return ITEMS[type(indicator.measure)](indicator.measure, project)


ITEMS: dict[type, Callable[[Any, Project], tuple[str, ...]]] = {
    ItemMeasure: lambda measure, project: (measure.item,),
    ItemsMeasure: lambda measure, project: measure.items,
    ScaleMeasure: lambda measure, project: project.scales[measure.scale].items,
}
"""The questions that each kind of measure looks at."""


def _no_overlap(pair: tuple[str, str], counts: tuple[int, ...], where: str) -> Problem:
    return Problem(
        msg(
            "Nobody who answered at {before} answered at {after} too: {first} and {second} answered.",
            before=pair[0],
            after=pair[1],
            first=counts[0],
            second=counts[1],
        ),
        where,
        REMEDY[0 in counts],
    )


REMEDY = {
    False: msg("Check that both files use the same identifier, written in the same way."),
    True: msg("Check that the answers are there, and that register and survey use the same identifier."),
}
"""What to do, by whether nobody at all answered at one of the waves."""
