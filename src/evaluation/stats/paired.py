"""Change between two measurements of the same people."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from evaluation.stats.checks import finite, level, whole
from evaluation.stats.root import bisect
from evaluation.stats.student import t_limits, t_p_value
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg, pmsg

# A standard error below this share of the values' size is rounding, not spread.
ROUNDING = 10 * np.finfo(np.float64).eps


@dataclass(frozen=True, slots=True)
class MeanTest:
    """A mean with its t test and interval.

    Attributes
    ----------
    estimate
        The mean, in the unit of the values.
    std_error
        Its standard error, same unit; NaN with one value, 0 when all values are equal.
    statistic
        (estimate - reference) / std_error; NaN without spread.
    df
        Degrees of freedom, n - 1.
    p_value
        Of no difference from the reference; NaN without spread.
    conf_low, conf_high
        Limits of the mean; NaN without spread.
    conf_level
        Confidence.
    reference
        The value compared with.
    std_dev
        Standard deviation of the values, divisor n - 1.
    n
        Values.
    """

    estimate: float
    std_error: float
    statistic: float
    df: float
    p_value: float
    conf_low: float
    conf_high: float
    conf_level: float
    reference: float
    std_dev: float
    n: int


@dataclass(frozen=True, slots=True)
class PairedChange:
    """A mean change, later minus earlier, with its t test and interval.

    Attributes
    ----------
    estimate
        Mean of later minus earlier, in the unit of the scale.
    std_error, statistic, df, p_value, conf_low, conf_high, conf_level
        As in `MeanTest`.
    mean_pre, mean_post
        Means before and after, same unit.
    std_dev
        Standard deviation of the changes, divisor n - 1.
    n
        Pairs.
    """

    estimate: float
    std_error: float
    statistic: float
    df: float
    p_value: float
    conf_low: float
    conf_high: float
    conf_level: float
    mean_pre: float
    mean_post: float
    std_dev: float
    n: int


@dataclass(frozen=True, slots=True)
class ShareChange:
    """Share who rose minus share who fell.

    Attributes
    ----------
    estimate
        Between -1 and 1.
    conf_low, conf_high
        Limits, within -1 and 1.
    conf_level
        Confidence.
    n_up, n_down, n
        People who rose, who fell, and all pairs.
    """

    estimate: float
    conf_low: float
    conf_high: float
    conf_level: float
    n_up: int
    n_down: int
    n: int


def mean_t(
    values: ArrayLike, reference: float = 0.0, conf_level: float = 0.95, alternative: str = "two_sided"
) -> MeanTest:
    """Mean of one set of values compared with a fixed value, by Student's t test.

    Parameters
    ----------
    values
        Numbers without missing values, shape (n,), at least one.
    reference
        The value to compare with, same unit.
    conf_level
        Confidence, between 0 and 1; the interval is two-sided whatever the alternative.
    alternative
        "two_sided", "greater" or "less".

    Returns
    -------
    MeanTest
        With one value, or without spread, the test and the interval are NaN.

    Notes
    -----
    t = (mean - reference) sqrt(n) / s with n - 1 degrees of freedom. Assumes independent
    values: for people within firms use `cluster_mean`.

    References
    ----------
    student1908

    Examples
    --------
    >>> round(mean_t([1.0, 2.0, 3.0]).statistic, 3)
    3.464
    """
    vector = finite(values, pmsg("argument", "Values"))
    return _mean_t(vector, float(np.max(np.abs(vector))), reference, level(conf_level), alternative)


def _mean_t(
    vector: NDArray[np.float64], size: float, reference: float, conf_level: float, alternative: str
) -> MeanTest:
    n, estimate = vector.size, float(vector.mean())
    spread = float(vector.std(ddof=1)) if n > 1 else float("nan")
    error = float(spread / np.sqrt(n))
    if error <= ROUNDING * size:
        spread = error = 0.0
    df = float(n - 1)
    statistic = (estimate - reference) / error if error > 0 else float("nan")
    low, high = t_limits(estimate, error if error > 0 else float("nan"), df, conf_level)
    p_value = t_p_value(statistic, df, alternative)
    return MeanTest(
        estimate, error, statistic, df, p_value, low, high, conf_level, float(reference), spread, n
    )


def paired_t(
    pre: ArrayLike, post: ArrayLike, conf_level: float = 0.95, alternative: str = "two_sided"
) -> PairedChange:
    """Mean change from the earlier to the later measurement, by the paired t test.

    Parameters
    ----------
    pre, post
        Earlier and later values of the same people in the same order, without missing
        values, shape (n,), at least one pair.
    conf_level
        Confidence, between 0 and 1; the interval is two-sided whatever the alternative.
    alternative
        "two_sided", "greater" (the later values are higher) or "less".

    Returns
    -------
    PairedChange
        Later minus earlier. With one pair, or when everyone changed equally, the test and
        the interval are NaN.

    Notes
    -----
    t = mean(d) sqrt(n) / s_d with d = post - pre and n - 1 degrees of freedom. Assumes people
    independent of one another, and n not small or changes near normal. For people within
    firms it is far too sure of itself: use `cluster_mean`.

    References
    ----------
    student1908

    Examples
    --------
    >>> change = paired_t([1.0, 2.0, 3.0], [2.0, 4.0, 3.5])
    >>> round(change.estimate, 3), round(change.statistic, 3)
    (1.167, 2.646)
    """
    before, after = pairs(pre, post)
    size = float(max(np.abs(before).max(), np.abs(after).max()))
    test = _mean_t(after - before, size, 0.0, level(conf_level), alternative)
    return PairedChange(
        estimate=test.estimate,
        std_error=test.std_error,
        statistic=test.statistic,
        df=test.df,
        p_value=test.p_value,
        conf_low=test.conf_low,
        conf_high=test.conf_high,
        conf_level=test.conf_level,
        mean_pre=float(before.mean()),
        mean_post=float(after.mean()),
        std_dev=test.std_dev,
        n=test.n,
    )


def pairs(
    pre: ArrayLike, post: ArrayLike, minimum: int = 1
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Earlier and later values as vectors of one length.

    Parameters
    ----------
    pre, post
        Values of the same people in the same order, shape (n,).
    minimum
        The smallest number of pairs.

    Returns
    -------
    tuple of numpy.ndarray
        float64, shape (n,) each.

    Notes
    -----
    Missing values are refused: keep complete pairs first.

    Examples
    --------
    >>> [v.tolist() for v in pairs([1, 2], [2, 2])]
    [[1.0, 2.0], [2.0, 2.0]]
    """
    before, after = (
        finite(pre, pmsg("argument", "Earlier values"), minimum),
        finite(post, pmsg("argument", "Later values"), minimum),
    )
    if before.size != after.size:
        raise EstimationError(
            msg(
                "There are {pre} earlier and {post} later values; pairs need the same number.",
                pre=before.size,
                post=after.size,
            )
        )
    return before, after


