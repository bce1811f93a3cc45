"""How strong something unmeasured would have to be to explain a finding away."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special, stats
from scipy.optimize import brentq

from evaluation.stats.checks import finite, pick
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg, pmsg

TIED = 10
"""Decimals to which paired differences are rounded, so that equal ones tie."""
FARTHEST = 1e6


@dataclass(frozen=True, slots=True)
class EValue:
    """How strongly something unmeasured would have to go with both, as a risk ratio.

    Attributes
    ----------
    estimate
        For the estimate; 1 or more.
    limit
        For the limit of its interval nearest to no difference; 1 when the interval contains it.
    """

    estimate: float
    limit: float


def _common_hazard(ratio: float) -> float:
    return (1 - 0.5 ** np.sqrt(ratio)) / (1 - 0.5 ** np.sqrt(1 / ratio))


# To a risk ratio, from the measure given.
SCALES: Mapping[str, Callable[[float], float]] = {
    "risk_ratio": float,
    "odds_ratio": np.sqrt,
    "odds_ratio_rare": float,
    "hazard_ratio": _common_hazard,
    "hazard_ratio_rare": float,
}


def e_value(estimate: float, low: float, high: float, measure: str = "risk_ratio") -> EValue:
    """How strong unmeasured confounding would have to be to explain a ratio away.

    Parameters
    ----------
    estimate, low, high
        A ratio above 0 and the limits of its interval.
    measure
        "risk_ratio", "odds_ratio" (common outcome), "odds_ratio_rare", "hazard_ratio" or
        "hazard_ratio_rare".

    Returns
    -------
    EValue
        For the estimate and for the limit.

    Notes
    -----
    RR + sqrt(RR (RR - 1)), of the ratio or its inverse, whichever is above 1. The interval must already
    take organisations into account.

    References
    ----------
    vanderweele2017

    Examples
    --------
    >>> found = e_value(3.9, 1.8, 8.7)
    >>> round(found.estimate, 2), round(found.limit, 2)
    (7.26, 3.0)
    """
    if not 0 < low <= estimate <= high:
        raise EstimationError(msg("A ratio and its limits must be above 0, in order."))
    scale = pick(SCALES, measure, pmsg("argument", "measure"))
    point, lower, upper = (float(scale(value)) for value in (estimate, low, high))
    nearest = lower if point > 1 else upper
    crosses = lower <= 1 <= upper
    return EValue(_strength(point), 1.0 if crosses else _strength(nearest))


def _strength(ratio: float) -> float:
    above = max(ratio, 1 / ratio)
    return float(above + np.sqrt(above * (above - 1)))


def e_value_difference(difference: float, std_error: float, conf_level: float = 0.95) -> EValue:
    """How strong unmeasured confounding would have to be to explain a standardised difference away.

    Parameters
    ----------
    difference
        In standard deviations.
    std_error
        Its standard error, organisations taken into account.
    conf_level
        Confidence of the limit.

    Returns
    -------
    EValue
        On the scale of risk ratios.

    Notes
    -----
    Risk ratio about exp(0.91 d), limits exp(0.91 (d -+ z se)), with 0.91 x 1.96 rounded to 1.78 at 95
    per cent as in the article.

    References
    ----------
    vanderweele2017, chinn2000

    Examples
    --------
    >>> round(e_value_difference(0.42, 0.14).estimate, 3)
    2.291
    """
    z = 1.78 if conf_level == 0.95 else 0.91 * float(special.ndtri((1 + conf_level) / 2))
    centre, margin = 0.91 * difference, z * std_error
    return e_value(*(float(np.exp(value)) for value in (centre, centre - margin, centre + margin)))


@dataclass(frozen=True, slots=True)
class HiddenBias:
    """Bounds of a p-value when the odds within a pair may differ.

    Attributes
    ----------
    gamma
        How many times the odds may differ.
    p_upper, p_lower
        One-sided p of an increase, at most and at least, by signed ranks.
    p_upper_sign
        At most, by the sign test.
    n
        Differences other than 0.
    statistic
        Sum of the ranks of the increases.
    """

    gamma: float
    p_upper: float
    p_lower: float
    p_upper_sign: float
    n: int
    statistic: float


def rosenbaum_bounds(differences: ArrayLike, gamma: float) -> HiddenBias:
    """Find what hidden bias could do to the test of paired differences.

    Parameters
    ----------
    differences
        Of independent pairs, shape (n,); those of 0 are dropped.
    gamma
        1 for no bias; 2 if one of a pair could be twice as likely to be the treated one.

    Returns
    -------
    HiddenBias
        One-sided bounds of p.

    Notes
    -----
    Signed ranks by the normal approximation: the chance of a positive sign lies between 1 / (1 + g) and
    g / (1 + g). Before and after in one person are no matched pairs: then it says only how lopsided chance
    would have to be.

    References
    ----------
    rosenbaum2002

    Examples
    --------
    >>> round(rosenbaum_bounds([1, 2, 3, 4, 5, -1.5], 1.0).p_upper, 3)
    0.037
    """
    given = np.round(finite(differences, pmsg("argument", "The differences")), TIED)
    kept = given[given != 0]
    if kept.size == 0 or gamma < 1:
        raise EstimationError(msg("Bounds need differences other than 0, and odds of 1 or more."))
    ranks = stats.rankdata(np.abs(kept))
    total, squares, found = ranks.sum(), float(ranks @ ranks), float(ranks[kept > 0].sum())

    def tail(chance: float) -> float:
        return float(special.ndtr(-(found - chance * total) / np.sqrt(chance * (1 - chance) * squares)))

    ups = int(np.sum(kept > 0))
    sign = float(stats.binom.sf(ups - 1, kept.size, gamma / (1 + gamma)))
    return HiddenBias(
        float(gamma), tail(gamma / (1 + gamma)), tail(1 / (1 + gamma)), sign, int(kept.size), found
    )


def tolerated_bias(differences: ArrayLike, alpha: float = 0.05) -> float:
    """How many times the odds within a pair may differ before an increase is no longer certain.

    Parameters
    ----------
    differences
        Of independent pairs, shape (n,).
    alpha
        One-sided level.

    Returns
    -------
    float
        1 if it is not certain without bias.

    References
    ----------
    rosenbaum2002

    Examples
    --------
    >>> round(tolerated_bias(range(1, 11)), 2)
    2.9
    """
    if rosenbaum_bounds(differences, 1.0).p_upper >= alpha:
        return 1.0
    if rosenbaum_bounds(differences, FARTHEST).p_upper < alpha:
        return float("inf")
    return float(
        brentq(lambda g: rosenbaum_bounds(differences, g).p_upper - alpha, 1.0, FARTHEST, xtol=1e-12)
    )
