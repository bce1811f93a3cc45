"""Means when some values are missing, with what every person adds to them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evaluation.stats.checks import as_float
from evaluation.stats.design import Matrix
from evaluation.stats.normal_missing import missing_patterns, normal_estimate, observed_information
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg, pmsg

# A smallest eigenvalue of the information below this, of the largest, is a number that nobody tells.
LEAST = 1e-10


@dataclass(frozen=True, slots=True)
class NormalMeans:
    """Means of columns with missing values; n rows, p columns.

    Attributes
    ----------
    mean
        Shape (p,).
    influence
        Shape (n, p): how much each row moves each mean, 0 for a row without values; sums to 0.
    """

    mean: Matrix
    influence: Matrix


def normal_means(values: ArrayLike) -> NormalMeans:
    """Means of everybody that use every answer, also of people with some missing.

    Parameters
    ----------
    values
        Shape (n, p), NaN where missing; every row has a value somewhere.

    Returns
    -------
    NormalMeans
        The mean of influence has in large samples the variance of the error of the mean, also where people
        of one organisation resemble each other: `mean_inference` of mean + influence judges it.

    Raises
    ------
    EstimationError
        If a column does not vary, or too few have values in two columns together.

    Notes
    -----
    Means and covariances from `normal_estimate`, one covariance for every pair of columns. The influence of row i
    is n I^-1 s_i, with s_i the slope of its log-likelihood in means and covariances and I the observed
    information. The means are right if what is missing depends on what was observed only; the influence does
    not need the values to be normal, nor people to be independent.

    References
    ----------
    liang2000, enders2010, binder1983

    Examples
    --------
    >>> found = normal_means([[1.0, 2.0], [2.0, 4.5], [3.0, 5.5], [6.0, np.nan]])
    >>> found.mean.round(3).tolist(), abs(found.influence.sum(axis=0)).round(6).tolist()
    ([3.0, 5.75], [0.0, 0.0])
    """
    table = as_float(values, pmsg("argument", "The values"))
    scale = np.nanstd(table, axis=0)
    if not np.all(scale > 0):
        raise EstimationError(msg("A column has the same value in every row."), do=msg("Leave it out."))
    level = np.nanmean(table, axis=0)
    units = (table - level) / scale
    found = normal_estimate(units)
    information = observed_information(missing_patterns(units), found.mean, found.covariance)
    sizes = np.linalg.eigvalsh(information)
    if not sizes[0] > LEAST * sizes[-1]:
        raise EstimationError(
            msg("Too many values are missing together for the model to be estimated."),
            do=msg("Use fewer columns."),
        )
    slopes = _slopes_by_row(units, found.mean, found.covariance)
    influence = len(units) * np.linalg.solve(information, slopes.T).T[:, : scale.size]
    return NormalMeans(level + scale * found.mean, scale * influence)


def _slopes_by_row(table: Matrix, mean: Matrix, covariance: Matrix) -> Matrix:
    """Slopes of each row's log-likelihood in the means, then the covariances by rows of the upper triangle."""
    seen = ~np.isnan(table)
    upper = np.triu_indices(mean.size)
    twice = np.where(upper[0] == upper[1], 0.5, 1.0)
    slopes = np.zeros((len(table), mean.size + twice.size))
    for kind in np.unique(seen, axis=0):
        rows, own = np.flatnonzero((seen == kind).all(axis=1)), np.ix_(kind, kind)
        inverse = np.zeros_like(covariance)
        inverse[own] = np.linalg.inv(covariance[own])
        gap = np.where(kind, table[rows], mean) - mean
        turned = gap @ inverse
        products = turned[:, :, None] * turned[:, None, :] - inverse
        slopes[rows] = np.hstack([turned, twice * products[:, upper[0], upper[1]]])
    return slopes
