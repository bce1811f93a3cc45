"""Unknown whole numbers that nothing ties to the others: how small and how large their sums can be."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

from evaluation.disclosure.whole import Conditions

NEARLY = 1e-6
REMEMBERED = 400
"""How many solutions of all blocks are remembered; the oldest are forgotten first."""
NODES = 2_000
"""How many branches are looked at for whole numbers in one place, before a bound by parts of people has to do.

Counted in branches and not in seconds, so that what is withheld does not depend on how fast a machine is.
"""
Ends = dict[tuple[int, float], float]
"""By count and direction (1 down, -1 up), its end."""


@dataclass(slots=True)
class Found:
    """What was found before: ends of intervals by what ties a block together, and solutions of everything."""

    ends: dict[bytes, Ends] = field(default_factory=dict)
    solutions: list[np.ndarray] = field(default_factory=list)

    def remember(self, solution: np.ndarray) -> None:
        """Keep a solution; it may fit other blocks as well."""
        self.solutions.append(solution)
        del self.solutions[:-REMEMBERED]


class Block:
    """Unknown numbers that nothing ties to the others.

    Parameters
    ----------
    members
        Their places among all unknown numbers.
    matrix, least, most
        The sums that hold of them, and the limits of these.
    low, high
        The limits of all unknown numbers.
    found
        What was found before; solutions that fit here too are taken over, and new ones are added.
    """

    def __init__(
        self,
        members: np.ndarray,
        matrix: sparse.csr_matrix,
        least: np.ndarray,
        most: np.ndarray,
        low: np.ndarray,
        high: np.ndarray,
        found: Found,
    ):
        self.members, self.found, self._all_low = members, found, low
        self._low, self._high = low[members], high[members]
        self._conditions = Conditions(matrix, least, most, self._low, self._high)
        content = (members, matrix.indptr, matrix.indices, matrix.data, least, most)
        signature = b"".join(one.tobytes() for one in (*content, self._low, self._high))
        self.ends = found.ends.setdefault(signature, {})
        self.points = self._fitting(matrix, least, most)

    def spread(
        self,
        aims: sparse.csr_matrix,
        fixed: np.ndarray,
        asked: tuple[np.ndarray, np.ndarray],
        homes: np.ndarray,
    ) -> np.ndarray:
        """Look for solutions far apart, for one count of every question at a time.

        Parameters
        ----------
        aims, fixed
            Per count the unknown numbers that it adds up, and what is known of it.
        asked
            Per count how large it must be able to be, and how far apart its values.
        homes
            Per count its question. Questions hardly depend on each other, so that one solution can be an
            extreme for a count of each.

        Returns
        -------
        numpy.ndarray
            Per count, whether the solutions that are known prove it to be open.
        """
        tried = np.zeros((2, len(fixed)), dtype=bool)
        while True:
            low, high = self._range(aims, fixed)
            narrow = (high < asked[0]) | (high - low < asked[1])
            left = narrow & ~tried.all(axis=0)
            if not left.any():
                return ~narrow
            numbers = np.flatnonzero(left)
            numbers = numbers[np.unique(homes[numbers], return_index=True)[1]]
            down = tried[0, numbers]
            tried[down.astype(int), numbers] = True
            weights = np.where(down, 1.0, -1.0)
            self._solve(np.asarray(weights @ aims[numbers]).ravel())

    def occupied(self, aims: sparse.csr_matrix) -> np.ndarray:
        """Tell which sums can be above zero, putting people into as many as possible at a time."""
        full = (aims @ self.points.T > 0).any(axis=1) if len(self.points) else np.zeros(aims.shape[0], bool)
        while not full.all():
            known, left = len(self.points), aims[~full]
            if self.least(-np.asarray(left.sum(axis=0)).ravel()) >= 0:
                break
            if len(self.points) == known:
                full[~full] = [self.least(-row.toarray().ravel()) < 0 for row in left]
                break
            full |= aims @ self.points[-1] > 0
        return full

    def _range(self, aims: sparse.csr_matrix, fixed: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        if not len(self.points):
            return np.zeros(len(fixed)), np.full(len(fixed), -1.0)
        values = aims @ self.points.T
        return fixed + values.min(axis=1), fixed + values.max(axis=1)

    def least(self, aim: np.ndarray) -> float:
        """Return the least whole value of a weighted sum of the numbers."""
        value = self._solve(aim)
        return float(aim @ np.where(aim > 0, self._low, self._high)) if value is None else value

    def _solve(self, aim: np.ndarray) -> float | None:
        """Return the least whole value of a weighted sum, and keep the solution."""
        part = self._conditions.least(aim)
        if part.point is None:
            return None
        bound = part.bound
        if not self._note(part.point):
            whole = self._conditions.least_whole(aim, NODES)
            if whole.point is not None:
                self._note(whole.point)
            bound = max(bound, whole.bound)
        return float(np.ceil(bound - NEARLY))

    def _note(self, point: np.ndarray) -> bool:
        """Keep a solution if it is in whole numbers, and tell whether it is."""
        whole = np.round(point)
        if np.abs(point - whole).max(initial=0.0) > NEARLY:
            return False
        self.points = np.vstack([self.points, whole])
        everything = self._all_low.copy() if not self.found.solutions else self.found.solutions[-1].copy()
        everything[self.members] = whole
        self.found.remember(everything)
        return True

    def _fitting(self, matrix: sparse.csr_matrix, least: np.ndarray, most: np.ndarray) -> np.ndarray:
        """Return the remembered solutions that hold here, each once."""
        if not self.found.solutions:
            return np.empty((0, len(self.members)))
        points = np.array(self.found.solutions)[:, self.members]
        points = points[((points >= self._low) & (points <= self._high)).all(axis=1)]
        sums = matrix @ points.T
        near = (sums >= least[:, None] - NEARLY) & (sums <= most[:, None] + NEARLY)
        points = points[near.all(axis=0)]
        first = {point.tobytes(): place for place, point in enumerate(points)}
        return points[sorted(first.values())]
