"""Sums over projects of which no withheld number can be worked out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from evaluation.disclosure.whole import Conditions

REST, TOTAL = "*", "(all)"
AROUND = 12
"""How many far apart solutions are looked for first; they prove most counts to be open."""
NEARLY = 1e-6
Cell = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Part:
    """One project's share of a sum.

    Attributes
    ----------
    project
        Its key.
    total
        How many units it has.
    counts
        How many of them belong to each level.
    shown
        Levels whose count its own report shows.
    threshold
        From how many units on a count may be known.
    """

    project: str
    total: int
    counts: Mapping[str, int]
    shown: frozenset[str]
    threshold: int

    @property
    def known(self) -> dict[str, int]:
        """Return what its report tells: the shown levels, and the total if it shows any."""
        told = {level: count for level, count in self.counts.items() if level in self.shown}
        return {**told, TOTAL: self.total} if told else {}


def safe_sums(parts: Sequence[Part], *, protect: bool = True) -> dict[str, int]:
    """Return the sums over projects that may be shown.

    Parameters
    ----------
    parts
        The projects' counts, with those that their own reports withhold.
    protect
        Whether sums are withheld that would give a withheld count away; false is for tests of that.

    Returns
    -------
    dict
        By level, and for everybody under `TOTAL`; a sum that may not be shown is not there.

    Notes
    -----
    The least and the largest value of every withheld count are solved for, given all sums and all that the
    projects' own reports show. In such a network of sums they are whole numbers. A count is told too closely
    if it is known to lie below its threshold t, or within fewer than t values of which some lie below, and its
    own report leaves it wider. Then the smallest sum that it is a part of is withheld, until nothing is told.

    References
    ----------
    fischetti2001

    Examples
    --------
    >>> full = Part("a", 20, {"women": 12, "men": 8}, frozenset({"women", "men"}), 5)
    >>> few = Part("b", 9, {"women": 2, "men": 7}, frozenset(), 5)
    >>> safe_sums([full, few])
    {'(all)': 29}
    """
    levels = list(dict.fromkeys(level for part in parts for level in part.counts))
    sums = {
        level: sum(part.counts.get(level, 0) for part in parts)
        for level in levels
        if all(level in part.counts or not part.counts.get(REST) for part in parts)
    }
    sums[TOTAL] = sum(part.total for part in parts)
    while protect and sums:
        told = _Known(parts, levels, sums).too_close()
        if not told:
            break
        blamed = [level for level in dict.fromkeys(level for _, level in told) if level in sums] or list(sums)
        del sums[min(blamed, key=lambda level: (sums[level], level))]
    return {level: value for level, value in sums.items() if level != REST}


class _Known:
    """What all shown numbers together say of the withheld counts."""

    def __init__(self, parts: Sequence[Part], levels: Sequence[str], sums: Mapping[str, int]):
        self.levels = [*levels, *([REST] if REST not in levels else [])]
        self.parts = [part for part in parts if _hidden(part)]
        self.place: dict[Cell, int] = {}
        shown = [part for part in parts if not _hidden(part)]
        left = {
            level: value - sum(part.total if level == TOTAL else part.counts.get(level, 0) for part in shown)
            for level, value in sums.items()
        }
        self.most = float(max([sums.get(TOTAL, 0), *left.values(), *(part.total for part in self.parts), 1]))
        self._write(left)

    def _at(self, number: int, level: str) -> int:
        return self.place.setdefault((number, level), len(self.place))

    def _write(self, left: Mapping[str, int]) -> None:
        """Write the sums of each project and of each level as equations."""
        lines: list[dict[int, float]] = []
        values: list[float] = []
        for number, part in enumerate(self.parts):
            cells = {self._at(number, level): 1.0 for level in self._levels_of(part)}
            lines.append(cells | {self._at(number, TOTAL): -1.0})
            values.append(0.0)
            for level, count in part.known.items():
                lines.append({self._at(number, level): 1.0})
                values.append(float(count))
        for level, value in left.items():
            cells = [self.place[n, level] for n in range(len(self.parts)) if (n, level) in self.place]
            lines.append(dict.fromkeys(cells, 1.0))
            values.append(float(value))
        entries = [(i, j, v) for i, line in enumerate(lines) for j, v in line.items()]
        rows, columns, weights = zip(*entries, strict=True) if entries else ((), (), ())
        size, sums = len(self.place), np.array(values)
        matrix = sparse.csr_matrix((weights, (rows, columns)), shape=(len(lines), size))
        self.conditions = Conditions(matrix, sums, sums, np.zeros(size), np.full(size, self.most))

    def _levels_of(self, part: Part) -> list[str]:
        return [level for level in self.levels if level in part.counts or level == REST]

    def too_close(self) -> list[Cell]:
        """List the withheld counts that are told too closely."""
        if not self.parts:
            return []
        rng = np.random.default_rng(0)
        seen = [self.conditions.least(rng.normal(size=len(self.place))).point for _ in range(AROUND)]
        points = np.array([point for point in seen if point is not None])
        return [cell for cell in self._secrets() if self._told(cell, points)]

    def _secrets(self) -> list[Cell]:
        return [
            (number, level)
            for number, part in enumerate(self.parts)
            for level in (*part.counts, TOTAL)
            if level not in part.known
        ]

    def _told(self, cell: Cell, points: np.ndarray) -> bool:
        part, place = self.parts[cell[0]], self.place[cell]
        before = _before(part, self.most)
        values = points[:, place]
        if not _close(values.min(), values.max(), part.threshold):
            return False
        low, high = (self._end(place, sign) for sign in (1.0, -1.0))
        room = min(part.threshold - 1, before[1] - before[0])
        learned = high < min(part.threshold, before[1]) or high - low < room
        return _close(low, high, part.threshold) and learned

    def _end(self, place: int, sign: float) -> float:
        aim = np.zeros(len(self.place))
        aim[place] = sign
        return float(np.round(self.conditions.least(aim).point[place]))


def _hidden(part: Part) -> bool:
    return any(level not in part.shown for level in part.counts if level != REST) or not part.shown


def _close(low: float, high: float, threshold: int) -> bool:
    return high < threshold - NEARLY or (low < threshold and high - low < threshold - 1 - NEARLY)


def _before(part: Part, most: float) -> tuple[float, float]:
    """Return what the project's own report leaves possible for a withheld count."""
    if not part.known:
        return 0.0, most
    left = float(part.total - sum(count for level, count in part.known.items() if level != TOTAL))
    return 0.0, left
