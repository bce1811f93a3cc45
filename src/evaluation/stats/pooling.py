"""Estimates from several imputed tables put together."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from evaluation.stats.checks import Numbers, as_float, level, plain
from evaluation.stats.design import Matrix
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg, pmsg


@dataclass(frozen=True, slots=True)
class Pooled:
    """Estimates pooled over imputed tables; every field has the shape of one table's estimates.

    Attributes
    ----------
    estimate, std_error
        Mean of the estimates, and its standard error.
    within, between, total
        Mean variance within tables, variance between them, and total variance.
    df, df_infinite
        Degrees of freedom (Barnard and Rubin), and those of Rubin for a very large table.
    increase
        Relative increase in variance because of what is missing.
    missing_share
        Part of the total variance that what is missing accounts for.
    missing_information
        Fraction of missing information, corrected for the degrees of freedom.
    statistic, p_value
        t test against 0.
    conf_low, conf_high, conf_level
        Limits and confidence.
    n_tables
        Imputed tables.
    """

    estimate: Numbers
    std_error: Numbers
    within: Numbers
    between: Numbers
    total: Numbers
    df: Numbers
    df_infinite: Numbers
    increase: Numbers
    missing_share: Numbers
    missing_information: Numbers
    statistic: Numbers
    p_value: Numbers
    conf_low: Numbers
    conf_high: Numbers
    conf_level: float
    n_tables: int


@dataclass(frozen=True, slots=True)
class PooledTest:
    """Test of several coefficients at once over imputed tables.

    Attributes
    ----------
    statistic, df, df_residual, p_value
        F test; `df` coefficients.
    increase
        Mean relative increase in variance because of what is missing.
    n_tables
        Imputed tables.
    """

    statistic: float
    df: int
    df_residual: float
    p_value: float
    increase: float
    n_tables: int


def pool(
    estimates: ArrayLike, variances: ArrayLike, df_complete: float = np.inf, conf_level: float = 0.95
) -> Pooled:
    """Estimate and interval from several imputed tables.

    Parameters
    ----------
    estimates
        Shape (m,), or (m, p) for p coefficients.
    variances
        Squared standard errors, same shape.
    df_complete
        Degrees of freedom if nothing were missing; for people within few firms the Satterthwaite
        degrees of freedom of `cluster.contrast`, not the number of people.
    conf_level
        Confidence, between 0 and 1.

    Returns
    -------
    Pooled
        Without spread between tables the degrees of freedom are those of the complete table, less
        what estimating the variance costs.

    Notes
    -----
    total = within + (1 + 1/m) between; share = (1 + 1/m) between / total;
    1 / df = share^2 / (m - 1) + 1 / ((d + 1) / (d + 3) d (1 - share)) with d = `df_complete`. Assumes
    imputations that show how unsure they are (proper in Rubin's sense). With fewer than 20 tables
    the fraction of missing information is itself unsure.

    References
    ----------
    rubin1987, barnard1999

    Examples
    --------
    >>> found = pool([0.31, 0.35, 0.27, 0.40, 0.33], [0.0101, 0.0096, 0.0112, 0.0104, 0.0099], 118)
    >>> round(found.estimate, 3), round(found.df, 2)
    (0.332, 44.68)
    """
    each, spread = _tables(estimates, variances)
    m = len(each)
    within, between = spread.mean(axis=0), each.var(axis=0, ddof=1)
    extra = (1 + 1 / m) * between
    total = within + extra
    with np.errstate(divide="ignore", invalid="ignore"):
        share, increase = extra / total, extra / within
        df_infinite = (m - 1) / share**2
        df = 1 / (1 / df_infinite + 1 / _observed_df(df_complete, share))
        statistic = each.mean(axis=0) / np.sqrt(total)
    margin = special.stdtrit(df, (1 + level(conf_level)) / 2) * np.sqrt(total)
    numbers = {
        "estimate": each.mean(axis=0),
        "std_error": np.sqrt(total),
        "within": within,
        "between": between,
        "total": total,
        "df": df,
        "df_infinite": df_infinite,
        "increase": increase,
        "missing_share": share,
        "missing_information": (increase + 2 / (df + 3)) / (increase + 1),
        "statistic": statistic,
        "p_value": 2 * special.stdtr(df, -np.abs(statistic)),
        "conf_low": each.mean(axis=0) - margin,
        "conf_high": each.mean(axis=0) + margin,
    }
    return Pooled(
        **{name: plain(value) for name, value in numbers.items()}, conf_level=float(conf_level), n_tables=m
    )


def _observed_df(df_complete: float, share: Matrix) -> Matrix:
    factor = (df_complete + 1) / (df_complete + 3) * df_complete if np.isfinite(df_complete) else np.inf
    return factor * (1 - share)


def _tables(estimates: ArrayLike, variances: ArrayLike) -> tuple[Matrix, Matrix]:
    each = as_float(estimates, pmsg("argument", "The estimates"))
    spread = as_float(variances, pmsg("argument", "The variances"))
    if each.ndim < 1 or each.shape[0] < 2:
        raise EstimationError(msg("At least two imputed tables are needed."))
    if spread.ndim < each.ndim or spread.shape[: each.ndim] != each.shape:
        raise EstimationError(msg("Every estimate needs its variance."))
    if not (np.all(np.isfinite(each)) and np.all(np.isfinite(spread))):
        raise EstimationError(msg("An estimate or a variance is missing or infinite."))
    return each, spread


def pool_test(estimates: ArrayLike, covariances: ArrayLike, df_complete: float = np.inf) -> PooledTest:
    """Whether several coefficients are all zero, from several imputed tables.

    Parameters
    ----------
    estimates
        Shape (m, k): the k coefficients in each table.
    covariances
        Their covariance matrices, shape (m, k, k).
    df_complete
        Degrees of freedom if nothing were missing.

    Returns
    -------
    PooledTest
        The test D1.

    Notes
    -----
    F = q' U^-1 q / (k (1 + r)) with U the mean covariance and r = (1 + 1/m) tr(B U^-1) / k. The
    degrees of freedom are Reiter's when `df_complete` is finite, otherwise those of Li,
    Raghunathan and Rubin. Assumes that the share of missing information is much the same for all k.

    References
    ----------
    li1991, reiter2007

    Examples
    --------
    >>> found = pool_test([[1.0, 0.5], [1.2, 0.4], [0.9, 0.7], [1.1, 0.4]], [np.eye(2)] * 4)
    >>> round(found.statistic, 3)
    0.661
    """
    each, spread = _tables(estimates, covariances)
    m, k = each.shape
    if m * k - k <= 4:
        raise EstimationError(
            msg("Too few imputed tables for this test: {found}.", found=m), do=msg("Make more of them.")
        )
    inverse = np.linalg.inv(spread.mean(axis=0))
    between = np.atleast_2d(np.cov(each, rowvar=False))
    increase = (1 + 1 / m) * float(np.trace(between @ inverse)) / k
    mean = each.mean(axis=0)
    statistic = float(mean @ inverse @ mean) / (k * (1 + increase))
    df = _df_infinite(k, m, increase) if np.isinf(df_complete) else _df_reiter(k, m, increase, df_complete)
    return PooledTest(statistic, k, df, float(special.fdtrc(k, df, statistic)), increase, m)


def _df_infinite(k: int, m: int, increase: float) -> float:
    t = k * (m - 1)
    return 4 + (t - 4) * (1 + (1 - 2 / t) / increase) ** 2


def _df_reiter(k: int, m: int, increase: float, df_complete: float) -> float:
    t = k * (m - 1)
    a = increase * t / (t - 2)
    d = (df_complete + 1) / (df_complete + 3) * df_complete
    one, two = d - 2 * (1 + a), d - 4 * (1 + a)
    inner = (
        a**2 * one / ((1 + a) ** 2 * two)
        + 8 * a**2 * one / ((1 + a) * two**2)
        + 4 * a**2 / ((1 + a) * two)
        + 4 * a**2 / (two * one)
        + 16 * a**2 * one / two**3
        + 8 * a**2 / two**2
    )
    return 4 + 1 / (1 / two + inner / (t - 4))
