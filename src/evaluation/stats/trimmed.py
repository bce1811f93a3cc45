"""Change between trimmed means, which a few extreme answers cannot move."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evaluation.stats.checks import level
from evaluation.stats.design import Matrix
from evaluation.stats.paired import ROUNDING, pairs
from evaluation.stats.student import t_limits, t_p_value
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg


@dataclass(frozen=True, slots=True)
class TrimmedChange:
    """Yuen's test of a change between trimmed means.

    Attributes
    ----------
    estimate
        Trimmed mean later minus trimmed mean earlier, in the unit of the scale.
    std_error, statistic, df, p_value
        With h - 1 degrees of freedom, h the pairs left after trimming; NaN without spread.
    conf_low, conf_high, conf_level
        Limits and confidence.
    mean_pre, mean_post
        The trimmed means.
    trim
        Share cut off at each end.
    n, n_kept
        Pairs, and values left in each mean.
    """

    estimate: float
    std_error: float
    statistic: float
    df: float
    p_value: float
    conf_low: float
    conf_high: float
    conf_level: float
    mean_pre: float
    mean_post: float
    trim: float
    n: int
    n_kept: int


def yuen(pre: ArrayLike, post: ArrayLike, conf_level: float = 0.95, *, trim: float = 0.2) -> TrimmedChange:
    """Change between the trimmed means of the earlier and the later measurement.

    Parameters
    ----------
    pre, post
        Earlier and later values of the same people in the same order, shape (n,), without missing values.
    conf_level
        Confidence, between 0 and 1.
    trim
        Share cut off at each end, from 0 to below 0.5.

    Returns
    -------
    TrimmedChange
        Later minus earlier.

    Notes
    -----
    Each measurement is trimmed by itself, so this is not the trimmed mean of the changes. se^2 =
    (n - 1) (s1 + s2 - 2 s12) / (h (h - 1)) with winsorised variances and covariance. Without
    trimming it is `paired_t`. Assumes independent people.

    References
    ----------
    yuen1974, wilcox2017

    Examples
    --------
    >>> found = yuen([1, 2, 3, 4, 9], [2, 4, 4, 5, 30])
    >>> round(found.estimate, 3), found.df
    (1.333, 2.0)
    """
    before, after = pairs(pre, post, minimum=2)
    cut = int(np.floor(trim * before.size + 1e-9)) if 0 <= trim < 0.5 else before.size
    kept = before.size - 2 * cut
    if kept < 2:
        raise EstimationError(
            msg("Cutting off {trim} at each end leaves fewer than two values.", trim=str(trim)),
            do=msg("Give a share from 0 to below 0.5."),
        )
    means = [float(np.sort(values)[cut : cut + kept].mean()) for values in (before, after)]
    gap = _winsorised(after, cut) - _winsorised(before, cut)
    error = float(np.sqrt(np.sum((gap - gap.mean()) ** 2) / (kept * (kept - 1))))
    estimate, df = means[1] - means[0], kept - 1.0
    used = error if error > ROUNDING * max(np.abs(before).max(), np.abs(after).max()) else float("nan")
    low, high = t_limits(estimate, used, df, level(conf_level))
    return TrimmedChange(
        estimate=estimate,
        std_error=error if used == used else 0.0,
        statistic=estimate / used,
        df=df,
        p_value=t_p_value(estimate / used, df),
        conf_low=low,
        conf_high=high,
        conf_level=float(conf_level),
        mean_pre=means[0],
        mean_post=means[1],
        trim=float(trim),
        n=before.size,
        n_kept=kept,
    )


def _winsorised(values: Matrix, cut: int) -> Matrix:
    """Draw the values that are cut off in to the nearest ones that are kept."""
    ordered = np.sort(values)
    return np.clip(values, ordered[cut], ordered[values.size - 1 - cut])
