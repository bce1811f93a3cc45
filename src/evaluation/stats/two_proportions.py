"""Two separate groups: difference and ratio of their shares, and a test of no difference."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from evaluation.stats.checks import level, share_counts
from evaluation.stats.proportion import ShareDifference, newcombe
from evaluation.stats.root import bisect
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg


@dataclass(frozen=True, slots=True)
class ShareRatio:
    """A ratio of two shares or of two odds, group over reference.

    Attributes
    ----------
    estimate
        Above 1: more positive in the group. 0 or infinite where a count is 0.
    conf_low, conf_high
        Limits of the ratio, between 0 and infinity.
    conf_level
        Confidence.
    k, n, k_reference, n_reference
        Positive answers and answers in the group and the reference group.
    p_value
        Of no difference, where the method has one; else NaN.
    """

    estimate: float
    conf_low: float
    conf_high: float
    conf_level: float
    k: int
    n: int
    k_reference: int
    n_reference: int
    p_value: float = float("nan")


@dataclass(frozen=True, slots=True)
class AssociationTest:
    """A test that two groups have the same share.

    Attributes
    ----------
    statistic
        Chi-squared.
    df
        1.
    p_value
        Between 0 and 1.
    phi
        Size of the association, sqrt(statistic without continuity / n), between 0 and 1.
    n
        Answers in both groups.
    """

    statistic: float
    df: int
    p_value: float
    phi: float
    n: int


def wald_difference(
    k: int, n: int, k_reference: int, n_reference: int, conf_level: float = 0.95
) -> ShareDifference:
    """Difference between two shares with the textbook interval, for comparison with older reports.

    Parameters
    ----------
    k, n
        Positive answers and answers in the group.
    k_reference, n_reference
        The same in the reference group.
    conf_level
        Confidence, between 0 and 1.

    Returns
    -------
    ShareDifference
        Group minus reference; limits are not cut at -1 and 1.

    Notes
    -----
    d -/+ z sqrt(p (1 - p) / n + q (1 - q) / m). Too short for small groups: use `newcombe`.

    References
    ----------
    newcombe1998

    Examples
    --------
    >>> round(wald_difference(38, 62, 141, 190).conf_low, 3)
    -0.265
    """
    counts = two_groups(k, n, k_reference, n_reference)
    share, reference = k / n, k_reference / n_reference
    error = np.sqrt(share * (1 - share) / n + reference * (1 - reference) / n_reference)
    margin = float(special.ndtri((1 + level(conf_level)) / 2) * error)
    estimate = share - reference
    return ShareDifference(estimate, estimate - margin, estimate + margin, conf_level, *counts)


def miettinen_nurminen(
    k: int, n: int, k_reference: int, n_reference: int, conf_level: float = 0.95
) -> ShareDifference:
    """Difference between two shares with the score interval.

    Parameters
    ----------
    k, n
        Positive answers and answers in the group.
    k_reference, n_reference
        The same in the reference group.
    conf_level
        Confidence, between 0 and 1.

    Returns
    -------
    ShareDifference
        Group minus reference, limits within -1 and 1.

    Notes
    -----
    The differences d that a score test does not reject, with the variance at the shares that
    are most likely given d, times N / (N - 1). Better than `newcombe` for very small or
    very unequal groups. Assumes separate people who answer independently.

    References
    ----------
    miettinen1985

    Examples
    --------
    >>> round(miettinen_nurminen(9, 15, 22, 24).conf_low, 3)
    -0.58
    """
    counts = two_groups(k, n, k_reference, n_reference)
    estimate = k / n - k_reference / n_reference
    z = special.ndtri((1 + level(conf_level)) / 2)
    low = bisect(lambda trial: estimate - trial > z * _difference_error(trial, *counts), -1.0, estimate)
    high = bisect(lambda trial: trial - estimate < z * _difference_error(trial, *counts), estimate, 1.0)
    return ShareDifference(estimate, float(low), float(high), conf_level, *counts)


def _difference_error(difference, k, n, k_reference, n_reference) -> NDArray[np.float64]:
    """Take the standard error at the most likely shares with a given difference (root of a cubic)."""
    weight = n_reference / n
    share, reference = k / n, k_reference / n_reference
    a = 1 + weight
    b = -(a + share + weight * reference + difference * (weight + 2))
    c = difference**2 + difference * (2 * share + a) + share + weight * reference
    d = -share * difference * (1 + difference)
    v = b**3 / (27 * a**3) - b * c / (6 * a**2) + d / (2 * a)
    u = np.copysign(np.sqrt(np.maximum(b**2 / (9 * a**2) - c / (3 * a), 0)), v)
    cosine = np.clip(v / np.where(u == 0, 1, u**3), -1, 1)
    likely = np.clip(2 * u * np.cos((np.pi + np.arccos(cosine)) / 3) - b / (3 * a), 0, 1)
    likely_reference = np.clip(likely - difference, 0, 1)
    total = n + n_reference
    variance = likely * (1 - likely) / n + likely_reference * (1 - likely_reference) / n_reference
    return np.sqrt(variance * total / (total - 1))


DIFFERENCES: Mapping[str, Callable[..., ShareDifference]] = {
    "newcombe": newcombe,
    "miettinen_nurminen": miettinen_nurminen,
    "wald": wald_difference,
}


def log_ratio(k: int, n: int, k_reference: int, n_reference: int, conf_level: float = 0.95) -> ShareRatio:
    """How many times as large the share of a group is, with the interval on the log scale.

    Parameters
    ----------
    k, n
        Positive answers and answers in the group.
    k_reference, n_reference
        The same in the reference group.
    conf_level
        Confidence, between 0 and 1.

    Returns
    -------
    ShareRatio
        Limits are 0 and infinity where a count of positive answers is 0.

    Notes
    -----
    exp(log r -/+ z sqrt(1/k - 1/n + 1/k' - 1/n')). It has no width where everyone is positive
    in both groups; for small counts use `koopman`.

    References
    ----------
    katz1978

    Examples
    --------
    >>> round(log_ratio(38, 62, 141, 190).conf_low, 3)
    0.666
    """
    counts = two_groups(k, n, k_reference, n_reference)
    z = special.ndtri((1 + level(conf_level)) / 2)
    if k == 0 or k_reference == 0:
        return ShareRatio(ratio_of(k, k_reference), 0.0, float("inf"), conf_level, *counts)
    ratio = (k / n) / (k_reference / n_reference)
    factor = float(np.exp(z * np.sqrt(1 / k - 1 / n + 1 / k_reference - 1 / n_reference)))
    return ShareRatio(ratio, ratio / factor, ratio * factor, conf_level, *counts)


def koopman(k: int, n: int, k_reference: int, n_reference: int, conf_level: float = 0.95) -> ShareRatio:
    """How many times as large the share of a group is, with the score interval.

    Parameters
    ----------
    k, n
        Positive answers and answers in the group.
    k_reference, n_reference
        The same in the reference group.
    conf_level
        Confidence, between 0 and 1.

    Returns
    -------
    ShareRatio
        The lower limit is 0 where k = 0, the upper infinite where k_reference = 0.

    Notes
    -----
    The ratios that a score test does not reject, with the variance at the shares that are most
    likely given the ratio. Assumes separate people who answer independently.

    References
    ----------
    koopman1984

    Examples
    --------
    >>> round(koopman(38, 62, 141, 190).conf_low, 3)
    0.65
    """
    counts = two_groups(k, n, k_reference, n_reference)
    z = special.ndtri((1 + level(conf_level)) / 2)
    share, reference = k / n, k_reference / n_reference
    estimate = share / reference if k_reference else ratio_of(k, k_reference)
    centre = np.log(estimate) if 0 < estimate < np.inf else 0.0

    def beyond(log_trial, side):
        trial = np.exp(log_trial)
        return side * (share - trial * reference) > z * _ratio_error(trial, *counts)

    low = np.exp(bisect(lambda trial: beyond(trial, 1), centre - 50, centre + 50)) if k else 0.0
    high = (
        np.exp(bisect(lambda trial: ~beyond(trial, -1), centre - 50, centre + 50)) if k_reference else np.inf
    )
    return ShareRatio(estimate, float(low), float(high), conf_level, *counts)


def _ratio_error(ratio, k, n, k_reference, n_reference) -> NDArray[np.float64]:
    """Take the standard error of share - ratio * reference at the most likely shares with that ratio."""
    a = (n + n_reference) * ratio
    b = ratio * (n + k_reference) + k + n_reference
    c = k + k_reference
    reference = np.clip(2 * c / (b + np.sqrt(np.maximum(b**2 - 4 * a * c, 0))), 0, 1)
    share = np.clip(ratio * reference, 0, 1)
    return np.sqrt(share * (1 - share) / n + ratio**2 * reference * (1 - reference) / n_reference)


RATIOS: Mapping[str, Callable[..., ShareRatio]] = {"koopman": koopman, "log": log_ratio}


def chi_square(
    k: int, n: int, k_reference: int, n_reference: int, *, continuity: bool = False
) -> AssociationTest:
    """How surprising the gap between two shares is, by Pearson's chi-squared test.

    Parameters
    ----------
    k, n
        Positive answers and answers in the group.
    k_reference, n_reference
        The same in the reference group.
    continuity
        Whether Yates's correction is used.

    Returns
    -------
    AssociationTest
        All NaN where everyone or nobody is positive.

    Notes
    -----
    N (|ad - bc| - c)^2 / product of the margins, with c = N / 2, at most |ad - bc|, under Yates and 0
    otherwise. With expected counts below 5 use `fisher_exact`.

    References
    ----------
    pearson1900, yates1934

    Examples
    --------
    >>> round(chi_square(38, 62, 141, 190).p_value, 4)
    0.0515
    """
    two_groups(k, n, k_reference, n_reference)
    total, positive = n + n_reference, k + k_reference
    margins = float(n) * n_reference * positive * (total - positive)
    if margins == 0:
        return AssociationTest(float("nan"), 1, float("nan"), float("nan"), total)
    product = abs(float(k) * (n_reference - k_reference) - float(k_reference) * (n - k))
    kept = product - min(product, total / 2) if continuity else product
    statistic = total * kept**2 / margins
    return AssociationTest(
        statistic, 1, float(special.chdtrc(1, statistic)), float(np.sqrt(product**2 / margins)), total
    )


def ratio_of(top: float, bottom: float) -> float:
    """Ratio of two numbers of zero or more, also where the second is zero.

    Parameters
    ----------
    top, bottom
        Numbers of zero or more.

    Returns
    -------
    float
        Infinite where only `bottom` is 0, NaN where both are.

    Examples
    --------
    >>> ratio_of(1, 0)
    inf
    """
    if bottom == 0:
        return float("nan") if top == 0 else float("inf")
    return float(top / bottom)


def two_groups(k: int, n: int, k_reference: int, n_reference: int) -> tuple[int, int, int, int]:
    """Check the counts of two groups that are to be compared.

    Parameters
    ----------
    k, n
        Positive answers and answers in the group.
    k_reference, n_reference
        The same in the reference group.

    Returns
    -------
    tuple of int
        The four counts.

    Examples
    --------
    >>> two_groups(1, 2, 3.0, 4)
    (1, 2, 3, 4)
    """
    counts = (*share_counts(k, n), *share_counts(k_reference, n_reference))
    if any(count.ndim for count in counts) or counts[1] == 0 or counts[3] == 0:
        raise EstimationError(msg("A comparison of shares needs two groups with at least one answer each."))
    return tuple(int(count) for count in counts)
