"""Regression for people within organisations, with cluster-robust inference."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evaluation.stats.checks import finite, level, pick
from evaluation.stats.design import model_rows, orthonormal_columns
from evaluation.stats.paired import ROUNDING
from evaluation.stats.student import t_limits, t_p_value
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg, pmsg

Matrix = NDArray[np.float64]

# A direction of a cluster whose leverage is this near 1 tells nothing about the spread.
FULL_LEVERAGE = 1 - 1e-10
NO_INFORMATION = 1e-10


@dataclass(frozen=True, slots=True)
class ClusterFit:
    """A least-squares fit with what cluster-robust inference needs; n rows, p columns, g clusters.

    Attributes
    ----------
    coefficients
        Shape (p,), in the unit of the outcome per unit of each column.
    root
        Shape (p, p); root @ root.T is the inverse of x'x. Columns of x @ root are orthonormal.
    leverage
        Shape (g, p), ascending, between 0 and 1: eigenvalues of the cluster's part of the projection.
    direction
        Shape (g, p, p); columns are the eigenvectors that belong to `leverage`.
    score
        Shape (g, p): sums over the cluster of orthonormal column times residual.
    size
        The largest absolute outcome, by which rounding is told from spread.
    n, n_clusters
        Rows and clusters.
    """

    coefficients: Matrix
    root: Matrix
    leverage: Matrix
    direction: Matrix
    score: Matrix
    size: float
    n: int
    n_clusters: int


@dataclass(frozen=True, slots=True)
class ClusterContrast:
    """A weighted sum of coefficients with cluster-robust inference.

    Attributes
    ----------
    estimate, std_error
        In the unit of the contrast.
    statistic, df, p_value
        t test against `reference`; NaN without spread.
    conf_low, conf_high, conf_level
        Limits, same unit, and confidence.
    reference
        The value compared with.
    n, n_clusters
        Rows and clusters.
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
    n: int
    n_clusters: int


def cluster_fit(y: ArrayLike, x: ArrayLike, cluster: ArrayLike) -> ClusterFit:
    """Least-squares coefficients for people within organisations.

    Parameters
    ----------
    y
        Outcome, shape (n,), without missing values.
    x
        Columns of the model, shape (n, p), the column of ones included; no column may be a
        weighted sum of the others.
    cluster
        The organisation of each row, shape (n,): numbers or text, at least two different.

    Returns
    -------
    ClusterFit
        To be passed to `contrast`, `cluster_covariance` or `wald_htz`.

    Notes
    -----
    x = Q R; the projection of cluster g, Q_g Q_g', has the eigenvalues of the p x p matrix
    Q_g' Q_g, so that nothing larger than p x p is made for any cluster. Assumes that clusters
    are independent of one another; within a cluster anything may hold.

    References
    ----------
    bell2002, pustejovsky2018

    Examples
    --------
    >>> fit = cluster_fit([1.0, 2.0, 4.0, 5.0], np.ones((4, 1)), ["a", "a", "b", "b"])
    >>> fit.coefficients.tolist(), fit.n_clusters
    ([3.0], 2)
    """
    outcome, design, group, n_clusters = model_rows(y, x, cluster)
    orthonormal, root = orthonormal_columns(design)
    projected = orthonormal.T @ outcome
    residual = outcome - orthonormal @ projected
    columns = range(design.shape[1])
    moments = np.empty((n_clusters, len(columns), len(columns)))
    for i in columns:
        for j in range(i + 1):
            product = orthonormal[:, i] * orthonormal[:, j]
            moments[:, i, j] = moments[:, j, i] = np.bincount(group, product, n_clusters)
    score = np.stack([np.bincount(group, orthonormal[:, i] * residual, n_clusters) for i in columns], axis=1)
    leverage, direction = np.linalg.eigh(moments)
    return ClusterFit(
        coefficients=root @ projected,
        root=root,
        leverage=np.clip(leverage, 0, 1),
        direction=direction,
        score=score,
        size=float(np.max(np.abs(outcome))),
        n=outcome.size,
        n_clusters=n_clusters,
    )


