"""What an alternative text needs to know of a figure, without words."""

from math import isfinite
from typing import Any

import pandas as pd

from evaluation.figures.labels import Labels
from evaluation.figures.rows import lines_of, women_first


def alt_parts(table: pd.DataFrame, kind: str) -> dict[str, Any]:
    """Return the facts of a figure that a text in any language can be made from.

    Parameters
    ----------
    table
        What the figure draws.
    kind
        Which figure.

    Returns
    -------
    dict
        `kind`; `rows`, how many rows the table has; `levels`, the keys of its group levels,
        women and men first; `highest` and `lowest`, the positions of the rows with the highest and the lowest
        estimate, None if no row has one; `withheld`, how many rows are suppressed; `target`,
        whether a target is drawn.
    """
    lines = lines_of(table, Labels(rows=("",) * len(table)))
    found = {line.index: line.numbers["estimate"] for line in sorted(lines, key=lambda line: line.index)}
    found = {index: value for index, value in found.items() if isfinite(value)}
    return {
        "kind": kind,
        "rows": len(table),
        "levels": sorted({line.level: None for line in lines if line.level}, key=women_first),
        "highest": max(found, key=found.__getitem__, default=None),
        "lowest": min(found, key=found.__getitem__, default=None),
        "withheld": sum(line.withheld for line in lines),
        "target": kind == "target" and any(line.has("target") for line in lines if line.has("estimate")),
    }
