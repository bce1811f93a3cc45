"""Differences between groups, with inference clustered on organisation."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from evaluation.result import Meta, Result
from evaluation.stats.cluster import cluster_fit, contrast
from evaluation.vocabulary.errors import EstimationError, one_of
from evaluation.vocabulary.message import msg

NUMBERS = ("estimate", "std_error", "conf_low", "conf_high", "statistic", "df", "p_value")
META = {
    "method": "cr2_satterthwaite",
    "references": ("bell2002", "pustejovsky2018"),
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
        The groups to compare; all in the table if None.
    value
        The column with the score, in steps of the scale.
    cluster
        The column whose members resemble each other; None if people are independent.
    conf_level
        Level of the interval, between 0 and 1.

    Returns
    -------
    Result
        One row per group: `estimate` = its mean minus the reference mean, with CR2 standard error and
        Satterthwaite degrees of freedom; both means and both counts. Missing where a group has
        fewer than two answers or there is one cluster.

    Raises
    ------
    EstimationError
        If a column or the reference group is missing.

    Notes
    -----
    Least squares of the score on a constant and an indicator of the group, each group against the
    reference by itself. A difference that cannot be told apart from zero is not equality, and a
    difference that can is not by itself unfair: it says where to look.

    References
    ----------
    bell2002, pustejovsky2018

    Examples
    --------
    >>> answers = pd.DataFrame({"value": [3, 4, 5, 2, 3, 4], "sex": ["women"] * 3 + ["men"] * 3})
    >>> float(mean_gap(answers, group="sex", reference="men", cluster=None).table["estimate"].iloc[0])
    1.0
    """
    rows = _complete(table, [group, value, *([cluster] if cluster else [])], group, value)
    present = list(dict.fromkeys(rows[group].astype(str)))
    named = [level for level in (levels or present) if level != reference]
    if reference not in present and len(rows):
        raise EstimationError(
            msg("Nobody belongs to the reference group {name}.", name=reference),
            do=one_of(reference, present),
        )
    records = [_gap(rows, group, level, reference, value, cluster, conf_level) for level in named]
    if not records:
        records = [_empty(reference)]
    return Result(pd.DataFrame(records), Meta(conf_level=conf_level, **META))


def group_mean(
    table: pd.DataFrame,
    *,
    group: str,
    levels: Sequence[str],
    value: str = "value",
    cluster: str | None = "organisation",
    conf_level: float = 0.95,
) -> Result:
    """Estimate the mean of each group.

    Parameters
    ----------
    table, group, value, cluster, conf_level
        As in `mean_gap`.
    levels
        The groups, in the order in which they are shown.

    Returns
    -------
    Result
        One row per group with its mean and CR2 interval.

    References
    ----------
    bell2002

    Examples
    --------
    >>> answers = pd.DataFrame({"value": [3, 4, 5, 2], "sex": ["women"] * 3 + ["men"]})
    >>> group_mean(answers, group="sex", levels=["women"], cluster=None).table["estimate"].tolist()
    [4.0]
    """
    rows = _complete(table, [group, value, *([cluster] if cluster else [])], group, value)
    records = []
    for level in levels:
        own = rows[rows[group] == level]
        numbers = _mean(own[value].to_numpy(float), _clusters(own, cluster), conf_level)
        records.append({"estimand": "group_mean", "level": level, "n": len(own), **numbers})
    return Result(pd.DataFrame(records), Meta(conf_level=conf_level, **META))


def _complete(table: pd.DataFrame, names: Sequence[str], group: str, value: str) -> pd.DataFrame:
    for name in names:
        if name not in table.columns:
            raise EstimationError(
                msg("The table has no column {name}.", name=name), do=one_of(name, map(str, table.columns))
            )
    return table[table[group].notna() & table[value].notna()]


def _clusters(rows: pd.DataFrame, cluster: str | None) -> np.ndarray:
    own = pd.Series(np.arange(len(rows)), index=rows.index).astype("string")
    if cluster is None:
        return own.to_numpy()
    named = rows[cluster].astype("string")
    return ("c" + named).where(named.notna(), own).to_numpy()


def _gap(
    rows: pd.DataFrame,
    group: str,
    level: str,
    reference: str,
    value: str,
    cluster: str | None,
    conf_level: float,
) -> dict[str, Any]:
    two = rows[rows[group].isin([level, reference])]
    member = (two[group] == level).to_numpy(float)
    y = two[value].to_numpy(float)
    clusters = _clusters(two, cluster)
    counts = {"n_level": int(member.sum()), "n_reference": int((1 - member).sum()), "n": len(two)}
    row = _empty(reference) | {"level": level, "contrast": f"{level} - {reference}", **counts}
    row["n_groups"] = len(set(clusters))
    if min(counts["n_level"], counts["n_reference"]) < 2 or row["n_groups"] < 2:
        return row
    fit = contrast(
        cluster_fit(y, np.column_stack([np.ones(len(y)), member]), clusters), np.array([0.0, 1.0]), conf_level
    )
    row |= {name: float(getattr(fit, name)) for name in NUMBERS}
    return row | {"mean_level": float(y[member == 1].mean()), "mean_reference": float(y[member == 0].mean())}


def _empty(reference: str) -> dict[str, Any]:
    return {
        "estimand": "mean_gap",
        "contrast": f" - {reference}",
        "level": None,
        **dict.fromkeys((*NUMBERS, "mean_level", "mean_reference"), math.nan),
        "n": 0,
        "n_level": 0,
        "n_reference": 0,
        "n_groups": 0,
    }


def _mean(y: np.ndarray, clusters: np.ndarray, conf_level: float) -> dict[str, float]:
    if len(set(clusters)) < 2:
        return dict.fromkeys(NUMBERS, math.nan) | {"estimate": float(y.mean()) if len(y) else math.nan}
    fit = contrast(cluster_fit(y, np.ones((len(y), 1)), clusters), np.ones(1), conf_level)
    return {name: float(getattr(fit, name)) for name in NUMBERS}
