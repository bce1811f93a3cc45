"""Resampling whole organisations: bootstrap intervals and the jackknife, for many outcomes at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from evaluation.stats.checks import Numbers, as_float, level, pick, plain
from evaluation.stats.design import Matrix, cluster_numbers
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg, pmsg

Statistic = Callable[[Matrix], Matrix]

# Numbers in one block of resampled totals.
BLOCK = 8_000_000


@dataclass(frozen=True, slots=True)
class ClusterBootstrap:
    """Estimates with limits from resampled clusters; numbers, or arrays of shape (m,).

    Attributes
    ----------
    estimate
        In the unit of the statistic.
    std_error
        Standard deviation of the replicates.
    conf_low, conf_high, conf_level
        Limits and confidence; NaN where some replicates cannot be computed.
    method
        "percentile" or "bca".
    draws, n_clusters
        Replicates and clusters.
    """

    estimate: Numbers
    std_error: Numbers
    conf_low: Numbers
    conf_high: Numbers
    conf_level: float
    method: str
    draws: int
    n_clusters: int


@dataclass(frozen=True, slots=True)
class ClusterJackknife:
    """Estimates with what leaving out one cluster at a time does to them; numbers, or arrays of shape (m,).

    Attributes
    ----------
    estimate, std_error
        In the unit of the statistic.
    bias
        (g - 1) times (mean of the replicates - estimate).
    conf_low, conf_high, conf_level, df
        Limits from Student's t with g - 1 degrees of freedom, and confidence.
    replicates
        The statistic without each cluster, shape (g,) or (g, m).
    n_clusters
        Clusters, g.
    """

    estimate: Numbers
    std_error: Numbers
    bias: Numbers
    conf_low: Numbers
    conf_high: Numbers
    conf_level: float
    df: float
    replicates: Matrix
    n_clusters: int


def cluster_totals(y: ArrayLike, cluster: ArrayLike) -> Matrix:
    """Sum and number of answers in every organisation, from which means follow.

    Parameters
    ----------
    y
        Values, shape (n,) or (n, m) for m outcomes; a missing value (NaN) counts for nothing.
    cluster
        The organisation of each row, shape (n,), at least two different.

    Returns
    -------
    numpy.ndarray
        Shape (g, 2 m): the m sums, then the m numbers of answers.

    Examples
    --------
    >>> cluster_totals([1.0, 2.0, np.nan, 5.0], ["a", "a", "b", "b"]).tolist()
    [[3.0, 2.0], [5.0, 1.0]]
    """
    values = as_float(y, pmsg("argument", "The outcome"))
    labels = np.asarray(cluster)
    if values.ndim not in (1, 2) or labels.shape != values.shape[:1]:
        raise EstimationError(
            msg(
                "Outcomes and clusters must have one row per person; found {y} and {cluster}.",
                y=str(values.shape),
                cluster=str(labels.shape),
            )
        )
    numbers, clusters = cluster_numbers(labels)
    table = values.reshape(len(values), -1)
    known = ~np.isnan(table)
    columns = np.hstack([np.where(known, table, 0.0), known])
    return np.stack([np.bincount(numbers, column, clusters) for column in columns.T], axis=1)


def mean_of_totals(totals: Matrix) -> Matrix:
    """Means from sums and numbers of answers: the statistic that belongs to `cluster_totals`.

    Parameters
    ----------
    totals
        Shape (..., 2 m): the m sums, then the m numbers of answers.

    Returns
    -------
    numpy.ndarray
        Shape (..., m); NaN where nobody answered.

    Examples
    --------
    >>> mean_of_totals(np.array([8.0, 3.0, 4.0, 2.0])).tolist()
    [2.0, 1.5]
    """
    sums, answers = np.split(totals, 2, axis=-1)
    return np.divide(sums, answers, out=np.full(sums.shape, np.nan), where=answers > 0)


def resampled_clusters(n_clusters: int, draws: int, rng: np.random.Generator) -> Matrix:
    """How often each organisation is drawn in every replicate.

    Parameters
    ----------
    n_clusters
        Clusters, each drawn with the same chance.
    draws
        Replicates.
    rng
        Where chance comes from.

    Returns
    -------
    numpy.ndarray
        Shape (draws, n_clusters); every row sums to n_clusters.

    Examples
    --------
    >>> resampled_clusters(5, 3, np.random.default_rng(1)).sum(axis=1).tolist()
    [5.0, 5.0, 5.0]
    """
    chosen = rng.integers(n_clusters, size=(draws, n_clusters), dtype=np.intp)
    chosen += n_clusters * np.arange(draws, dtype=np.intp)[:, None]
    counts = np.bincount(chosen.ravel(), minlength=draws * n_clusters)
    return counts.reshape(draws, n_clusters).astype(np.float64)


def cluster_replicates(totals: Matrix, statistic: Statistic, counts: Matrix) -> Matrix:
    """Statistic of every replicate, from resampled totals.

    Parameters
    ----------
    totals
        Sums over each cluster, shape (g, k).
    statistic
        Function of totals, (..., k) -> (..., m).
    counts
        How often each cluster counts, shape (draws, g).

    Returns
    -------
    numpy.ndarray
        Shape (draws, m).

    Examples
    --------
    >>> totals = cluster_totals([1.0, 2.0, 5.0], ["a", "a", "b"])
    >>> cluster_replicates(totals, mean_of_totals, np.array([[2.0, 0.0], [1.0, 1.0]])).round(3).tolist()
    [[1.5], [2.667]]
    """
    blocks = np.array_split(counts, 1 + len(counts) * totals.shape[1] // BLOCK)
    return np.concatenate([statistic(block @ totals) for block in blocks])


def resampled_totals(
    totals: Matrix, draws: int, rng: np.random.Generator, statistic: Statistic | None = None
) -> Matrix:
    """Draw organisations anew and return their sums in every replicate, or a statistic of them.

    Parameters
    ----------
    totals
        Sums over each cluster, shape (g, ...).
    draws
        Replicates.
    rng
        Where chance comes from.
    statistic
        Function of totals, (..., k) -> (..., m); the totals themselves if None.

    Returns
    -------
    numpy.ndarray
        Shape (draws, ...); the same as from `resampled_clusters`, of which only a block is held at a time.

    Examples
    --------
    >>> resampled_totals(np.ones((5, 2)), 3, np.random.default_rng(1)).tolist()
    [[5.0, 5.0], [5.0, 5.0], [5.0, 5.0]]
    """
    table = totals.reshape(len(totals), -1)
    at_once = max(1, BLOCK // len(totals))
    sizes = [min(at_once, draws - start) for start in range(0, draws, at_once)]
    told = statistic or (lambda sums: sums)
    drawn = [cluster_replicates(table, told, resampled_clusters(len(totals), size, rng)) for size in sizes]
    whole = np.concatenate(drawn)
    return whole.reshape(draws, *totals.shape[1:]) if statistic is None else whole


def left_out(totals: Matrix, statistic: Statistic) -> Matrix:
    """Statistic without each organisation in turn.

    Parameters
    ----------
    totals
        Sums over each cluster, shape (g, k).
    statistic
        Function of totals, (..., k) -> (..., m).

    Returns
    -------
    numpy.ndarray
        Shape (g, m).

    Examples
    --------
    >>> totals = cluster_totals([1.0, 2.0, 5.0], ["a", "a", "b"])
    >>> left_out(totals, mean_of_totals).tolist()
    [[5.0], [1.5]]
    """
    return statistic(totals.sum(axis=0) - totals)


def _percentile(replicates, estimate, totals, statistic, tails) -> Matrix:
    return np.quantile(replicates, tails, axis=0)


def _bca(replicates, estimate, totals, statistic, tails) -> Matrix:
    """Limits at levels moved by the bias and the acceleration of every outcome."""
    below = np.mean(replicates < estimate, axis=0) + np.mean(replicates == estimate, axis=0) / 2
    bias = special.ndtri(below)
    without = left_out(totals, statistic)
    gap = without.mean(axis=0) - without
    square = np.sum(gap**2, axis=0)
    cube = np.sum(gap**3, axis=0)
    acceleration = cube / np.where(square > 0, 6 * square**1.5, 1.0)
    moved = bias + special.ndtri(tails)[:, None]
    levels = special.ndtr(bias + moved / (1 - acceleration * moved))
    ordered = np.sort(replicates, axis=0)
    place = np.where(np.isnan(levels), 0.0, levels) * (len(ordered) - 1)
    lower = np.floor(place).astype(np.intp)
    upper = np.minimum(lower + 1, len(ordered) - 1)
    start, end = (np.take_along_axis(ordered, index, axis=0) for index in (lower, upper))
    return np.where(np.isnan(levels), np.nan, start + (place - lower) * (end - start))


INTERVALS: Mapping[str, Callable[..., Matrix]] = {"percentile": _percentile, "bca": _bca}


def cluster_bootstrap(
    totals: ArrayLike,
    statistic: Statistic = mean_of_totals,
    conf_level: float = 0.95,
    *,
    rng: np.random.Generator,
    method: str = "bca",
    draws: int = 9_999,
) -> ClusterBootstrap:
    """Estimates with limits from drawing whole organisations again and again.

    Parameters
    ----------
    totals
        Sums over each cluster, shape (g, k), for example from `cluster_totals`.
    statistic
        Function of totals, (..., k) -> (..., m); anything that follows from sums, such as means,
        differences of means, shares or moments.
    conf_level
        Confidence, between 0 and 1.
    rng
        Where chance comes from.
    method
        "bca" or "percentile".
    draws
        Replicates.

    Returns
    -------
    ClusterBootstrap
        Numbers if the statistic is one number, otherwise arrays of shape (m,). All outcomes have the
        same resampled clusters.

    Notes
    -----
    Totals of a replicate are counts @ totals, so that no row is ever copied: one product of matrices
    for all outcomes. BCa moves the percentiles by the share of replicates below the
    estimate and by the skewness of the delete-a-cluster jackknife. Assumes independent clusters, about
    twenty or more: with fewer the intervals are too short; use `choose` (CR2 or wild
    bootstrap) for means.

    References
    ----------
    efron1987, field2007

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> firm = np.repeat(np.arange(30), 5)
    >>> totals = cluster_totals(rng.normal(3, 1, (150, 2)), firm)
    >>> found = cluster_bootstrap(totals, rng=rng, draws=999)
    >>> bool((found.conf_low < found.estimate).all()), found.n_clusters
    (True, 30)
    """
    sums = _table(totals)
    limits = pick(INTERVALS, method, pmsg("argument", "bootstrap interval"))
    tail = (1 - level(conf_level)) / 2
    estimate = statistic(sums.sum(axis=0))
    replicates = resampled_totals(sums, draws, rng, statistic)
    low, high = limits(replicates, estimate, sums, statistic, np.array([tail, 1 - tail]))
    single = np.size(estimate) == 1
    numbers = (estimate, replicates.std(axis=0, ddof=1), low, high)
    shaped = [plain(np.reshape(number, ()) if single else number) for number in numbers]
    return ClusterBootstrap(*shaped, float(conf_level), method, draws, len(sums))


def cluster_jackknife(
    totals: ArrayLike, statistic: Statistic = mean_of_totals, conf_level: float = 0.95
) -> ClusterJackknife:
    """Estimates with a standard error from leaving out one organisation at a time.

    Parameters
    ----------
    totals
        Sums over each cluster, shape (g, k), for example from `cluster_totals`.
    statistic
        Function of totals, (..., k) -> (..., m).
    conf_level
        Confidence, between 0 and 1.

    Returns
    -------
    ClusterJackknife
        `replicates` shows which organisation the result hangs on.

    Notes
    -----
    se^2 = (g - 1) / g sum_g (without g - mean of those)^2. For a mean close to CR3: somewhat too
    large with unequal clusters, never careless. Not for medians and other statistics that jump.

    References
    ----------
    bell2002, efron1987

    Examples
    --------
    >>> totals = cluster_totals([1.0, 2.0, 4.0, 5.0], ["a", "a", "b", "b"])
    >>> cluster_jackknife(totals).std_error
    1.5
    """
    sums = _table(totals)
    estimate, without = statistic(sums.sum(axis=0)), left_out(sums, statistic)
    g = len(sums)
    spread = np.sqrt((g - 1) / g * np.sum((without - without.mean(axis=0)) ** 2, axis=0))
    bias = (g - 1) * (without.mean(axis=0) - estimate)
    margin = special.stdtrit(g - 1.0, (1 + level(conf_level)) / 2) * spread
    single = np.size(estimate) == 1
    numbers = (estimate, spread, bias, estimate - margin, estimate + margin)
    shaped = [plain(np.reshape(number, ()) if single else number) for number in numbers]
    return ClusterJackknife(*shaped, float(conf_level), g - 1.0, without.reshape(g) if single else without, g)


def _table(totals: ArrayLike) -> Matrix:
    sums: NDArray[np.float64] = as_float(totals, "totals")
    if sums.ndim != 2 or len(sums) < 2 or not np.all(np.isfinite(sums)):
        raise EstimationError(
            msg(
                "Resampling needs finite totals of at least two clusters; found {found}.",
                found=str(sums.shape),
            )
        )
    return sums
