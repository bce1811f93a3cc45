"""How amounts in organisations' accounts grew, against organisations of the same kind."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from evaluation.impact.rows import NOTHING, regression
from evaluation.result import Meta, Result
from evaluation.stats.linear import weighted_rows
from evaluation.stats.propensity import treated_columns
from evaluation.vocabulary.errors import EstimationError, one_of
from evaluation.vocabulary.message import msg

FEWEST = 2
"""Organisations on each side that a difference needs at least."""


def _symmetric(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    total = before + after
    told = (before >= 0) & (after >= 0) & (total > 0)
    return np.divide(2 * (after - before), total, out=np.full(total.shape, np.nan), where=told)


def _log(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    told = (before > 0) & (after > 0)
    ratio = np.divide(after, before, out=np.full(before.shape, np.nan), where=told)
    return np.log(ratio)


def _percentage(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    told = (before > 0) & (after >= 0)
    return np.divide(after - before, before, out=np.full(before.shape, np.nan), where=told)


GROWTH: Mapping[str, Callable[[np.ndarray, np.ndarray], np.ndarray]] = {
    "symmetric": _symmetric,
    "log": _log,
    "percentage": _percentage,
}
"""Definitions of growth; an amount that a definition cannot use gives nothing."""


def growth_difference(
    table: pd.DataFrame,
    *,
    treated: str,
    before: str = "before",
    after: str = "after",
    growth: str = "symmetric",
    cells: Sequence[str] = (),
    conf_level: float = 0.95,
) -> Result:
    """Estimate how much more the accounts of those who took part grew than those of others of the same kind.

    Parameters
    ----------
    table
        One row per organisation.
    treated
        The column that is true for those who took part.
    before, after
        The columns with the amount in both years, in money of one year.
    growth
        "symmetric": 2 (after - before) / (after + before), between -2 and 2, defined for those that start or end with
        nothing. "log": the difference of logarithms, only where both amounts are above 0.
        "percentage": the difference divided by the earlier amount, only where that is above 0.
    cells
        Classifications: every organisation that took part is compared with others of the same levels.
    conf_level
        Level of the interval, between 0 and 1.

    Returns
    -------
    Result
        One row: `estimate` = difference in mean growth, `mean_level` and `mean_reference` the two means, `n_level` and
        `n_reference` the organisations that are compared, `n_total` those with both amounts.

    Raises
    ------
    EstimationError
        If a column is missing or a definition of growth is unknown.

    Notes
    -----
    In cell c with t_c that took part and r_c others, each of the others has the weight t_c / r_c, so that the others
    have the mix of those who took part; cells with one side only are left out. The interval is that of the weighted
    difference, with CR2 and Satterthwaite's degrees of freedom, every organisation by itself. It assumes
    that within a cell both sides would have grown alike.

    References
    ----------
    davis1996, iacus2012, bell2002

    Examples
    --------
    >>> firms = pd.DataFrame({"took": [1, 1, 0, 0], "before": [10, 20, 10, 20], "after": [30, 20, 10, 20]})
    >>> round(float(growth_difference(firms, treated="took").table["estimate"].iloc[0]), 6)
    0.5
    """
    for name in [treated, before, after, *cells]:
        if name not in table.columns:
            raise EstimationError(
                msg("The table has no column {name}.", name=name), do=one_of(name, map(str, table.columns))
            )
    if growth not in GROWTH:
        raise EstimationError(
            msg("There is no definition of growth {name}.", name=growth), do=one_of(growth, GROWTH)
        )
    grown = GROWTH[growth](table[before].to_numpy(float), table[after].to_numpy(float))
    rows = table.assign(grown=grown, took=table[treated].astype(float))
    known = rows[rows["grown"].notna() & rows[[treated, *cells]].notna().all(axis=1)]
    row = {"estimand": "growth_difference", "n_total": len(known)} | compared_growth(known, cells, conf_level)
    meta = Meta("growth", conf_level, ("davis1996", "iacus2012", "bell2002"), ("clusters_independent",))
    return Result(pd.DataFrame([row]), meta)


def compared_growth(rows: pd.DataFrame, cells: Sequence[str], conf_level: float) -> dict[str, Any]:
    """Return the columns of a row that compares growth on both sides.

    Parameters
    ----------
    rows
        One row per organisation: `grown`, `took` (1 or 0), and the cells.
    cells
        Classifications within which organisations are compared.
    conf_level
        Level of the interval, between 0 and 1.
    """
    return _row(rows, _weights(rows, list(cells)), conf_level)


def _weights(rows: pd.DataFrame, cells: list[str]) -> np.ndarray:
    """Give the others the mix of those who took part; nothing to cells with one side only."""
    took = rows["took"].to_numpy() == 1
    place = rows.groupby(cells, observed=True).ngroup().to_numpy() if cells else np.zeros(len(rows), int)
    size = place.max(initial=-1) + 1
    own, others = (np.bincount(place[side], minlength=size) for side in (took, ~took))
    of_others = np.divide(own, others, out=np.zeros(size), where=others > 0)
    return np.where(took, (others > 0)[place], of_others[place]).astype(float)


def _row(rows: pd.DataFrame, weight: np.ndarray, conf_level: float) -> dict[str, Any]:
    took, grown = rows["took"].to_numpy() == 1, rows["grown"].to_numpy(float)
    counts = [int((side & (weight > 0)).sum()) for side in (took, ~took)]
    row = {"n": sum(counts), "n_level": counts[0], "n_reference": counts[1], "n_groups": min(counts)}
    if min(counts) < FEWEST:
        return row | {"estimate": np.nan, **NOTHING, "method": None, "reason": "not_comparable"}
    means = [float(np.average(grown[side], weights=weight[side])) for side in (took, ~took)]
    y, x, kept = weighted_rows(grown, treated_columns(took.astype(float)), weight)
    found = regression(y, x, np.flatnonzero(kept), conf_level)
    return row | {"mean_level": means[0], "mean_reference": means[1], "reason": None} | found
