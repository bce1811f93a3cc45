"""How likely it is that a share reaches a target, given the answers there are."""

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import fft, special

from evaluation.stats.checks import finite_counts, level, share_counts
from evaluation.stats.combinatorics import log_choose
from evaluation.stats.design import Matrix
from evaluation.stats.proportion import needed_positive
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg

CHUNK = 2_000_000
"""Numbers held at a time, so that large programmes do not fill the memory."""


@dataclass(frozen=True, slots=True)
class SharePosterior:
    """What is believed of a share after the answers: a beta distribution.

    Attributes
    ----------
    positive, negative
        Parameters: positive and negative answers, those of the prior included.
    estimate, std_dev
        Mean and standard deviation.
    conf_low, conf_high, conf_level
        Equal-tailed credible limits, and their probability.
    """

    positive: float
    negative: float
    estimate: float
    std_dev: float
    conf_low: float
    conf_high: float
    conf_level: float


@dataclass(frozen=True, slots=True)
class UnseenShare:
    """What is believed of the share among everyone when some have not answered.

    Attributes
    ----------
    p_target
        Probability that the share among everyone is at least the target.
    estimate
        Mean of the share among everyone.
    conf_low, conf_high, conf_level
        Equal-tailed limits of the share among everyone, and their probability.
    probability
        Shape (u + 1,): probability of 0 to u positive among the u silent.
    icc
        Posterior mean of the correlation between two people in one organisation.
    k, n, n_total, n_clusters
        Positive answers, answers, everyone, organisations.
    """

    p_target: float
    estimate: float
    conf_low: float
    conf_high: float
    conf_level: float
    probability: Matrix
    icc: float
    k: int
    n: int
    n_total: int
    n_clusters: int


def beta_posterior(
    k: int, n: int, conf_level: float = 0.95, *, prior: tuple[float, float] = (1.0, 1.0)
) -> SharePosterior:
    """Share of positive answers, as a distribution of what it may be.

    Parameters
    ----------
    k
        Positive answers.
    n
        Answers.
    conf_level
        Probability between the limits. The lower limit at 0.80 has a tenth below it.
    prior
        Positive and negative answers that are worth as much as what was believed before: (1, 1)
        believes every share alike, (0.5, 0.5) is Jeffreys'.

    Returns
    -------
    SharePosterior
        Beta(k + a, n - k + b).

    Notes
    -----
    Assumes that people answer independently; not for people within few firms (use
    `predict_unseen`). Show the result under a second prior beside it.

    References
    ----------
    gelman2013

    Examples
    --------
    >>> round(beta_posterior(24, 30).estimate, 5)
    0.78125
    """
    positive, answers = (int(count) for count in share_counts(k, n))
    a, b = positive + prior[0], answers - positive + prior[1]
    tail = (1 - level(conf_level)) / 2
    if not (min(prior) > 0):
        raise EstimationError(
            msg("Both numbers of a prior must be above 0; found {found}.", found=str(prior))
        )
    return SharePosterior(
        positive=a,
        negative=b,
        estimate=a / (a + b),
        std_dev=float(np.sqrt(a * b / ((a + b) ** 2 * (a + b + 1)))),
        conf_low=float(special.betaincinv(a, b, tail)),
        conf_high=float(special.betainccinv(a, b, tail)),
        conf_level=float(conf_level),
    )


def probability_at_least(posterior: SharePosterior, target: float) -> float:
    """Probability that the true share is at least the target.

    Parameters
    ----------
    posterior
        From `beta_posterior`.
    target
        Share, between 0 and 1.

    Returns
    -------
    float
        The upper tail of the beta distribution.

    References
    ----------
    gelman2013

    Examples
    --------
    >>> round(probability_at_least(beta_posterior(24, 30), 0.7), 4)
    0.8654
    """
    return float(special.betaincc(posterior.positive, posterior.negative, target))


def predicted_counts(posterior: SharePosterior, n_more: int) -> Matrix:
    """Probability of every number of positive answers among people who are still to answer.

    Parameters
    ----------
    posterior
        From `beta_posterior`.
    n_more
        How many are to answer.

    Returns
    -------
    numpy.ndarray
        Shape (n_more + 1,), the beta-binomial distribution.

    Notes
    -----
    choose(m, j) B(a + j, b + m - j) / B(a, b).

    References
    ----------
    skellam1948, gelman2013

    Examples
    --------
    >>> predicted_counts(beta_posterior(0, 0), 2).round(3).tolist()
    [0.333, 0.333, 0.333]
    """
    return np.exp(_log_beta_binomial(np.arange(n_more + 1), n_more, posterior.positive, posterior.negative))


def _log_beta_binomial(k, n, a, b) -> Matrix:
    return log_choose(n, k) + special.betaln(a + k, b + n - k) - special.betaln(a, b)


