"""Columns of registers: classifications, conditions that must hold, known facts, and placeholders."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evaluation.project.measure import ColumnMeasure
from evaluation.project.model import Project
from evaluation.project.rule import EligibilityRule
from evaluation.project.simulation import SimulatedColumn
from evaluation.project.source import Group, Level
from evaluation.simulate.timeline import first_day, last_day
from evaluation.simulate.wording import Wording, wording_of

Column = NDArray[np.object_]

SMALL_STAFF = 50
"""A programme whose firms may have no more staff than this is for small firms."""

SEVERAL = 10
"""A register of at least this many rows may hold one that breaks a condition."""

MUNICIPALITIES = ("1480", "1280", "0180", "0580", "1880", "2480")
INDUSTRIES = ("10710", "16231", "22290", "25620", "28990", "43210", "55101", "56100", "62010", "71122")
OPPOSITES = {
    "ja": "Nej",
    "yes": "No",
    "true": "false",
    "1": "0",
    "nej": "Ja",
    "no": "Yes",
    "false": "true",
    "0": "1",
}


@dataclass(frozen=True, slots=True)
class Blank:
    """A column that is to be filled.

    Attributes
    ----------
    name, header
        Our name of the column, and its header in the file.
    rows
        How many values are needed.
    size
        How many people take part from each row's organisation, shape (rows,).
    """

    project: Project
    name: str
    header: str
    rows: int
    size: NDArray[np.int64]
    rng: np.random.Generator

    @property
    def wording(self) -> Wording:
        """Return the words of the project's first language."""
        return wording_of(self.project)


def register_column(blank: Blank) -> NDArray:
    """Draw one column: levels of a group if there is one of its name, otherwise by what is known of it.

    Eligibility rules about the column are respected, except in at most one row of the register.
    """
    rules = _eligibility_rules(blank.project, blank.name)
    group = blank.project.groups.get(blank.name)
    stated = blank.project.simulation.columns.get(blank.name) if blank.project.simulation else None
    if stated is not None:
        return _stated(blank, stated)
    if group is not None:
        return _levels(blank, group, rules)
    limited = any(rule.at_least is not None or rule.at_most is not None for rule in rules)
    known = NUMBERS if limited else NUMBERS | TEXTS
    values = known.get(blank.name, _number if limited else _placeholder)(blank)
    for rule in rules:
        values = _listed(values, rule, blank) if rule.one_of else _limited(values, rule, blank)
    return values


def _stated(blank: Blank, stated: SimulatedColumn) -> Column:
    """Draw a column as the definition says."""
    if stated.values:
        weights = np.array(list(stated.values.values()), dtype=float)
        drawn = draw_levels(stated.values, blank.rows, blank.rng, weights / weights.sum())
    elif stated.days is not None:
        low, high = stated.days
        drawn = np.datetime64(first_day(blank.project)) + blank.rng.integers(
            low, high + 1, blank.rows
        ).astype("m8[D]")
    else:
        numbers = blank.rng.uniform(*stated.between, blank.rows)
        drawn = np.rint(numbers) if stated.whole else np.round(numbers, 1)
    if stated.empty:
        lacking = blank.rng.random(blank.rows) < stated.empty
        drawn = _emptied(drawn, lacking)
    return drawn


def _emptied(values: NDArray, lacking: NDArray[np.bool_]) -> NDArray:
    nothing = {"M": np.datetime64("NaT"), "f": np.nan}.get(values.dtype.kind)
    return np.where(lacking, nothing, values) if nothing is not None else _without(values, lacking)


def _without(values: NDArray, lacking: NDArray[np.bool_]) -> Column:
    emptied = values.astype(object)
    emptied[lacking] = None
    return emptied


def level_shares(group: Group) -> NDArray[np.float64]:
    """Return how common each level of a classification is.

    Where levels are always shown together they are the large ones: 10 to 7 for the reference against
    another, 10 to 3 for a special category; other levels, such as "prefer not to say", get 2 per cent
    each of that. Otherwise every level is half as common as the one before it.
    """
    if group.show_always:
        other = 0.3 if group.special else 0.7
        large = {level: other for level in group.show_always} | {group.reference or group.show_always[0]: 1.0}
        weights = np.array([large.get(level, 0.02) for level in group.levels])
    else:
        weights = 0.5 ** np.arange(len(group.levels))
    return weights / weights.sum()


def draw_levels(
    levels: Iterable[str], rows: int, rng: np.random.Generator, shares: NDArray[np.float64] | None = None
) -> Column:
    """Draw level keys, equally often if no shares are given."""
    keys = np.array(list(levels), dtype=object)
    return keys[rng.choice(len(keys), size=rows, p=shares)]


def ways_to_write(key: str, level: Level) -> set[str]:
    """Return every text by which a level may be meant."""
    return {key, *level.label.values(), *level.values}


def _eligibility_rules(project: Project, name: str) -> list[EligibilityRule]:
    return [
        indicator.rule
        for indicator in project.indicators.values()
        if isinstance(indicator.rule, EligibilityRule)
        and isinstance(indicator.measure, ColumnMeasure)
        and indicator.measure.column == name
    ]


