"""The mean within organisations for many made-up data sets at once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from evaluation.stats.checks import as_float
from evaluation.stats.cluster_choice import ENOUGH
from evaluation.stats.power import mean_degrees

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ReplicatedMeans:
    """The mean of each of r data sets, with its interval; every array has the shape (r,).

    Attributes
    ----------
    estimate, std_error, df, conf_low, conf_high
        As `cluster_mean` gives them for one data set; missing without spread, and the inference also with
        fewer organisations than CR2 can carry.
    n, n_clusters
        Values that are there, and organisations that have any.
    """

    estimate: Array
    std_error: Array
    df: Array
    conf_low: Array
    conf_high: Array
    n: NDArray[np.intp]
    n_clusters: NDArray[np.intp]


def replicated_means(values: ArrayLike, cluster: ArrayLike, conf_level: float = 0.95) -> ReplicatedMeans:
    """Mean of people within organisations, for many data sets about the same people.

    Parameters
    ----------
    values
        Shape (r, n): a data set in each row; NaN for who is not there.
    cluster
        The organisation of each person, shape (n,).
    conf_level
        Confidence, between 0 and 1.

    Returns
    -------
    ReplicatedMeans
        The same numbers as `cluster_mean` row by row.

    Notes
    -----
    For a mean the leverage of organisation g is its share of the people, w_g, so that CR2 is
    Var = sum of (sum of residuals in g)^2 / (1 - w_g) / n^2.

    References
    ----------
    bell2002, pustejovsky2018

    Examples
    --------
    >>> replicated_means([[1.0, 2.0, 4.0, np.nan]], ["a", "a", "b", "b"]).estimate.round(3).tolist()
    [2.333]
    """
    given = as_float(values, "values")
    order = np.argsort(np.unique(cluster, return_inverse=True)[1], kind="stable")
    starts = np.unique(np.asarray(cluster)[order], return_index=True)[1]
    there = ~np.isnan(given[:, order])
    known = np.where(there, given[:, order], 0.0)
    sizes = np.add.reduceat(there, starts, axis=1, dtype=np.intp)
    sums = np.add.reduceat(known, starts, axis=1)
    n, n_clusters = sizes.sum(axis=1), (sizes > 0).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = sums.sum(axis=1) / n
        share = sizes / n[:, None]
        residual = sums - sizes * mean[:, None]
        error = np.sqrt(np.sum(residual**2 / (1 - share), axis=1)) / n
        df = mean_degrees(share)
    carried = (n_clusters >= ENOUGH) & (error > 0)
    error, df = np.where(carried, error, np.nan), np.where(carried, df, np.nan)
    width = special.stdtrit(df, (1 + conf_level) / 2) * error
    return ReplicatedMeans(mean, error, df, mean - width, mean + width, n, n_clusters)
