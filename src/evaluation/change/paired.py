"""Mean change between two waves, for those who answered both, with inference clustered on organisation."""

import math

import numpy as np
import pandas as pd

from evaluation.result import Meta, Result
from evaluation.stats.cluster_mean import cluster_mean
from evaluation.stats.effect_size import d_average
from evaluation.vocabulary.errors import EstimationError, one_of
from evaluation.vocabulary.message import msg

NAN_ROW = dict.fromkeys(
    (
        "estimate",
        "std_error",
        "conf_low",
        "conf_high",
        "statistic",
        "df",
        "p_value",
        "mean_before",
        "mean_after",
        "std_change",
    ),
    math.nan,
)


def mean_change(
    table: pd.DataFrame,
    *,
    before: str,
    after: str,
    value: str = "value",
    unit: str = "person",
    cluster: str | None = "organisation",
    conf_level: float = 0.95,
) -> Result:
    """Estimate how much a mean moved between two waves among those who answered both.

    Parameters
    ----------
    table
        Long form: one row per unit and wave, with the columns `unit`, "wave", `value` and `cluster`.
    before, after
        The two waves, as they stand in the column "wave".
    value
        The column with the score, in steps of the scale.
    unit
        The column that identifies the same person or organisation in both waves.
    cluster
        The column whose members resemble each other (the organisation); None or `unit` if the
        units are independent. Units without a cluster are clusters of their own. For a unit that
        moved in between, the cluster is the one it was in before.
    conf_level
        Level of the interval, between 0 and 1.

    Returns
    -------
    Result
        One row: `estimate` = mean of later minus earlier; `std_error`, `df`, `conf_low`, `conf_high`,
        `p_value` from CR2 with Satterthwaite degrees of freedom; `std_change` = the change divided by
        the root of the mean of both variances; `mean_before`, `mean_after`, `n` pairs, `n_groups`
        clusters. With one pair or one cluster what cannot be computed is missing.

    Raises
    ------
    EstimationError
        If a column is missing or a unit has two rows in one wave.

    Notes
    -----
    With d the differences, the mean's variance is the sum over clusters of (sum of residuals,
    adjusted for leverage)² / n². If every unit is its own cluster this is the paired t test.
    Without a comparison group the number says what changed, not what the programme caused.
    Not for a wave that only some could answer: those who answered both times may differ.

    References
    ----------
    bell2002, pustejovsky2018, cumming2012

    Examples
    --------
    >>> scores = pd.DataFrame({
    ...     "person": list("abcd") * 2,
    ...     "organisation": ["x", "x", "y", "y"] * 2,
    ...     "wave": ["w1"] * 4 + ["w3"] * 4,
    ...     "value": [2, 3, 3, 4, 3, 3, 4, 5],
    ... })
    >>> row = mean_change(scores, before="w1", after="w3", cluster=None).table.iloc[0]
    >>> float(row["estimate"]), float(row["df"])
    (0.75, 3.0)
    """
    pairs = _paired(table, before=before, after=after, value=value, unit=unit, cluster=cluster)
    first, later = pairs["before"].to_numpy(float), pairs["after"].to_numpy(float)
    groups = pairs["cluster"].to_numpy()
    row = {"estimand": "mean_change", **NAN_ROW, "n": len(pairs), "n_groups": int(pairs["cluster"].nunique())}
    if len(pairs):
        row |= {
            "estimate": float((later - first).mean()),
            "mean_before": first.mean(),
            "mean_after": later.mean(),
        }
    if row["n_groups"] > 1:
        fit = cluster_mean(later - first, groups, conf_level)
        names = ("std_error", "conf_low", "conf_high", "statistic", "df", "p_value")
        row |= {name: float(getattr(fit, name)) for name in names}
        row["std_change"] = _standardised(first, later)
    return Result(
        pd.DataFrame([row | {"contrast": f"{after} - {before}"}]),
        Meta(
            method="cr2_satterthwaite",
            conf_level=conf_level,
            references=("bell2002", "pustejovsky2018", "cumming2012"),
            assumptions=("clusters_independent", "both_waves"),
        ),
    )


def _paired(
    table: pd.DataFrame, *, before: str, after: str, value: str, unit: str, cluster: str | None
) -> pd.DataFrame:
    """Return one row per unit with both waves: `before`, `after` and `cluster`."""
    for name in {unit, "wave", value, *([cluster] if cluster else [])}:
        if name not in table.columns:
            raise EstimationError(
                msg("The table has no column {name}.", name=name), do=one_of(name, map(str, table.columns))
            )
    known = table[value].notna() & table[unit].notna()
    rows = table[table["wave"].isin([before, after]) & known]
    twice = int(rows.duplicated([unit, "wave"]).sum())
    if twice:
        raise EstimationError(
            msg("{count} rows repeat a unit within a wave.", count=twice),
            do=msg("Keep one row per unit and wave, or average them first."),
        )
    rows = rows.astype({unit: "object"}).set_index(unit)
    first, later = (rows[rows["wave"] == wave] for wave in (before, after))
    both = first.index.intersection(later.index, sort=False)
    wide = pd.DataFrame({"before": first[value].reindex(both), "after": later[value].reindex(both)})
    if cluster is None or cluster == unit:
        return wide.assign(cluster=wide.index)
    named = [part[cluster].astype("object").reindex(wide.index) for part in (first, later)]
    return wide.assign(cluster=_clusters(named[0].fillna(named[1])))


def _clusters(named: pd.Series) -> np.ndarray:
    """Give every cluster a number; a unit without one is a cluster of its own."""
    codes, names = pd.factorize(named, sort=False)
    alone = codes < 0
    return np.where(alone, len(names) + np.cumsum(alone), codes)


def _standardised(first: np.ndarray, later: np.ndarray) -> float:
    return float(d_average(first, later).estimate) if len(first) > 1 else math.nan
