"""Yes-or-no answers of the same people at several measurements, each compared with themselves only."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evaluation.stats.checks import finite
from evaluation.stats.design import Matrix, model_rows
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg, pmsg

MOST_STEPS = 100
LARGEST_STRATUM = 16


@dataclass(frozen=True, slots=True)
class ConditionalLogit:
    """A logit with a free level for each person; p columns.

    Attributes
    ----------
    coefficients, std_error
        Shape (p,): log odds of yes for each unit of a column, within a person.
    covariance
        Shape (p, p).
    log_likelihood
        Conditional on how many yes each person has.
    n, n_strata
        Rows, and people.
    n_informative
        People with both yes and no: all others drop out.
    """

    coefficients: Matrix
    std_error: Matrix
    covariance: Matrix
    log_likelihood: float
    n: int
    n_strata: int
    n_informative: int


@dataclass(frozen=True, slots=True)
class _Kind:
    """People with the same number of rows and the same number of yes.

    Attributes
    ----------
    observed
        Shape (s, p): columns summed over the rows with yes.
    possible
        Shape (s, c, p): the same for each way to place as many yes.
    """

    observed: Matrix
    possible: Matrix


def conditional_logit(y: ArrayLike, x: ArrayLike, stratum: ArrayLike) -> ConditionalLogit:
    """How much likelier yes is for each unit of a column, comparing every person with themselves.

    Parameters
    ----------
    y
        Answers 0 and 1, shape (n,), without missing values.
    x
        Columns, shape (n, p), without a column of ones; none constant within everyone.
    stratum
        The person of each row, shape (n,), at most 16 rows each.

    Returns
    -------
    ConditionalLogit
        With two rows and one column that marks the later of them, exp(coefficient) is McNemar's odds ratio.

    Notes
    -----
    Maximises the chance of the rows with yes, given how many there are (exact conditional likelihood). Whatever
    does not change in a person cancels, seen or not; so does everyone whose answers are all the same.
    The odds ratio holds within a person. People within firms: the standard error is too small.

    References
    ----------
    chamberlain1980

    Examples
    --------
    >>> person = np.repeat(np.arange(10), 2)
    >>> y = [0, 1] * 6 + [1, 0] * 3 + [1, 1]
    >>> fit = conditional_logit(y, np.array([[0, 1] * 10]).T, person)
    >>> round(float(np.exp(fit.coefficients[0])), 6), fit.n_informative
    (2.0, 9)
    """
    answers, design, person, people = model_rows(finite(y, pmsg("argument", "The outcome")), x, stratum)
    if not np.all(np.isin(answers, (0, 1))):
        raise EstimationError(msg("Answers must be 0 or 1."))
    kinds = _kinds(answers, design, person, people)
    informative = sum(len(kind.observed) for kind in kinds)
    if not informative:
        raise EstimationError(msg("Nobody answered both yes and no, so there is nothing to compare."))
    coefficients, value, information = _maximum(kinds, design.shape[1])
    if np.linalg.matrix_rank(information, tol=1e-9 * max(np.trace(information), 1e-12)) < len(information):
        raise EstimationError(
            msg("Some columns do not vary within people, or tell their answers apart perfectly."),
            do=msg("Leave out columns that do not change in a person."),
        )
    covariance = np.linalg.inv(information)
    errors = np.sqrt(np.diag(covariance))
    return ConditionalLogit(coefficients, errors, covariance, value, answers.size, people, informative)


def _kinds(answers: Matrix, design: Matrix, person: NDArray[np.intp], people: int) -> list[_Kind]:
    rows, positive = np.bincount(person, minlength=people), np.bincount(person, answers, people)
    order = np.argsort(person, kind="stable")
    first = np.concatenate([[0], np.cumsum(rows)[:-1]])
    kinds = []
    for size, yes in sorted({(int(s), int(k)) for s, k in zip(rows, positive, strict=True) if 0 < k < s}):
        if size > LARGEST_STRATUM:
            raise EstimationError(
                msg("One person has {found} rows; at most {most}.", found=size, most=LARGEST_STRATUM)
            )
        chosen = np.flatnonzero((rows == size) & (positive == yes))
        own = order[first[chosen][:, None] + np.arange(size)]
        observed = np.einsum("sr,srp->sp", answers[own], design[own])
        kinds.append(_Kind(observed, np.einsum("cr,srp->scp", _ways(size, yes), design[own])))
    return kinds


def _ways(size: int, yes: int) -> Matrix:
    """Every way to place so many yes in so many rows, shape (c, size)."""
    places = np.array(list(combinations(range(size), yes)))
    table = np.zeros((len(places), size))
    np.put_along_axis(table, places, 1.0, axis=1)
    return table


def _derivatives(kinds: list[_Kind], beta: Matrix) -> tuple[float, Matrix, Matrix]:
    value, gradient, information = 0.0, np.zeros(beta.size), np.zeros((beta.size, beta.size))
    for kind in kinds:
        scores = kind.possible @ beta
        top = scores.max(axis=1, keepdims=True)
        parts = np.exp(scores - top)
        total = parts.sum(axis=1, keepdims=True)
        chance = parts / total
        mean = np.einsum("sc,scp->sp", chance, kind.possible)
        value += float(np.sum(kind.observed @ beta - top[:, 0] - np.log(total[:, 0])))
        gradient += np.sum(kind.observed - mean, axis=0)
        information += np.einsum("sc,scp,scq->pq", chance, kind.possible, kind.possible) - mean.T @ mean
    return value, gradient, information


def _maximum(kinds: list[_Kind], columns: int) -> tuple[Matrix, float, Matrix]:
    """Newton's method; the likelihood is concave."""
    beta = np.zeros(columns)
    value, gradient, information = _derivatives(kinds, beta)
    for _ in range(MOST_STEPS):
        step, size = np.linalg.lstsq(information, gradient, rcond=1e-12)[0], 1.0
        tried = _derivatives(kinds, beta + step)
        while not tried[0] >= value - 1e-12 and size > 1e-8:
            size /= 2
            tried = _derivatives(kinds, beta + size * step)
        beta, done = beta + size * step, np.max(np.abs(size * step)) < 1e-10
        value, gradient, information = tried
        if done:
            break
    return beta, value, information
