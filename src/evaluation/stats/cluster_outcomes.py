"""The same contrast for many outcomes of the same people within organisations."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from evaluation.stats.checks import as_float, level
from evaluation.stats.cluster import ADJUSTMENTS, FACTORS, ClusterFit, cluster_fit, satterthwaite_df
from evaluation.stats.design import Matrix, model_rows
from evaluation.stats.paired import ROUNDING
from evaluation.stats.student import ALTERNATIVES
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg, pmsg


@dataclass(frozen=True, slots=True)
class OutcomeContrasts:
    """A weighted sum of coefficients for each of m outcomes.

    Attributes
    ----------
    estimate, std_error, statistic, p_value, conf_low, conf_high
        As in `ClusterContrast`, shape (m,).
    df
        Satterthwaite degrees of freedom, which the outcomes share; NaN as there.
    conf_level, reference
        Confidence, and the value compared with.
    n, n_clusters
        Rows and clusters.
    """

    estimate: Matrix
    std_error: Matrix
    statistic: Matrix
    p_value: Matrix
    conf_low: Matrix
    conf_high: Matrix
    df: float
    conf_level: float
    reference: float
    n: int
    n_clusters: int


def outcome_contrasts(
    y: ArrayLike,
    x: ArrayLike,
    cluster: ArrayLike,
    weights: ArrayLike,
    conf_level: float = 0.95,
    *,
    reference: float = 0.0,
) -> OutcomeContrasts:
    """Coefficient, or weighted sum of coefficients, for many outcomes at once, with its intervals.

    Parameters
    ----------
    y
        Outcomes of the same people, shape (n, m), without missing values.
    x
        Columns of the model, shape (n, p), the column of ones included.
    cluster
        The organisation of each row, shape (n,), at least two different.
    weights
        Weights of the coefficients, shape (p,).
    conf_level
        Confidence, between 0 and 1.
    reference
        The value to compare with, in the unit of the contrast.

    Returns
    -------
    OutcomeContrasts
        The numbers of `contrast`, outcome by outcome.

    Raises
    ------
    EstimationError
        If the outcomes are no table or have missing values, or the model cannot be estimated.

    Notes
    -----
    The model, its leverages and the degrees of freedom are worked out once. With v = root' c and B_g the
    adjustment of cluster g, the variance of an outcome is the sum over clusters of (v' B_g Q_g' e_g)²: row i
    enters with the weight q_i' B_g v whatever the outcome.

    References
    ----------
    bell2002, pustejovsky2018

    Examples
    --------
    >>> y = [[1.0, 2.0], [2.0, 2.0], [4.0, 1.0], [5.0, 3.0]]
    >>> found = outcome_contrasts(y, np.ones((4, 1)), ["a", "a", "b", "b"], [1.0])
    >>> found.estimate.round(3).tolist(), found.std_error.round(3).tolist()
    ([3.0, 2.0], [1.5, 0.0])
    """
    outcomes = _table(y)
    fit = cluster_fit(outcomes[:, 0], x, cluster)
    df = satterthwaite_df(fit, weights)
    c = as_float(weights, "weights")
    _, design, numbers, clusters = model_rows(outcomes[:, 0], x, cluster)
    orthonormal = design @ fit.root
    projected = orthonormal.T @ outcomes
    entering = np.sum(orthonormal * _adjusted(fit, c)[numbers], axis=1)
    order = np.argsort(numbers, kind="stable")
    starts = np.searchsorted(numbers[order], np.arange(clusters))
    moved = (entering[:, None] * (outcomes - orthonormal @ projected))[order]
    sums = np.add.reduceat(moved, starts, axis=0)
    factor = FACTORS["CR2"](fit.n, c.size, clusters)
    error = np.sqrt(factor * np.sum(sums**2, axis=0))
    size = np.max(np.abs(outcomes), axis=0) * np.sqrt(fit.n) * np.linalg.norm(fit.root.T @ c)
    return _tested(
        (fit.root.T @ c) @ projected, error, error <= ROUNDING * size, df, conf_level, reference, fit
    )


def _table(y: ArrayLike) -> Matrix:
    outcomes = as_float(y, pmsg("argument", "The outcome"))
    if outcomes.ndim != 2 or outcomes.size == 0 or not np.all(np.isfinite(outcomes)):
        raise EstimationError(
            msg(
                "Outcomes must be a table of finite numbers, a column for each; found {found}.",
                found=str(outcomes.shape),
            )
        )
    return outcomes


def _adjusted(fit: ClusterFit, c: Matrix) -> Matrix:
    """Give the contrast as every cluster's adjustment turns it, shape (g, p)."""
    along = np.einsum("gij,i->gj", fit.direction, fit.root.T @ c) * ADJUSTMENTS["CR2"](fit.leverage)
    return np.einsum("gij,gj->gi", fit.direction, along)


def _tested(
    estimate: Matrix,
    error: Matrix,
    flat: Matrix,
    df: float,
    conf_level: float,
    reference: float,
    fit: ClusterFit,
) -> OutcomeContrasts:
    used = np.where(flat, np.nan, error)
    statistic = (estimate - reference) / used
    margin = special.stdtrit(df, (1 + level(conf_level)) / 2) * used
    return OutcomeContrasts(
        estimate=estimate,
        std_error=np.where(flat, 0.0, error),
        statistic=statistic,
        p_value=ALTERNATIVES["two_sided"](statistic, df),
        conf_low=estimate - margin,
        conf_high=estimate + margin,
        df=df,
        conf_level=float(conf_level),
        reference=float(reference),
        n=fit.n,
        n_clusters=fit.n_clusters,
    )