def tango(n_up: int, n_down: int, n: int, conf_level: float = 0.95) -> ShareChange:
    """Share who rose minus share who fell among the same people, with Tango's score interval.

    Parameters
    ----------
    n_up
        People who rose (or passed only after).
    n_down
        People who fell (or passed only before).
    n
        All pairs, with those who did not change; one or more.
    conf_level
        Confidence, between 0 and 1.

    Returns
    -------
    ShareChange
        (n_up - n_down) / n with limits within -1 and 1.

    Notes
    -----
    The differences D that a score test does not reject: (n_up - n_down - n D)^2 <=
    z^2 n (2 q + D (1 - D)), with q the most likely share who fall given D. For yes/no answers it
    is the change of the share of yes. Assumes independent people; not for people within few firms.

    References
    ----------
    tango1998

    Examples
    --------
    >>> change = tango(1, 7, 21)
    >>> round(change.conf_low, 3), round(change.conf_high, 3)
    (-0.517, -0.026)
    """
    up, down, all_pairs = (int(whole(count, pmsg("argument", "People"))) for count in (n_up, n_down, n))
    if all_pairs < 1 or up + down > all_pairs:
        raise EstimationError(
            msg("{changed} people changed among {n} pairs.", changed=up + down, n=all_pairs)
        )
    z = special.ndtri((1 + level(conf_level)) / 2)
    estimate = (up - down) / all_pairs

    def reach(trial):
        """Largest distance, in people, that the score test at this difference does not reject."""
        b = (2 * all_pairs - up + down) * trial - up - down
        fall = (np.sqrt(b**2 + 8 * all_pairs * down * trial * (1 - trial)) - b) / (4 * all_pairs)
        return z * np.sqrt(all_pairs * np.maximum(2 * fall + trial * (1 - trial), 0))

    low = bisect(lambda trial: up - down - all_pairs * trial > reach(trial), -1.0, estimate)
    high = bisect(lambda trial: all_pairs * trial - up + down < reach(trial), estimate, 1.0)
    return ShareChange(estimate, float(low), float(high), float(conf_level), up, down, all_pairs)
