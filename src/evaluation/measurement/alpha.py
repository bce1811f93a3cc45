"""Internal consistency by Cronbach's alpha, its relatives and its intervals."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from evaluation.measurement.items import Matrix, correlation, item_matrix, sample_covariance
from evaluation.stats.checks import level
from evaluation.stats.design import cluster_numbers
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg


@dataclass(frozen=True, slots=True)
class Consistency:
    """How well the items of a scale agree, from their covariances.

    Attributes
    ----------
    alpha
        Cronbach's alpha.
    alpha_standardised
        Alpha of the standardised items.
    lambda2, lambda6
        Guttman's lower limits of reliability; lambda6 is of the standardised items, NaN when their
        correlations are singular.
    mean_correlation
        Between different items.
    item_rest
        Correlation of each item with the sum of the others, shape (k,).
    without_item
        Alpha without each item, shape (k,); NaN with two items.
    """

    alpha: float
    alpha_standardised: float
    lambda2: float
    lambda6: float
    mean_correlation: float
    item_rest: Matrix
    without_item: Matrix


@dataclass(frozen=True, slots=True)
class Alpha:
    """Cronbach's alpha with its interval.

    Attributes
    ----------
    estimate
        Alpha.
    std_error
        Large-sample standard error under normal items.
    conf_low, conf_high, conf_level
        Feldt's limits and their confidence.
    std_error_measurement
        Standard deviation of a sum score around the true one, in steps of the sum.
    consistency
        The other coefficients and the items.
    n, n_items
        People and items.
    """

    estimate: float
    std_error: float
    conf_low: float
    conf_high: float
    conf_level: float
    std_error_measurement: float
    consistency: Consistency
    n: int
    n_items: int


@dataclass(frozen=True, slots=True)
class BootstrapInterval:
    """Limits from resampled clusters.

    Attributes
    ----------
    estimate
        From all clusters.
    conf_low, conf_high, conf_level
        Percentiles of the replicates, and the confidence.
    std_error
        Standard deviation of the replicates.
    n_groups
        Clusters.
    """

    estimate: float
    conf_low: float
    conf_high: float
    conf_level: float
    std_error: float
    n_groups: int


def consistency(covariance: ArrayLike) -> Consistency:
    """Agreement of the items of a scale, from their covariances.

    Parameters
    ----------
    covariance
        Shape (k, k), of two or more items that point the same way.

    Returns
    -------
    Consistency
        All coefficients.

    Notes
    -----
    alpha = k/(k-1) (1 - tr C / sum C). It equals reliability only if the items are parallel up to
    constants and their errors independent, and is a lower limit when loadings differ. It is no
    evidence of one dimension. lambda6 = 1 - sum(1 - smc) / sum R with the squared multiple correlations.

    References
    ----------
    cronbach1951, guttman1945

    Examples
    --------
    >>> round(consistency([[1.0, 0.5], [0.5, 1.0]]).alpha, 4)
    0.6667
    """
    matrix = item_matrix(covariance)
    related, k = correlation(matrix), len(matrix)
    total, trace = matrix.sum(), np.trace(matrix)
    if total <= 0:
        raise EstimationError(
            msg("The sum of the items does not vary, or the items point in different directions."),
            do=msg("Reverse the items that are worded the other way."),
        )
    outside = np.sum(matrix**2) - np.sum(np.diag(matrix) ** 2)
    rest = matrix.sum(axis=1) - np.diag(matrix)
    spread = np.sqrt(np.diag(matrix) * (total - 2 * rest - np.diag(matrix)))
    with np.errstate(invalid="ignore", divide="ignore"):
        return Consistency(
            alpha=_alpha(trace, total, k),
            alpha_standardised=_alpha(k, related.sum(), k),
            lambda2=float((total - trace + np.sqrt(k / (k - 1) * outside)) / total),
            lambda6=_lambda6(related),
            mean_correlation=float((related.sum() - k) / (k * (k - 1))),
            item_rest=rest / spread,
            without_item=_without_item(matrix),
        )


def _alpha(trace, total, k):
    return float(k / (k - 1) * (1 - trace / total))


def _without_item(matrix: Matrix) -> Matrix:
    k, variances = len(matrix), np.diag(matrix)
    if k < 3:
        return np.full(k, np.nan)
    total = matrix.sum() - 2 * matrix.sum(axis=1) + variances
    return (k - 1) / (k - 2) * (1 - (variances.sum() - variances) / total)


def _lambda6(related: Matrix) -> float:
    if np.linalg.eigvalsh(related)[0] < 1e-10:
        return float("nan")
    return float(1 - np.sum(1 / np.diag(np.linalg.inv(related))) / related.sum())


def alpha(items: ArrayLike, conf_level: float = 0.95) -> Alpha:
    """How well the items of a scale agree: Cronbach's alpha with Feldt's interval.

    Parameters
    ----------
    items
        Complete answers, shape (n, k), reversed where worded the other way.
    conf_level
        Confidence, between 0 and 1.

    Returns
    -------
    Alpha
        The coefficient, its interval, and what each item contributes.

    Notes
    -----
    Limits 1 - (1 - alpha) F with F quantiles of n - 1 and (n - 1)(k - 1) degrees of freedom; they
    assume independent people and parallel items. For people within companies use `alpha_bootstrap`.
    The standard error of measurement is the sum's standard deviation times sqrt(1 - alpha).

    References
    ----------
    cronbach1951, feldt1965, duhachek2004

    Examples
    --------
    >>> found = alpha([[1, 2, 2], [2, 2, 3], [4, 4, 5], [3, 4, 3]])
    >>> round(found.estimate, 3)
    0.939
    """
    table = item_matrix(items)
    (n, k), covariance = table.shape, sample_covariance(table)
    parts, tail = consistency(covariance), (1 - level(conf_level)) / 2
    df = (n - 1, (n - 1) * (k - 1))
    estimate = parts.alpha
    return Alpha(
        estimate=estimate,
        std_error=_std_error(covariance, n),
        conf_low=float(1 - (1 - estimate) * special.fdtri(*df, 1 - tail)),
        conf_high=float(1 - (1 - estimate) * special.fdtri(*df, tail)),
        conf_level=float(conf_level),
        std_error_measurement=float(np.sqrt(max(covariance.sum() * (1 - estimate), 0.0))),
        consistency=parts,
        n=n,
        n_items=k,
    )


def _std_error(covariance: Matrix, n: int) -> float:
    """Return the normal-theory standard error of alpha."""
    k, total, trace = len(covariance), covariance.sum(), np.trace(covariance)
    square = covariance @ covariance
    inner = total * (np.trace(square) + trace**2) - 2 * trace * square.sum()
    return float(np.sqrt(max(2 * k**2 / ((k - 1) ** 2 * total**3) * inner, 0.0) / n))


def alpha_bootstrap(
    items: ArrayLike,
    cluster: ArrayLike,
    rng: np.random.Generator,
    conf_level: float = 0.95,
    replicates: int = 2000,
) -> BootstrapInterval:
    """Interval for Cronbach's alpha when people are within companies.

    Parameters
    ----------
    items
        Complete answers, shape (n, k).
    cluster
        The company of each row, shape (n,), at least two different.
    rng
        Source of randomness.
    conf_level
        Confidence, between 0 and 1.
    replicates
        How many times the companies are drawn anew.

    Returns
    -------
    BootstrapInterval
        Percentile limits.

    Notes
    -----
    Whole companies are drawn with replacement. Each company is reduced to its number of people,
    sums and products of answers, so a replicate costs one small matrix product. Percentile limits
    are somewhat narrow with fewer than about 15 companies.

    References
    ----------
    cronbach1951, field2007

    Examples
    --------
    >>> x = np.array([[1, 2, 2], [2, 2, 3], [4, 4, 5], [3, 4, 3], [5, 4, 5], [2, 1, 2]])
    >>> found = alpha_bootstrap(x, [1, 1, 2, 2, 3, 3], np.random.default_rng(1), replicates=200)
    >>> found.conf_low <= found.estimate <= found.conf_high
    True
    """
    table = item_matrix(items)
    numbers, groups = cluster_numbers(np.asarray(cluster))
    k = table.shape[1]
    table = table - table.mean(axis=0)
    parts = np.column_stack(
        [np.ones(len(table)), table, (table[:, :, None] * table[:, None, :]).reshape(-1, k * k)]
    )
    sums = np.zeros((groups, parts.shape[1]))
    np.add.at(sums, numbers, parts)
    drawn = rng.multinomial(groups, np.full(groups, 1 / groups), size=replicates) @ sums
    values = _alphas(drawn, k)
    tails = np.array([1 - level(conf_level), 1 + conf_level]) / 2
    low, high = np.nanquantile(values, tails)
    estimate = float(_alphas(sums.sum(axis=0, keepdims=True), k)[0])
    spread = float(np.nanstd(values, ddof=1))
    return BootstrapInterval(estimate, float(low), float(high), float(conf_level), spread, groups)


def _alphas(sums: Matrix, k: int) -> Matrix:
    """Return alpha for rows of number of people, sums and products; NaN without spread."""
    n, first, products = sums[:, 0], sums[:, 1 : k + 1], sums[:, k + 1 :].reshape(-1, k, k)
    scatter = products - first[:, :, None] * first[:, None, :] / n[:, None, None]
    total, trace = scatter.sum(axis=(1, 2)), np.trace(scatter, axis1=1, axis2=2)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(total > 1e-12, k / (k - 1) * (1 - trace / total), np.nan)
