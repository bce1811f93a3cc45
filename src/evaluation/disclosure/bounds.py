"""What sums of whole numbers leave possible for each of them, found by passing limits on."""

import numpy as np
from scipy import sparse

NEARLY = 1e-6
SWEEPS = 200


class Limits:
    """Sums of unknown whole numbers that lie between two values.

    Attributes
    ----------
    matrix
        One row per sum.
    low, high
        The limits of each sum; may be infinite.
    """

    def __init__(self, matrix: sparse.csr_matrix, low: np.ndarray, high: np.ndarray):
        self.matrix, self.low, self.high = matrix.tocsr(), low, high
        self._weight, self._column = self.matrix.data, self.matrix.indices
        self._row = np.repeat(np.arange(matrix.shape[0]), np.diff(self.matrix.indptr))
        self._order = np.argsort(self._column, kind="stable")
        ordered = self._column[self._order]
        self._starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]]) if len(ordered) else []
        self._present = ordered[self._starts] if len(ordered) else ordered

    def tighten(self, low: np.ndarray, high: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return closer limits of the unknown numbers that every solution keeps to.

        Parameters
        ----------
        low, high
            The least and the largest value of each unknown number.

        Returns
        -------
        tuple of arrays
            Limits that are never wider; those given if nothing fits.

        Notes
        -----
        In a sum a'x <= b every x_j is at most (b less the least value of the other terms) / a_j for
        a_j > 0. This is repeated until nothing changes. Solutions in whole numbers are never cut off.
        """
        least, most = low.copy(), high.copy()
        for _ in range(SWEEPS):
            low_now, high_now = self._sweep(least, most)
            if (low_now > high_now + NEARLY).any():
                return low.copy(), high.copy()
            if (low_now <= least).all() and (high_now >= most).all():
                break
            least, most = low_now, high_now
        return least, most

    def _sweep(self, low: np.ndarray, high: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        weight, up = self._weight, self._weight > 0
        at_low, at_high = weight * low[self._column], weight * high[self._column]
        small, large = np.where(up, at_low, at_high), np.where(up, at_high, at_low)
        size = self.matrix.shape[0]
        room = (self.high - np.bincount(self._row, small, size))[self._row] + small
        need = (self.low - np.bincount(self._row, large, size))[self._row] + large
        top, bottom = np.where(up, room, need) / weight, np.where(up, need, room) / weight
        most, least = high.copy(), low.copy()
        if len(self._present):
            tops = np.minimum.reduceat(top[self._order], self._starts)
            bottoms = np.maximum.reduceat(bottom[self._order], self._starts)
            most[self._present] = np.minimum(most[self._present], np.floor(tops + NEARLY))
            least[self._present] = np.maximum(least[self._present], np.ceil(bottoms - NEARLY))
        return least, most
