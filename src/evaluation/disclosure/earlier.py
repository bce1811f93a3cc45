"""What reports that have been published told, and what a later one adds to that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from evaluation.disclosure.complementary import told_beside
from evaluation.disclosure.newcomers import Arrived, belonging
from evaluation.disclosure.policy import KEY, Policy, row_key
from evaluation.disclosure.rounding import COUNTED, Limits, limits
from evaluation.vocabulary.row import Key, is_known, is_rounded


@dataclass(frozen=True, slots=True)
class Earlier:
    """What reports that have been published told.

    Attributes
    ----------
    shown
        By the key of a row, its counts where it was shown last.
    withheld
        The keys of rows that the last of them withheld.
    rounded
        By the key of a row, the limits of its counts where it was shown rounded last.
    """

    shown: Mapping[Key, Mapping[str, float]] = field(default_factory=dict)
    withheld: frozenset[Key] = frozenset()
    rounded: Mapping[Key, Mapping[str, Limits]] = field(default_factory=dict)

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Return the rows as they were published; those that were rounded as withheld."""
        hidden = {*self.withheld, *self.rounded}
        told = [(key, counts, False) for key, counts in self.shown.items() if key not in hidden]
        blank = dict.fromkeys(COUNTED, np.nan)
        return [
            {**dict(zip(KEY, key, strict=True)), **blank, **counts, "suppressed": off}
            for key, counts, off in (*told, *((key, {}, True) for key in sorted(hidden, key=str)))
        ]


def earlier_rows(shown: Iterable[Mapping[str, Any]], withheld: Iterable[Mapping[str, Any]]) -> Earlier:
    """Gather what published reports told, the oldest row first."""
    told: dict[Key, dict[str, float]] = {}
    near: dict[Key, dict[str, Limits]] = {}
    for row in shown:
        counts = {name: float(row[name]) for name in COUNTED if is_known(row.get(name))}
        if is_rounded(row):
            near[row_key(row)] = {name: limits(one, int(row["rounded"])) for name, one in counts.items()}
        else:
            told[row_key(row)] = counts
    return Earlier(told, frozenset(row_key(row) for row in withheld), near)


def rows_looking_back(
    records: Sequence[Mapping[str, Any]],
    shown: np.ndarray,
    earlier: Earlier,
    policy: Policy,
    arrived: Arrived,
    *,
    positives: Mapping[str, Sequence[str]] | None = None,
) -> np.ndarray:
    """Find rows that tell what an earlier report withheld, since a count was at most what it is now.

    Parameters
    ----------
    records
        The rows of the later report.
    shown
        Per row, whether its numbers are shown as they are.
    earlier
        What was published.
    policy, positives
        As of `withheld_pattern`.
    arrived
        How many have come.

    Returns
    -------
    numpy.ndarray
        Per row, whether it should be withheld. Only rows can be that the earlier report withheld: those of the
        questions and classifications of which something is told, or all of them where there are none such.
    """
    fresh = shown & np.array([row_key(row) in earlier.withheld for row in records], dtype=bool)
    if not fresh.any():
        return fresh
    now = {row_key(row): row for row, seen in zip(records, shown, strict=True) if seen}
    rows = earlier.rows
    told = {place: _exactly(now.get(row_key(row), {})) for place, row in enumerate(rows)}
    between = arrived.before(rows, told)
    for place, row in enumerate(rows):
        near = earlier.rounded.get(row_key(row), {})
        both = {name: _both(one, between.get(place, {}).get(name, one)) for name, one in near.items()}
        between[place] = between.get(place, {}) | both
    homes = told_beside([pd.DataFrame(rows)], policy, between, positives=positives)
    near = fresh & np.array([bool(homes & of_row) for of_row in belonging(records)], dtype=bool)
    return near if near.any() or not homes else fresh


def _exactly(row: Mapping[str, Any]) -> dict[str, Limits]:
    return {name: (float(row[name]), float(row[name])) for name in COUNTED if is_known(row.get(name))}


def _both(one: Limits, other: Limits) -> Limits:
    return max(one[0], other[0]), min(one[1], other[1])
