"""Student's t, central and noncentral: p-values, limits and noncentrality."""

from collections.abc import Callable, Mapping

import numpy as np
from scipy import special

from evaluation.stats.checks import pick
from evaluation.stats.root import bisect
from evaluation.vocabulary.message import pmsg

ALTERNATIVES: Mapping[str, Callable[[float, float], float]] = {
    "two_sided": lambda statistic, df: 2 * special.stdtr(df, -abs(statistic)),
    "greater": lambda statistic, df: special.stdtr(df, -statistic),
    "less": lambda statistic, df: special.stdtr(df, statistic),
}


def t_p_value(statistic: float, df: float, alternative: str = "two_sided") -> float:
    """Probability of a t statistic at least this far from zero, if there is no difference.

    Parameters
    ----------
    statistic
        Estimate minus reference, divided by its standard error.
    df
        Degrees of freedom, above 0; need not be whole.
    alternative
        "two_sided", "greater" or "less".

    Returns
    -------
    float
        A p-value; NaN if the statistic or `df` is NaN.

    Notes
    -----
    Assumes that the statistic follows Student's t. With few clusters take the degrees of
    freedom from `cluster.contrast`, not from the number of people.

    References
    ----------
    student1908

    Examples
    --------
    >>> round(t_p_value(2.262157, 9), 4)
    0.05
    """
    return float(pick(ALTERNATIVES, alternative, pmsg("argument", "alternative"))(statistic, df))


def t_limits(estimate: float, std_error: float, df: float, conf_level: float = 0.95) -> tuple[float, float]:
    """Limits between which the true value lies with the stated confidence.

    Parameters
    ----------
    estimate
        The estimate, in any unit.
    std_error
        Its standard error, same unit.
    df
        Degrees of freedom, above 0.
    conf_level
        Confidence, between 0 and 1.

    Returns
    -------
    tuple of float
        Lower and upper limit; NaN if anything needed is NaN.

    Notes
    -----
    estimate -/+ t(1 - a/2; df) * std_error with a = 1 - conf_level.

    References
    ----------
    student1908

    Examples
    --------
    >>> [round(limit, 3) for limit in t_limits(1.0, 0.5, 9)]
    [-0.131, 2.131]
    """
    margin = special.stdtrit(df, (1 + conf_level) / 2) * std_error
    return float(estimate - margin), float(estimate + margin)


def noncentrality_limits(statistic: float, df: float, conf_level: float = 0.95) -> tuple[float, float]:
    """Limits for the noncentrality behind a t statistic, the basis of effect size intervals.

    Parameters
    ----------
    statistic
        An observed t statistic.
    df
        Degrees of freedom, above 0.
    conf_level
        Confidence, between 0 and 1.

    Returns
    -------
    tuple of float
        Lower and upper noncentrality; NaN if the statistic is not finite, or so large
        (about 100 000) that the distribution cannot be computed.

    Notes
    -----
    Inversion of the noncentral t distribution: the limits are the values under which
    the observed statistic has lower-tail probability 1 - a/2 and a/2. The search starts from
    two bounds that always hold: P(T <= t) is at least P(T <= 0), and T <= t needs a low normal
    or a high chi-squared part. Exact if people are independent and the differences normal;
    not to be used with clustered data.

    References
    ----------
    cumming2012

    Examples
    --------
    >>> [round(limit, 4) for limit in noncentrality_limits(4.062127683382037, 9)]
    [1.3112, 6.6978]
    """
    if not (np.isfinite(statistic) and df > 0):
        return float("nan"), float("nan")
    if statistic < 0:
        low, high = noncentrality_limits(-statistic, df, conf_level)
        return -high, -low
    # The distribution function fails far below this, where the limits are those at zero anyway.
    statistic = statistic if statistic > 1e-12 else 0.0
    tail = (1 - conf_level) / 2
    wanted = np.array([1 - tail, tail])
    lowest = special.ndtri(tail)
    highest = special.ndtri(1 - tail / 2) + statistic * np.sqrt(special.chdtri(df, tail / 2) / df)
    limits = bisect(
        lambda nc: special.nctdtr(df, nc, statistic) > wanted, np.full(2, lowest), np.full(2, highest)
    )
    missed = ~(np.abs(special.nctdtr(df, limits, statistic) - wanted) < 1e-8)
    low, high = np.where(missed, np.nan, limits)
    return float(low), float(high)
