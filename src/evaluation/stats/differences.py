"""Slopes and curvatures of a smooth function, by differences."""

from collections.abc import Callable

import numpy as np

from evaluation.stats.design import Matrix

Function = Callable[[Matrix], Matrix]


def slopes(function: Function, at: Matrix, step: float = 1e-5) -> Matrix:
    """Slopes of a function by central differences.

    Parameters
    ----------
    function
        From parameters, shape (m,), to a number or an array.
    at
        Parameters, shape (m,).
    step
        How far to go to either side.

    Returns
    -------
    numpy.ndarray
        Shape (m, ...): one row for each parameter.

    Examples
    --------
    >>> slopes(lambda at: at @ at, np.array([1.0, 2.0])).round(6).tolist()
    [2.0, 4.0]
    """
    moves = step * np.eye(at.size)
    return np.array([(function(at + move) - function(at - move)) / (2 * step) for move in moves])


def curvatures(function: Function, at: Matrix, step: float = 1e-4) -> Matrix:
    """Matrix of second derivatives of a number, by central differences.

    Parameters
    ----------
    function
        From parameters, shape (m,), to a number.
    at
        Parameters, shape (m,).
    step
        How far to go to either side.

    Returns
    -------
    numpy.ndarray
        Shape (m, m), symmetric.

    Examples
    --------
    >>> curvatures(lambda at: at @ at, np.array([1.0, 2.0])).round(4).diagonal().tolist()
    [2.0, 2.0]
    """
    square = slopes(lambda moved: slopes(function, moved, step), at, step)
    return (square + square.T) / 2
