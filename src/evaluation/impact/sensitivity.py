"""How much would have to be wrong before a finding falls."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from evaluation.impact.rows import sample
from evaluation.result import Meta, Result
from evaluation.stats.cluster_choice import cluster_inference
from evaluation.stats.hidden_bias import e_value_difference
from evaluation.stats.omitted_variable import benchmarked, proportional_selection, robustness_value
from evaluation.stats.regression_to_mean import expected_regression, trend_bounds
from evaluation.vocabulary.errors import EstimationError


def hidden_bias(
    table: pd.DataFrame,
    *,
    treated: str,
    before: str = "before",
    after: str = "after",
    covariates: Sequence[str] = (),
    cluster: str | None = "organisation",
    conf_level: float = 0.95,
) -> Result:
    """Estimate how strong something unmeasured would have to be to explain a difference away.

    Parameters
    ----------
    table
        One row per person.
    treated
        The column that is true for those who took part.
    before, after
        The columns with the score.
    covariates
        Columns with what was known before.
    cluster
        The column whose members resemble each other; None if people are independent.
    conf_level
        Level of the interval that is to be explained away.

    Returns
    -------
    Result
        E-values of the estimate and of its limit (`hidden_bias_ratio`), and as shares of the variance the
        robustness values of both (`hidden_bias_share`), from the regression of `after` on `before`, covariates
        and taking part.

    Raises
    ------
    EstimationError
        If a column is missing or nobody is on one of the sides.

    Notes
    -----
    Standard error and degrees of freedom are those of the organisations, not of the people.

    References
    ----------
    vanderweele2017, cinelli2020

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> people = pd.DataFrame({"took": np.repeat([0, 1], 30), "before": rng.normal(size=60)})
    >>> people["after"] = people["before"] + people["took"] + rng.normal(size=60)
    >>> found = hidden_bias(people, treated="took", cluster=None).table
    >>> found["estimand"].value_counts().tolist()
    [2, 2]
    """
    own = sample(table, treated=treated, outcomes=[before, after], covariates=covariates, cluster=cluster)
    first, last = own.values(before), own.values(after)
    x = np.column_stack([np.ones(last.size), own.treated, first, own.x])
    found = cluster_inference(last, x, own.cluster, np.eye(x.shape[1])[1], conf_level)
    took = own.treated == 1
    spread = float(np.sqrt(np.mean([np.var(first[side], ddof=1) for side in (took, ~took)])))
    strength = (
        e_value_difference(found.estimate / spread, found.std_error / spread, conf_level)
        if (np.isfinite(found.std_error) and spread > 0)
        else None
    )
    share = (
        robustness_value(found.estimate, found.std_error, found.df, alpha=1 - conf_level)
        if np.isfinite(found.std_error) and found.df > 1
        else None
    )
    values = {
        ("hidden_bias_ratio", "e_value"): strength and strength.estimate,
        ("hidden_bias_ratio", "e_value_limit"): strength and strength.limit,
        ("hidden_bias_share", "robustness_value"): share and share.value,
        ("hidden_bias_share", "robustness_limit"): share and share.value_significance,
    }
    records = [
        {"estimand": estimand, "term": term, "estimate": np.nan if value is None else value, **own.counts()}
        for (estimand, term), value in values.items()
    ]
    references = ("vanderweele2017", "cinelli2020")
    return Result(
        pd.DataFrame(records), Meta("hidden_bias", conf_level, references, ("clusters_independent",))
    )


def bounded_difference(
    table: pd.DataFrame,
    *,
    treated: str,
    before: str = "before",
    after: str = "after",
    covariates: Sequence[str] = (),
    violations: Sequence[float] = (0.1, 0.2, 0.3),
    cluster: str | None = "organisation",
    conf_level: float = 0.95,
) -> Result:
    """Estimate what would remain of a difference in change under less favourable assumptions.

    Parameters
    ----------
    table
        One row per person.
    treated
        The column that is true for those who took part.
    before, after
        The columns with the score.
    covariates
        Columns with what was known before; the strength of each is a benchmark for what is not known.
    violations
        By how many steps the groups' changes might have differed without the programme.
    cluster
        The column whose members resemble each other; None if people are independent.
    conf_level
        Level of the intervals, between 0 and 1.

    Returns
    -------
    Result
        One row per assumption: trends that differed by so much (bounds, and an interval moved outwards); something
        unmeasured as strong as each covariate; and selection on the unmeasured like that on the measured.

    Raises
    ------
    EstimationError
        If a column is missing or nobody is on one of the sides.

    References
    ----------
    rambachan2023, cinelli2020, oster2019

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> people = pd.DataFrame({"took": np.repeat([0, 1], 30), "before": rng.normal(size=60)})
    >>> people["after"] = people["before"] + people["took"] + rng.normal(size=60)
    >>> found = bounded_difference(people, treated="took", cluster=None).table
    >>> found["term"].tolist()[:2]
    ['trend', 'trend']
    """
    own = sample(table, treated=treated, outcomes=[before, after], covariates=covariates, cluster=cluster)
    first, last = own.values(before), own.values(after)
    ones = np.column_stack([np.ones(last.size), own.treated])
    found = cluster_inference(last - first, ones, own.cluster, [0.0, 1.0], conf_level)
    records = []
    for violation in violations:
        bounds = trend_bounds(found.estimate, found.conf_low, found.conf_high, violation)
        row = {"term": "trend", "estimate": found.estimate, "delta": violation}
        row |= {"bound_low": bounds.low, "bound_high": bounds.high, "detectable": bounds.breakdown}
        records.append(row | {"conf_low": bounds.conf_low, "conf_high": bounds.conf_high})
    known = {before: first} | dict(zip(own.names, own.x.T, strict=True))
    x = np.column_stack([ones, *known.values()])
    for place, name in enumerate(known, 2):
        records.append({"term": name, "method": "as_strong", "estimate": _benchmark(last, x, place)})
    selected = proportional_selection(last, own.treated, x[:, 2:])
    records.append({"term": "selection", "estimate": selected.estimate})
    rows = pd.DataFrame([{"estimand": "bounded_difference", **row, **own.counts()} for row in records])
    references = ("rambachan2023", "cinelli2020", "oster2019")
    return Result(rows, Meta("hidden_bias", conf_level, references, ("clusters_independent",)))


def _benchmark(y: np.ndarray, x: np.ndarray, place: int) -> float:
    """Return what remains after something as strong as a column, or nothing where none can be."""
    try:
        return benchmarked(y, x, 1, place).estimate
    except EstimationError:
        return np.nan


def regression_corrected(change: Result, *, selected_mean: float, mean: float, reliability: float) -> Result:
    """Correct the change of organisations that were chosen because they were low.

    Parameters
    ----------
    change
        A result with one row of mean change.
    selected_mean
        Mean before of those chosen.
    mean
        Mean before of everyone that they were chosen from.
    reliability
        Correlation of the score with itself at another time, between 0 and 1.

    Returns
    -------
    Result
        The change less what low scores would have risen by anyway, and that rise.

    References
    ----------
    kelley1927, barnett2005

    Examples
    --------
    >>> found = Result(pd.DataFrame([{"estimand": "mean_change", "estimate": 0.5, "n": 40}]))
    >>> regression_corrected(found, selected_mean=2.0, mean=3.0, reliability=0.7).table["estimate"].round(2).tolist()
    [0.2, 0.3]
    """
    row: dict[str, Any] = change.table.iloc[0].to_dict()
    expected = expected_regression(selected_mean, mean, reliability)
    limits = {name: row[name] - expected for name in ("conf_low", "conf_high") if name in row}
    own = {"estimand": "bounded_difference", "n": row["n"]}
    records = [
        own | {"term": "regression_corrected", "estimate": row["estimate"] - expected, **limits},
        own | {"term": "expected_regression", "estimate": expected},
    ]
    meta = Meta("hidden_bias", change.meta.conf_level, ("kelley1927", "barnett2005"))
    return Result(pd.DataFrame(records), meta)
