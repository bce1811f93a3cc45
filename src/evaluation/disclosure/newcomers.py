"""What two reports let a reader know of each other's counts, since people only come."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import numpy as np

from evaluation.disclosure.linked import Linked, fill_in_usual, is_about_units
from evaluation.disclosure.links import IN_WAVES, LINKS, PARTICIPATION
from evaluation.disclosure.rounding import Limits
from evaluation.vocabulary.row import is_known

Counts = Mapping[str, float]
Row = Mapping[str, Any]
Told = Mapping[int, Mapping[str, Limits]]
"""By place of a row, the limits within which the other report tells its counts."""
STANDING = ("asked", "members", "others")
"""Kinds of counts that are of those who were there before."""
SHRINKING = ("attrition", "leavers", "compared_attrition", "patterns", "link_steps")
"""Populations of those who are missing, or did just this: they can lose people when more come."""


class Arrived:
    """How many have come from one report to the next, by question.

    Parameters
    ----------
    records
        The rows of the later report.
    moved
        Per row, by how much each of its counts has changed; None if it was not shown before.

    Notes
    -----
    A count is at least what it was, and at most that and everybody who has come to its question since; where no
    row about everybody tells how many have, everybody who has come to its wave.
    """

    def __init__(self, records: Sequence[Row], moved: Sequence[Counts | None]):
        self.came: dict[Hashable, float] = {}
        for place, row in _linked(records).items():
            own = "yes" if row.link.population in PARTICIPATION else "answered"
            for name, change in (moved[place] or {}).items():
                if row.link.counts.get(name) in ("all_yes", "" if row.split else own):
                    least = self.came.get(row.question, np.inf)
                    self.came[row.question] = min(least, abs(change))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Arrived) and self.came == other.came

    def since(self, records: Sequence[Row], told: Told) -> dict[int, dict[str, Limits]]:
        """Bound the counts of the later report by what the earlier one told."""
        return self._limits(records, told, later=True)

    def before(self, records: Sequence[Row], told: Told) -> dict[int, dict[str, Limits]]:
        """Bound the counts of the earlier report by what the later one tells."""
        return self._limits(records, told, later=False)

    def _limits(self, records: Sequence[Row], told: Told, *, later: bool) -> dict[int, dict[str, Limits]]:
        rows, found = _linked(records), {}
        for place in sorted(told.keys() & rows.keys()):
            row = rows[place]
            kinds, most = row.link.counts, self._most(row)
            if row.link.population not in SHRINKING:
                found[place] = {
                    name: _around(
                        limits, np.inf if kinds.get(name) in STANDING else most, row.row.get(name), later
                    )
                    for name, limits in told[place].items()
                }
        return found

    def _most(self, row: Linked) -> float:
        question = row.question
        waves = [question[4], *str(question[5] or "").split(" - ")] if question[1] in IN_WAVES else []
        occasions = [(question[0], "waves", None, None, wave, None) for wave in waves]
        return min((self.came[one] for one in (question, *occasions) if one in self.came), default=np.inf)


def belonging(records: Sequence[Row]) -> list[set[Hashable]]:
    """Return per row the question that it belongs to, and its classification."""
    found: list[set[Hashable]] = [set() for _ in records]
    for place, row in _linked(records).items():
        found[place] = {row.question, (row.unit, row.group)}
    return found


def _linked(records: Sequence[Row]) -> dict[int, Linked]:
    found = {}
    for place, row in enumerate(records):
        link = LINKS.get(str(row["estimand"]))
        if link and is_about_units(row):
            found[place] = Linked(row, link)
    fill_in_usual(list(found.values()))
    return found


def _around(told: Limits, most: float, count: Any, later: bool) -> Limits:
    """Move limits by those who have come, and widen them to what the count is where that is known."""
    low, high = (told[0], told[1] + most) if later else (max(told[0] - most, 0.0), told[1])
    return (min(low, float(count)), max(high, float(count))) if is_known(count) else (low, high)
