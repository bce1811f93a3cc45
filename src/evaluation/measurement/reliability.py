"""Reliability of a scale in one table: what can be said with so many people, and what cannot."""

import math
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pandas as pd

from evaluation.measurement.alpha import alpha, alpha_bootstrap
from evaluation.measurement.cfa import omega
from evaluation.measurement.items import Matrix
from evaluation.measurement.ordinal import categorical_omega
from evaluation.measurement.split_half import spearman_brown
from evaluation.result import Meta, Result
from evaluation.vocabulary.errors import EstimationError, one_of
from evaluation.vocabulary.message import msg

MINIMUM: Mapping[str, int] = {"spearman_brown": 30, "alpha": 30, "omega": 100, "omega_categorical": 200}
"""People below whom a coefficient is not assessed."""

FEWEST_CLUSTERS = 5


def _two_items(data: Matrix) -> float:
    return float(spearman_brown(np.corrcoef(data, rowvar=False)[0, 1]))


def _omega(data: Matrix) -> float:
    """Return omega; NaN if an item would have a negative error variance."""
    found = omega(data)
    return found.estimate if np.all(found.model.residuals > 0) else math.nan


def _categorical_omega(data: Matrix) -> float:
    """Return categorical omega; NaN if an item would have a negative error variance."""
    found = categorical_omega(data)
    return found.estimate if np.all(np.abs(found.model.standardised) < 1) else math.nan


COEFFICIENTS: Mapping[str, Callable[[Matrix], float]] = {
    "spearman_brown": _two_items,
    "alpha": lambda data: alpha(data).estimate,
    "omega": _omega,
    "omega_categorical": _categorical_omega,
}


def reliability(
    table: pd.DataFrame,
    *,
    items: Sequence[str],
    rng: np.random.Generator,
    cluster: str | None = "organisation",
    conf_level: float = 0.95,
    replicates: int = 2000,
) -> Result:
    """How much of the differences in a scale's score are differences between people.

    Parameters
    ----------
    table
        One row per person, with a column for each item and for `cluster`.
    items
        The items, reversed where worded the other way.
    rng
        Source of randomness for the interval of alpha.
    cluster
        The column whose members resemble each other; None if people are independent.
    conf_level
        Level of the interval, between 0 and 1.
    replicates
        How many times the clusters are drawn anew.

    Returns
    -------
    Result
        One row per coefficient (`term`): with two items Spearman and Brown's, with more alpha, omega and
        categorical omega. Alpha has an interval: from resampled clusters if there are five or more, Feldt's
        if people are independent. Below 30 people (alpha, Spearman-Brown), 100 (omega) or 200
        (categorical omega) the row says why nothing is assessed.

    Raises
    ------
    EstimationError
        If a column is missing.

    Notes
    -----
    People who answered every item. Alpha is a lower limit when items differ in how well they measure, omega
    assumes one factor, categorical omega besides that normal variables behind the answers.

    References
    ----------
    cronbach1951, feldt1965, field2007, mcdonald1999, green2009, eisinga2013

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> answers = rng.normal(size=(120, 1)) + rng.normal(size=(120, 3))
    >>> table = pd.DataFrame(answers, columns=["a", "b", "c"]).assign(organisation=np.arange(120) % 10)
    >>> found = reliability(table, items=["a", "b", "c"], rng=rng, replicates=200).table
    >>> found["term"].tolist(), found["reason"].notna().tolist()
    (['alpha', 'omega', 'omega_categorical'], [False, False, True])
    """
    complete = complete_rows(table, items, [cluster] if cluster else [])
    data = complete[list(items)].to_numpy(float)
    kinds = ["spearman_brown"] if len(items) == 2 else ["alpha", "omega", "omega_categorical"]
    rows = [_row(kind, data) for kind in kinds]
    if "alpha" in kinds and not rows[0]["reason"]:
        rows[0] |= _limits(data, complete[cluster] if cluster else None, rng, conf_level, replicates)
    return Result(
        pd.DataFrame(rows),
        Meta(
            method="reliability",
            conf_level=conf_level,
            references=("cronbach1951", "feldt1965", "field2007", "mcdonald1999", "green2009", "eisinga2013"),
            assumptions=("clusters_independent",),
        ),
    )


def complete_rows(table: pd.DataFrame, items: Sequence[str], others: Sequence[str]) -> pd.DataFrame:
    """Return the rows with all items and other columns, or say which column is missing.

    Parameters
    ----------
    table
        One row per person.
    items, others
        Columns.

    Returns
    -------
    pandas.DataFrame
        These columns only, complete.

    Examples
    --------
    >>> len(complete_rows(pd.DataFrame({"a": [1, None], "b": [1, 2]}), ["a", "b"], []))
    1
    """
    for name in [*items, *others]:
        if name not in table.columns:
            raise EstimationError(
                msg("The table has no column {name}.", name=name), do=one_of(name, map(str, table.columns))
            )
    return table[[*items, *others]].dropna()


def _row(kind: str, data: Matrix) -> dict:
    """Return one coefficient, or the reason why there is none."""
    row = {"estimand": "reliability", "term": kind, "estimate": math.nan, "n": len(data)}
    row |= {"conf_low": math.nan, "conf_high": math.nan, "verdict": None, "reason": None}
    if len(data) < MINIMUM[kind]:
        return row | {"verdict": "undecided", "reason": f"fewer_than_{MINIMUM[kind]}"}
    if np.any(np.ptp(data, axis=0) == 0):
        return row | {"verdict": "undecided", "reason": "no_spread"}
    try:
        estimate = COEFFICIENTS[kind](data)
    except EstimationError:
        estimate = math.nan
    refused = {"verdict": "undecided", "reason": "no_model"} if math.isnan(estimate) else {}
    return row | {"estimate": estimate} | refused


def _limits(data: Matrix, cluster, rng: np.random.Generator, conf_level: float, replicates: int) -> dict:
    if cluster is None:
        found = alpha(data, conf_level)
        return {"conf_low": found.conf_low, "conf_high": found.conf_high}
    groups = int(cluster.nunique())
    if groups < FEWEST_CLUSTERS:
        return {"n_groups": groups}
    drawn = alpha_bootstrap(data, pd.factorize(cluster, sort=True)[0], rng, conf_level, replicates)
    return {"conf_low": drawn.conf_low, "conf_high": drawn.conf_high, "n_groups": groups}
