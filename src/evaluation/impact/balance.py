"""Whether those who took part and the comparison group were alike beforehand."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pandas as pd

from evaluation.impact.rows import sample
from evaluation.result import Meta, Result
from evaluation.stats.logistic import logistic_fit
from evaluation.stats.propensity import (
    effective_n,
    entropy_balance,
    propensity_weights,
    standardised_differences,
)

SATISFIED, WITH_ADJUSTMENT = 0.05, 0.25
"""Standardised differences up to which groups are alike, and alike if the analysis adjusts for them."""


def _overlap(x: np.ndarray, treated: np.ndarray) -> np.ndarray:
    chance = logistic_fit(treated, np.column_stack([np.ones(len(x)), x])).probability
    return propensity_weights(treated, chance, "overlap")


WEIGHTS: Mapping[str, Callable[[np.ndarray, np.ndarray], np.ndarray]] = {
    "unweighted": lambda x, treated: np.ones(treated.size),
    "overlap_weights": _overlap,
    "entropy_balance": entropy_balance,
}


def baseline_reason(difference: float) -> str:
    """Judge a standardised difference beforehand by the rule of the What Works Clearinghouse.

    Parameters
    ----------
    difference
        In standard deviations.

    Returns
    -------
    str
        A key of the reasons.

    Examples
    --------
    >>> [baseline_reason(found) for found in (0.03, -0.2, 0.4)]
    ['baseline_alike', 'baseline_adjust', 'baseline_apart']
    """
    size = abs(difference)
    if not size > SATISFIED:
        return "baseline_alike"
    return "baseline_adjust" if size <= WITH_ADJUSTMENT else "baseline_apart"


def baseline_difference(
    table: pd.DataFrame,
    *,
    treated: str,
    covariates: Sequence[str],
    weights: Sequence[str] = ("unweighted",),
) -> Result:
    """Estimate how far apart the groups were beforehand, with and without weights.

    Parameters
    ----------
    table
        One row per person.
    treated
        The column that is true for those who took part.
    covariates
        Columns with what was known before.
    weights
        Which weightings to show: "unweighted", "overlap_weights", "entropy_balance".

    Returns
    -------
    Result
        One row per covariate (`term`) and weighting (`method`): `estimate` = difference in standard
        deviations, both means, the effective number of answers on each side, and the reason by the limits 0.05
        and 0.25. The rows are what a love plot draws.

    Raises
    ------
    EstimationError
        If nobody is on one of the sides: without a comparison group there is nothing to be alike.

    References
    ----------
    austin2009, stuart2010, wwc2022

    Examples
    --------
    >>> people = pd.DataFrame({"took": [1, 1, 0, 0], "age": [30, 40, 30, 39]})
    >>> baseline_difference(people, treated="took", covariates=["age"]).table["reason"].tolist()
    ['baseline_adjust']
    """
    own = sample(table, treated=treated, outcomes=[], covariates=covariates, cluster=None)
    took = own.treated == 1
    records = []
    for kind in weights:
        weight = WEIGHTS[kind](own.x, own.treated)
        found = standardised_differences(own.x, own.treated, weight)
        shown = [round(effective_n(weight[side])) for side in (took, ~took)]
        for place, name in enumerate(own.names):
            means = [float(np.average(own.x[side, place], weights=weight[side])) for side in (took, ~took)]
            row = {"estimand": "baseline_difference", "term": name, "method": kind, "n": took.size}
            row |= {"estimate": float(found[place]), "mean_level": means[0], "mean_reference": means[1]}
            row |= {"n_level": shown[0], "n_reference": shown[1], "reason": baseline_reason(found[place])}
            records.append(row)
    return Result(
        pd.DataFrame(records), Meta("baseline_balance", references=("austin2009", "stuart2010", "wwc2022"))
    )
