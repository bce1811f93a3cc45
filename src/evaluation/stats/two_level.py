"""Imputing a score for people within organisations, from a model with a level for each organisation."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evaluation.stats.checks import as_float
from evaluation.stats.cluster_bootstrap import resampled_clusters
from evaluation.stats.design import Matrix, model_rows
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg


@dataclass(frozen=True, slots=True)
class ClusterSums:
    """What a two-level model needs of every cluster; g clusters, p columns.

    Attributes
    ----------
    n_seen, n_missing
        Shape (g,): rows with and without outcome.
    xx, xy, yy
        Shapes (g, p, p), (g, p), (g,): sums of products over rows with outcome.
    x_seen, x_missing
        Shape (g, p): sums of the columns over rows with and without outcome.
    y_seen
        Shape (g,): sum of the outcome.
    """

    n_seen: Matrix
    n_missing: Matrix
    xx: Matrix
    xy: Matrix
    yy: Matrix
    x_seen: Matrix
    x_missing: Matrix
    y_seen: Matrix


@dataclass(frozen=True, slots=True)
class TwoLevelFits:
    """The same two-level model in many resamples; b resamples, p columns.

    Attributes
    ----------
    coefficients
        Shape (b, p).
    residual_variance, cluster_variance
        Shape (b,): between people of one cluster, and between clusters.
    """

    coefficients: Matrix
    residual_variance: Matrix
    cluster_variance: Matrix


@dataclass(frozen=True, slots=True)
class Imputations:
    """Means over everyone from resampled and then imputed tables; b resamples, m imputations each.

    Attributes
    ----------
    mean
        Shape (b, m): mean of the outcome among everyone.
    missing_share
        Shape (b,): share of people without outcome.
    counts
        Shape (b, g): how often each cluster was drawn.
    """

    mean: Matrix
    missing_share: Matrix
    counts: Matrix


def cluster_sums(y: ArrayLike, x: ArrayLike, cluster: ArrayLike) -> ClusterSums:
    """Add up every organisation, as two-level models need it.

    Parameters
    ----------
    y
        Outcome, shape (n,), NaN where missing.
    x
        Columns of the model, shape (n, p), complete, the column of ones first.
    cluster
        The organisation of each row, shape (n,), at least two different.

    Returns
    -------
    ClusterSums
        In ascending order of the organisations.

    Examples
    --------
    >>> cluster_sums([1.0, np.nan, 4.0], np.ones((3, 1)), ["a", "a", "b"]).n_missing.tolist()
    [1.0, 0.0]
    """
    outcome = as_float(y, "y")
    seen = ~np.isnan(outcome)
    filled, design, numbers, clusters = model_rows(np.where(seen, outcome, 0.0), x, cluster)
    if np.count_nonzero(seen) <= design.shape[1]:
        raise EstimationError(msg("Too few answered for a model of what the others would have answered."))

    def added(values: Matrix) -> Matrix:
        flat = values.reshape(len(values), -1)
        total = np.stack([np.bincount(numbers, column, clusters) for column in flat.T], axis=1)
        return total.reshape((clusters, *values.shape[1:]))

    known = design * seen[:, None]
    return ClusterSums(
        n_seen=added(seen.astype(float)),
        n_missing=added((~seen).astype(float)),
        xx=added(known[:, :, None] * known[:, None, :]),
        xy=added(known * filled[:, None]),
        yy=added(filled**2),
        x_seen=added(known),
        x_missing=added(design - known),
        y_seen=added(filled),
    )


def two_level_fits(sums: ClusterSums, counts: Matrix) -> TwoLevelFits:
    """Estimate how a score depends on what is known, and how organisations differ beyond it.

    Parameters
    ----------
    sums
        From `cluster_sums`.
    counts
        Shape (b, g): how often each organisation counts; ones for the table as it is.

    Returns
    -------
    TwoLevelFits
        Least squares, with variances by the method of moments.

    Notes
    -----
    y = x b + u + e with u for the organisation. From the residuals r: the variance of e is
    sum (r - mean of the organisation)^2 / (n - g - p + 1); that of u is what the sum of n_g r_g^2
    exceeds (g - 1) times it by, divided by n - sum n_g^2 / n, and never below 0.

    References
    ----------
    grund2018

    Examples
    --------
    >>> sums = cluster_sums([1.0, 2.0, 4.0, 5.0], np.ones((4, 1)), list("aabb"))
    >>> fit = two_level_fits(sums, np.ones((1, 2)))
    >>> fit.residual_variance.tolist(), fit.cluster_variance.tolist()
    ([0.5], [4.25])
    """
    size = counts.shape[1:]
    xx = (counts @ sums.xx.reshape(*size, -1)).reshape(-1, *sums.xx.shape[1:])
    coefficients = np.einsum("bij,bj->bi", np.linalg.pinv(xx, hermitian=True), counts @ sums.xy)
    residual = sums.y_seen - coefficients @ sums.x_seen.T
    squares = (
        sums.yy
        - 2 * coefficients @ sums.xy.T
        + np.einsum("bi,gij,bj->bg", coefficients, sums.xx, coefficients)
    )
    between = residual**2 / np.maximum(sums.n_seen, 1)
    n, clusters = counts @ sums.n_seen, counts @ (sums.n_seen > 0)
    free = np.maximum(n - clusters - coefficients.shape[1] + 1, 1)
    within = np.maximum(np.sum(counts * (squares - between), axis=1), 0) / free
    length = np.maximum(n - counts @ sums.n_seen**2 / n, 1e-12)
    excess = np.sum(counts * between, axis=1) - (clusters - 1) * within
    return TwoLevelFits(coefficients, within, np.maximum(excess / length, 0))


def cluster_levels(sums: ClusterSums, fits: TwoLevelFits) -> tuple[Matrix, Matrix]:
    """Level of each organisation beyond what the columns explain, and how unsure it is.

    Parameters
    ----------
    sums
        From `cluster_sums`.
    fits
        From `two_level_fits`.

    Returns
    -------
    tuple of numpy.ndarray
        Mean and variance of each level given the answers, shape (b, g) each; mean 0 where nobody
        answered.

    Notes
    -----
    With s = t / (t + v / n_g), t and v the variances of clusters and residuals: mean s times the
    mean residual, and variance t (1 - s).

    References
    ----------
    grund2018

    Examples
    --------
    >>> sums = cluster_sums([1.0, 2.0, 4.0, 5.0], np.ones((4, 1)), list("aabb"))
    >>> cluster_levels(sums, two_level_fits(sums, np.ones((1, 2))))[0].round(2).tolist()
    [[-1.42, 1.42]]
    """
    residual = sums.y_seen - fits.coefficients @ sums.x_seen.T
    between, within = fits.cluster_variance[:, None], fits.residual_variance[:, None]
    known = between * sums.n_seen
    total = known + within
    trust = np.divide(known, total, out=np.zeros_like(known), where=total > 0)
    return trust * residual / np.maximum(sums.n_seen, 1), between * (1 - trust)


def imputed_means(
    sums: ClusterSums, *, rng: np.random.Generator, draws: int = 999, imputations: int = 2
) -> Imputations:
    """Mean over everyone, from organisations resampled first and imputed then.

    Parameters
    ----------
    sums
        From `cluster_sums`.
    rng
        Source of randomness.
    draws
        Resamples of organisations.
    imputations
        Imputed tables for each resample, at least two.

    Returns
    -------
    Imputations
        To be passed to `resampled_variance`.

    Notes
    -----
    In every resample the model of `two_level_fits` is estimated, and the sum of the missing outcomes
    is drawn: its mean given the answers, a draw of the level of every organisation and a draw of
    the residuals. Only sums over organisations are needed, so no table is built. Assumes that what is
    missing depends on the columns and the organisation, not on the missing outcome itself.

    References
    ----------
    vonhippel2021, bartlett2020, grund2018

    Examples
    --------
    >>> sums = cluster_sums([1.0, np.nan, 4.0, 5.0], np.ones((4, 1)), list("aabb"))
    >>> imputed_means(sums, rng=np.random.default_rng(1), draws=5).mean.shape
    (5, 2)
    """
    counts = np.asarray(resampled_clusters(sums.n_seen.size, draws, rng), dtype=np.float64)
    counts = counts[counts @ sums.n_seen > sums.xx.shape[1]]
    fits = two_level_fits(sums, counts)
    level, unsure = cluster_levels(sums, fits)
    expected = np.sum(counts * (fits.coefficients @ sums.x_missing.T + sums.n_missing * level), axis=1)
    spread = np.sum(counts * sums.n_missing**2 * unsure, axis=1)
    spread += counts @ sums.n_missing * fits.residual_variance
    noise = rng.standard_normal((len(counts), imputations)) * np.sqrt(spread)[:, None]
    n = counts @ (sums.n_seen + sums.n_missing)
    total = (counts @ sums.y_seen + expected)[:, None] + noise
    return Imputations(total / n[:, None], counts @ sums.n_missing / n, counts)


def imputed_tables(
    y: ArrayLike, x: ArrayLike, cluster: ArrayLike, *, rng: np.random.Generator, tables: int = 50
) -> NDArray[np.float64]:
    """Tables with the missing outcomes filled in, for methods that need people rather than sums.

    Parameters
    ----------
    y, x, cluster
        As in `cluster_sums`.
    rng
        Source of randomness.
    tables
        How many.

    Returns
    -------
    numpy.ndarray
        Shape (tables, n): observed outcomes as they are, missing ones drawn.

    Notes
    -----
    For each table the coefficients and variances come from a resample of organisations, which
    makes the imputations show how unsure the model is; levels of organisations and residuals are
    drawn given the answers. Pool with `pool` and the degrees of freedom of the complete table.

    References
    ----------
    rubin1987, grund2018

    Examples
    --------
    >>> y = [1.0, np.nan, 4.0, 5.0]
    >>> imputed_tables(y, np.ones((4, 1)), list("aabb"), rng=np.random.default_rng(1), tables=3).shape
    (3, 4)
    """
    sums, outcome = cluster_sums(y, x, cluster), as_float(y, "y")
    design, numbers = as_float(x, "x"), np.unique(np.asarray(cluster), return_inverse=True)[1]
    counts = np.asarray(resampled_clusters(sums.n_seen.size, tables, rng), dtype=np.float64)
    counts[counts @ sums.n_seen <= design.shape[1]] = 1.0
    fits = two_level_fits(sums, counts)
    mean, unsure = cluster_levels(sums, fits)
    level = mean + np.sqrt(unsure) * rng.standard_normal(mean.shape)
    noise = rng.standard_normal((tables, outcome.size)) * np.sqrt(fits.residual_variance)[:, None]
    drawn = fits.coefficients @ design.T + level[:, numbers] + noise
    return np.where(np.isnan(outcome), drawn, outcome)


def resampled_variance(estimates: ArrayLike) -> tuple[float, float]:
    """Variance of an estimate from resampled and then imputed tables, with its degrees of freedom.

    Parameters
    ----------
    estimates
        Shape (b, m): b resamples, m imputations of each, both at least two.

    Returns
    -------
    tuple of float
        Variance of the mean of all estimates, and degrees of freedom.

    Notes
    -----
    With the mean squares between resamples, B, and within, W: variance
    (b + 1) / (b m) B - W / m and Satterthwaite degrees of freedom of this difference. Needs neither
    variances within tables nor draws of parameters. Never below W / (b m).

    References
    ----------
    vonhippel2021, bartlett2020

    Examples
    --------
    >>> round(resampled_variance([[1.0, 1.2], [2.0, 1.8], [0.4, 0.6]])[0], 4)
    0.6478
    """
    values = as_float(estimates, "estimates")
    b, m = values.shape
    between = m * float(np.var(values.mean(axis=1), ddof=1))
    within = float(np.mean(np.var(values, axis=1, ddof=1)))
    first, second = (b + 1) / (b * m) * between, within / m
    variance = max(first - second, within / (b * m))
    lost = first**2 / (b - 1) + second**2 / (b * (m - 1))
    return variance, variance**2 / lost if lost > 0 else float(b - 1)
