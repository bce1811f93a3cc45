"""What a reader of earlier reports knows of the counts of a later one, since people only come."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import numpy as np

from evaluation.disclosure.linked import Linked, fill_in_usual, is_about_units
from evaluation.disclosure.links import IN_WAVES, LINKS, PARTICIPATION
from evaluation.disclosure.policy import is_known
from evaluation.disclosure.rounding import Limits

Counts = Mapping[str, float]
STANDING = ("asked", "members", "others")
"""Kinds of counts that are of those who were there before."""
SHRINKING = ("attrition", "leavers", "compared_attrition", "patterns", "link_steps")
"""Populations of those who are missing, or did just this: they can lose people when more come."""


def limits_before(
    records: Sequence[Mapping[str, Any]],
    moved: Sequence[Counts | None],
    told: Mapping[int, Mapping[str, Limits]],
) -> dict[int, dict[str, Limits]]:
    """Bound the counts of a report by what earlier ones told.

    Parameters
    ----------
    records
        The rows of the report.
    moved
        Per row, by how much each of its counts has changed; None if it was not shown before.
    told
        By place of a row, the limits within which earlier reports told its counts.

    Returns
    -------
    dict
        By place of a row, the limits of its counts; wide enough for what they are now.

    Notes
    -----
    A count is at least what it was, and at most that and everybody who has come to its question since; where no
    row about everybody tells how many have, everybody who has come to its wave.
    """
    rows = {place: row for place, row in enumerate(map(_linked, records)) if row is not None}
    fill_in_usual(list(rows.values()))
    came = _arrived(rows, moved)
    found = {}
    for place in told.keys() & rows.keys():
        row = rows[place]
        if row.link.population not in SHRINKING:
            most, kinds = _most(row, came), row.link.counts
            found[place] = {
                name: _around(limits, np.inf if kinds.get(name) in STANDING else most, row.row.get(name))
                for name, limits in told[place].items()
            }
    return found


def _linked(row: Mapping[str, Any]) -> Linked | None:
    link = LINKS.get(str(row["estimand"]))
    return Linked(row, link) if link and is_about_units(row) else None


def _arrived(rows: Mapping[int, Linked], moved: Sequence[Counts | None]) -> dict[Hashable, float]:
    """Return by question how many more have answered, as the row about everybody tells that has changed least."""
    came: dict[Hashable, float] = {}
    for place, row in rows.items():
        own = "yes" if row.link.population in PARTICIPATION else "answered"
        for name, change in (moved[place] or {}).items():
            if row.link.counts.get(name) in ("all_yes", "" if row.split else own):
                came[row.question] = min(came.get(row.question, np.inf), abs(change))
    return came


def _most(row: Linked, came: Mapping[Hashable, float]) -> float:
    question = row.question
    waves = [question[4], *str(question[5] or "").split(" - ")] if question[1] in IN_WAVES else []
    occasions = [(question[0], "waves", None, None, wave, None) for wave in waves]
    return min((came[one] for one in (question, *occasions) if one in came), default=np.inf)


def _around(told: Limits, most: float, now: Any) -> Limits:
    """Widen limits by those who have come, and to what a count is now."""
    known = float(now) if is_known(now) else told[0]
    return min(told[0], known), max(told[1] + most, known)
