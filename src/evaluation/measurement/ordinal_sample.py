"""Thresholds and polychoric correlations of ordered items, with their covariances."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evaluation.measurement.items import Matrix
from evaluation.measurement.polychoric import answer_codes, cells, polychoric_matrix, thresholds


@dataclass(frozen=True, slots=True)
class OrdinalSample:
    """What a group contributes to a model of ordered items.

    Attributes
    ----------
    thresholds
        Of all items one after the other, shape (t,).
    item
        The item of each threshold, shape (t,).
    correlations
        Polychoric, shape (p, p).
    gamma
        n times the covariance of the thresholds and of the correlations below the diagonal, shape
        (t + p(p-1)/2,) squared.
    n
        People.
    """

    thresholds: Matrix
    item: NDArray[np.intp]
    correlations: Matrix
    gamma: Matrix
    n: int

    @property
    def statistics(self) -> Matrix:
        """Thresholds, then the correlations below the diagonal, row by row."""
        lower = np.tril_indices(len(self.correlations), -1)
        return np.concatenate([self.thresholds, self.correlations[lower]])


def ordinal_sample(items: ArrayLike) -> OrdinalSample:
    """Thresholds and polychoric correlations of ordered items, with their covariances.

    Parameters
    ----------
    items
        Complete answers, shape (n, p).

    Returns
    -------
    OrdinalSample
        For `fit_ordinal`.

    Notes
    -----
    Thresholds first, then each correlation given them. The covariances allow for both steps: people's
    influences are their scores, divided by sums of products of scores. Assumes independent people.

    References
    ----------
    muthen1984, olsson1979

    Examples
    --------
    >>> x = np.random.default_rng(1).integers(1, 4, size=(100, 3))
    >>> ordinal_sample(x).gamma.shape
    (9, 9)
    """
    codes, sizes = answer_codes(items)
    n, cut = len(codes), [thresholds(np.bincount(column)) for column in codes.T]
    related = polychoric_matrix(items)
    first = [_threshold_influence(column, points) for column, points in zip(codes.T, cut, strict=True)]
    second = [
        _correlation_influence(codes[:, [i, j]], (cut[i], cut[j]), related[i, j], (first[i], first[j]))
        for i in range(len(sizes))
        for j in range(i)
    ]
    influence = np.column_stack([*first, *second])
    return OrdinalSample(
        thresholds=np.concatenate(cut),
        item=np.repeat(np.arange(len(sizes)), [size - 1 for size in sizes]),
        correlations=related,
        gamma=n * influence.T @ influence,
        n=n,
    )


def _threshold_influence(codes: NDArray[np.intp], points: Matrix) -> Matrix:
    share = np.bincount(codes, minlength=points.size + 1) / codes.size
    density = np.exp(-(points**2) / 2) / np.sqrt(2 * np.pi)
    by = np.zeros((points.size + 1, points.size))
    place = np.arange(points.size)
    by[place, place], by[place + 1, place] = density, -density
    scores = (by / share[:, None])[codes]
    return np.linalg.solve(scores.T @ scores, scores.T).T


def _correlation_influence(codes, points, related: float, first) -> Matrix:
    """Return each person's influence on one correlation, thresholds allowed for."""
    found = cells(points[0], points[1], related)
    x, y = codes.T
    score = (found.by_correlation / found.share)[x, y]
    rows, columns = ((part / found.share)[:, x, y] for part in (found.by_rows, found.by_columns))
    through = first[0] @ (rows @ score) + first[1] @ (columns @ score)
    return (score - through) / np.sum(score**2)
