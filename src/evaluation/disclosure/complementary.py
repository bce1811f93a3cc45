"""Which further rows to withhold, so that no withheld number can be worked out from all tables together."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

import numpy as np
import pandas as pd

from evaluation.disclosure.cells import linked_cells
from evaluation.disclosure.pattern import Before, Pattern
from evaluation.disclosure.policy import Policy
from evaluation.disclosure.rounding import Limits
from evaluation.disclosure.search import Search


def withheld_pattern(
    tables: Sequence[pd.DataFrame],
    policy: Policy,
    *,
    positives: Mapping[str, Sequence[str]] | None = None,
    before: Before | None = None,
) -> Pattern:
    """Find few further rows to withhold over all linked tables at once.

    Parameters
    ----------
    tables
        Tables with glossary columns and `suppressed` from the primary rules; their hidden numbers are
        not needed.
    policy
        The thresholds.
    positives
        For an indicator, which answers to its question count as yes.
    before
        What earlier reports ask for.

    Returns
    -------
    Pattern
        One entry per row, in the order of the tables.

    Notes
    -----
    A count is protected if somebody who knows every shown number can still not tell it from one at
    the threshold t: with l and u the least and the largest whole number that the shown numbers leave
    possible, u >= t, and u - l >= t - 1 where l < t. Where the rows about everybody leave less room, as
    much room as they leave is asked for. Limits are passed on between the equations first; most counts
    are settled by that. What is left falls into blocks that nothing ties together, and only there l and u
    are solved for. For a count that is told too closely the dual prices of the linear programme tell which
    shown counts give it away: that with the lowest cost for its price is withheld, in every row that holds
    it, until every count is protected. Then the most costly rows that were added are shown again if every
    count stays protected. Every step ends with all counts protected that withholding can protect (the
    others are counted in `unprotected`); the set is small, but a smaller one may exist. Rows with the same
    keys are withheld together, and so are the levels in `policy.together`, so that women are never shown
    without men.

    If the policy rounds, rows that were added are then shown rounded where every count stays protected from
    somebody who knows what rounding leaves possible (`rounding.known_of`): all of them at first, then in
    halves, the most costly first. There a count must stay as wide as is asked for even where l >= t, because
    a reader who sees less of how counts are tied does not know that. Nothing is rounded where a count is told
    that nothing hides.

    References
    ----------
    fischetti2001, hundepool2012
    """
    frames = [table.reset_index(drop=True) for table in tables]
    records = [row for frame in frames for row in frame.to_dict("records")]
    hidden = (row.get("suppressed") is True or row.get("suppressed") == 1 for row in records)
    primary = np.fromiter(hidden, dtype=bool)
    before = before or Before.nothing(len(records))
    system = linked_cells(frames, policy, positives, before.between)
    search = Search(system, records, primary, policy)
    found = search.solve(search.alike(before.kept_back))
    near = search.rounded(found, before.may_round)
    return Pattern(
        search.primary,
        found & ~search.primary & ~near,
        sum(len(told) for told in system.rows),
        len(system.targets),
        search.unlinked,
        search.rounds,
        len(search.hopeless),
        near | (search.before & ~found),
    )


def told_beside(
    tables: Sequence[pd.DataFrame],
    policy: Policy,
    between: Mapping[int, Mapping[str, Limits]],
    *,
    positives: Mapping[str, Sequence[str]] | None = None,
) -> set[Hashable]:
    """Find what of a published report is told too closely to somebody who knows limits of its counts.

    Parameters
    ----------
    tables, policy, positives
        As of `withheld_pattern`; what is `suppressed` is withheld, and nothing else.
    between
        By place of a row, the limits of its counts that are known from elsewhere.

    Returns
    -------
    set
        The questions and classifications of the counts that these limits tell.
    """
    frames = [table.reset_index(drop=True) for table in tables]
    records = [row for frame in frames for row in frame.to_dict("records")]
    hidden = np.array([bool(row["suppressed"]) for row in records], dtype=bool)
    alone, beside = (
        Search(linked_cells(frames, policy, positives, known), records, hidden, policy)
        for known in ({}, between)
    )
    beside.hopeless = alone.all_told()
    system = beside.system
    cells = [cell for number in beside.all_told() for cell in system.targets[number].cells]
    return {home for cell in cells for home in (system.homes[cell], system.groups[cell]) if home is not None}
