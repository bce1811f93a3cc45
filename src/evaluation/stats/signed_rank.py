"""Change between two measurements of the same people, by the ranks of the changes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special, stats

from evaluation.stats.checks import level, pick
from evaluation.stats.design import Matrix
from evaluation.stats.paired import pairs
from evaluation.stats.sign_flip import sign_flip_distribution
from evaluation.vocabulary.message import pmsg

# Changes are rounded before they are ranked: 10/3 - 3 and 13/3 - 4 are the same change.
DECIMALS = 10
# Changes up to which the exact distribution is computed, and sums that are the same.
LARGEST_EXACT = 400
TIE = 1e-9


@dataclass(frozen=True, slots=True)
class SignedRank:
    """Wilcoxon's signed-rank test with the Hodges-Lehmann change.

    Attributes
    ----------
    estimate
        Pseudo-median: the median of all averages of two changes, in the unit of the scale.
    conf_low, conf_high, conf_level
        Limits of the pseudo-median, infinite when there are too few changes, and confidence.
    statistic
        Sum of the ranks of the changes upwards.
    z
        The sum standardised, without continuity correction; NaN when nobody changed.
    p_value, p_greater, p_less
        Two-sided, and of changes upwards and downwards; 1 when nobody changed.
    method, zeros
        "exact" or "normal"; "drop" or "pratt".
    n, n_nonzero
        Pairs, and those who changed.
    """

    estimate: float
    conf_low: float
    conf_high: float
    conf_level: float
    statistic: float
    z: float
    p_value: float
    p_greater: float
    p_less: float
    method: str
    zeros: str
    n: int
    n_nonzero: int


def rounded_changes(pre: ArrayLike, post: ArrayLike) -> Matrix:
    """Change of every person, later minus earlier, without the noise of binary fractions.

    Parameters
    ----------
    pre, post
        Earlier and later values of the same people in the same order, shape (n,).

    Returns
    -------
    numpy.ndarray
        Shape (n,), rounded to ten decimals.

    Examples
    --------
    >>> len(set(rounded_changes([3.0, 4.0], [10 / 3, 13 / 3]).tolist()))
    1
    """
    before, after = pairs(pre, post)
    return np.round(after - before, DECIMALS) + 0.0


def _dropped(change: Matrix) -> Matrix:
    moved = change != 0
    ranks = np.zeros(change.size)
    ranks[moved] = stats.rankdata(np.abs(change[moved]))
    return ranks


ZEROS: Mapping[str, Callable[[Matrix], Matrix]] = {
    "drop": _dropped,
    "pratt": lambda change: np.where(change == 0, 0.0, stats.rankdata(np.abs(change))),
}


def _exact(ranks: Matrix, rose: float, continuity: bool) -> tuple[float, float, float]:
    """Tails over all sign patterns of the ranks as they are, ties included."""
    chances = sign_flip_distribution(np.rint(2 * ranks[ranks > 0]).astype(np.int64))
    place = round(2 * rose)
    up, down = float(chances[place:].sum()), float(chances[: place + 1].sum())
    return min(1.0, 2 * min(up, down)), min(1.0, up), min(1.0, down)


def _normal(ranks: Matrix, rose: float, continuity: bool) -> tuple[float, float, float]:
    gap, error = rose - ranks.sum() / 2, float(np.sqrt(np.sum(ranks**2))) / 2
    half = 0.5 if continuity else 0.0
    two_sided = 2 * special.ndtr(-max(abs(gap) - half, 0.0) / error)
    return (
        float(two_sided),
        float(special.ndtr(-(gap - half) / error)),
        float(special.ndtr((gap + half) / error)),
    )


METHODS: Mapping[str, Callable[[Matrix, float, bool], tuple[float, float, float]]] = {
    "exact": _exact,
    "normal": _normal,
}


def signed_rank(
    pre: ArrayLike,
    post: ArrayLike,
    conf_level: float = 0.95,
    *,
    method: str | None = None,
    zeros: str = "drop",
    continuity: bool = True,
) -> SignedRank:
    """Typical change from the earlier to the later measurement, by the ranks of the changes.

    Parameters
    ----------
    pre, post
        Earlier and later values of the same people in the same order, shape (n,), at least one pair.
    conf_level
        Confidence, between 0 and 1.
    method
        "exact", "normal", or None for exact with up to 400 who changed.
    zeros
        People who did not change: "drop" (Wilcoxon), or "pratt": ranked with the others, then left out.
    continuity
        Whether the normal approximation takes half a rank off.

    Returns
    -------
    SignedRank
        The estimate and its limits count those who did not change.

    Notes
    -----
    V = sum of the ranks of |d| with d > 0; under no change every rank is in V with chance one half, so
    that the exact distribution, with tied ranks as they are, is a convolution. Normal: mean sum r / 2,
    variance sum r^2 / 4. The limits are averages of two changes, counted in from both ends as
    the distribution without ties says; with many ties they are too wide rather than too narrow.
    Assumes independent people and changes symmetric about their centre; not for people within
    firms: rank the organisations' means, or use `cluster_sign_flip`.

    References
    ----------
    wilcoxon1945, pratt1959, hodges1963

    Examples
    --------
    >>> found = signed_rank([1, 2, 3, 4, 5], [2, 4, 3, 7, 9])
    >>> found.statistic, found.p_value, found.estimate
    (10.0, 0.125, 2.0)
    """
    change = rounded_changes(pre, post)
    ranks = pick(ZEROS, zeros, pmsg("argument", "treatment of zeros"))(change)
    moved = int(np.count_nonzero(change))
    used = method or ("exact" if moved <= LARGEST_EXACT else "normal")
    tails = pick(METHODS, used, pmsg("argument", "method"))
    rose = float(ranks[change > 0].sum())
    z = (rose - ranks.sum() / 2) / (np.sqrt(np.sum(ranks**2)) / 2) if moved else float("nan")
    p_values = tails(ranks, rose, continuity) if moved else (1.0, 1.0, 1.0)
    limits = _pseudo_median(change, level(conf_level))
    return SignedRank(*limits, float(conf_level), rose, float(z), *p_values, used, zeros, change.size, moved)


def _pseudo_median(change: Matrix, conf_level: float) -> tuple[float, float, float]:
    first, second = np.triu_indices(change.size)
    averages = np.sort((change[first] + change[second]) / 2)
    inwards = _inwards(change.size, (1 - conf_level) / 2)
    if inwards == 0:
        return float(np.median(averages)), -np.inf, np.inf
    return float(np.median(averages)), float(averages[inwards - 1]), float(averages[-inwards])


def _inwards(n: int, tail: float) -> int:
    """How many averages from either end the limits lie; 0 when even the outermost hold too little."""
    if n > LARGEST_EXACT:
        error = np.sqrt(n * (n + 1) * (2 * n + 1) / 24)
        return max(0, int(np.floor(n * (n + 1) / 4 + special.ndtri(tail) * error)))
    below = np.cumsum(sign_flip_distribution(np.arange(1, n + 1)))
    return int(np.searchsorted(below, tail * (1 - TIE)))
