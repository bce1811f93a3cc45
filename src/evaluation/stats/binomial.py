"""Tests of one share against a target."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from evaluation.stats.checks import Counts, Numbers, finite_counts, pick, plain, share_counts
from evaluation.stats.combinatorics import log_choose
from evaluation.stats.finite_population import at_least
from evaluation.stats.proportion import needed_positive
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg, pmsg

# Probabilities closer than this are the same result seen from the two sides.
TIE = 1 + 1e-7


@dataclass(frozen=True, slots=True)
class ProportionTest:
    """A share compared with a target.

    Attributes
    ----------
    estimate
        Share k / n, between 0 and 1.
    reference
        The target, a share.
    statistic
        z for score tests; the number of positive answers for exact tests.
    p_value
        Between 0 and 1.
    k, n
        Positive answers and answers.
    """

    estimate: float
    reference: float
    statistic: float
    p_value: float
    k: int
    n: int


@dataclass(frozen=True, slots=True)
class FiniteTest:
    """A test of a target among everyone registered.

    Attributes
    ----------
    estimate
        Share k / n among the answers.
    reference
        The target, a share.
    p_value
        Probability of so many positive answers if the target was missed by one person.
    k, n, n_total
        Positive answers, answers, registered.
    """

    estimate: Numbers
    reference: float
    p_value: Numbers
    k: Counts
    n: Counts
    n_total: Counts


def _greater(k: int, n: int, target: float) -> float:
    """P(X >= k)."""
    return 1.0 if k == 0 else float(special.betainc(k, n - k + 1, target))


def _less(k: int, n: int, target: float) -> float:
    """P(X <= k)."""
    return 1.0 if k == n else float(special.betaincc(k + 1, n - k, target))


def _central(k: int, n: int, target: float) -> float:
    return min(1.0, 2 * min(_greater(k, n, target), _less(k, n, target)))


def _probabilities(n: int, target: float) -> NDArray[np.float64]:
    counts = np.arange(n + 1)
    return np.exp(
        log_choose(n, counts) + special.xlogy(counts, target) + special.xlog1py(n - counts, -target)
    )


def _min_likelihood(k: int, n: int, target: float) -> float:
    """Both tails, cut where results are no more likely than the one observed."""
    likely = _probabilities(n, target) > _probabilities(n, target)[k] * TIE
    if not likely.any():
        return 1.0
    first, last = np.flatnonzero(likely)[[0, -1]]
    low = _less(first - 1, n, target) if first > 0 else 0.0
    high = _greater(last + 1, n, target) if last < n else 0.0
    return min(1.0, low + high)


def _blaker(k: int, n: int, target: float) -> float:
    """Add the largest opposite tail that is no more likely to the observed tail."""
    tails = (_greater(k, n, target), _less(k, n, target))
    counts = np.arange(n + 1)
    opposite = (
        special.bdtr(counts.astype(float), n, target)
        if tails[0] <= tails[1]
        else np.where(counts == 0, 1.0, special.betainc(np.maximum(counts, 1), n - counts + 1, target))
    )
    smaller = opposite[opposite <= min(tails) * TIE]
    return min(1.0, min(tails) + float(smaller.max(initial=0.0)))


def _mid(k: int, n: int, target: float) -> tuple[float, float]:
    half = _probabilities(n, target)[k] / 2
    return _greater(k, n, target) - half, _less(k, n, target) - half


EXACT_TESTS: Mapping[str, Callable[[int, int, float], float]] = {
    "greater": _greater,
    "less": _less,
    "min_likelihood": _min_likelihood,
    "central": _central,
    "blaker": _blaker,
    "mid_p": lambda k, n, target: min(1.0, 2 * min(_mid(k, n, target))),
    "mid_p_greater": lambda k, n, target: _mid(k, n, target)[0],
    "mid_p_less": lambda k, n, target: _mid(k, n, target)[1],
}


def binomial_test(k: int, n: int, target: float, method: str = "greater") -> ProportionTest:
    """How surprising so many positive answers are if the true share were the target.

    Parameters
    ----------
    k
        Positive answers.
    n
        Answers, one or more.
    target
        The share to compare with, strictly between 0 and 1.
    method
        "greater", "less" (one-sided), "min_likelihood", "central", "blaker" (two-sided),
        "mid_p", "mid_p_greater" or "mid_p_less" (half of the observed result counts).

    Returns
    -------
    ProportionTest
        `statistic` is k.

    Notes
    -----
    Binomial probabilities. "min_likelihood" adds all results no more likely than the one
    observed, "central" doubles the smaller tail, "blaker" adds the largest opposite tail that
    is no more likely. Assumes that people answer independently: not for people within few
    firms, and not when the group is the whole register (then the share is known).

    References
    ----------
    clopper1934, fay2010, blaker2000, lancaster1961

    Examples
    --------
    >>> round(binomial_test(24, 30, 0.7).p_value, 4)
    0.1595
    """
    positive, answers = _one_group(k, n, target)
    p_value = pick(EXACT_TESTS, method, pmsg("argument", "exact test"))(positive, answers, target)
    return ProportionTest(positive / answers, target, float(positive), float(p_value), positive, answers)


def score_test(k: int, n: int, target: float, *, continuity: bool = False) -> ProportionTest:
    """How far the share lies from a target, in standard errors under the target.

    Parameters
    ----------
    k
        Positive answers.
    n
        Answers, one or more.
    target
        The share to compare with, strictly between 0 and 1.
    continuity
        Whether half an answer is given away.

    Returns
    -------
    ProportionTest
        `statistic` is z with the sign of share minus target; `p_value` is two-sided.

    Notes
    -----
    z = (k/n - t) / sqrt(t (1 - t) / n); with continuity |k - n t| is reduced by 1/2, not below
    zero. Agrees with Wilson's interval. For few answers use `binomial_test`.

    References
    ----------
    wilson1927

    Examples
    --------
    >>> round(score_test(24, 30, 0.7).statistic, 3)
    1.195
    """
    positive, answers = _one_group(k, n, target)
    distance = positive - answers * target
    kept = max(abs(distance) - (0.5 if continuity else 0.0), 0.0)
    z = float(np.copysign(kept, distance) / np.sqrt(answers * target * (1 - target)))
    return ProportionTest(positive / answers, target, z, float(2 * special.ndtr(-abs(z))), positive, answers)


def target_test(k: ArrayLike, n: ArrayLike, n_total: ArrayLike, target: float) -> FiniteTest:
    """How surprising so many positive answers are if the register missed the target by one person.

    Parameters
    ----------
    k
        Positive answers, any shape.
    n
        Answers.
    n_total
        Everyone registered, one or more.
    target
        Share to reach, above 0 and at most 1.

    Returns
    -------
    FiniteTest
        One-sided exact p-value of "fewer than the target".

    Notes
    -----
    P(X >= k) when `needed_positive` - 1 of n_total are positive. Same assumptions as
    `hypergeometric`. Not needed when everyone answered: then the share is known.

    References
    ----------
    wright1991

    Examples
    --------
    >>> round(target_test(18, 24, 30, 0.7).p_value, 3)
    0.076
    """
    positive, answers, total = finite_counts(k, n, n_total)
    p_value = at_least(positive, np.asarray(needed_positive(total, target)) - 1, answers, total)
    share = np.where(answers > 0, positive / np.maximum(answers, 1), np.nan)
    return FiniteTest(plain(share), float(target), *map(plain, (p_value, positive, answers, total)))


def cohens_h(share: float, reference: float) -> float:
    """Difference between two shares on a scale where equal steps are equally hard to detect.

    Parameters
    ----------
    share, reference
        Shares between 0 and 1.

    Returns
    -------
    float
        2 asin(sqrt(share)) - 2 asin(sqrt(reference)), between -pi and pi.

    Notes
    -----
    Useful for planning the size of a survey. Report the difference in percentage points to readers.

    References
    ----------
    cohen1988

    Examples
    --------
    >>> round(cohens_h(0.8, 0.7), 3)
    0.232
    """
    if not (0 <= share <= 1 and 0 <= reference <= 1):
        raise EstimationError(
            msg("Shares must lie between 0 and 1; found {found}.", found=f"{share}, {reference}")
        )
    return float(2 * np.arcsin(np.sqrt(share)) - 2 * np.arcsin(np.sqrt(reference)))


def _one_group(k: int, n: int, target: float) -> tuple[int, int]:
    positive, answers = share_counts(k, n)
    if positive.ndim or answers == 0:
        raise EstimationError(msg("A test of a share needs one group with at least one answer."))
    if not 0 < target < 1:
        raise EstimationError(
            msg("The share to compare with must lie between 0 and 1; found {found}.", found=str(target))
        )
    return int(positive), int(answers)
