"""Who takes part, compared with those who could have."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from evaluation.equality.levels import demand_levels, present_levels
from evaluation.result import Meta, Result
from evaluation.stats.binomial import binomial_test
from evaluation.stats.odds import fisher_exact
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
        One row per group: `estimate` = its share of those who take part, `k` of `n`; `reference`,
        `ratio` and `p_value` where there is something to compare with; `n_reference` = how many of
        `within` belong to the group. Groups that nobody belongs to on either side are left out.

    Raises
    ------
    EstimationError
        If the column is missing or both references are given.

    Notes
    -----
    There is no interval: everybody who takes part is counted. The p value asks how often chance alone
    would give a composition at least as unusual: Fisher's exact test of those who take part against the
    rest of `within`, or the exact binomial test against a population's share. Shares need not add up to
    one where groups are missing from `levels`, and the shares of a population need not either.

    References
    ----------
    fisher1935, fay2010

    Examples
    --------
    >>> people = pd.DataFrame({"sex": ["women"] * 6 + ["men"] * 4})
    >>> representation(people, group="sex", reference={"women": 0.5, "men": 0.5}).table["ratio"].tolist()
    [0.8, 1.2]
    """
    if reference is not None and within is not None:
        raise EstimationError(
            msg("Two things are given to compare with."),
            do=msg("Give either the shares or the table of everyone."),
        )
    counts = _counts(table, group)
    everyone = None if within is None else _counts(within, group)
    demand_levels(table[group], (*(levels or ()), *(reference or ())))
    named = list(levels) if levels is not None else list(counts)
    n = sum(counts.values())
    rows = [_row(level, counts.get(level, 0), n) for level in named]
    rows = [row | _compared(row, reference, everyone) for row in rows]
    rows = [row for row in rows if row["k"] or row["reference"] != 0]
    test = ("fisher1935",) if within is not None else ("fay2010",) if reference else ()
    return Result(pd.DataFrame(rows or [_row(None, 0, 0)]), Meta(method="exact_counts", references=test))


def _counts(table: pd.DataFrame, group: str) -> dict[str, int]:
    if group not in table.columns:
        raise EstimationError(
            msg("The table has no column {name}.", name=group), do=one_of(group, map(str, table.columns))
        )
    counts = table[group].value_counts()
    return {level: int(counts[level]) for level in present_levels(table[group])}


def _row(level: str | None, k: int, n: int) -> dict[str, Any]:
    share = k / n if n else math.nan
    row = {"estimand": "group_share", "level": level, "estimate": share, "k": k, "n": n}
    return row | dict.fromkeys(("reference", "ratio", "p_value"), math.nan)


def _compared(
    row: Mapping[str, Any], reference: Mapping[str, float] | None, everyone: Mapping[str, int] | None
) -> dict[str, float]:
    """Return the share compared with, the ratio to it, and the exact p value of no difference."""
    k, n, level = row["k"], row["n"], row["level"]
    if everyone is not None:
        k_all, n_all = everyone.get(level, 0), sum(everyone.values())
        rest = n_all - n
        p_value = fisher_exact(k, n, k_all - k, rest).p_value if rest > 0 and n > 0 else math.nan
        beside = _beside(row["estimate"], k_all / n_all if n_all else math.nan, p_value)
        return beside | {"n_reference": k_all}
    if reference is not None and level in reference:
        share = float(reference[level])
        p_value = binomial_test(k, n, share, "min_likelihood").p_value if n and 0 < share < 1 else math.nan
        return _beside(row["estimate"], share, p_value)
    return {}


def _beside(share: float, reference: float, p_value: float) -> dict[str, float]:
    ratio = share / reference if reference else math.nan
    return {"reference": reference, "ratio": ratio, "p_value": float(p_value)}
