"""Who is there at each step: among all who could be, among participants, and in co-creation."""

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise

import pandas as pd

from evaluation.equality.levels import demand_levels, present_levels
from evaluation.equality.rows import complete_rows
from evaluation.result import Meta, Result
from evaluation.stats.two_proportions import koopman


def step_shares(
    table: pd.DataFrame,
    *,
    steps: Sequence[str],
    group: str,
    levels: Sequence[str] | None = None,
    population: Mapping[str, float] | None = None,
) -> Result:
    """Count how each step is composed: each group's share of those who are there.

    Parameters
    ----------
    table
        One row per person; each step is a column of true and false.
    steps
        The columns in their order, for example participants and co-creation.
    group, levels
        The classification, and the groups in the order in which they are shown; all if None.
    population
        Shares of the groups in a population, as a step before the first; they need not add up to one.

    Returns
    -------
    Result
        One row per step and group. Everybody is counted, so there is no interval.

    References
    ----------
    fisher1935

    Examples
    --------
    >>> people = pd.DataFrame({"participants": [True] * 4, "sex": ["w", "w", "w", "m"]})
    >>> found = step_shares(people, steps=["participants"], group="sex", levels=["w", "m"])
    >>> found.table["estimate"].tolist()
    [0.75, 0.25]
    """
    rows = complete_rows(table, [group, *steps])
    demand_levels(table[group], levels or ())
    named = list(levels) if levels is not None else present_levels(rows[group])
    records = [
        {
            "estimand": "step_share",
            "term": "population",
            "level": level,
            "estimate": population[level],
            "n": 0,
        }
        for level in named
        if population and level in population
    ]
    for step in steps:
        there = rows[rows[step].astype(bool)]
        for level in named:
            k, n = int((there[group] == level).sum()), len(there)
            row = {"estimand": "step_share", "term": step, "level": level, "k": k, "n": n}
            records.append(row | {"estimate": k / n if n else math.nan})
    return Result(pd.DataFrame(records), Meta(method="exact_counts", references=("fisher1935",)))


def step_rates(
    table: pd.DataFrame,
    *,
    steps: Sequence[str],
    group: str,
    levels: Sequence[str],
    conf_level: float = 0.95,
) -> Result:
    """Estimate how many times as often each group gets from one step to the next as all others do.

    Parameters
    ----------
    table, steps, group
        As in `step_shares`; there is a row for each step but the first.
    levels
        The groups in the order in which they are shown.
    conf_level
        Level of the interval, between 0 and 1.

    Returns
    -------
    Result
        `estimate` = the group's rate over that of all others, with the score interval; `k` of `n` of the
        group took the step.

    Notes
    -----
    Nobody is drawn at random here: the interval says how far the ratio could have moved if who took the
    step had been settled as by lot.

    References
    ----------
    koopman1984

    Examples
    --------
    >>> people = pd.DataFrame({"a": [True] * 6, "b": [1, 1, 0, 1, 0, 0], "sex": list("wwwmmm")})
    >>> found = step_rates(people.astype({"b": bool}), steps=["a", "b"], group="sex", levels=["w"])
    >>> found.table["estimate"].tolist()
    [2.0]
    """
    rows = complete_rows(table, [group, *steps])
    demand_levels(table[group], levels)
    records = []
    for first, later in pairwise(steps):
        here = rows[rows[first].astype(bool)]
        taken = here[later].astype(bool)
        for level in levels:
            own = here[group] == level
            k, n = int(taken[own].sum()), int(own.sum())
            k_other, n_other = int(taken[~own].sum()), int((~own).sum())
            row = {
                "estimand": "step_ratio",
                "term": later,
                "level": level,
                "k": k,
                "n": n,
                "estimate": math.nan,
            }
            row["n_reference"] = n_other
            if n and n_other and k_other:
                found = koopman(k, n, k_other, n_other, conf_level)
                row |= {"estimate": float(found.estimate), "conf_low": float(found.conf_low)}
                row |= {"conf_high": float(found.conf_high)}
            records.append(row)
    empty = {"estimand": "step_ratio", "estimate": math.nan, "n": 0}
    return Result(
        pd.DataFrame(records or [empty]),
        Meta(method="step_ratio", conf_level=conf_level, references=("koopman1984",)),
    )
