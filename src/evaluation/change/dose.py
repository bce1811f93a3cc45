"""Whether those with more hours changed more."""

import math
from collections.abc import Mapping

import numpy as np
import pandas as pd

from evaluation.change.pairs import INFERENCE, paired_values, said_of
from evaluation.result import Meta, Result
from evaluation.stats.cluster_choice import cluster_inference
from evaluation.vocabulary.errors import EstimationError, one_of
from evaluation.vocabulary.message import msg

HOURS = 10.0
"""The slope is told per so many hours."""


def dose_response(
    table: pd.DataFrame,
    *,
    before: str,
    after: str,
    dose: str = "hours",
    value: str = "value",
    unit: str = "person",
    cluster: str | None = "organisation",
    conf_level: float = 0.95,
) -> Result:
    """Estimate how much more those changed who had ten hours more.

    Parameters
    ----------
    table, before, after, value, unit, cluster, conf_level
        As in `mean_change`.
    dose
        The column with the hours of the unit, the same in all its rows.

    Returns
    -------
    Result
        Rows with `term` "dose_all" (all units together) and, for people in organisations, "dose_within"
        (colleagues compared with each other) and "dose_between" (organisations compared by their mean
        hours): `estimate` = steps per ten hours, at equal scores before; `n`, `n_groups`, `df`, `method`.
        Missing where hours do not differ.

    Raises
    ------
    EstimationError
        If a column is missing or a unit has two rows in one wave.

    Notes
    -----
    Change on hours and the score before; for the last two rows hours are split into the organisation's mean
    and the distance from it (Mundlak). An association: those who take part more may differ in other
    ways, and organisations are few. Only the comparison of colleagues is free from what differs
    between organisations.

    References
    ----------
    mundlak1978, bell2002, cameron2008

    Examples
    --------
    >>> scores = pd.DataFrame({
    ...     "person": list("abcde") * 2,
    ...     "wave": ["w1"] * 5 + ["w3"] * 5,
    ...     "value": [3.0, 2, 3, 2, 3, 3.1, 2.2, 3.3, 2.4, 3.5],
    ...     "hours": [1.0, 2, 3, 4, 5] * 2,
    ... })
    >>> found = dose_response(scores, before="w1", after="w3", cluster=None)
    >>> found.table["estimate"].round(6).tolist()
    [1.0]
    """
    if dose not in table.columns:
        raise EstimationError(
            msg("The table has no column {name}.", name=dose), do=one_of(dose, map(str, table.columns))
        )
    pairs = paired_values(table, before=before, after=after, value=value, unit=unit, cluster=cluster)
    hours = table.astype({unit: "object"}).dropna(subset=[dose]).groupby(unit, sort=False)[dose].first()
    pairs = pairs.assign(hours=pairs.index.map(hours).astype(float)).dropna(subset=["hours"])
    mean = pairs.groupby("cluster")["hours"].transform("mean")
    designs = {"dose_all": {"dose_all": pairs["hours"]}}
    if pairs["cluster"].nunique() < len(pairs):
        split = {"dose_within": pairs["hours"] - mean, "dose_between": mean}
        designs |= dict.fromkeys(split, split)
    rows = [_slope(pairs, columns, term, conf_level) for term, columns in designs.items()]
    references = ("mundlak1978", "bell2002", "cameron2008")
    meta = Meta("dose_response", conf_level, references, ("clusters_independent", "both_waves"))
    return Result(pd.DataFrame(rows), meta)


def _slope(
    pairs: pd.DataFrame, columns: Mapping[str, pd.Series], term: str, conf_level: float
) -> dict[str, object]:
    design = np.column_stack([np.ones(len(pairs)), pairs["before"], *columns.values()])
    row: dict[str, object] = dict.fromkeys(("estimate", *INFERENCE), math.nan)
    row |= {"estimand": "dose_slope", "term": term, "n": len(pairs), "method": "too_few_clusters"}
    row["n_groups"] = pairs["cluster"].nunique()
    enough = np.linalg.matrix_rank(design) == design.shape[1] < len(pairs) and row["n_groups"] > 1
    if not enough:
        return row
    weights = np.array([0.0, 0.0, *(float(name == term) for name in columns)]) * HOURS
    change = (pairs["after"] - pairs["before"]).to_numpy()
    return row | said_of(cluster_inference(change, design, pairs["cluster"], weights, conf_level))
