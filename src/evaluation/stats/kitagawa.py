"""Why two rates differ: other compositions, other rates, or other losses on the way."""

from dataclasses import dataclass
from itertools import combinations
from math import factorial

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evaluation.stats.checks import as_float, share_counts
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg, pmsg

Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class RateDecomposition:
    """A difference of two rates, group minus reference; s strata.

    Attributes
    ----------
    rate, rate_reference, gap
        Shares, and their difference.
    composition, rates
        The two parts, with the strata weighed midway; they add up to the gap.
    composition_by_stratum, rates_by_stratum
        Shape (s,).
    endowments, returns, interaction
        The threefold form, seen from the reference group.
    standardised
        The rate of the group if it were composed as the reference.
    """

    rate: float
    rate_reference: float
    gap: float
    composition: float
    rates: float
    composition_by_stratum: Vector
    rates_by_stratum: Vector
    endowments: float
    returns: float
    interaction: float
    standardised: float


def kitagawa(k: ArrayLike, n: ArrayLike, k_reference: ArrayLike, n_reference: ArrayLike) -> RateDecomposition:
    """Which part of a difference of rates comes from composition, and which from rates.

    Parameters
    ----------
    k, n
        Positive people and people of the group in each stratum, shape (s,).
    k_reference, n_reference
        The same of the reference group; nobody may be missing from a stratum on one side only.

    Returns
    -------
    RateDecomposition
        Group minus reference.

    Raises
    ------
    EstimationError
        If a stratum has people of one of the groups only, for its rate is then unknown.

    Notes
    -----
    With shares c of the strata and rates r: sum (c1 - c0)(r1 + r0)/2 + sum (r1 - r0)(c1 + c0)/2.
    It describes these people; it is no test, and the composition part is not thereby justified.

    References
    ----------
    kitagawa1955

    Examples
    --------
    >>> found = kitagawa([8, 1], [10, 10], [4, 3], [5, 15])
    >>> round(found.gap, 3), round(found.composition, 3), round(found.rates, 3)
    (0.1, 0.163, -0.062)
    """
    (one, size), (two, size_two) = share_counts(k, n), share_counts(k_reference, n_reference)
    met = (size > 0) | (size_two > 0)
    one, size, two, size_two = one[met], size[met], two[met], size_two[met]
    if not (len(size) and np.all(size > 0) and np.all(size_two > 0)):
        raise EstimationError(
            msg("A stratum has people of one of the groups only, so the rates cannot be compared there."),
            do=msg("Merge strata, or leave out those that one group is not in."),
        )
    c1, c0, r1, r0 = size / size.sum(), size_two / size_two.sum(), one / size, two / size_two
    composition, rates = (c1 - c0) * (r1 + r0) / 2, (r1 - r0) * (c1 + c0) / 2
    first, second = float(c1 @ r1), float(c0 @ r0)
    return RateDecomposition(
        first,
        second,
        first - second,
        float(composition.sum()),
        float(rates.sum()),
        composition,
        rates,
        float((c1 - c0) @ r0),
        float((r1 - r0) @ c0),
        float((c1 - c0) @ (r1 - r0)),
        float(c0 @ r1),
    )


def stage_parts(rates: ArrayLike, rates_reference: ArrayLike) -> Vector:
    """How much of the final gap arises at each stage, whatever order the stages are changed in.

    Parameters
    ----------
    rates
        Share of the group that passes each stage among those who passed the one before, shape (s,).
    rates_reference
        The same of the reference group.

    Returns
    -------
    numpy.ndarray
        Shape (s,): parts that add up to the difference of the products, group minus reference.

    Notes
    -----
    The mean over all orders of replacing the reference's rate by the group's (Shapley). With two
    stages it is Kitagawa's midpoint form; in general it is Das Gupta's. Written for a dozen stages at most.

    References
    ----------
    dasgupta1993, shorrocks2013

    Examples
    --------
    >>> stage_parts([0.5, 0.8], [0.6, 0.9]).round(3).tolist()
    [-0.085, -0.055]
    """
    own = as_float(rates, pmsg("argument", "The rates"))
    other = as_float(rates_reference, pmsg("argument", "The rates"))
    if own.shape != other.shape or own.ndim != 1 or not 1 <= own.size <= 12:
        raise EstimationError(msg("Both groups need the same stages, between one and twelve."))
    s = own.size
    parts = np.zeros(s)
    for stage in range(s):
        others = [index for index in range(s) if index != stage]
        for size in range(s):
            share = factorial(size) * factorial(s - size - 1) / factorial(s)
            rests = (_product(own, other, chosen, others) for chosen in combinations(others, size))
            parts[stage] += share * sum(rests) * (own[stage] - other[stage])
    return parts


def _product(own: Vector, other: Vector, chosen: tuple[int, ...], stages: list[int]) -> float:
    return float(np.prod([own[index] if index in chosen else other[index] for index in stages]))
