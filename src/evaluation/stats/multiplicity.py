"""P-values adjusted for the number of questions asked."""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evaluation.stats.checks import as_float
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg

Vector = NDArray[np.float64]


def _adjusted(p_values: ArrayLike, rule: Callable[[Vector], Vector]) -> Vector:
    """Apply a rule for ascending p-values; put the results back, missing ones untouched."""
    values = as_float(p_values, "P-values")
    known = ~np.isnan(values)
    if np.any((values[known] < 0) | (values[known] > 1)):
        raise EstimationError(msg("P-values must lie between 0 and 1."))
    present = values[known]
    order = np.argsort(present, kind="stable")
    adjusted = np.empty_like(present)
    if present.size:
        adjusted[order] = np.clip(rule(present[order]), 0, 1)
    result = np.full(values.shape, np.nan)
    result[known] = adjusted
    return result


def _step_up(values: Vector) -> Vector:
    return np.minimum.accumulate(values[::-1])[::-1]


def bonferroni(p_values: ArrayLike) -> Vector:
    """P-values that keep the risk of any false finding at the level, in the simplest way.

    Parameters
    ----------
    p_values
        P-values of one family of questions, shape (n,); NaN where there was no test.

    Returns
    -------
    numpy.ndarray
        Adjusted p-values in the same order, shape (n,); NaN stays NaN and is not counted.

    Notes
    -----
    n p, at most 1. Holds whatever the dependence; `holm` is never worse.

    References
    ----------
    dunn1961

    Examples
    --------
    >>> bonferroni([0.01, 0.04, 0.03]).round(4).tolist()
    [0.03, 0.12, 0.09]
    """
    return _adjusted(p_values, lambda p: p.size * p)


def sidak(p_values: ArrayLike) -> Vector:
    """P-values that keep the risk of any false finding at the level, for independent tests.

    Parameters
    ----------
    p_values
        P-values of one family of questions, shape (n,); NaN where there was no test.

    Returns
    -------
    numpy.ndarray
        Adjusted p-values in the same order, shape (n,); NaN stays NaN and is not counted.

    Notes
    -----
    1 - (1 - p)^n. Assumes independent (or positively dependent) tests; `holm` needs no assumption.

    References
    ----------
    sidak1967

    Examples
    --------
    >>> sidak([0.01, 0.04, 0.03]).round(4).tolist()
    [0.0297, 0.1153, 0.0873]
    """
    return _adjusted(p_values, lambda p: -np.expm1(p.size * np.log1p(-np.minimum(p, 1 - 1e-16))))


def holm(p_values: ArrayLike) -> Vector:
    """P-values that keep the risk of any false finding at the level; the default for few questions.

    Parameters
    ----------
    p_values
        P-values of one family of questions, shape (n,); NaN where there was no test.

    Returns
    -------
    numpy.ndarray
        Adjusted p-values in the same order, shape (n,); NaN stays NaN and is not counted.

    Notes
    -----
    Running maximum of (n - i + 1) p_(i) over the ascending p-values. Holds whatever the dependence.
    With dozens of exploratory questions use `benjamini_hochberg`.

    References
    ----------
    holm1979

    Examples
    --------
    >>> holm([0.01, 0.04, 0.03]).round(4).tolist()
    [0.03, 0.06, 0.06]
    """
    return _adjusted(p_values, lambda p: np.maximum.accumulate(np.arange(p.size, 0, -1) * p))


def hochberg(p_values: ArrayLike) -> Vector:
    """P-values that keep the risk of any false finding at the level, if tests are not opposed.

    Parameters
    ----------
    p_values
        P-values of one family of questions, shape (n,); NaN where there was no test.

    Returns
    -------
    numpy.ndarray
        Adjusted p-values in the same order, shape (n,); NaN stays NaN and is not counted.

    Notes
    -----
    Running minimum of (n - i + 1) p_(i) from the largest down. Needs tests that are independent or
    positively dependent; otherwise use `holm`.

    References
    ----------
    hochberg1988

    Examples
    --------
    >>> hochberg([0.01, 0.04, 0.03]).round(4).tolist()
    [0.03, 0.04, 0.04]
    """
    return _adjusted(p_values, lambda p: _step_up(np.arange(p.size, 0, -1) * p))


