"""How many answers a share and a verdict about a target need, before anybody has answered."""

from dataclasses import dataclass
from functools import partial

import numpy as np
from scipy import special, stats

from evaluation.stats.power_share import inside
from evaluation.stats.proportion import hypergeometric, needed_positive
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg


def n_for_precision(
    half_width: float, share: float, n_total: float = np.inf, conf_level: float = 0.95
) -> float:
    """How many answers give a share with a wanted precision.

    Parameters
    ----------
    half_width
        Of the interval, as a share.
    share
        The expected share; 0.5 needs most.
    n_total
        Everyone; infinite for a wider population.
    conf_level
        Confidence, between 0 and 1.

    Returns
    -------
    float
        Not rounded; round up. Divide by the expected response for how many to ask.

    Notes
    -----
    n0 = z^2 p (1 - p) / e^2; n0 / (1 + (n0 - 1) / N).

    References
    ----------
    cochran1977

    Examples
    --------
    >>> round(n_for_precision(0.05, 0.7, 400), 1)
    178.9
    """
    inside(share, half_width, conf_level)
    wanted = special.ndtri((1 + conf_level) / 2) ** 2 * share * (1 - share) / half_width**2
    return float(wanted if np.isinf(n_total) else wanted / (1 + (wanted - 1) / n_total))


@dataclass(frozen=True, slots=True)
class VerdictChance:
    """How likely each verdict about a target is, before anybody has answered.

    Attributes
    ----------
    reached, not_reached
        Certain, whatever the silent would have said.
    likely_reached, likely_not_reached
        The interval lies on one side of the target.
    n, n_total
        Answers and everyone.
    """

    reached: float
    not_reached: float
    likely_reached: float
    likely_not_reached: float
    n: int
    n_total: int


def verdict_chance(
    n: int, n_total: int, target: float, share: float, conf_level: float = 0.95
) -> VerdictChance:
    """How likely each verdict about a target is with so many answers.

    Parameters
    ----------
    n
        Answers, at most `n_total`.
    n_total
        Everyone in the programme.
    target
        Share to reach, above 0 and at most 1.
    share
        The true share among everyone; the nearest whole number of people is used.
    conf_level
        Confidence of the interval.

    Returns
    -------
    VerdictChance
        If those who answer are a random part of everyone.

    Notes
    -----
    The number of yes is hypergeometric (N, K, n). Certain: k of N at least, or k + N - n of N less than,
    the target.

    References
    ----------
    buonaccorsi1987, manski1989

    Examples
    --------
    >>> found = verdict_chance(27, 30, 0.7, 0.8)
    >>> round(found.reached, 3), found.not_reached
    (1.0, 0.0)
    """
    if not (0 < n <= n_total and 0 <= share <= 1):
        raise EstimationError(msg("There cannot be more answers than people, and there must be some."))
    positives, needed = round(share * n_total), int(needed_positive(n_total, target))
    k = np.arange(n + 1)
    chance = stats.hypergeom.pmf(k, n_total, positives, n)
    interval = hypergeometric(k, np.full(n + 1, n), n_total, conf_level)
    low, high = (np.rint(np.asarray(side) * n_total) for side in (interval.conf_low, interval.conf_high))
    parts = (k >= needed, k + n_total - n < needed, low >= needed, high < needed)
    return VerdictChance(*(min(1.0, float(chance[part].sum())) for part in parts), n, n_total)


def n_for_verdict(
    n_total: int,
    target: float,
    share: float,
    chance: float = 0.8,
    *,
    certain: bool = False,
    conf_level: float = 0.95,
) -> int:
    """Fewest answers from which on a verdict about a target is likely enough.

    Parameters
    ----------
    n_total
        Everyone in the programme.
    target
        Share to reach.
    share
        The true share.
    chance
        The wanted chance of a verdict that is right.
    certain
        Whether the verdict must hold whatever the silent would have said; otherwise the interval
        must lie on one side.
    conf_level
        Confidence of the interval.

    Returns
    -------
    int
        At most `n_total`, with which the verdict is certain.

    References
    ----------
    buonaccorsi1987, manski1989

    Examples
    --------
    >>> n_for_verdict(30, 0.7, 0.8, certain=True)
    27
    """
    reached = round(share * n_total) >= int(needed_positive(n_total, target))
    name = ("" if certain else "likely_") + ("reached" if reached else "not_reached")
    found = partial(verdict_chance, n_total=n_total, target=target, share=share, conf_level=conf_level)
    enough = [getattr(found(n), name) >= chance for n in range(1, n_total + 1)]
    lacking = [n for n, settled in enumerate(enough, 1) if not settled]
    return lacking[-1] + 1 if lacking else 1
