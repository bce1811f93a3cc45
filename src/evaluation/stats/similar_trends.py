"""Effects by years since the start if trends differed as much from the start on as before: conditional intervals."""

from dataclasses import dataclass

import numpy as np
from scipy import optimize, special

from evaluation.stats.design import Matrix
from evaluation.stats.honest_trends import NOTHING, EventStudy, HonestInterval

FIRST_STAGE = 0.1
"""The part of the error that the first step of the test may use, as in the article."""
ANGLES = 720
"""Directions over which the largest of several normal variables is integrated."""
PLACES, FINER = 801, 101
"""Values that are tried: over all that can be in the interval, then between the last two at each end."""
LARGEST_LIMIT = 40.0
"""No limit of a largest standardised number is larger."""


@dataclass(frozen=True, slots=True)
class _Conditions:
    """What must not be above zero if one step before the start, up or down, was the largest; j conditions.

    Attributes
    ----------
    value
        Shape (j,): what was observed, for an effect of 0.
    slope
        Shape (j,): what an effect of 1 takes off.
    covariance
        Shape (j, j); every condition has at most variance 1.
    limit
        What their largest exceeds with the probability of the first step, at most.
    reach
        How far from the estimate an effect can be that the first step does not reject.
    """

    value: Matrix
    slope: Matrix
    covariance: Matrix
    limit: float
    reach: float


def similar_trend_interval(found: EventStudy, ratio: float, *, conf_level: float = 0.95) -> HonestInterval:
    """Interval of an effect if trends differed at most so many times as much from the start on as before it.

    Parameters
    ----------
    found
        From `event_study`.
    ratio
        M, at least 0: from one period to the next the difference in trends changed from the start on by at most M
        times the largest such change before the start.
    conf_level
        Confidence, between 0 and 1.

    Returns
    -------
    HonestInterval
        The interval reaches from the lowest to the highest effect that is not rejected.

    Notes
    -----
    Bounds without chance: the estimate plus and minus M times the largest step before the start times the sum of
    |w_t|, where w_t is the sum of the weights of all periods from t on. For every step before the start and both
    directions, that this was the largest means linear conditions on the effects; each set is tested by the conditional
    test with a first step at the least favourable limit, a tenth of the error, and an effect is in the interval if one
    set is not rejected. The effects of single periods, which are unknown too, are removed exactly: what is left of the
    conditions is that the step has its direction, once per period, and that the effect of interest is no farther off
    than the sum of the largest steps, on both sides. Normal in large samples.

    References
    ----------
    rambachan2023, andrews2023

    Examples
    --------
    >>> from evaluation.stats.honest_trends import event_study
    >>> line = event_study([-0.2, -0.1, 0.6], 1e-8 * np.eye(3), 2, [1.0])
    >>> found = similar_trend_interval(line, 1.0)
    >>> round(found.bound_low, 6), round(found.conf_low, 2)
    (0.5, 0.5)
    """
    middle, sets = float(found.added @ found.estimate), _all_conditions(found, ratio, 1 - conf_level)
    largest = float(np.abs((found.steps @ found.estimate)[: found.before]).max())
    off = ratio * largest * float(np.abs(_tails(found.weight)).sum())
    reach = max(one.reach for one in sets) * (1 + NOTHING)
    tried = middle + np.linspace(-reach, reach, PLACES)
    kept = tried[_accepted(sets, tried, 1 - conf_level)]
    ends = (kept[0], kept[-1]) if kept.size else (middle, middle)
    step = tried[1] - tried[0]
    low = np.linspace(ends[0] - step, ends[0], FINER)
    high = np.linspace(ends[1], ends[1] + step, FINER)
    low, high = (part[_accepted(sets, part, 1 - conf_level)] for part in (low, high))
    return HonestInterval(
        middle,
        middle - off,
        middle + off,
        float(np.min(low, initial=ends[0])),
        float(np.max(high, initial=ends[1])),
    )


def is_in_similar_trend_interval(
    found: EventStudy, ratio: float, effect: float = 0.0, *, conf_level: float = 0.95
) -> bool:
    """Tell whether an effect is not rejected if trends differed at most so many times as much as before the start.

    Parameters
    ----------
    found
        From `event_study`.
    ratio
        M, as in `similar_trend_interval`.
    effect
        The effect of interest that is tested, in the unit of the estimates.
    conf_level
        Confidence, between 0 and 1.

    Returns
    -------
    bool
        Whether it is in the interval.

    References
    ----------
    rambachan2023, andrews2023

    Examples
    --------
    >>> from evaluation.stats.honest_trends import event_study
    >>> line = event_study([-0.2, -0.1, 0.6], 1e-8 * np.eye(3), 2, [1.0])
    >>> is_in_similar_trend_interval(line, 5.0), is_in_similar_trend_interval(line, 7.0)
    (False, True)
    """
    sets = _all_conditions(found, ratio, 1 - conf_level)
    return bool(_accepted(sets, np.array([effect]), 1 - conf_level)[0])


