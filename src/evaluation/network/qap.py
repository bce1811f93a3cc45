"""Whether two networks of the same actors resemble each other more than by chance."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations
from math import factorial

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evaluation.network.graph import checked
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg

EXACT = 8
"""Up to so many actors all orders are tried."""


@dataclass(frozen=True, slots=True)
class Resemblance:
    """How alike two networks are.

    Attributes
    ----------
    correlation, slope
        Of the cells of the second network with those of the first.
    kept, lost, new
        Numbers of ties in both, only in the first, only in the second.
    greater, less
        Share of the orders of the actors with a correlation at least as large, and at most as large.
    deviation
        Standard deviation of the correlation over the orders.
    orders
        How many orders were tried.
    exact
        Whether these are all.
    """

    correlation: float
    slope: float
    kept: int
    lost: int
    new: int
    greater: float
    less: float
    deviation: float
    orders: int
    exact: bool

    @property
    def hamming(self) -> int:
        """Return the number of cells that differ."""
        return self.lost + self.new

    @property
    def jaccard(self) -> float:
        """Return the share of the ties of either network that are in both."""
        either = self.kept + self.lost + self.new
        return self.kept / either if either else float("nan")


def qap(
    first: ArrayLike, second: ArrayLike, *, rng: np.random.Generator | None = None, draws: int = 9_999
) -> Resemblance:
    """Compare two networks of the same actors, with a test that takes into account that cells share actors.

    Parameters
    ----------
    first, second
        Who names whom, shape (n, n), with the actors in the same order.
    rng
        Where the orders come from for more than eight actors; None draws the same ones every time.
    draws
        How many orders are drawn then; the observed one is counted too.

    Returns
    -------
    Resemblance
        The correlation is missing if one of the networks has no ties, or all.

    Raises
    ------
    EstimationError
        If the networks have different numbers of actors.

    Notes
    -----
    Rows and columns of the second network are put in another order together, which keeps its structure and
    breaks its link with the first.

    References
    ----------
    krackhardt1988, hubert1987
    """
    one, two = checked(first), checked(second)
    if one.shape != two.shape:
        raise EstimationError(
            msg("The two networks have different numbers of actors."),
            do=msg("Keep the actors who are in both."),
        )
    off = ~np.eye(len(one), dtype=bool)
    x, y = one[off], two[off]
    varying = x.std() > 0 and y.std() > 0
    observed = float(np.corrcoef(x, y)[0, 1]) if varying else float("nan")
    exact = len(one) <= EXACT
    found = _permuted(one, two, exact, rng, draws) if varying else np.full(1, np.nan)
    if varying and not exact:
        found = np.append(found, observed)
    return Resemblance(
        observed,
        float(observed * y.std() / x.std()) if varying else float("nan"),
        int((x * y).sum()),
        int((x * (1 - y)).sum()),
        int(((1 - x) * y).sum()),
        float((found >= observed - 1e-12).mean()) if varying else float("nan"),
        float((found <= observed + 1e-12).mean()) if varying else float("nan"),
        float(found.std()),
        len(found),
        exact,
    )


def _permuted(
    one: NDArray, two: NDArray, exact: bool, rng: np.random.Generator | None, draws: int
) -> NDArray[np.float64]:
    off = ~np.eye(len(one), dtype=bool)
    left = one[off] - one[off].mean()
    scale = one[off].std() * two[off].std() * off.sum()
    placed = np.zeros_like(one)
    placed[off] = left
    orders = _all(len(one)) if exact else _drawn(len(one), rng or np.random.default_rng(0), draws)
    return np.array([(placed * two[np.ix_(order, order)]).sum() / scale for order in orders])


def _all(n: int) -> Iterator[list[int]]:
    return map(list, permutations(range(n)))


def _drawn(n: int, rng: np.random.Generator, draws: int) -> Iterator[NDArray]:
    return (rng.permutation(n) for _ in range(min(draws, factorial(min(n, 12)))))
