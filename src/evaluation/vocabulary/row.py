"""Rows of results: what a row is about, and which of its cells have a value."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

Key = tuple[str | None, ...]
"""What a row is about; what it does not say is None."""


def is_known(value: Any) -> bool:
    """Tell whether a cell of a table has a value.

    Examples
    --------
    >>> is_known(0), is_known(""), is_known(float("nan")), is_known(None)
    (True, True, False, False)
    """
    return value is not None and not pd.isna(value)


def is_rounded(row: Mapping[str, Any]) -> bool:
    """Tell whether a row is told in rounded numbers.

    Examples
    --------
    >>> is_rounded({"n": 20, "rounded": 10}), is_rounded({"n": 23, "rounded": None}), is_rounded({"n": 23})
    (True, False, False)
    """
    return is_known(row.get("rounded"))
