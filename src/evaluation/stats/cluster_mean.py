"""Means for people within organisations."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evaluation.stats.checks import finite
from evaluation.stats.cluster import ClusterContrast, cluster_fit, contrast
from evaluation.stats.design import Matrix, model_rows
from evaluation.vocabulary.message import pmsg


@dataclass(frozen=True, slots=True)
class ClusterMeans:
    """The mean of every cluster, shape (g,) each.

    Attributes
    ----------
    cluster
        Names of the clusters, ascending.
    mean
        In the unit of the values.
    n
        Rows in each cluster.
    """

    cluster: NDArray[Any]
    mean: Matrix
    n: NDArray[np.intp]


def cluster_mean(
    y: ArrayLike, cluster: ArrayLike, conf_level: float = 0.95, *, reference: float = 0.0
) -> ClusterContrast:
    """Mean over people within organisations, for example their mean change, with its interval.

    Parameters
    ----------
    y
        Values, shape (n,), without missing values; 0 and 1 for a share.
    cluster
        The organisation of each value, shape (n,), at least two different.
    conf_level
        Confidence, between 0 and 1.
    reference
        The value to compare with, same unit.

    Returns
    -------
    ClusterContrast
        Every person counts the same, so large organisations count more.

    Notes
    -----
    `contrast` of a model with a column of ones, under CR2 with Satterthwaite degrees of freedom.
    For a share near 0 or 1 the limits can leave 0..1.

    References
    ----------
    bell2002, pustejovsky2018

    Examples
    --------
    >>> cluster_mean([1.0, 2.0, 4.0, 5.0], ["a", "a", "b", "b"]).estimate
    3.0
    """
    values = finite(y, pmsg("argument", "The outcome"))
    fit = cluster_fit(values, np.ones((values.size, 1)), cluster)
    return contrast(fit, [1.0], conf_level, reference=reference)


def cluster_means(y: ArrayLike, cluster: ArrayLike) -> ClusterMeans:
    """Mean of every organisation, for analyses in which each organisation counts the same.

    Parameters
    ----------
    y
        Values, shape (n,), without missing values.
    cluster
        The organisation of each value, shape (n,), at least two different.

    Returns
    -------
    ClusterMeans
        In ascending order of the organisations.

    Notes
    -----
    Pass `mean` on to `mean_t` or `mean_difference`: with as few as ten organisations the t test
    on their means is the simplest analysis that holds its level.

    References
    ----------
    hayes2017

    Examples
    --------
    >>> found = cluster_means([1.0, 2.0, 4.0], ["b", "b", "a"])
    >>> found.cluster.tolist(), found.mean.tolist(), found.n.tolist()
    (['a', 'b'], [4.0, 1.5], [1, 2])
    """
    values, _, numbers, clusters = model_rows(y, np.ones((np.size(y), 1)), cluster)
    n = np.bincount(numbers, minlength=clusters)
    names = np.empty(clusters, dtype=np.asarray(cluster).dtype)
    names[numbers] = np.asarray(cluster)
    return ClusterMeans(names, np.bincount(numbers, values, clusters) / n, n)
