"""Change over three or more measurements of the same people."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special, stats

from evaluation.stats.checks import as_float
from evaluation.stats.design import Matrix
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg


@dataclass(frozen=True, slots=True)
class Friedman:
    """Friedman's test with Kendall's coefficient of concordance.

    Attributes
    ----------
    statistic, df, p_value
        Chi-squared with k - 1 degrees of freedom; NaN when nobody ranks any measurement above another.
    concordance
        Kendall's W, from 0 (no common order) to 1 (everyone in the same order).
    mean_ranks
        Mean rank of each measurement, shape (k,).
    n, n_waves
        People and measurements.
    """

    statistic: float
    df: int
    p_value: float
    concordance: float
    mean_ranks: Matrix
    n: int
    n_waves: int


@dataclass(frozen=True, slots=True)
class RepeatedAnova:
    """Analysis of variance for repeated measurements.

    Attributes
    ----------
    statistic, df, df_denominator
        F of the measurements and its degrees of freedom if changes were spherical.
    p_value
        With these degrees of freedom.
    p_corrected
        With both multiplied by the Greenhouse-Geisser epsilon.
    epsilon, epsilon_huynh_feldt
        How far the spread of changes is from spherical: 1 if it is, at worst 1 / (k - 1).
    partial_eta_squared, generalised_eta_squared
        Share of the sum of squares that goes with the measurements: of what varies within people, and of
        everything.
    means
        Mean of each measurement, shape (k,).
    n, n_waves
        People and measurements.
    """

    statistic: float
    df: int
    df_denominator: int
    p_value: float
    p_corrected: float
    epsilon: float
    epsilon_huynh_feldt: float
    partial_eta_squared: float
    generalised_eta_squared: float
    means: Matrix
    n: int
    n_waves: int


def waves(values: ArrayLike) -> Matrix:
    """Measurements of the same people as a table, or what is in the way.

    Parameters
    ----------
    values
        Shape (n, k): one row per person, one column per measurement; two or more of each, none missing.

    Returns
    -------
    numpy.ndarray
        float64, shape (n, k).

    Examples
    --------
    >>> waves([[1, 2], [2, 2]]).shape
    (2, 2)
    """
    table = as_float(values, "The measurements")
    if table.ndim != 2 or min(table.shape) < 2:
        raise EstimationError(
            msg(
                "Measurements need a row for each of two or more people and a column for each of two or more "
                "waves; found {found}.",
                found=str(table.shape),
            )
        )
    if not np.all(np.isfinite(table)):
        raise EstimationError(
            msg("Some measurements are missing or infinite."),
            do=msg("Keep the people with every wave before calling the method."),
        )
    return table


def friedman(values: ArrayLike) -> Friedman:
    """Whether people agree in which measurement they are highest.

    Parameters
    ----------
    values
        Shape (n, k): one row per person, one column per measurement, none missing.

    Returns
    -------
    Friedman
        Only the order within each person counts.

    Notes
    -----
    12 S / (n k (k + 1) - sum (t^3 - t) / (k - 1)), S the squared deviations of the rank sums, t the sizes of
    ties within people; W = chi-squared / (n (k - 1)). The chi-squared is rough below about 10
    people. Assumes independent people; values are rounded to ten decimals before ranking.

    References
    ----------
    friedman1937, kendall1939

    Examples
    --------
    >>> found = friedman([[1, 2, 3], [2, 3, 4], [1, 3, 5]])
    >>> found.statistic, found.concordance
    (6.0, 1.0)
    """
    table = np.round(waves(values), 10)
    n, k = table.shape
    ranks = stats.rankdata(table, axis=1)
    deviation = ranks.sum(axis=0) - n * (k + 1) / 2
    spread = float(np.sum((ranks - (k + 1) / 2) ** 2)) / (k - 1)
    statistic = float(np.sum(deviation**2)) / spread if spread > 0 else float("nan")
    p_value = float(special.chdtrc(k - 1, statistic))
    return Friedman(statistic, k - 1, p_value, statistic / (n * (k - 1)), ranks.mean(axis=0), n, k)


def repeated_anova(values: ArrayLike) -> RepeatedAnova:
    """Whether the means of three or more measurements of the same people differ.

    Parameters
    ----------
    values
        Shape (n, k): one row per person, one column per measurement, none missing.

    Returns
    -------
    RepeatedAnova
        F and p are NaN when everyone changed equally.

    Notes
    -----
    F = MS(waves) / MS(waves x people). Epsilon from the double-centred covariance matrix D of the
    measurements: tr(D)^2 / ((k - 1) tr(D D)); Huynh and Feldt's estimate of it is at most 1. Read
    `p_corrected`. Planned contrasts say more; drops everyone with a gap; not for people within few
    firms (`wald_htz`).

    References
    ----------
    greenhouse1959, huynh1976, olejnik2003

    Examples
    --------
    >>> found = repeated_anova([[1, 2, 4], [2, 3, 4], [1, 3, 6], [2, 2, 5]])
    >>> round(found.statistic, 3), round(found.epsilon, 3)
    (21.0, 0.788)
    """
    table = waves(values)
    n, k = table.shape
    mean = table.mean()
    by_wave, by_person = table.mean(axis=0) - mean, table.mean(axis=1) - mean
    waves_part, people = n * np.sum(by_wave**2), k * np.sum(by_person**2)
    rest = np.sum((table - mean - by_wave - by_person[:, None]) ** 2)
    rest = rest if rest > 1e-24 * np.sum(table**2) else 0.0
    df, df_rest = k - 1, (n - 1) * (k - 1)
    statistic = float(waves_part / df / (rest / df_rest)) if rest > 0 else float("nan")
    epsilon, huynh_feldt = _epsilons(table)
    return RepeatedAnova(
        statistic=statistic,
        df=df,
        df_denominator=df_rest,
        p_value=float(special.fdtrc(df, df_rest, statistic)),
        p_corrected=float(special.fdtrc(epsilon * df, epsilon * df_rest, statistic)),
        epsilon=epsilon,
        epsilon_huynh_feldt=huynh_feldt,
        partial_eta_squared=float(waves_part / (waves_part + rest))
        if waves_part + rest > 0
        else float("nan"),
        generalised_eta_squared=float(waves_part / total)
        if (total := waves_part + rest + people) > 0
        else float("nan"),
        means=table.mean(axis=0),
        n=n,
        n_waves=k,
    )


def _epsilons(table: Matrix) -> tuple[float, float]:
    """Greenhouse-Geisser and Huynh-Feldt."""
    n, k = table.shape
    spread = np.cov(table, rowvar=False)
    centred = spread - spread.mean(axis=0) - spread.mean(axis=1)[:, None] + spread.mean()
    squares = float(np.sum(centred**2))
    if not squares > 0:
        return float("nan"), float("nan")
    epsilon = float(np.trace(centred)) ** 2 / ((k - 1) * squares)
    below = (k - 1) * (n - 1 - (k - 1) * epsilon)
    wider = (n * (k - 1) * epsilon - 2) / below if below > 0 else 1.0
    return epsilon, min(1.0, wider)
