"""Models for people within organisations by generalised estimating equations."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from evaluation.stats.checks import pick
from evaluation.stats.cluster import ClusterFit, cluster_fit
from evaluation.stats.design import Matrix, model_rows, orthonormal_columns
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg, pmsg

MOST_STEPS = 100
SETTLED = 1e-11
# A variance below this belongs to an answer that the model is certain of.
CERTAIN = 1e-12


@dataclass(frozen=True, slots=True)
class Family:
    """How the mean and the variance depend on the linear predictor.

    Attributes
    ----------
    mean, slope, variance
        Functions of the predictor: the mean, its slope, and the variance up to a factor.
    """

    mean: Callable[[Matrix], Matrix]
    slope: Callable[[Matrix], Matrix]
    variance: Callable[[Matrix], Matrix]


def _bernoulli(predictor: Matrix) -> Matrix:
    return special.expit(predictor) * special.expit(-predictor)


FAMILIES: Mapping[str, Family] = {
    "gaussian": Family(lambda eta: eta, np.ones_like, np.ones_like),
    "binomial": Family(special.expit, _bernoulli, _bernoulli),
}


@dataclass(frozen=True, slots=True)
class GeeFit:
    """A marginal model with the same correlation between any two people of a cluster.

    Attributes
    ----------
    fit
        Rows freed of variance and correlation, for `contrast`: "CR0" is the sandwich, "CR2" Kauermann and
        Carroll's and "CR3" Mancl and DeRouen's; root @ root.T is the naive covariance.
    correlation
        Between two people of one cluster.
    scale
        Factor of the variance.
    family
        "gaussian" or "binomial".
    """

    fit: ClusterFit
    correlation: float
    scale: float
    family: str


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows of the model.

    Attributes
    ----------
    y, x
        Outcome (n,) and columns (n, p).
    group
        Cluster numbers, shape (n,).
    sizes
        Rows of each cluster, shape (g,).
    """

    y: Matrix
    x: Matrix
    group: NDArray[np.intp]
    sizes: Matrix

    def freed(self, table: Matrix, correlation: float) -> Matrix:
        """Multiply every cluster's rows by the inverse root of the exchangeable correlation."""
        mean = np.stack([np.bincount(self.group, c, self.sizes.size) for c in table.T], axis=1)
        mean /= self.sizes[:, None]
        within = 1 / np.sqrt(1 - correlation)
        between = 1 / np.sqrt(1 + (self.sizes - 1) * correlation) - within
        return within * table + (between[:, None] * mean)[self.group]


def _moments(rows: _Rows, residual: Matrix, lost: int) -> tuple[float, float]:
    """Scale and correlation from Pearson residuals, with so many degrees of freedom taken off."""
    scale = float(np.sum(residual**2)) / (rows.y.size - lost)
    sums = np.bincount(rows.group, residual, rows.sizes.size)
    products = float(np.sum(sums**2) - np.sum(residual**2)) / 2
    pairs = float(np.sum(rows.sizes * (rows.sizes - 1))) / 2
    if pairs - lost <= 0:
        return scale, 0.0
    lowest = -1 / (rows.sizes.max() - 1)
    return scale, float(np.clip(products / (pairs - lost) / scale, lowest + 1e-9, 1 - 1e-9))


# Degrees of freedom taken off both moments, from the number of columns.
MOMENTS: Mapping[str, Callable[[int], int]] = {"plain": lambda p: 0, "corrected": lambda p: p}


def gee(
    y: ArrayLike, x: ArrayLike, cluster: ArrayLike, *, family: str = "gaussian", moments: str = "corrected"
) -> GeeFit:
    """Effects on the average person, for people who resemble their colleagues.

    Parameters
    ----------
    y
        Outcome, shape (n,), without missing values; 0 and 1 for "binomial".
    x
        Columns of the model, shape (n, p), the column of ones included.
    cluster
        The organisation of each row, shape (n,), at least two different.
    family
        "gaussian" (identity) or "binomial" (logit).
    moments
        "corrected": scale and correlation with the number of columns taken off the rows and the pairs;
        "plain": without.

    Returns
    -------
    GeeFit
        Pass `fit` to `contrast` for tests and intervals.

    Notes
    -----
    Solves sum D'V^-1 (y - mu) = 0, V exchangeable within clusters. With D and residuals multiplied by V^-1/2 this is
    least squares, so that the corrections for few clusters are those of `cluster_covariance`: leverage
    (I - H)^-1 is Mancl and DeRouen's, (I - H)^-1/2 Kauermann and Carroll's. The plain sandwich is too small
    below about 40 clusters: take "CR2", with its Satterthwaite degrees of freedom.

    References
    ----------
    liang1986, mancl2001, kauermann2001

    Examples
    --------
    >>> found = gee([1.0, 2.0, 4.0, 5.0, 3.0, 2.5], np.ones((6, 1)), list("aabbcc"))
    >>> found.fit.coefficients.round(3).tolist(), round(found.correlation, 3)
    ([2.917], 0.974)
    """
    outcome, design, group, clusters = model_rows(y, x, cluster)
    rows = _Rows(outcome, design, group, np.bincount(group, minlength=clusters).astype(np.float64))
    kind = pick(FAMILIES, family, pmsg("argument", "family"))
    lost = pick(MOMENTS, moments, pmsg("argument", "kind of moments"))(design.shape[1])
    if family == "binomial" and not np.all(np.isin(outcome, (0, 1))):
        raise EstimationError(msg("Answers must be 0 or 1."))
    beta = _independent(rows, kind)
    for _ in range(MOST_STEPS):
        columns, residual = _pearson(rows, kind, beta)
        scale, correlation = _moments(rows, residual, lost)
        freed = rows.freed(np.column_stack([columns, residual]), correlation)
        step = np.linalg.lstsq(freed[:, :-1], freed[:, -1], rcond=None)[0]
        beta = beta + step
        if np.max(np.abs(step)) < SETTLED * max(1.0, np.max(np.abs(beta))):
            break
    freed = freed / np.sqrt(scale)
    fit = cluster_fit(freed[:, :-1] @ beta + freed[:, -1], freed[:, :-1], group)
    return GeeFit(fit, correlation, scale, family)


def _pearson(rows: _Rows, family: Family, beta: Matrix) -> tuple[Matrix, Matrix]:
    """Columns and residuals over the standard deviation of each row."""
    predictor = rows.x @ beta
    spread = np.sqrt(family.variance(predictor))
    return rows.x * (family.slope(predictor) / spread)[:, None], (rows.y - family.mean(predictor)) / spread


def _independent(rows: _Rows, family: Family) -> Matrix:
    """Start from the model without correlation."""
    orthonormal_columns(rows.x)
    beta = np.zeros(rows.x.shape[1])
    for _ in range(MOST_STEPS):
        columns, residual = _pearson(rows, family, beta)
        step = np.linalg.lstsq(columns, residual, rcond=None)[0]
        beta = beta + step
        if np.max(np.abs(step)) < 1e-8 and np.min(family.variance(rows.x @ beta)) > CERTAIN:
            return beta
    raise EstimationError(
        msg("The model has no finite solution: a column tells the answers apart perfectly.")
    )
