"""How unevenly something is shared out, and whether between groups or within them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evaluation.stats.checks import finite
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg, pmsg


@dataclass(frozen=True, slots=True)
class Inequality:
    """How unevenly an amount is shared out between n people; 0 in every index is exactly alike.

    Attributes
    ----------
    gini, gini_corrected
        Between 0 and 1; corrected by n / (n - 1) so that few people can reach 1.
    theil, mean_log_deviation
        Entropy measures; the second is NaN if somebody has nothing.
    atkinson_half, atkinson_one, atkinson_two
        Share of the total that could be spared if all had alike, by aversion to inequality.
    hoover
        Share of the total that would have to change hands.
    variation
        Standard deviation over mean.
    percentile_ratio
        The 90th percentile over the 10th; NaN if that is 0.
    n
        People.
    """

    gini: float
    gini_corrected: float
    theil: float
    mean_log_deviation: float
    atkinson_half: float
    atkinson_one: float
    atkinson_two: float
    hoover: float
    variation: float
    percentile_ratio: float
    n: int


@dataclass(frozen=True, slots=True)
class InequalityParts:
    """Entropy measures split into what lies within groups and what lies between them.

    Attributes
    ----------
    theil_within, theil_between
        They add up to Theil's measure.
    deviation_within, deviation_between
        They add up to the mean log deviation; NaN if somebody has nothing.
    """

    theil_within: float
    theil_between: float
    deviation_within: float
    deviation_between: float


def inequality(values: ArrayLike) -> Inequality:
    """How unevenly an amount, for example hours, is shared out between people.

    Parameters
    ----------
    values
        Amounts of zero or more, without missing values; two people or more, not all with nothing.

    Returns
    -------
    Inequality
        Descriptive measures without error terms.

    Raises
    ------
    EstimationError
        If an amount is negative or nobody has anything.

    Notes
    -----
    For amounts with a natural zero: hours, money. A score on a scale from 1 to 5 has none, and its
    indices would mean nothing.

    References
    ----------
    theil1967, atkinson1970, cowell2011

    Examples
    --------
    >>> round(inequality([0.0, 10.0]).gini_corrected, 3), round(inequality([5.0, 5.0]).theil, 3)
    (1.0, 0.0)
    """
    x = np.sort(_amounts(values))
    n, mean = x.size, float(x.mean())
    share = x / mean
    gini = float((2 * np.arange(1, n + 1) - n - 1) @ x / (n * x.sum()))
    low, high = np.quantile(x, [0.1, 0.9])
    logs = _logs(share)
    positive = bool(x[0] > 0)
    return Inequality(
        gini=gini,
        gini_corrected=gini * n / (n - 1),
        theil=float(np.mean(share * logs)),
        mean_log_deviation=float(-np.mean(logs)) if positive else float("nan"),
        atkinson_half=float(1 - np.mean(np.sqrt(share)) ** 2),
        atkinson_one=float(1 - np.exp(np.mean(logs))) if positive else 1.0,
        atkinson_two=float(1 - 1 / np.mean(1 / share)) if positive else 1.0,
        hoover=float(np.abs(share - 1).mean() / 2),
        variation=float(x.std() / mean),
        percentile_ratio=float(high / low) if low > 0 else float("nan"),
        n=n,
    )


def inequality_parts(values: ArrayLike, group: ArrayLike) -> InequalityParts:
    """How much of the unevenness lies between groups, for example companies.

    Parameters
    ----------
    values
        As in `inequality`.
    group
        The group of each person, shape (n,).

    Returns
    -------
    InequalityParts
        Within and between; a group in which nobody has anything adds nothing within.

    References
    ----------
    theil1967, cowell2011

    Examples
    --------
    >>> round(inequality_parts([1.0, 1.0, 3.0, 3.0], ["a", "a", "b", "b"]).theil_within, 3)
    0.0
    """
    x = _amounts(values)
    _, numbers = np.unique(np.asarray(group), return_inverse=True)
    sizes = np.bincount(numbers)
    means = np.bincount(numbers, x) / sizes
    whole, people = float(x.mean()), sizes / x.size
    own = x / np.where(means > 0, means, 1.0)[numbers]
    logs, between = _logs(own), _logs(means / whole)
    shares = people * means / whole
    within = np.bincount(numbers, own * logs) / sizes
    return InequalityParts(
        float(shares @ within),
        float(shares @ between),
        float(-np.mean(logs)) if np.all(x > 0) else float("nan"),
        float(-people @ between) if np.all(x > 0) else float("nan"),
    )


def _amounts(values: ArrayLike) -> NDArray[np.float64]:
    x = finite(values, pmsg("argument", "The amounts"), 2)
    if np.any(x < 0) or not x.sum() > 0:
        raise EstimationError(msg("Amounts must be zero or more, and somebody must have something."))
    return x


def _logs(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return logarithms, and 0 where the value is 0: its weight is 0 in every sum that is used then."""
    return np.log(np.where(values > 0, values, 1.0))