def _power(leverage: Matrix, power: float) -> Matrix:
    """(1 - leverage) ** power, and 0 where the cluster alone decides a coefficient."""
    free = leverage < FULL_LEVERAGE
    return np.where(free, np.where(free, 1 - leverage, 1.0) ** power, 0.0)


# What the residuals are multiplied by in every direction of a cluster, from its leverages.
ADJUSTMENTS: Mapping[str, Callable[[Matrix], Matrix]] = {
    "CR0": np.ones_like,
    "CR1": np.ones_like,
    "CR1S": np.ones_like,
    "CR2": lambda leverage: _power(leverage, -0.5),
    "CR3": lambda leverage: _power(leverage, -1.0),
}

# What the covariance is multiplied by, from rows, columns and clusters.
FACTORS: Mapping[str, Callable[[int, int, int], float]] = {
    "CR0": lambda n, p, clusters: 1.0,
    "CR1": lambda n, p, clusters: clusters / (clusters - 1),
    "CR1S": lambda n, p, clusters: clusters / (clusters - 1) * (n - 1) / (n - p) if n > p else float("nan"),
    "CR2": lambda n, p, clusters: 1.0,
    "CR3": lambda n, p, clusters: 1.0,
}


def cluster_covariance(fit: ClusterFit, covariance: str = "CR2") -> Matrix:
    """How uncertain the coefficients are, and how they move together.

    Parameters
    ----------
    fit
        From `cluster_fit`.
    covariance
        "CR0" (no correction), "CR1" (times g / (g - 1)), "CR1S" (times also (n - 1) / (n - p), as
        in Stata), "CR2" (Bell and McCaffrey) or "CR3" (close to the jackknife).

    Returns
    -------
    numpy.ndarray
        Shape (p, p), in squared units of the coefficients.

    Notes
    -----
    (x'x)^-1 [sum_g x_g' A_g e_g e_g' A_g x_g] (x'x)^-1 with A_g = (I - H_gg)^(-1/2), symmetric and with
    zero for directions that the cluster alone decides, under CR2; the power is -1 under
    CR3 and 0 otherwise. CR2 is unbiased when rows are in truth independent and equally spread;
    with few or unequal clusters CR0 and CR1 are too small.

    References
    ----------
    bell2002, pustejovsky2018, cameron2015

    Examples
    --------
    >>> fit = cluster_fit([1.0, 2.0, 4.0, 5.0], np.ones((4, 1)), ["a", "a", "b", "b"])
    >>> cluster_covariance(fit).round(4).tolist()
    [[2.25]]
    """
    multiplier = pick(ADJUSTMENTS, covariance, pmsg("argument", "cluster covariance"))(fit.leverage)
    along = np.einsum("gij,gi->gj", fit.direction, fit.score) * multiplier
    score = np.einsum("gij,gj->gi", fit.direction, along)
    factor = FACTORS[covariance](fit.n, fit.coefficients.size, fit.n_clusters)
    return factor * fit.root @ (score.T @ score) @ fit.root.T


