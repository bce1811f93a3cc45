"""Who gets the time and the money: hours, coaching and cost by group, and how evenly."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from evaluation.equality.levels import demand_levels
from evaluation.equality.rows import cluster_codes, complete_rows
from evaluation.result import Meta, Result
from evaluation.stats.cluster_choice import mean_inference
from evaluation.stats.inequality import inequality, inequality_parts


def resource_means(
    table: pd.DataFrame,
    *,
    resources: Sequence[str],
    group: str,
    levels: Sequence[str],
    cluster: str | None = "organisation",
    conf_level: float = 0.95,
) -> Result:
    """Estimate how much of each resource a person of each group gets.

    Parameters
    ----------
    table
        One row per participant; each resource is a column with an amount, 0 if there was none.
    resources
        The columns, for example "hours".
    group, levels
        The classification, and the groups in the order in which they are shown.
    cluster
        The column whose members resemble each other; None if people are independent.
    conf_level
        Level of the interval, between 0 and 1.

    Returns
    -------
    Result
        One row per resource and group.

    References
    ----------
    bell2002, cameron2008, pustejovsky2018

    Examples
    --------
    >>> people = pd.DataFrame({"hours": [10.0, 20.0, 5.0, 7.0], "sex": ["w", "w", "m", "m"]})
    >>> found = resource_means(people, resources=["hours"], group="sex", levels=["w", "m"], cluster=None)
    >>> found.table["estimate"].round(6).tolist()
    [15.0, 6.0]
    """
    records: list[dict[str, Any]] = []
    for resource in resources:
        rows = complete_rows(table, [group, resource], cluster)
        demand_levels(table[group], levels)
        clusters = cluster_codes(rows, cluster)
        for level in levels:
            own = (rows[group] == level).to_numpy()
            row = {"estimand": "resource_mean", "term": resource, "level": level, "n": int(own.sum())}
            records.append(row | _mean(rows.loc[own, resource].to_numpy(float), clusters[own], conf_level))
    references = ("bell2002", "cameron2008", "pustejovsky2018")
    return Result(
        pd.DataFrame(records), Meta(method="resources", conf_level=conf_level, references=references)
    )


def resource_shares(
    table: pd.DataFrame, *, resources: Sequence[str], group: str, levels: Sequence[str]
) -> Result:
    """Count each group's share of each resource, beside its share of the participants.

    Parameters
    ----------
    table, resources, group, levels
        As in `resource_means`.

    Returns
    -------
    Result
        One row per resource and group: `estimate` = share of all that was given, `reference` = share of the
        participants, and their `ratio`. Everybody is counted, so there is no interval.

    References
    ----------
    cowell2011

    Examples
    --------
    >>> people = pd.DataFrame({"hours": [10.0, 20.0, 5.0, 5.0], "sex": ["w", "w", "m", "m"]})
    >>> found = resource_shares(people, resources=["hours"], group="sex", levels=["w", "m"])
    >>> found.table["ratio"].tolist()
    [1.5, 0.5]
    """
    records = []
    for resource in resources:
        rows = complete_rows(table, [group, resource])
        demand_levels(table[group], levels)
        total = rows[resource].sum()
        for level in levels:
            own = rows[rows[group] == level]
            share = float(own[resource].sum() / total) if total else math.nan
            among = len(own) / len(rows) if len(rows) else math.nan
            records.append(
                {"estimand": "resource_share", "term": resource, "level": level, "estimate": share}
                | {"reference": among, "ratio": share / among if among else math.nan, "n": len(own)}
            )
    return Result(pd.DataFrame(records), Meta(method="resources", references=("cowell2011",)))


def resource_inequality(
    table: pd.DataFrame, *, resources: Sequence[str], cluster: str = "organisation"
) -> Result:
    """Count how evenly each resource is shared out between people, and what part lies between companies.

    Parameters
    ----------
    table, resources
        As in `resource_means`.
    cluster
        The column with the company.

    Returns
    -------
    Result
        Two rows per resource, with the resource as `item`: `gini`, and `between_companies` = the share of
        Theil's measure that lies between companies.

    References
    ----------
    theil1967, cowell2011

    Examples
    --------
    >>> people = pd.DataFrame({"hours": [1.0, 1.0, 3.0, 3.0], "organisation": ["a", "a", "b", "b"]})
    >>> resource_inequality(people, resources=["hours"]).table["estimate"].round(2).tolist()
    [0.33, 1.0]
    """
    records = []
    for resource in resources:
        rows = complete_rows(table, [resource, cluster])
        x = rows[resource].to_numpy(float)
        row = {"estimand": "resource_inequality", "item": resource, "n": len(x)}
        row |= {"n_groups": int(rows[cluster].nunique()), "estimate": math.nan}
        gini = between = math.nan
        if len(x) >= 2 and x.sum() > 0:
            found = inequality(x)
            parts = inequality_parts(x, cluster_codes(rows, cluster))
            gini = found.gini_corrected
            between = parts.theil_between / found.theil if found.theil > 0 else math.nan
        records += [
            row | {"term": term, "estimate": float(estimate)}
            for term, estimate in (("gini", gini), ("between_companies", between))
        ]
    return Result(pd.DataFrame(records), Meta(method="inequality", references=("theil1967", "cowell2011")))


def _mean(y: np.ndarray, clusters: np.ndarray, conf_level: float) -> dict[str, Any]:
    if len(y) == 0:
        return {"estimate": math.nan, "n_groups": 0}
    found = mean_inference(y, clusters, conf_level)
    return {
        "estimate": found.estimate,
        "conf_low": found.conf_low,
        "conf_high": found.conf_high,
        "n_groups": found.identifying_clusters,
    }
