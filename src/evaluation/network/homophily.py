"""Whether actors keep to their own kind."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evaluation.network.graph import checked
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg


@dataclass(frozen=True, slots=True)
class Homophily:
    """Ties within and between kinds of actors.

    Attributes
    ----------
    within, between
        Numbers of ties.
    ei_index
        (between − within) / all: −1 if all ties stay within their kind, 1 if none does.
    assortativity
        The same, compared with ties at random between actors with as many ties.
    odds_ratio
        Odds of a tie within a kind over those of one between kinds.
    densities
        Share of the possible ties from kind to kind, by pair.
    """

    within: int
    between: int
    ei_index: float
    assortativity: float
    odds_ratio: float
    densities: dict[tuple[str, str], float]


def homophily(adjacency: ArrayLike, kinds: ArrayLike) -> Homophily:
    """Compute how ties are divided between actors of the same and of other kinds.

    Parameters
    ----------
    adjacency
        Who names whom, shape (n, n): rows send, columns receive.
    kinds
        The kind of each actor, shape (n,).

    Raises
    ------
    EstimationError
        If there is not one kind for each actor.

    References
    ----------
    krackhardt1988b, newman2003
    """
    ties, kind = checked(adjacency), np.asarray(kinds).astype(str)
    if kind.shape != (len(ties),):
        raise EstimationError(
            msg("There is not one kind for each actor."), do=msg("Give as many kinds as actors.")
        )
    same, other = kind[:, None] == kind[None, :], ~np.eye(len(ties), dtype=bool)
    within, between = ties[same & other].sum(), ties[~same].sum()
    names = sorted(set(kind))
    mixing = np.array([[ties[np.ix_(kind == a, kind == b)].sum() for b in names] for a in names])
    lacking = (same & other).sum() - within, (~same).sum() - between
    return Homophily(
        int(within),
        int(between),
        _over(between - within, between + within),
        _assortativity(mixing),
        _over(within * lacking[1], lacking[0] * between),
        {
            (a, b): _over(ties[pair].sum(), pair.sum())
            for a in names
            for b in names
            for pair in [(kind[:, None] == a) & (kind[None, :] == b) & other]
        },
    )


def _assortativity(mixing: np.ndarray) -> float:
    total = mixing.sum()
    if not total:
        return float("nan")
    shares = mixing / total
    expected = float(shares.sum(axis=1) @ shares.sum(axis=0))
    return _over(float(np.trace(shares)) - expected, 1 - expected)


def _over(part: float, whole: float) -> float:
    return float(part / whole) if whole else float("nan")
