"""Who takes part, compared with those who could have."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from evaluation.result import Meta, Result
from evaluation.vocabulary.errors import EstimationError, one_of
from evaluation.vocabulary.message import msg


def representation(
    table: pd.DataFrame,
    *,
    group: str,
    levels: Sequence[str] | None = None,
    reference: Mapping[str, float] | None = None,
    within: pd.DataFrame | None = None,
) -> Result:
    """Count each group's share of those who take part, beside its share of those compared with.

    Parameters
    ----------
    table
        One row per person who takes part, with the column `group`.
    group
        The classification, for example "sex". People without a value are left out of the shares.
    levels
        The groups in the order in which they are shown; all in the table if None.
    reference
        The share of each group in a population, between 0 and 1.
    within
        A table of everyone who could take part; its shares are the reference. At most one of
        `reference` and `within` is given; with neither, only the shares are counted.

    Returns
    -------
    Result
        One row per group: `estimate` = its share of those who take part, `k` of `n`; `reference` and
        `ratio` where there is something to compare with.

    Raises
    ------
    EstimationError
        If the column is missing or both references are given.

    Notes
    -----
    There is no interval: everybody who takes part is counted. Shares need not add up to one where
    groups are missing from `levels`, and the shares of a reference population need not either.

    References
    ----------
    clopper1934

    Examples
    --------
    >>> people = pd.DataFrame({"sex": ["women"] * 6 + ["men"] * 4})
    >>> representation(people, group="sex", reference={"women": 0.5, "men": 0.5}).table["ratio"].tolist()
    [1.2, 0.8]
    """
    if reference is not None and within is not None:
        raise EstimationError(
            msg("Two things are given to compare with."),
            do=msg("Give either the shares or the table of everyone."),
        )
    counts = _counts(table, group)
    shares = _shares(within, group) if within is not None else dict(reference or {})
    named = list(levels) if levels is not None else list(counts.index)
    n = int(counts.sum())
    rows = [_row(level, int(counts.get(level, 0)), n, shares.get(level)) for level in named]
    rows = [row for row in rows if row["k"] or row.get("reference")]
    return Result(pd.DataFrame(rows or [_row(None, 0, 0, None)]), Meta(method="count", references=()))


def _counts(table: pd.DataFrame, group: str) -> pd.Series:
    if group not in table.columns:
        raise EstimationError(
            msg("The table has no column {name}.", name=group), do=one_of(group, map(str, table.columns))
        )
    return table[group].dropna().astype(str).value_counts(sort=False)


def _shares(table: pd.DataFrame, group: str) -> dict[str, float]:
    counts = _counts(table, group)
    return (counts / counts.sum()).to_dict() if len(counts) else {}


def _row(level: str | None, k: int, n: int, reference: float | None) -> dict[str, Any]:
    share = k / n if n else math.nan
    row = {"estimand": "group_share", "level": level, "estimate": share, "k": k, "n": n}
    row["reference"] = math.nan if reference is None else float(reference)
    row["ratio"] = share / reference if reference else math.nan
    return row
