"""Covariates that may matter differently for those who took part and the others."""

import numpy as np
from numpy.typing import ArrayLike

from evaluation.stats.cluster import ClusterFit, cluster_fit
from evaluation.stats.design import Matrix
from evaluation.stats.propensity import treated_columns


def interacted_columns(treated: ArrayLike, x: ArrayLike) -> Matrix:
    """Columns of a model in which every covariate may matter differently on both sides.

    Parameters
    ----------
    treated
        1 or 0, shape (n,).
    x
        Covariates, shape (n, p), without a column of ones.

    Returns
    -------
    numpy.ndarray
        Shape (n, 2 + 2 p): ones, treated, covariates less their mean, and these times treated. The
        coefficient of the second column is the mean effect.

    References
    ----------
    lin2013

    Examples
    --------
    >>> interacted_columns([1, 0], [[1.0], [3.0]]).tolist()
    [[1.0, 1.0, -1.0, -1.0], [1.0, 0.0, 1.0, 0.0]]
    """
    base, covariates = treated_columns(treated), np.asarray(x, dtype=float)
    centred = covariates - covariates.mean(axis=0)
    return np.column_stack([base, centred, base[:, 1:] * centred])


def interacted_fit(
    y: ArrayLike, treated: ArrayLike, x: ArrayLike, cluster: ArrayLike | None = None
) -> ClusterFit:
    """Mean effect with covariates that may matter differently on both sides (Lin's estimator).

    Parameters
    ----------
    y
        Outcome, shape (n,).
    treated, x
        As in `interacted_columns`.
    cluster
        The organisation of each row, shape (n,); None if rows are independent.

    Returns
    -------
    ClusterFit
        The second coefficient is the effect.

    Notes
    -----
    In a randomised programme never less precise, for large n, than the difference in means.

    References
    ----------
    lin2013

    Examples
    --------
    >>> fit = interacted_fit([2.0, 4.5, 1.0, 3.0, 2.0], [1, 1, 0, 0, 0], [[1.0], [3.0], [1.0], [3.0], [2.0]])
    >>> fit.coefficients[1].round(3)
    np.float64(1.25)
    """
    columns = interacted_columns(treated, x)
    return cluster_fit(y, columns, np.arange(len(columns)) if cluster is None else cluster)
