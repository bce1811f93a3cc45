"""Whether the means of several groups differ, all at once and in pairs."""

from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import chi2, rankdata, studentized_range
from scipy.stats import f as f_distribution

from evaluation.stats.checks import finite
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg, pmsg


@dataclass(frozen=True, slots=True)
class SeveralGroups:
    """Tests that all groups have one mean, with shares of the variance.

    Attributes
    ----------
    f, p_value
        Analysis of variance.
    eta_squared, omega_squared, epsilon_squared
        Share of the variance between groups, as seen and corrected for chance.
    welch_f, welch_df, welch_p
        For unequal variances; NaN if a group has no spread.
    kruskal_h, kruskal_p, kruskal_epsilon_squared
        By ranks.
    n
        People.
    """

    f: float
    p_value: float
    eta_squared: float
    omega_squared: float
    epsilon_squared: float
    welch_f: float
    welch_df: float
    welch_p: float
    kruskal_h: float
    kruskal_p: float
    kruskal_epsilon_squared: float
    n: int


@dataclass(frozen=True, slots=True)
class GroupPair:
    """Two of several groups, the second minus the first.

    Attributes
    ----------
    first, second
        The groups' labels.
    estimate
        Difference of means.
    tukey_p
        p value after Tukey, one variance for all groups.
    statistic, df, p_value
        After Games and Howell, each group with its own variance; NaN without spread.
    """

    first: str
    second: str
    estimate: float
    tukey_p: float
    statistic: float
    df: float
    p_value: float


def several_groups(values: ArrayLike, group: ArrayLike) -> SeveralGroups:
    """Whether the means of several groups differ beyond chance, and how much of the spread they carry.

    Parameters
    ----------
    values
        Outcome, shape (n,), without missing values.
    group
        The group of each person, shape (n,); two groups or more with two people or more each.

    Returns
    -------
    SeveralGroups
        Tests are NaN without spread within groups.

    Notes
    -----
    Assumes independent people: with people in companies use `wald_htz`. A test that finds nothing does not
    show that groups are alike.

    References
    ----------
    welch1951, kruskal1952, tomczak2014

    Examples
    --------
    >>> round(several_groups([1.0, 2.0, 3.0, 4.0, 5.0, 6.0], list("aabbcc")).eta_squared, 3)
    0.914
    """
    samples = _samples(values, group)
    y = np.concatenate(list(samples.values()))
    n, groups = y.size, len(samples)
    within = sum(float(((own - own.mean()) ** 2).sum()) for own in samples.values())
    total = float(((y - y.mean()) ** 2).sum())
    between, noise = total - within, within / (n - groups)
    excess = between - (groups - 1) * noise
    flat = within <= 1e-14 * max(total, 1e-300)
    f = between / (groups - 1) / noise if not flat else float("nan")
    welch_f, welch_df = _welch(list(samples.values()))
    h = _kruskal(list(samples.values()))
    return SeveralGroups(
        f=f,
        p_value=float(f_distribution.sf(f, groups - 1, n - groups)),
        eta_squared=between / total if total else float("nan"),
        omega_squared=excess / (total + noise) if total else float("nan"),
        epsilon_squared=excess / total if total else float("nan"),
        welch_f=welch_f,
        welch_df=welch_df,
        welch_p=float(f_distribution.sf(welch_f, groups - 1, welch_df)),
        kruskal_h=h,
        kruskal_p=float(chi2.sf(h, groups - 1)),
        kruskal_epsilon_squared=h * (n + 1) / (n**2 - 1),
        n=n,
    )


def group_pairs(values: ArrayLike, group: ArrayLike) -> tuple[GroupPair, ...]:
    """Which of several groups differ from each other, with p values for all pairs together.

    Parameters
    ----------
    values, group
        As in `several_groups`.

    Returns
    -------
    tuple of GroupPair
        All pairs in the sorted order of the labels.

    References
    ----------
    tukey1949, games1976

    Examples
    --------
    >>> [pair.estimate for pair in group_pairs([1.0, 2.0, 3.0, 4.0, 5.0, 6.0], list("aabbcc"))]
    [2.0, 4.0, 2.0]
    """
    samples = _samples(values, group)
    n, groups = sum(own.size for own in samples.values()), len(samples)
    noise = sum(float(((own - own.mean()) ** 2).sum()) for own in samples.values()) / (n - groups)
    return tuple(
        _pair((first, samples[first]), (second, samples[second]), noise, n, groups)
        for first, second in combinations(samples, 2)
    )


def _pair(
    first: tuple[str, np.ndarray], second: tuple[str, np.ndarray], noise: float, n: int, groups: int
) -> GroupPair:
    one, two = first[1], second[1]
    difference = float(two.mean() - one.mean())
    spread = np.sqrt(noise * (1 / one.size + 1 / two.size))
    parts = np.array([one.var(ddof=1) / one.size, two.var(ddof=1) / two.size])
    if not (spread > 0 and parts.sum() > 0):
        return GroupPair(first[0], second[0], difference, *[float("nan")] * 4)
    df = float(parts.sum() ** 2 / (parts**2 / [one.size - 1, two.size - 1]).sum())
    statistic = abs(difference) / np.sqrt(parts.sum())
    return GroupPair(
        first[0],
        second[0],
        difference,
        float(studentized_range.sf(abs(difference) / spread * np.sqrt(2), groups, n - groups)),
        float(statistic),
        df,
        float(studentized_range.sf(statistic * np.sqrt(2), groups, df)),
    )


def _samples(values: ArrayLike, group: ArrayLike) -> dict[str, np.ndarray]:
    y = finite(values, pmsg("argument", "The outcome"))
    labels = np.asarray(group)
    if labels.shape != y.shape:
        raise EstimationError(msg("Every person needs a group."))
    samples = {str(name): y[labels == name] for name in np.unique(labels)}
    if len(samples) < 2 or min(own.size for own in samples.values()) < 2:
        raise EstimationError(msg("A comparison needs two groups or more with two people or more in each."))
    return samples


def _welch(samples: list[np.ndarray]) -> tuple[float, float]:
    variances = np.array([own.var(ddof=1) for own in samples])
    if np.any(variances <= 0):
        return float("nan"), float("nan")
    sizes, means = np.array([own.size for own in samples]), np.array([own.mean() for own in samples])
    weights, groups = sizes / variances, len(samples)
    centre = weights @ means / weights.sum()
    rest = float((((1 - weights / weights.sum()) ** 2) / (sizes - 1)).sum() / (groups**2 - 1))
    f = weights @ (means - centre) ** 2 / (groups - 1) / (1 + 2 * (groups - 2) * rest)
    return float(f), 1 / (3 * rest)


def _kruskal(samples: list[np.ndarray]) -> float:
    ranks = rankdata(np.concatenate(samples))
    n = ranks.size
    _, ties = np.unique(ranks, return_counts=True)
    correction = 1 - (ties**3 - ties).sum() / (n**3 - n)
    starts = np.cumsum([0, *(own.size for own in samples)])
    sums = np.array([ranks[low:high].sum() for low, high in pairwise(starts)])
    h = 12 / (n * (n + 1)) * (sums**2 / np.diff(starts)).sum() - 3 * (n + 1)
    return float(h / correction) if correction > 0 else float("nan")
