"""Least squares with independent rows, and the rows' weights."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evaluation.stats.cluster import ClusterFit, cluster_fit
from evaluation.stats.design import Matrix, model_rows, orthonormal_columns
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg


@dataclass(frozen=True, slots=True)
class LinearFit:
    """A least-squares fit with independent rows; n rows, p columns.

    Attributes
    ----------
    coefficients, std_error
        Shape (p,), in the unit of the outcome per unit of each column; classical standard errors.
    residual
        Shape (n,).
    sigma
        Spread of the residuals.
    r_squared
        Share of the spread about the mean that the columns account for.
    df
        Rows less columns.
    n
        Rows.
    """

    coefficients: Matrix
    std_error: Matrix
    residual: Matrix
    sigma: float
    r_squared: float
    df: int
    n: int


def linear_fit(y: ArrayLike, x: ArrayLike) -> LinearFit:
    """Least-squares coefficients with the classical standard errors.

    Parameters
    ----------
    y
        Outcome, shape (n,).
    x
        Columns, shape (n, p), a column of ones among them or in their span.

    Returns
    -------
    LinearFit
        Standard errors assume independent rows of equal spread.

    Notes
    -----
    b = (x'x)^-1 x'y; se = sigma sqrt(diag (x'x)^-1) with sigma^2 = e'e / (n - p).

    References
    ----------
    wooldridge2010

    Examples
    --------
    >>> fit = linear_fit([1.0, 2.0, 4.0], np.column_stack([np.ones(3), [0, 1, 2]]))
    >>> fit.coefficients.round(3).tolist(), fit.df
    ([0.833, 1.5], 1)
    """
    outcome, design, *_ = model_rows(y, x, np.arange(len(np.asarray(y))))
    if len(design) <= design.shape[1]:
        raise EstimationError(
            msg("The model has as many columns as rows, so nothing is left to judge it by.")
        )
    orthonormal, root = orthonormal_columns(design)
    projected = orthonormal.T @ outcome
    residual = outcome - orthonormal @ projected
    df = len(design) - design.shape[1]
    left, spread = float(residual @ residual), float(np.sum((outcome - outcome.mean()) ** 2))
    sigma = float(np.sqrt(left / df))
    return LinearFit(
        coefficients=root @ projected,
        std_error=sigma * np.sqrt(np.sum(root**2, axis=1)),
        residual=residual,
        sigma=sigma,
        r_squared=1 - left / spread if spread else float("nan"),
        df=df,
        n=outcome.size,
    )


def robust_fit(y: ArrayLike, x: ArrayLike) -> ClusterFit:
    """Least squares for independent rows of unequal spread.

    Parameters
    ----------
    y
        Outcome, shape (n,).
    x
        Columns, shape (n, p).

    Returns
    -------
    ClusterFit
        For `contrast` and `cluster_covariance`, where CR0, CR1S, CR2 and CR3 are then HC0, HC1, HC2, HC3.

    References
    ----------
    mackinnon1985, long2000

    Examples
    --------
    >>> robust_fit([1.0, 2.0, 4.0], np.ones((3, 1))).n_clusters
    3
    """
    return cluster_fit(y, x, np.arange(len(np.asarray(y))))


def weighted_rows(y: ArrayLike, x: ArrayLike, weights: ArrayLike) -> tuple[Matrix, Matrix, np.ndarray]:
    """Rows by which least squares becomes weighted least squares.

    Parameters
    ----------
    y
        Outcome, shape (n,).
    x
        Columns, shape (n, p).
    weights
        Shape (n,), 0 or more; rows with 0 are left out.

    Returns
    -------
    tuple of numpy.ndarray
        Outcome and columns times the root of the weight, and which rows are kept (n,).

    Examples
    --------
    >>> weighted_rows([1.0, 3.0], [[1.0], [1.0]], [4.0, 0.0])[0].tolist()
    [2.0]
    """
    weight = np.asarray(weights, dtype=float)
    if not (np.all(np.isfinite(weight)) and np.all(weight >= 0) and np.any(weight > 0)):
        raise EstimationError(msg("Weights must be finite and 0 or more, and some above 0."))
    kept = weight > 0
    root = np.sqrt(weight[kept])
    return root * np.asarray(y, float)[kept], root[:, None] * np.asarray(x, float)[kept], kept
