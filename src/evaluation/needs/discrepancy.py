"""How much more is needed than there is, area by area."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg

Vector = NDArray[np.float64]


def complete_pairs(needed: ArrayLike, current: ArrayLike) -> tuple[Vector, Vector]:
    """Return the answers of those who answered both what is needed and what there is.

    Parameters
    ----------
    needed, current
        Answers of the same people, shape (people,), in steps of the same scale; missing where not answered.

    Raises
    ------
    EstimationError
        If their numbers differ.
    """
    first, second = np.asarray(needed, dtype=float), np.asarray(current, dtype=float)
    if first.shape != second.shape or first.ndim != 1:
        raise EstimationError(
            msg("What is needed and what there is must be answered by the same people."),
            do=msg("Give two columns of the same length."),
        )
    both = ~np.isnan(first) & ~np.isnan(second)
    return first[both], second[both]


def weighted_discrepancy(needed: ArrayLike, current: ArrayLike) -> float:
    """Compute the mean weighted discrepancy of an area: how much is lacking, times how important it is.

    Parameters
    ----------
    needed, current
        As for `complete_pairs`.

    Returns
    -------
    float
        Positive where more is needed than there is; missing without answers.

    Notes
    -----
    The mean of (needed − current), times the mean of what is needed. What everybody finds important weighs
    more, also where little is lacking: read it beside the ranked discrepancy.

    References
    ----------
    borich1980

    Examples
    --------
    >>> weighted_discrepancy([4, 5], [3, 3])
    6.75
    """
    first, second = complete_pairs(needed, current)
    return float((first - second).mean() * first.mean()) if len(first) else float("nan")


@dataclass(frozen=True, slots=True)
class RankedDiscrepancy:
    """How many lack something, how many have more than they need, and how many have as much.

    Attributes
    ----------
    below, above, equal
        Shares of the people.
    n
        How many answered both.
    """

    below: float
    above: float
    equal: float
    n: int

    @property
    def score(self) -> float:
        """Return from −100 (everybody lacks something) to 100 (everybody has more than needed)."""
        return 100 * (self.above - self.below)


def ranked_discrepancy(needed: ArrayLike, current: ArrayLike) -> RankedDiscrepancy:
    """Count how many have less, as much, and more than they need, whatever the size of the difference.

    Parameters
    ----------
    needed, current
        As for `complete_pairs`.

    References
    ----------
    narine2021
    """
    first, second = complete_pairs(needed, current)
    if not len(first):
        return RankedDiscrepancy(float("nan"), float("nan"), float("nan"), 0)
    return RankedDiscrepancy(
        float((second < first).mean()),
        float((second > first).mean()),
        float((second == first).mean()),
        len(first),
    )


def ranks(scores: ArrayLike) -> Vector:
    """Rank areas from the largest need, which is 1; equal ones share the mean of their ranks.

    Parameters
    ----------
    scores
        A score for each area, the largest being the largest need; shape (areas,) or (draws, areas).
    """
    return stats.rankdata(-np.asarray(scores, dtype=float), axis=-1)


@dataclass(frozen=True, slots=True)
class Quadrants:
    """Areas by whether more, and whether less, than usual is needed and there.

    Attributes
    ----------
    needed, current
        The means over areas that divide them.
    names
        For each area `focus` (much needed, little there), `keep` (much of both), `low` (little of both) or
        `enough` (little needed, much there); an area on a dividing line has none ("").
    """

    needed: float
    current: float
    names: tuple[str, ...]


def quadrants(needed: ArrayLike, current: ArrayLike) -> Quadrants:
    """Divide areas by the means over all areas of what is needed and of what there is.

    Parameters
    ----------
    needed, current
        The mean of each area, shape (areas,).

    Notes
    -----
    The dividing lines are the areas' own means, so that some areas always lie in each half: the quadrant
    says which areas stand out from the others, not whether anything is lacking.

    References
    ----------
    martilla1977
    """
    first, second = np.asarray(needed, dtype=float), np.asarray(current, dtype=float)
    middle = float(first.mean()), float(second.mean())
    signs = zip(np.sign(first - middle[0]), np.sign(second - middle[1]), strict=True)
    return Quadrants(*middle, tuple(QUADRANTS.get((int(a), int(b)), "") for a, b in signs))


QUADRANTS = {(1, -1): "focus", (1, 1): "keep", (-1, -1): "low", (-1, 1): "enough"}
