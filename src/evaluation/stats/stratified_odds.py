"""Whether two groups have the same odds within strata, such as companies."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import chi2, norm

from evaluation.stats.checks import level, share_counts
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg


@dataclass(frozen=True, slots=True)
class StratifiedOdds:
    """The odds ratio that s strata have in common.

    Attributes
    ----------
    estimate, conf_low, conf_high, conf_level
        Common odds ratio, group over reference, and limits after Robins, Breslow and Greenland.
    statistic, p_value
        Test of no difference within strata, chi-squared with 1 degree of freedom.
    statistic_continuity
        The same with the correction for continuity.
    homogeneity, homogeneity_p
        Breslow and Day: whether the strata have one odds ratio; s - 1 degrees of freedom.
    homogeneity_tarone
        With Tarone's correction.
    crude
        Odds ratio without regard to strata.
    strata
        How many strata say anything.
    """

    estimate: float
    conf_low: float
    conf_high: float
    conf_level: float
    statistic: float
    p_value: float
    statistic_continuity: float
    homogeneity: float
    homogeneity_p: float
    homogeneity_tarone: float
    crude: float
    strata: int


def stratified_odds(
    k: ArrayLike,
    n: ArrayLike,
    k_reference: ArrayLike,
    n_reference: ArrayLike,
    conf_level: float = 0.95,
) -> StratifiedOdds:
    """Whether a group's odds differ from the reference's when each is compared within its stratum.

    Parameters
    ----------
    k, n
        Positive people and people of the group in each stratum, shape (s,).
    k_reference, n_reference
        The same of the reference group.
    conf_level
        Confidence, between 0 and 1.

    Returns
    -------
    StratifiedOdds
        Numbers are NaN where no stratum has both groups and both outcomes.

    Notes
    -----
    Mantel and Haenszel's test and common odds ratio. Strata with one group or one outcome only carry no
    information and are left out. The common ratio is a summary only if the strata have about one ratio.

    References
    ----------
    mantel1959, robins1986, breslow1980, tarone1985

    Examples
    --------
    >>> found = stratified_odds([3, 4], [10, 8], [5, 6], [10, 9])
    >>> round(found.estimate, 3), found.strata
    (0.46, 2)
    """
    level(conf_level)
    (one, size), (two, size_two) = share_counts(k, n), share_counts(k_reference, n_reference)
    if one.shape != two.shape or one.ndim != 1:
        raise EstimationError(msg("Both groups need one count for each stratum."))
    total = size + size_two
    yes = one + two
    tells = (size > 0) & (size_two > 0) & (yes > 0) & (yes < total)
    cells = [values[tells].astype(float) for values in (one, size - one, two, size_two - two, total)]
    if not tells.any():
        nothing = float("nan")
        return StratifiedOdds(*[nothing] * 3, float(conf_level), *[nothing] * 7, 0)
    ratio, error = _common(*cells)
    reach = norm.ppf((1 + conf_level) / 2) * error
    chi, continuity = _mantel_haenszel(*cells)
    day, tarone = _homogeneity(*cells, ratio)
    a, b, c, d = (int(values.sum()) for values in (one, size - one, two, size_two - two))
    return StratifiedOdds(
        estimate=ratio,
        conf_low=float(ratio * np.exp(-reach)),
        conf_high=float(ratio * np.exp(reach)),
        conf_level=float(conf_level),
        statistic=chi,
        p_value=float(chi2.sf(chi, 1)),
        statistic_continuity=continuity,
        homogeneity=day,
        homogeneity_p=float(chi2.sf(day, tells.sum() - 1)) if tells.sum() > 1 else float("nan"),
        homogeneity_tarone=tarone,
        crude=a * d / (b * c) if b * c else float("nan"),
        strata=int(tells.sum()),
    )


Cells = NDArray[np.float64]


def _common(a: Cells, b: Cells, c: Cells, d: Cells, n: Cells) -> tuple[float, float]:
    """Return the common odds ratio and the standard error of its logarithm."""
    r, s, p, q = a * d / n, b * c / n, (a + d) / n, (b + c) / n
    top, bottom = r.sum(), s.sum()
    if not (top > 0 and bottom > 0):
        return (float("nan") if not top else float("inf")) if not bottom else 0.0, float("nan")
    variance = (p @ r) / (2 * top**2) + (p @ s + q @ r) / (2 * top * bottom) + (q @ s) / (2 * bottom**2)
    return float(top / bottom), float(np.sqrt(variance))


def _mantel_haenszel(a: Cells, b: Cells, c: Cells, d: Cells, n: Cells) -> tuple[float, float]:
    expected = (a + b) * (a + c) / n
    spread = ((a + b) * (c + d) * (a + c) * (b + d) / (n**2 * (n - 1))).sum()
    distance = abs((a - expected).sum())
    return float(distance**2 / spread), float(max(distance - 0.5, 0.0) ** 2 / spread)


def _homogeneity(a: Cells, b: Cells, c: Cells, d: Cells, n: Cells, ratio: float) -> tuple[float, float]:
    """Compare each stratum with what the common odds ratio would give with its margins."""
    if not (np.isfinite(ratio) and ratio > 0):
        return float("nan"), float("nan")
    rows, columns = a + b, a + c
    square, linear, constant = (
        1 - ratio,
        n - rows - columns + ratio * (rows + columns),
        -ratio * rows * columns,
    )
    root = np.sqrt(linear**2 - 4 * square * constant)
    expected = 2 * -constant / (linear + root)
    variance = 1 / (
        1 / expected + 1 / (rows - expected) + 1 / (columns - expected) + 1 / (n - rows - columns + expected)
    )
    day = float(((a - expected) ** 2 / variance).sum())
    return day, day - float((a - expected).sum() ** 2 / variance.sum())
