"""What a reader of the shown rows can still think possible, solved in independent blocks."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import cached_property

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from evaluation.disclosure.block import Block, Found
from evaluation.disclosure.bounds import Limits
from evaluation.disclosure.cells import System

TOLERANCE = 1e-6
Interval = tuple[float, float]


class Ties:
    """A system as matrices: what holds always, and what each row of the tables tells, as it is or rounded."""

    def __init__(self, system: System):
        self.system = system
        self.low, self.high = np.array(system.lower), np.array(system.upper)
        equal, at_most = system.matrix(system.equal), system.matrix(system.at_most)
        told = [entry for entries in system.rows for entry in entries]
        self.row_of = np.array([i for i, entries in enumerate(system.rows) for _ in entries], dtype=int)
        self.numbers = np.array([value for _, value in told], dtype=float)
        self.told = system.matrix([total for total, _ in told])
        self.always = equal.shape[0] + at_most.shape[0]
        near = [*(entry for entries in system.near for entry in entries), *system.between]
        places = [i for i, entries in enumerate(system.near) for _ in entries]
        self.near_of = np.array(places + [len(system.near)] * len(system.between), dtype=int)
        around = system.matrix([total for total, _, _ in near])
        self.matrix = sparse.vstack([equal, at_most, self.told, around], format="csr")
        zero, minus = np.zeros(equal.shape[0]), np.full(at_most.shape[0], -np.inf)
        self.least = np.concatenate([zero, minus, self.numbers, [low for _, low, _ in near]])
        self.most = np.concatenate(
            [zero, np.zeros(at_most.shape[0]), self.numbers, [high for _, _, high in near]]
        )
        self.aims = system.matrix([dict.fromkeys(target.cells, 1.0) for target in system.targets])
        self.cells = [np.array(target.cells) for target in system.targets]
        self.homes, self.groups = _numbered(system.homes), _numbered(system.groups)
        self.members = np.array([kind == "member" for kind in system.kinds], dtype=bool)
        self.home = np.array([self.homes[cells[0]] for cells in self.cells], dtype=int)

    def shown(self, rows: np.ndarray, rounded: np.ndarray) -> np.ndarray:
        """Return which lines of the matrix hold if only these rows are shown, and others rounded."""
        always, near = np.ones(self.always, dtype=bool), np.append(rounded, True)
        return np.concatenate([always, rows[self.row_of], near[self.near_of]])


class State:
    """What the shown rows leave possible.

    Parameters
    ----------
    ties
        The system.
    rows
        Per row, whether it is shown as it is.
    found
        What was found before, here and for other rows; it is added to.
    rounded
        Per row, whether it is shown rounded; none if it is not given.
    """

    def __init__(
        self, ties: Ties, rows: np.ndarray, found: Found | None = None, rounded: np.ndarray | None = None
    ):
        self.ties, self.rows, self.found = ties, rows, Found() if found is None else found
        near = np.zeros(len(rows), dtype=bool) if rounded is None else rounded
        self.lines = np.flatnonzero(ties.shown(rows, near))
        self.matrix = ties.matrix[self.lines]
        self.limits = Limits(self.matrix, ties.least[self.lines], ties.most[self.lines])
        self.low, self.high = self.limits.tighten(ties.low, ties.high)
        self.free = self.high > self.low + TOLERANCE
        self._blocks: dict[int, Block] = {}

    @cached_property
    def outer(self) -> tuple[np.ndarray, np.ndarray]:
        """Return intervals that the counts surely lie in, without solving anything."""
        return self.ties.aims @ self.low, self.ties.aims @ self.high

    def interval(self, number: int) -> Interval:
        """Return the least and the largest whole value of a count."""
        return self.fewest(number), self.most(number)

    def fewest(self, number: int) -> float:
        """Return the least whole value of a count."""
        return self._end(number, 1.0)

    def most(self, number: int) -> float:
        """Return the largest whole value of a count."""
        return self._end(number, -1.0)

    def occupied(self, numbers: np.ndarray) -> np.ndarray:
        """Tell which counts somebody can be in."""
        full = self._settled[numbers] > 0
        parts = self._parts_of(numbers)
        for part in np.unique(parts[parts >= 0]):
            inside = np.flatnonzero((parts == part) & ~full)
            block = self.block(int(part))
            full[inside] = block.occupied(self.ties.aims[numbers[inside]][:, block.members].tocsr())
        return full

    def _end(self, number: int, sign: float) -> float:
        first = self._first_free[number]
        if first < 0:
            return float(self._settled[number])
        block = self.block(int(self._part[first]))
        if (number, sign) not in block.ends:
            aim = sign * self.ties.aims[number].toarray().ravel()[block.members]
            block.ends[number, sign] = float(self._settled[number]) + sign * block.least(aim)
        return block.ends[number, sign]

    def open(self, numbers: np.ndarray, asked: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
        """Tell which counts some known solutions prove to be open, after looking for such solutions.

        Parameters
        ----------
        numbers
            Which counts.
        asked
            Per count how large it must be able to be, and how far apart its values.
        """
        proved = np.zeros(len(numbers), dtype=bool)
        parts = self._parts_of(numbers)
        for part in np.unique(parts[parts >= 0]):
            inside = np.flatnonzero(parts == part)
            block = self.block(int(part))
            aims = self.ties.aims[numbers[inside]][:, block.members].tocsr()
            fixed, wanted = self._settled[numbers[inside]], (asked[0][inside], asked[1][inside])
            homes = self.ties.home[numbers[inside]]
            proved[inside] = block.spread(aims, fixed, wanted, homes)
        return proved

    def block(self, part: int) -> Block:
        """Return a set of unknown numbers that nothing ties to the others."""
        if part not in self._blocks:
            members = np.flatnonzero((self._part == part) & self.free)
            places = self.lines_of(members)
            lines = self.matrix[places].tocsr()
            fixed = self.low.copy()
            fixed[members] = 0.0
            done = lines @ fixed
            least, most = self.limits.low[places] - done, self.limits.high[places] - done
            self._blocks[part] = Block(
                members, lines[:, members], least, most, self.low, self.high, self.found
            )
        return self._blocks[part]

    def reached(self, rows: np.ndarray) -> np.ndarray:
        """Tell which counts to protect hang together with what some rows tell; nothing else bears on others.

        Parameters
        ----------
        rows
            Per row of the tables, whether it is one of those.
        """
        ties = self.ties
        telling = np.concatenate([rows[ties.row_of], np.append(rows, False)[ties.near_of]])
        cells = ties.matrix[ties.always + np.flatnonzero(telling)].indices
        parts = np.unique(self._part[cells[self.free[cells]]])
        return np.isin(self._parts_of(np.arange(len(self.ties.cells))), parts)

    def _parts_of(self, numbers: np.ndarray) -> np.ndarray:
        """Return the block of every count; -1 where it is settled."""
        first = self._first_free[numbers]
        return np.where(first >= 0, self._part[first], -1)

    def lines_of(self, members: np.ndarray) -> np.ndarray:
        """Return the lines of the matrix that hold some of the unknown numbers."""
        return np.unique(self._columns[:, members].indices)

    @cached_property
    def _columns(self) -> sparse.csc_matrix:
        return self.matrix.tocsc()

    @cached_property
    def _settled(self) -> np.ndarray:
        """Return the part of every count that is known."""
        return self.ties.aims @ np.where(self.free, 0.0, self.low)

    @cached_property
    def _first_free(self) -> np.ndarray:
        """Return an unknown number of every count that is not settled; -1 if all are."""
        first = (next((cell for cell in cells if self.free[cell]), -1) for cells in self.ties.cells)
        return np.fromiter(first, dtype=np.intp)

    @cached_property
    def _part(self) -> np.ndarray:
        """Number the blocks: unknown numbers are in one if a sum, or a count to protect, holds both."""
        ties = sparse.vstack([self.matrix, self.ties.aims], format="csr")
        columns = ties.multiply(self.free[None, :]).tocsr()
        columns.eliminate_zeros()
        size, rows = len(self.free), columns.shape[0]
        graph = sparse.bmat([[None, columns.T], [sparse.csr_matrix((rows, size)), None]], format="csr")
        return connected_components(graph, directed=False)[1][:size]


def _numbered(names: Sequence[Hashable]) -> np.ndarray:
    """Give equal names the same number; None has -1."""
    places = {name: place for place, name in enumerate(dict.fromkeys(names))}
    return np.array([-1 if name is None else places[name] for name in names], dtype=int)
