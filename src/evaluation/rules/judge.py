"""Adding to a result what only the programme knows: which indicator it is, and the verdict."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from evaluation.project.model import Indicator
from evaluation.result import Result

Judgement = tuple[str, str] | tuple[None, None]
"""A verdict's key and its reason's key; nothing where a row is not to be judged."""

TOLERANCE = 1e-12
"""Shares and means that differ by less are the same number but for rounding in the machine."""


def judged(
    result: Result,
    key: str,
    indicator: Indicator,
    judge: Callable[[Mapping[str, Any]], Judgement],
    **columns: Any,
) -> Result:
    """Return a result with indicator, unit, further columns, verdict and reason.

    Parameters
    ----------
    result
        What a method returned.
    key, indicator
        The indicator the result belongs to.
    judge
        Turns a row into verdict and reason.
    **columns
        Further glossary columns with one value for all rows.
    """
    table = result.table.assign(indicator=key, unit=indicator.unit, **columns)
    judgements = [judge(row) for row in table.to_dict("records")]
    table["verdict"] = pd.Series([verdict for verdict, _ in judgements], index=table.index, dtype="object")
    table["reason"] = pd.Series([reason for _, reason in judgements], index=table.index, dtype="object")
    return Result(table, result.meta)