def predict_unseen(
    k: ArrayLike,
    n: ArrayLike,
    n_total: ArrayLike,
    target: float,
    conf_level: float = 0.95,
    *,
    grid: tuple[int, int] = (60, 40),
    icc_prior: tuple[float, float] = (1.0, 10.0),
) -> UnseenShare:
    """How likely a programme reaches its target once the silent are counted too.

    Parameters
    ----------
    k
        Positive answers in each organisation, shape (g,).
    n
        Answers in each organisation.
    n_total
        Everyone in each organisation; one without answers counts too.
    target
        Share to reach, above 0 and at most 1.
    conf_level
        Probability between the limits.
    grid
        Points for the mean share and for the correlation within organisations.
    icc_prior
        Beta prior of that correlation; (1, 10) expects about 0.09. Show (1, 1) beside it.

    Returns
    -------
    UnseenShare
        If everyone answered the probability is 0 or 1 and the limits equal the share.

    Notes
    -----
    The share of organisation g is Beta(m (1 - r) / r, (1 - m) (1 - r) / r), with m uniform and r
    from its prior, both on a grid of midpoints. Each grid point is weighted by its beta-binomial
    likelihood; the silent of g follow the beta-binomial distribution given its own answers, and
    organisations are added by Fourier transform. Assumes that the silent in an organisation are
    as those who answered there: read it beside `response_bounds`.

    References
    ----------
    skellam1948, gelman2013

    Examples
    --------
    >>> found = predict_unseen([3, 2, 4], [4, 4, 4], [5, 5, 5], 0.7)
    >>> round(found.p_target, 2)
    0.8
    """
    positive, answers, everyone = (np.atleast_1d(counts) for counts in finite_counts(k, n, n_total))
    mean, icc, weight = _grid(positive, answers, grid, icc_prior)
    size = (1 - icc) / icc
    probability = _unseen(positive, answers, everyone - answers, (mean * size, (1 - mean) * size), weight)
    total, seen = int(everyone.sum()), int(positive.sum())
    shares = (seen + np.arange(probability.size)) / total
    low, high = _quantiles(probability, (1 - level(conf_level)) / 2)
    return UnseenShare(
        p_target=float(probability[max(int(needed_positive(total, target)) - seen, 0) :].sum()),
        estimate=float(probability @ shares),
        conf_low=float(shares[low]),
        conf_high=float(shares[high]),
        conf_level=float(conf_level),
        probability=probability,
        icc=float(weight @ icc),
        k=seen,
        n=int(answers.sum()),
        n_total=total,
        n_clusters=positive.size,
    )


def _quantiles(probability: Matrix, tail: float) -> tuple[int, int]:
    below, above = np.cumsum(probability), np.cumsum(probability[::-1])
    return int(np.argmax(below > tail)), probability.size - 1 - int(np.argmax(above > tail))


def _grid(positive, answers, grid, icc_prior) -> tuple[Matrix, Matrix, Matrix]:
    """Points of mean and correlation, flat, with their posterior weights."""
    points = [(np.arange(size) + 0.5) / size for size in grid]
    mean, icc = np.array(list(product(*points))).T
    size = (1 - icc) / icc
    a, b = (mean * size)[:, None], ((1 - mean) * size)[:, None]
    patterns, times = np.unique(np.stack([positive, answers]), axis=1, return_counts=True)
    log = _log_beta_binomial(patterns[0], patterns[1], a, b) @ times
    log += special.xlogy(icc_prior[0] - 1, icc) + special.xlog1py(icc_prior[1] - 1, -icc)
    weight = np.exp(log - log.max())
    return mean, icc, weight / weight.sum()


def _unseen(positive, answers, silent, shape, weight) -> Matrix:
    """Distribution of positive people among all silent, mixed over the grid."""
    kinds, times = np.unique(np.stack([positive, answers, silent]), axis=1, return_counts=True)
    length = int(silent.sum()) + 1
    size = max(1, CHUNK // length)
    mixed = sum(
        weight[part] @ _transforms(kinds, times, [side[part, None] for side in shape], length)
        for part in (slice(start, start + size) for start in range(0, weight.size, size))
    )
    probability = np.clip(fft.irfft(mixed, length), 0, None)
    return probability / probability.sum()


def _transforms(
    kinds: NDArray[np.int64], times: NDArray[np.int64], shape: list[Matrix], length: int
) -> NDArray[np.complex128]:
    """Fourier transform of the distribution of the sum, for every grid point."""
    product_of_all = np.ones((shape[0].shape[0], length // 2 + 1), dtype=np.complex128)
    for (k, n, silent), count in zip(kinds.T, times, strict=True):
        if silent:
            counts = np.arange(silent + 1)
            one = np.exp(_log_beta_binomial(counts, silent, shape[0] + k, shape[1] + n - k))
            product_of_all *= fft.rfft(one, length) ** count
    return product_of_all
