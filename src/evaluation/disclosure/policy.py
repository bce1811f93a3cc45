"""Which numbers of units may be known: the thresholds of one programme, and what was signed off."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from evaluation.disclosure.exceptions import SignedOff
from evaluation.vocabulary.row import Key, is_known

PROTECTED_UNITS = ("person", "organisation", "actor")


@dataclass(frozen=True, slots=True)
class Policy:
    """The thresholds of one programme, in number of units.

    Attributes
    ----------
    min_cell
        The smallest number of units behind a number that may be shown.
    min_cell_by_group
        Stricter thresholds of classifications: special categories of personal data, and single
        organisations.
    dominance
        The largest share of a sum that may come from one unit, between 0 and 1.
    signed_off
        Rows that somebody has answered for showing all the same.
    together
        By classification the levels of which all are shown, or none: women are never shown without men. How
        many belong to no level that is shown, and took part, is no secret there; what they answered is.
    public
        Indicators about what anybody may know of organisations, such as their size.
    rounds
        Whether rows that would be withheld for others' numbers are told rounded where that is enough.
    """

    min_cell: int = 5
    min_cell_by_group: Mapping[str, int] = field(default_factory=dict)
    dominance: float = 0.7
    signed_off: tuple[SignedOff, ...] = ()
    together: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    public: frozenset[str] = frozenset()
    rounds: bool = False

    def threshold(self, group: object) -> int:
        """Return the threshold for rows of a classification, or of several combined ("sex+background")."""
        return max(self.min_cell_by_group.get(part, self.min_cell) for part in str(group).split("+"))

    def allowed(self, row: Mapping[str, Any]) -> bool:
        """Tell whether a row is public or signed off."""
        return row.get("indicator") in self.public or any(entry.covers(row) for entry in self.signed_off)


KEY = ("unit", "indicator", "estimand", "item", "scale", "term", "wave", "contrast", "group", "level")


def row_key(row: Mapping[str, Any]) -> Key:
    """Return what a row is about; rows of several tables with the same key are the same row."""
    return tuple(str(row[name]) if is_known(row.get(name)) else None for name in KEY)


def by_level(row: Mapping[str, Any]) -> bool:
    """Tell whether a row is about one level of a classification."""
    return is_known(row.get("level"))
