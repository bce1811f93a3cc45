"""Two separate groups: odds ratio, and Fisher's exact test."""

import numpy as np
from scipy import special

from evaluation.stats.checks import level
from evaluation.stats.combinatorics import log_choose
from evaluation.stats.root import bisect
from evaluation.stats.two_proportions import ShareRatio, ratio_of, two_groups


def odds_ratio(k: int, n: int, k_reference: int, n_reference: int, conf_level: float = 0.95) -> ShareRatio:
    """How many times as large the odds of a group are, with Woolf's interval.

    Parameters
    ----------
    k, n
        Positive answers and answers in the group.
    k_reference, n_reference
        The same in the reference group.
    conf_level
        Confidence, between 0 and 1.

    Returns
    -------
    ShareRatio
        Limits are 0 and infinity where one of the four counts is 0.

    Notes
    -----
    exp(log o -/+ z sqrt(sum of 1 / count)). Readers take odds ratios for ratios of shares:
    report `koopman` instead unless a model needs odds.

    References
    ----------
    woolf1955

    Examples
    --------
    >>> round(odds_ratio(38, 62, 141, 190).estimate, 3)
    0.55
    """
    counts = two_groups(k, n, k_reference, n_reference)
    z = special.ndtri((1 + level(conf_level)) / 2)
    cells = np.array([k, n - k, k_reference, n_reference - k_reference], dtype=float)
    estimate = ratio_of(cells[0] * cells[3], cells[1] * cells[2])
    if np.any(cells == 0):
        return ShareRatio(estimate, 0.0, float("inf"), conf_level, *counts)
    factor = float(np.exp(z * np.sqrt(np.sum(1 / cells))))
    return ShareRatio(estimate, estimate / factor, estimate * factor, conf_level, *counts)


def fisher_exact(k: int, n: int, k_reference: int, n_reference: int, conf_level: float = 0.95) -> ShareRatio:
    """How surprising the gap between two shares is, by Fisher's exact test, with the odds ratio.

    Parameters
    ----------
    k, n
        Positive answers and answers in the group.
    k_reference, n_reference
        The same in the reference group.
    conf_level
        Confidence, between 0 and 1.

    Returns
    -------
    ShareRatio
        Conditional maximum-likelihood odds ratio, exact limits and the two-sided p-value, which
        adds all tables no more likely than the one observed.

    Notes
    -----
    Both margins are held fixed. Cautious: with small groups the true error is far below the
    level. The interval inverts two one-sided tests, so it can contain 1 when p is below a.

    References
    ----------
    fisher1935, agresti2013

    Examples
    --------
    >>> round(fisher_exact(9, 15, 22, 24).p_value, 4)
    0.037
    """
    counts = two_groups(k, n, k_reference, n_reference)
    tail = (1 - level(conf_level)) / 2
    support = np.arange(max(0, k + k_reference - n_reference), min(n, k + k_reference) + 1)
    weights = log_choose(n, support) + log_choose(n_reference, k + k_reference - support)

    def probabilities(log_odds):
        terms = weights + support * log_odds
        terms = np.exp(terms - terms.max())
        return terms / terms.sum()

    def solve(is_left):
        return float(np.exp(bisect(lambda log_odds: np.array(is_left(probabilities(log_odds))), -60.0, 60.0)))

    first, last = k == support[0], k == support[-1]
    estimate = 0.0 if first else np.inf if last else solve(lambda p: np.sum(p * support) < k)
    low = 0.0 if first else solve(lambda p: p[support >= k].sum() < tail)
    high = np.inf if last else solve(lambda p: p[support <= k].sum() > tail)
    null = probabilities(0.0)
    p_value = float(min(1.0, null[null <= null[support == k] * (1 + 1e-7)].sum()))
    return ShareRatio(
        float("nan") if len(support) == 1 else float(estimate), low, high, conf_level, *counts, p_value
    )
