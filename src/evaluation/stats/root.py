"""Where a monotone condition changes, found by halving."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray


def bisect(
    is_left: Callable[[NDArray[np.float64]], NDArray[np.bool_]], low: ArrayLike, high: ArrayLike
) -> NDArray[np.float64]:
    """Find, for every element, the point up to which a condition holds.

    Parameters
    ----------
    is_left
        Function of an array of points, shape (m,) or (); True where the point lies left of the answer.
    low
        Points left of the answer, same shape.
    high
        Points right of the answer, same shape.

    Returns
    -------
    numpy.ndarray
        The points where the condition changes, to floating-point precision.

    Notes
    -----
    Halving needs no derivative and cannot leave the bracket; it is right for any monotone condition.
    When the condition is the same at both ends, the nearer end comes back.

    Examples
    --------
    >>> round(float(bisect(lambda x: x * x < 2, 0.0, 2.0)), 12)
    1.414213562373
    """
    left, right = (np.array(end, dtype=np.float64) for end in np.broadcast_arrays(low, high))
    for _ in range(1100):
        middle = left + (right - left) / 2
        if np.all((middle <= left) | (middle >= right)):
            break
        below = is_left(middle)
        left, right = np.where(below, middle, left), np.where(below, right, middle)
    return left + (right - left) / 2


def bisect_whole(
    is_left: Callable[[NDArray[np.int64]], NDArray[np.bool_]], low: ArrayLike, high: ArrayLike
) -> NDArray[np.int64]:
    """Find, for every element, the first whole number at which a condition no longer holds.

    Parameters
    ----------
    is_left
        Function of an array of whole numbers; True where the number lies left of the answer.
    low
        Numbers left of the answer.
    high
        Numbers that are the answer or right of it.

    Returns
    -------
    numpy.ndarray
        int64, the first numbers for which `is_left` is False.

    Examples
    --------
    >>> int(bisect_whole(lambda x: x * x < 50, 0, 50))
    8
    """
    left, right = (np.array(end, dtype=np.int64) for end in np.broadcast_arrays(low, high))
    while np.any(unsettled := right - left > 1):
        middle = np.where(unsettled, left + (right - left) // 2, right)
        below = is_left(middle) & unsettled
        left, right = np.where(below, middle, left), np.where(below, right, middle)
    return right
