"""Logistic regression, for one table or many weightings of it at once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from evaluation.stats.checks import as_float, finite
from evaluation.stats.design import Matrix, orthonormal_columns
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg, pmsg

ROUNDS = 60
AGREED = 1e-12
EXTREME = 25.0
"""A log odds this far from 0 means that the columns tell yes from no without error."""


@dataclass(frozen=True, slots=True)
class LogisticFit:
    """A logistic regression of a yes/no outcome.

    Attributes
    ----------
    coefficients, std_error
        Shape (p,), log odds per unit of each column.
    probability
        Shape (n,): fitted probability of yes.
    statistic, df, p_value
        Likelihood-ratio test of all columns beside the first against a constant.
    n, k
        Rows and yes.
    """

    coefficients: Matrix
    std_error: Matrix
    probability: Matrix
    statistic: float
    df: int
    p_value: float
    n: int
    k: int


def logistic_fit(y: ArrayLike, x: ArrayLike) -> LogisticFit:
    """How the probability of yes depends on what is known of people.

    Parameters
    ----------
    y
        0 or 1, shape (n,).
    x
        Columns of the model, shape (n, p), the column of ones first.

    Returns
    -------
    LogisticFit
        Maximum likelihood. Refused where a column tells yes from no without error.

    Notes
    -----
    log(p / (1 - p)) = x b, by Newton's method on orthonormal columns; standard errors from the
    inverse of x' p (1 - p) x assume independent people.

    References
    ----------
    agresti2013

    Examples
    --------
    >>> found = logistic_fit([0, 1, 0, 1, 1, 0], np.column_stack([np.ones(6), [1, 2, 2, 3, 4, 3]]))
    >>> found.coefficients.round(2).tolist()
    [-3.47, 1.39]
    """
    outcome, design = _yes_no(y), as_float(x, "The columns of the model")
    if design.ndim != 2 or len(design) != outcome.size or not np.all(np.isfinite(design)):
        raise EstimationError(msg("The model needs one complete row for each of {n} people.", n=outcome.size))
    columns, root = orthonormal_columns(design)
    scaled = logistic_weighted(outcome, columns, np.ones((1, outcome.size)))[0]
    probability = special.expit(columns @ scaled)
    spread = probability * (1 - probability)
    covariance = root @ np.linalg.inv(columns.T @ (spread[:, None] * columns)) @ root.T
    statistic = 2 * (_log_likelihood(outcome, probability) - _log_likelihood(outcome, outcome.mean()))
    df = design.shape[1] - 1
    return LogisticFit(
        coefficients=root @ scaled,
        std_error=np.sqrt(np.diag(covariance)),
        probability=probability,
        statistic=float(statistic),
        df=df,
        p_value=float(special.chdtrc(df, max(statistic, 0))) if df else float("nan"),
        n=outcome.size,
        k=int(outcome.sum()),
    )


def _yes_no(y: ArrayLike) -> Matrix:
    outcome = finite(y, pmsg("argument", "The outcome"))
    if not np.all((outcome == 0) | (outcome == 1)) or np.all(outcome == outcome[0]):
        raise EstimationError(
            msg("A model of yes and no needs some of each, written as 1 and 0."),
            do=msg("If everyone or nobody answered, there is nothing to explain."),
        )
    return outcome


def _log_likelihood(outcome: Matrix, probability: Matrix | float) -> float:
    return float(np.sum(special.xlogy(outcome, probability) + special.xlog1py(1 - outcome, -probability)))


def logistic_weighted(y: Matrix, x: Matrix, weights: Matrix, *, strict: bool = True) -> Matrix:
    """Coefficients of the same logistic model under many weightings of the rows.

    Parameters
    ----------
    y
        0 or 1, shape (n,).
    x
        Columns, shape (n, p), none a weighted sum of the others.
    weights
        Shape (b, n), 0 or more; for a bootstrap how often each row was drawn.
    strict
        Whether a weighting without a maximum is refused; otherwise its coefficients are NaN.

    Returns
    -------
    numpy.ndarray
        Shape (b, p).

    Notes
    -----
    Newton's method for all weightings together. There is no maximum where the columns tell yes
    from no without error; then the log odds grow past 25.

    References
    ----------
    agresti2013

    Examples
    --------
    >>> x = np.ones((4, 1))
    >>> logistic_weighted(np.array([0.0, 1.0, 1.0, 1.0]), x, np.ones((2, 4))).round(3).tolist()
    [[1.099], [1.099]]
    """
    coefficients = np.zeros((len(weights), x.shape[1]))
    active = np.ones(len(weights), dtype=bool)
    failed = np.zeros(len(weights), dtype=bool)
    for _ in range(ROUNDS):
        step, bad = _newton_step(y, x, weights[active], coefficients[active])
        rows = np.flatnonzero(active)
        coefficients[rows] += step
        failed[rows[bad]] = True
        moved = np.max(np.abs(step), axis=1) / (1 + np.max(np.abs(coefficients[rows]), axis=1))
        active[rows[(moved < AGREED) | bad]] = False
        if not active.any():
            break
    failed |= active
    if strict and failed.any():
        raise EstimationError(
            msg("Some column tells yes from no without error, so the model has no finite coefficients."),
            do=msg("Leave out the column, or merge its categories."),
        )
    return np.where(failed[:, None], np.nan, coefficients)


def _newton_step(y: Matrix, x: Matrix, weights: Matrix, coefficients: Matrix) -> tuple[Matrix, Matrix]:
    odds = coefficients @ x.T
    probability = special.expit(odds)
    score = (weights * (y - probability)) @ x
    pairs = (x[:, :, None] * x[:, None, :]).reshape(len(x), -1)
    curvature = ((weights * probability * (1 - probability)) @ pairs).reshape(-1, x.shape[1], x.shape[1])
    used = np.max(np.abs(odds) * (weights > 0), axis=1)
    bad = (used > EXTREME) | (np.linalg.cond(curvature) > 1e12)
    curvature[bad] = np.eye(x.shape[1])
    return np.where(bad[:, None], 0.0, np.linalg.solve(curvature, score[:, :, None])[:, :, 0]), bad
