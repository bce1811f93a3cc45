"""Regression for rows that are grouped in two ways at once, such as person and teacher."""

import numpy as np
from numpy.typing import ArrayLike

from evaluation.stats.checks import pick
from evaluation.stats.cluster import FACTORS, Matrix, cluster_covariance, cluster_fit
from evaluation.stats.design import cluster_numbers
from evaluation.vocabulary.message import pmsg

# Corrections that are a plain factor; the others have no agreed form with two groupings.
KINDS = {kind: kind for kind in FACTORS if kind in ("CR0", "CR1", "CR1S")}


def two_way_covariance(
    y: ArrayLike, x: ArrayLike, cluster: ArrayLike, other: ArrayLike, covariance: str = "CR1S"
) -> Matrix:
    """How uncertain coefficients are when rows of one person, and rows of one teacher, go together.

    Parameters
    ----------
    y
        Outcome, shape (n,), without missing values.
    x
        Columns of the model, shape (n, p), the column of ones included.
    cluster, other
        Both groupings, shape (n,) each, at least two groups in each.
    covariance
        "CR0", "CR1" or "CR1S", as in `cluster_covariance`, applied to each grouping by itself.

    Returns
    -------
    numpy.ndarray
        Shape (p, p), in squared units of the coefficients. With few groups a variance can come out
        negative: take the larger of the one-way variances then.

    Notes
    -----
    V(cluster) + V(other) - V(both), where "both" are the combinations. Needs many groups in each way, about
    thirty; use t with the smaller number of groups less one.

    References
    ----------
    cameron2011

    Examples
    --------
    >>> y = [1.0, 2.0, 4.0, 5.0, 2.0, 6.0]
    >>> two_way_covariance(y, np.ones((6, 1)), list("aabbcc"), list("uvuvuv"), "CR0").round(3).tolist()
    [[0.537]]
    """
    kind = pick(KINDS, covariance, pmsg("argument", "cluster covariance"))
    first, _ = cluster_numbers(np.asarray(cluster))
    second, groups = cluster_numbers(np.asarray(other))
    parts = [
        cluster_covariance(cluster_fit(y, x, labels), kind)
        for labels in (first, second, first * groups + second)
    ]
    return parts[0] + parts[1] - parts[2]
