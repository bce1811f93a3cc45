"""The mean at one wave, with inference clustered on organisation."""

import math

import numpy as np
import pandas as pd

from evaluation.result import Meta, Result
from evaluation.stats.cluster_mean import cluster_mean
from evaluation.vocabulary.errors import EstimationError, one_of
from evaluation.vocabulary.message import msg

NOTHING = dict.fromkeys(("estimate", "std_error", "conf_low", "conf_high", "df"), math.nan)


def described_mean(
    table: pd.DataFrame,
    *,
    value: str = "value",
    cluster: str | None = "organisation",
    n_total: int | None = None,
    conf_level: float = 0.95,
) -> Result:
    """Estimate a mean among those who answered at one wave.

    Parameters
    ----------
    table
        One row per unit, with the columns `value` and `cluster`; rows without a value are left out.
    value
        The column with the score or number, in its own unit.
    cluster
        The column whose members resemble each other (the organisation); None if units are independent.
        Units without a cluster are clusters of their own.
    n_total
        How many units there are, whether they answered or not; None if that is not known.
    conf_level
        Level of the interval, between 0 and 1.

    Returns
    -------
    Result
        One row: the mean, its CR2 standard error and interval with Satterthwaite degrees of freedom, `n`
        answers in `n_groups` clusters. With fewer than two clusters there is no interval.

    References
    ----------
    bell2002, pustejovsky2018

    Examples
    --------
    >>> answers = pd.DataFrame({"value": [2.0, 3.0, 4.0], "organisation": ["a", "b", "c"]})
    >>> described_mean(answers, n_total=5).table[["estimate", "n"]].round(3).iloc[0].tolist()
    [3.0, 3.0]
    """
    for name in (value, *([cluster] if cluster else [])):
        if name not in table.columns:
            raise EstimationError(
                msg("The table has no column {name}.", name=name), do=one_of(name, map(str, table.columns))
            )
    rows = table[table[value].notna()]
    y = rows[value].to_numpy(float)
    clusters = _clusters(rows, cluster)
    groups = len(np.unique(clusters))
    numbers = NOTHING | ({"estimate": float(y.mean())} if len(y) else {})
    if groups > 1:
        found = cluster_mean(y, clusters, conf_level)
        numbers = {name: float(getattr(found, name)) for name in NOTHING}
    row = {"estimand": "described_mean", **numbers, "n": len(y), "n_groups": groups}
    total = {} if n_total is None else {"n_total": n_total}
    return Result(
        pd.DataFrame([row | total]),
        Meta(
            method="cr2_satterthwaite",
            conf_level=conf_level,
            references=("bell2002", "pustejovsky2018"),
            assumptions=("clusters_independent", "silent_like_answered"),
        ),
    )


def _clusters(rows: pd.DataFrame, cluster: str | None) -> np.ndarray:
    if cluster is None:
        return np.arange(len(rows))
    own = pd.Series([f" {place}" for place in range(len(rows))], index=rows.index, dtype="object")
    return rows[cluster].astype("object").where(rows[cluster].notna(), own).to_numpy()
