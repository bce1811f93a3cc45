"""Answers to the items of a scale: what may enter a method, and their covariances."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evaluation.stats.checks import as_float, finite
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg, pmsg

Matrix = NDArray[np.float64]


def item_matrix(items: ArrayLike, minimum_items: int = 2, minimum_rows: int = 2) -> Matrix:
    """Return the answers as a table of finite numbers, or say what is in the way.

    Parameters
    ----------
    items
        Answers, one row per person and one column per item, shape (n, k).
    minimum_items, minimum_rows
        The smallest numbers of columns and rows.

    Returns
    -------
    numpy.ndarray
        float64, shape (n, k), without missing values.

    Notes
    -----
    Missing answers are refused: keep complete rows first, or use `pairwise_covariance`.

    Examples
    --------
    >>> item_matrix([[1, 2], [3, 4]]).shape
    (2, 2)
    """
    table = as_float(items, pmsg("argument", "The items"))
    if table.ndim != 2 or table.shape[1] < minimum_items or table.shape[0] < minimum_rows:
        raise EstimationError(
            msg(
                "The method needs at least {rows} people and {columns} items; found {found}.",
                rows=minimum_rows,
                columns=minimum_items,
                found=str(table.shape),
            )
        )
    finite(table.ravel(), pmsg("argument", "The items"))
    return table


def pairwise_covariance(items: ArrayLike) -> Matrix:
    """Covariances of items, each from everyone who answered both.

    Parameters
    ----------
    items
        Answers, shape (n, k), with NaN where an answer is missing.

    Returns
    -------
    numpy.ndarray
        Shape (k, k), divisor n - 1 of each pair.

    Notes
    -----
    Each covariance uses the means of its own pairs. The matrix need not be positive definite, and
    assumes that answers are missing completely at random: not for intervals or models.

    Examples
    --------
    >>> pairwise_covariance([[1.0, 2.0], [2.0, np.nan], [3.0, 4.0]]).round(9).tolist()
    [[1.0, 2.0], [2.0, 2.0]]
    """
    table = as_float(items, pmsg("argument", "The items"))
    known = np.isfinite(table)
    filled, there = np.where(known, table, 0.0), known.astype(float)
    pairs = there.T @ there
    if np.any(pairs < 2):
        raise EstimationError(msg("Some pairs of items were answered together by fewer than two people."))
    first = (filled.T @ there) / pairs
    return ((filled.T @ filled) / pairs - first * first.T) * pairs / (pairs - 1)


def correlation(covariance: Matrix) -> Matrix:
    """Correlations of a covariance matrix.

    Parameters
    ----------
    covariance
        Shape (k, k), with positive variances.

    Returns
    -------
    numpy.ndarray
        Shape (k, k).

    Examples
    --------
    >>> correlation(np.array([[4.0, 1.0], [1.0, 1.0]])).tolist()
    [[1.0, 0.5], [0.5, 1.0]]
    """
    spread = np.sqrt(np.diag(covariance))
    if not np.all(spread > 0):
        raise EstimationError(msg("An item has the same answer from everybody, so it has no correlations."))
    return covariance / np.outer(spread, spread)


def sample_covariance(items: Matrix, divisor_less: int = 1) -> Matrix:
    """Covariances of complete answers.

    Parameters
    ----------
    items
        Shape (n, k).
    divisor_less
        1 for divisor n - 1, 0 for divisor n as in maximum likelihood.

    Returns
    -------
    numpy.ndarray
        Shape (k, k).

    Examples
    --------
    >>> sample_covariance(np.array([[1.0, 2.0], [3.0, 4.0]])).tolist()
    [[2.0, 2.0], [2.0, 2.0]]
    """
    centred = items - items.mean(axis=0)
    return centred.T @ centred / (len(items) - divisor_less)
