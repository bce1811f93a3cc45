"""Correlations between ordered answers, as if each hid a normal variable."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from evaluation.measurement.items import Matrix, item_matrix
from evaluation.measurement.structure import minimise
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg

LEAST = 1e-12
LARGEST_CORRELATION = 0.9999


@dataclass(frozen=True, slots=True)
class Polychoric:
    """A correlation of the variables behind two ordered answers.

    Attributes
    ----------
    estimate
        Between -1 and 1.
    row_thresholds, column_thresholds
        Where one answer passes to the next, in standard deviations.
    log_likelihood
        Of the table.
    n
        People.
    """

    estimate: float
    row_thresholds: Matrix
    column_thresholds: Matrix
    log_likelihood: float
    n: int


@dataclass(frozen=True, slots=True)
class Cells:
    """Probabilities of a table of two ordered answers, with derivatives.

    Attributes
    ----------
    share
        Shape (a, b).
    by_correlation
        Derivative by the correlation, shape (a, b).
    by_rows, by_columns
        Derivatives by the thresholds, shapes (a - 1, a, b) and (b - 1, a, b).
    """

    share: Matrix
    by_correlation: Matrix
    by_rows: Matrix
    by_columns: Matrix


def bivariate_normal(h: ArrayLike, k: ArrayLike, correlation: ArrayLike) -> Matrix:
    """Probability that two standard normal variables both lie below given points.

    Parameters
    ----------
    h, k
        The points, broadcast; may be infinite.
    correlation
        Between -1 and 1, ends excluded.

    Returns
    -------
    numpy.ndarray
        Probabilities.

    Notes
    -----
    From Owen's T function, exact to about 1e-15 for every correlation.

    References
    ----------
    owen1956

    Examples
    --------
    >>> bivariate_normal(0.0, 0.0, 0.5).round(6).item()
    0.333333
    """
    x, y, r = np.broadcast_arrays(*(np.asarray(part, dtype=float) for part in (h, k, correlation)))
    left, below = (np.clip(np.where(part == 0, 1e-300, part), -40, 40) for part in (x, y))
    root = np.sqrt((1 - r) * (1 + r))
    with np.errstate(over="ignore"):
        first, second = (below / left - r) / root, (left / below - r) / root
    both = (special.ndtr(left) + special.ndtr(below)) / 2
    apart = np.where((left < 0) != (below < 0), 0.5, 0.0)
    return np.clip(both - special.owens_t(left, first) - special.owens_t(below, second) - apart, 0.0, 1.0)


def thresholds(counts: ArrayLike) -> Matrix:
    """Points that cut a standard normal variable into the shares of the answers.

    Parameters
    ----------
    counts
        People by answer, in the order of the answers, all above 0, shape (a,).

    Returns
    -------
    numpy.ndarray
        Shape (a - 1,).

    Examples
    --------
    >>> thresholds([1, 2, 1]).round(3).tolist()
    [-0.674, 0.674]
    """
    share = np.cumsum(np.asarray(counts, dtype=float))
    return special.ndtri(share[:-1] / share[-1])


def cells(rows: Matrix, columns: Matrix, correlation: float) -> Cells:
    """Probabilities of a table of two ordered answers.

    Parameters
    ----------
    rows, columns
        Thresholds, shapes (a - 1,) and (b - 1,).
    correlation
        Of the variables behind them.

    Returns
    -------
    Cells
        With derivatives.

    Examples
    --------
    >>> cells(np.zeros(1), np.zeros(1), 0.0).share.tolist()
    [[0.25, 0.25], [0.25, 0.25]]
    """
    h, k = (np.concatenate([[-40.0], part, [40.0]]) for part in (rows, columns))
    root = np.sqrt((1 - correlation) * (1 + correlation))
    share = np.diff(np.diff(bivariate_normal(h[:, None], k, correlation), axis=0), axis=1)
    exponent = (h[:, None] ** 2 + k**2 - 2 * correlation * h[:, None] * k) / (2 * root**2)
    density = np.exp(-exponent) / (2 * np.pi * root)
    by_rows = _by_thresholds(h, k, correlation, root)
    by_columns = _by_thresholds(k, h, correlation, root).transpose(0, 2, 1)
    return Cells(np.maximum(share, LEAST), np.diff(np.diff(density, axis=0), axis=1), by_rows, by_columns)


def _by_thresholds(h: Matrix, k: Matrix, r: float, root: float) -> Matrix:
    """Return the derivatives of the cells by the inner thresholds of the first variable."""
    inner = h[1:-1, None]
    density = np.exp(-(inner**2) / 2) / np.sqrt(2 * np.pi)
    band = density * np.diff(special.ndtr((k - r * inner) / root), axis=1)
    size = len(inner)
    found = np.zeros((size, size + 1, band.shape[1]))
    place = np.arange(size)
    found[place, place], found[place, place + 1] = band, -band
    return found


def polychoric(table: ArrayLike, method: str = "two_step") -> Polychoric:
    """Correlation of the variables behind two ordered answers; tetrachoric for two answers each.

    Parameters
    ----------
    table
        People by both answers, shape (a, b), no empty row or column.
    method
        "two_step" takes the thresholds from the margins; "ml" estimates all at once.

    Returns
    -------
    Polychoric
        Correlation and thresholds.

    Notes
    -----
    Maximises the sum of counts times log probabilities of a bivariate normal cut at the thresholds. Nothing is
    added to empty cells. Assumes normal variables behind the answers and independent people; with
    fewer than about 100 people, or empty corners, it is unstable and can run to its limit.

    References
    ----------
    olsson1979, tallis1962

    Examples
    --------
    >>> round(polychoric([[30, 10], [10, 30]]).estimate, 4)
    0.7071
    """
    counts = item_matrix(table)
    if np.any(counts < 0) or np.any(counts.sum(axis=0) == 0) or np.any(counts.sum(axis=1) == 0):
        raise EstimationError(
            msg("A polychoric correlation needs people in every row and column of the table."),
            do=msg("Leave out answers that nobody chose."),
        )
    rows, columns = thresholds(counts.sum(axis=1)), thresholds(counts.sum(axis=0))
    r = _two_step(counts, rows, columns)
    if method == "ml":
        start = np.concatenate([[np.arctanh(r)], rows, columns])
        theta = minimise(lambda trial: _joint(trial, counts, rows.size), start).theta
        r, rows, columns = float(np.tanh(theta[0])), theta[1 : rows.size + 1], theta[rows.size + 1 :]
    value = float(np.sum(counts * np.log(cells(rows, columns, r).share)))
    return Polychoric(r, rows, columns, value, int(counts.sum()))


def _two_step(counts: Matrix, rows: Matrix, columns: Matrix) -> float:
    """Return the most likely correlation for these thresholds, by scoring with halved steps."""
    n = counts.sum()

    def evaluate(theta: Matrix) -> tuple[float, Matrix, Matrix]:
        r = np.tanh(theta[0])
        if abs(r) > LARGEST_CORRELATION:
            return np.inf, np.zeros(1), np.eye(1)
        found, slope = cells(rows, columns, r), 1 - r**2
        score = np.sum(counts / found.share * found.by_correlation) * slope / n
        information = np.sum(found.by_correlation**2 / found.share) * slope**2
        return -np.sum(counts * np.log(found.share)) / n, np.array([-score]), np.array([[information]])

    return float(np.tanh(minimise(evaluate, np.zeros(1)).theta[0]))


def _joint(theta: Matrix, counts: Matrix, size: int) -> tuple[float, Matrix, Matrix]:
    """Return minus the mean log likelihood of correlation and thresholds, gradient and information."""
    r, rows, columns = np.tanh(theta[0]), theta[1 : size + 1], theta[size + 1 :]
    if abs(r) > LARGEST_CORRELATION or np.any(np.diff(rows) <= 0) or np.any(np.diff(columns) <= 0):
        return np.inf, theta, np.eye(theta.size)
    found, n = cells(rows, columns, r), counts.sum()
    by = np.concatenate([found.by_correlation[None] * (1 - r**2), found.by_rows, found.by_columns])
    by = by.reshape(theta.size, -1)
    share = found.share.ravel()
    value = -np.sum(counts.ravel() * np.log(share)) / n
    return float(value), -by @ (counts.ravel() / share) / n, (by / share) @ by.T


def answer_codes(items: ArrayLike) -> tuple[NDArray[np.intp], tuple[int, ...]]:
    """Return the answers of each item as numbers from 0, in their order.

    Parameters
    ----------
    items
        Complete answers, shape (n, p); every item needs two different ones.

    Returns
    -------
    tuple
        Codes, shape (n, p), and how many answers each item has.

    Examples
    --------
    >>> answer_codes([[1, 5], [3, 4], [1, 4]])[0].tolist()
    [[0, 1], [1, 0], [0, 0]]
    """
    data = item_matrix(items)
    codes = np.column_stack([np.unique(column, return_inverse=True)[1] for column in data.T])
    sizes = tuple(int(column.max()) + 1 for column in codes.T)
    if min(sizes) < 2:
        raise EstimationError(msg("An item has the same answer from everybody, so it has no correlations."))
    return codes, sizes


def polychoric_matrix(items: ArrayLike) -> Matrix:
    """Polychoric correlations of all pairs of items, in two steps.

    Parameters
    ----------
    items
        Complete answers, shape (n, p).

    Returns
    -------
    numpy.ndarray
        Shape (p, p). With few people it can fail to be positive definite.

    Notes
    -----
    See `polychoric`.

    References
    ----------
    olsson1979

    Examples
    --------
    >>> polychoric_matrix([[1, 1], [1, 2], [2, 1], [2, 2]]).round(6).tolist()
    [[1.0, 0.0], [0.0, 1.0]]
    """
    codes, sizes = answer_codes(items)
    found = np.eye(len(sizes))
    cut = [thresholds(np.bincount(column)) for column in codes.T]
    for i in range(len(sizes)):
        for j in range(i):
            counts = crossed(codes[:, i], codes[:, j], sizes[i], sizes[j])
            found[i, j] = found[j, i] = _two_step(counts, cut[i], cut[j])
    return found


def crossed(x: NDArray[np.intp], y: NDArray[np.intp], a: int, b: int) -> Matrix:
    """How many people gave each pair of answers to two items.

    Parameters
    ----------
    x, y
        Codes from 0, shape (n,).
    a, b
        How many answers there are to each.

    Returns
    -------
    numpy.ndarray
        Shape (a, b).

    Examples
    --------
    >>> crossed(np.array([0, 1, 1]), np.array([0, 0, 0]), 2, 2).tolist()
    [[1.0, 0.0], [2.0, 0.0]]
    """
    return np.bincount(x * b + y, minlength=a * b).reshape(a, b).astype(float)
