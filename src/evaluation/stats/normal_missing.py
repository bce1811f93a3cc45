"""Means, covariances and regression when some values are missing, under a joint normal model."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from evaluation.stats.checks import as_float
from evaluation.stats.design import Matrix
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg, pmsg

ROUNDS = 20_000
AGREED = 1e-11


@dataclass(frozen=True, slots=True)
class NormalEstimate:
    """Maximum-likelihood estimates of a joint normal model; p columns.

    Attributes
    ----------
    mean
        Shape (p,).
    covariance
        Shape (p, p), with divisor n.
    log_likelihood
        Of all observed values.
    n, n_patterns, n_rounds
        Rows with any value, patterns of missing values, rounds of the algorithm.
    """

    mean: Matrix
    covariance: Matrix
    log_likelihood: float
    n: int
    n_patterns: int
    n_rounds: int


@dataclass(frozen=True, slots=True)
class MissingTest:
    """Test of whether values are missing completely at random.

    Attributes
    ----------
    statistic, df, p_value
        Chi-squared test; NaN with a single pattern.
    n, n_patterns
        Rows with any value, and patterns of missing values.
    """

    statistic: float
    df: int
    p_value: float
    n: int
    n_patterns: int


@dataclass(frozen=True, slots=True)
class NormalRegression:
    """Regression by maximum likelihood with missing outcomes and predictors; p predictors.

    Attributes
    ----------
    intercept, residual_variance
        In the unit of the outcome, and its square.
    coefficients, std_error
        Shape (p,), with standard errors from the observed information.
    predictor_mean
        Shape (p,).
    log_likelihood
        Of all observed values, predictors included.
    n
        Rows with any value.
    """

    intercept: float
    residual_variance: float
    coefficients: Matrix
    std_error: Matrix
    predictor_mean: Matrix
    log_likelihood: float
    n: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """Rows with values in the same columns.

    Attributes
    ----------
    seen
        Numbers of the columns with values, shape (s,).
    hidden
        Numbers of the others.
    values
        Shape (m, s).
    """

    seen: NDArray[np.intp]
    hidden: NDArray[np.intp]
    values: Matrix


def missing_patterns(values: ArrayLike) -> tuple[Pattern, ...]:
    """Rows grouped by which columns have values; rows without any are left out.

    Parameters
    ----------
    values
        Shape (n, p), NaN where missing.

    Returns
    -------
    tuple of Pattern
        At least one; every column has values somewhere.

    Examples
    --------
    >>> [pattern.seen.tolist() for pattern in missing_patterns([[1, 2], [3, np.nan]])]
    [[0], [0, 1]]
    """
    table = as_float(values, pmsg("argument", "The values"))
    seen = ~np.isnan(table)
    if table.ndim != 2 or not np.all(seen.any(axis=0)) or np.any(np.isinf(table)):
        raise EstimationError(msg("Every column needs values, and none of them may be infinite."))
    kinds, number = np.unique(seen, axis=0, return_inverse=True)
    return tuple(
        Pattern(np.flatnonzero(kind), np.flatnonzero(~kind), table[number == i][:, kind])
        for i, kind in enumerate(kinds)
        if kind.any()
    )


def normal_estimate(values: ArrayLike) -> NormalEstimate:
    """Means and covariances that use every answer, also of people with some missing.

    Parameters
    ----------
    values
        Shape (n, p), NaN where missing; rows without any value count for nothing.

    Returns
    -------
    NormalEstimate
        The maximum of the likelihood.

    Notes
    -----
    Expectation-maximisation: missing values are replaced by their mean given the observed ones,
    the covariance of what is missing is added, and both are repeated until no number changes by
    more than 1e-11 of its standard deviation. Assumes that what is missing depends on what was
    observed only. Not with more columns than people can carry.

    References
    ----------
    dempster1977, enders2010

    Examples
    --------
    >>> normal_estimate([[1.0, 2.0], [2.0, 4.5], [3.0, 5.5], [6.0, np.nan]]).mean.round(3).tolist()
    [3.0, 5.75]
    """
    patterns = missing_patterns(values)
    n = sum(len(pattern.values) for pattern in patterns)
    table = as_float(values, pmsg("argument", "The values"))
    mean, covariance = np.nanmean(table, axis=0), np.diag(np.nanvar(table, axis=0))
    if not np.all(np.diag(covariance) > 0):
        raise EstimationError(msg("A column has the same value in every row."), do=msg("Leave it out."))
    scale = np.sqrt(np.diag(covariance))
    for rounds in range(1, ROUNDS + 1):
        new_mean, new_covariance = _step(patterns, mean, covariance, n)
        change = np.abs(new_covariance - covariance) / np.outer(scale, scale)
        settled = max(float(change.max()), float(np.max(np.abs(new_mean - mean) / scale))) < AGREED
        mean, covariance = new_mean, new_covariance
        if settled:
            return NormalEstimate(
                mean, covariance, _log_likelihood(patterns, mean, covariance), n, len(patterns), rounds
            )
    raise EstimationError(
        msg("Too many values are missing together for the model to be estimated."),
        do=msg("Use fewer columns."),
    )


def _step(patterns, mean: Matrix, covariance: Matrix, n: int) -> tuple[Matrix, Matrix]:
    size = mean.size
    total, squares = np.zeros(size), np.zeros((size, size))
    for pattern in patterns:
        filled = np.empty((len(pattern.values), size))
        filled[:, pattern.seen] = pattern.values
        if pattern.hidden.size:
            slopes = _slopes(pattern, covariance)
            gap = pattern.values - mean[pattern.seen]
            filled[:, pattern.hidden] = mean[pattern.hidden] + gap @ slopes
            left = covariance[np.ix_(pattern.hidden, pattern.hidden)] - (
                covariance[np.ix_(pattern.hidden, pattern.seen)] @ slopes
            )
            squares[np.ix_(pattern.hidden, pattern.hidden)] += len(filled) * left
        total += filled.sum(axis=0)
        centred = filled - mean
        squares += centred.T @ centred
    new = total / n
    shift = new - mean
    return new, squares / n - np.outer(shift, shift)


def _slopes(pattern: Pattern, covariance: Matrix) -> Matrix:
    seen = covariance[np.ix_(pattern.seen, pattern.seen)]
    return _solve(seen, covariance[np.ix_(pattern.seen, pattern.hidden)])


def _solve(matrix: Matrix, right: Matrix) -> Matrix:
    try:
        return np.linalg.solve(matrix, right)
    except np.linalg.LinAlgError:
        raise EstimationError(
            msg("The columns repeat one another, so no model of all of them can be estimated."),
            do=msg("Leave out a column that others add up to."),
        ) from None


def _inverse_parts(patterns, mean: Matrix, covariance: Matrix) -> Iterator[tuple[Pattern, Matrix, Matrix]]:
    """For every pattern the inverse covariance of its columns, and its centred values."""
    for pattern in patterns:
        seen = covariance[np.ix_(pattern.seen, pattern.seen)]
        yield pattern, _solve(seen, np.eye(len(seen))), pattern.values - mean[pattern.seen]


def _log_likelihood(patterns, mean: Matrix, covariance: Matrix) -> float:
    total = 0.0
    for _, inverse, gap in _inverse_parts(patterns, mean, covariance):
        constant = len(inverse) * np.log(2 * np.pi) - np.linalg.slogdet(inverse)[1]
        total -= (len(gap) * constant + np.sum((gap @ inverse) * gap)) / 2
    return float(total)


def little_test(values: ArrayLike) -> MissingTest:
    """Whether values are missing completely at random, in all columns at once.

    Parameters
    ----------
    values
        Shape (n, p), NaN where missing.

    Returns
    -------
    MissingTest
        A small p-value says that those with missing values differ in what they did answer.

    Notes
    -----
    sum over patterns of m (mean - mu)' S^-1 (mean - mu) with mu and S from `normal_estimate`, as
    chi-squared with (sum of observed columns over patterns) - p degrees of freedom. Assumes normal
    values and independent people: with people in few firms p is too small. A large p-value does
    not show that the silent are like the others.

    References
    ----------
    little1988

    Examples
    --------
    >>> found = little_test([[1.0, 2.0], [2.0, 4.5], [3.0, 5.5], [6.0, np.nan]])
    >>> round(found.statistic, 3), found.df
    (3.429, 1)
    """
    patterns = missing_patterns(values)
    found = normal_estimate(values)
    statistic, columns = 0.0, 0
    for _, inverse, gap in _inverse_parts(patterns, found.mean, found.covariance):
        away = gap.mean(axis=0)
        statistic += len(gap) * float(away @ inverse @ away)
        columns += away.size
    df = columns - found.mean.size
    p_value = float(special.chdtrc(df, statistic)) if df > 0 else float("nan")
    return MissingTest(statistic if df > 0 else float("nan"), df, p_value, found.n, len(patterns))


def normal_regression(y: ArrayLike, x: ArrayLike) -> NormalRegression:
    """Regression that uses everybody, also those without outcome or with missing predictors.

    Parameters
    ----------
    y
        Outcome, shape (n,), NaN where missing.
    x
        Predictors without a column of ones, shape (n, p), NaN where missing.

    Returns
    -------
    NormalRegression
        Full-information maximum likelihood.

    Notes
    -----
    b = S_xx^-1 s_xy from `normal_estimate` of all columns together; standard errors by the delta
    method from the inverse of the observed information of means and covariances. Assumes a joint
    normal distribution, independent people, and that what is missing depends on what was observed.
    Not for people within few firms: repeat it in a company bootstrap.

    References
    ----------
    enders2010

    Examples
    --------
    >>> found = normal_regression([2.0, 4.5, 5.5, np.nan], [[1.0], [2.0], [3.0], [6.0]])
    >>> found.coefficients.round(3).tolist(), found.n
    ([1.75], 4)
    """
    table = np.column_stack([as_float(x, "x"), as_float(y, "y")])
    found, patterns = normal_estimate(table), missing_patterns(table)
    mean, covariance = found.mean, found.covariance
    inverse = _solve(covariance[:-1, :-1], np.eye(mean.size - 1))
    slopes = inverse @ covariance[:-1, -1]
    information = observed_information(patterns, mean, covariance)
    jacobian = _slope_jacobian(inverse, slopes)
    variance = jacobian @ _solve(information, jacobian.T)
    return NormalRegression(
        intercept=float(mean[-1] - slopes @ mean[:-1]),
        residual_variance=float(covariance[-1, -1] - slopes @ covariance[:-1, -1]),
        coefficients=slopes,
        std_error=np.sqrt(np.diag(variance)),
        predictor_mean=mean[:-1],
        log_likelihood=found.log_likelihood,
        n=found.n,
    )


def _directions(size: int) -> NDArray[np.float64]:
    """Symmetric matrices that each free covariance moves, shape (size (size + 1) / 2, size, size)."""
    rows, columns = np.triu_indices(size)
    moves = np.zeros((rows.size, size, size))
    moves[np.arange(rows.size), rows, columns] = 1.0
    moves[np.arange(rows.size), columns, rows] = 1.0
    return moves


def _slope_jacobian(inverse: Matrix, slopes: Matrix) -> Matrix:
    """How the slopes move with means (not at all) and covariances, shape (p, parameters)."""
    moves = _directions(slopes.size + 1)
    change = moves[:, :-1, -1] - moves[:, :-1, :-1] @ slopes
    return np.hstack([np.zeros((slopes.size, slopes.size + 1)), inverse @ change.T])


def observed_information(patterns: tuple[Pattern, ...], mean: Matrix, covariance: Matrix) -> Matrix:
    """Negative second derivative of the log-likelihood in means and covariances.

    Parameters
    ----------
    patterns
        From `missing_patterns`.
    mean, covariance
        From `normal_estimate`.

    Returns
    -------
    numpy.ndarray
        Square, means first, then the upper triangle of the covariance by rows.

    Notes
    -----
    With A the inverse covariance of a pattern's columns, d its summed and S its squared gaps, and
    E, F two directions: n A for the means, A E A d for mean and covariance, and
    tr(A E A F A S) - n tr(A E A F) / 2 for two covariances.

    References
    ----------
    enders2010

    Examples
    --------
    >>> parts = missing_patterns([[1.0], [3.0]])
    >>> observed_information(parts, np.array([2.0]), np.array([[1.0]])).tolist()
    [[2.0, 0.0], [0.0, 1.0]]
    """
    size = mean.size
    moves = _directions(size)
    total = np.zeros((size + len(moves),) * 2)
    for pattern, inverse, gap in _inverse_parts(patterns, mean, covariance):
        wide = np.zeros((size, size))
        wide[np.ix_(pattern.seen, pattern.seen)] = inverse
        gaps = np.zeros((len(gap), size))
        gaps[:, pattern.seen] = gap
        squares = wide @ (gaps.T @ gaps) @ wide
        cross = wide @ moves @ wide @ gaps.sum(axis=0)
        total[:size, :size] += len(gap) * wide
        total[:size, size:] += cross.T
        total[size:, :size] += cross
        turned, weighed = moves @ wide, moves @ (squares - len(gap) / 2 * wide)
        total[size:, size:] += np.einsum("eij,fji->ef", turned, weighed)
    return total
