"""What taking part made of a difference, estimated in several ways."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from evaluation.impact.evidence import Evidence, evidence_of
from evaluation.impact.rows import NOTHING, Sample, from_influence, regression, sample
from evaluation.result import Meta, Result
from evaluation.stats.doubly_robust import augmented_weighting, robust_change
from evaluation.stats.interacted import interacted_columns
from evaluation.stats.linear import weighted_rows
from evaluation.stats.logistic import logistic_fit
from evaluation.stats.multiplicity import holm
from evaluation.stats.propensity import entropy_balance, propensity_weights, treated_columns
from evaluation.stats.randomisation import randomisation_test
from evaluation.vocabulary.errors import EstimationError

REFERENCES = ("bell2002", "cameron2008", "pustejovsky2018")
BEFORE_AND_AFTER = evidence_of(waves=2, comparison=True, assignment="self_selected")
"""The evidence of a design with a comparison group that chose for itself, measured before and after."""


def _ones(own: Sample, *columns: np.ndarray) -> np.ndarray:
    return np.column_stack([np.ones(own.treated.size), *columns, own.x])


def _difference(own: Sample, before: np.ndarray, after: np.ndarray, conf_level: float) -> dict[str, Any]:
    return regression(after - before, treated_columns(own.treated), own.cluster, conf_level)


def _ancova(own: Sample, before: np.ndarray, after: np.ndarray, conf_level: float) -> dict[str, Any]:
    return regression(after, _ones(own, own.treated, before), own.cluster, conf_level)


def _interacted(own: Sample, before: np.ndarray, after: np.ndarray, conf_level: float) -> dict[str, Any]:
    columns = interacted_columns(own.treated, np.column_stack([before, own.x]))
    return regression(after, columns, own.cluster, conf_level)


def _weighted(weights: Callable[[np.ndarray, np.ndarray], np.ndarray]) -> Callable[..., dict[str, Any]]:
    def estimate(own: Sample, before: np.ndarray, after: np.ndarray, conf_level: float) -> dict[str, Any]:
        weight = weights(np.column_stack([before, own.x]), own.treated)
        y, x, kept = weighted_rows(after - before, treated_columns(own.treated), weight)
        return regression(y, x, own.cluster[kept], conf_level)

    return estimate


def _overlap(x: np.ndarray, treated: np.ndarray) -> np.ndarray:
    chance = logistic_fit(treated, np.column_stack([np.ones(len(x)), x])).probability
    return propensity_weights(treated, chance, "overlap")


def _augmented(own: Sample, before: np.ndarray, after: np.ndarray, conf_level: float) -> dict[str, Any]:
    found = augmented_weighting(after, own.treated, _ones(own, before))
    return from_influence(found.treated, own, conf_level)


def _robust(own: Sample, before: np.ndarray, after: np.ndarray, conf_level: float) -> dict[str, Any]:
    found = robust_change(
        after - before, own.treated, _ones(own, before)[:, [0, *range(2, 2 + own.x.shape[1])]]
    )
    return from_influence(found.doubly_robust, own, conf_level)


def _drawn(own: Sample, before: np.ndarray, after: np.ndarray, conf_level: float) -> dict[str, Any]:
    found = randomisation_test(after - before, own.treated, own.cluster)
    inference = {"statistic": found.statistic, "p_value": found.p_value, "method": "randomisation"}
    return {"estimate": found.estimate, **NOTHING, **inference}


ESTIMATORS: Mapping[str, Callable[..., dict[str, Any]]] = {
    "difference_in_differences": _difference,
    "ancova": _ancova,
    "interacted": _interacted,
    "entropy_balance": _weighted(entropy_balance),
    "overlap_weights": _weighted(_overlap),
    "augmented_weighting": _augmented,
    "robust_difference": _robust,
    "randomisation": _drawn,
}


def impact_estimates(
    table: pd.DataFrame,
    *,
    treated: str,
    before: str = "before",
    after: str = "after",
    covariates: Sequence[str] = (),
    cluster: str | None = "organisation",
    evidence: Evidence = BEFORE_AND_AFTER,
    conf_level: float = 0.95,
) -> Result:
    """Estimate how much more those who took part changed than the comparison group, in several ways.

    Parameters
    ----------
    table
        One row per person.
    treated
        The column that is true for those who took part.
    before, after
        The columns with the score, in steps of the scale.
    covariates
        Columns with what was known before; classifications become indicators.
    cluster
        The column whose members resemble each other; None if people are independent.
    evidence
        What the design can show: decides whether the rows speak of an effect or of a difference.
    conf_level
        Level of the intervals, between 0 and 1.

    Returns
    -------
    Result
        One row per estimator. The first, the difference in mean change, is the main one; the others
        show whether it rests on how the groups are made comparable. What cannot be computed has a reason.

    Raises
    ------
    EstimationError
        If a column is missing or nobody is on one of the sides.

    Notes
    -----
    Difference-in-differences assumes that both groups would have changed alike, the others that people with
    the same score before and the same covariates would. With fewer than eight organisations on one
    side: the wild bootstrap for regressions, only the estimate for the doubly robust ones; with fewer
    than five: no inference.

    References
    ----------
    bell2002, cameron2008, pustejovsky2018, lin2013, hainmueller2012, li2018, santanna2020, mackinnon2020

    Examples
    --------
    >>> people = pd.DataFrame({"took": [1, 1, 1, 0, 0, 0], "before": [2, 3, 2, 2, 3, 2.0]})
    >>> people["after"] = people["before"] + [1, 1.5, 0.5, 0, 0.5, 0.1]
    >>> found = impact_estimates(people, treated="took", cluster=None)
    >>> round(float(found.table["estimate"].iloc[0]), 3)
    0.8
    """
    own = sample(table, treated=treated, outcomes=[before, after], covariates=covariates, cluster=cluster)
    first, last = own.values(before), own.values(after)
    records = [_row(own, term, first, last, evidence, conf_level) for term in ESTIMATORS]
    references = (*REFERENCES, "lin2013", "hainmueller2012", "li2018", "santanna2020", "mackinnon2020")
    return Result(
        pd.DataFrame(records), Meta("comparison", conf_level, references, ("clusters_independent",))
    )


def _row(
    own: Sample, term: str, before: np.ndarray, after: np.ndarray, evidence: Evidence, conf_level: float
) -> dict[str, Any]:
    estimand = "effect" if evidence.words == "effect" else "association"
    row = {"estimand": estimand, "term": term, **own.counts(), "reason": None}
    took, gain = own.treated == 1, after - before
    row |= {"mean_level": float(gain[took].mean()), "mean_reference": float(gain[~took].mean())}
    try:
        return row | ESTIMATORS[term](own, before, after, conf_level)
    except EstimationError:
        return row | {"estimate": np.nan, **NOTHING, "method": None, "reason": "not_comparable"}


def placebo_estimates(
    table: pd.DataFrame,
    *,
    treated: str,
    outcomes: Mapping[str, tuple[str, str]],
    cluster: str | None = "organisation",
    conf_level: float = 0.95,
) -> Result:
    """Estimate differences in change where the programme should have made none.

    Parameters
    ----------
    table
        One row per person.
    treated
        The column that is true for those who took part.
    outcomes
        Columns before and after, by the name of what the programme did not aim at.
    cluster
        The column whose members resemble each other; None if people are independent.
    conf_level
        Level of the intervals, between 0 and 1.

    Returns
    -------
    Result
        One row per outcome, with p values adjusted after Holm. A clear difference here is a warning: the
        groups may have differed in something else.

    References
    ----------
    bell2002, cameron2008, pustejovsky2018, holm1979

    Examples
    --------
    >>> people = pd.DataFrame({"took": [1, 1, 0, 0], "a": [1, 2, 1, 2.0], "b": [1, 2.5, 1, 2.0]})
    >>> found = placebo_estimates(people, treated="took", outcomes={"weather": ("a", "b")}, cluster=None)
    >>> found.table["estimate"].round(6).tolist()
    [0.25]
    """
    records = []
    for name, (first, last) in outcomes.items():
        own = sample(table, treated=treated, outcomes=[first, last], cluster=cluster)
        found = _difference(own, own.values(first), own.values(last), conf_level)
        records.append({"estimand": "association", "term": name, **own.counts(), **found})
    rows = pd.DataFrame(records)
    known = rows["p_value"].notna()
    rows.loc[known, "p_adjusted"] = holm(rows.loc[known, "p_value"]) if known.any() else np.nan
    references = (*REFERENCES, "holm1979")
    return Result(rows, Meta("comparison", conf_level, references, ("clusters_independent",)))
