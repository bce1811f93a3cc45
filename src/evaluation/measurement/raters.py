"""Agreement of measurements of the same people: intraclass correlations."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from evaluation.measurement.items import item_matrix
from evaluation.stats.checks import level
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg


@dataclass(frozen=True, slots=True)
class Intraclass:
    """One intraclass correlation.

    Attributes
    ----------
    estimate
        The correlation; can be negative.
    statistic
        F of no differences between people.
    conf_low, conf_high
        Limits.
    """

    estimate: float
    statistic: float
    conf_low: float
    conf_high: float


@dataclass(frozen=True, slots=True)
class Intraclasses:
    """The six intraclass correlations of Shrout and Fleiss.

    Attributes
    ----------
    one_way, agreement, consistency
        Of one rating: ICC(1,1), ICC(2,1) and ICC(3,1).
    one_way_mean, agreement_mean, consistency_mean
        Of the mean of all ratings: ICC(1,k), ICC(2,k) and ICC(3,k).
    std_error_agreement
        Standard deviation of one rating around the true value, differences between raters included.
    conf_level
        Confidence of the limits.
    n, n_raters
        People and ratings of each.
    """

    one_way: Intraclass
    agreement: Intraclass
    consistency: Intraclass
    one_way_mean: Intraclass
    agreement_mean: Intraclass
    consistency_mean: Intraclass
    std_error_agreement: float
    conf_level: float
    n: int
    n_raters: int


def intraclass(ratings: ArrayLike, conf_level: float = 0.95) -> Intraclasses:
    """Agreement of several ratings, or several occasions, of the same people.

    Parameters
    ----------
    ratings
        Shape (n, k): one row per person, one column per rater or occasion, complete.
    conf_level
        Confidence, between 0 and 1.

    Returns
    -------
    Intraclasses
        Six coefficients with F statistics and limits.

    Notes
    -----
    From the mean squares of people, raters and error of a two-way table without repeats. ICC(1) is for
    different raters of each person, ICC(2) for a sample of raters who rate all and whose level matters,
    ICC(3) for these raters only, levels ignored. Assumes normal, independent people.

    References
    ----------
    shrout1979, mcgraw1996

    Examples
    --------
    >>> x = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
    >>> round(intraclass(x).agreement.estimate, 2)
    0.29
    """
    table, tail = item_matrix(ratings), (1 - level(conf_level)) / 2
    n, k = table.shape
    people, raters, error, within = _mean_squares(table)
    if error <= 0 or within <= 0:
        raise EstimationError(msg("The ratings do not differ within people, so chance cannot be measured."))
    error_df, within_df = (n - 1) * (k - 1), n * (k - 1)
    alike, same = people / within, people / error
    one = _f_limits(alike, n - 1, within_df, tail)
    steady = _f_limits(same, n - 1, error_df, tail)
    agree = _agreement_limits(people, raters, error, n, k, tail)
    agreement = (people - error) / (people + (k - 1) * error + k * (raters - error) / n)
    mean_agreement = (people - error) / (people + (raters - error) / n)
    return Intraclasses(
        one_way=Intraclass(_single(alike, k), alike, *(_single(f, k) for f in one)),
        agreement=Intraclass(agreement, same, *agree),
        consistency=Intraclass(_single(same, k), same, *(_single(f, k) for f in steady)),
        one_way_mean=Intraclass(1 - 1 / alike, alike, *(1 - 1 / f for f in one)),
        agreement_mean=Intraclass(mean_agreement, same, *(k * r / (1 + (k - 1) * r) for r in agree)),
        consistency_mean=Intraclass(1 - 1 / same, same, *(1 - 1 / f for f in steady)),
        std_error_agreement=float(np.sqrt(error + max(0.0, (raters - error) / n))),
        conf_level=float(conf_level),
        n=n,
        n_raters=k,
    )


def _mean_squares(table) -> tuple[float, float, float, float]:
    """Return the mean squares of people, raters, error, and within people."""
    n, k = table.shape
    grand = table.mean()
    people = k * np.sum((table.mean(axis=1) - grand) ** 2)
    raters = n * np.sum((table.mean(axis=0) - grand) ** 2)
    within = np.sum((table - table.mean(axis=1, keepdims=True)) ** 2)
    error = (within - raters) / ((n - 1) * (k - 1))
    return float(people / (n - 1)), float(raters / (k - 1)), float(error), float(within / (n * (k - 1)))


def _single(f: float, k: int) -> float:
    return float((f - 1) / (f + k - 1))


def _f_limits(f: float, df: float, error_df: float, tail: float) -> tuple[float, float]:
    return (
        float(f / special.fdtri(df, error_df, 1 - tail)),
        float(f * special.fdtri(error_df, df, 1 - tail)),
    )


def _agreement_limits(people, raters, error, n, k, tail) -> tuple[float, float]:
    """Return Shrout and Fleiss's limits of ICC(2,1), with Satterthwaite degrees of freedom."""
    r = (people - error) / (people + (k - 1) * error + k * (raters - error) / n)
    f = raters / error
    inner = n * (1 + (k - 1) * r) - k * r
    df = (k - 1) * (n - 1) * (k * r * f + inner) ** 2 / ((n - 1) * k**2 * r**2 * f**2 + inner**2)
    upper, lower = special.fdtri(n - 1, df, 1 - tail), special.fdtri(df, n - 1, 1 - tail)
    rest = k * raters + (k * n - k - n) * error
    low = n * (people - upper * error) / (upper * rest + n * people)
    high = n * (lower * people - error) / (rest + n * lower * people)
    return float(low), float(high)
