"""Tables and labels for every kind of figure: usual ones and the hard edges."""

from tests.figures.cases import (
    caterpillar,
    change,
    composition,
    difference,
    flow,
    level,
    love,
    network,
    path,
    quadrant,
    stacked,
    target,
)
from tests.figures.cases.base import AGREE, CASES, percent
from tests.figures.cases.stacked import stacked_table

__all__ = [
    "AGREE",
    "CASES",
    "caterpillar",
    "change",
    "composition",
    "difference",
    "flow",
    "level",
    "love",
    "network",
    "path",
    "percent",
    "quadrant",
    "stacked",
    "stacked_table",
    "target",
]
