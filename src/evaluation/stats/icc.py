"""How much of the spread lies between organisations, and what that costs."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import optimize, special

from evaluation.stats.checks import finite, level
from evaluation.stats.cluster_mean import cluster_means
from evaluation.stats.design import Matrix
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg, pmsg


@dataclass(frozen=True, slots=True)
class ClusterIcc:
    """The intraclass correlation of people within organisations, by three methods.

    Attributes
    ----------
    anova, reml, ml
        Share of the variance that lies between clusters. The first can be negative.
    conf_low, conf_high, conf_level
        Limits around the analysis of variance, and confidence.
    statistic, df, df_denominator
        F of the analysis of variance and its degrees of freedom.
    likelihood_ratio, p_value
        2 log of the ratio of likelihoods with and without clusters, and its p-value.
    average_size
        n0, the size of cluster that the analysis of variance works with.
    size_variation
        Standard deviation of the sizes over their mean.
    design_effect, design_effect_unequal
        By how much clustering inflates the variance of a mean, at the mean size, and with the sizes as
        they are.
    effective_n
        Independent people that the sample is worth for a mean: n over the second design effect.
    n, n_clusters
        People and clusters.
    """

    anova: float
    reml: float
    ml: float
    conf_low: float
    conf_high: float
    conf_level: float
    statistic: float
    df: float
    df_denominator: float
    likelihood_ratio: float
    p_value: float
    average_size: float
    size_variation: float
    design_effect: float
    design_effect_unequal: float
    effective_n: float
    n: int
    n_clusters: int


@dataclass(frozen=True, slots=True)
class _Layout:
    """Sizes, means and squares of a one-way layout.

    Attributes
    ----------
    sizes, means
        Shape (g,).
    within, between
        Sums of squares.
    """

    sizes: Matrix
    means: Matrix
    within: float
    between: float


def _layout(values: Matrix, cluster: ArrayLike) -> _Layout:
    found = cluster_means(values, cluster)
    sizes = found.n.astype(np.float64)
    between = float(np.sum(sizes * (found.mean - values.mean()) ** 2))
    return _Layout(sizes, found.mean, float(np.sum((values - values.mean()) ** 2)) - between, between)


def _deviance(icc: float, layout: _Layout, restricted: bool) -> float:
    """-2 log likelihood, up to a constant, with variance and mean at their best given the correlation."""
    ratio = icc / (1 - icc)
    weights = layout.sizes / (1 + layout.sizes * ratio)
    mean = np.sum(weights * layout.means) / weights.sum()
    squares = layout.within + np.sum(weights * (layout.means - mean) ** 2)
    df = layout.sizes.sum() - restricted
    spread = df * np.log(squares / df) + np.sum(np.log1p(layout.sizes * ratio))
    return float(spread + restricted * np.log(weights.sum()))


def _most_likely(layout: _Layout, restricted: bool) -> tuple[float, float]:
    """Correlation with the smallest deviance, from zero up, and how far that lies below zero's."""
    found = optimize.minimize_scalar(
        _deviance, bounds=(0, 1 - 1e-9), args=(layout, restricted), method="bounded", options={"xatol": 1e-10}
    )
    gain = _deviance(0.0, layout, restricted) - float(found.fun)
    return (float(found.x), gain) if gain > 0 else (0.0, 0.0)


def cluster_icc(y: ArrayLike, cluster: ArrayLike, conf_level: float = 0.95) -> ClusterIcc:
    """Share of the differences between people that goes with the organisation they are in.

    Parameters
    ----------
    y
        Values, shape (n,), without missing values.
    cluster
        The organisation of each value, shape (n,); at least two, and one with two people.
    conf_level
        Confidence, between 0 and 1.

    Returns
    -------
    ClusterIcc
        With the design effects that follow from the analysis of variance.

    Notes
    -----
    (MSB - MSW) / (MSB + (n0 - 1) MSW), n0 = (n - sum of squared sizes / n) / (g - 1), with limits from F,
    exact when clusters are equal in size and values normal. Maximum likelihood stops at zero; the p-value is
    half of chi-squared with 1 degree of freedom. With about 30 clusters the limits are wide: do not
    use the estimate to decide whether clustering can be ignored. It cannot.

    References
    ----------
    searle1971, kish1965, self1987

    Examples
    --------
    >>> round(cluster_icc([1.0, 2.0, 4.0, 5.0, 3.0, 3.5], list("aabbcc")).anova, 3)
    0.847
    """
    values = finite(y, pmsg("argument", "The outcome"))
    layout = _layout(values, cluster)
    n, g = values.size, layout.sizes.size
    if n == g or not layout.within > 0:
        raise EstimationError(
            msg("People within one organisation do not differ, so there is nothing to compare with.")
        )
    between, within = layout.between / (g - 1), layout.within / (n - g)
    average = (n - np.sum(layout.sizes**2) / n) / (g - 1)
    f = between / within
    tails = np.array([1 + level(conf_level), 1 - conf_level]) / 2
    low, high = ((f / q - 1) / (f / q + average - 1) for q in special.fdtri(g - 1, n - g, tails))
    ml, gain = _most_likely(layout, restricted=False)
    icc = (f - 1) / (f + average - 1)
    unequal = 1 + (np.sum(layout.sizes**2) / n - 1) * icc
    return ClusterIcc(
        anova=float(icc),
        reml=_most_likely(layout, restricted=True)[0],
        ml=ml,
        conf_low=float(low),
        conf_high=float(high),
        conf_level=float(conf_level),
        statistic=float(f),
        df=g - 1.0,
        df_denominator=float(n - g),
        likelihood_ratio=gain,
        p_value=float(special.chdtrc(1, gain) / 2) if gain > 0 else 1.0,
        average_size=float(average),
        size_variation=float(layout.sizes.std(ddof=1) / layout.sizes.mean()),
        design_effect=float(1 + (n / g - 1) * icc),
        design_effect_unequal=float(unequal),
        effective_n=float(n / unequal),
        n=n,
        n_clusters=g,
    )
