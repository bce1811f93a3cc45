"""What a reader makes of a row that is told in rounded numbers."""

from collections.abc import Iterator, Mapping
from typing import Any

from evaluation.vocabulary.estimands import ESTIMANDS

Terms = Mapping[int, float]
Line = tuple[Terms, float, float]
"""Unknowns with weights, and the least and the largest value of their sum."""
PEOPLE = ("n", "n_level", "n_reference")
"""Counts that are never shown, rounded or not, if they are below the threshold and not zero."""
ALL_MAY = ("register", "common")
"""Subjects of which it is no secret that everybody, or nobody, says yes."""
HAIR = 1e-9


def is_rounded(row: Mapping[str, Any]) -> bool:
    """Tell whether a row says that its numbers are rounded."""
    return bool(row.get("rounded"))


def possible(told: float, base: int) -> tuple[int, int]:
    """Return the least and the largest whole number that is told by a multiple of the base."""
    near = range(max(int(told) - base, 0), int(told) + base + 1)
    fits = [number for number in near if (number + base // 2) // base * base == int(told)]
    return fits[0], fits[-1]


def lines_of(
    row: Mapping[str, Any], counts: Mapping[str, Terms], subject: str, *, answers: bool
) -> Iterator[Line]:
    """Yield what a rounded row tells of its counts.

    Parameters
    ----------
    row
        The row as it is published.
    counts
        Each of its counts in unknowns.
    subject
        What it is about.
    answers
        Whether few yes, or few no, would have been withheld.

    Notes
    -----
    Each count is one of those that round to the told number, and above the threshold where the rules say so. A
    told share is within half of its last decimal of k by n.
    """
    base, known = int(row["rounded"]), {name: terms for name, terms in counts.items() if name in row}
    for name, terms in known.items():
        low, high = possible(row[name], base)
        ruled = name in PEOPLE or (name == "k" and answers and subject not in ALL_MAY)
        if ruled:
            low, high = (max(low, base), high) if high >= base else (0, 0)
        yield terms, low, high
    if not {"k", "n"} <= known.keys():
        return
    if answers and row["n"] > row["k"] and subject not in ALL_MAY:
        yield _weighted(known, -1.0, 1.0), base, float("inf")
    if _is_share(row):
        half = 0.5 / 10 ** (len(str(max(possible(row["n"], base)[0], 1))) - 1) + HAIR
        yield _weighted(known, 1.0, half - row["estimate"]), 0.0, float("inf")
        yield _weighted(known, 1.0, -half - row["estimate"]), -float("inf"), 0.0


def _weighted(known: Mapping[str, Terms], yes: float, everyone: float) -> Terms:
    found: dict[int, float] = {}
    for name, weight in (("k", yes), ("n", everyone)):
        for place, value in known[name].items():
            found[place] = found.get(place, 0.0) + weight * value
    return found


def _is_share(row: Mapping[str, Any]) -> bool:
    named = ESTIMANDS.get(row["estimand"])
    return "estimate" in row and (0 <= row["estimate"] <= 1 if named is None else named.unit == "share")
