"""Measurement error of a score, and changes that are larger than it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from evaluation.measurement.items import Matrix
from evaluation.stats.checks import level
from evaluation.stats.paired import pairs
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg


@dataclass(frozen=True, slots=True)
class ReliableChange:
    """Who changed by more than measurement error explains.

    Attributes
    ----------
    std_error_measurement
        Standard deviation of a score around the true one, in steps of the scale.
    std_error_difference
        The same for a difference of two scores.
    smallest_detectable
        The smallest change of one person that counts as reliable at the confidence, same unit.
    index
        Change divided by its standard error, shape (n,).
    n_improved, n_worse, n_unchanged, n
        People.
    reliability_difference
        Share of the variance of the changes that is not error.
    correlation, correlation_true
        Between the two scores, and corrected for unreliability.
    """

    std_error_measurement: float
    std_error_difference: float
    smallest_detectable: float
    index: Matrix
    n_improved: int
    n_worse: int
    n_unchanged: int
    n: int
    reliability_difference: float
    correlation: float
    correlation_true: float


def reliable_change(
    pre: ArrayLike,
    post: ArrayLike,
    reliability: float,
    conf_level: float = 0.95,
    *,
    cut: float | None = None,
) -> ReliableChange:
    """Which people changed by more than measurement error explains.

    Parameters
    ----------
    pre, post
        Scores of the same people in the same order, complete, shape (n,), two or more.
    reliability
        Of the score, from 0 to below 1; omega or alpha of the earlier wave.
    conf_level
        Confidence, between 0 and 1.
    cut
        Index above which a change is reliable; the normal quantile of the level unless given.

    Returns
    -------
    ReliableChange
        Later minus earlier. People are never named: show counts only, and not for small companies.

    Notes
    -----
    index = (post - pre) / (s_pre sqrt(2 (1 - reliability))). Assumes equal error in both waves. With
    nobody changed 2.5 percent would still seem improved at a level of 95. Regression to the mean is
    not removed; for means of groups use `cluster_mean`.

    References
    ----------
    jacobson1991, lord1963

    Examples
    --------
    >>> reliable_change([1.0, 2.0, 3.0], [2.9, 2.1, 3.1], 0.8).n_improved
    1
    """
    before, after = pairs(pre, post, 2)
    if not 0 <= reliability < 1:
        raise EstimationError(
            msg("The reliability must lie from 0 to below 1; found {found}.", found=str(reliability))
        )
    variance, later = before.var(ddof=1), after.var(ddof=1)
    if variance <= 0 or later <= 0:
        raise EstimationError(msg("All scores of a wave are equal, so measurement error is unknown."))
    error = float(np.sqrt(variance * (1 - reliability)))
    index = (after - before) / (np.sqrt(2) * error)
    edge = float(special.ndtri((1 + level(conf_level)) / 2))
    crossed = edge if cut is None else cut
    common = float(np.cov(before, after)[0, 1])
    improved, worse = int(np.sum(index > crossed)), int(np.sum(index < -crossed))
    of_changes = variance + later - 2 * common
    r = common / float(np.sqrt(variance * later))
    return ReliableChange(
        std_error_measurement=error,
        std_error_difference=float(np.sqrt(2) * error),
        smallest_detectable=float(edge * np.sqrt(2) * error),
        index=index,
        n_improved=improved,
        n_worse=worse,
        n_unchanged=before.size - improved - worse,
        n=before.size,
        reliability_difference=_share((variance + later) * reliability - 2 * common, of_changes),
        correlation=r,
        correlation_true=_share(r, reliability),
    )


def _share(part: float, whole: float) -> float:
    return float(part / whole) if whole > 0 else float("nan")
