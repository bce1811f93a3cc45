"""Standardised change and difference: how large, in standard deviations or in order."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from evaluation.stats.checks import Numbers, level, pick, plain
from evaluation.stats.paired import ROUNDING, pairs, tango
from evaluation.stats.student import noncentrality_limits
from evaluation.vocabulary.message import pmsg


@dataclass(frozen=True, slots=True)
class EffectSize:
    """A standardised change or difference with its interval.

    Attributes
    ----------
    estimate
        In standard deviations; positive when the later values, or the group's, are higher. NaN
        without spread.
    conf_low, conf_high
        Limits, same unit.
    conf_level
        Confidence.
    df
        Degrees of freedom of the interval and of the correction.
    corrected
        Whether Hedges' correction for small samples is in.
    n
        Pairs, or people in both groups.
    """

    estimate: float
    conf_low: float
    conf_high: float
    conf_level: float
    df: float
    corrected: bool
    n: int


@dataclass(frozen=True, slots=True)
class Superiority:
    """The chance that a person is higher later than earlier.

    Attributes
    ----------
    estimate
        Share who rose plus half of those unchanged, between 0 and 1; 0.5 means no tendency.
    conf_low, conf_high, conf_level
        Limits of the chance, and confidence.
    n_up, n_tied, n_down, n
        People who rose, stayed, fell, and all pairs.
    """

    estimate: float
    conf_low: float
    conf_high: float
    conf_level: float
    n_up: int
    n_tied: int
    n_down: int
    n: int


def hedges_correction(df: ArrayLike) -> Numbers:
    """Factor that takes away the excess of a standardised effect in small samples.

    Parameters
    ----------
    df
        Degrees of freedom of the standard deviation, above 1; any shape.

    Returns
    -------
    float or numpy.ndarray
        Between 0 and 1; 0 at 1 degree of freedom, NaN below.

    Notes
    -----
    J = gamma(df / 2) / (sqrt(df / 2) gamma((df - 1) / 2)), exact for normal values. The familiar
    1 - 3 / (4 df - 1) is an approximation of it.

    References
    ----------
    hedges1981

    Examples
    --------
    >>> round(hedges_correction(9), 4)
    0.9139
    """
    freedom = np.asarray(df, dtype=np.float64)
    valid = np.where(freedom > 1, freedom, 2.0)
    factor = np.exp(special.gammaln(valid / 2) - np.log(valid / 2) / 2 - special.gammaln((valid - 1) / 2))
    return plain(np.where(freedom > 1, factor, np.where(freedom == 1, 0.0, np.nan)))


def _spread(values: NDArray[np.float64]) -> float:
    return float(values.std(ddof=1))


def _within_person(pre: NDArray[np.float64], post: NDArray[np.float64]) -> float:
    product = _spread(pre) * _spread(post)
    shared = float(np.cov(pre, post)[0, 1]) / product if product > 0 else float("nan")
    return _spread(post - pre) / np.sqrt(2 * (1 - shared)) if shared < 1 else float("nan")


PAIRED_STANDARDISERS: Mapping[str, Callable[[NDArray[np.float64], NDArray[np.float64]], float]] = {
    "change": lambda pre, post: _spread(post - pre),
    "root_mean_variance": lambda pre, post: float(np.sqrt((pre.var(ddof=1) + post.var(ddof=1)) / 2)),
    "mean_of_sds": lambda pre, post: (_spread(pre) + _spread(post)) / 2,
    "within_person": _within_person,
    "earlier": lambda pre, post: _spread(pre),
}


def _paired_effect(pre, post, standardiser: str, conf_level: float, corrected: bool) -> EffectSize:
    """Mean change over a standard deviation, with the noncentral interval of d_z rescaled."""
    before, after = pairs(pre, post, minimum=2)
    change = after - before
    df, size = change.size - 1.0, max(np.abs(before).max(), np.abs(after).max())
    unit = pick(PAIRED_STANDARDISERS, standardiser, pmsg("argument", "standardiser"))(before, after)
    unit = unit if unit > ROUNDING * size else float("nan")
    spread = _spread(change)
    error = spread / np.sqrt(change.size) if spread > ROUNDING * size else float("nan")
    mean, factor = float(change.mean()), hedges_correction(df) if corrected else 1.0
    low, high = noncentrality_limits(mean / error, df, level(conf_level))
    rescaled = (factor * value / unit for value in (mean, low * error, high * error))
    return EffectSize(*map(float, rescaled), float(conf_level), df, corrected, change.size)


def d_z(pre: ArrayLike, post: ArrayLike, conf_level: float = 0.95, *, corrected: bool = False) -> EffectSize:
    """Mean change in standard deviations of the change.

    Parameters
    ----------
    pre, post
        Earlier and later values of the same people in the same order, shape (n,), two or more.
    conf_level
        Confidence, between 0 and 1.
    corrected
        Whether to multiply estimate and limits by `hedges_correction(n - 1)`, giving g_z.

    Returns
    -------
    EffectSize
        NaN when everyone changed equally.

    Notes
    -----
    mean(post - pre) / sd(post - pre), with an exact interval from the noncentral t
    distribution. It grows with the correlation between the measurements, so it cannot be
    compared with effects of studies with separate groups: report `d_average` for that.
    Assumes independent people and normal changes.

    References
    ----------
    lakens2013, cumming2012, hedges1981

    Examples
    --------
    >>> round(d_z([1.0, 2.0, 3.0], [2.0, 4.0, 3.5]).estimate, 3)
    1.528
    """
    return _paired_effect(pre, post, "change", conf_level, corrected)


def d_average(
    pre: ArrayLike,
    post: ArrayLike,
    conf_level: float = 0.95,
    *,
    standardiser: str = "root_mean_variance",
    corrected: bool = False,
) -> EffectSize:
    """Mean change in standard deviations between people, averaged over both measurements.

    Parameters
    ----------
    pre, post
        Earlier and later values of the same people in the same order, shape (n,), two or more.
    conf_level
        Confidence, between 0 and 1.
    standardiser
        "root_mean_variance": sqrt((v1 + v2) / 2). "mean_of_sds": (s1 + s2) / 2. Studies differ
        in which they use; the first is never smaller.
    corrected
        Whether to multiply estimate and limits by `hedges_correction(n - 1)`, giving g_av.

    Returns
    -------
    EffectSize
        The estimate is NaN when nobody differs from anyone, the limits also when everyone
        changed equally.

    Notes
    -----
    The limits are those of `d_z`, rescaled by sd(post - pre) over the standardiser: they treat
    that ratio as known, which is good from about 20 pairs on. Assumes independent people.

    References
    ----------
    lakens2013, algina2003, hedges1981

    Examples
    --------
    >>> round(d_average([1.0, 2.0, 3.0], [2.0, 4.0, 3.5]).estimate, 3)
    1.143
    """
    return _paired_effect(pre, post, standardiser, conf_level, corrected)


def d_rm(pre: ArrayLike, post: ArrayLike, conf_level: float = 0.95, *, corrected: bool = False) -> EffectSize:
    """Mean change in standard deviations between people, worked out from the change itself.

    Parameters
    ----------
    pre, post
        Earlier and later values of the same people in the same order, shape (n,), two or more.
    conf_level
        Confidence, between 0 and 1.
    corrected
        Whether to multiply estimate and limits by `hedges_correction(n - 1)`.

    Returns
    -------
    EffectSize
        NaN when one of the measurements has no spread, or when everyone changed equally.

    Notes
    -----
    d_z sqrt(2 (1 - r)), r the correlation of the measurements. Equals `d_average` when both
    have the same variance. The limits are those of `d_z` on the same scale.

    References
    ----------
    morris2002, lakens2013

    Examples
    --------
    >>> round(d_rm([1.0, 2.0, 3.0], [2.0, 4.0, 3.5]).estimate, 3)
    1.142
    """
    return _paired_effect(pre, post, "within_person", conf_level, corrected)


def glass_delta(
    pre: ArrayLike, post: ArrayLike, conf_level: float = 0.95, *, corrected: bool = False
) -> EffectSize:
    """Mean change in standard deviations between people before the programme.

    Parameters
    ----------
    pre, post
        Earlier and later values of the same people in the same order, shape (n,), two or more.
    conf_level
        Confidence, between 0 and 1.
    corrected
        Whether to multiply estimate and limits by `hedges_correction(n - 1)`.

    Returns
    -------
    EffectSize
        The estimate is NaN when nobody differed before, the limits also when everyone changed equally.

    Notes
    -----
    mean(post - pre) / sd(pre). To be preferred when the programme changes the spread, too; not
    when people were chosen for a narrow range of earlier values. Limits as in `d_average`.

    References
    ----------
    glass1976, becker1988

    Examples
    --------
    >>> round(glass_delta([1.0, 2.0, 3.0], [2.0, 4.0, 3.5]).estimate, 3)
    1.167
    """
    return _paired_effect(pre, post, "earlier", conf_level, corrected)


def probability_of_superiority(pre: ArrayLike, post: ArrayLike, conf_level: float = 0.95) -> Superiority:
    """Chance that a person is higher at the later measurement than at the earlier one.

    Parameters
    ----------
    pre, post
        Earlier and later values of the same people in the same order, shape (n,), at least one
        pair. Round scale means first: 10/3 is not the same number by every route.
    conf_level
        Confidence, between 0 and 1.

    Returns
    -------
    Superiority
        Between 0 and 1.

    Notes
    -----
    P(up) + P(unchanged) / 2. Only the order counts, so it suits single items with ordered
    answers. The limits are those of `tango`, (1 + D) / 2. Assumes independent people.

    References
    ----------
    grissom1994, tango1998

    Examples
    --------
    >>> probability_of_superiority([1, 2, 3, 3], [2, 2, 4, 2]).estimate
    0.625
    """
    before, after = pairs(pre, post)
    rose, fell = int(np.count_nonzero(after > before)), int(np.count_nonzero(after < before))
    change = tango(rose, fell, before.size, conf_level)
    chances = ((1 + value) / 2 for value in (change.estimate, change.conf_low, change.conf_high))
    return Superiority(*chances, change.conf_level, rose, before.size - rose - fell, fell, before.size)