def hommel(p_values: ArrayLike) -> Vector:
    """P-values that keep the risk of any false finding at the level, sharpest if tests are not opposed.

    Parameters
    ----------
    p_values
        P-values of one family of questions, shape (n,); NaN where there was no test.

    Returns
    -------
    numpy.ndarray
        Adjusted p-values in the same order, shape (n,); NaN stays NaN and is not counted.

    Notes
    -----
    The closed test with Simes' rule: the largest, over all families that contain the question, of the
    smallest m p_(j) / j. Same assumption as `hochberg`, never larger.

    References
    ----------
    hommel1988

    Examples
    --------
    >>> hommel([0.01, 0.04, 0.03]).round(4).tolist()
    [0.03, 0.04, 0.04]
    """
    return _adjusted(p_values, _hommel)


def _hommel(p: Vector) -> Vector:
    """Test every family of questions without listing the families.

    Among the families of m questions with a given one, the worst holds the m - 1 largest other
    p-values. Its Simes value is the smaller of m times the given p-value (or of the m-th largest, if
    that is less) and of the least m p / j over the others, which is common to all questions.
    """
    n, result = p.size, p.copy()
    for m in range(2, n + 1):
        others = np.min(m * p[n - m + 1 :] / np.arange(2, m + 1))
        result = np.maximum(result, np.minimum(m * np.minimum(p, p[n - m]), others))
    return result


def benjamini_hochberg(p_values: ArrayLike) -> Vector:
    """P-values that limit the share of false findings among all findings.

    Parameters
    ----------
    p_values
        P-values of one family of questions, shape (n,); NaN where there was no test.

    Returns
    -------
    numpy.ndarray
        Adjusted p-values in the same order, shape (n,); NaN stays NaN and is not counted.

    Notes
    -----
    Running minimum of n p_(i) / i from the largest down. For screening many questions, not for one
    promised result. Needs tests that are independent or positively dependent.

    References
    ----------
    benjamini1995

    Examples
    --------
    >>> benjamini_hochberg([0.01, 0.04, 0.03]).round(4).tolist()
    [0.03, 0.04, 0.04]
    """
    return _adjusted(p_values, lambda p: _step_up(p.size * p / np.arange(1, p.size + 1)))


def benjamini_yekutieli(p_values: ArrayLike) -> Vector:
    """P-values that limit the share of false findings among all findings, whatever the dependence.

    Parameters
    ----------
    p_values
        P-values of one family of questions, shape (n,); NaN where there was no test.

    Returns
    -------
    numpy.ndarray
        Adjusted p-values in the same order, shape (n,); NaN stays NaN and is not counted.

    Notes
    -----
    `benjamini_hochberg` times 1 + 1/2 + ... + 1/n. Cautious; use it when tests pull in opposite directions.

    References
    ----------
    benjamini2001

    Examples
    --------
    >>> benjamini_yekutieli([0.01, 0.04, 0.03]).round(4).tolist()
    [0.055, 0.0733, 0.0733]
    """

    def rule(p: Vector) -> Vector:
        ranks = np.arange(1, p.size + 1)
        return _step_up(p.size * p / ranks * np.sum(1 / ranks))

    return _adjusted(p_values, rule)


ADJUSTMENTS: Mapping[str, Callable[[ArrayLike], Vector]] = {
    "holm": holm,
    "hochberg": hochberg,
    "hommel": hommel,
    "bonferroni": bonferroni,
    "sidak": sidak,
    "benjamini_hochberg": benjamini_hochberg,
    "benjamini_yekutieli": benjamini_yekutieli,
}
