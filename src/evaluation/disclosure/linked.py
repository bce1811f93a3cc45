"""A row of a published table, with what its counts are and the question that it belongs to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evaluation.disclosure.links import Link
from evaluation.disclosure.policy import PROTECTED_UNITS, by_level
from evaluation.disclosure.rounding import limits
from evaluation.vocabulary.row import is_known, is_rounded


class Linked:
    """A row with what its counts are, and the question that it belongs to."""

    def __init__(self, row: Mapping[str, Any], link: Link | None):
        self.row, self.unit = row, str(row["unit"]) if is_known(row.get("unit")) else "person"
        self.link: Link = link  # type: ignore[assignment]
        self.group = str(row["group"]) if is_known(row.get("group")) else ""
        self.split = by_level(row) and bool(link) and not link.overlapping
        self.compared = _compared(row) if by_level(row) else []
        self.part = str(row["term"]) if link and link.parts and is_known(row.get("term")) else ""
        self.question = self._question(link) if link else ()

    def known(self, end: int = 1) -> list[float]:
        """Return the counts that the row shows; of a rounded row the least (0) or the largest (1) they can be."""
        base = int(self.row["rounded"]) if is_rounded(self.row) else 1
        values = [float(self.row[name]) for name in self.link.counts if is_known(self.row.get(name))]
        return [limits(value, base)[end] for value in values]

    def _question(self, link: Link) -> tuple[Any, ...]:
        names = ("indicator", "item", "scale")
        known = {
            name: str(self.row[name]) for name in (*names, "term", "wave") if is_known(self.row.get(name))
        }
        known["asked"] = next((known[name] for name in names if name in known), None)
        population = link.population
        if population == "waves" and known.get("wave"):
            known.pop("term", None)
        elif self.row["estimand"] == "stage_count":
            population = "stages"
        if is_known(self.row.get("contrast")) and not (self.split and len(self.compared) == 2):
            known["pair"] = str(self.row["contrast"])
        if link.overlapping and by_level(self.row):
            known["term"] = f"{known.get('term')}:{self.group}:{self.compared[0]}"
        parts = (known.get(name) if name in link.by else None for name in ("asked", "term", "wave", "pair"))
        return (self.unit, population, *parts)


USUAL = {"answers": 4, "pairs": 5}
"""Populations whose rows may leave out the wave, or the waves compared, and where it stands in a question."""


def fill_in_usual(rows: Sequence[Linked]) -> None:
    """Give rows that leave out the wave, or the waves compared, those of the first row of the indicator."""
    usual: dict[tuple[Any, ...], str] = {}
    for row in rows:
        place = USUAL.get(row.link.population)
        if place and row.question[place]:
            usual.setdefault(row.question[:3], row.question[place])
    for row in rows:
        place = USUAL.get(row.link.population)
        if place and not row.question[place] and row.question[:3] in usual:
            row.question = (*row.question[:place], usual[row.question[:3]], *row.question[place + 1 :])


def is_about_units(row: Mapping[str, Any]) -> bool:
    """Tell whether a row is about people or organisations."""
    return not is_known(row.get("unit")) or row["unit"] in PROTECTED_UNITS


def _compared(row: Mapping[str, Any]) -> list[str]:
    """Return the level of a row, and the one it is compared with if there is one."""
    contrast = str(row["contrast"]) if is_known(row.get("contrast")) else ""
    level, _, reference = contrast.rpartition(" - ")
    return [str(row["level"]), reference] if level == str(row["level"]) else [str(row["level"])]
