"""Weights that make a comparison group resemble those who took part."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evaluation.stats.checks import as_float, pick
from evaluation.stats.design import Matrix
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg, pmsg

# Weight of each side, from the chance to take part.
TARGETS: Mapping[str, tuple[Callable[[Matrix], Matrix], Callable[[Matrix], Matrix]]] = {
    "treated": (np.ones_like, lambda chance: chance / (1 - chance)),
    "all": (lambda chance: 1 / chance, lambda chance: 1 / (1 - chance)),
    "overlap": (lambda chance: 1 - chance, lambda chance: chance),
}
ROUNDS = 500
AGREED = 1e-10
TIED = 12
"""Decimals to which chances are rounded before neighbours are sought, so that equal ones tie."""


@dataclass(frozen=True, slots=True)
class MatchedPairs:
    """Pairs of one who took part and one who did not.

    Attributes
    ----------
    treated, comparison
        Row numbers, shape (pairs,).
    """

    treated: np.ndarray
    comparison: np.ndarray


def propensity_weights(treated: ArrayLike, chance: ArrayLike, target: str = "treated") -> Matrix:
    """Weights from the chance to take part.

    Parameters
    ----------
    treated
        1 for those who took part and 0 for the others, shape (n,).
    chance
        The probability of taking part, above 0 and below 1, shape (n,).
    target
        About whom: "treated" (those who took part), "all", or "overlap" (those who might as well have
        taken part as not).

    Returns
    -------
    numpy.ndarray
        Shape (n,).

    Notes
    -----
    treated: 1 and e / (1 - e); all: 1 / e and 1 / (1 - e); overlap: 1 - e and e, which balances the
    means of the covariates of a logistic model exactly and cannot explode.

    References
    ----------
    rosenbaum1983, li2018

    Examples
    --------
    >>> propensity_weights([1, 0], [0.5, 0.2]).tolist()
    [1.0, 0.25]
    """
    took, probability = sides(treated), as_float(chance, "chance")
    if not np.all((probability > 0) & (probability < 1)):
        raise EstimationError(msg("Some could not have been on the other side, so no weight compares them."))
    one, zero = pick(TARGETS, target, pmsg("argument", "target of weights"))
    return np.where(took, one(probability), zero(probability))


def sides(treated: ArrayLike) -> np.ndarray:
    """Who took part, checked: some did and some did not.

    Parameters
    ----------
    treated
        1 or 0, shape (n,).

    Returns
    -------
    numpy.ndarray
        Truth values, shape (n,).

    Examples
    --------
    >>> sides([1, 0]).tolist()
    [True, False]
    """
    given = as_float(treated, "treated").reshape(-1)
    if not np.all((given == 0) | (given == 1)) or np.all(given == given[0]):
        raise EstimationError(
            msg("A comparison needs some who took part and some who did not, written as 1 and 0."),
            do=msg("Without a comparison group, report the change."),
        )
    return given == 1


def effective_n(weights: ArrayLike) -> float:
    """How many equally weighted people the weighted ones are worth.

    Parameters
    ----------
    weights
        Shape (n,), 0 or more.

    Returns
    -------
    float
        (sum w)^2 / sum w^2.

    References
    ----------
    kish1965

    Examples
    --------
    >>> effective_n([1.0, 1.0, 2.0]).__round__(3)
    2.667
    """
    weight = as_float(weights, "weights")
    return float(weight.sum() ** 2 / np.sum(weight**2))


def treated_columns(treated: ArrayLike) -> Matrix:
    """Column of ones and one of those who took part.

    Parameters
    ----------
    treated
        1 or 0, shape (n,).

    Returns
    -------
    numpy.ndarray
        Shape (n, 2).

    Examples
    --------
    >>> treated_columns([1, 0]).tolist()
    [[1.0, 1.0], [1.0, 0.0]]
    """
    took = sides(treated).astype(float)
    return np.column_stack([np.ones(took.size), took])


def weighted_difference(y: ArrayLike, treated: ArrayLike, weights: ArrayLike) -> float:
    """Weighted mean of those who took part less that of the others.

    Parameters
    ----------
    y
        Outcome, shape (n,).
    treated
        1 or 0, shape (n,).
    weights
        Shape (n,).

    Returns
    -------
    float
        In the unit of the outcome.

    Examples
    --------
    >>> weighted_difference([4.0, 1.0, 3.0], [1, 0, 0], [1.0, 3.0, 1.0])
    2.5
    """
    took, values, weight = sides(treated), as_float(y, "y"), as_float(weights, "weights")
    means = [np.average(values[side], weights=weight[side]) for side in (took, ~took)]
    return float(means[0] - means[1])


def entropy_balance(x: ArrayLike, treated: ArrayLike) -> Matrix:
    """Weights of the comparison group that give it the means of those who took part.

    Parameters
    ----------
    x
        Covariates, shape (n, p), without a column of ones.
    treated
        1 or 0, shape (n,).

    Returns
    -------
    numpy.ndarray
        Shape (n,): 1 for those who took part; for the others weights that sum to the number who took part.

    Notes
    -----
    Among all weights with sum_j w_j x_j = mean of the treated, those nearest to equal (least
    entropy): w = exp(x l), by Newton's method on the dual, which is convex. Refused when the means
    of those who took part lie outside what the comparison group spans.

    References
    ----------
    hainmueller2012

    Examples
    --------
    >>> weights = entropy_balance([[1.0], [0.0], [1.0], [0.0], [0.0]], [1, 1, 0, 0, 0])
    >>> weights.round(3).tolist()
    [1.0, 1.0, 1.0, 0.5, 0.5]
    """
    took, columns = sides(treated), as_float(x, "x")
    spread = columns.std(axis=0)
    if not np.all(spread > 0):
        raise EstimationError(msg("A covariate that never varies cannot be balanced."))
    distance = (columns[~took] - columns[took].mean(axis=0)) / spread
    multiplier = np.zeros(columns.shape[1])
    for _ in range(ROUNDS):
        share = _shares(distance, multiplier)
        slope = share @ distance
        if np.max(np.abs(slope)) < AGREED:
            weights = np.ones(took.size)
            weights[~took] = share * took.sum()
            return weights
        multiplier = _step(distance, multiplier, share, slope)
    raise EstimationError(
        msg("No weights give the comparison group the means of those who took part."),
        do=msg("Balance fewer covariates, or find a comparison group that resembles them more."),
    )


def _shares(distance: Matrix, multiplier: Matrix) -> Matrix:
    score = distance @ multiplier
    weight = np.exp(score - score.max())
    return weight / weight.sum()


def _dual(distance: Matrix, multiplier: Matrix) -> float:
    score = distance @ multiplier
    return float(score.max() + np.log(np.sum(np.exp(score - score.max()))))


def _step(distance: Matrix, multiplier: Matrix, share: Matrix, slope: Matrix) -> Matrix:
    """One Newton step, halved until the convex dual falls."""
    curvature = distance.T @ (share[:, None] * distance) - np.outer(slope, slope)
    way = np.linalg.lstsq(curvature, slope, rcond=None)[0]
    before, size = _dual(distance, multiplier), 1.0
    while size > 1e-8 and _dual(distance, multiplier - size * way) > before:
        size /= 2
    return multiplier - size * way


def standardised_differences(
    x: ArrayLike, treated: ArrayLike, weights: ArrayLike | None = None, *, spread: str = "average"
) -> Matrix:
    """How far apart those who took part and the others are before it, in standard deviations.

    Parameters
    ----------
    x
        Covariates, shape (n, p).
    treated
        1 or 0, shape (n,).
    weights
        Shape (n,); None for equal ones.
    spread
        Unit: "average" (root of the mean of both groups' variances) or "treated", both unweighted,
        so that weighting cannot change the unit.

    Returns
    -------
    numpy.ndarray
        Shape (p,), those who took part less the others; NaN for what never varies.

    References
    ----------
    austin2009, stuart2010

    Examples
    --------
    >>> standardised_differences([[1.0], [3.0], [0.0], [2.0]], [1, 1, 0, 0]).round(4).tolist()
    [0.7071]
    """
    took, columns = sides(treated), as_float(x, "x")
    weight = np.ones(took.size) if weights is None else as_float(weights, "weights")
    own, other = (np.var(columns[side], axis=0, ddof=1) for side in (took, ~took))
    unit = np.sqrt(pick({"average": (own + other) / 2, "treated": own}, spread, pmsg("argument", "spread")))
    means = [np.average(columns[side], axis=0, weights=weight[side]) for side in (took, ~took)]
    return np.divide(means[0] - means[1], unit, out=np.full(unit.shape, np.nan), where=unit > 0)


def matched_pairs(treated: ArrayLike, chance: ArrayLike, caliper: float = np.inf) -> MatchedPairs:
    """Pairs of nearest neighbours in the chance to take part, for display.

    Parameters
    ----------
    treated
        1 or 0, shape (n,).
    chance
        The probability of taking part, shape (n,).
    caliper
        The largest distance of a pair, as a probability.

    Returns
    -------
    MatchedPairs
        One comparison each, nobody twice; those with the highest chance choose first, ties in the
        order of the rows.

    References
    ----------
    rosenbaum1983, stuart2010

    Examples
    --------
    >>> found = matched_pairs([1, 1, 0, 0], [0.6, 0.5, 0.2, 0.55])
    >>> found.treated.tolist(), found.comparison.tolist()
    ([0, 1], [3, 2])
    """
    took, probability = sides(treated), as_float(chance, "chance")
    probability = np.round(probability, TIED)
    first = np.flatnonzero(took)
    free = np.flatnonzero(~took)
    pairs = []
    for row in first[np.argsort(-probability[first], kind="stable")]:
        if free.size == 0:
            break
        distance = np.round(np.abs(probability[free] - probability[row]), TIED)
        nearest = int(np.argmin(distance))
        if distance[nearest] <= caliper:
            pairs.append((row, free[nearest]))
            free = np.delete(free, nearest)
    found = np.array(sorted(pairs), dtype=int).reshape(-1, 2)
    return MatchedPairs(found[:, 0], found[:, 1])
