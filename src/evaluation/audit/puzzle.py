"""The puzzle that published numbers leave: unknown whole numbers, and what is known of them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

NEARLY = 1e-6


class Puzzle:
    """Unknown whole numbers of people with equations and inequalities between them.

    Every unknown has a name and lies between zero and a largest value.
    """

    def __init__(self) -> None:
        self.place: dict[tuple[Any, ...], int] = {}
        self.largest: list[float] = []
        self.lines: list[tuple[dict[int, float], float, float]] = []

    def unknown(self, name: tuple[Any, ...], largest: float) -> int:
        """Return the number of an unknown, adding it if it is new."""
        if name not in self.place:
            self.place[name] = len(self.largest)
            self.largest.append(largest)
        return self.place[name]

    def know(self, terms: Mapping[int, float], low: float, high: float) -> int:
        """Add that a sum lies between two values, and return the number of the line."""
        self.lines.append((dict(terms), low, high))
        return len(self.lines) - 1

    def solved(self, lines: Iterable[int]) -> "Bounded":
        """Return the puzzle with some of its lines, ready to ask for bounds."""
        return Bounded(self, list(lines))


class Bounded:
    """A puzzle whose unknowns can be bounded."""

    def __init__(self, puzzle: Puzzle, lines: Sequence[int]):
        chosen = [puzzle.lines[line] for line in lines]
        entries = [(i, j, v) for i, (terms, _, _) in enumerate(chosen) for j, v in terms.items()]
        rows, columns, values = zip(*entries, strict=True) if entries else ((), (), ())
        self.size = len(puzzle.largest)
        self.matrix = sparse.csr_matrix((values, (rows, columns)), shape=(len(chosen), self.size))
        self.low = np.array([low for _, low, _ in chosen])
        self.high = np.array([high for _, _, high in chosen])
        self.largest = np.array(puzzle.largest)
        self.found: list[np.ndarray] = []
        self._limits = np.concatenate([self.high, -self.low])
        self._limited = np.isfinite(self._limits)
        self._both = sparse.vstack([self.matrix, -self.matrix]).tocsr()[self._limited]

    def seen(self, terms: Mapping[int, float]) -> tuple[float, float]:
        """Return the least and the largest value of a sum among the solutions that are known."""
        places, weights = list(terms), np.array(list(terms.values()))
        values = [float(solution[places] @ weights) for solution in self.found]
        return min(values, default=0.0), max(values, default=0.0)

    def interval(self, terms: Mapping[int, float]) -> tuple[float, float] | None:
        """Return the least and the largest whole value of a sum; None if nothing fits."""
        aim = np.zeros(self.size)
        for place, value in terms.items():
            aim[place] += value
        least, most = self._least(aim), self._least(-aim)
        return None if least is None or most is None else (least, -most)

    def _least(self, aim: np.ndarray) -> float | None:
        found = milp(
            aim,
            integrality=np.ones(self.size),
            bounds=Bounds(0.0, self.largest),
            constraints=LinearConstraint(self.matrix, self.low, self.high),
            # HiGHS's presolve has cut off feasible whole numbers of such puzzles.
            options={"time_limit": 20.0, "presolve": False},
        )
        if found.x is not None and found.status == 0:
            self.found.append(np.round(found.x))
            return float(np.ceil(found.fun - NEARLY))
        return self._least_fraction(aim)

    def fraction(self, terms: Mapping[int, float]) -> tuple[float, float] | None:
        """Return the least and the largest value of a sum if people had parts: never a closer bound."""
        aim = np.zeros(self.size)
        for place, value in terms.items():
            aim[place] += value
        least, most = self._least_fraction(aim), self._least_fraction(-aim)
        return None if least is None or most is None else (least, -most)

    def misfits(self, doubtful: int) -> list[int]:
        """Return which of the last lines contradict the others, leaving out as little as possible."""
        if not doubtful:
            return []
        slack = sparse.vstack(
            [sparse.csr_matrix((len(self.low) - doubtful, doubtful)), sparse.identity(doubtful)]
        )
        matrix = sparse.hstack([self.matrix, slack, -slack])
        found = linprog(
            np.concatenate([np.zeros(self.size), np.ones(2 * doubtful)]),
            A_ub=sparse.vstack([matrix, -matrix]).tocsr()[self._limited],
            b_ub=self._limits[self._limited],
            bounds=[*zip(np.zeros(self.size), self.largest, strict=True), *[(0, None)] * (2 * doubtful)],
            method="highs",
        )
        off = found.x[self.size :].reshape(2, doubtful).sum(axis=0)
        return [int(place) for place in np.flatnonzero(off > NEARLY)]

    def _least_fraction(self, aim: np.ndarray) -> float | None:
        """Bound by parts of people too, where whole numbers take too long or do not fit."""
        found = linprog(
            aim,
            A_ub=self._both,
            b_ub=self._limits[self._limited],
            bounds=np.column_stack([np.zeros(self.size), self.largest]),
            method="highs",
        )
        return None if found.x is None else float(np.ceil(found.fun - NEARLY))