def satterthwaite_df(fit: ClusterFit, weights: ArrayLike, covariance: str = "CR2") -> float:
    """How many independent clusters a contrast is worth, less one: its degrees of freedom.

    Parameters
    ----------
    fit
        From `cluster_fit`.
    weights
        Weights of the coefficients, shape (p,).
    covariance
        As in `cluster_covariance`.

    Returns
    -------
    float
        NaN when no cluster tells anything about the contrast.

    Notes
    -----
    (sum_g p_g'p_g)^2 / sum_gh (p_g'p_h)^2 with p_g = (I - H)_g' A_g x_g (x'x)^-1 c, the moments of
    the variance when rows are independent and equally spread. Far below g - 1 when clusters are
    unequal or few of them carry the contrast; below 4 the test should not be trusted.

    References
    ----------
    bell2002, pustejovsky2018, imbens2016

    Examples
    --------
    >>> fit = cluster_fit([1.0, 2.0, 4.0, 5.0], np.ones((4, 1)), ["a", "a", "b", "b"])
    >>> round(satterthwaite_df(fit, [1.0]), 6)
    1.0
    """
    multiplier = pick(ADJUSTMENTS, covariance, pmsg("argument", "cluster covariance"))(fit.leverage)
    standard = fit.root.T @ _weights(fit, weights)
    along = np.einsum("gij,i->gj", fit.direction, standard)
    own = np.sum(along**2 * fit.leverage * multiplier**2, axis=1)
    shared = np.einsum("gij,gj->gi", fit.direction, along * fit.leverage * multiplier)
    overlap = np.sum(shared**2, axis=1)
    expected = np.sum(own - overlap)
    squares = np.sum(own**2 - 2 * own * overlap) + np.sum((shared.T @ shared) ** 2)
    # Against the variance of the contrast itself, what is left of it is more than rounding.
    informed = expected > NO_INFORMATION * float(standard @ standard)
    return float(expected**2 / squares) if informed else float("nan")


def _weights(fit: ClusterFit, weights: ArrayLike) -> Matrix:
    vector = finite(weights, pmsg("argument", "The weights of the contrast"))
    if vector.size != fit.coefficients.size or not np.any(vector):
        raise EstimationError(
            msg(
                "A contrast needs one weight for each of {wanted} coefficients, not all 0; found {found}.",
                wanted=fit.coefficients.size,
                found=str(vector.tolist()),
            )
        )
    return vector


DEGREES: Mapping[str, Callable[[ClusterFit, ArrayLike], float]] = {
    "CR2": satterthwaite_df,
    **{kind: (lambda fit, weights: float(fit.n_clusters - 1)) for kind in ("CR0", "CR1", "CR1S", "CR3")},
}


def contrast(
    fit: ClusterFit,
    weights: ArrayLike,
    conf_level: float = 0.95,
    *,
    covariance: str = "CR2",
    reference: float = 0.0,
) -> ClusterContrast:
    """Coefficient, or weighted sum of coefficients, with its cluster-robust interval.

    Parameters
    ----------
    fit
        From `cluster_fit`.
    weights
        Weights of the coefficients, shape (p,); [0, 1, 0] picks the second.
    conf_level
        Confidence, between 0 and 1.
    covariance
        As in `cluster_covariance`.
    reference
        The value to compare with, in the unit of the contrast.

    Returns
    -------
    ClusterContrast
        The test and the interval are NaN when the residuals have no spread.

    Notes
    -----
    t = (c'b - reference) / sqrt(c'Vc), with Satterthwaite degrees of freedom under CR2 and g - 1
    otherwise. Every person a cluster of their own and a column of ones: exactly the t test of
    `mean_t`. Fewer than five clusters on one side of a contrast cannot carry it.

    References
    ----------
    bell2002, pustejovsky2018

    Examples
    --------
    >>> fit = cluster_fit([1.0, 2.0, 4.0, 5.0], np.ones((4, 1)), ["a", "a", "b", "b"])
    >>> found = contrast(fit, [1.0])
    >>> found.estimate, round(found.std_error, 3)
    (3.0, 1.5)
    """
    c = _weights(fit, weights)
    estimate = float(c @ fit.coefficients)
    variance = float(c @ cluster_covariance(fit, covariance) @ c)
    error = float(np.sqrt(max(variance, 0.0)))
    flat = error <= ROUNDING * fit.size * float(np.sqrt(fit.n) * np.linalg.norm(fit.root.T @ c))
    used = float("nan") if flat else error
    df = DEGREES[covariance](fit, c)
    statistic = (estimate - reference) / used
    low, high = t_limits(estimate, used, df, level(conf_level))
    return ClusterContrast(
        estimate=estimate,
        std_error=0.0 if flat else error,
        statistic=statistic,
        df=df,
        p_value=t_p_value(statistic, df),
        conf_low=low,
        conf_high=high,
        conf_level=float(conf_level),
        reference=float(reference),
        n=fit.n,
        n_clusters=fit.n_clusters,
    )
