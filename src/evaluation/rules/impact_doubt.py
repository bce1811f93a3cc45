"""What could be wrong with a comparison, or with a change without one."""

from collections.abc import Sequence
from functools import reduce

import numpy as np
import pandas as pd

from evaluation.impact.estimates import placebo_estimates
from evaluation.impact.pooled import heterogeneity, pooled_change
from evaluation.impact.sensitivity import bounded_difference, hidden_bias, regression_corrected
from evaluation.result import Result
from evaluation.rules import evaluate
from evaluation.rules.impact import covariates, pairs
from evaluation.rules.measure import ID, scores
from evaluation.study import Study
from evaluation.vocabulary.errors import EstimationError

SHARES_OF_IMPORTANT = (0.25, 0.5, 1.0)
"""By which parts of the smallest important change the groups' trends might have differed."""

FEWEST_COMPANIES = 10
"""Organisations that a prediction for a further one needs at least."""

FEWEST_PEOPLE = 2
"""People of an organisation whose change counts in the spread between organisations."""


def stacked(results: Sequence[Result]) -> Result | None:
    """Put results under each other; None where there are none."""
    return reduce(lambda first, other: first.stack(other), results) if results else None


def placebo_rows(keys: Sequence[str], study: Study) -> Result | None:
    """Estimate the difference in change where the programme aimed at none; p values after Holm."""
    found = []
    for key in keys:
        table = pairs(key, study)
        try:
            result = placebo_estimates(table, treated="took", outcomes={key: ("before", "after")})
        except EstimationError:
            continue
        rows = result.table.assign(
            indicator=key, unit=study.indicator(key).unit, term="difference_in_differences"
        )
        found.append(
            Result(rows.assign(smallest_important=study.indicator(key).rule.smallest_important), result.meta)
        )
    return stacked(found)


def strengths(keys: Sequence[str], study: Study, estimand: str) -> Result | None:
    """Estimate how strong something unmeasured would have to be to explain each difference away.

    Parameters
    ----------
    keys
        The changes.
    study
        The programme, with a comparison group.
    estimand
        "hidden_bias_ratio" or "hidden_bias_share".
    """
    return stacked([found for key in keys if (found := _strength(key, study, estimand))])


def _strength(key: str, study: Study, estimand: str) -> Result | None:
    table = pairs(key, study)
    try:
        found = hidden_bias(table, treated="took", covariates=covariates(table, study))
    except EstimationError:
        return None
    rows = found.table[found.table["estimand"] == estimand].reset_index(drop=True)
    return Result(rows.assign(indicator=key, unit=study.indicator(key).unit), found.meta)


def bounds(key: str, study: Study) -> Result | None:
    """Estimate what remains of a difference under less favourable assumptions.

    The trends may differ by parts of the smallest important change and, where the groups were measured at an
    earlier wave too, by as much as they differed before the programme, once and twice.
    """
    table, indicator = pairs(key, study), study.indicator(key)
    earlier = earlier_difference(key, study)
    apart = [] if earlier is None else [abs(earlier), 2 * abs(earlier)]
    parts = [share * indicator.rule.smallest_important for share in SHARES_OF_IMPORTANT]
    violations = sorted({round(value, 6) for value in (*parts, *apart) if value > 0})
    try:
        found = bounded_difference(
            table, treated="took", covariates=covariates(table, study), violations=violations
        )
    except EstimationError:
        return None
    rows = found.table[~found.table["term"].astype(str).str.endswith(".rest")]
    rows = rows.assign(
        term=rows["term"].replace("before", "value_before"), indicator=key, unit=indicator.unit
    )
    split = rows["term"].astype(str).str.partition(".")
    levelled = split[2] != ""
    rows["group"] = split[0].where(levelled, None)
    rows["level"] = split[2].where(levelled, None)
    rows["term"] = split[0]
    return Result(rows.reset_index(drop=True), found.meta)


