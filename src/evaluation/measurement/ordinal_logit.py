"""Cumulative logit regression of ordered answers."""

from dataclasses import dataclass

import numpy as np
from scipy import special

from evaluation.measurement.items import Matrix
from evaluation.measurement.structure import minimise

LEAST = 1e-300


@dataclass(frozen=True, slots=True)
class OrdinalLogit:
    """A fitted cumulative logit model.

    Attributes
    ----------
    thresholds
        Shape (c - 1,), ascending.
    slopes
        Log odds of a higher answer per unit, shape (q,).
    log_likelihood
        Of the counts.
    """

    thresholds: Matrix
    slopes: Matrix
    log_likelihood: float


def ordinal_logit(counts: Matrix, columns: Matrix) -> OrdinalLogit:
    """Odds of higher answers, by cumulative logit regression.

    Parameters
    ----------
    counts
        How often each answer stands in each row, shape (m, c); no answer is absent in all rows.
    columns
        Explanations without a constant, shape (m, q).

    Returns
    -------
    OrdinalLogit
        Slopes grow without limit when an explanation separates the answers fully.

    Notes
    -----
    P(answer <= c) = 1 / (1 + exp(-(threshold_c - x slope))): the same odds ratio at every cut. Fitted by
    scoring. Assumes independent rows.

    References
    ----------
    mccullagh1980

    Examples
    --------
    >>> counts = np.array([[30.0, 10.0], [10.0, 30.0]])
    >>> ordinal_logit(counts, np.array([[0.0], [1.0]])).slopes.round(3).tolist()
    [2.197]
    """
    totals = counts.sum(axis=0)
    share = np.cumsum(totals)[:-1] / totals.sum()
    start = np.concatenate([special.logit(share), np.zeros(columns.shape[1])])
    n = counts.sum()
    found = minimise(lambda theta: _evaluate(theta, counts, columns, n), start, 1e-11)
    cut = len(share)
    return OrdinalLogit(found.theta[:cut], found.theta[cut:], -found.value * n)


def _evaluate(theta: Matrix, counts: Matrix, columns: Matrix, n: float) -> tuple[float, Matrix, Matrix]:
    """Return minus the mean log likelihood, its gradient and the information."""
    cut = counts.shape[1] - 1
    if np.any(np.diff(theta[:cut]) <= 0):
        return np.inf, theta, np.eye(theta.size)
    below = special.expit(theta[:cut] - (columns @ theta[cut:])[:, None])
    slope = np.pad(below * (1 - below), ((0, 0), (1, 1)))
    share = np.maximum(
        np.diff(np.pad(below, ((0, 0), (1, 1)), constant_values=((0, 0), (0, 1))), axis=1), LEAST
    )
    ratio, people = counts / share, counts.sum(axis=1)
    by = np.zeros((theta.size, *counts.shape))
    place = np.arange(cut)
    by[place, :, place], by[place, :, place + 1] = slope[:, 1:-1].T, -slope[:, 1:-1].T
    by[cut:] = -columns.T[:, :, None] * np.diff(slope, axis=1)
    gradient = -np.einsum("qmc,mc->q", by, ratio) / n
    weighted = (by * (people[:, None] / share)).reshape(theta.size, -1)
    information = weighted @ by.reshape(theta.size, -1).T / n
    return float(-np.sum(counts * np.log(share)) / n), gradient, information
