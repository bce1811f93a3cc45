"""Ordered or yes-or-no answers of people within organisations: a logit with a level for each organisation."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import optimize, special

from evaluation.stats.checks import as_float
from evaluation.stats.design import Matrix, cluster_numbers
from evaluation.stats.differences import curvatures, slopes
from evaluation.stats.ordinal_logit import OrdinalRows, log_chance, maximum, ordinal_rows
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg

# A standard deviation between clusters below this is zero.
NOTHING = 1e-3
START = 0.7


@dataclass(frozen=True, slots=True)
class RandomInterceptLogit:
    """A cumulative logit with a random intercept; k categories, p columns.

    Attributes
    ----------
    thresholds
        Shape (k - 1,), on the logit scale, ascending. With two categories, minus the intercept.
    coefficients
        Shape (p,): log odds of a higher answer for each unit of a column, within one cluster.
    threshold_errors, std_error
        Standard errors of thresholds and coefficients.
    covariance
        Of thresholds and coefficients, in this order.
    std_between
        Standard deviation of the clusters' levels, in logits; 0 at the boundary.
    log_likelihood
        At the estimates.
    likelihood_ratio, p_value
        Twice the gain over the model without clusters, and half of chi-squared with 1 degree of freedom.
    nodes
        Points of the quadrature.
    categories
        The answers that occur, ascending, shape (k,).
    n, n_clusters
        People and clusters.
    """

    thresholds: Matrix
    coefficients: Matrix
    threshold_errors: Matrix
    std_error: Matrix
    covariance: Matrix
    std_between: float
    log_likelihood: float
    likelihood_ratio: float
    p_value: float
    nodes: int
    categories: Matrix
    n: int
    n_clusters: int


@dataclass(frozen=True, slots=True)
class _Clustered:
    """What the likelihood needs, and where the last modes lay.

    Attributes
    ----------
    rows
        Of the model.
    group, clusters
        Cluster number of each row, and how many there are.
    points, weights
        Gauss-Hermite points, shape (nodes,), and logarithms of their weights times exp(point^2).
    modes
        Shape (clusters,): the most likely levels at the last parameters, to start from.
    """

    rows: OrdinalRows
    group: NDArray[np.intp]
    clusters: int
    points: Matrix
    weights: Matrix
    modes: Matrix = field(repr=False)

    def summed(self, values: Matrix) -> Matrix:
        """Add up each cluster, along the first axis."""
        return np.stack([np.bincount(self.group, column, self.clusters) for column in values.T], axis=1)

    def log_likelihood(self, parameters: Matrix) -> float:
        """Of thresholds, coefficients and, last, the standard deviation between clusters."""
        above, below = self.rows.edges(parameters[:-1])
        spread = parameters[-1]
        modes, width = self.around(above, below, spread)
        levels = modes[:, None] + np.sqrt(2) * width[:, None] * self.points
        shift = spread * levels[self.group]
        joint = self.summed(log_chance(above[:, None] - shift, below[:, None] - shift)) - levels**2 / 2
        logs = special.logsumexp(joint + self.weights, axis=1) + np.log(width) - np.log(np.pi) / 2
        return float(logs.sum())

    def around(self, above: Matrix, below: Matrix, spread: float) -> tuple[Matrix, Matrix]:
        """Most likely standardised level of every cluster, and the width of its peak."""
        modes = self.modes.copy()
        for _ in range(50):
            shift = spread * modes[self.group]
            shares = special.expit(above - shift), special.expit(below - shift)
            pull = np.bincount(self.group, 1 - shares[0] - shares[1], self.clusters)
            bend = np.bincount(self.group, sum(share * (1 - share) for share in shares), self.clusters)
            curvature = 1 + spread**2 * bend
            step = (-spread * pull - modes) / curvature
            modes += np.clip(step, -2, 2)
            if np.max(np.abs(step)) < 1e-10:
                break
        self.modes[:] = modes
        return modes, 1 / np.sqrt(curvature)


def random_intercept_logit(
    y: ArrayLike, x: ArrayLike, cluster: ArrayLike, *, nodes: int = 25
) -> RandomInterceptLogit:
    """How much likelier higher answers are for each unit of a column, among colleagues in one organisation.

    Parameters
    ----------
    y
        Ordered answers as numbers, or 0 and 1, shape (n,), without missing values.
    x
        Columns, shape (n, p), without a column of ones; p may be 0.
    cluster
        The organisation, or the person with several answers, of each row, shape (n,).
    nodes
        Points of the quadrature, one or more; 1 is Laplace's approximation.

    Returns
    -------
    RandomInterceptLogit
        At the boundary (no spread between clusters) the model without clusters.

    Notes
    -----
    logit P(y <= j) = threshold_j - x b - u, u normal with one variance between clusters. Maximum likelihood,
    with the integral over u by Gauss-Hermite quadrature centred and scaled at every
    cluster's mode. The coefficients hold within a cluster and are further from zero than effects between people
    at large. Normal-theory p-values are too small below about 30 clusters: prefer clustered
    inference on the change. Assumes normal levels, unrelated to the columns.

    References
    ----------
    liu1994, agresti2010, self1987

    Examples
    --------
    >>> y = [1, 2, 3, 2, 3, 3, 1, 2, 1, 1, 2, 1]
    >>> fit = random_intercept_logit(y, np.array([[0, 1] * 6]).T, list("aaabbbcccddd"), nodes=9)
    >>> fit.n_clusters, len(fit.thresholds)
    (4, 2)
    """
    rows = ordinal_rows(y, x)
    group, clusters = cluster_numbers(np.asarray(cluster))
    if group.size != len(rows.upper) or nodes < 1:
        raise EstimationError(
            msg("The model needs a cluster for each answer, and one or more quadrature points.")
        )
    points, weights = np.polynomial.hermite.hermgauss(nodes)
    logs = np.log(weights) + points**2
    problem = _Clustered(rows, group, clusters, points, logs, np.zeros(clusters))
    plain, without, information = maximum(rows)

    def deviance(parameters: Matrix) -> float:
        return -problem.log_likelihood(parameters)

    best = _minimise(deviance, np.append(plain, START))
    gain = max(-2 * (deviance(best) + without), 0.0)
    if abs(best[-1]) < NOTHING or gain < 1e-9:
        best, gain, spread = np.append(plain, 0.0), 0.0, np.linalg.inv(information)
    else:
        spread = np.linalg.inv(curvatures(deviance, best))[:-1, :-1]
    return _fit(problem, best, spread, without + gain / 2, gain, as_float(x, "x").shape[1])


def _minimise(deviance: Callable[[Matrix], float], start: Matrix) -> Matrix:
    """BFGS, then two steps of Newton, which differences of the deviance follow to the last digits."""
    found = optimize.minimize(
        deviance, start, jac=lambda at: slopes(deviance, at), method="BFGS", options={"gtol": 1e-4}
    ).x
    if abs(found[-1]) < NOTHING:
        return found
    for _ in range(2):
        step = np.linalg.lstsq(curvatures(deviance, found), slopes(deviance, found), rcond=None)[0]
        if deviance(found - step) > deviance(found) + 1e-8:
            break
        found = found - step
    return found


def _fit(
    problem: _Clustered, best: Matrix, covariance: Matrix, value: float, gain: float, columns: int
) -> RandomInterceptLogit:
    inner = problem.rows.categories.size - 1
    errors = np.sqrt(np.maximum(np.diag(covariance), 0))
    return RandomInterceptLogit(
        thresholds=best[:inner],
        coefficients=best[inner : inner + columns],
        threshold_errors=errors[:inner],
        std_error=errors[inner:],
        covariance=covariance,
        std_between=float(abs(best[-1])),
        log_likelihood=value,
        likelihood_ratio=gain,
        p_value=float(special.chdtrc(1, gain) / 2) if gain > 0 else 1.0,
        nodes=problem.points.size,
        categories=problem.rows.categories,
        n=problem.group.size,
        n_clusters=problem.clusters,
    )
