"""Power for shares, and how many answers a verdict about a target needs."""

from dataclasses import dataclass

import numpy as np
from scipy import special, stats
from scipy.optimize import brentq

from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg

MOST = 2000


@dataclass(frozen=True, slots=True)
class ExactPower:
    """A one-sided exact binomial test of a share.

    Attributes
    ----------
    critical
        The fewest yes at which the test finds more than the reference share.
    size
        Its chance when the share is the reference.
    power
        Its chance at the true share.
    """

    critical: int
    size: float
    power: float


def exact_power(n: int, reference: float, share: float, alpha: float = 0.05) -> ExactPower:
    """Chance that the exact test finds a share above a reference.

    Parameters
    ----------
    n
        Answers.
    reference
        The share to exceed, between 0 and 1.
    share
        The true share.
    alpha
        One-sided level.

    Returns
    -------
    ExactPower
        For independent answers.

    References
    ----------
    clopper1934

    Examples
    --------
    >>> found = exact_power(120, 0.7, 0.8)
    >>> found.critical, round(found.power, 4)
    (93, 0.7902)
    """
    inside(reference, share)
    critical = int(stats.binom.isf(alpha, n, reference)) + 1
    return ExactPower(critical, *(float(stats.binom.sf(critical - 1, n, p)) for p in (reference, share)))


def inside(*shares: float) -> None:
    """Refuse shares that are not between 0 and 1.

    Parameters
    ----------
    *shares, shares
        Each above 0 and below 1.

    Returns
    -------
    None
        Raises where one is not.

    Examples
    --------
    >>> inside(0.5, 0.7)
    """
    if not all(0 < share < 1 for share in shares):
        raise EstimationError(msg("Shares must lie between 0 and 1."))


def n_for_share(
    reference: float, share: float, power: float = 0.8, alpha: float = 0.05, most: int = MOST
) -> tuple[int, int]:
    """How many answers the exact test of a share needs.

    Parameters
    ----------
    reference
        The share to exceed.
    share
        The true share.
    power
        The wanted chance.
    alpha
        One-sided level.
    most
        The largest number looked at.

    Returns
    -------
    tuple of int
        The smallest number that reaches the chance, and the smallest from which on it is never lost
        again: the power of an exact test goes up and down.

    References
    ----------
    clopper1934

    Examples
    --------
    >>> n_for_share(0.7, 0.8)
    (119, 130)
    """
    inside(reference, share)
    n = np.arange(5, most + 1)
    critical = stats.binom.isf(alpha, n, reference).astype(int) + 1
    enough = stats.binom.sf(critical - 1, n, share) >= power
    if not enough[-1]:
        raise EstimationError(msg("Not even {n} answers would do.", n=most))
    lacking = np.flatnonzero(~enough)
    return int(n[np.argmax(enough)]), int(n[lacking[-1]] + 1) if lacking.size else int(n[0])


def arcsine_distance(share: float, reference: float) -> float:
    """Distance of two shares on a scale on which their spread is equal (Cohen's h).

    Parameters
    ----------
    share, reference
        Between 0 and 1.

    Returns
    -------
    float
        2 asin sqrt(share) - 2 asin sqrt(reference).

    References
    ----------
    cohen1988

    Examples
    --------
    >>> round(arcsine_distance(0.8, 0.7), 3)
    0.232
    """
    return float(2 * np.arcsin(np.sqrt(share)) - 2 * np.arcsin(np.sqrt(reference)))


def share_power(
    share: float,
    reference: float,
    n: int,
    n_reference: int | None = None,
    alpha: float = 0.05,
    *,
    sides: int = 2,
) -> float:
    """Chance to find a difference between two shares, or between a share and a fixed one.

    Parameters
    ----------
    share, reference
        The true shares.
    n
        Answers.
    n_reference
        Answers behind the reference; None if it is fixed.
    alpha
        Level.
    sides
        2, or 1 for a test of a higher share.

    Returns
    -------
    float
        By the arcsine approximation.

    References
    ----------
    cohen1988

    Examples
    --------
    >>> round(share_power(0.8, 0.7, 150, 150), 3)
    0.52
    """
    known = n if n_reference is None else n * n_reference / (n + n_reference)
    shift, limit = arcsine_distance(share, reference) * np.sqrt(known), special.ndtri(1 - alpha / sides)
    above = special.ndtr(shift - limit)
    return float(above if sides == 1 else above + special.ndtr(-shift - limit))


