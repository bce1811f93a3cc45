"""From a table to what a figure draws: lines, blocks of lines, and where they stand.

Heights are points from the top of the drawing area downwards.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from math import isfinite, nan
from typing import Any

import pandas as pd

from evaluation.figures.labels import Labels
from evaluation.figures.theme import FIRST, SMALL
from evaluation.figures.writing import text_height, wrap

LABEL_WIDTH = 165.0
VALUE_WIDTH = 130.0
NAME_WIDTH = 90.0
NUMBERS = (
    "estimate",
    "conf_low",
    "conf_high",
    "mean_before",
    "mean_after",
    "bound_low",
    "bound_high",
    "target",
    "reference",
    "smallest_important",
)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table.

    Attributes
    ----------
    index
        Its position in the table, from 0.
    label, value, level, term
        What is written at the row and at its mark; its group level and its part, as keys.
    withheld
        Whether the row is suppressed: then no number of it may be seen.
    rounded
        Whether the row is told in rounded numbers.
    numbers
        The table's numbers by column; NaN where there is none, or where it is withheld.
    y
        Where its mark stands.
    """

    index: int
    label: str
    value: str
    level: str
    term: str
    withheld: bool
    numbers: Mapping[str, float]
    rounded: bool = False
    y: float = 0.0

    def has(self, *columns: str) -> bool:
        """Say whether the row has a number in each of these columns."""
        return all(isfinite(self.numbers[column]) for column in columns)


@dataclass(frozen=True, slots=True)
class Block:
    """Consecutive lines with the same row label, and where that label stands."""

    label: str
    lines: tuple[Line, ...]
    y: float = 0.0


@dataclass(frozen=True, slots=True)
class Stack:
    """All blocks of a figure and the height they take in points."""

    blocks: tuple[Block, ...]
    height: float

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines, from the top."""
        return tuple(line for block in self.blocks for line in block.lines)


def lines_of(table: pd.DataFrame, labels: Labels, value_width: float = VALUE_WIDTH) -> tuple[Line, ...]:
    """Read the table into lines, women before men where they stand together."""
    values = labels.values or ("",) * len(table)  # noqa: PD011
    records = table.to_dict("records")
    lines = [
        _line(i, record, label, wrap(value, value_width))
        for i, (record, label, value) in enumerate(zip(records, labels.rows, values, strict=True))
    ]
    groups = [_text(record.get("group")) for record in records]
    return tuple(_sorted(lines, groups))


def _line(index: int, record: Mapping[Any, Any], label: str, value: str) -> Line:
    withheld = record.get("suppressed")
    withheld = bool(withheld) if pd.notna(withheld) else False
    return Line(
        index=index,
        label=label,
        value="" if withheld else value,
        level=_text(record.get("level")),
        term=_text(record.get("term")),
        withheld=withheld,
        rounded=not pd.isna(record.get("rounded")),
        numbers={name: nan if withheld else _number(record.get(name)) for name in NUMBERS},
    )


def _text(value: Any) -> str:
    return "" if pd.isna(value) else str(value)


def _number(value: Any) -> float:
    return nan if pd.isna(value) else float(value)


def women_first(level: str) -> int:
    """Return a level's rank: women, men, then all others as they come."""
    return FIRST.index(level) if level in FIRST else len(FIRST)


def _sorted(lines: list[Line], groups: list[str]) -> list[Line]:
    """Sort runs of one label, or of one classification, so that women precede men."""
    runs = _runs(lines, lambda line: (line.label, groups[line.index]), lambda line: groups[line.index])
    return [line for run in runs for line in sorted(run, key=lambda line: women_first(line.level))]


def _runs(lines: list[Line], *keys: Callable[[Line], Any]) -> list[list[Line]]:
    """Split lines into runs of the widest kind in which no level occurs twice."""
    for key in reversed(keys):
        runs: list[list[Line]] = []
        for line in lines:
            if runs and key(runs[-1][-1]) == key(line):
                runs[-1].append(line)
            else:
                runs.append([line])
        if all(len({line.level for line in run}) == len(run) for run in runs):
            return runs
    return [[line] for line in lines]


def blocks_of(lines: Iterable[Line], alone: bool = False) -> tuple[Block, ...]:
    """Put consecutive lines with the same label together, or each line alone.

    A level or part that comes a second time begins a new block.
    """
    blocks: list[list[Line]] = []
    for line in lines:
        same = blocks and not alone and blocks[-1][0].label == line.label
        if same and (line.level, line.term) not in {(other.level, other.term) for other in blocks[-1]}:
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return tuple(Block(wrap(block[0].label, LABEL_WIDTH), tuple(block)) for block in blocks)


def place(
    blocks: Iterable[Block], *, body: float, above: float = 0.0, gap: float = 10.0, merged: bool = False
) -> Stack:
    """Give every line and label its height.

    Parameters
    ----------
    blocks
        From the top.
    body
        Height of one line's mark.
    above
        Height kept free above each mark, for its value.
    gap
        Between two blocks.
    merged
        Whether the lines of a block share one mark.
    """
    placed: list[Block] = []
    top = 0.0
    for block in blocks:
        tops = [0.0 if merged else i * (above + body) for i in range(len(block.lines))]
        heights = [offset + above + body / 2 for offset in tops]
        centre = (heights[0] + heights[-1]) / 2
        half = text_height(block.label) / 2
        shift = top + max(0.0, half - centre)
        bottom = max(heights[-1] + body / 2, centre + half)
        lines = tuple(replace(line, y=shift + y) for line, y in zip(block.lines, heights, strict=True))
        placed.append(Block(block.label, lines, shift + centre))
        top = shift + bottom + gap
    return Stack(tuple(placed), top)


def body_height(lines: Iterable[Line], labels: Labels, least: float) -> float:
    """Return the height a line needs: that of its mark, or of its value or level in several lines."""
    names = (level_name(line, labels) for line in lines)
    return max(
        [
            least,
            *(text_height(line.value) + 3 for line in lines),
            *(text_height(name, SMALL) + 3 for name in names),
        ]
    )


def level_name(line: Line, labels: Labels) -> str:
    """Return the name of a line's level, unless it has none or the row label says it already."""
    name = labels.levels.get(line.level, "")
    return "" if name.casefold() in line.label.casefold() else wrap(name, NAME_WIDTH, SMALL)
