"""What is certain about means and differences when some did not answer."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from evaluation.stats.checks import as_float, level
from evaluation.stats.design import Matrix
from evaluation.stats.root import bisect
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg, pmsg


@dataclass(frozen=True, slots=True)
class MeanBounds:
    """What a mean among everyone can be.

    Attributes
    ----------
    estimate
        Mean of those who answered; NaN if nobody did.
    bound_low, bound_high
        Mean if all who are silent had the lowest value, and the highest.
    n, n_total
        Answers, everyone.
    """

    estimate: float
    bound_low: float
    bound_high: float
    n: int
    n_total: int


@dataclass(frozen=True, slots=True)
class DifferenceBounds:
    """What a difference between two arms can be, arm minus reference.

    Attributes
    ----------
    estimate
        Difference among those who answered.
    bound_low, bound_high
        What the difference can be.
    n, n_reference
        Answers in the arm and in the reference arm.
    """

    estimate: float
    bound_low: float
    bound_high: float
    n: int
    n_reference: int


@dataclass(frozen=True, slots=True)
class LeeBounds:
    """Bounds of an effect among those who answer whichever arm they are in.

    Attributes
    ----------
    estimate
        Difference among those who answered, arm minus reference.
    bound_low, bound_high
        What the effect can be.
    share_observed, share_observed_reference
        Answers among everyone in each arm.
    trim_share
        Part of the answers cut from the arm in which more answered.
    trimmed
        "arm" or "reference".
    n_trimmed
        People cut; a whole number when `fractional` is False.
    n, n_reference
        Answers.
    """

    estimate: float
    bound_low: float
    bound_high: float
    share_observed: float
    share_observed_reference: float
    trim_share: float
    trimmed: str
    n_trimmed: float
    n: int
    n_reference: int


def mean_bounds(y: ArrayLike, low: float, high: float) -> MeanBounds:
    """Certain bounds of the mean among everyone, whatever those who are silent would have said.

    Parameters
    ----------
    y
        Values, shape (n,), NaN for those who did not answer.
    low, high
        The lowest and highest value there can be.

    Returns
    -------
    MeanBounds
        As wide as the share of silent people times the length of the scale.

    Notes
    -----
    r m + (1 - r) low and r m + (1 - r) high with r the response rate. No assumption, and no
    chance: it says nothing about people outside the register.

    References
    ----------
    manski1989, horowitz2000

    Examples
    --------
    >>> found = mean_bounds([4.0, 5.0, np.nan], 1, 5)
    >>> round(found.bound_low, 3), round(found.bound_high, 3)
    (3.333, 4.667)
    """
    values = _within(y, low, high)
    seen = values[~np.isnan(values)]
    silent = values.size - seen.size
    return MeanBounds(
        estimate=float(seen.mean()) if seen.size else float("nan"),
        bound_low=float(seen.sum() + silent * low) / values.size,
        bound_high=float(seen.sum() + silent * high) / values.size,
        n=seen.size,
        n_total=values.size,
    )


def _within(y: ArrayLike, low: float, high: float) -> Matrix:
    values = as_float(y, pmsg("argument", "The outcome"))
    if values.ndim != 1 or values.size == 0 or not low <= high:
        raise EstimationError(msg("Bounds need somebody, and a lowest value below the highest."))
    if np.nanmin(values, initial=low) < low or np.nanmax(values, initial=high) > high:
        raise EstimationError(
            msg("A value lies outside {low} to {high}.", low=str(low), high=str(high)),
            do=msg("Give the ends of the scale."),
        )
    return values


def difference_bounds(y: ArrayLike, arm: ArrayLike, low: float, high: float) -> DifferenceBounds:
    """Certain bounds of a difference between two arms, whatever the silent would have said.

    Parameters
    ----------
    y
        Values, shape (n,), NaN for those who did not answer.
    arm
        1 for the arm, 0 for the reference, shape (n,).
    low, high
        The lowest and highest value there can be.

    Returns
    -------
    DifferenceBounds
        Arm minus reference.

    Notes
    -----
    Lower bound of the arm minus upper bound of the reference, and the other way round.

    References
    ----------
    manski1989, horowitz2000

    Examples
    --------
    >>> found = difference_bounds([1.0, np.nan, 0.0, 0.0], [1, 1, 0, 0], 0, 1)
    >>> found.bound_low, found.bound_high
    (0.5, 1.0)
    """
    one, zero = (mean_bounds(part, low, high) for part in _arms(y, arm))
    return DifferenceBounds(
        estimate=one.estimate - zero.estimate,
        bound_low=one.bound_low - zero.bound_high,
        bound_high=one.bound_high - zero.bound_low,
        n=one.n,
        n_reference=zero.n,
    )


def _arms(y: ArrayLike, arm: ArrayLike) -> tuple[Matrix, Matrix]:
    values, arms = as_float(y, pmsg("argument", "The outcome")), as_float(arm, pmsg("argument", "The arms"))
    if values.shape != arms.shape or set(np.unique(arms).tolist()) != {0.0, 1.0}:
        raise EstimationError(msg("The arm must be 1 or 0 for everybody, with people in both."))
    return values[arms == 1], values[arms == 0]


def lee_bounds(y: ArrayLike, arm: ArrayLike, *, fractional: bool = True) -> LeeBounds:
    """Bounds of a difference between two arms in which not equally many answered.

    Parameters
    ----------
    y
        Values, shape (n,), NaN for those who did not answer.
    arm
        1 for the arm, 0 for the reference, shape (n,).
    fractional
        Whether the value at the edge is cut in part, which is exact with ties; otherwise whole
        people are cut, rounded down.

    Returns
    -------
    LeeBounds
        Arm minus reference, among those who would answer in either arm.

    Notes
    -----
    From the arm with the higher response rate the share q = (r1 - r0) / r1 of its answers is cut,
    once from the top and once from the bottom. Assumes arms by chance, and that being in one arm
    never stops anybody from answering who would in the other. Not for one group before and after.

    References
    ----------
    lee2009

    Examples
    --------
    >>> found = lee_bounds([1.0, 2.0, 3.0, 4.0, 2.0, 2.0, np.nan, np.nan], [1, 1, 1, 1, 0, 0, 0, 0])
    >>> found.bound_low, found.bound_high
    (-0.5, 1.5)
    """
    everyone = _arms(y, arm)
    rates = [float(np.mean(~np.isnan(part))) for part in everyone]
    seen = [np.sort(part[~np.isnan(part)]) for part in everyone]
    if not all(part.size for part in seen):
        raise EstimationError(msg("Somebody must have answered in each arm."))
    more = 0 if rates[0] >= rates[1] else 1
    share = (rates[more] - rates[1 - more]) / rates[more]
    cut = seen[more].size * share if fractional else float(np.floor(seen[more].size * share + 1e-9))
    other = float(seen[1 - more].mean())
    ends = [_kept_mean(part, seen[more].size - cut) - other for part in (seen[more], seen[more][::-1])]
    low, high = ends if more == 0 else (-ends[1], -ends[0])
    return LeeBounds(
        estimate=float(seen[0].mean() - seen[1].mean()),
        bound_low=low,
        bound_high=high,
        share_observed=rates[0],
        share_observed_reference=rates[1],
        trim_share=share,
        trimmed=("arm", "reference")[more],
        n_trimmed=cut,
        n=seen[0].size,
        n_reference=seen[1].size,
    )


def _kept_mean(values: Matrix, keep: float) -> float:
    """Mean of the first `keep` values, the last of them in part."""
    weight = np.clip(keep - np.arange(values.size), 0, 1)
    return float(weight @ values / weight.sum())


def bounds_interval(
    bound_low: float, bound_high: float, error_low: float, error_high: float, conf_level: float = 0.95
) -> tuple[float, float]:
    """Limits for a value that is only known to lie between two bounds.

    Parameters
    ----------
    bound_low, bound_high
        The estimated bounds.
    error_low, error_high
        Their standard errors, above 0, for example from a company bootstrap.
    conf_level
        Confidence, between 0 and 1.

    Returns
    -------
    tuple of float
        Limits that hold the value, wherever between the bounds it lies.

    Notes
    -----
    low - c e_low and high + c e_high with Phi(c + (high - low) / max(e)) - Phi(-c) = `conf_level`: c
    lies between the one-sided and the two-sided quantile. Assumes normal bounds.

    References
    ----------
    imbens2004

    Examples
    --------
    >>> [round(limit, 3) for limit in bounds_interval(0.0, 1.0, 0.1, 0.1)]
    [-0.164, 1.164]
    """
    wanted, width = level(conf_level), (bound_high - bound_low) / max(error_low, error_high)
    c = float(bisect(lambda trial: special.ndtr(trial + width) - special.ndtr(-trial) < wanted, 0.0, 10.0))
    return float(bound_low - c * error_low), float(bound_high + c * error_high)
