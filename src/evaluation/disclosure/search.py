"""The search for further rows to withhold, one count that is told too closely at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from evaluation.disclosure.block import Found
from evaluation.disclosure.cells import System
from evaluation.disclosure.contradictions import contradictions
from evaluation.disclosure.largest import largest_part
from evaluation.disclosure.policy import Policy
from evaluation.disclosure.rows import about_everybody, costs, same_keys, takes_part
from evaluation.disclosure.state import TOLERANCE, State, Ties
from evaluation.vocabulary.row import is_rounded

Number = Any
"""One number, or an array of them."""
TRIALS = 60
"""How many rows are tried for showing again; the most costly ones first."""


class Search:
    """Adds rows until every count is protected, and takes back those that are not needed."""

    def __init__(
        self,
        system: System,
        records: list[dict],
        primary: np.ndarray,
        policy: Policy,
    ):
        self.before = np.array([is_rounded(row) for row in records], dtype=bool)
        self.system, self.ties = system, Ties(system)
        self.keys = same_keys(records, policy)
        self.fixed = self.alike(np.array([policy.allowed(row) for row in records], dtype=bool))
        self.primary, self.rounds = self.alike(primary) & ~self.fixed, 0
        self.about_all = np.array([about_everybody(row) for row in records], dtype=bool)
        self.standing = (
            self.fixed | self.about_all | np.array([takes_part(row, policy) for row in records], bool)
        )
        self.cost = (
            np.bincount(self.keys, weights=costs(records, self.about_all)) if len(records) else np.empty(0)
        )
        self.unlinked, off = contradictions(self.ties, self.primary, len(records))
        if off.any():
            system.between = [one for one, gone in zip(system.between, off, strict=True) if not gone]
            self.ties = Ties(system)
        self.found = Found()
        self.thresholds = np.array([target.threshold for target in system.targets], dtype=float)
        self.below = self.thresholds
        """From how many units on it does not matter how closely a count is told."""
        self.rows = np.array([target.row for target in system.targets], dtype=int)
        self.answers = np.array([target.answer for target in system.targets], dtype=bool)
        self._telling = self._rows_telling()
        self.holders = self._holders()
        self.hopeless: set[int] = set()
        self.above: set[int] = set()
        """Counts that were found to be at the threshold or above, and stay so when more is shown."""
        self._room: State | None = None

    def alike(self, marked: np.ndarray) -> np.ndarray:
        """Mark every row that has the same keys as a marked one."""
        return np.isin(self.keys, np.unique(self.keys[marked])) if marked.any() else marked.copy()

    def solve(self, kept_back: np.ndarray) -> np.ndarray:
        """Withhold, look for counts that are told too closely, and add rows until there are none."""
        withheld = start = self.primary | (kept_back & ~self.fixed)
        while True:
            self.rounds += 1
            state = self._state(withheld)
            more = self._chosen(self._told(state, withheld), state, withheld)
            if not more.any():
                return self._taken_back(withheld, start)
            withheld = withheld | self.alike(more)

    def all_told(self) -> set[int]:
        """Return every count that is told too closely if just the primary rules withhold."""
        before, state = set(self.hopeless), self._state(self.primary)
        while told := self._told(state, self.primary):
            self.hopeless |= set(told)
        return self.hopeless - before

    def _state(self, withheld: np.ndarray, rounded: np.ndarray | None = None) -> State:
        near = self.before & ~withheld if rounded is None else rounded | (self.before & ~withheld)
        shown = ~(withheld | self.unlinked)
        return State(self.ties, shown, self.found, near & ~self.unlinked)

    def rounded(self, withheld: np.ndarray, may: np.ndarray) -> np.ndarray:
        """Return which of the added rows are shown rounded; their own counts are protected like the others."""
        able = np.array([bool(lines) for lines in self.system.near], dtype=bool) & ~self.before & may
        added = np.unique(self.keys[withheld & ~self.primary & able])
        added = added[~np.isin(added, self.keys[withheld & ~able])]
        if self.hopeless or not len(added):
            return np.zeros(len(withheld), dtype=bool)

        wide = self._wide(withheld)

        def fits(keys: list[int]) -> bool:
            near = withheld & np.isin(self.keys, keys)
            told = (self.holders @ near.astype(float)) > 0
            self.below = np.where(wide & ~told, np.inf, self.thresholds)
            return self._protects(self._state(withheld, near), withheld)

        order = added[np.argsort(-self.cost[added], kind="stable")].tolist()
        return withheld & np.isin(self.keys, largest_part(order, fits))

    def _wide(self, withheld: np.ndarray) -> np.ndarray:
        """Return which counts are as wide open as is asked for, even those that are known to be large."""
        wide, state = np.ones(len(self.thresholds), dtype=bool), self._state(withheld)
        while True:
            self.below = np.where(wide, np.inf, self.thresholds)
            told = self._told(state, withheld)
            if not wide[told].any():
                return wide
            wide[told] = False

    def _protects(self, state: State, withheld: np.ndarray, among: np.ndarray | None = None) -> bool:
        """Tell whether every count is protected; what is found of counts is forgotten if more is shown in vain."""
        above = set(self.above)
        told = self._told(state, withheld, first=True, among=among)
        if told:
            self.above = above
        return not told

    def _taken_back(self, withheld: np.ndarray, start: np.ndarray) -> np.ndarray:
        """Show added rows again, the most costly first, where every count stays protected."""
        added = np.unique(self.keys[withheld & ~start])
        state = self._state(withheld)
        for key in added[np.argsort(-self.cost[added], kind="stable")][:TRIALS]:
            fewer = withheld & (self.keys != key)
            less = self._state(fewer)
            if self._protects(less, fewer, state.reached(self.keys == key)):
                withheld, state = fewer, less
        return withheld

    def _told(
        self, state: State, withheld: np.ndarray, *, first: bool = False, among: np.ndarray | None = None
    ) -> list[int]:
        """Return the counts that are told too closely; only the first of them if one is enough.

        `among` marks the counts that may be, if the others are known to be protected.

        Cheap proofs go first: that no solution is far enough away, and that known solutions are.
        """
        low, high = state.outer
        hidden = (self.rows < 0) | withheld[self.rows]
        doubtful = hidden & (low < self.below) & ((high > 0) | self.answers) & ~self._held(state)
        self.above = self.above if first else set()
        doubtful[[*self.hopeless, *self.above]] = False
        doubtful &= True if among is None else among
        numbers = np.flatnonzero(doubtful)
        room = self._left_open(withheld)
        limit, asked = self.below[numbers], _asked(*room.outer, self.thresholds)
        asked = (asked[0][numbers], asked[1][numbers])
        shut = _too_close(low[numbers], high[numbers], limit, asked)
        found = self._closely(numbers[shut], state, room, first=first)
        if found:
            return found
        numbers, limit, asked = numbers[~shut], limit[~shut], (asked[0][~shut], asked[1][~shut])
        return self._closely(numbers[~state.open(numbers, asked)], state, room, first=first)

    def _closely(self, numbers: np.ndarray, state: State, room: State, *, first: bool) -> list[int]:
        """Return counts that cannot be told from one at the threshold: one of each question, or the first."""
        found, done = [], set()
        numbers = numbers[self.answers[numbers] | state.occupied(numbers)]
        limit = self.thresholds[numbers]
        wide = room.open(numbers, (limit, limit - 1))
        for number, roomy in zip(map(int, numbers), wide, strict=True):
            homes = self._homes(number)
            if homes & done or not self._is_close(number, state, room, bool(roomy)):
                continue
            found.append(number)
            done |= homes
            if first:
                break
        return found

    def _is_close(self, number: int, state: State, room: State, roomy: bool) -> bool:
        limit, below, (low, high) = self.thresholds[number], self.below[number], state.outer
        asked = (limit, limit - 1) if roomy else _asked(*room.interval(number), limit)
        if _too_close(low[number], high[number], below, asked):
            return True
        if state.fewest(number) >= below:
            self.above.add(number)
            return False
        return bool(_too_close(state.fewest(number), state.most(number), below, asked))

    def _left_open(self, withheld: np.ndarray) -> State:
        """Return what the rows about everybody, and who takes part, leave possible."""
        shown = self.standing & ~withheld & ~self.unlinked
        if self._room is None or (self._room.rows != shown).any():
            self._room = State(self.ties, shown, self.found)
        return self._room

    def _rows_telling(self) -> dict[tuple[int, ...], np.ndarray]:
        """Return by count, as the unknown numbers it adds up, the rows that hold it."""
        places: dict[tuple[int, ...], list[int]] = {}
        for index, told in enumerate(self.system.rows):
            for total, _ in told:
                places.setdefault(tuple(sorted(total)), []).append(index)
        return {cells: np.array(rows) for cells, rows in places.items()}

    def _holders(self) -> sparse.csr_matrix:
        """Return which rows hold the very count that a target protects."""
        pairs = [
            (number, index)
            for number, target in enumerate(self.system.targets)
            for index in self._telling.get(tuple(sorted(target.cells)), ())
        ]
        numbers, rows = (list(part) for part in zip(*pairs, strict=True)) if pairs else ([], [])
        shape = (len(self.system.targets), len(self.keys))
        return sparse.csr_matrix((np.ones(len(pairs)), (numbers, rows)), shape=shape)

    def _held(self, state: State) -> np.ndarray:
        """Tell of every count whether a shown row holds it, which the primary rules have let through."""
        return (self.holders @ state.rows.astype(float)) > 0

    def _chosen(self, told: Sequence[int], state: State, withheld: np.ndarray) -> np.ndarray:
        """Choose for every question the rows whose withholding helps most for its cost."""
        more, done = np.zeros(len(self.keys), dtype=bool), set()
        for number in told:
            homes = self._homes(number)
            if homes & done:
                continue
            rows = self._best(number, homes, state, withheld)
            if rows is None:
                self.hopeless.add(number)
            else:
                more |= rows
                done |= homes
        return more

    def _homes(self, number: int) -> set[int]:
        return set(self.ties.homes[self.ties.cells[number]].tolist())

    def _best(self, number: int, homes: set[int], state: State, withheld: np.ndarray) -> np.ndarray | None:
        """Return the rows that hold the count which gives most away for its cost; None if there is none."""
        ties, groups = self.ties, self.ties.groups[self.ties.cells[number]]
        near = np.isin(ties.homes, list(homes))
        near |= ties.members & np.isin(ties.groups, groups[groups >= 0])
        for inside in (near, np.ones(len(near), dtype=bool)):
            price = self._prices(number, inside, state)
            rows = self._cheapest(price, withheld) if price is not None else None
            if rows is not None:
                return rows
        return None

    def _prices(self, number: int, inside: np.ndarray, state: State) -> np.ndarray | None:
        """Return per shown count how much it narrows a count, within some of the unknown numbers.

        What the numbers outside can add to a sum at the least and at the most widens its limits.
        """
        ties, places = self.ties, np.flatnonzero(inside)
        lines = state.lines_of(places)
        whole = state.matrix[lines]
        matrix, outside = whole[:, places], whole.multiply(~inside[None, :]).tocsr()
        more, less = outside.maximum(0), outside.minimum(0)
        least = state.limits.low[lines] - more @ state.high - less @ state.low
        most = state.limits.high[lines] - more @ state.low - less @ state.high
        same, capped, floored = least == most, np.isfinite(most), np.isfinite(least)
        above, below = ~same & capped, ~same & floored
        aim = ties.aims[number].toarray().ravel()[places]
        total = np.zeros(len(ties.numbers))
        for sign in (1.0, -1.0):
            found = linprog(
                sign * aim,
                A_ub=sparse.vstack([matrix[above], -matrix[below]]),
                b_ub=np.concatenate([most[above], -least[below]]),
                A_eq=matrix[same],
                b_eq=most[same],
                bounds=np.column_stack([ties.low[places], ties.high[places]]),
                method="highs-ds",
            )
            if found.x is None:
                return None
            place = state.lines[lines[same]] - ties.always
            told = (place >= 0) & (place < len(ties.numbers))
            total[place[told]] += np.abs(found.eqlin.marginals[told])
        return total

    def _cheapest(self, price: np.ndarray, withheld: np.ndarray) -> np.ndarray | None:
        """Return the rows that hold the count with the largest price for its cost."""
        best, chosen = 0.0, None
        seen: set[tuple[int, ...]] = set()
        for line in np.flatnonzero(price > TOLERANCE):
            cells = tuple(sorted(self.ties.told[line].indices))
            if cells in seen:
                continue
            seen.add(cells)
            rows = self._telling[cells]
            keys = np.unique(self.keys[rows[~withheld[rows]]])
            if len(keys) and not self.fixed[rows].any():
                worth = price[line] / self.cost[keys].sum()
                if worth > best:
                    best, chosen = worth, np.isin(self.keys, keys)
        return chosen


def _too_close(low: Number, high: Number, below: Number, asked: tuple[Number, Number]) -> Number:
    return (low < below) & ((high < asked[0]) | (high - low < asked[1]))


def _asked(low: Number, high: Number, limit: Number) -> tuple[Number, Number]:
    """Return how large and how wide a count must stay, in what may be known anyway."""
    return np.minimum(limit, high), np.minimum(limit - 1, high - low)
