"""How often one value lies above another: effect sizes for ordered answers."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from evaluation.stats.checks import finite, level
from evaluation.stats.signed_rank import signed_rank
from evaluation.vocabulary.message import pmsg


@dataclass(frozen=True, slots=True)
class Dominance:
    """A difference of two chances, higher less lower.

    Attributes
    ----------
    estimate
        Between -1 and 1; positive when the later values, or the group's, are higher. NaN when nobody changed.
    std_error
        On the scale of the estimate; for `rank_biserial` on that of Fisher's z.
    conf_low, conf_high, conf_level
        Limits within -1 and 1, and confidence.
    superiority
        (1 + estimate) / 2: the chance of a higher value, ties counted half.
    n, n_reference
        Values; those who changed, twice, for `rank_biserial`.
    """

    estimate: float
    std_error: float
    conf_low: float
    conf_high: float
    conf_level: float
    superiority: float
    n: int
    n_reference: int


def rank_biserial(pre: ArrayLike, post: ArrayLike, conf_level: float = 0.95) -> Dominance:
    """Share of the ranks of changes that go upwards, less the share that go downwards.

    Parameters
    ----------
    pre, post
        Earlier and later values of the same people in the same order, shape (n,), at least one pair.
    conf_level
        Confidence, between 0 and 1.

    Returns
    -------
    Dominance
        The effect size that belongs to `signed_rank`; those who did not change are left out.

    Notes
    -----
    r = (sum of ranks up - sum of ranks down) / (n (n + 1) / 2). Limits by Fisher's z with the standard error
    that the sum of ranks has when there is no change: wide for large effects. Large changes
    count more than small ones, unlike in `probability_of_superiority`. Assumes independent people.

    References
    ----------
    kerby2014

    Examples
    --------
    >>> round(rank_biserial([1, 2, 3, 4, 5], [2, 4, 3, 7, 4]).estimate, 3)
    0.7
    """
    found = signed_rank(pre, post, method="normal")
    n = found.n_nonzero
    most = n * (n + 1) / 2
    estimate = 2 * found.statistic / most - 1 if n else float("nan")
    error = float(np.sqrt(n * (n + 1) * (2 * n + 1) / 6) / most) if n else float("nan")
    margin = special.ndtri((1 + level(conf_level)) / 2) * error
    # At -1 and 1 Fisher's z is infinite, and so are both of its limits.
    low, high = (
        np.tanh(np.arctanh(estimate) + np.array([-1, 1]) * margin) if abs(estimate) < 1 else (estimate,) * 2
    )
    return Dominance(estimate, error, float(low), float(high), float(conf_level), (1 + estimate) / 2, n, n)


def cliffs_delta(values: ArrayLike, reference: ArrayLike, conf_level: float = 0.95) -> Dominance:
    """Chance that a value of the group lies above one of the reference, less the chance that it lies below.

    Parameters
    ----------
    values, reference
        Values of two separate groups, shapes (n,) and (m,), two or more each.
    conf_level
        Confidence, between 0 and 1.

    Returns
    -------
    Dominance
        Group against reference.

    Notes
    -----
    Mean of sign(x_i - y_j) over all n m pairs. Unbiased variance [m^2 S(d_i.) + n^2 S(d_.j) - S(d_ij)] /
    (n m (n - 1) (m - 1)), S the sums of squares about the estimate; limits that stay within -1 and
    1, with t on n + m - 2 degrees of freedom. Treats the groups as separate people: for
    two measurements of the same ones it ignores who is who; use `probability_of_superiority`.

    References
    ----------
    cliff1993, feng2004

    Examples
    --------
    >>> cliffs_delta([3, 4, 5, 5], [1, 2, 4, 3]).estimate
    0.75
    """
    x = finite(values, pmsg("argument", "Values"), 2)
    y = finite(reference, pmsg("argument", "Reference values"), 2)
    signs = np.sign(np.round(x[:, None] - y, 10))
    n, m, estimate = x.size, y.size, float(signs.mean())
    rows, columns, cells = (
        float(np.sum((part - estimate) ** 2)) for part in (signs.mean(axis=1), signs.mean(axis=0), signs)
    )
    variance = max((m**2 * rows + n**2 * columns - cells) / (n * m * (n - 1) * (m - 1)), 0.0)
    t = special.stdtrit(n + m - 2, (1 + level(conf_level)) / 2)
    open_part, spread = 1 - estimate**2, t**2 * variance
    middle, margin = estimate * open_part, np.sqrt(spread * (open_part**2 + spread))
    below = open_part + spread
    low, high = ((middle + side * margin) / below if below > 0 else estimate for side in (-1, 1))
    superiority = (1 + estimate) / 2
    return Dominance(
        estimate, float(np.sqrt(variance)), float(low), float(high), float(conf_level), superiority, n, m
    )
