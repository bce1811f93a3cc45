"""Difference between two groups: mean, standardised, and balance before the programme."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evaluation.stats.checks import finite, level, pick
from evaluation.stats.effect_size import EffectSize, hedges_correction
from evaluation.stats.paired import ROUNDING
from evaluation.stats.student import noncentrality_limits, t_limits, t_p_value
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg, pmsg

Group = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class MeanDifference:
    """A difference between two means, group minus reference, with its t test.

    Attributes
    ----------
    estimate, std_error
        In the unit of the values.
    statistic, df, p_value
        t test of no difference; NaN without spread.
    conf_low, conf_high, conf_level
        Limits, same unit, and confidence.
    mean, mean_reference
        Means of the group and the reference group.
    n, n_reference
        People in the group and the reference group.
    """

    estimate: float
    std_error: float
    statistic: float
    df: float
    p_value: float
    conf_low: float
    conf_high: float
    conf_level: float
    mean: float
    mean_reference: float
    n: int
    n_reference: int


@dataclass(frozen=True, slots=True)
class Balance:
    """How alike two groups are in one characteristic.

    Attributes
    ----------
    estimate
        Standardised mean difference, group minus reference, in standard deviations.
    variance_ratio
        Variance of the group over that of the reference; NaN for yes/no characteristics.
    largest_gap
        Largest difference between the two cumulative distributions, between 0 and 1.
    n, n_reference
        People in the group and the reference group.
    """

    estimate: float
    variance_ratio: float
    largest_gap: float
    n: int
    n_reference: int


def _welch(group: Group, reference: Group) -> tuple[float, float]:
    """Take the standard error and degrees of freedom with a variance for each group."""
    parts = np.array([x.var(ddof=1) / x.size for x in (group, reference)])
    total = float(parts.sum())
    if total == 0:
        return 0.0, float("nan")
    return np.sqrt(total), float(
        1 / np.sum((parts / total) ** 2 / np.array([group.size - 1, reference.size - 1]))
    )


def _pooled(group: Group, reference: Group) -> tuple[float, float]:
    """Take the standard error and degrees of freedom with one variance for both groups."""
    spread = _pooled_sd(group.var(ddof=1), group.size, reference.var(ddof=1), reference.size)
    return spread * np.sqrt(1 / group.size + 1 / reference.size), float(group.size + reference.size - 2)


def _pooled_sd(variance: float, n: int, variance_reference: float, n_reference: int) -> float:
    squares = (n - 1) * variance + (n_reference - 1) * variance_reference
    return float(np.sqrt(squares / (n + n_reference - 2)))


VARIANCES: Mapping[str, Callable[[Group, Group], tuple[float, float]]] = {
    "separate": _welch,
    "pooled": _pooled,
}

# Variance and size of the group, then of the reference group -> the standard deviation divided by.
STANDARDISERS: Mapping[str, Callable[[float, int, float, int], float]] = {
    "pooled": _pooled_sd,
    "average_variance": lambda variance, _n, reference, _m: float(np.sqrt((variance + reference) / 2)),
    "reference": lambda _variance, _n, reference, _m: float(np.sqrt(reference)),
    "group": lambda variance, _n, _reference, _m: float(np.sqrt(variance)),
}


def _unit(standardiser: str, group: Group, reference: Group, divisor: int) -> float:
    """Find the standard deviation to divide by; NaN if it is only rounding."""
    rule = pick(STANDARDISERS, standardiser, pmsg("argument", "standardiser"))
    unit = rule(group.var(ddof=divisor), group.size, reference.var(ddof=divisor), reference.size)
    size = max(np.abs(group).max(), np.abs(reference).max())
    return unit if unit > ROUNDING * size else float("nan")


def mean_difference(
    group: ArrayLike, reference: ArrayLike, conf_level: float = 0.95, *, variances: str = "separate"
) -> MeanDifference:
    """Difference between the means of two separate groups, by Welch's t test.

    Parameters
    ----------
    group, reference
        Values of the people in each group, without missing values; two or more each.
    conf_level
        Confidence, between 0 and 1.
    variances
        "separate" (Welch) or "pooled" (Student: one variance for both groups).

    Returns
    -------
    MeanDifference
        Group minus reference. The test and the interval are NaN without spread.

    Notes
    -----
    Welch: se^2 = v1/n1 + v2/n2, df after Satterthwaite. Pooled only when the spread is known to
    be alike. Assumes independent people: for people within firms use `cluster_fit`.

    References
    ----------
    welch1947, student1908

    Examples
    --------
    >>> difference = mean_difference([3.0, 4.0, 5.0], [2.0, 2.5, 3.0])
    >>> difference.estimate, round(difference.df, 2)
    (1.5, 2.94)
    """
    one, two = _groups(group, reference)
    error, df = pick(VARIANCES, variances, pmsg("argument", "treatment of variances"))(one, two)
    estimate = float(one.mean() - two.mean())
    flat = error <= ROUNDING * max(np.abs(one).max(), np.abs(two).max())
    used = float("nan") if flat else float(error)
    low, high = t_limits(estimate, used, df, level(conf_level))
    return MeanDifference(
        estimate=estimate,
        std_error=0.0 if flat else used,
        statistic=estimate / used,
        df=df,
        p_value=t_p_value(estimate / used, df),
        conf_low=low,
        conf_high=high,
        conf_level=float(conf_level),
        mean=float(one.mean()),
        mean_reference=float(two.mean()),
        n=one.size,
        n_reference=two.size,
    )


def standardised_difference(
    group: ArrayLike,
    reference: ArrayLike,
    conf_level: float = 0.95,
    *,
    standardiser: str = "pooled",
    corrected: bool = False,
) -> EffectSize:
    """Difference between the means of two separate groups in standard deviations.

    Parameters
    ----------
    group, reference
        Values of the people in each group, without missing values; two or more each.
    conf_level
        Confidence, between 0 and 1.
    standardiser
        "pooled" (Cohen's d), "average_variance", "reference" (Glass's delta) or "group".
    corrected
        Whether to multiply estimate and limits by `hedges_correction(df)`; Hedges' g with "pooled".

    Returns
    -------
    EffectSize
        Group minus reference; NaN without spread.

    Notes
    -----
    For "pooled" the interval is exact: noncentral t with n1 + n2 - 2 degrees of freedom, times
    sqrt(1/n1 + 1/n2). For the others it is the same with Welch's t and degrees of freedom,
    rescaled by its standard error over the standardiser, which is approximate. Assumes
    independent people and normal values.

    References
    ----------
    hedges1985, cumming2012

    Examples
    --------
    >>> round(standardised_difference([3.0, 4.0, 5.0], [2.0, 2.5, 3.0]).estimate, 3)
    1.897
    """
    one, two = _groups(group, reference)
    unit = _unit(standardiser, one, two, divisor=1)
    variances = "pooled" if standardiser == "pooled" else "separate"
    test = mean_difference(one, two, conf_level, variances=variances)
    factor = hedges_correction(test.df) if corrected else 1.0
    limits = (bound * test.std_error for bound in noncentrality_limits(test.statistic, test.df, conf_level))
    rescaled = (factor * value / unit for value in (test.estimate, *limits))
    return EffectSize(*map(float, rescaled), float(conf_level), test.df, corrected, one.size + two.size)


def balance(group: ArrayLike, reference: ArrayLike, *, standardiser: str = "average_variance") -> Balance:
    """How alike two groups are in one characteristic, for example before the programme.

    Parameters
    ----------
    group, reference
        Values of the people in each group, without missing values; two or more each. Values
        that are all 0 or 1 are taken as yes/no.
    standardiser
        "average_variance", "reference", "group" or "pooled": the standard deviation divided by.

    Returns
    -------
    Balance
        The difference is NaN without spread.

    Notes
    -----
    For yes/no characteristics the variance is p (1 - p) and there is no variance ratio. The
    largest gap is the two-sample Kolmogorov-Smirnov distance. No test: with few people every
    group passes one, with many none does. The difference has no interval because it describes
    these groups and no others.

    References
    ----------
    austin2009

    Examples
    --------
    >>> round(balance([1, 1, 0, 1], [0, 1, 0, 0]).estimate, 3)
    1.155
    """
    one, two = _groups(group, reference)
    yes_no = bool(np.all(np.isin(one, (0, 1))) and np.all(np.isin(two, (0, 1))))
    unit = _unit(standardiser, one, two, divisor=0 if yes_no else 1)
    ratio = one.var(ddof=1) / two.var(ddof=1) if not yes_no and two.var() > 0 else float("nan")
    points = np.unique(np.concatenate([one, two]))
    reached = [np.searchsorted(np.sort(x), points, side="right") / x.size for x in (one, two)]
    return Balance(
        estimate=float((one.mean() - two.mean()) / unit),
        variance_ratio=float(ratio),
        largest_gap=float(np.max(np.abs(reached[0] - reached[1]))),
        n=one.size,
        n_reference=two.size,
    )


def _groups(group: ArrayLike, reference: ArrayLike) -> tuple[Group, Group]:
    one, two = (
        finite(group, pmsg("argument", "The group"), 0),
        finite(reference, pmsg("argument", "The reference group"), 0),
    )
    if min(one.size, two.size) < 2:
        raise EstimationError(
            msg(
                "A difference needs at least two people in each group; found {n} and {n_reference}.",
                n=one.size,
                n_reference=two.size,
            )
        )
    return one, two
