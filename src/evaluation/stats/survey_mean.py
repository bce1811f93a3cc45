"""Means and shares from a sample of organisations or people drawn with known chances."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evaluation.stats.checks import finite
from evaluation.stats.design import Matrix, cluster_numbers
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg, pmsg


@dataclass(frozen=True, slots=True)
class SurveyMean:
    """A weighted mean with its design-based standard error.

    Attributes
    ----------
    estimate, std_error
        In the unit of the values; the standard error is by linearisation.
    design_effect
        Variance divided by that of a simple random sample of as many people; NaN without spread.
    df
        Clusters less one.
    n, n_clusters
        Rows, and clusters that were drawn.
    """

    estimate: float
    std_error: float
    design_effect: float
    df: float
    n: int
    n_clusters: int


def survey_mean(
    y: ArrayLike,
    *,
    cluster: ArrayLike | None = None,
    weights: ArrayLike | None = None,
    n_clusters_total: float | None = None,
) -> SurveyMean:
    """Mean, or share, of everyone that a sample was drawn from.

    Parameters
    ----------
    y
        Values, shape (n,), without missing values; 0 and 1 for a share.
    cluster
        What was drawn (the organisation), shape (n,); every row by itself if None.
    weights
        How many each row stands for, shape (n,), above 0; 1 if None.
    n_clusters_total
        How many organisations (or people) there were to draw from; None for a sample that is
        small beside what it was drawn from.

    Returns
    -------
    SurveyMean
        To be passed to `survey_interval`; degrees of freedom are clusters less one.

    Notes
    -----
    p = sum w y / sum w; with z = w (y - p) / sum w added up within each of g clusters,
    v = (1 - g / G) g / (g - 1) sum (z_g - mean z)^2. The design effect compares v with
    s^2 / n, times 1 - n / sum w if `n_clusters_total` is given. Assumes that clusters were drawn
    by chance, and weights are known. With fewer than some forty unequal clusters the standard
    error is too small: use `cluster_share`.

    References
    ----------
    binder1983, lumley2010

    Examples
    --------
    >>> found = survey_mean([1, 1, 0, 1, 0, 0], cluster=["a", "a", "b", "b", "c", "c"])
    >>> found.estimate, round(found.std_error, 4), found.df
    (0.5, 0.2887, 2.0)
    """
    values, weight = weighted_rows(y, weights)
    numbers, clusters = survey_clusters(cluster, values.size)
    total = weight.sum()
    mean = float(weight @ values / total)
    variance = linearised_variance(weight * (values - mean) / total, numbers, clusters, n_clusters_total)
    spread = float(weight @ (values - mean) ** 2 / total) * values.size / max(values.size - 1, 1)
    unseen = 1 - values.size / total if n_clusters_total is not None else 1.0
    simple = spread / values.size * unseen
    return SurveyMean(
        estimate=mean,
        std_error=float(np.sqrt(variance)),
        design_effect=variance / simple if simple > 0 else float("nan"),
        df=float(clusters - 1),
        n=values.size,
        n_clusters=clusters,
    )


def weighted_rows(y: ArrayLike, weights: ArrayLike | None) -> tuple[Matrix, Matrix]:
    """Values and weights of the same length, or what is in the way.

    Parameters
    ----------
    y
        Values, shape (n,), at least two.
    weights
        Weights, shape (n,), above 0; 1 if None.

    Returns
    -------
    tuple of numpy.ndarray
        Values and weights, shape (n,) each.

    Examples
    --------
    >>> weighted_rows([3.0, 4.0], None)[1].tolist()
    [1.0, 1.0]
    """
    values = finite(y, pmsg("argument", "The outcome"), minimum=2)
    if weights is None:
        return values, np.ones(values.size)
    weight = finite(weights, pmsg("argument", "The weights"))
    if weight.size != values.size or np.any(weight <= 0):
        raise EstimationError(
            msg("There must be one weight above 0 for each of {n} rows.", n=values.size),
            do=msg("Leave out rows that stand for nobody."),
        )
    return values, weight


def survey_clusters(cluster: ArrayLike | None, n: int) -> tuple[NDArray[np.intp], int]:
    """Numbers of the clusters that were drawn, and how many there are.

    Parameters
    ----------
    cluster
        Names, shape (n,); every row by itself if None.
    n
        Rows.

    Returns
    -------
    tuple
        Numbers from 0, shape (n,), and the number of clusters.

    Examples
    --------
    >>> survey_clusters(None, 3)[1]
    3
    """
    if cluster is None:
        return np.arange(n), n
    labels = np.asarray(cluster)
    if labels.shape != (n,):
        raise EstimationError(
            msg(
                "There must be one cluster for each of {n} rows; found {found}.", n=n, found=str(labels.shape)
            )
        )
    return cluster_numbers(labels)


def linearised_variance(
    influence: Matrix, numbers: NDArray[np.intp], clusters: int, n_clusters_total: float | None = None
) -> float:
    """Variance of an estimate from what each row moves it by.

    Parameters
    ----------
    influence
        What each row adds to the estimate, shape (n,), summing to 0.
    numbers, clusters
        From `survey_clusters`.
    n_clusters_total
        How many clusters there were to draw from; None for very many.

    Returns
    -------
    float
        In the squared unit of the estimate; 0 if all clusters were drawn.

    Notes
    -----
    (1 - g / G) g / (g - 1) sum over clusters of (sum of influence - mean of these sums)^2.

    References
    ----------
    binder1983

    Examples
    --------
    >>> linearised_variance(np.array([0.5, -0.5]), np.array([0, 1]), 2)
    1.0
    """
    if n_clusters_total is not None and not n_clusters_total >= clusters:
        raise EstimationError(
            msg(
                "{n} clusters were drawn, but there are said to be {n_total} in all.",
                n=clusters,
                n_total=n_clusters_total,
            ),
            do=msg("Check the register, or count duplicates once."),
        )
    sums = np.bincount(numbers, influence, clusters)
    drawn = 0.0 if n_clusters_total is None else clusters / n_clusters_total
    return float((1 - drawn) * clusters / (clusters - 1) * np.sum((sums - sums.mean()) ** 2))
