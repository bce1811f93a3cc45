"""What published counts say of each other: every count as a sum of unknown numbers of people."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from scipy import sparse

from evaluation.disclosure.linked import Linked, fill_in_usual, is_about_units
from evaluation.disclosure.links import IN_WAVES, LINKS, PARTICIPATION, WIDER
from evaluation.disclosure.policy import Policy
from evaluation.disclosure.rounding import Limits, can_be_rounded, known_of
from evaluation.vocabulary.row import is_known, is_rounded

REST = "*"
"""Those of a classification who belong to no level that is named anywhere."""
YES, NO, SILENT = "yes", "no", "silent"
ANSWERED = (YES, NO)
STATUSES = (YES, NO, SILENT)
OF_STATUS = {"asked": STATUSES, "answered": ANSWERED, "yes": (YES,), "no": (NO,)}

Sum = dict[int, float]
Between = tuple[Sum, float, float]
"""A sum, and its least and largest value."""


@dataclass(frozen=True, slots=True)
class Target:
    """A count that must not be told too closely.

    Attributes
    ----------
    cells
        Which unknown numbers add up to it.
    threshold
        From how many units on it may be known.
    row
        The withheld row it belongs to; -1 for a count that no row shows.
    answer
        Whether nobody at all is a secret too, because it tells what all the others answered.
    """

    cells: tuple[int, ...]
    threshold: int
    row: int = -1
    answer: bool = False


@dataclass(slots=True)
class System:
    """Unknown numbers of units, and what ties them together whatever is published.

    Attributes
    ----------
    lower, upper
        The limits of each unknown number.
    equal, at_most
        Sums of unknown numbers that are zero, and that are zero or less.
    rows
        Per row of the tables, the sums it tells if it is shown: (sum, value).
    near
        Per row, what it tells if it is shown rounded; nothing if it cannot be.
    between
        What is known of sums whatever is shown.
    targets
        The counts to protect.
    kinds, homes, groups
        Of each unknown number what it is (`all`, `member`, `total`, `cell` or `part`), the question or
        classification it belongs to, and the classification it is a part of.
    """

    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    equal: list[Sum] = field(default_factory=list)
    at_most: list[Sum] = field(default_factory=list)
    rows: list[list[tuple[Sum, float]]] = field(default_factory=list)
    near: list[list[Between]] = field(default_factory=list)
    between: list[Between] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    homes: list[Hashable] = field(default_factory=list)
    groups: list[Hashable] = field(default_factory=list)

    def matrix(self, sums: Sequence[Sum]) -> sparse.csr_matrix:
        """Return sums as a sparse matrix, one row each."""
        entries = [(i, j, v) for i, total in enumerate(sums) for j, v in total.items()]
        rows, columns, values = (
            (list(part) for part in zip(*entries, strict=True)) if entries else ([], [], [])
        )
        return sparse.csr_matrix((values, (rows, columns)), shape=(len(sums), len(self.upper)))


def linked_cells(
    tables: Sequence[pd.DataFrame],
    policy: Policy,
    positives: Mapping[str, Sequence[str]] | None = None,
    between: Mapping[int, Mapping[str, Limits]] | None = None,
) -> System:
    """Write all tables of a report as one system of linear equations in unknown numbers of units.

    Parameters
    ----------
    tables
        Tables with glossary columns in which the primary rules have marked rows as `suppressed`.
    policy
        The thresholds.
    positives
        For an indicator, which answers (`term`) to its question count as yes.
    between
        By place of a row, the limits of its counts that a reader knows whatever is shown.

    Returns
    -------
    System
        Its `rows` follow the tables, one after the other.

    Notes
    -----
    `LINKS` says what the counts of a quantity are. For every question q (an indicator, item or scale in
    a wave, of one population) and classification g there is one unknown number of units per level and
    status (yes, no, silent). Levels add up to the total of the
    question in every classification; statuses add up to the registered units of the level, which all
    questions and waves share; who answered a question answered the wave. Units of no named level form
    a level of their own, so that what is left of a total when all named levels are subtracted is a
    count like any other.
    """
    frames = [table.reset_index(drop=True) for table in tables]
    records = [row for frame in frames for row in frame.to_dict("records")]
    builder = _Builder(records, policy, positives or {})
    return builder.build(between or {})


class _Builder:
    def __init__(self, records: list[dict[str, Any]], policy: Policy, positives: Mapping[str, Sequence[str]]):
        self.policy, self.positives = policy, positives
        self.system, self.names = System(), {}
        self.records = [Linked(row, LINKS.get(str(row["estimand"]))) for row in records]
        self.counted = [row for row in self.records if row.link and is_about_units(row.row)]
        fill_in_usual(self.counted)
        self.fewest, self.totals = self._totals()
        self.sizes = self._sizes()
        self.levels = self._levels()
        self.questions = list(dict.fromkeys(row.question for row in self.counted))
        self.split = dict.fromkeys((row.question, row.group) for row in self.counted if row.split)

    def build(self, between: Mapping[int, Mapping[str, Limits]]) -> System:
        for question in self.questions:
            if question[1] in WIDER:
                continue
            everyone = {self._total(question, status): 1.0 for status in STATUSES}
            self.system.at_most.append({**everyone, self._var("all", question): -1.0})
        for (unit, group), levels in self.levels.items():
            members = {self._member(unit, group, level): 1.0 for level in levels}
            self._equal(members, {self._var("all", (unit,)): 1.0})
        for question, group in self.split:
            self._split_up(question, group)
        self._cross()
        self._parts()
        self._waves()
        counted = {id(row) for row in self.counted}
        for place, row in enumerate(self.records):
            self.system.rows.append(self._told(row) if id(row) in counted else [])
            sums = self._sums(row) if id(row) in counted and place in between else {}
            self.system.between += [
                (dict.fromkeys(sums[name], 1.0), *known)
                for name, known in between.get(place, {}).items()
                if name in sums
            ]
            self.system.near.append(self._near(row) if id(row) in counted else [])
        self._secrets(counted)
        return self.system

    def _totals(self) -> tuple[dict[str, float], dict[str, float]]:
        """Return how many units there are, at the least and at the most: the same unless only told rounded."""
        found: dict[str, tuple[float, float]] = {}
        for row in self.counted:
            wider = row.question[1] in WIDER
            sizes = [] if wider else zip(row.known(0), (-most for most in row.known(1)), strict=True)
            found[row.unit] = max([found.get(row.unit, (0.0, 0.0)), *sizes])
        return {unit: low for unit, (low, _) in found.items()}, {
            unit: -high for unit, (_, high) in found.items()
        }

    def _sizes(self) -> dict[tuple[Any, ...], float]:
        """Return the largest count of questions that may be about more than the registered units."""
        found: dict[tuple[Any, ...], float] = {}
        for row in self.counted:
            if row.question[1] in WIDER:
                found[row.question] = max([found.get(row.question, self.totals[row.unit]), *row.known()])
        return found

    def _levels(self) -> dict[tuple[str, str], list[str]]:
        found: dict[tuple[str, str], dict[str, None]] = {}
        for row in self.counted:
            if row.split:
                found.setdefault((row.unit, row.group), {}).update(dict.fromkeys(row.compared))
        return {key: [*names, REST] for key, names in found.items()}

    def _var(self, kind: str, question: tuple[Any, ...], *more: Any) -> int:
        name = (kind, question[:1] if kind in ("all", "member") else question, *more)
        if name not in self.names:
            self.names[name] = len(self.system.upper)
            total = self.sizes.get(question, self.totals[question[0]])
            self.system.upper.append(total)
            self.system.lower.append(min(self.fewest[question[0]], total) if kind == "all" else 0.0)
            group = (question[0], more[0]) if kind in ("member", "cell") else None
            self.system.kinds.append(kind)
            self.system.homes.append(group if kind == "member" else name[1])
            self.system.groups.append(group)
        return self.names[name]

    def _equal(self, left: Sum, right: Sum) -> None:
        self.system.equal.append({**left, **{j: -v for j, v in right.items()}})

    def _total(self, question: tuple[Any, ...], status: str) -> int:
        return self._var("total", question, status)

    def _cell(self, question: tuple[Any, ...], group: str, level: str, status: str) -> int:
        return self._var("cell", question, group, level, status)

    def _member(self, unit: str, group: str, level: str) -> int:
        return self._var("member", (unit,), group, level)

    def _split_up(self, question: tuple[Any, ...], group: str) -> None:
        """Levels add up to the total of the question; the statuses to the units of the level."""
        levels = self.levels[question[0], group]
        for status in STATUSES:
            parts = {self._cell(question, group, level, status): 1.0 for level in levels}
            self._equal(parts, {self._total(question, status): 1.0})
        for level in levels:
            cells = [self._cell(question, group, level, status) for status in STATUSES]
            self._within(cells, [self._member(question[0], group, level)])

    def _cross(self) -> None:
        """Units of crossed levels are units of each of the levels that are crossed."""
        for unit, group in self.levels:
            for place, part in enumerate(group.split("+") if "+" in group else ()):
                for level in self.levels.get((unit, part), ()):
                    crossed = [
                        self._member(unit, group, name)
                        for name in self.levels[unit, group]
                        if name != REST and name.split("+")[place] == level
                    ]
                    if crossed:
                        self._within(crossed, [self._member(unit, part, level)])

    def _parts(self) -> None:
        """Tie the answers to a question to everyone who answered it, and to those who count as yes."""
        parts: dict[tuple[Any, ...], dict[str, int]] = {}
        for row in self.counted:
            if row.part:
                parts.setdefault(row.question, {})[row.part] = self._var("part", row.question, row.part)
        for question, found in parts.items():
            answered = {self._total(question, status): 1.0 for status in ANSWERED}
            self._equal(dict.fromkeys(found.values(), 1.0), answered)
            yes = [found[term] for term in self.positives.get(str(question[2]), ()) if term in found]
            if yes:
                self._equal(dict.fromkeys(yes, 1.0), {self._total(question, YES): 1.0})

    def _waves(self) -> None:
        """Who answered a question in a wave answered the wave, in every level too."""
        for question in self.questions:
            for wave in _waves_of(question):
                whole = (question[0], "waves", None, None, wave, None)
                if whole not in self.questions:
                    continue
                self._within([self._total(question, s) for s in ANSWERED], [self._total(whole, YES)])
                for group in [g for q, g in self.split if q == question and (whole, g) in self.split]:
                    for level in self.levels[question[0], group]:
                        self._within(
                            [self._cell(question, group, level, s) for s in ANSWERED],
                            [self._cell(whole, group, level, YES)],
                        )

    def _within(self, part: Sequence[int], whole: Sequence[int]) -> None:
        self.system.at_most.append({**dict.fromkeys(part, 1.0), **dict.fromkeys(whole, -1.0)})

    def _told(self, row: Linked) -> list[tuple[Sum, float]]:
        """Return what a row tells: each of its counts as a sum of unknown numbers."""
        exact = {} if is_rounded(row.row) else self._sums(row)
        return [
            (dict.fromkeys(cells, 1.0), float(row.row[name]))
            for name, cells in exact.items()
            if is_known(row.row.get(name))
        ]

    def _near(self, row: Linked) -> list[Between]:
        """Return what a row tells if it is rounded, or as it has been."""
        before = is_rounded(row.row)
        if not (before or (self.policy.rounds and can_be_rounded(row.row, self.policy))):
            return []
        sums, found = self._sums(row), []
        for one in known_of(row.row, self.policy, tuple(sums)):
            total: Sum = {}
            for name, weight in one.weights.items():
                for cell in sums[name]:
                    total[cell] = total.get(cell, 0.0) + weight
            found.append(({cell: weight for cell, weight in total.items() if weight}, one.low, one.high))
        return found

    def _sums(self, row: Linked) -> dict[str, list[int]]:
        found = {name: self._cells(row, kind) for name, kind in row.link.counts.items()}
        return {name: cells for name, cells in found.items() if cells}

    def _cells(self, row: Linked, kind: str) -> list[int]:
        """Return the unknown numbers that add up to one count of a row."""
        if kind in OF_STATUS:
            return self._of(row, row.compared[0] if row.split else None, OF_STATUS[kind])
        if kind == "all_yes":
            return [self._total(row.question, YES)]
        if kind == "part":
            return [self._var("part", row.question, row.part)] if row.part else []
        if kind == "pooled":
            levels = row.compared if row.split else [None]
            return [cell for level in levels for cell in self._of(row, level, ANSWERED)]
        if not row.split:
            return [self._var("all", row.question)] if kind == "members" else []
        if kind in ("level", "reference"):
            place = ("level", "reference").index(kind)
            return self._of(row, row.compared[place], ANSWERED) if len(row.compared) > place else []
        others = [name for name in self.levels[row.unit, row.group] if name != row.compared[0]]
        names = others if kind == "others" else row.compared[:1]
        return [self._member(row.unit, row.group, name) for name in names]

    def _of(self, row: Linked, level: str | None, statuses: Sequence[str]) -> list[int]:
        if level is None:
            return [self._total(row.question, status) for status in statuses]
        return [self._cell(row.question, row.group, level, status) for status in statuses]

    def _secrets(self, counted: set[int]) -> None:
        targets: dict[tuple[tuple[int, ...], bool], Target] = {}
        for index, row in enumerate(self.records):
            if id(row) in counted:
                for target in self._of_row(index, row):
                    targets.setdefault((target.cells, target.answer), target)
        for (unit, group), levels in self.levels.items():
            limit = self.policy.threshold(group)
            for level in self._secret_levels(group, levels, takes_part=True):
                cells = (self._member(unit, group, level),)
                targets.setdefault((cells, False), Target(cells, limit))
        for question, group in self.split:
            takes_part = question[1] in PARTICIPATION
            for level in self._secret_levels(group, self.levels[question[0], group], takes_part=takes_part):
                cells = tuple(self._cell(question, group, level, status) for status in ANSWERED)
                targets.setdefault((cells, False), Target(cells, self.policy.threshold(group)))
        self.system.targets = list(targets.values())

    def _secret_levels(self, group: str, levels: Sequence[str], *, takes_part: bool) -> list[str]:
        """Return the levels whose numbers are secrets, whether or not a row shows them."""
        known = [REST] if takes_part and group in self.policy.together else []
        allowed = [level for level in levels if self.policy.allowed({"group": group, "level": level})]
        return [level for level in levels if level not in (*known, *allowed)]

    def _of_row(self, index: int, row: Linked) -> list[Target]:
        limit, sums = self.policy.threshold(row.row.get("group") if row.split else None), self._sums(row)
        found = [Target(tuple(cells), limit, index) for cells in sums.values()]
        if "k" in sums and row.link.answer:
            found.append(Target(tuple(sums["k"]), limit, index, answer=not row.part))
            if not row.part:
                others = [cell for cell in sums["n"] if cell not in sums["k"]]
                found.append(Target(tuple(others), limit, index, answer=True))
        return found


def _waves_of(question: tuple[Any, ...]) -> list[str]:
    if question[1] not in IN_WAVES:
        return []
    return [wave for wave in (question[4], *str(question[5] or "").split(" - ")) if wave]
