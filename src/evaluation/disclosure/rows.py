"""What choosing rows to withhold goes by: which belong together, and what each costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from evaluation.disclosure.links import LINKS, PARTICIPATION
from evaluation.disclosure.policy import Policy, by_level, row_key
from evaluation.vocabulary.row import is_known

TOTAL_COST = 30.0
"""How many rows of breakdowns are rather withheld than one about everybody."""


def about_everybody(row: Mapping[str, object]) -> bool:
    """Tell whether a row is about everybody, not about a level or one of several answers."""
    link = LINKS.get(str(row["estimand"]))
    return not by_level(row) and not (link and link.parts)


def takes_part(row: Mapping[str, object], policy: Policy) -> bool:
    """Tell whether a row says who takes part, in a classification whose levels are always shown."""
    link = LINKS.get(str(row["estimand"]))
    return bool(link) and link.population in PARTICIPATION and row.get("group") in policy.together


def same_keys(records: Sequence[Mapping[str, object]], policy: Policy) -> np.ndarray:
    """Give one number to what is withheld together: a row in several tables, levels shown together."""
    places: dict[tuple[object, ...], int] = {}
    numbers = []
    for row in records:
        key: tuple[object, ...] = row_key(row)
        if by_level(row) and row["level"] in policy.together.get(str(row.get("group")), ()):
            key = row_key({**row, "level": None, "contrast": None})
        numbers.append(places.setdefault(key, len(places)))
    return np.array(numbers, dtype=int)


def costs(records: Sequence[Mapping[str, object]], about_all: np.ndarray) -> np.ndarray:
    """Price every row: larger groups cost more, rows about everybody much more."""
    sizes = np.array(
        [
            max([float(row[n]) for n in ("k", "n_level", "n") if is_known(row.get(n))][:1] or [0.0])
            for row in records
        ]
    )
    cost = 1.0 + sizes / max(sizes.max(initial=1.0), 1.0)
    return np.where(about_all, TOTAL_COST * cost, cost)