def _tails(weight: Matrix) -> Matrix:
    return np.cumsum(weight[::-1])[::-1]


def _all_conditions(found: EventStudy, ratio: float, alpha: float) -> list[_Conditions]:
    before = found.steps[: found.before]
    return [_conditions(found, ratio, sign * step, alpha) for step in before for sign in (1.0, -1.0)]


def _conditions(found: EventStudy, ratio: float, step: Matrix, alpha: float) -> _Conditions:
    """Return the conditions that are left without the effects of single periods, if a step was the largest."""
    after, tails = found.steps[found.before :], _tails(found.weight)
    up, down = (found.error(sign * after - ratio * step) for sign in (1.0, -1.0))
    one_way, other_way = (
        float(np.sum(np.abs(tails) * np.where(tails > 0, *pair))) for pair in ((up, down), (down, up))
    )
    width = ratio * float(np.abs(tails).sum())
    # In rows: how much of the effect of interest, and of the step, is in each condition.
    parts = [(0.0, -ratio, size) for size in (up + down) / 2] if ratio > 0 else []
    parts += [(1.0, -width, one_way), (-1.0, -width, other_way)]
    mixed = np.array([(own / size, part / size) for own, part, size in parts if size > 0])
    pair = np.vstack([found.added, step])
    spread = pair @ found.covariance @ pair.T
    limit = _largest_limit(mixed, spread, FIRST_STAGE * alpha)
    farthest = width * float(step @ found.estimate) + limit * max(one_way, other_way)
    return _Conditions(
        mixed @ (pair @ found.estimate), mixed[:, 0], mixed @ spread @ mixed.T, limit, max(farthest, 0.0)
    )


def _largest_limit(mixed: Matrix, spread: Matrix, chance: float) -> float:
    """Return what the largest of some combinations of two normal numbers with mean 0 exceeds with a probability."""
    values, vectors = np.linalg.eigh(spread)
    root = vectors * np.sqrt(np.maximum(values, 0.0))
    angle = np.arange(ANGLES) * 2 * np.pi / ANGLES
    largest = (mixed @ root @ np.vstack([np.cos(angle), np.sin(angle)])).max(axis=0)
    positive = largest[largest > NOTHING]

    def exceeded(limit: float) -> float:
        return float(np.exp(-0.5 * (limit / positive) ** 2).sum()) / ANGLES - chance

    return float(optimize.brentq(exceeded, 0.0, LARGEST_LIMIT)) if exceeded(0.0) > 0 else 0.0


def _accepted(sets: list[_Conditions], effects: Matrix, alpha: float) -> np.ndarray:
    kept = np.zeros(effects.size, dtype=bool)
    for one in sets:
        kept |= _not_rejected(one, effects, alpha)
    return kept


def _not_rejected(one: _Conditions, effects: Matrix, alpha: float) -> np.ndarray:
    """Tell which effects the two-step test does not reject, shape (e,)."""
    values = one.value[:, None] - one.slope[:, None] * effects
    place = values.argmax(axis=0)
    largest = values.max(axis=0)
    variance = np.diag(one.covariance)[place]
    shared = np.divide(one.covariance[:, place], variance, out=np.ones_like(values), where=variance > NOTHING)
    rest = values - shared * largest
    near = np.abs(1 - shared) < NOTHING**0.75
    crossing = np.divide(rest, 1 - shared, out=np.zeros_like(values), where=~near)
    low = np.max(crossing, axis=0, initial=-np.inf, where=~near & (shared < 1))
    high = np.min(crossing, axis=0, initial=np.inf, where=~near & (shared > 1))
    high = np.minimum(high, one.limit)
    error = np.sqrt(variance)
    second = (alpha - FIRST_STAGE * alpha) / (1 - FIRST_STAGE * alpha)
    certain = (largest > 0) & (_tail_share(low / error, largest / error, high / error) < second)
    return (variance > NOTHING) & ~certain & (largest <= one.limit) | (variance <= NOTHING) & (largest <= 0)


def _tail_share(low: Matrix, value: Matrix, high: Matrix) -> Matrix:
    """Return the probability that a normal number between two limits is above a value between them."""
    # Tails far out are taken relative to the lower limit, since all of them would be nothing.
    at_low, at_value, at_high = (special.log_ndtr(-one) for one in (low, value, high))
    above = 1 - np.exp(np.minimum(at_high - at_value, 0.0))
    of_all = 1 - np.exp(np.minimum(at_high - at_low, 0.0))
    share = np.exp(np.minimum(at_value - at_low, 0.0)) * above
    return np.divide(share, of_all, out=np.ones_like(share), where=of_all > 0)
