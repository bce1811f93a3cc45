"""Shares of positive answers: intervals, certain bounds and what a target needs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from evaluation.stats import proportion_interval as others
from evaluation.stats.checks import Counts, Numbers, finite_counts, level, plain, share_counts, whole
from evaluation.stats.finite_population import FiniteInterval, at_least
from evaluation.stats.proportion_interval import ProportionInterval, share_interval
from evaluation.stats.root import bisect_whole
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg, pmsg


@dataclass(frozen=True, slots=True)
class ResponseBounds:
    """What is certain about a share; every field has the broadcast shape of the counts.

    Attributes
    ----------
    bound_low, bound_high
        Share if everyone who is silent were negative, and if they were positive; 0 to 1.
    k, n, n_total
        Positive answers, answers, registered.
    """

    bound_low: Numbers
    bound_high: Numbers
    k: Counts
    n: Counts
    n_total: Counts


@dataclass(frozen=True, slots=True)
class ShareDifference:
    """A difference between two shares, group minus reference.

    Attributes
    ----------
    estimate, conf_low, conf_high
        Difference, between -1 and 1, and its limits; NaN where a group has no answers.
    conf_level
        Confidence, one number.
    k, n, k_reference, n_reference
        Positive answers and answers in the group and in the reference group.
    """

    estimate: Numbers
    conf_low: Numbers
    conf_high: Numbers
    conf_level: float
    k: Counts
    n: Counts
    k_reference: Counts
    n_reference: Counts


def wilson(
    k: ArrayLike, n: ArrayLike, conf_level: float = 0.95, *, continuity: bool = False
) -> ProportionInterval:
    """Share of positive answers among people like those who answered, with Wilson's interval.

    Parameters
    ----------
    k
        Positive answers, any shape.
    n
        Answers, shape that broadcasts with `k`.
    conf_level
        Confidence, between 0 and 1.
    continuity
        Whether half an answer is given away on each side, which makes the interval wider.

    Returns
    -------
    ProportionInterval
        Shares between 0 and 1.

    Notes
    -----
    The shares p that a score test does not reject: |k/n - p| <= z sqrt(p (1 - p) / n). With
    continuity |k/n - p| - 1/(2n) takes the place of |k/n - p|. Assumes that people answer
    independently. Not for people within few firms (use `cluster_mean`), and not when most of
    those registered answered (use `hypergeometric`).

    References
    ----------
    wilson1927, newcombe1998a

    Examples
    --------
    >>> interval = wilson(24, 30)
    >>> round(interval.conf_low, 3), round(interval.conf_high, 3)
    (0.627, 0.905)
    """

    def limits(positive, answers, _share, tail):
        z = special.ndtri(1 - tail)
        half = 0.5 if continuity else 0.0
        return 1 - _wilson_upper(answers - positive + half, answers, z), _wilson_upper(
            positive + half, answers, z
        )

    return share_interval(k, n, conf_level, limits)


def _wilson_upper(positive, answers, z) -> NDArray[np.float64]:
    share = np.minimum(positive / answers, 1.0)
    middle = share + z**2 / (2 * answers)
    root = z * np.sqrt(share * (1 - share) / answers + z**2 / (4 * answers**2))
    upper = (middle + root) / (1 + z**2 / answers)
    return np.where(positive >= answers, 1.0, upper)


def clopper_pearson(k: ArrayLike, n: ArrayLike, conf_level: float = 0.95) -> ProportionInterval:
    """Share of positive answers among people like those who answered, with the exact interval.

    Parameters
    ----------
    k
        Positive answers, any shape.
    n
        Answers, shape that broadcasts with `k`.
    conf_level
        Confidence, between 0 and 1. The lower limit at 0.90 is the one-sided limit at 0.95.

    Returns
    -------
    ProportionInterval
        Shares between 0 and 1; 0 is the lower limit where k = 0, 1 the upper where k = n.

    Notes
    -----
    Beta quantiles: the lower limit is that of Beta(k, n - k + 1) at a/2, the upper that of
    Beta(k + 1, n - k) at 1 - a/2. Covers at least as often as promised, usually more often.
    Assumes that people answer independently; not for people within few firms.

    References
    ----------
    clopper1934

    Examples
    --------
    >>> interval = clopper_pearson(24, 30)
    >>> round(interval.conf_low, 3), round(interval.conf_high, 3)
    (0.614, 0.923)
    """

    def limits(positive, answers, _share, tail):
        negative = answers - positive
        low = special.betaincinv(np.maximum(positive, 1), negative + 1, tail)
        high = special.betainccinv(positive + 1, np.maximum(negative, 1), tail)
        return np.where(positive == 0, 0.0, low), np.where(negative == 0, 1.0, high)

    return share_interval(k, n, conf_level, limits)


INTERVALS: Mapping[str, Callable[..., ProportionInterval]] = {
    "wilson": wilson,
    "wilson_continuity": partial(wilson, continuity=True),
    "clopper_pearson": clopper_pearson,
    "mid_p": others.mid_p,
    "jeffreys": others.jeffreys,
    "agresti_coull": others.agresti_coull,
    "logit": others.logit,
    "cloglog": others.cloglog,
    "probit": others.probit,
    "wald": others.wald,
}


def hypergeometric(
    k: ArrayLike, n: ArrayLike, n_total: ArrayLike, conf_level: float = 0.95
) -> FiniteInterval:
    """Share of positive people among everyone registered, with the exact interval.

    Parameters
    ----------
    k
        Positive answers, any shape.
    n
        Answers.
    n_total
        Everyone registered, one or more.
    conf_level
        Confidence, between 0 and 1.

    Returns
    -------
    FiniteInterval
        Limits in steps of 1 / n_total. If everyone answered, both limits equal the estimate;
        if nobody did, the estimate is NaN and the limits are 0 and 1.

    Notes
    -----
    The totals K of positive people among n_total that neither one-sided test rejects at a/2:
    P(X >= k | K) > a/2 and P(X <= k | K) > a/2, X hypergeometric. The totals next to k N / n
    are always kept, so that the interval contains the estimate; it never leaves what
    `response_bounds` says is possible. Assumes that those who are silent are as those who
    answered; it says nothing about people outside the register. Not for people in few firms
    with a low response.

    References
    ----------
    buonaccorsi1987, wright1991

    Examples
    --------
    >>> interval = hypergeometric(21, 27, 30)
    >>> round(interval.conf_low, 3), round(interval.conf_high, 3)
    (0.733, 0.8)
    """
    positive, answers, total = finite_counts(k, n, n_total)
    tail = (1 - level(conf_level)) / 2
    low = _fewest(positive, answers, total, tail)
    high = total - _fewest(answers - positive, answers, total, tail)
    some = np.maximum(answers, 1)
    low = np.minimum(low, total * positive // some)
    high = np.maximum(high, -(-total * positive // some))
    share = np.where(answers > 0, positive / some, np.nan)
    counts = (positive, answers, total)
    return FiniteInterval(
        plain(share), plain(low / total), plain(high / total), float(conf_level), *map(plain, counts)
    )


def _fewest(k, n, n_total, tail) -> NDArray[np.int64]:
    """Find the smallest total of positive people that makes k or more of n likely enough."""
    return bisect_whole(lambda positives: at_least(k, positives, n, n_total) <= tail, k - 1, n_total - n + k)


def response_bounds(k: ArrayLike, n: ArrayLike, n_total: ArrayLike) -> ResponseBounds:
    """Certain bounds of the share among everyone registered, whatever the silent would say.

    Parameters
    ----------
    k
        Positive answers, any shape.
    n
        Answers.
    n_total
        Everyone registered, one or more.

    Returns
    -------
    ResponseBounds
        Shares between 0 and 1.

    Notes
    -----
    k / N and (k + N - n) / N. No assumption about the silent, no probability: not an interval
    that shrinks with more people, only with more answers.

    References
    ----------
    manski1989

    Examples
    --------
    >>> bounds = response_bounds(21, 27, 30)
    >>> bounds.bound_low, bounds.bound_high
    (0.7, 0.8)
    """
    positive, answers, total = finite_counts(k, n, n_total)
    bounds = (positive / total, (positive + total - answers) / total)
    return ResponseBounds(*map(plain, (*bounds, positive, answers, total)))


def needed_positive(n_total: ArrayLike, target: float) -> Counts:
    """How many positive people a target needs.

    Parameters
    ----------
    n_total
        Everyone registered, any shape.
    target
        Share to reach, above 0 and at most 1.

    Returns
    -------
    int or numpy.ndarray
        The smallest whole number that is at least target * n_total.

    Notes
    -----
    The target is read as the nearest fraction with a denominator up to a million, so that 0.7
    means 7/10 and rounding in the machine cannot ask for one person more.

    References
    ----------
    manski1989

    Examples
    --------
    >>> needed_positive(30, 0.7), needed_positive(100, 0.07)
    (21, 7)
    """
    share = _exact_share(target)
    return plain(-(-(share.numerator * whole(n_total, pmsg("argument", "Registered"))) // share.denominator))


def _exact_share(target: float) -> Fraction:
    if not 0 < target <= 1:
        raise EstimationError(
            msg("A target must lie above 0 and be at most 1; found {found}.", found=str(target)),
            do=msg("Write 70 of 100 as 0.70."),
        )
    return Fraction(float(target)).limit_denominator(1_000_000)


def tipping_share(k: ArrayLike, n: ArrayLike, n_total: ArrayLike, target: float) -> Numbers:
    """Share of the silent who would have to be positive for the target to be reached.

    Parameters
    ----------
    k
        Positive answers, any shape.
    n
        Answers.
    n_total
        Everyone registered, one or more.
    target
        Share to reach, above 0 and at most 1.

    Returns
    -------
    float or numpy.ndarray
        At most 0: reached for certain. Above 1: cannot be reached. NaN where nobody is silent.

    Notes
    -----
    (target N - k) / (N - n), computed with the target as an exact fraction. No assumption
    about the silent; whether the share is plausible is the reader's judgement.

    References
    ----------
    manski1989

    Examples
    --------
    >>> tipping_share(18, 24, 30, 0.7)
    0.5
    """
    positive, answers, total = finite_counts(k, n, n_total)
    share = _exact_share(target)
    lacking = share.numerator * total - share.denominator * positive
    silent = share.denominator * (total - answers)
    return plain(np.where(silent > 0, lacking / np.maximum(silent, 1), np.nan))


def newcombe(
    k: ArrayLike, n: ArrayLike, k_reference: ArrayLike, n_reference: ArrayLike, conf_level: float = 0.95
) -> ShareDifference:
    """Difference between the shares of two separate groups, with Newcombe's interval.

    Parameters
    ----------
    k, n
        Positive answers and answers in the group, any shape.
    k_reference, n_reference
        The same in the reference group.
    conf_level
        Confidence, between 0 and 1.

    Returns
    -------
    ShareDifference
        Group minus reference; all NaN where one of the groups has no answers.

    Notes
    -----
    Square-and-add of the distances to Wilson's limits (method 10). Assumes separate people who
    answer independently; not for before and after (use `tango`), not for people in few firms.

    References
    ----------
    newcombe1998

    Examples
    --------
    >>> difference = newcombe(38, 62, 141, 190)
    >>> round(difference.estimate, 3), round(difference.conf_low, 3), round(difference.conf_high, 3)
    (-0.129, -0.266, 0.0)
    """
    group, reference = wilson(k, n, conf_level), wilson(k_reference, n_reference, conf_level)
    estimate = np.subtract(group.estimate, reference.estimate)
    low = estimate - np.hypot(
        np.subtract(group.estimate, group.conf_low), np.subtract(reference.conf_high, reference.estimate)
    )
    high = estimate + np.hypot(
        np.subtract(group.conf_high, group.estimate), np.subtract(reference.estimate, reference.conf_low)
    )
    counts = (*share_counts(k, n), *share_counts(k_reference, n_reference))
    return ShareDifference(*map(plain, (estimate, low, high)), float(conf_level), *map(plain, counts))
