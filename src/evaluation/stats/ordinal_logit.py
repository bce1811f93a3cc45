"""Ordered answers explained by a model: the cumulative logit."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from evaluation.stats.checks import as_float, finite
from evaluation.stats.design import Matrix, orthonormal_columns
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg, pmsg

MOST_STEPS = 200
# A gain in log likelihood that is no gain, and a standard error that says "infinite estimate".
SETTLED = 1e-11
ENDLESS = 100.0
SMALLEST = 1e-300


@dataclass(frozen=True, slots=True)
class OrdinalFit:
    """A cumulative logit model; k categories, p columns.

    Attributes
    ----------
    thresholds
        Shape (k - 1,), on the logit scale, ascending.
    coefficients
        Shape (p,): log odds of a higher answer for each unit of a column.
    nominal
        Shape (k - 1, q): log odds of an answer above each threshold, for columns without one common effect.
    threshold_errors, std_error
        Standard errors of thresholds and coefficients.
    covariance
        Of thresholds, nominal effects (threshold by threshold) and coefficients, in this order.
    log_likelihood
        At the estimates.
    determined
        Whether every estimate is finite; False when a column tells some answers apart perfectly.
    categories
        The answers that occur, ascending, shape (k,).
    n
        People.
    """

    thresholds: Matrix
    coefficients: Matrix
    nominal: Matrix
    threshold_errors: Matrix
    std_error: Matrix
    covariance: Matrix
    log_likelihood: float
    determined: bool
    categories: Matrix
    n: int


@dataclass(frozen=True, slots=True)
class OrdinalRows:
    """Rows of a cumulative model; n rows, m parameters.

    Attributes
    ----------
    upper, lower
        Shape (n, m): what the parameters are multiplied by at the threshold above and below an answer.
    highest, lowest
        Shape (n,): whether there is no threshold above or below.
    start
        Parameters to start from, shape (m,).
    categories
        Shape (k,).
    """

    upper: Matrix
    lower: Matrix
    highest: NDArray[np.bool_]
    lowest: NDArray[np.bool_]
    start: Matrix
    categories: Matrix

    def edges(self, parameters: Matrix) -> tuple[Matrix, Matrix]:
        """Logits at both thresholds of every answer, infinite where there is none."""
        above = np.where(self.highest, np.inf, self.upper @ parameters)
        below = np.where(self.lowest, -np.inf, self.lower @ parameters)
        return above, below


def ordinal_rows(y: ArrayLike, x: ArrayLike, nominal: ArrayLike | None = None) -> OrdinalRows:
    """Rows of a cumulative model, checked.

    Parameters
    ----------
    y
        Ordered answers as numbers, shape (n,), at least two different.
    x
        Columns with one effect at all thresholds, shape (n, p), without a column of ones; p may be 0.
    nominal
        Columns with an effect of their own at each threshold, shape (n, q), or None.

    Returns
    -------
    OrdinalRows
        To be passed to a likelihood.

    Examples
    --------
    >>> ordinal_rows([1, 2, 3], np.empty((3, 0))).start.size
    2
    """
    answers = finite(y, pmsg("argument", "The outcome"), 2)
    categories, place = np.unique(answers, return_inverse=True)
    columns = as_float(x, "The columns of the model")
    free = np.empty((answers.size, 0)) if nominal is None else as_float(nominal, "The columns of the model")
    together = (
        np.hstack([np.ones((answers.size, 1)), free, columns]) if len(columns) == answers.size else columns
    )
    if categories.size < 2 or len(columns) != answers.size or not np.all(np.isfinite(together)):
        raise EstimationError(
            msg(
                "An ordinal model needs two different answers and complete columns with a row for each answer."
            )
        )
    orthonormal_columns(together)
    inner = categories.size - 1
    steps = np.eye(inner)

    def design(threshold: NDArray[np.intp]) -> Matrix:
        at = steps[np.clip(threshold, 0, inner - 1)]
        own = -(at[:, :, None] * free[:, None, :]).reshape(len(at), -1)
        return np.hstack([at, own, -columns])

    shares = np.cumsum(np.bincount(place))[:-1] / answers.size
    start = np.concatenate([special.logit(shares), np.zeros(inner * free.shape[1] + columns.shape[1])])
    return OrdinalRows(design(place), design(place - 1), place == inner, place == 0, start, categories)


def log_chance(above: Matrix, below: Matrix) -> Matrix:
    """Logarithm of the chance of an answer between two logits.

    Parameters
    ----------
    above, below
        Logits at the thresholds above and below, any shape; infinite at the ends.

    Returns
    -------
    numpy.ndarray
        Same shape.

    Examples
    --------
    >>> round(float(np.exp(log_chance(np.array(0.0), np.array(-np.inf)))), 3)
    0.5
    """
    # The chance is taken in the lower tail, where differences lose no digits.
    high = below > 0
    upper, lower = np.where(high, -below, above), np.where(high, -above, below)
    return np.log(np.maximum(special.expit(upper) - special.expit(lower), SMALLEST))


def _derivatives(rows: OrdinalRows, parameters: Matrix) -> tuple[float, Matrix, Matrix]:
    """Log likelihood, gradient and negative Hessian."""
    above, below = rows.edges(parameters)
    chance = np.exp(log := log_chance(above, below))
    (slope_up, bend_up), (slope_down, bend_down) = (_density(edge) for edge in (above, below))
    score = (slope_up[:, None] * rows.upper - slope_down[:, None] * rows.lower) / chance[:, None]
    curve = (rows.upper * (bend_up / chance)[:, None]).T @ rows.upper
    curve -= (rows.lower * (bend_down / chance)[:, None]).T @ rows.lower
    return float(log.sum()), score.sum(axis=0), score.T @ score - curve


def _density(edge: Matrix) -> tuple[Matrix, Matrix]:
    """Density of the logistic distribution and its slope."""
    share = special.expit(edge)
    density = share * (1 - share)
    return density, density * (1 - 2 * share)


def maximum(rows: OrdinalRows) -> tuple[Matrix, float, Matrix]:
    """Parameters with the largest likelihood, by Newton's method.

    Parameters
    ----------
    rows
        From `ordinal_rows`.

    Returns
    -------
    tuple
        Parameters (m,), log likelihood, and the information matrix (m, m).

    Examples
    --------
    >>> found = maximum(ordinal_rows([1, 1, 2, 2], np.empty((4, 0))))
    >>> found[0].round(6).tolist(), round(found[1], 4)
    ([0.0], -2.7726)
    """
    parameters = rows.start
    value, gradient, information = _derivatives(rows, parameters)
    for _ in range(MOST_STEPS):
        step = np.linalg.lstsq(information, gradient, rcond=1e-14)[0]
        size, tried = 1.0, _derivatives(rows, parameters + step)
        while not tried[0] >= value - SETTLED and size > 1e-8:
            size /= 2
            tried = _derivatives(rows, parameters + size * step)
        gain = tried[0] - value
        parameters = parameters + size * step
        value, gradient, information = tried
        if abs(gain) < SETTLED * (1 + abs(value)):
            break
    return parameters, value, information


def cumulative_logit(y: ArrayLike, x: ArrayLike, nominal: ArrayLike | None = None) -> OrdinalFit:
    """How much likelier higher answers are for each unit of a column, over all thresholds together.

    Parameters
    ----------
    y
        Ordered answers as numbers, shape (n,), without missing values.
    x
        Columns with one effect at all thresholds, shape (n, p), without a column of ones; p may be 0.
    nominal
        Columns with an effect of their own at each threshold, shape (n, q), or None.

    Returns
    -------
    OrdinalFit
        exp(coefficient) is the odds ratio of a higher answer.

    Notes
    -----
    logit P(y <= j) = threshold_j - x b (proportional odds), by maximum likelihood. Twice the gain in log
    likelihood when a column moves from `x` to `nominal` tests whether its effect is the same at every threshold,
    with k - 2 degrees of freedom. Assumes independent people: within firms use
    `random_intercept_logit`.

    References
    ----------
    mccullagh1980, agresti2010

    Examples
    --------
    >>> fit = cumulative_logit([1, 2, 3, 2, 3, 3, 1, 2], np.array([[0, 0, 0, 0, 1, 1, 1, 1]]).T)
    >>> fit.coefficients.round(3).tolist()
    [0.653]
    """
    rows = ordinal_rows(y, x, nominal)
    parameters, value, information = maximum(rows)
    covariance = np.linalg.pinv(information, hermitian=True)
    errors = np.sqrt(np.maximum(np.diag(covariance), 0))
    inner, p = rows.categories.size - 1, as_float(x, "x").shape[1]
    last = parameters.size - p
    smallest = np.linalg.eigvalsh(information)[0]
    return OrdinalFit(
        thresholds=parameters[:inner],
        coefficients=parameters[last:],
        nominal=parameters[inner:last].reshape(inner, -1),
        threshold_errors=errors[:inner],
        std_error=errors[last:],
        covariance=covariance,
        log_likelihood=value,
        determined=bool(smallest > 0 and errors.max() < ENDLESS * max(1.0, np.abs(parameters).max())),
        categories=rows.categories,
        n=len(rows.upper),
    )
