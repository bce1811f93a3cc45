"""Inference for an estimate that independent units of several strata add up to."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from evaluation.stats.checks import as_float


@dataclass(frozen=True, slots=True)
class StratifiedInference:
    """An estimate with its interval.

    Attributes
    ----------
    estimate, std_error, conf_low, conf_high
        In the unit of the estimate; the last three NaN without spread.
    statistic, df, p_value
        t, Welch's degrees of freedom and two-sided p of zero.
    """

    estimate: float
    std_error: float
    conf_low: float
    conf_high: float
    statistic: float
    df: float
    p_value: float


def stratified_inference(
    estimate: float, influence: ArrayLike, stratum: ArrayLike, conf_level: float = 0.95
) -> StratifiedInference:
    """Interval of an estimate from what every unit adds to it, strata of unequal size and spread.

    Parameters
    ----------
    estimate
        The estimate.
    influence
        What each unit adds, shape (n,): the estimate is, but for chance, the true value plus their mean.
    stratum
        Which stratum each unit belongs to, shape (n,): for example those who took part, and the others.
    conf_level
        Confidence, between 0 and 1.

    Returns
    -------
    StratifiedInference
        NaN instead of an interval where no stratum has two units or none of them differ.

    Notes
    -----
    V = sum over strata of n_h / (n_h - 1) sum of (influence - its mean in h)^2 / n^2, with
    V^2 / sum of V_h^2 / (n_h - 1) degrees of freedom. For the difference of two means this is Welch's t test.

    References
    ----------
    welch1947

    Examples
    --------
    >>> found = stratified_inference(1.0, [-2.0, 2.0, 1.0, -1.0], [1, 1, 0, 0])
    >>> round(found.std_error, 4), round(found.df, 4)
    (1.118, 1.4706)
    """
    added = as_float(influence, "influence")
    centred, weight, number = _within(added[:, None], stratum)
    several = np.maximum(np.bincount(number) - 1, 1)
    parts = np.bincount(number, centred[:, 0] ** 2 * weight) / added.size**2
    variance = float(parts.sum())
    if variance <= 0:
        return StratifiedInference(estimate, *[float("nan")] * 6)
    error = float(np.sqrt(variance))
    df = float(variance**2 / np.sum(parts**2 / several))
    width = float(special.stdtrit(df, (1 + conf_level) / 2)) * error
    p = 2 * float(special.stdtr(df, -abs(estimate / error)))
    return StratifiedInference(estimate, error, estimate - width, estimate + width, estimate / error, df, p)


def stratified_covariance(influence: ArrayLike, stratum: ArrayLike) -> NDArray[np.float64]:
    """Covariance of estimates from what every unit adds to each, strata of unequal size and spread.

    Parameters
    ----------
    influence
        What each unit adds to each estimate, shape (n, k): as in `stratified_inference`.
    stratum
        Which stratum each unit belongs to, shape (n,).

    Returns
    -------
    numpy.ndarray
        Shape (k, k), in the square of the unit of the estimates; on its diagonal the squares of the standard errors of
        `stratified_inference`. Strata of one unit add nothing.

    References
    ----------
    welch1947

    Examples
    --------
    >>> stratified_covariance([[-2.0, 0.0], [2.0, 0.0], [1.0, 1.0], [-1.0, -1.0]], [1, 1, 0, 0]).tolist()
    [[1.25, 0.25], [0.25, 0.25]]
    """
    added = np.asarray(influence, dtype=np.float64)
    centred, weight, _ = _within(added, stratum)
    return (centred * weight[:, None]).T @ centred / len(added) ** 2


def _within(added: NDArray[np.float64], stratum: ArrayLike) -> tuple[NDArray[np.float64], ...]:
    """Return what units add less the mean of their stratum h, n_h / (n_h - 1), and the number of their stratum."""
    number = np.unique(stratum, return_inverse=True)[1]
    size = np.bincount(number)
    sums = np.zeros((size.size, added.shape[1]))
    np.add.at(sums, number, added)
    return added - (sums / size[:, None])[number], (size / np.maximum(size - 1, 1))[number], number
