"""Means of groups as they would be if the groups were alike in what the model holds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import studentized_range

from evaluation.stats.checks import as_float, finite, level, pick
from evaluation.stats.multiplicity import holm
from evaluation.stats.student import t_limits, t_p_value
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg, pmsg

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class MarginalMean:
    """A group's mean at what all groups have in common.

    Attributes
    ----------
    level
        The group.
    estimate, std_error, conf_low, conf_high
        In the unit of the outcome.
    df
        Degrees of freedom.
    """

    level: str
    estimate: float
    std_error: float
    conf_low: float
    conf_high: float
    df: float


@dataclass(frozen=True, slots=True)
class MarginalContrast:
    """A difference of two marginal means, the first minus the second.

    Attributes
    ----------
    first, second
        The groups.
    estimate, std_error, df
        In the unit of the outcome.
    p_value, p_tukey, p_holm
        Unadjusted, and adjusted for all pairs.
    """

    first: str
    second: str
    estimate: float
    std_error: float
    df: float
    p_value: float
    p_tukey: float
    p_holm: float


def marginal_means(
    y: ArrayLike,
    group: ArrayLike,
    *,
    factors: Mapping[str, ArrayLike] | None = None,
    covariates: ArrayLike | None = None,
    weights: str = "proportional",
    conf_level: float = 0.95,
) -> tuple[tuple[MarginalMean, ...], tuple[MarginalContrast, ...]]:
    """Mean of each group if the groups were alike in other classifications and in covariates.

    Parameters
    ----------
    y
        Outcome, shape (n,), without missing values.
    group
        The group of each person, shape (n,).
    factors
        Other classifications, each of shape (n,).
    covariates
        Numbers such as the value before, shape (n, q); held at their means.
    weights
        "proportional" weighs the levels of a factor by how many belong to them (the same as predicting
        everyone as if they were in the group: g-computation); "equal" weighs them alike.
    conf_level
        Confidence, between 0 and 1.

    Returns
    -------
    tuple
        Means of the groups in sorted order, and all their differences.

    Notes
    -----
    Least squares without interactions, people independent; for people in companies take
    `equality.adjusted.adjusted_gap`. What happened after the groups came to differ must not be held alike.

    References
    ----------
    searle1980

    Examples
    --------
    >>> means, _ = marginal_means([1.0, 2.0, 3.0, 5.0], ["a", "a", "b", "b"])
    >>> [mean.estimate for mean in means]
    [1.5, 4.0]
    """
    outcome = finite(y, pmsg("argument", "The outcome"))
    weigh = pick(WEIGHTS, weights, pmsg("argument", "The weights"))
    names, own = _indicators(group)
    parts, held = [np.ones((outcome.size, 1)), own], [np.ones(1), None]
    for values in (factors or {}).values():
        _, other = _indicators(values)
        parts.append(other)
        held.append(weigh(other))
    if covariates is not None:
        table = as_float(covariates, pmsg("argument", "The covariates")).reshape(outcome.size, -1)
        parts.append(table)
        held.append(table.mean(axis=0))
    x = np.hstack(parts)
    rows = np.array([np.concatenate([_own(h, i, len(names)) for h in held]) for i in range(len(names))])
    b, covariance, df = _fitted(outcome, x)
    return _means(names, rows, b, covariance, df, level(conf_level)), _contrasts(
        names, rows, b, covariance, df
    )


def _own(held: Array | None, place: int, levels: int) -> Array:
    return np.eye(levels)[place][1:] if held is None else held


def _indicators(values: ArrayLike) -> tuple[list[str], Array]:
    labels = np.asarray(values)
    names = np.unique(labels)
    return [str(name) for name in names], (labels[:, None] == names[None, 1:]).astype(float)


def _proportional(indicators: Array) -> Array:
    return indicators.mean(axis=0)


def _equal(indicators: Array) -> Array:
    return np.full(indicators.shape[1], 1 / (indicators.shape[1] + 1))


WEIGHTS: dict[str, Callable[[Array], Array]] = {"proportional": _proportional, "equal": _equal}
"""How the levels of other classifications are weighed."""


def _fitted(y: Array, x: Array) -> tuple[Array, Array, int]:
    n, p = x.shape
    if n <= p or np.linalg.matrix_rank(x) < p:
        raise EstimationError(
            msg("The groups and what they are made alike in cannot be told apart with {n} people.", n=n)
        )
    inverse = np.linalg.inv(x.T @ x)
    b = inverse @ x.T @ y
    return b, float(((y - x @ b) ** 2).sum()) / (n - p) * inverse, n - p


def _means(
    names: list[str], rows: Array, b: Array, covariance: Array, df: int, conf_level: float
) -> tuple[MarginalMean, ...]:
    found = []
    for name, row in zip(names, rows, strict=True):
        estimate, error = float(row @ b), float(np.sqrt(row @ covariance @ row))
        found.append(MarginalMean(name, estimate, error, *t_limits(estimate, error, df, conf_level), df))
    return tuple(found)


def _contrasts(
    names: list[str], rows: Array, b: Array, covariance: Array, df: int
) -> tuple[MarginalContrast, ...]:
    pairs = list(combinations(range(len(names)), 2))
    weights = np.array([rows[i] - rows[j] for i, j in pairs])
    estimates = weights @ b
    errors = np.sqrt(np.einsum("ci,ij,cj->c", weights, covariance, weights))
    statistics = estimates / errors
    p = np.array([t_p_value(value, df) for value in statistics])
    tukey = studentized_range.sf(np.abs(statistics) * np.sqrt(2), len(names), df)
    return tuple(
        MarginalContrast(names[i], names[j], *map(float, numbers[:2]), df, *map(float, numbers[2:]))
        for (i, j), numbers in zip(
            pairs, zip(estimates, errors, p, np.atleast_1d(tukey), holm(p), strict=True), strict=True
        )
    )
