"""Joint tests of several contrasts for people within organisations."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from evaluation.stats.checks import as_float
from evaluation.stats.cluster import ADJUSTMENTS, ClusterFit, Matrix, cluster_covariance
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg


@dataclass(frozen=True, slots=True)
class ClusterWald:
    """A joint test that several contrasts are zero.

    Attributes
    ----------
    statistic
        F.
    df, df_denominator
        Contrasts, and the approximate degrees of freedom of the denominator.
    p_value
        NaN when the data cannot carry so many contrasts.
    chi_square
        The Wald statistic before it is scaled to F.
    n, n_clusters
        Rows and clusters.
    """

    statistic: float
    df: int
    df_denominator: float
    p_value: float
    chi_square: float
    n: int
    n_clusters: int


def wald_htz(fit: ClusterFit, constraints: ArrayLike) -> ClusterWald:
    """Whether several contrasts are zero together, for example all differences between sectors.

    Parameters
    ----------
    fit
        From `cluster_fit`.
    constraints
        Weights of the coefficients, shape (q, p), one contrast in each row, none a weighted sum
        of the others.

    Returns
    -------
    ClusterWald
        p is NaN when the denominator has no degrees of freedom left.

    Notes
    -----
    Q = (Cb)'(C V C')^-1 Cb under CR2; F = (m - q + 1) / (m q) Q on q and m - q + 1 degrees of
    freedom. m = q (q + 1) / sum of the variances of the elements of the standardised C V C', when
    rows are independent and equally spread (approximate Hotelling T-squared, HTZ).

    References
    ----------
    tipton2015, pustejovsky2018

    Examples
    --------
    >>> from evaluation.stats.cluster import cluster_fit
    >>> x = np.column_stack([np.ones(6), [0, 0, 0, 1, 1, 1]])
    >>> fit = cluster_fit([1.0, 2.0, 4.0, 5.0, 4.0, 6.0], x, [1, 1, 2, 3, 4, 4])
    >>> wald_htz(fit, [[0.0, 1.0]]).df
    1
    """
    rows, basis = _constraints(fit, constraints)
    q = len(rows)
    contrasts, spread = rows @ fit.coefficients, rows @ cluster_covariance(fit) @ rows.T
    scale = np.sqrt(np.diag(spread))
    regular = np.all(scale > 0) and np.linalg.matrix_rank(spread / np.outer(scale, scale)) == q
    chi_square = float(contrasts @ np.linalg.solve(spread, contrasts)) if regular else float("nan")
    m = q * (q + 1) / _total_variance(fit, basis)
    denominator = m - q + 1
    usable = denominator if denominator > 0 else float("nan")
    statistic = usable / (m * q) * chi_square
    p_value = float(special.fdtrc(q, usable, statistic))
    return ClusterWald(statistic, q, denominator, p_value, chi_square, fit.n, fit.n_clusters)


def _constraints(fit: ClusterFit, constraints: ArrayLike) -> tuple[Matrix, Matrix]:
    """Check the contrasts and find a basis of them on the scale of the orthonormal columns."""
    rows = np.atleast_2d(as_float(constraints, "The contrasts"))
    if rows.ndim != 2 or rows.shape[1] != fit.coefficients.size or not np.all(np.isfinite(rows)):
        raise EstimationError(
            msg(
                "Contrasts need one weight for each of the {wanted} coefficients.",
                wanted=fit.coefficients.size,
            )
        )
    standard = fit.root.T @ rows.T
    if len(rows) > rows.shape[1] or np.linalg.matrix_rank(standard) < len(rows):
        raise EstimationError(msg("Some contrasts follow from the others; leave those out."))
    return rows, np.linalg.qr(standard)[0]


def _total_variance(fit: ClusterFit, basis: Matrix) -> float:
    """Sum of the variances of all elements of the standardised covariance, under the working model.

    With P_gh = 1{g = h} S_g - U_g'U_h it is the sum over g, h of (tr P_gh)^2 + tr(P_gh P_gh), taken
    without any table of clusters by clusters.
    """
    multiplier = ADJUSTMENTS["CR2"](fit.leverage)[:, :, None]
    along = np.einsum("gij,iq->gjq", fit.direction, basis)
    weighted = along * fit.leverage[:, :, None] * multiplier
    shared = np.einsum("gij,gjq->giq", fit.direction, weighted)
    own = np.einsum("gjq,gjr->gqr", along * multiplier, weighted)
    overlap = np.einsum("giq,gir->gqr", shared, shared)
    flat = shared.reshape(len(shared), -1)
    gram = (flat.T @ flat).reshape(*shared.shape[1:], *shared.shape[1:])
    between = np.sum(gram**2) + np.sum(gram * gram.transpose(0, 3, 2, 1))
    return float(between + _within(own - overlap) - _within(overlap))


def _within(square: Matrix) -> float:
    """Sum over clusters of (tr P)^2 + tr(P P), from P of shape (g, q, q)."""
    return np.sum(np.einsum("gqq->g", square) ** 2) + np.einsum("gqr,grq->", square, square)
