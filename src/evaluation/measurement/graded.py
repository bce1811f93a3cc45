"""Item response: the graded response model, and the two-parameter model for two answers."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special
from scipy.optimize import minimize

from evaluation.measurement.items import Matrix
from evaluation.measurement.ordinal_logit import ordinal_logit
from evaluation.stats.checks import as_float
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg, pmsg

POINTS = np.linspace(-6.0, 6.0, 61)
WEIGHTS = np.exp(-(POINTS**2) / 2) / np.sum(np.exp(-(POINTS**2) / 2))
FIRST_CYCLES = 8
LEAST = 1e-300


@dataclass(frozen=True, slots=True)
class GradedResponse:
    """A fitted graded response model.

    Attributes
    ----------
    discrimination
        How sharply each item tells people apart, shape (k,), logistic metric without 1.702.
    difficulty
        For each item, where on the trait each higher answer reaches one half.
    score
        Expected trait of each person given the answers, shape (n,), in standard deviations.
    score_error
        Posterior standard deviation, shape (n,).
    reliability
        Variance of the scores divided by the same plus the mean squared error.
    log_likelihood
        Of all answers.
    converged
        Whether the search ended at a flat point.
    n
        People.
    """

    discrimination: Matrix
    difficulty: tuple[Matrix, ...]
    score: Matrix
    score_error: Matrix
    reliability: float
    log_likelihood: float
    converged: bool
    n: int


def graded_response(items: ArrayLike) -> GradedResponse:
    """Where on a trait items measure, and where people stand.

    Parameters
    ----------
    items
        Answers, shape (n, k), two or more items; NaN where an answer is missing.

    Returns
    -------
    GradedResponse
        With two answers per item this is the two-parameter logistic model.

    Notes
    -----
    P(answer >= c) = 1 / (1 + exp(-a (trait - b_c))) with a standard normal trait, summed over 61 points
    between -6 and 6. A few EM cycles are followed by quasi-Newton steps on the marginal likelihood, whose
    gradient is that of the E step. Missing answers are taken as missing at random. Assumes one trait and
    independent people; from about 250 people, below that only as a sensitivity analysis.

    References
    ----------
    samejima1969, bock1981, reise1990

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> x = np.digitize(1.5 * rng.normal(size=(500, 1)) + rng.logistic(size=(500, 4)), [-1, 1])
    >>> bool(np.all(abs(graded_response(x).discrimination - 1.5) < 0.6))
    True
    """
    codes = _codes(items)
    shown = [_shown(column) for column in codes.T]
    everything = np.hstack(shown)
    sizes = [part.shape[1] for part in shown]
    start = [_first(part) for part in shown]
    for _ in range(FIRST_CYCLES):
        expected = _expected(everything, _log_shares(start))[1]
        start = [_maximised(part) for part in _split(expected, sizes)]
    free = np.concatenate([_freed(item) for item in start])
    n = len(codes)
    found = minimize(
        lambda theta: _marginal(theta, everything, sizes, n),
        free,
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": 2000, "maxfun": 5000, "ftol": 1e-15, "gtol": 1e-8, "maxcor": 30},
    )
    return _summary(_bound(found.x, sizes), everything, bool(np.max(np.abs(found.jac)) < 1e-5))


def _codes(items: ArrayLike) -> NDArray[np.intp]:
    data = as_float(items, pmsg("argument", "The items"))
    if data.ndim != 2 or data.shape[1] < 2 or not np.any(np.isfinite(data)):
        raise EstimationError(
            msg(
                "The method needs at least {rows} people and {columns} items; found {found}.",
                rows=2,
                columns=2,
                found=str(data.shape),
            )
        )
    codes = np.full(data.shape, -1, dtype=np.intp)
    for place, column in enumerate(data.T):
        known = np.isfinite(column)
        codes[known, place] = np.unique(column[known], return_inverse=True)[1]
        if codes[:, place].max() < 1:
            raise EstimationError(
                msg("An item has the same answer from everybody, so it has no correlations.")
            )
    return codes


def _shown(column: NDArray[np.intp]) -> Matrix:
    """Return 1 where a person gave an answer; rows of zeros where none was given."""
    return (column[:, None] == np.arange(column.max() + 1)).astype(float)


def _first(shown: Matrix) -> Matrix:
    """Return a slope and intercepts to start from, as in the rest of the module: slope first."""
    above = 1 - np.cumsum(shown.sum(axis=0))[:-1] / shown.sum()
    return np.concatenate([[1.0], special.logit(above) * 1.2])


def _item_shares(item: Matrix) -> tuple[Matrix, Matrix]:
    """Return probabilities of the answers at the points, shape (c, points), and of each or higher."""
    above = special.expit(item[0] * POINTS + item[1:, None])
    edges = np.vstack([np.ones(POINTS.size), above, np.zeros(POINTS.size)])
    return np.maximum(edges[:-1] - edges[1:], LEAST), above


def _log_shares(parameters: Sequence[Matrix]) -> Matrix:
    return np.vstack([np.log(_item_shares(item)[0]) for item in parameters])


def _expected(everything: Matrix, log_shares: Matrix) -> tuple[Matrix, Matrix, Matrix]:
    """Return log likelihoods of people, expected answers at the points, and people at the points."""
    logs = everything @ log_shares + np.log(WEIGHTS)
    top = logs.max(axis=1, keepdims=True)
    weight = np.exp(logs - top)
    size = weight.sum(axis=1, keepdims=True)
    posterior = weight / size
    return (top + np.log(size))[:, 0], everything.T @ posterior, posterior


def _split(rows: Matrix, sizes: Sequence[int]) -> list[Matrix]:
    return np.split(rows, np.cumsum(sizes)[:-1])


def _maximised(expected: Matrix) -> Matrix:
    """Return the parameters of one item that fit its expected answers best."""
    found = ordinal_logit(np.maximum(expected.T, 1e-10), POINTS[:, None])
    return np.concatenate([found.slopes, -found.thresholds])


def _freed(item: Matrix) -> Matrix:
    """Return slope, first intercept and logs of the falls between intercepts."""
    return np.concatenate([item[:2], np.log(np.maximum(-np.diff(item[1:]), 1e-6))])


def _bound(theta: Matrix, sizes: Sequence[int]) -> list[Matrix]:
    """Return slope and intercepts of each item."""
    return [
        np.concatenate([part[:1], part[1] - np.concatenate([[0.0], np.cumsum(np.exp(part[2:]))])])
        for part in np.split(theta, np.cumsum(sizes)[:-1])
    ]


def _marginal(theta: Matrix, everything: Matrix, sizes: Sequence[int], n: int) -> tuple[float, Matrix]:
    """Return minus the mean log likelihood of people, and its gradient."""
    items = _bound(theta, sizes)
    shares = [_item_shares(item) for item in items]
    people, expected, _ = _expected(everything, np.vstack([np.log(share) for share, _ in shares]))
    gradient = []
    for answers, (share, above), item in zip(_split(expected, sizes), shares, items, strict=True):
        ratio = answers / share
        slope = above * (1 - above) * (ratio[1:] - ratio[:-1])
        by_intercept = slope.sum(axis=1)
        falls = -np.diff(item[1:])
        later = np.cumsum(by_intercept[::-1])[::-1]
        gradient += [[np.sum(slope @ POINTS)], [later[0]], -later[1:] * falls]
    return float(-people.mean()), -np.concatenate(gradient) / n


def _summary(items: Sequence[Matrix], everything: Matrix, converged: bool) -> GradedResponse:
    turned = np.mean([item[0] for item in items]) < 0
    points = -POINTS if turned else POINTS
    people, _, posterior = _expected(everything, _log_shares(items))
    score = posterior @ points
    error = np.sqrt(np.maximum(posterior @ points**2 - score**2, 0.0))
    sign = -1.0 if turned else 1.0
    return GradedResponse(
        discrimination=np.array([sign * item[0] for item in items]),
        difficulty=tuple(-sign * item[1:] / item[0] for item in items),
        score=score,
        score_error=error,
        reliability=float(score.var(ddof=1) / (score.var(ddof=1) + np.mean(error**2))),
        log_likelihood=float(people.sum()),
        converged=converged,
        n=len(everything),
    )
