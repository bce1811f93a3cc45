"""Change between two measurements of the same people, by its direction alone."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from evaluation.stats.checks import level
from evaluation.stats.proportion import clopper_pearson
from evaluation.stats.signed_rank import rounded_changes


@dataclass(frozen=True, slots=True)
class SignTest:
    """The sign test, with the share who rose among those who changed, and the median change.

    Attributes
    ----------
    share_up
        Share who rose among those who changed; NaN when nobody changed.
    share_low, share_high
        Its Clopper-Pearson limits.
    median
        Median of all changes, in the unit of the scale.
    median_low, median_high
        Its limits, two of the changes; infinite with too few pairs.
    median_coverage
        The confidence that the limits of the median really have; NaN with too few pairs.
    conf_level
        Confidence asked for.
    p_value, p_greater, p_less
        Two-sided, and of changes upwards and downwards.
    n_up, n_tied, n_down, n
        People who rose, stayed, fell, and all pairs.
    """

    share_up: float
    share_low: float
    share_high: float
    median: float
    median_low: float
    median_high: float
    median_coverage: float
    conf_level: float
    p_value: float
    p_greater: float
    p_less: float
    n_up: int
    n_tied: int
    n_down: int
    n: int


def sign_test(pre: ArrayLike, post: ArrayLike, conf_level: float = 0.95) -> SignTest:
    """Whether more people rose than fell, and by how much the middle person changed.

    Parameters
    ----------
    pre, post
        Earlier and later values of the same people in the same order, shape (n,), at least one pair.
    conf_level
        Confidence, between 0 and 1.

    Returns
    -------
    SignTest
        p-values are 1 when nobody changed.

    Notes
    -----
    Rises among changes are binomial with one half. The limits of the median are the c-th smallest and
    c-th largest change, c the lower quantile of the binomial of all pairs. Asks nothing of the
    distribution, which makes it weak; assumes independent people. Not for people within few firms.

    References
    ----------
    conover1999, clopper1934

    Examples
    --------
    >>> found = sign_test([1, 2, 3, 4, 5], [2, 4, 3, 7, 9])
    >>> found.n_up, found.n_down, found.p_value
    (4, 0, 0.125)
    """
    change = rounded_changes(pre, post)
    rose, fell = int(np.count_nonzero(change > 0)), int(np.count_nonzero(change < 0))
    moved = rose + fell
    shares = clopper_pearson(rose, moved, level(conf_level))
    up, down = (float(special.bdtr(float(moved - k), moved, 0.5)) for k in (rose, fell))
    low, high, coverage = _median_limits(np.sort(change), (1 - conf_level) / 2)
    return SignTest(
        share_up=rose / moved if moved else float("nan"),
        share_low=float(shares.conf_low) if moved else float("nan"),
        share_high=float(shares.conf_high) if moved else float("nan"),
        median=float(np.median(change)),
        median_low=low,
        median_high=high,
        median_coverage=coverage,
        conf_level=float(conf_level),
        p_value=min(1.0, 2 * min(up, down)),
        p_greater=up,
        p_less=down,
        n_up=rose,
        n_tied=change.size - moved,
        n_down=fell,
        n=change.size,
    )


def _median_limits(ordered: np.ndarray, tail: float) -> tuple[float, float, float]:
    n = ordered.size
    inwards = int(np.searchsorted(special.bdtr(np.arange(n + 1.0), n, 0.5), tail))
    if inwards == 0:
        return -np.inf, np.inf, float("nan")
    coverage = 1 - 2 * special.bdtr(inwards - 1.0, n, 0.5)
    return float(ordered[inwards - 1]), float(ordered[-inwards]), float(coverage)
