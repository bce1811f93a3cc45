"""The words and number formats that a figure is given; figures know no language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any


def _plain(value: float) -> str:
    return f"{value:g}"


@dataclass(frozen=True, slots=True)
class Labels:
    """Everything written in a figure.

    Attributes
    ----------
    rows
        One label per row of the table, in its order.
    values
        What is printed beside each row's mark, for example "78 % (21 of 27)".
    ticks
        How a number on the axis is written.
    axis
        What the axis shows, with its unit.
    levels
        Labels of group levels, by key ("women" -> "kvinnor").
    categories
        Labels of answer options: one per option in the order of their values, or one per row.
    target
        What is written at the target or reference line.
    too_few
        What is written instead of a withheld value.
    near
        What stands before a rounded number.
    limits
        The ends of the axis; None lets the values decide.
    marks
        Names of the marks, by the column they show ("mean_before" -> "före").
        A mark without a name is drawn, but not named in the figure.
    non_answers
        Terms that are not answers to the question; they are drawn in grey.
    """

    rows: tuple[str, ...]
    values: tuple[str, ...] = ()
    ticks: Callable[[float], str] = _plain
    axis: str = ""
    levels: Mapping[str, str] = field(default_factory=dict)
    categories: tuple[str, ...] = ()
    target: str = ""
    too_few: str = ""
    near: str = ""
    limits: tuple[float, float] | None = None
    marks: Mapping[str, str] = field(default_factory=dict)
    non_answers: tuple[str, ...] = ("dont_know", "not_applicable", "skipped", "not_reached")

    def plain(self) -> dict[str, Any]:
        """Return everything as plain values; how numbers are written, by what is fixed of it."""
        told = {part.name: getattr(self, part.name) for part in fields(self)}
        return told | {
            "ticks": getattr(self.ticks, "keywords", {}),
            "levels": dict(self.levels),
            "marks": dict(self.marks),
        }
