"""Whether answers in one group tend to be higher than in another, by their order alone."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import norm, rankdata

from evaluation.stats.checks import finite
from evaluation.stats.student import t_limits, t_p_value
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg, pmsg


@dataclass(frozen=True, slots=True)
class RankDifference:
    """How often somebody of a group lies above somebody of the reference group.

    Attributes
    ----------
    estimate, conf_low, conf_high, conf_level
        Chance of lying above, ties counted half; 0.5 is no tendency. Limits after Brunner and Munzel.
    rank_biserial
        Twice the chance less one.
    statistic, df, p_value
        Brunner and Munzel's test, right also for unequal spreads; NaN without spread.
    u_reference
        Mann and Whitney's count for the reference group.
    u_p_value, u_p_continuity
        Its normal approximation with ties, without and with correction for continuity.
    n, n_reference
        People.
    """

    estimate: float
    conf_low: float
    conf_high: float
    conf_level: float
    rank_biserial: float
    statistic: float
    df: float
    p_value: float
    u_reference: float
    u_p_value: float
    u_p_continuity: float
    n: int
    n_reference: int


def rank_difference(group: ArrayLike, reference: ArrayLike, conf_level: float = 0.95) -> RankDifference:
    """Chance that somebody of a group lies above somebody of the reference group.

    Parameters
    ----------
    group, reference
        Values of the people in each group, without missing values; two or more each.
    conf_level
        Confidence, between 0 and 1.

    Returns
    -------
    RankDifference
        Group compared with reference.

    Notes
    -----
    Brunner and Munzel's test allows unequal spreads; Mann and Whitney's asks for equal distributions.
    Both assume independent people: with people in companies use `cluster_inference`.

    References
    ----------
    brunner2000, mann1947

    Examples
    --------
    >>> round(rank_difference([3.0, 4.0, 5.0, 2.0], [1.0, 2.0, 3.0, 2.0]).estimate, 4)
    0.8438
    """
    one = finite(group, pmsg("argument", "The group"), 0)
    two = finite(reference, pmsg("argument", "The reference group"), 0)
    n, m = one.size, two.size
    if min(n, m) < 2:
        raise EstimationError(
            msg(
                "A difference needs at least two people in each group; found {n} and {n_reference}.",
                n=n,
                n_reference=m,
            )
        )
    ranks = rankdata(np.concatenate([one, two]))
    excess, excess_two = ranks[:n] - rankdata(one), ranks[n:] - rankdata(two)
    estimate = float(excess.mean() / m)
    v, v_two = excess.var(ddof=1), excess_two.var(ddof=1)
    error = float(np.sqrt(v / (n * m**2) + v_two / (m * n**2)))
    usable = error if error > 0 else float("nan")
    parts = np.array([n * v, m * v_two])
    df = float(parts.sum() ** 2 / (parts**2 / [n - 1, m - 1]).sum()) if error > 0 else float("nan")
    statistic = (estimate - 0.5) / usable
    low, high = t_limits(estimate, usable, df, conf_level)
    p_plain, p_continuity = _normal_p(estimate * n * m, ranks, n, m)
    return RankDifference(
        estimate=estimate,
        conf_low=low,
        conf_high=high,
        conf_level=float(conf_level),
        rank_biserial=2 * estimate - 1,
        statistic=float(statistic),
        df=df,
        p_value=t_p_value(statistic, df),
        u_reference=(1 - estimate) * n * m,
        u_p_value=p_plain,
        u_p_continuity=p_continuity,
        n=n,
        n_reference=m,
    )


def _normal_p(u: float, ranks: np.ndarray, n: int, m: int) -> tuple[float, float]:
    """Return p of Mann and Whitney's count by the normal distribution, with ties."""
    _, ties = np.unique(ranks, return_counts=True)
    total = n + m
    variance = n * m / 12 * (total + 1 - (ties**3 - ties).sum() / (total * (total - 1)))
    if not variance > 0:
        return float("nan"), float("nan")
    distance = abs(u - n * m / 2)
    return tuple(
        float(min(1.0, 2 * norm.sf(max(distance - step, 0.0) / np.sqrt(variance)))) for step in (0.0, 0.5)
    )
