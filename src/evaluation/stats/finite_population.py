"""Shares among everyone registered, when only some of them answered."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from evaluation.stats.checks import Counts, Numbers, finite_counts, level, plain
from evaluation.stats.combinatorics import log_choose


@dataclass(frozen=True, slots=True)
class FiniteInterval:
    """A share of everyone registered; every field has the broadcast shape of the counts.

    Attributes
    ----------
    estimate
        Share k / n among the answers; NaN where nobody answered.
    conf_low, conf_high
        Limits of the share among all `n_total`.
    conf_level
        Confidence, one number.
    k, n, n_total
        Positive answers, answers, registered.
    std_error
        Standard error of the share with finite-population correction; NaN for exact methods.
    """

    estimate: Numbers
    conf_low: Numbers
    conf_high: Numbers
    conf_level: float
    k: Counts
    n: Counts
    n_total: Counts
    std_error: Numbers = float("nan")


def at_least(k: ArrayLike, positives: ArrayLike, n: ArrayLike, n_total: ArrayLike) -> NDArray[np.float64]:
    """Probability of drawing at least so many positive people without replacement.

    Parameters
    ----------
    k
        Positive people drawn, any shape.
    positives
        Positive people among all `n_total`.
    n
        People drawn.
    n_total
        Everyone.

    Returns
    -------
    numpy.ndarray
        P(X >= k) for the hypergeometric distribution, broadcast shape.

    Notes
    -----
    The tail is summed from `k` away from the mean, over twelve standard deviations and at least
    forty terms, after which the terms are below 1e-30 of the first; the other side is one minus it.

    References
    ----------
    buonaccorsi1987

    Examples
    --------
    >>> round(float(at_least(18, 20, 24, 30)), 4)
    0.076
    """
    k, positives, n, n_total = np.broadcast_arrays(
        *(np.asarray(a, dtype=np.int64) for a in (k, positives, n, n_total))
    )
    below = k * n_total <= n * positives
    outer = _outer_tail(
        np.where(below, n - k + 1, k), np.where(below, n_total - positives, positives), n, n_total
    )
    return np.where(below, 1 - outer, outer)


def _outer_tail(k, positives, n, n_total) -> NDArray[np.float64]:
    """P(X >= k) where k lies above the mean, so that the terms fall."""
    most = np.minimum(n, positives)
    first = np.minimum(k, most)
    share = positives / n_total
    spread = np.sqrt(n * share * (1 - share) * (n_total - n) / np.maximum(n_total - 1, 1))
    terms = int(min(np.max(12 * spread, initial=0) + 40, np.max(most, initial=0)))
    at = first[..., None] + np.arange(terms, dtype=np.float64)
    up = (positives[..., None] - at) * (n[..., None] - at)
    down = (at + 1) * ((n_total - positives - n)[..., None] + at + 1)
    tail = np.exp(_log_probability(first, positives, n, n_total)) * (
        1 + np.cumprod(up / down, axis=-1).sum(axis=-1)
    )
    return np.where(k <= most, np.minimum(tail, 1.0), 0.0)


def _log_probability(k, positives, n, n_total) -> NDArray[np.float64]:
    return log_choose(positives, k) + log_choose(n_total - positives, n - k) - log_choose(n_total, n)


def finite_wald(k: ArrayLike, n: ArrayLike, n_total: ArrayLike, conf_level: float = 0.95) -> FiniteInterval:
    """Share among everyone registered with the normal interval of survey textbooks.

    Parameters
    ----------
    k
        Positive answers, any shape.
    n
        Answers, two or more for a standard error.
    n_total
        Everyone registered, one or more.
    conf_level
        Confidence, between 0 and 1.

    Returns
    -------
    FiniteInterval
        The limits are not cut at the possible range. All NaN where n is 0, limits NaN where n is 1.

    Notes
    -----
    p -/+ z sqrt(p (1 - p) / (n - 1) (1 - n / N)). It assumes that answers are missing at random
    and can reach outside the possible: with 18 of 24 of 30 it passes 0.80. Use `hypergeometric`.

    References
    ----------
    cochran1977

    Examples
    --------
    >>> round(finite_wald(18, 24, 30).conf_high, 3)
    0.829
    """
    positive, answers, total = finite_counts(k, n, n_total)
    z = special.ndtri((1 + level(conf_level)) / 2)
    share = np.where(answers > 0, positive / np.maximum(answers, 1), np.nan)
    variance = share * (1 - share) / np.maximum(answers - 1, 1) * (1 - answers / total)
    error = np.where(answers > 1, np.sqrt(variance), np.nan)
    limits = (share - z * error, share + z * error)
    counts = (positive, answers, total)
    return FiniteInterval(
        plain(share), *map(plain, limits), float(conf_level), *map(plain, counts), plain(error)
    )
