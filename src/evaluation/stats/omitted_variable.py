"""Omitted variables: how much of the variance something unmeasured would have to explain."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from evaluation.stats.design import Matrix
from evaluation.stats.linear import linear_fit
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg


@dataclass(frozen=True, slots=True)
class Robustness:
    """How much of the variance something unmeasured would have to explain, of both, to matter.

    Attributes
    ----------
    estimate, std_error, statistic, df
        Of the coefficient, with its residual degrees of freedom.
    partial_r2
        Share of the outcome's remaining variance that the treatment explains.
    partial_f2
        The same as an f squared.
    value
        Robustness value: that would bring the estimate to (1 - q) of itself.
    value_significance
        That would bring the interval to include (1 - q) of the estimate.
    """

    estimate: float
    std_error: float
    statistic: float
    df: float
    partial_r2: float
    partial_f2: float
    value: float
    value_significance: float


def robustness_value(
    estimate: float, std_error: float, df: float, *, q: float = 1.0, alpha: float = 0.05
) -> Robustness:
    """How much of the variance something unmeasured would have to explain to overturn a coefficient.

    Parameters
    ----------
    estimate, std_error
        Of the coefficient.
    df
        Residual degrees of freedom.
    q
        The part of the estimate that is to be explained away, above 0.
    alpha
        Two-sided level.

    Returns
    -------
    Robustness
        Shares between 0 and 1.

    Notes
    -----
    f = q |t| / sqrt(df); RV = (sqrt(f^4 + 4 f^2) - f^2) / 2. For the interval f is lessened by
    t(df - 1) / sqrt(df - 1).

    References
    ----------
    cinelli2020

    Examples
    --------
    >>> round(robustness_value(0.097316, 0.0232565, 783).value, 4)
    0.1388
    """
    t = estimate / std_error
    f = abs(t) / np.sqrt(df)
    critical = float(stats.t.isf(alpha / 2, df - 1) / np.sqrt(df - 1))
    less = q * f - critical
    by_alpha = _robustness(less)
    if less > 0 and q * f > 1 / critical:
        by_alpha = ((q * f) ** 2 - critical**2) / (1 + (q * f) ** 2)
    return Robustness(
        float(estimate),
        float(std_error),
        float(t),
        float(df),
        float(t**2 / (t**2 + df)),
        float(f**2),
        _robustness(q * f),
        float(by_alpha),
    )


def _robustness(f: float) -> float:
    return float((np.sqrt(f**4 + 4 * f**2) - f**2) / 2) if f > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Benchmarked:
    """A coefficient after something unmeasured that is as strong as a known covariate.

    Attributes
    ----------
    strength
        How many times as strong.
    r2_treatment, r2_outcome
        Share of the remaining variance of treatment and outcome that it would explain.
    estimate, std_error, statistic
        Of the coefficient, adjusted.
    """

    strength: float
    r2_treatment: float
    r2_outcome: float
    estimate: float
    std_error: float
    statistic: float


def benchmarked(
    y: ArrayLike, x: ArrayLike, treatment: int, covariate: int, strength: float = 1.0
) -> Benchmarked:
    """Find what would remain if something unmeasured were as strong as a known covariate.

    Parameters
    ----------
    y
        Outcome, shape (n,).
    x
        Columns, shape (n, p), the column of ones first.
    treatment, covariate
        Places of their columns.
    strength
        How many times as strong as the covariate, with both treatment and outcome.

    Returns
    -------
    Benchmarked
        With independent rows.

    References
    ----------
    cinelli2020

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> x = np.column_stack([np.ones(60), rng.normal(size=(60, 2))])
    >>> found = benchmarked(x @ [0, 1, 0.5] + rng.normal(size=60), x, 1, 2)
    >>> abs(found.estimate) < 2
    True
    """
    design = np.asarray(x, dtype=float)
    fit = linear_fit(y, design)
    others = np.delete(design, treatment, axis=1)
    place = covariate - (covariate > treatment)
    of_treatment = _partial(design[:, treatment], others, place)
    of_outcome = _partial(y, design, covariate)
    r2_treatment = strength * of_treatment / (1 - of_treatment)
    between = strength * of_treatment**2 / ((1 - strength * of_treatment) * (1 - of_treatment))
    if not (r2_treatment < 1 and 0 <= between < 1):
        raise EstimationError(msg("Nothing can be that many times as strong as this covariate."))
    root = (np.sqrt(strength) + np.sqrt(between)) / np.sqrt(1 - between)
    r2_outcome = root**2 * of_outcome / (1 - of_outcome)
    if not r2_outcome < 1:
        raise EstimationError(msg("Nothing can be that many times as strong as this covariate."))
    estimate, error = fit.coefficients[treatment], fit.std_error[treatment]
    bias = np.sqrt(r2_outcome * r2_treatment / (1 - r2_treatment)) * error * np.sqrt(fit.df)
    adjusted = float(np.sign(estimate) * (abs(estimate) - bias))
    spread = float(error * np.sqrt((1 - r2_outcome) / (1 - r2_treatment)) * np.sqrt(fit.df / (fit.df - 1)))
    return Benchmarked(
        float(strength), float(r2_treatment), float(r2_outcome), adjusted, spread, adjusted / spread
    )


def _partial(y: ArrayLike, x: Matrix, place: int) -> float:
    fit = linear_fit(y, x)
    t2 = float((fit.coefficients[place] / fit.std_error[place]) ** 2)
    return t2 / (t2 + fit.df)


@dataclass(frozen=True, slots=True)
class Selection:
    """A coefficient if what is unmeasured is selected on like what is measured.

    Attributes
    ----------
    short, full
        The coefficient without and with covariates.
    r2_short, r2_full, r2_max
        Share of the variance explained without, with, and at most.
    estimate
        The coefficient if both kinds of selection are equally strong.
    ratio
        How many times as strong the unmeasured would have to be for a coefficient of 0.
    """

    short: float
    full: float
    r2_short: float
    r2_full: float
    r2_max: float
    estimate: float
    ratio: float


def proportional_selection(y: ArrayLike, treated: ArrayLike, x: ArrayLike, factor: float = 1.3) -> Selection:
    """Find what would remain if selection on what is not measured were like that on what is.

    Parameters
    ----------
    y
        Outcome, shape (n,).
    treated
        1 or 0, shape (n,).
    x
        Covariates, shape (n, p), without a column of ones.
    factor
        The most that all could explain is this times what is explained, at most 1.

    Returns
    -------
    Selection
        By the linear approximation.

    Notes
    -----
    b* = b1 - (b0 - b1) (Rmax - R1) / (R1 - R0), with Rmax = min(1, 1.3 R1).

    References
    ----------
    oster2019

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> x, took = rng.normal(size=(80, 1)), np.repeat([0.0, 1.0], 40)
    >>> found = proportional_selection(x[:, 0] + took + rng.normal(size=80), took, x)
    >>> found.r2_full > found.r2_short
    True
    """
    took = np.asarray(treated, dtype=float)
    ones = np.column_stack([np.ones(took.size), took])
    short, full = linear_fit(y, ones), linear_fit(y, np.column_stack([ones, x]))
    b0, b1 = float(short.coefficients[1]), float(full.coefficients[1])
    r_max = min(1.0, factor * full.r_squared)
    further, known = r_max - full.r_squared, full.r_squared - short.r_squared
    moved = (b0 - b1) * further
    return Selection(
        b0,
        b1,
        short.r_squared,
        full.r_squared,
        r_max,
        b1 - moved / known,
        b1 * known / moved if moved else float("inf"),
    )
