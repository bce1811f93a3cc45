"""Power of t tests, and what they can detect, for people alone or within organisations."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special
from scipy.optimize import brentq

from evaluation.stats.checks import finite
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg, pmsg

FARTHEST = 1e7
EXACT = 1e-13


@dataclass(frozen=True, slots=True)
class DesignEffect:
    """What it costs that colleagues resemble each other; g organisations.

    Attributes
    ----------
    n, mean_size, variation
        People, people per organisation, and the sizes' standard deviation over their mean (divisor g).
    equal, unequal
        How many times the variance grows, with equal sizes and with these.
    n_effective
        Independent people that these are worth.
    efficiency
        Of these sizes relative to equal ones, if organisations are weighted optimally.
    df
        Degrees of freedom of the mean by Satterthwaite under CR2.
    """

    n: float
    mean_size: float
    variation: float
    equal: float
    unequal: float
    n_effective: float
    efficiency: float
    df: float


def design_effect(sizes: ArrayLike, icc: float, kept: float = 1.0) -> DesignEffect:
    """How much less people within organisations say than as many independent people.

    Parameters
    ----------
    sizes
        People per organisation, shape (g,), two or more organisations.
    icc
        Intraclass correlation of what is averaged: for a change, that of the change.
    kept
        Chance that a person is kept (neither lost nor unlinked), above 0 and at most 1.

    Returns
    -------
    DesignEffect
        For the people that can be expected to remain.

    Notes
    -----
    1 + (sum m^2 / sum m - 1) icc = 1 + ((1 + CV^2) m - 1) icc. If each person is kept with chance q,
    the expected sum of squares is q^2 sum m^2 + q (1 - q) sum m.

    References
    ----------
    kish1965, eldridge2006, vanbreukelen2007

    Examples
    --------
    >>> round(design_effect([5, 10, 15], 0.1).unequal, 3)
    2.067
    """
    given = finite(sizes, pmsg("argument", "The sizes"), 2)
    if not (np.all(given > 0) and 0 <= icc < 1 and 0 < kept <= 1):
        raise EstimationError(msg("Sizes must be above 0, and shares between 0 and 1."))
    size = given * kept
    n, mean = float(size.sum()), float(size.mean())
    squares = float(np.sum(size**2) + (1 - kept) * n)
    equal, unequal = 1 + (mean - 1) * icc, 1 + (squares / n - 1) * icc
    best = np.sum(size / (1 + (size - 1) * icc)) / (size.size * mean / (1 + (mean - 1) * icc))
    return DesignEffect(
        n,
        mean,
        float(size.std() / mean),
        equal,
        unequal,
        n / unequal,
        float(best),
        float(mean_degrees(size / n)),
    )


def mean_degrees(share: np.ndarray) -> np.ndarray:
    """Satterthwaite's degrees of freedom of a mean under CR2, from the organisations' shares of people.

    Parameters
    ----------
    share
        Shares that sum to 1 along the last axis, each below 1; an organisation without people has 0.

    Returns
    -------
    numpy.ndarray
        One number for each set of shares.

    References
    ----------
    bell2002, pustejovsky2018

    Examples
    --------
    >>> float(mean_degrees(np.full(10, 0.1)).round(6))
    9.0
    """
    weight = share / (1 - share)
    along = share / np.sqrt(1 - share)
    expected = np.sum(weight - along**2, axis=-1)
    squares = np.sum(weight**2 - 2 * weight * along**2, axis=-1) + np.sum(along**2, axis=-1) ** 2
    return expected**2 / squares


def t_power(shift: float, df: float, alpha: float = 0.05, *, sides: int = 2) -> float:
    """Chance that a t test finds a true difference.

    Parameters
    ----------
    shift
        The true difference over its standard error.
    df
        Degrees of freedom, above 0.
    alpha
        Level of the test.
    sides
        2, or 1 for a test of an increase.

    Returns
    -------
    float
        Between 0 and 1, both rejection regions counted.

    Notes
    -----
    Noncentral t.

    References
    ----------
    cohen1988

    Examples
    --------
    >>> round(t_power(0.5 * 30**0.5, 29), 4)
    0.754
    """
    limit = float(special.stdtrit(df, 1 - alpha / sides))
    above = 1 - special.nctdtr(df, shift, limit)
    return float(above if sides == 1 else above + special.nctdtr(df, shift, -limit))


def detectable_shift(df: float, power: float = 0.8, alpha: float = 0.05, *, sides: int = 2) -> float:
    """Find the true difference, in standard errors, that a t test detects with a given chance.

    Parameters
    ----------
    df
        Degrees of freedom, above 0.
    power
        The chance, above alpha and below 1.
    alpha
        Level of the test.
    sides
        As in `t_power`.

    Returns
    -------
    float
        Times the standard error: the minimum detectable difference.

    References
    ----------
    bloom1995

    Examples
    --------
    >>> round(detectable_shift(29), 4)
    2.8987
    """
    if not alpha < power < 1:
        raise EstimationError(msg("The wanted chance must lie above the level of the test and below 1."))
    high = 1.0
    while t_power(high, df, alpha, sides=sides) < power:
        high *= 1.5
    return float(
        brentq(lambda s: t_power(s, df, alpha, sides=sides) - power, 0.0, high, xtol=EXACT, rtol=EXACT)
    )


def detectable_multiplier(df: float, power: float = 0.8, alpha: float = 0.05) -> float:
    """Bloom's multiplier: about the standard errors that a difference must measure to be found.

    Parameters
    ----------
    df
        Degrees of freedom; infinite for the normal distribution.
    power
        The chance.
    alpha
        Two-sided level.

    Returns
    -------
    float
        Quantile at 1 - alpha / 2 plus quantile at the power.

    References
    ----------
    bloom1995

    Examples
    --------
    >>> round(detectable_multiplier(27), 3)
    2.907
    """
    return float(
        sum(special.stdtrit(df, p) if np.isfinite(df) else special.ndtri(p) for p in (1 - alpha / 2, power))
    )


def n_for_t(
    difference: float, sd: float = 1.0, power: float = 0.8, alpha: float = 0.05, *, groups: int = 1
) -> float:
    """How many pairs, or people per group, a t test needs.

    Parameters
    ----------
    difference
        The true difference, other than 0.
    sd
        Standard deviation of the differences of pairs, or of each group.
    power
        The chance to find it.
    alpha
        Two-sided level; the other region is left out, as in the usual tables.
    groups
        1 for pairs, 2 for two groups of equal size.

    Returns
    -------
    float
        Not rounded; round up.

    References
    ----------
    cohen1988

    Examples
    --------
    >>> round(n_for_t(0.5), 2), round(n_for_t(0.5, groups=2), 2)
    (33.37, 63.77)
    """
    size = abs(difference) / sd
    if not size > 0:
        raise EstimationError(msg("No number of people finds a difference of 0."))

    def lacking(n: float) -> float:
        return t_power(size * np.sqrt(n / groups), groups * (n - 1), alpha / 2, sides=1) - power

    return float(brentq(lacking, 2.0, FARTHEST, xtol=1e-9, rtol=EXACT)) if lacking(2.0) < 0 else 2.0