def two_share_power(share: float, reference: float, n: float, alpha: float = 0.05) -> float:
    """Chance to find a difference between two equally large groups.

    Parameters
    ----------
    share, reference
        The true shares.
    n
        Answers per group.
    alpha
        Two-sided level.

    Returns
    -------
    float
        By the normal approximation, the further region left out.

    References
    ----------
    fleiss2003

    Examples
    --------
    >>> round(two_share_power(0.8, 0.7, 150), 3)
    0.516
    """
    pooled = np.sqrt((share + reference) * (1 - (share + reference) / 2))
    own = np.sqrt(share * (1 - share) + reference * (1 - reference))
    shift = np.sqrt(n) * abs(share - reference) - special.ndtri(1 - alpha / 2) * pooled
    return float(special.ndtr(shift / own))


def n_for_two_shares(share: float, reference: float, power: float = 0.8, alpha: float = 0.05) -> float:
    """How many answers per group a difference between two shares needs.

    Parameters
    ----------
    share, reference
        The true shares, not equal.
    power
        The wanted chance.
    alpha
        Two-sided level.

    Returns
    -------
    float
        Not rounded; round up.

    References
    ----------
    fleiss2003

    Examples
    --------
    >>> round(n_for_two_shares(0.8, 0.7), 1)
    293.2
    """
    inside(share, reference)
    if share == reference:
        raise EstimationError(msg("No number of people finds a difference of 0."))
    return float(
        brentq(
            lambda n: two_share_power(share, reference, n, alpha) - power, 1e-3, 1e9, xtol=1e-10, rtol=1e-13
        )
    )


@dataclass(frozen=True, slots=True)
class PairedPower:
    """Power of tests of a yes/no answer before and after.

    Attributes
    ----------
    exact, mid_p, asymptotic
        Of the exact, the mid-p and the chi-squared test, over every outcome.
    normal
        By the normal approximation.
    n_needed
        Pairs by Connor's formula, not rounded.
    """

    exact: float
    mid_p: float
    asymptotic: float
    normal: float
    n_needed: float


def paired_share_power(
    gained: float, lost: float, n: int, power: float = 0.8, alpha: float = 0.05
) -> PairedPower:
    """Chance to find a change of a share among the same people.

    Parameters
    ----------
    gained, lost
        Shares who go from no to yes and from yes to no, not equal.
    n
        Pairs.
    power
        The wanted chance, for `n_needed`.
    alpha
        Two-sided level.

    Returns
    -------
    PairedPower
        For independent people.

    Notes
    -----
    The number who change is binomial (n, gained + lost), and those who gain among them binomial with
    gained / (gained + lost).

    References
    ----------
    mcnemar1947, connor1987, fagerland2013

    Examples
    --------
    >>> round(paired_share_power(0.25, 0.12, 150).mid_p, 4)
    0.7557
    """
    moved, way = gained + lost, gained - lost
    if not (gained > 0 and lost > 0 and moved < 1 and way):
        raise EstimationError(msg("Some must gain and some lose, not equally many, and not everybody."))
    changed, ups = np.meshgrid(np.arange(1, n + 1), np.arange(n + 1), indexing="ij")
    chance = stats.binom.pmf(changed, n, moved) * stats.binom.pmf(ups, changed, gained / moved)
    fewer = np.minimum(ups, changed - ups)
    tail = stats.binom.cdf(fewer, changed, 0.5)
    p_values = (
        np.minimum(1, 2 * tail),
        np.minimum(1, 2 * tail - stats.binom.pmf(fewer, changed, 0.5)),
        special.chdtrc(1, (2 * ups - changed) ** 2 / changed),
    )
    valid = ups <= changed
    found = [float(chance[valid & (p <= alpha + 1e-12)].sum()) for p in p_values]
    spread, z = np.sqrt(moved - way**2), special.ndtri(1 - alpha / 2)
    normal = special.ndtr((np.sqrt(n) * abs(way) - z * np.sqrt(moved)) / spread)
    needed = (z * np.sqrt(moved) + special.ndtri(power) * spread) ** 2 / way**2
    return PairedPower(*found, float(normal), float(needed))
