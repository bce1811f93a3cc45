"""Estimates from several studies or organisations put together."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special, stats
from scipy.optimize import brentq

from evaluation.stats.checks import finite, level, pick
from evaluation.stats.design import Matrix, orthonormal_columns
from evaluation.stats.linear import linear_fit
from evaluation.stats.student import t_limits, t_p_value
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg, pmsg

LARGEST = 1e8
"""Of the variance between, in units of the largest sampling variance."""


@dataclass(frozen=True, slots=True)
class MetaRegression:
    """Estimates explained by what differs between their sources; p columns.

    Attributes
    ----------
    coefficients, std_error, p_value
        Shape (p,).
    tau2
        Variance between sources that remains.
    q, q_p
        Heterogeneity that remains and its p-value.
    test, test_p
        Of all columns beside the first, chi-squared or F; NaN when there is only the first.
    r_squared
        Share of the variance between that the columns account for; NaN when there was none.
    """

    coefficients: Matrix
    std_error: Matrix
    p_value: Matrix
    tau2: float
    q: float
    q_p: float
    test: float
    test_p: float
    r_squared: float


@dataclass(frozen=True, slots=True)
class MetaAnalysis:
    """The mean of estimates that differ by more than chance.

    Attributes
    ----------
    estimate, std_error, statistic, p_value
        Of the mean.
    conf_low, conf_high
        Interval of the mean.
    predicted_low, predicted_high
        Where the true value of a further source is likely to lie.
    tau2
        Variance between sources.
    i2, h2
        Share of the spread that is not chance, between 0 and 1, and spread relative to chance.
    q, q_p
        Cochran's test of no differences.
    n
        Sources.
    """

    estimate: float
    std_error: float
    statistic: float
    p_value: float
    conf_low: float
    conf_high: float
    predicted_low: float
    predicted_high: float
    tau2: float
    i2: float
    h2: float
    q: float
    q_p: float
    n: int


def _weighted(y: Matrix, x: Matrix, weight: Matrix) -> tuple[Matrix, Matrix, Matrix]:
    """Coefficients, their covariance and residuals."""
    columns, root = orthonormal_columns(np.sqrt(weight)[:, None] * x)
    found = root @ (columns.T @ (np.sqrt(weight) * y))
    return found, root @ root.T, y - x @ found


def _q(tau2: float, y: Matrix, v: Matrix, x: Matrix) -> float:
    weight = 1 / (v + tau2)
    return float(weight @ _weighted(y, x, weight)[2] ** 2)


def _root(function: Callable[[float], float], v: Matrix) -> float:
    """Variance at which a falling function is 0, or 0 if it is never above 0."""
    if function(0.0) <= 0:
        return 0.0
    high = float(v.max())
    while function(high) > 0 and high < LARGEST * v.max():
        high *= 2
    return float(brentq(function, 0.0, high, xtol=1e-15, rtol=1e-14, maxiter=500))


def _derivative(tau2: float, y: Matrix, v: Matrix, x: Matrix, restricted: bool) -> float:
    weight = 1 / (v + tau2)
    _, covariance, residual = _weighted(y, x, weight)
    lost = np.sum((weight**2)[:, None] * x @ covariance * x) if restricted else 0.0
    return float(weight**2 @ residual**2 - weight.sum() + lost)


def _moments(y: Matrix, v: Matrix, x: Matrix) -> float:
    weight = 1 / v
    _, covariance, _ = _weighted(y, x, weight)
    trace = weight.sum() - np.trace(covariance @ (x.T @ ((weight**2)[:, None] * x)))
    return max(0.0, (_q(0.0, y, v, x) - (len(y) - x.shape[1])) / float(trace))


BETWEEN: Mapping[str, Callable[[Matrix, Matrix, Matrix], float]] = {
    "REML": lambda y, v, x: _root(lambda t: _derivative(t, y, v, x, True), v),
    "ML": lambda y, v, x: _root(lambda t: _derivative(t, y, v, x, False), v),
    "DL": _moments,
    "PM": lambda y, v, x: _root(lambda t: _q(t, y, v, x) - (len(y) - x.shape[1]), v),
    "FE": lambda y, v, x: 0.0,
}


def _checked(estimates: ArrayLike, variances: ArrayLike) -> tuple[Matrix, Matrix]:
    y = finite(estimates, pmsg("argument", "The estimates"), 2)
    v = finite(variances, pmsg("argument", "The variances"), 2)
    if y.shape != v.shape or not np.all(v > 0):
        raise EstimationError(msg("Every estimate needs a variance above 0."))
    return y, v


def meta_analysis(
    estimates: ArrayLike,
    variances: ArrayLike,
    conf_level: float = 0.95,
    *,
    between: str = "REML",
    hartung_knapp: bool = True,
) -> MetaAnalysis:
    """Mean of several estimates, and where a further one is likely to lie.

    Parameters
    ----------
    estimates, variances
        Of k independent sources, shape (k,), two or more.
    conf_level
        Confidence, between 0 and 1.
    between
        The variance between: "REML", "ML", "DL" (DerSimonian and Laird), "PM" (Paule and Mandel) or
        "FE" (none).
    hartung_knapp
        Standard error from the spread found, with t and k - 1 degrees of freedom, instead of the
        normal distribution.

    Returns
    -------
    MetaAnalysis
        With intervals for the mean and for a further source.

    Notes
    -----
    Weights 1 / (v + tau2); Hartung and Knapp multiply the variance by sum w (y - m)^2 / (k - 1).
    Prediction: m -+ quantile sqrt(tau2 + se^2). With few sources tau2 is very uncertain: see
    `between_limits`.

    References
    ----------
    dersimonian1986, paule1982, viechtbauer2005, hartung2001, higgins2009

    Examples
    --------
    >>> found = meta_analysis([0.1, 0.3, 0.5], [0.01, 0.01, 0.01])
    >>> round(found.estimate, 3), round(found.tau2, 3)
    (0.3, 0.03)
    """
    y, v = _checked(estimates, variances)
    x = np.ones((y.size, 1))
    tau2 = pick(BETWEEN, between, pmsg("argument", "variance between"))(y, v, x)
    weight = 1 / (v + tau2)
    mean, covariance, residual = _weighted(y, x, weight)
    df = y.size - 1 if hartung_knapp else np.inf
    factor = float(weight @ residual**2) / (y.size - 1) if hartung_knapp else 1.0
    error = float(np.sqrt(covariance[0, 0] * factor))
    estimate, statistic = float(mean[0]), float(mean[0]) / error
    wide = float(np.sqrt(tau2 + error**2))
    inverse = 1 / v
    typical = (y.size - 1) / (inverse.sum() - np.sum(inverse**2) / inverse.sum())
    q = _q(0.0, y, v, x)
    return MetaAnalysis(
        estimate,
        error,
        statistic,
        _p_value(statistic, df),
        *_limits(estimate, error, df, conf_level),
        *_limits(estimate, wide, df, conf_level),
        tau2,
        float(tau2 / (tau2 + typical)),
        float(tau2 / typical + 1),
        q,
        float(stats.chi2.sf(q, y.size - 1)),
        int(y.size),
    )


def _p_value(statistic: float, df: float) -> float:
    return float(2 * special.ndtr(-abs(statistic))) if np.isinf(df) else t_p_value(statistic, df)


def _limits(estimate: float, error: float, df: float, conf_level: float) -> tuple[float, float]:
    if not np.isinf(df):
        return t_limits(estimate, error, df, level(conf_level))
    margin = float(special.ndtri((1 + level(conf_level)) / 2)) * error
    return estimate - margin, estimate + margin


def between_limits(
    estimates: ArrayLike, variances: ArrayLike, conf_level: float = 0.95
) -> tuple[float, float]:
    """Interval of the variance between sources.

    Parameters
    ----------
    estimates, variances
        Shape (k,).
    conf_level
        Confidence, between 0 and 1.

    Returns
    -------
    tuple of float
        Lower and upper limit, 0 or more.

    Notes
    -----
    The values at which the weighted sum of squares equals the quantiles of chi-squared with k - 1.

    References
    ----------
    viechtbauer2007

    Examples
    --------
    >>> [round(limit, 3) for limit in between_limits([0.1, 0.3, 0.5], [0.01, 0.01, 0.01])]
    [0.001, 1.57]
    """
    y, v = _checked(estimates, variances)
    x, tail = np.ones((y.size, 1)), (1 - level(conf_level)) / 2
    low, high = (stats.chi2.ppf(p, y.size - 1) for p in (1 - tail, tail))
    return _root(lambda t: _q(t, y, v, x) - low, v), _root(lambda t: _q(t, y, v, x) - high, v)


def leave_one_out(estimates: ArrayLike, variances: ArrayLike, *, between: str = "REML") -> Matrix:
    """Mean without each source in turn.

    Parameters
    ----------
    estimates, variances
        Shape (k,), three or more.
    between
        As in `meta_analysis`.

    Returns
    -------
    numpy.ndarray
        Shape (k,).

    Examples
    --------
    >>> leave_one_out([0.1, 0.3, 0.5], [0.01, 0.01, 0.01]).round(3).tolist()
    [0.4, 0.3, 0.2]
    """
    y, v = _checked(estimates, variances)
    rows = range(y.size)
    return np.array([meta_analysis(np.delete(y, i), np.delete(v, i), between=between).estimate for i in rows])


def small_study_test(estimates: ArrayLike, variances: ArrayLike) -> tuple[float, float]:
    """Whether less precise sources find something else (Egger's test).

    Parameters
    ----------
    estimates, variances
        Shape (k,), three or more.

    Returns
    -------
    tuple of float
        t with k - 2 degrees of freedom, and its p-value.

    References
    ----------
    egger1997

    Examples
    --------
    >>> t, p = small_study_test([0.1, 0.35, 0.5, 0.6], [0.01, 0.02, 0.03, 0.05])
    >>> p < 0.2
    True
    """
    y, v = _checked(estimates, variances)
    error = np.sqrt(v)
    fit = linear_fit(y / error, np.column_stack([1 / error, np.ones(y.size)]))
    t = float(fit.coefficients[1] / fit.std_error[1])
    return t, t_p_value(t, fit.df)


def meta_regression(
    estimates: ArrayLike,
    variances: ArrayLike,
    x: ArrayLike,
    *,
    between: str = "REML",
    hartung_knapp: bool = True,
) -> MetaRegression:
    """How estimates go together with what differs between their sources.

    Parameters
    ----------
    estimates, variances
        Shape (k,).
    x
        Columns, shape (k, p), the column of ones first.
    between, hartung_knapp
        As in `meta_analysis`.

    Returns
    -------
    MetaRegression
        Describes a connection between sources, which people in them need not share.

    References
    ----------
    viechtbauer2005, hartung2001

    Examples
    --------
    >>> x = np.column_stack([np.ones(4), [0, 1, 2, 3]])
    >>> meta_regression([0.1, 0.3, 0.4, 0.6], [0.01] * 4, x).coefficients.round(2).tolist()
    [0.11, 0.16]
    """
    y, v = _checked(estimates, variances)
    design = np.asarray(x, dtype=float)
    choose = pick(BETWEEN, between, pmsg("argument", "variance between"))
    tau2, alone = choose(y, v, design), choose(y, v, design[:, :1])
    weight = 1 / (v + tau2)
    found, covariance, residual = _weighted(y, design, weight)
    df = y.size - design.shape[1]
    if hartung_knapp:
        covariance = covariance * float(weight @ residual**2) / df
    error = np.sqrt(np.diag(covariance))
    statistic = found / error
    tested = design.shape[1] - 1
    test = float(found[1:] @ np.linalg.solve(covariance[1:, 1:], found[1:])) if tested else np.nan
    if hartung_knapp and tested:
        test /= tested
    distribution = stats.f(tested, df) if hartung_knapp else stats.chi2(tested)
    q = _q(0.0, y, v, design)
    return MetaRegression(
        found,
        error,
        np.array([_p_value(t, df if hartung_knapp else np.inf) for t in statistic]),
        tau2,
        q,
        float(stats.chi2.sf(q, df)),
        test,
        float(distribution.sf(test)) if tested else np.nan,
        max(0.0, (alone - tau2) / alone) if alone > 0 else np.nan,
    )
