"""Intervals of one share that are compared with, beside Wilson's and the exact one."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from evaluation.stats.checks import Counts, Numbers, level, plain, share_counts
from evaluation.stats.root import bisect

Limits = tuple[NDArray[np.float64], NDArray[np.float64]]


@dataclass(frozen=True, slots=True)
class ProportionInterval:
    """A share with its interval; every field has the broadcast shape of `k` and `n`.

    Attributes
    ----------
    estimate
        Share k / n, between 0 and 1; NaN where nobody answered.
    conf_low, conf_high
        Limits of the share; 0 and 1 where nobody answered.
    conf_level
        Confidence, one number.
    k, n
        Positive answers and answers.
    """

    estimate: Numbers
    conf_low: Numbers
    conf_high: Numbers
    conf_level: float
    k: Counts
    n: Counts


def share_interval(
    k: ArrayLike, n: ArrayLike, conf_level: float, limits: Callable[..., Limits]
) -> ProportionInterval:
    """Share of positive answers with the limits that a rule gives.

    Parameters
    ----------
    k
        Positive answers, any shape.
    n
        Answers, shape that broadcasts with `k`.
    conf_level
        Confidence, between 0 and 1.
    limits
        Function (k, n, share, tail) -> (lower, upper), where `tail` = (1 - conf_level) / 2.

    Returns
    -------
    ProportionInterval
        Where n = 0 the estimate is NaN and the limits are 0 and 1.

    Notes
    -----
    The shared body of every interval in `INTERVALS`; not a method of its own.

    Examples
    --------
    >>> share_interval(1, 2, 0.95, lambda k, n, share, tail: (share - 0.1, share + 0.1)).conf_low
    0.4
    """
    positive, answers = share_counts(k, n)
    tail = (1 - level(conf_level)) / 2
    some = np.maximum(answers, 1)
    share = positive / some
    with np.errstate(divide="ignore", invalid="ignore"):
        low, high = limits(positive, some, share, tail)
    empty = answers == 0
    low, high = np.where(empty, 0.0, low), np.where(empty, 1.0, high)
    estimate = np.where(empty, np.nan, share)
    return ProportionInterval(
        plain(estimate), plain(low), plain(high), float(conf_level), plain(positive), plain(answers)
    )


def wald(k: ArrayLike, n: ArrayLike, conf_level: float = 0.95) -> ProportionInterval:
    """Share of positive answers with the textbook interval, for comparison with older reports.

    Parameters
    ----------
    k
        Positive answers, any shape.
    n
        Answers, shape that broadcasts with `k`.
    conf_level
        Confidence, between 0 and 1.

    Returns
    -------
    ProportionInterval
        The limits are not cut at 0 and 1, so that the fault of the method shows.

    Notes
    -----
    p -/+ z sqrt(p (1 - p) / n). Do not use: with n below about 100 it covers too seldom,
    and it has no width when everyone or nobody is positive.

    References
    ----------
    brown2001

    Examples
    --------
    >>> round(wald(24, 30).conf_low, 4)
    0.6569
    """

    def limits(_k, answers, share, tail):
        margin = special.ndtri(1 - tail) * np.sqrt(share * (1 - share) / answers)
        return share - margin, share + margin

    return share_interval(k, n, conf_level, limits)


def agresti_coull(k: ArrayLike, n: ArrayLike, conf_level: float = 0.95) -> ProportionInterval:
    """Share of positive answers with the adjusted Wald interval.

    Parameters
    ----------
    k
        Positive answers, any shape.
    n
        Answers, shape that broadcasts with `k`.
    conf_level
        Confidence, between 0 and 1.

    Returns
    -------
    ProportionInterval
        The limits are not cut at 0 and 1.

    Notes
    -----
    Wald's formula around (k + z^2 / 2) / (n + z^2) with n + z^2 answers. Never shorter than
    Wilson's interval, and it can pass 1: prefer Wilson's.

    References
    ----------
    agresti1998

    Examples
    --------
    >>> round(agresti_coull(12, 12).conf_high, 4)
    1.0395
    """

    def limits(positive, answers, _share, tail):
        z = special.ndtri(1 - tail)
        size = answers + z**2
        centre = (positive + z**2 / 2) / size
        margin = z * np.sqrt(centre * (1 - centre) / size)
        return centre - margin, centre + margin

    return share_interval(k, n, conf_level, limits)


def logit(k: ArrayLike, n: ArrayLike, conf_level: float = 0.95) -> ProportionInterval:
    """Share of positive answers with an interval that is symmetric on the log-odds scale.

    Parameters
    ----------
    k
        Positive answers, any shape.
    n
        Answers, shape that broadcasts with `k`.
    conf_level
        Confidence, between 0 and 1.

    Returns
    -------
    ProportionInterval
        The limits are NaN where everyone or nobody is positive: the log odds do not exist.

    Notes
    -----
    expit(logit(p) -/+ z / sqrt(n p (1 - p))). Use it where survey software used it.

    References
    ----------
    brown2001

    Examples
    --------
    >>> round(logit(24, 30).conf_low, 4)
    0.6205
    """

    def limits(_k, answers, share, tail):
        margin = special.ndtri(1 - tail) / np.sqrt(answers * share * (1 - share))
        return _inner(share, special.expit, special.logit(share), margin)

    return share_interval(k, n, conf_level, limits)


def cloglog(k: ArrayLike, n: ArrayLike, conf_level: float = 0.95) -> ProportionInterval:
    """Share of positive answers with an interval that is symmetric on the log(-log) scale.

    Parameters
    ----------
    k
        Positive answers, any shape.
    n
        Answers, shape that broadcasts with `k`.
    conf_level
        Confidence, between 0 and 1.

    Returns
    -------
    ProportionInterval
        The limits are NaN where everyone or nobody is positive.

    Notes
    -----
    exp(-exp(log(-log p) -/+ z se)), se = sqrt((1 - p) / (n p)) / |log p|. The scale of
    survival analysis; it treats p and 1 - p differently, so prefer `logit` for shares.

    References
    ----------
    brown2001

    Examples
    --------
    >>> round(cloglog(24, 30).conf_low, 4)
    0.608
    """

    def limits(_k, answers, share, tail):
        margin = special.ndtri(1 - tail) * np.sqrt((1 - share) / (answers * share)) / -np.log(share)
        return _inner(share, lambda eta: np.exp(-np.exp(-eta)), -np.log(-np.log(share)), margin)

    return share_interval(k, n, conf_level, limits)


def probit(k: ArrayLike, n: ArrayLike, conf_level: float = 0.95) -> ProportionInterval:
    """Share of positive answers with an interval that is symmetric on the normal-quantile scale.

    Parameters
    ----------
    k
        Positive answers, any shape.
    n
        Answers, shape that broadcasts with `k`.
    conf_level
        Confidence, between 0 and 1.

    Returns
    -------
    ProportionInterval
        The limits are NaN where everyone or nobody is positive.

    Notes
    -----
    Phi(q -/+ z se) with q = Phi^-1(p) and se = sqrt(p (1 - p) / n) / phi(q).

    References
    ----------
    brown2001

    Examples
    --------
    >>> round(probit(24, 30).conf_low, 4)
    0.6294
    """

    def limits(_k, answers, share, tail):
        quantile = special.ndtri(share)
        density = np.exp(-(quantile**2) / 2) / np.sqrt(2 * np.pi)
        margin = special.ndtri(1 - tail) * np.sqrt(share * (1 - share) / answers) / density
        return _inner(share, special.ndtr, quantile, margin)

    return share_interval(k, n, conf_level, limits)


def _inner(share, inverse, centre, margin) -> Limits:
    """Transform back, except where the share is 0 or 1 and the scale does not exist."""
    inside = (share > 0) & (share < 1)
    return tuple(np.where(inside, inverse(centre + side * margin), np.nan) for side in (-1, 1))


def jeffreys(k: ArrayLike, n: ArrayLike, conf_level: float = 0.95) -> ProportionInterval:
    """Share of positive answers with the equal-tailed interval under Jeffreys' prior.

    Parameters
    ----------
    k
        Positive answers, any shape.
    n
        Answers, shape that broadcasts with `k`.
    conf_level
        Probability content, between 0 and 1.

    Returns
    -------
    ProportionInterval
        The lower limit is 0 where k = 0, the upper is 1 where k = n.

    Notes
    -----
    Quantiles of Beta(k + 1/2, n - k + 1/2). Good average coverage; not guaranteed for every
    true share, so not for a promise that a target is met.

    References
    ----------
    brown2001

    Examples
    --------
    >>> round(jeffreys(24, 30).conf_low, 4)
    0.6334
    """

    def limits(positive, answers, _share, tail):
        negative = answers - positive
        low = special.betaincinv(positive + 0.5, negative + 0.5, tail)
        high = special.betainccinv(positive + 0.5, negative + 0.5, tail)
        return np.where(positive == 0, 0.0, low), np.where(negative == 0, 1.0, high)

    return share_interval(k, n, conf_level, limits)


def mid_p(k: ArrayLike, n: ArrayLike, conf_level: float = 0.95) -> ProportionInterval:
    """Share of positive answers with the exact interval that counts half of the observed result.

    Parameters
    ----------
    k
        Positive answers, any shape.
    n
        Answers, shape that broadcasts with `k`.
    conf_level
        Confidence, between 0 and 1.

    Returns
    -------
    ProportionInterval
        The lower limit is 0 where k = 0, the upper is 1 where k = n.

    Notes
    -----
    Limits at which P(X > k) + P(X = k) / 2 equals a/2 and 1 - a/2. Shorter than
    Clopper and Pearson's; holds its level on average, not for every true share.

    References
    ----------
    lancaster1961

    Examples
    --------
    >>> round(mid_p(24, 30).conf_low, 4)
    0.6297
    """

    def upper(positive, answers, share):
        """P(X > k) + P(X = k) / 2, as the mean of two neighbouring tails."""
        more = special.betainc(positive + 1, np.maximum(answers - positive, 1), share)
        at_least = special.betainc(np.maximum(positive, 1), answers - positive + 1, share)
        return (np.where(positive == answers, 0.0, more) + np.where(positive == 0, 1.0, at_least)) / 2

    def lower_limit(positive, answers, tail):
        return bisect(lambda share: upper(positive, answers, share) < tail, 0.0, positive / answers)

    def limits(positive, answers, _share, tail):
        return lower_limit(positive, answers, tail), 1 - lower_limit(answers - positive, answers, tail)

    return share_interval(k, n, conf_level, limits)
