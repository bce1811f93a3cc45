"""Mean change between two waves, for those who answered both, with inference clustered on organisation."""

import math

import numpy as np
import pandas as pd

from evaluation.change.pairs import paired_values, said_of
from evaluation.result import Meta, Result
from evaluation.stats.cluster_choice import mean_inference
from evaluation.stats.effect_size import d_average

REFERENCES = ("bell2002", "cameron2008", "pustejovsky2018", "cumming2012")


def mean_change(
    table: pd.DataFrame,
    *,
    before: str,
    after: str,
    value: str = "value",
    unit: str = "person",
    cluster: str | None = "organisation",
    conf_level: float = 0.95,
    rng: np.random.Generator | None = None,
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
    rng
        Where the chance of the wild bootstrap comes from; None draws the same patterns every time.

    Returns
    -------
    Result
        One row: `estimate` = mean of later minus earlier; `std_error`, `df`, `conf_low`, `conf_high`,
        `p_value` by the `method` that the clusters can carry: CR2 with Satterthwaite degrees of freedom,
        the wild bootstrap with fewer than eight, none with fewer than five; `std_change` = the change
        divided by the root of the mean of both variances; `mean_before`, `mean_after`, `n` pairs,
        `n_groups` clusters. What cannot be computed is missing.

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
    bell2002, cameron2008, pustejovsky2018, cumming2012

    Examples
    --------
    >>> scores = pd.DataFrame({
    ...     "person": list("abcd") * 2,
    ...     "organisation": ["x", "x", "y", "y"] * 2,
    ...     "wave": ["w1"] * 4 + ["w3"] * 4,
    ...     "value": [2, 3, 3, 4, 3, 3, 4, 5],
    ... })
    >>> row = mean_change(scores, before="w1", after="w3", cluster=None).table.iloc[0]
    >>> float(row["estimate"]), row["method"]
    (0.75, 'too_few_clusters')
    """
    pairs = paired_values(table, before=before, after=after, value=value, unit=unit, cluster=cluster)
    first, later = pairs["before"].to_numpy(), pairs["after"].to_numpy()
    found = mean_inference(later - first, pairs["cluster"], conf_level, rng=rng)
    row = {
        "estimand": "mean_change",
        **said_of(found),
        "mean_before": first.mean() if len(pairs) else math.nan,
        "mean_after": later.mean() if len(pairs) else math.nan,
        "std_change": _standardised(first, later) if found.n_clusters > 1 else math.nan,
        "contrast": f"{after} - {before}",
    }
    return Result(
        pd.DataFrame([row]),
        Meta(
            method="cr2_satterthwaite",
            conf_level=conf_level,
            references=REFERENCES,
            assumptions=("clusters_independent", "both_waves"),
        ),
    )


def _standardised(first: np.ndarray, later: np.ndarray) -> float:
    return float(d_average(first, later).estimate) if len(first) > 1 else math.nan
