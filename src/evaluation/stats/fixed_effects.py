"""Panels: every unit compared with itself over time."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evaluation.stats.cluster import ClusterFit, cluster_covariance, cluster_fit
from evaluation.stats.design import Matrix, model_rows
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg


@dataclass(frozen=True, slots=True)
class FixedEffects:
    """A regression in which every unit has a level of its own; p columns, g units.

    Attributes
    ----------
    coefficients
        Shape (p,), in the unit of the outcome per unit of each column.
    std_error
        Shape (p,), classical, with the units counted among the coefficients.
    std_error_stata
        Shape (p,), robust by unit, with Stata's factor g / (g - 1) (n - 1) / (n - p - 1).
    fit
        For `contrast`: robust by cluster, CR2 and the others.
    r_squared
        Share of the spread within units that the columns account for.
    n, n_units
        Rows and units.
    """

    coefficients: Matrix
    std_error: Matrix
    std_error_stata: Matrix
    fit: ClusterFit
    r_squared: float
    n: int
    n_units: int


def within(values: ArrayLike, unit: ArrayLike) -> Matrix:
    """Values less the mean of their unit.

    Parameters
    ----------
    values
        Shape (n,) or (n, p).
    unit
        The unit of each row, shape (n,).

    Returns
    -------
    numpy.ndarray
        The same shape as `values`.

    Examples
    --------
    >>> within([1.0, 3.0, 5.0], list("aab")).tolist()
    [-1.0, 1.0, 0.0]
    """
    given = np.asarray(values, dtype=float)
    columns = given.reshape(len(given), -1)
    _, numbers = np.unique(np.asarray(unit), return_inverse=True)
    count = np.bincount(numbers)
    means = np.stack([np.bincount(numbers, column) / count for column in columns.T], axis=1)
    return (columns - means[numbers]).reshape(given.shape)


def fixed_effects(
    y: ArrayLike, x: ArrayLike, unit: ArrayLike, cluster: ArrayLike | None = None
) -> FixedEffects:
    """Coefficients from what varies within units alone.

    Parameters
    ----------
    y
        Outcome, shape (n,).
    x
        Columns that vary within units, shape (n, p), without a column of ones; indicators of the waves
        make it a two-way model.
    unit
        The person or organisation of each row, shape (n,).
    cluster
        What the inference is clustered on, shape (n,), each unit within one cluster; `unit` if None.

    Returns
    -------
    FixedEffects
        Units with one row say nothing.

    Notes
    -----
    Least squares of y - mean_unit(y) on x - mean_unit(x). With treatment that starts at different times
    and effects that grow, the coefficient is a weighted sum of effects with some weights below 0:
    use `group_time_effects`.

    References
    ----------
    wooldridge2010, arellano1987, pustejovsky2018

    Examples
    --------
    >>> found = fixed_effects([1.0, 2.0, 5.0, 7.0, 3.0, 3.5], [[0], [1], [0], [1], [0], [1]], list("aabbcc"))
    >>> found.coefficients.round(4).tolist(), found.n_units
    ([1.1667], 3)
    """
    outcome, design, _, units = model_rows(y, x, unit)
    inner_y, inner_x = within(outcome, unit), within(design, unit)
    fit = cluster_fit(inner_y, inner_x, unit if cluster is None else cluster)
    n, columns = design.shape
    df = n - units - columns
    if df < 1:
        raise EstimationError(msg("Every unit needs several rows before it can be compared with itself."))
    residual = inner_y - inner_x @ fit.coefficients
    left = float(residual @ residual)
    zero = np.diag(cluster_covariance(fit, "CR0"))
    clusters = fit.n_clusters
    factor = clusters / (clusters - 1) * (n - 1) / (n - columns - 1)
    return FixedEffects(
        coefficients=fit.coefficients,
        std_error=np.sqrt(left / df * np.sum(fit.root**2, axis=1)),
        std_error_stata=np.sqrt(zero * factor),
        fit=fit,
        r_squared=1 - left / float(inner_y @ inner_y),
        n=n,
        n_units=units,
    )
