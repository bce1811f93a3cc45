"""People who belong to several groups at once: who can be shown, and how unequal they are."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import product

import numpy as np
import pandas as pd

from evaluation.equality.levels import demand_levels
from evaluation.equality.rows import cluster_codes, company_order, complete_rows
from evaluation.result import Meta, Result
from evaluation.stats.maihda import Strata, strata_limits, strata_of
from evaluation.stats.student import t_limits
from evaluation.vocabulary.errors import EstimationError

SEED = 1
MANY = 1_000_000
NOTHING = 1e-4


def strata_map(table: pd.DataFrame, *, groups: Mapping[str, Sequence[str]]) -> Result:
    """Count how many belong to each combination of groups, before anything is said about them.

    Parameters
    ----------
    table
        One row per person.
    groups
        By classification the levels that are combined, in the order in which they are shown.

    Returns
    -------
    Result
        One row per combination, also the empty ones. Disclosure control turns this into a map
        of what can be shown at all.

    References
    ----------
    evans2018

    Examples
    --------
    >>> people = pd.DataFrame({"sex": ["w", "w", "m"], "role": ["boss", "staff", "boss"]})
    >>> strata_map(people, groups={"sex": ["w", "m"], "role": ["boss", "staff"]}).table["n"].tolist()
    [1, 1, 1, 0]
    """
    rows = complete_rows(table, list(groups))
    for name, levels in groups.items():
        demand_levels(table[name], levels)
    label = _labels(rows, groups)
    counts = label.value_counts()
    records = [
        {"estimand": "stratum_count", "group": "+".join(groups), "level": "+".join(levels)}
        | dict.fromkeys(("estimate", "n"), int(counts.get("+".join(levels), 0)))
        for levels in product(*groups.values())
    ]
    return Result(pd.DataFrame(records), Meta(method="count", references=("evans2018",)))


def strata_means(
    table: pd.DataFrame,
    *,
    groups: Mapping[str, Sequence[str]],
    value: str = "value",
    cluster: str | None = "organisation",
    conf_level: float = 0.95,
) -> Result:
    """Estimate the mean of each combination of groups, drawn towards the mean of all where few answered.

    Parameters
    ----------
    table
        One row per person.
    groups
        By classification the levels that are combined.
    value
        The column with the score.
    cluster
        The column whose members resemble each other; None if people are independent.
    conf_level
        Level of the interval, between 0 and 1.

    Returns
    -------
    Result
        One row per combination that occurs; without an estimate if there are fewer than three.

    Notes
    -----
    Predicted means of a model in which combinations are drawn from one distribution. They describe, and
    are no tests.

    References
    ----------
    merlo2018, evans2018, bell2019

    Examples
    --------
    >>> people = pd.DataFrame({"sex": ["w", "w", "m", "m"] * 3, "role": ["boss", "staff"] * 6})
    >>> people["value"] = [3.0, 4, 2, 5, 3, 4, 2, 4, 3, 5, 1, 4]
    >>> found = strata_means(people, groups={"sex": ["w", "m"], "role": ["boss", "staff"]}, cluster=None)
    >>> found.table["n"].tolist()
    [3, 3, 3, 3]
    """
    rows = _prepared(table, groups, value, cluster)
    found, names = _strata(rows), sorted(set(rows.label))
    records = []
    for place, name in enumerate(names):
        row = {"estimand": "stratum_mean", "group": "+".join(groups), "level": name}
        row |= {"n": int((rows.label == name).sum()), "estimate": math.nan}
        if found is not None:
            low, high = t_limits(found.shrunken[place], found.shrunken_error[place], MANY, conf_level)
            row |= {"estimate": float(found.shrunken[place]), "conf_low": low, "conf_high": high}
        records.append(row)
    order = ["+".join(levels) for levels in product(*groups.values())]
    records.sort(key=lambda row: order.index(row["level"]))
    empty = {"estimand": "stratum_mean", "estimate": math.nan, "n": 0}
    return Result(pd.DataFrame(records or [empty]), _meta(conf_level))


def strata_shares(
    table: pd.DataFrame,
    *,
    groups: Mapping[str, Sequence[str]],
    value: str = "value",
    cluster: str | None = "organisation",
    conf_level: float = 0.95,
    draws: int = 99,
) -> Result:
    """Estimate how much of all differences lies between combinations of groups, and what explains that.

    Parameters
    ----------
    table, groups, value, cluster, conf_level
        As in `strata_means`.
    draws
        Made-up tables for the interval; the same every time.

    Returns
    -------
    Result
        Rows `vpc`: share of the variance between combinations; `pcv`: share of that which the single
        groups account for. Nothing if there are fewer than three combinations, and no `pcv` where
        the variance between combinations may as well be none: a share of nothing has no value.

    Notes
    -----
    With few combinations both are very unsure. That the single groups account for most says that there is
    little more to combinations than the sum of the groups; it does not say that there is no inequality.

    References
    ----------
    merlo2018, evans2018, bell2019

    Examples
    --------
    >>> people = pd.DataFrame({"sex": ["w", "w", "m", "m"] * 3, "role": ["boss", "staff"] * 6})
    >>> people["value"] = [3.0, 4, 2, 5, 3, 4, 2, 4, 3, 5, 1, 4]
    >>> found = strata_shares(
    ...     people, groups={"sex": ["w", "m"], "role": ["boss", "staff"]}, cluster=None, draws=9
    ... )
    >>> found.table["term"].tolist()
    ['vpc', 'pcv']
    """
    rows = _prepared(table, groups, value, cluster)
    found = _strata(rows)
    row = {"estimand": "stratum_share", "n": len(rows.y), "n_groups": len(set(rows.label))}
    if found is None:
        records = [row | {"term": term, "estimate": math.nan} for term in ("vpc", "pcv")]
        return Result(pd.DataFrame(records), _meta(conf_level))
    labels, chance = rows.label.astype(str), np.random.default_rng(SEED)
    limits = strata_limits(rows.y, labels, rows.main, rows.company, conf_level, rng=chance, draws=draws)
    vpc = {"estimate": found.vpc, "conf_low": limits.vpc_low, "conf_high": limits.vpc_high}
    pcv = {"estimate": found.pcv, "conf_low": limits.pcv_low, "conf_high": limits.pcv_high}
    if limits.vpc_low < NOTHING:
        pcv = dict.fromkeys(pcv, math.nan)
    records = [row | {"term": "vpc"} | vpc, row | {"term": "pcv"} | pcv]
    return Result(pd.DataFrame(records), _meta(conf_level))


def _meta(conf_level: float) -> Meta:
    return Meta(method="maihda", conf_level=conf_level, references=("merlo2018", "evans2018", "bell2019"))


def _labels(rows: pd.DataFrame, groups: Mapping[str, Sequence[str]]) -> pd.Series:
    columns = [rows[name].astype("object").astype(str) for name in groups]
    return reduce(lambda joined, column: joined + "+" + column, columns).astype("object")


@dataclass(frozen=True, slots=True)
class _Prepared:
    """Complete rows in an order that depends on what they hold only; `company` is None if all are alone."""

    y: np.ndarray
    label: np.ndarray
    main: np.ndarray
    company: np.ndarray | None


def _prepared(
    table: pd.DataFrame, groups: Mapping[str, Sequence[str]], value: str, cluster: str | None
) -> _Prepared:
    rows = complete_rows(table, [value, *groups], cluster)
    for name, levels in groups.items():
        demand_levels(table[name], levels)
    for name, levels in groups.items():
        rows = rows[rows[name].isin(levels)]
    rows = rows.reset_index(drop=True)
    label = _labels(rows, groups).to_numpy(dtype=object) if len(rows) else np.array([], dtype=object)
    indicators = [rows[name] == level for name, levels in groups.items() for level in levels[1:]]
    main = np.column_stack([np.zeros((len(rows), 0)), *indicators]).astype(float)
    main = main[:, np.ptp(main, axis=0) > 0] if len(rows) else main
    y, clusters = rows[value].to_numpy(float), cluster_codes(rows, cluster)
    alone = len(np.unique(clusters)) > len(rows) - main.shape[1] - 2
    company = None if alone or cluster is None else company_order(y, main, clusters)
    order = np.lexsort((y, label.astype(str), np.zeros(len(y)) if company is None else company))
    return _Prepared(y[order], label[order], main[order], None if company is None else company[order])


def _strata(rows: _Prepared) -> Strata | None:
    try:
        return strata_of(rows.y, rows.label.astype(str), rows.main, rows.company)
    except EstimationError:
        return None
