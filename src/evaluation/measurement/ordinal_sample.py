"""Thresholds and polychoric correlations of ordered items, with their covariances."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evaluation.measurement.items import Matrix
from evaluation.measurement.polychoric import answer_codes, cells, crossed, polychoric_matrix, thresholds

AT_A_TIME = 10_000
"""People whose influences are in memory at once: a table of all of them would be the largest thing in a report."""


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
    cut = [thresholds(np.bincount(column)) for column in codes.T]
    related = polychoric_matrix(items)
    first = [_threshold_influence(np.bincount(own), points) for own, points in zip(codes.T, cut, strict=True)]
    pairs = [(i, j) for i in range(len(sizes)) for j in range(i)]
    second = [
        _correlation_influence(
            crossed(codes[:, i], codes[:, j], sizes[i], sizes[j]),
            (cut[i], cut[j]),
            related[i, j],
            (first[i], first[j]),
        )
        for i, j in pairs
    ]
    return OrdinalSample(
        thresholds=np.concatenate(cut),
        item=np.repeat(np.arange(len(sizes)), [size - 1 for size in sizes]),
        correlations=related,
        gamma=len(codes) * _products(codes, first, pairs, second),
        n=len(codes),
    )


def _threshold_influence(counts: NDArray[np.intp], points: Matrix) -> Matrix:
    """Return what each answer to an item does to its thresholds, shape (answers, thresholds)."""
    density = np.exp(-(points**2) / 2) / np.sqrt(2 * np.pi)
    by = np.zeros((points.size + 1, points.size))
    place = np.arange(points.size)
    by[place, place], by[place + 1, place] = density, -density
    scores = by / (counts / counts.sum())[:, None]
    return np.linalg.solve(scores.T @ (counts[:, None] * scores), scores.T).T


def _correlation_influence(counts: Matrix, points, related: float, first) -> Matrix:
    """Return what each pair of answers does to a correlation, thresholds allowed for, shape as the counts."""
    found = cells(points[0], points[1], related)
    score = found.by_correlation / found.share
    told = counts * score
    through = [
        own @ np.sum(part / found.share * told, axis=(1, 2))
        for own, part in zip(first, (found.by_rows, found.by_columns), strict=True)
    ]
    return (score - through[0][:, None] - through[1]) / np.sum(told * score)


def _products(codes: NDArray[np.intp], first, pairs, second) -> Matrix:
    """Return the sum over people of the products of their influences, some people at a time."""
    size = sum(own.shape[1] for own in first) + len(pairs)
    total = np.zeros((size, size))
    for start in range(0, len(codes), AT_A_TIME):
        block = codes[start : start + AT_A_TIME]
        own = [table[block[:, i]] for i, table in enumerate(first)]
        both = [table[block[:, i], block[:, j]] for (i, j), table in zip(pairs, second, strict=True)]
        influence = np.column_stack([*own, *both])
        total += influence.T @ influence
    return total
