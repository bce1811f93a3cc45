"""What a reader of the shown rows can still think possible, solved in independent blocks."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse.csgraph import connected_components

from evaluation.disclosure.bounds import Limits
from evaluation.disclosure.cells import System

TOLERANCE = 1e-6
AROUND = 8
"""How many far apart solutions of a block are looked for first."""
Interval = tuple[float, float]
Known = dict[bytes, tuple[dict[int, Interval], list[np.ndarray]]]
"""By what ties the numbers of a block together, the intervals of counts and the solutions that were found."""


class Ties:
    """A system as matrices: what holds always, and what each row of the tables tells."""

    def __init__(self, system: System):
        self.system = system
        self.low, self.high = np.array(system.lower), np.array(system.upper)
        equal, at_most = system.matrix(system.equal), system.matrix(system.at_most)
        told = [entry for entries in system.rows for entry in entries]
        self.row_of = np.array([i for i, entries in enumerate(system.rows) for _ in entries], dtype=int)
        self.numbers = np.array([value for _, value in told], dtype=float)
        self.told = system.matrix([total for total, _ in told])
        self.always = equal.shape[0] + at_most.shape[0]
        self.matrix = sparse.vstack([equal, at_most, self.told], format="csr")
        zero, minus = np.zeros(equal.shape[0]), np.full(at_most.shape[0], -np.inf)
        self.least = np.concatenate([zero, minus, self.numbers])
        self.most = np.concatenate([zero, np.zeros(at_most.shape[0]), self.numbers])
        self.aims = system.matrix([dict.fromkeys(target.cells, 1.0) for target in system.targets])
        self.cells = [np.array(target.cells) for target in system.targets]

    def shown(self, rows: np.ndarray) -> np.ndarray:
        """Return which lines of the matrix hold if only these rows are shown."""
        return np.concatenate([np.ones(self.always, dtype=bool), rows[self.row_of]])


class State:
    """What the shown rows leave possible.

    Parameters
    ----------
    ties
        The system.
    rows
        Per row, whether it is shown.
    known
        What was found before in blocks that were the same; it is added to.
    """

    def __init__(self, ties: Ties, rows: np.ndarray, known: Known | None = None):
        self.ties, self.rows, self.known = ties, rows, {} if known is None else known
        self.lines = np.flatnonzero(ties.shown(rows))
        self.matrix = ties.matrix[self.lines]
        self.limits = Limits(self.matrix, ties.least[self.lines], ties.most[self.lines])
        self.low, self.high = self.limits.tighten(ties.low, ties.high)
        self._blocks: dict[int, Block] = {}

    def outer(self, number: int) -> Interval:
        """Return an interval that a count surely lies in, without solving anything."""
        cells = self.ties.cells[number]
        return float(self.low[cells].sum()), float(self.high[cells].sum())

    def interval(self, number: int) -> Interval:
        """Return the least and the largest whole value of a count."""
        cells = self.ties.cells[number]
        free = cells[self.high[cells] > self.low[cells] + TOLERANCE]
        if not len(free):
            return self.outer(number)
        block = self.block(int(self._part[free[0]]))
        found = block.intervals
        if number not in found:
            fixed = float(self.low[np.setdiff1d(cells, free)].sum())
            low, high = block.interval(free)
            found[number] = (fixed + low, fixed + high)
        return found[number]

    def seen(self, number: int) -> Interval:
        """Return the least and the largest value of a count among solutions that are known."""
        cells = self.ties.cells[number]
        free = cells[self.high[cells] > self.low[cells] + TOLERANCE]
        if not len(free):
            return self.outer(number)
        fixed = float(self.low[np.setdiff1d(cells, free)].sum())
        low, high = self.block(int(self._part[free[0]])).seen(free)
        return fixed + low, fixed + high

    def block(self, part: int) -> Block:
        """Return a set of unknown numbers that nothing ties to the others."""
        if part not in self._blocks:
            self._blocks[part] = Block(self, np.flatnonzero(self._part == part))
        return self._blocks[part]

    @cached_property
    def _part(self) -> np.ndarray:
        """Number the blocks: unknown numbers are in one if a sum, or a count to protect, holds both."""
        free = self.high > self.low + TOLERANCE
        ties = sparse.vstack([self.matrix, self.ties.aims], format="csr")
        columns = ties.multiply(free[None, :]).tocsr()
        columns.eliminate_zeros()
        size, rows = len(free), columns.shape[0]
        graph = sparse.bmat([[None, columns.T], [sparse.csr_matrix((rows, size)), None]], format="csr")
        return connected_components(graph, directed=False)[1][:size]


class Block:
    """Unknown numbers that nothing ties to the others."""

    def __init__(self, state: State, members: np.ndarray):
        free = members[state.high[members] > state.low[members] + TOLERANCE]
        places = np.unique(state.matrix[:, free].tocsc().indices)
        part = state.matrix[places].tocsr()
        fixed = state.low.copy()
        fixed[free] = 0.0
        done = part @ fixed
        self.members, self.matrix = free, part[:, free]
        self.least = state.limits.low[places] - done
        self.most = state.limits.high[places] - done
        self.low, self.high = state.low[free], state.high[free]
        content = (free, self.matrix.indptr, self.matrix.indices, self.matrix.data, self.least, self.most)
        signature = b"".join(one.tobytes() for one in (*content, self.low, self.high))
        self.intervals, self.points = state.known.setdefault(signature, ({}, []))

    def seen(self, cells: np.ndarray) -> Interval:
        """Return the least and the largest value of a sum among the known solutions in whole numbers."""
        if not self.points:
            self._look_around()
        inside = np.isin(self.members, cells)
        values = [float(point[inside].sum()) for point in self.points]
        return min(values, default=np.inf), max(values, default=-np.inf)

    def _look_around(self) -> None:
        """Find some far apart solutions, by which most counts are proved to be open."""
        rng = np.random.default_rng(0)
        for _ in range(AROUND):
            found = linprog(rng.normal(size=len(self.members)), **self._programme, method="highs")
            self._note(found.x)

    def interval(self, cells: np.ndarray) -> Interval:
        """Return the least and the largest whole value of a sum."""
        aim = np.isin(self.members, cells).astype(float)
        return self._least(aim), -self._least(-aim)

    def _least(self, aim: np.ndarray) -> float:
        found = linprog(aim, **self._programme, method="highs")
        if found.x is None:
            return float(aim @ np.where(aim > 0, self.low, self.high))
        value = float(np.ceil(found.fun - TOLERANCE))
        if self._note(found.x):
            return value
        whole = milp(
            aim,
            integrality=np.ones(len(aim)),
            bounds=Bounds(self.low, self.high),
            constraints=LinearConstraint(self.matrix, self.least, self.most),
            options={"time_limit": 2.0, "presolve": False},
        )
        return float(np.ceil(whole.fun - TOLERANCE)) if whole.x is not None and whole.status == 0 else value

    def _note(self, found: np.ndarray | None) -> bool:
        """Keep a solution if it is in whole numbers, and tell whether it is."""
        if found is None or np.abs(found - np.round(found)).max(initial=0.0) > TOLERANCE:
            return False
        self.points.append(np.round(found))
        return True

    @cached_property
    def _programme(self) -> dict[str, object]:
        same = self.least == self.most
        return {
            "A_ub": self.matrix[~same] if (~same).any() else None,
            "b_ub": self.most[~same] if (~same).any() else None,
            "A_eq": self.matrix[same] if same.any() else None,
            "b_eq": self.most[same] if same.any() else None,
            "bounds": np.column_stack([self.low, self.high]),
        }
