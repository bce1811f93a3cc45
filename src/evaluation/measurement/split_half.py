"""Reliability from halves of a scale."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike

from evaluation.measurement.items import Matrix, item_matrix, sample_covariance
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg

MOST_ITEMS = 18


@dataclass(frozen=True, slots=True)
class SplitHalf:
    """Reliability from the odd against the even items, and from all halves.

    Attributes
    ----------
    correlation
        Between the sums of the odd and of the even items.
    spearman_brown, guttman
        Reliability of the whole scale from that split.
    guttman_max, guttman_min, guttman_mean
        Over all halves; the largest is Guttman's lambda 4, and with an even number of items the
        mean is alpha.
    spearman_brown_max, spearman_brown_min, spearman_brown_mean
        Over all halves.
    n, n_splits
        People and different halves.
    """

    correlation: float
    spearman_brown: float
    guttman: float
    guttman_max: float
    guttman_min: float
    guttman_mean: float
    spearman_brown_max: float
    spearman_brown_min: float
    spearman_brown_mean: float
    n: int
    n_splits: int


def spearman_brown(correlation: ArrayLike, factor: float = 2.0) -> Matrix | float:
    """Reliability of a scale that is made longer or shorter.

    Parameters
    ----------
    correlation
        Reliability now; for two halves or two items the correlation between them.
    factor
        New length divided by the present one.

    Returns
    -------
    float or numpy.ndarray
        factor r / (1 + (factor - 1) r).

    Notes
    -----
    Assumes that the added parts are parallel to those there are. For two items it is the
    coefficient to report instead of alpha.

    References
    ----------
    spearman1910, brown1910, eisinga2013

    Examples
    --------
    >>> round(spearman_brown(0.6), 6)
    0.75
    """
    r = np.asarray(correlation, dtype=float)
    found = factor * r / (1 + (factor - 1) * r)
    return float(found) if found.ndim == 0 else found


def split_half(items: ArrayLike) -> SplitHalf:
    """Reliability from halves of a scale: odd against even, and every possible half.

    Parameters
    ----------
    items
        Complete answers, shape (n, k), k up to 18.

    Returns
    -------
    SplitHalf
        One split and the range over all.

    Notes
    -----
    Guttman's coefficient is 4 cov(A, B) / var(A + B); Spearman and Brown's is 2 r / (1 + r). One split
    is arbitrary: the range shows how much. The largest overstates reliability in small samples.

    References
    ----------
    guttman1945, spearman1910, brown1910

    Examples
    --------
    >>> found = split_half([[1, 2, 2, 1], [2, 2, 3, 3], [4, 4, 5, 4], [3, 4, 3, 3]])
    >>> round(found.guttman, 3), found.n_splits
    (0.969, 3)
    """
    table = item_matrix(items)
    n, k = table.shape
    if k > MOST_ITEMS:
        raise EstimationError(
            msg("All halves can be formed of up to {most} items; found {found}.", most=MOST_ITEMS, found=k)
        )
    covariance = sample_covariance(table)
    if not np.all(np.diag(covariance) > 0):
        raise EstimationError(msg("An item has the same answer from everybody, so it has no correlations."))
    guttman, between = _splits(covariance, _halves(k))
    longer = spearman_brown(between)
    odd = (np.arange(k) % 2 == 0).astype(float)[None, :]
    one_guttman, one = _splits(covariance, odd)
    return SplitHalf(
        correlation=float(one[0]),
        spearman_brown=float(spearman_brown(one[0])),
        guttman=float(one_guttman[0]),
        guttman_max=float(guttman.max()),
        guttman_min=float(guttman.min()),
        guttman_mean=float(guttman.mean()),
        spearman_brown_max=float(longer.max()),
        spearman_brown_min=float(longer.min()),
        spearman_brown_mean=float(longer.mean()),
        n=n,
        n_splits=len(guttman),
    )


def _halves(k: int) -> Matrix:
    """Return every half once, as rows of 0 and 1."""
    chosen = [half for half in combinations(range(k), k // 2) if k % 2 or half[0] == 0]
    halves = np.zeros((len(chosen), k))
    halves[np.arange(len(chosen))[:, None], np.array(chosen)] = 1.0
    return halves


def _splits(covariance: Matrix, halves: Matrix) -> tuple[Matrix, Matrix]:
    """Return Guttman's coefficient and the correlation of the two sums, for each half."""
    within = np.einsum("si,ij,sj->s", halves, covariance, halves, optimize=True)
    cross = halves @ covariance.sum(axis=1) - within
    other = covariance.sum() - within - 2 * cross
    return 4 * cross / covariance.sum(), cross / np.sqrt(within * other)
