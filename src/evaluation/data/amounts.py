"""Amounts and years as people write them in accounts."""

import re

from evaluation.data.matching import as_number

YEARS = re.compile(r"((?:19|20)\d\d)(?:\d\d|\d{4}|\D.*)?")
"""A year, a month of it (202312) or a day of it (20231231, 2023-12-31, 2023/24)."""


def year_of(text: str) -> float | None:
    """Return the year that a text begins with; None if it begins with none.

    Examples
    --------
    >>> [year_of(text) for text in ("2023", "2023-12-31", "202312", "31.12.23")]
    [2023.0, 2023.0, 2023.0, None]
    """
    found = YEARS.fullmatch(text.strip())
    return float(found[1]) if found else None


def amount_of(text: str) -> float | None:
    """Return the amount that a text stands for, spaces between thousands or not; None if it is none.

    Examples
    --------
    >>> [amount_of(text) for text in ("12 345,5", "−7", "1.5", "n/a")]
    [12345.5, -7.0, 1.5, None]
    """
    return as_number(re.sub(r"\s", "", text))
