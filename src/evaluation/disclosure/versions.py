"""What is withheld so that a report and one published before do not tell together what neither tells alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from evaluation.disclosure.complementary import withheld_pattern
from evaluation.disclosure.earlier import Earlier, rows_looking_back
from evaluation.disclosure.linked import is_about_units
from evaluation.disclosure.links import LINKS
from evaluation.disclosure.newcomers import STANDING, Arrived
from evaluation.disclosure.pattern import Before, Pattern
from evaluation.disclosure.policy import Policy, by_level, row_key
from evaluation.disclosure.rounding import COUNTED, Limits, base_of, limits, rounded_count
from evaluation.disclosure.threshold import protect
from evaluation.result import Result
from evaluation.vocabulary.row import is_known, is_rounded


def withheld_after(
    tables: Sequence[pd.DataFrame],
    policy: Policy,
    earlier: Earlier,
    *,
    positives: Mapping[str, Sequence[str]] | None = None,
) -> Pattern:
    """Find the rows to withhold over all linked tables, for readers who have the earlier report too.

    Parameters
    ----------
    tables, policy, positives
        As of `withheld_pattern`.
    earlier
        What was published.

    Returns
    -------
    Pattern
        One entry per row, in the order of the tables.

    Notes
    -----
    The counts of a row less those that it had are counts of those who have come since. They add up as the
    counts themselves do, so they are protected as tables of their own: a row that a primary rule withholds
    there, or that would give one away, is withheld in the report. The other way round, a row that the report
    withholds tells no difference. Both are repeated until they agree. In the report itself the counts of a row
    that was shown are known within limits, since people only come (`Arrived.since`), whether it is shown
    again or not; and one that was withheld stays withheld while its question has changed by fewer than its
    threshold. Nor is a row shown that was withheld, if that would tell what the earlier report withheld, since
    it was at most what it is now (`rows_looking_back`).

    A row that was shown rounded is never shown as it is afterwards. It is shown rounded again only if no shown
    count has changed and its counts round to the same numbers, and withheld otherwise. A row that was shown as it
    is, is not rounded afterwards. That is more than is needed: the difference of two rounded counts is told so
    coarsely that much of it could be shown.
    """
    frames = [table.reset_index(drop=True) for table in tables]
    if not (earlier.shown or earlier.withheld or earlier.rounded):
        return withheld_pattern(frames, policy, positives=positives)
    records = [row for frame in frames for row in frame.to_dict("records")]
    moved = [_difference(row, earlier) for row in records]
    unit = np.array([is_about_units(row) for row in records], dtype=bool)
    stays = unit & _staying(records, moved, earlier, policy)
    grown = [_grown(row, one) for row, one in zip(records, moved, strict=True)]
    change = protect(Result(pd.DataFrame(grown)), policy).table if grown else pd.DataFrame()
    whole = _compared(moved) & np.array([not by_level(row) for row in records], dtype=bool)
    extra = stays | (unit & _withheld(change.to_dict("records")) & _compared(moved))
    primary, plain = _withheld(records), replace(policy, rounds=False)
    while True:
        arrived = _arrived(records, moved, primary | extra)
        before = _before(records, moved, earlier, policy, arrived)
        found = withheld_pattern(_marked(frames, primary | extra), policy, positives=positives, before=before)
        hidden = found.withheld | found.rounded
        telling = hidden & whole & ~(primary | extra)
        if telling.any() and _arrived(records, moved, hidden) != arrived:
            extra |= telling
            continue
        among = withheld_pattern(
            [change.assign(suppressed=hidden | ~_compared(moved) | ~unit)], plain, positives=positives
        )
        new = among.withheld & ~hidden & _compared(moved) & unit
        if not new.any():
            new = rows_looking_back(records, unit & ~hidden, earlier, plain, arrived, positives=positives)
        if not new.any():
            return replace(found, primary=primary, complementary=found.withheld & ~primary)
        extra |= new


def _arrived(
    records: Sequence[Mapping[str, Any]], moved: Sequence[Mapping[str, float] | None], hidden: np.ndarray
) -> Arrived:
    """Return how many have come, as the rows tell that are shown."""
    return Arrived(records, [None if off else one for one, off in zip(moved, hidden, strict=True)])


def _before(
    records: Sequence[Mapping[str, Any]],
    moved: Sequence[Mapping[str, float] | None],
    earlier: Earlier,
    policy: Policy,
    arrived: Arrived,
) -> Before:
    """Return which rows may be rounded beside earlier reports, and what these have told of rounded ones."""
    changed = any(one for found in moved for one in (found or {}).values())
    keys = [row_key(row) for row in records]
    near = [earlier.rounded.get(key) for key in keys]
    same = [
        told is not None and not changed and told == _limits_now(row, policy)
        for row, told in zip(records, near, strict=True)
    ]
    fresh = [key not in earlier.shown and key not in earlier.rounded for key in keys]
    told = {
        place: earlier.rounded.get(key)
        or {name: (one, one) for name, one in earlier.shown.get(key, {}).items()}
        for place, key in enumerate(keys)
    }
    between = arrived.since(records, {place: found for place, found in told.items() if found})
    exact = [not is_rounded(row) for row in records]
    told_before = np.array([told is not None for told in near], dtype=bool)
    may = np.array(same, dtype=bool) | np.array(fresh, dtype=bool)
    return Before(told_before & np.array(exact, dtype=bool), may, between)


def _limits_now(row: Mapping[str, Any], policy: Policy) -> dict[str, Limits]:
    base = base_of(row, policy)
    return {name: limits(rounded_count(row[name], base), base) for name in COUNTED if is_known(row.get(name))}


def _withheld(records: Sequence[Mapping[str, Any]]) -> np.ndarray:
    return np.array([row.get("suppressed") is True or row.get("suppressed") == 1 for row in records], bool)


def _compared(moved: Sequence[Mapping[str, float] | None]) -> np.ndarray:
    return np.array([one is not None and bool(one) for one in moved], dtype=bool)


def _difference(row: Mapping[str, Any], earlier: Earlier) -> dict[str, float] | None:
    """Return by how much each count of a row has changed; None if it was not shown or is not now."""
    before = earlier.shown.get(row_key(row))
    if before is None:
        return None
    return {name: float(row[name]) - old for name, old in before.items() if is_known(row.get(name))}


def _few(moved: Mapping[str, float], row: Mapping[str, Any], policy: Policy) -> bool:
    limit = policy.threshold(row.get("group") if by_level(row) else None)
    return all(abs(one) < limit for one in moved.values())


def _staying(
    records: Sequence[Mapping[str, Any]],
    moved: Sequence[Mapping[str, float] | None],
    earlier: Earlier,
    policy: Policy,
) -> np.ndarray:
    """Mark the rows that were withheld, of questions in which no shown count has changed by many."""
    much = {
        _subject(row)
        for row, one in zip(records, moved, strict=True)
        if one and not _few({name: value for name, value in one.items() if name == "n"}, row, policy)
    }
    return np.array(
        [row_key(row) in earlier.withheld and _subject(row) not in much for row in records], dtype=bool
    )


def _subject(row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(row.get(name)) for name in ("indicator", "item", "scale", "wave"))


def _grown(row: Mapping[str, Any], moved: Mapping[str, float] | None) -> dict[str, Any]:
    """Return a row of differences; what has shrunk is about people all the same.

    Who answers now was silent before, so that how many are asked does not bound how many have come.
    """
    link = LINKS.get(str(row["estimand"]))
    kinds = link.counts if link else {}
    less = {name: abs(one) for name, one in (moved or {}).items() if kinds.get(name) not in STANDING}
    return {**row, **dict.fromkeys(COUNTED, np.nan), **less, "estimate": np.nan, "suppressed": moved is None}


def _marked(frames: Sequence[pd.DataFrame], withheld: np.ndarray) -> list[pd.DataFrame]:
    ends = np.cumsum([len(frame) for frame in frames])
    return [
        frame.assign(suppressed=withheld[end - len(frame) : end])
        for frame, end in zip(frames, ends, strict=True)
    ]
