"""Simple structure: direct oblimin rotation of factor loadings."""

from dataclasses import dataclass

import numpy as np

from evaluation.measurement.items import Matrix

MOST_STEPS = 5000


@dataclass(frozen=True, slots=True)
class Rotated:
    """Rotated factors.

    Attributes
    ----------
    loadings
        Shape (p, m): weights of the factors for the items.
    factors
        Correlations of the factors, shape (m, m).
    """

    loadings: Matrix
    factors: Matrix


def oblimin(loadings: Matrix, tolerance: float = 1e-10) -> Rotated:
    """Turn factors so that each item loads on few of them; factors may be related.

    Parameters
    ----------
    loadings
        Unrotated, shape (p, m).
    tolerance
        Length of the projected gradient at which the search ends.

    Returns
    -------
    Rotated
        Factors in the order of the variance they explain, each with a positive sum of loadings.

    Notes
    -----
    Direct oblimin with gamma 0 (quartimin), without Kaiser's normalisation: minimises the sum of products of
    squared loadings of different factors by projected gradients with halved steps. Any rotation fits
    equally well.

    References
    ----------
    jennrich1966, bernaards2005

    Examples
    --------
    >>> a = np.array([[0.8, 0.1], [0.7, 0.0], [0.1, 0.6], [0.0, 0.7]])
    >>> oblimin(a @ np.array([[0.8, -0.6], [0.6, 0.8]])).loadings.argmax(axis=1).tolist()
    [0, 0, 1, 1]
    """
    turn, step = np.eye(loadings.shape[1]), 1.0
    if loadings.shape[1] == 1:
        return _ordered(loadings, turn)
    value, gradient = _quartimin(loadings, turn)
    for _ in range(MOST_STEPS):
        downhill = gradient - turn * np.sum(turn * gradient, axis=0)
        length = np.linalg.norm(downhill)
        if length < tolerance or step < 1e-14:
            break
        step *= 2
        for _ in range(60):
            trial = turn - step * downhill
            trial = trial / np.sqrt(np.sum(trial**2, axis=0))
            new_value, new_gradient = _quartimin(loadings, trial)
            if value - new_value > 0.5 * step * length**2:
                break
            step /= 2
        if new_value > value:
            break
        turn, value, gradient = trial, new_value, new_gradient
    return _ordered(loadings @ np.linalg.inv(turn).T, turn.T @ turn)


def _quartimin(loadings: Matrix, turn: Matrix) -> tuple[float, Matrix]:
    """Return the criterion of the turned loadings and its gradient by the turn."""
    inverse = np.linalg.inv(turn)
    turned = loadings @ inverse.T
    square = turned**2
    others = square.sum(axis=1, keepdims=True) - square
    return float(np.sum(square * others) / 4), -((turned.T @ (turned * others)) @ inverse).T


def _ordered(loadings: Matrix, factors: Matrix) -> Rotated:
    order = np.argsort(-np.sum(loadings * (loadings @ factors), axis=0), kind="stable")
    sign = np.where(loadings[:, order].sum(axis=0) < 0, -1.0, 1.0)
    return Rotated(loadings[:, order] * sign, factors[np.ix_(order, order)] * np.outer(sign, sign))
