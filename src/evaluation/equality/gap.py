"""Differences between groups, with inference clustered on organisation."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from evaluation.equality.levels import demand_levels, present_levels
from evaluation.result import Meta, Result
from evaluation.stats.cluster_choice import cluster_inference, mean_inference
from evaluation.vocabulary.errors import EstimationError, one_of
from evaluation.vocabulary.message import msg

INFERENCE = ("std_error", "conf_low", "conf_high", "statistic", "df", "p_value")
META = {
    "method": "cr2_satterthwaite",
    "references": ("bell2002", "cameron2008", "pustejovsky2018"),
    "assumptions": ("clusters_independent",),
}


def mean_gap(
    table: pd.DataFrame,
    *,
    group: str,
    reference: str,
    levels: Sequence[str] | None = None,
    value: str = "value",
    cluster: str | None = "organisation",
    conf_level: float = 0.95,
    rng: np.random.Generator | None = None,
) -> Result:
    """Estimate how far each group's mean lies from the reference group's mean.

    Parameters
    ----------
    table
        One row per person, with the columns `value`, `group` and `cluster`.
    group
        The column that says which group a person belongs to.
    reference
        The group that the others are compared with.
    levels
        The groups to compare, of which some may have no answers; all in the table if None.
    value
        The column with the score, in steps of the scale.
    cluster
        The column whose members resemble each other; None if people are independent.
    conf_level
        Level of the interval, between 0 and 1.
    rng
        Where the chance of the wild bootstrap comes from; None draws the same patterns every time.

    Returns
    -------
    Result
        One row per group: `estimate` = its mean minus the reference mean, with the inference that the
        clusters can carry (`method`): CR2 with Satterthwaite degrees of freedom, the wild bootstrap
        with fewer than eight, none with fewer than five; both means and both counts; `n_groups` =
        the clusters that the one of the two groups comes from that is in fewer. What cannot be
        computed is missing.

    Raises
    ------
    EstimationError
        If a column is missing, or `levels` is None and nobody belongs to the reference group.

    Notes
    -----
    Least squares of the score on a constant and an indicator of the group, each group against the
    reference by itself. A difference that cannot be told apart from zero is not equality, and a
    difference that can is not by itself unfair: it says where to look.

    References
    ----------
    bell2002, cameron2008, pustejovsky2018

    Examples
    --------
    >>> answers = pd.DataFrame({"value": [3, 4, 5, 2, 3, 4], "sex": ["women"] * 3 + ["men"] * 3})
    >>> float(mean_gap(answers, group="sex", reference="men", cluster=None).table["estimate"].iloc[0])
    1.0
    """
    rows = _complete(table, [group, value, *([cluster] if cluster else [])], group, value)
    demand_levels(table[group], (reference, *levels) if levels else ())
    present = present_levels(rows[group])
    if levels is None and reference not in present and len(rows):
        raise EstimationError(
            msg("Nobody belongs to the reference group {name}.", name=reference),
            do=one_of(reference, present),
        )
    named = [level for level in (present if levels is None else levels) if level != reference]
    numbered = pd.DataFrame(
        {"level": rows[group], "value": rows[value].to_numpy(float), "cluster": _clusters(rows, cluster)}
    )
    records = [_gap(numbered, level, reference, conf_level, rng) for level in named]
    return Result(pd.DataFrame(records or [EMPTY]), Meta(conf_level=conf_level, **META))


def group_mean(
    table: pd.DataFrame,
    *,
    group: str,
    levels: Sequence[str],
    value: str = "value",
    cluster: str | None = "organisation",
    conf_level: float = 0.95,
    rng: np.random.Generator | None = None,
) -> Result:
    """Estimate the mean of each group.

    Parameters
    ----------
    table, group, value, cluster, conf_level, rng
        As in `mean_gap`.
    levels
        The groups, in the order in which they are shown.

    Returns
    -------
    Result
        One row per group with its mean, and an interval where there are five clusters or more.

    References
    ----------
    bell2002, cameron2008, pustejovsky2018

    Examples
    --------
    >>> answers = pd.DataFrame({"value": [3, 4, 5, 2], "sex": ["women"] * 3 + ["men"]})
    >>> group_mean(answers, group="sex", levels=["women"], cluster=None).table["estimate"].tolist()
    [4.0]
    """
    rows = _complete(table, [group, value, *([cluster] if cluster else [])], group, value)
    y, clusters = rows[value].to_numpy(float), _clusters(rows, cluster)
    demand_levels(table[group], levels)
    records = []
    for level in levels:
        own = (rows[group] == level).to_numpy()
        numbers = _mean(y[own], clusters[own], conf_level, rng)
        records.append({"estimand": "group_mean", "level": level, **numbers})
    return Result(pd.DataFrame(records), Meta(conf_level=conf_level, **META))


def _complete(table: pd.DataFrame, names: Sequence[str], group: str, value: str) -> pd.DataFrame:
    for name in names:
        if name not in table.columns:
            raise EstimationError(
                msg("The table has no column {name}.", name=name), do=one_of(name, map(str, table.columns))
            )
    return table[table[group].notna() & table[value].notna()]


def _clusters(rows: pd.DataFrame, cluster: str | None) -> np.ndarray:
    """Give every cluster a number; a person without one is a cluster of their own."""
    if cluster is None:
        return np.arange(len(rows))
    codes, names = pd.factorize(rows[cluster])
    alone = codes < 0
    return np.where(alone, len(names) + np.cumsum(alone), codes)


def _gap(
    rows: pd.DataFrame, level: str, reference: str, conf_level: float, rng: np.random.Generator | None
) -> dict[str, Any]:
    two = rows[rows["level"].isin([level, reference])]
    member = (two["level"] == level).to_numpy()
    y, clusters = two["value"].to_numpy(), two["cluster"].to_numpy()
    sides = (member, ~member)
    n_level, n_reference = (int(side.sum()) for side in sides)
    row = EMPTY | {"level": level, "contrast": f"{level} - {reference}", "n": len(two)}
    row |= {"n_level": n_level, "n_reference": n_reference}
    row["n_groups"] = min(len(np.unique(clusters[side])) for side in sides)
    if not (n_level and n_reference):
        return row
    means = [float(y[side].mean()) for side in sides]
    row |= {"estimate": means[0] - means[1], "mean_level": means[0], "mean_reference": means[1]}
    if min(n_level, n_reference) < 2 or len(np.unique(clusters)) < 2:
        return row
    design = np.column_stack([np.ones(len(y)), member])
    found = cluster_inference(y, design, clusters, [0.0, 1.0], conf_level, rng=rng)
    row["n_groups"] = min(row["n_groups"], found.identifying_clusters)
    return row | {"method": found.method} | {name: float(getattr(found, name)) for name in INFERENCE}


EMPTY: dict[str, Any] = {
    "estimand": "mean_gap",
    "contrast": None,
    "level": None,
    "method": "too_few_clusters",
    **dict.fromkeys(("estimate", *INFERENCE, "mean_level", "mean_reference"), math.nan),
    **dict.fromkeys(("n", "n_level", "n_reference", "n_groups"), 0),
}
"""A row about nobody."""


def _mean(
    y: np.ndarray, clusters: np.ndarray, conf_level: float, rng: np.random.Generator | None
) -> dict[str, Any]:
    found = mean_inference(y, clusters, conf_level, rng=rng)
    numbers = {name: float(getattr(found, name)) for name in ("estimate", *INFERENCE)}
    return {"n": found.n, "n_groups": found.identifying_clusters, "method": found.method, **numbers}
