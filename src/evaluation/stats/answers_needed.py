"""How many more answers would settle whether a target is reached."""

from dataclasses import dataclass

import numpy as np

from evaluation.stats.checks import finite_counts
from evaluation.stats.finite_population import FiniteInterval
from evaluation.stats.proportion import hypergeometric, needed_positive, response_bounds
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg


@dataclass(frozen=True, slots=True)
class AnswersNeeded:
    """How many more people have to answer, if they answer as those before them.

    Attributes
    ----------
    n_certain
        More answers until nothing the silent can say changes the verdict.
    n_likely
        More answers until the interval lies on one side of the target.
    reached
        Whether the verdict would then be that the target is reached.
    k, n, n_total
        Positive answers, answers, registered.
    """

    n_certain: int
    n_likely: int
    reached: bool
    k: int
    n: int
    n_total: int


def answers_needed(k: int, n: int, n_total: int, target: float, conf_level: float = 0.95) -> AnswersNeeded:
    """How many more answers would settle a target, if the share stays what it is.

    Parameters
    ----------
    k
        Positive answers.
    n
        Answers, one or more.
    n_total
        Everyone registered.
    target
        Share to reach, above 0 and at most 1.
    conf_level
        Confidence of the interval.

    Returns
    -------
    AnswersNeeded
        0 where it is settled already.

    Notes
    -----
    For m = 0, 1, ..., N - n more answers, of which m k / n rounded to a whole number are positive,
    the bounds and the interval of `hypergeometric` are computed; the answer is the smallest m from
    which on the target lies outside them. A plan for reminders, not a forecast: those who answer
    late often differ.

    References
    ----------
    manski1989, buonaccorsi1987

    Examples
    --------
    >>> found = answers_needed(18, 24, 30, 0.7)
    >>> found.n_certain, found.n_likely, found.reached
    (4, 4, True)
    """
    positive, answers, everyone = (int(count) for count in finite_counts(k, n, n_total))
    more = np.arange(everyone - answers + 1)
    later = answers + more
    if answers == 0:
        raise EstimationError(msg("Nobody has answered, so nothing can be said of those who have not."))
    yes = positive + (2 * more * positive + answers) // (2 * answers)
    needed = int(needed_positive(everyone, target))
    bounds, interval = response_bounds(yes, later, everyone), hypergeometric(yes, later, everyone, conf_level)
    limits = (bounds.bound_low, bounds.bound_high), _sides(interval)
    open_ = [(_count(low, everyone) < needed) & (_count(high, everyone) >= needed) for low, high in limits]
    certain, likely = (int(np.max(np.flatnonzero(still), initial=-1)) + 1 for still in open_)
    return AnswersNeeded(certain, likely, bool(yes[-1] >= needed), positive, answers, everyone)


def _sides(interval: FiniteInterval) -> tuple[np.ndarray, np.ndarray]:
    return np.asarray(interval.conf_low), np.asarray(interval.conf_high)


def _count(share: np.ndarray, n_total: int) -> np.ndarray:
    return np.rint(share * n_total)