def earlier_difference(key: str, study: Study) -> float | None:
    """Return by how much the groups' changes differed before the programme; None with one wave before."""
    indicator, waves = study.indicator(key), study.survey_waves
    before = indicator.rule.before
    at = waves.index(before) if before in waves else 0
    if at == 0 or study.comparison is None:
        return None
    gains = [_gain(key, waves[at - 1], before, side) for side in (study, study.comparison)]
    return None if any(np.isnan(gains)) else float(gains[0] - gains[1])


def _gain(key: str, first: str, last: str, side: Study) -> float:
    indicator = side.indicator(key)
    long = scores(indicator, side, [first, last])
    unit = ID[indicator.unit]
    wide = long.astype({unit: "object", "wave": "object"}).pivot_table(
        index=unit, columns="wave", values="value", sort=False
    )
    wide = wide.reindex(columns=[first, last]).dropna()
    return float((wide[last] - wide[first]).mean()) if len(wide) else np.nan


def returns_to_mean(study: Study) -> Result | None:
    """Correct each change for which those who take part were chosen by their score."""
    found = []
    for key, stated in study.project.impact.selected_on.items():
        change = evaluate(key, study)
        table = change.table.head(1)
        if "mean_before" not in table or pd.isna(table["mean_before"].iloc[0]):
            continue
        result = regression_corrected(
            Result(table, change.meta),
            selected_mean=float(table["mean_before"].iloc[0]),
            mean=stated.mean,
            reliability=stated.reliability,
        )
        rows = result.table.assign(indicator=key, unit=study.indicator(key).unit)
        found.append(Result(rows, result.meta))
    return stacked(found)


def company_spread(keys: Sequence[str], study: Study) -> tuple[Result, Result] | None:
    """Estimate where the change of a further organisation is likely to lie, and how unlike organisations are.

    Parameters
    ----------
    keys
        Changes of people.
    study
        The programme; a comparison group is not in it.

    Returns
    -------
    tuple or None
        Per change the prediction for a further organisation, and I squared; no organisation has a row. None if
        too few organisations have people who answered both times.

    Notes
    -----
    The standard error of an organisation's mean change is that of its number of people with the variance
    within organisations that all have in common, because one of two or three people says little.
    """
    found = [one for key in keys if (one := _spread(key, study))]
    if not found:
        return None
    predicted, apart = (stacked(results) for results in zip(*found, strict=True))
    return predicted, apart


def _spread(key: str, study: Study) -> tuple[Result, Result] | None:
    indicator = study.indicator(key)
    if indicator.unit != "person":
        return None
    rule = indicator.rule
    long = scores(indicator, study, [rule.before, rule.after]).astype(
        {name: "object" for name in ("person", "organisation", "wave")}
    )
    wide = long.pivot_table(index=["person", "organisation"], columns="wave", values="value", sort=False)
    wide = wide.reindex(columns=[rule.before, rule.after]).dropna()
    parts = (wide[rule.after] - wide[rule.before]).groupby(level="organisation").agg(["mean", "var", "size"])
    parts = parts[parts["size"] >= FEWEST_PEOPLE]
    freedom = (parts["size"] - 1).sum()
    if len(parts) < max(FEWEST_COMPANIES, study.policy.threshold("organisation")) or not freedom:
        return None
    within = float((parts["var"] * (parts["size"] - 1)).sum() / freedom)
    if within <= 0:
        return None
    rows = pd.DataFrame({"estimate": parts["mean"], "std_error": np.sqrt(within / parts["size"])})
    pooled, unlike = pooled_change(rows), heterogeneity(rows)
    about = {"indicator": key, "unit": "organisation", "term": None}
    predicted = pooled.table[pooled.table["term"] == "prediction"].assign(
        estimand="company_prediction", **about
    )
    apart = unlike.table.assign(estimand="company_heterogeneity", **about)
    return Result(predicted.reset_index(drop=True), pooled.meta), Result(apart, unlike.meta)
