"""Sign-flip tests: what if every change might as well have gone the other way."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evaluation.stats.checks import finite, pick
from evaluation.stats.cluster_bootstrap import cluster_totals
from evaluation.stats.design import Matrix
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg, pmsg

# Units that the values may be whole multiples of: steps of items, of scale means and of decimals.
STEPS = (
    1,
    2,
    3,
    4,
    5,
    6,
    7,
    8,
    9,
    10,
    12,
    15,
    20,
    24,
    30,
    36,
    40,
    60,
    100,
    120,
    360,
    420,
    840,
    1000,
    2520,
    10_000,
)
WHOLE = 1e-6
# Sums closer than this share of the largest are the same.
TIE = 1e-9
LARGEST_CONVOLUTION = 50_000_000
LARGEST_ENUMERATION = 20


@dataclass(frozen=True, slots=True)
class SignFlip:
    """A test that changes up and down are equally likely, by turning signs.

    Attributes
    ----------
    estimate
        Mean of the values, or of the clusters' means.
    p_value, p_greater, p_less
        Two-sided, and of changes upwards and downwards.
    method
        "convolution" or "enumeration" (exact), or "monte_carlo".
    draws
        Sign patterns: all of them, or those drawn with the observed one.
    n
        Values.
    n_units, n_nonzero
        Units whose signs are turned together, and those of them that are not zero.
    """

    estimate: float
    p_value: float
    p_greater: float
    p_less: float
    method: str
    draws: float
    n: int
    n_units: int
    n_nonzero: int


@dataclass(frozen=True, slots=True)
class _Flipped:
    """Possible sums with their probabilities, shape (k,) each.

    Attributes
    ----------
    sums, chances
        The sum of the values after turning signs, and how likely it is.
    draws
        Patterns behind them.
    """

    sums: Matrix
    chances: Matrix
    draws: float


def sign_flip_distribution(sizes: NDArray[np.int64]) -> Matrix:
    """Probability of every sum of those values that come out positive, each with chance one half.

    Parameters
    ----------
    sizes
        Whole numbers of one or more, shape (n,).

    Returns
    -------
    numpy.ndarray
        Shape (sum of sizes + 1,): chance of the sums 0, 1, 2, ...

    Notes
    -----
    One pass for every value: f(s) becomes (f(s) + f(s - value)) / 2. Ranks give the signed-rank
    distribution, with ties; changes on a grid the exact permutation distribution.

    Examples
    --------
    >>> sign_flip_distribution(np.array([1, 2])).tolist()
    [0.25, 0.25, 0.25, 0.25]
    """
    chances = np.zeros(int(sizes.sum()) + 1)
    chances[0], reached = 1.0, 0
    for size in np.sort(sizes):
        before = chances[: reached + 1] / 2
        chances[: reached + 1] = before
        chances[size : size + reached + 1] += before
        reached += int(size)
    return chances


def _grid(values: Matrix) -> NDArray[np.int64] | None:
    """Give the values as whole multiples of the largest step that fits, or None if none does."""
    for step in STEPS:
        scaled = values * step
        nearest = np.rint(scaled)
        if np.all(np.abs(scaled - nearest) <= WHOLE) and np.any(nearest):
            whole = nearest.astype(np.int64)
            return whole // np.gcd.reduce(whole)
    return None


def _convolved(values: Matrix, rng, draws) -> _Flipped:
    whole = _grid(values)
    if whole is None:
        raise EstimationError(msg("The changes are not whole multiples of a common step."))
    sizes = np.abs(whole)
    chances = sign_flip_distribution(sizes)
    unit = float(np.abs(values).sum() / sizes.sum())
    sums = (2 * np.arange(chances.size) - sizes.sum()) * unit
    return _Flipped(sums, chances, 2.0**values.size)


def _enumerated(values: Matrix, rng, draws) -> _Flipped:
    sums = np.zeros(1)
    for value in np.abs(values):
        sums = np.concatenate([sums - value, sums + value])
    return _Flipped(sums, np.full(sums.size, 1 / sums.size), float(sums.size))


def _drawn(values: Matrix, rng: np.random.Generator, draws: int) -> _Flipped:
    """Random patterns, and the observed one."""
    sums = [np.array([values.sum()])]
    block = max(1, 4_000_000 // values.size)
    for start in range(0, draws, block):
        signs = rng.integers(2, size=(min(block, draws - start), values.size), dtype=np.int8)
        sums.append((2.0 * signs - 1) @ values)
    together = np.concatenate(sums)
    return _Flipped(together, np.full(together.size, 1 / together.size), float(together.size))


METHODS: Mapping[str, Callable[..., _Flipped]] = {
    "convolution": _convolved,
    "enumeration": _enumerated,
    "monte_carlo": _drawn,
}


def _usual(values: Matrix) -> str:
    whole = _grid(values)
    if whole is not None and values.size * np.abs(whole).sum() <= LARGEST_CONVOLUTION:
        return "convolution"
    return "enumeration" if values.size <= LARGEST_ENUMERATION else "monte_carlo"


def sign_flip(
    values: ArrayLike, *, rng: np.random.Generator, draws: int = 99_999, method: str | None = None
) -> SignFlip:
    """Whether changes lean upwards or downwards, by turning the sign of each person's change.

    Parameters
    ----------
    values
        Changes, later minus earlier, shape (n,), one or more, without missing values.
    rng
        Where chance comes from; not used when all patterns are counted.
    draws
        Random patterns when there are too many to count.
    method
        "convolution" (values on a grid), "enumeration" or "monte_carlo"; None for the first
        of these that is feasible.

    Returns
    -------
    SignFlip
        p-values are 1 when nobody changed.

    Notes
    -----
    p = share of the 2^n sign patterns whose sum is at least as far from zero. Exact whatever the
    shape of the distribution if each change is as likely to be d as -d when the programme does
    nothing, people being independent; for people within firms use `cluster_sign_flip`. It tests
    that, not only a mean of zero.

    References
    ----------
    fisher1935a

    Examples
    --------
    >>> found = sign_flip([1.0, 2.0, 1.0, 0.0, 3.0], rng=np.random.default_rng(1))
    >>> found.p_value, found.method
    (0.125, 'convolution')
    """
    vector = finite(values, pmsg("argument", "Changes"))
    return _sign_flip(vector, float(vector.mean()), vector.size, rng, draws, method)


def cluster_sign_flip(
    values: ArrayLike,
    cluster: ArrayLike,
    *,
    rng: np.random.Generator,
    weighting: str = "person",
    draws: int = 99_999,
    method: str | None = None,
) -> SignFlip:
    """Whether changes lean upwards or downwards, by turning all signs of an organisation together.

    Parameters
    ----------
    values
        Changes, later minus earlier, shape (n,), without missing values.
    cluster
        The organisation of each value, shape (n,), at least two different.
    rng
        Where chance comes from; not used when all patterns are counted.
    weighting
        "person": the sum over people; "cluster": the sum of the organisations' means.
    draws
        Random patterns when there are too many to count.
    method
        As in `sign_flip`.

    Returns
    -------
    SignFlip
        The smallest p-value possible is 2^(1 - g): with five clusters 0.0625.

    Notes
    -----
    As `sign_flip`, with the total (or mean) of each organisation as the value. Exact if the changes
    of an organisation are jointly as likely with all signs turned; clusters may be of any size.

    References
    ----------
    fisher1935a, hayes2017

    Examples
    --------
    >>> found = cluster_sign_flip([1.0, 2.0, 1.0, 1.0], list("aabc"), rng=np.random.default_rng(1))
    >>> found.n_units, found.p_value
    (3, 0.25)
    """
    vector = finite(values, pmsg("argument", "Changes"))
    total, n = cluster_totals(vector, cluster).T
    weigh = pick(WEIGHTINGS, weighting, pmsg("argument", "weighting"))
    return _sign_flip(*weigh(total, n), vector.size, rng, draws, method)


WEIGHTINGS: Mapping[str, Callable[[Matrix, Matrix], tuple[Matrix, float]]] = {
    "person": lambda total, n: (total, float(total.sum() / n.sum())),
    "cluster": lambda total, n: (total / n, float((total / n).mean())),
}


def _sign_flip(units: Matrix, estimate: float, n: int, rng, draws: int, method: str | None) -> SignFlip:
    size = np.abs(units).max()
    moved = units[np.abs(units) > TIE * size]
    if not moved.size:
        return SignFlip(estimate, 1.0, 1.0, 1.0, "enumeration", 1.0, n, units.size, 0)
    used = method or _usual(moved)
    flipped = pick(METHODS, used, pmsg("argument", "permutation method"))(moved, rng, draws)
    observed, slack = moved.sum(), TIE * np.abs(moved).sum()
    shares = (
        flipped.chances[np.abs(flipped.sums) >= abs(observed) - slack].sum(),
        flipped.chances[flipped.sums >= observed - slack].sum(),
        flipped.chances[flipped.sums <= observed + slack].sum(),
    )
    capped = (float(min(1.0, share)) for share in shares)
    return SignFlip(estimate, *capped, used, flipped.draws, n, units.size, moved.size)