def _levels(blank: Blank, group: Group, rules: list[EligibilityRule]) -> Column:
    allowed = [
        level
        for level, stated in group.levels.items()
        if all(not rule.one_of or ways_to_write(level, stated) & set(rule.one_of) for rule in rules)
    ] or list(group.levels)
    shares = dict(zip(group.levels, level_shares(group), strict=True))
    weights = np.array([shares[level] for level in allowed])
    values = draw_levels(allowed, blank.rows, blank.rng, weights / weights.sum())
    others = [level for level in group.levels if level not in allowed]
    return _with_one(values, others[0], blank) if others else values


def _listed(values: NDArray, rule: EligibilityRule, blank: Blank) -> Column:
    return _with_one(
        draw_levels(rule.one_of, blank.rows, blank.rng), _outside(rule.one_of, blank.wording), blank
    )


def _outside(allowed: tuple[str, ...], wording: Wording) -> str:
    """Return a text of the same kind that is not among the allowed ones."""
    candidates = [OPPOSITES.get(text.casefold(), "") for text in allowed]
    if all(len(text) == 4 and text.isdigit() for text in allowed):
        candidates += MUNICIPALITIES
    return next(text for text in [*candidates, wording.other, "–"] if text and text not in allowed)


def _limited(values: NDArray, rule: EligibilityRule, blank: Blank) -> NDArray:
    low = -np.inf if rule.at_least is None else rule.at_least
    high = np.inf if rule.at_most is None else rule.at_most
    within = np.clip(values.astype(float), low, max(low, high))
    breach = np.floor(low) - 1 if rule.at_most is None else high + np.ceil(0.2 * abs(high)) + 1
    return _with_one(within, breach, blank) if blank.rng.random() < 0.5 else within


def _with_one(values: NDArray, breach: object, blank: Blank) -> NDArray:
    """Return the values with one of them replaced, unless the register is small."""
    if blank.rows < SEVERAL:
        return values
    changed = values.copy()
    changed[blank.rng.integers(blank.rows)] = breach
    return changed


def _number(blank: Blank) -> NDArray[np.float64]:
    rules = _eligibility_rules(blank.project, blank.name)
    low = max((rule.at_least for rule in rules if rule.at_least is not None), default=None)
    high = min((rule.at_most for rule in rules if rule.at_most is not None), default=None)
    if low is not None and high is not None:
        return np.rint(blank.rng.uniform(low, max(low, high), blank.rows))
    spread = blank.rng.gamma(2.0, max(1.0, abs(low if high is None else high) / 8), blank.rows)
    return np.rint(low + spread if high is None else high - spread)


def _employees(blank: Blank) -> NDArray[np.float64]:
    """Draw staff: in programmes for small firms hardly more than those who take part, besides the owner."""
    most = [
        rule.at_most for rule in _eligibility_rules(blank.project, blank.name) if rule.at_most is not None
    ]
    if most and min(most) < SMALL_STAFF:
        return blank.size - 1.0 + blank.rng.poisson(0.7, blank.rows)
    return np.ceil(blank.size * (1 + blank.rng.lognormal(0.5, 0.7, blank.rows)))


def _municipality(blank: Blank) -> Column:
    return draw_levels(MUNICIPALITIES, blank.rows, blank.rng)


def _industry(blank: Blank) -> Column:
    return draw_levels(INDUSTRIES, blank.rows, blank.rng)


def _yes(blank: Blank) -> Column:
    return np.full(blank.rows, blank.wording.yes, dtype=object)


def _started(blank: Blank) -> NDArray[np.datetime64]:
    return np.datetime64(first_day(blank.project)) - blank.rng.integers(7, 50, blank.rows).astype("m8[D]")


def _ended(blank: Blank) -> NDArray[np.datetime64]:
    return np.datetime64(last_day(blank.project)) - blank.rng.integers(0, 60, blank.rows).astype("m8[D]")


def _age(blank: Blank) -> NDArray[np.float64]:
    return np.rint(blank.rng.triangular(19, 44, 67, blank.rows))


def _birth_year(blank: Blank) -> NDArray[np.float64]:
    return first_day(blank.project).year - _age(blank)


def _hours(blank: Blank) -> NDArray[np.float64]:
    return 0.5 * (1 + blank.rng.poisson(5, blank.rows))


def _weight(blank: Blank) -> NDArray[np.float64]:
    return np.ones(blank.rows)


def _placeholder(blank: Blank) -> Column:
    return draw_levels((f"{blank.header} {number}" for number in range(1, 6)), blank.rows, blank.rng)


NUMBERS: dict[str, Callable[[Blank], NDArray]] = {
    "employees": _employees,
    "age": _age,
    "birth_year": _birth_year,
    "hours": _hours,
    "weight": _weight,
}
TEXTS: dict[str, Callable[[Blank], NDArray]] = {
    "municipality": _municipality,
    "industry": _industry,
    "employed": _yes,
    "consent": _yes,
    "started": _started,
    "ended": _ended,
    "date": _ended,
}
"""Columns with a model of their own; every other column gets a placeholder text."""
