"""What projects find of the same statement, put together: their mean, a further project, each drawn towards it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import special, stats

from evaluation.result import Meta, Result
from evaluation.stats.meta_analysis import meta_analysis

Array = np.ndarray
REFERENCES = ("viechtbauer2005", "hartung2001", "higgins2009")
CONF_LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Pooling:
    """How projects' rows of one quantity are put together.

    Attributes
    ----------
    estimand
        What the pooled rows are.
    numbers
        Returns estimates and variances on the scale on which they are pooled; NaN where a row has none.
    back
        Returns the quantity from that scale.
    """

    estimand: str
    numbers: Callable[[pd.DataFrame], tuple[Array, Array]]
    back: Callable[[Array], Array] = lambda values: values


def _stated(rows: pd.DataFrame) -> tuple[Array, Array]:
    errors = rows["std_error"] if "std_error" in rows else pd.Series(np.nan, index=rows.index)
    return rows["estimate"].astype(float).to_numpy(), errors.astype(float).to_numpy() ** 2


def _log_odds(rows: pd.DataFrame) -> tuple[Array, Array]:
    yes = rows["k"].astype(float).to_numpy() + 0.5
    no = rows["n"].astype(float).to_numpy() - rows["k"].astype(float).to_numpy() + 0.5
    return np.log(yes / no), 1 / yes + 1 / no


POOLINGS: Mapping[str, Pooling] = {
    "mean_change": Pooling("project_change", _stated),
    "mean_gap": Pooling("project_change", _stated),
    "share_change": Pooling("project_points", _stated),
    "share_gap": Pooling("project_points", _stated),
    "attained_share": Pooling("project_share", _log_odds, special.expit),
    "described_share": Pooling("project_share", _log_odds, special.expit),
}
"""Quantities that are put together over projects."""


def main_rows(table: pd.DataFrame, indicator: str) -> pd.DataFrame:
    """Return one row per project: what it finds of a statement, if that is shown and can be pooled.

    What a project tells in rounded numbers is left out, as if it were withheld.
    """
    rows = table[(table["indicator"] == indicator) & table["estimand"].isin(POOLINGS)]
    if rows.empty:
        return rows
    rows = rows[rows["estimand"] == rows["estimand"].iloc[0]]
    for name in ("term", "level") if not rows["estimand"].iloc[0].endswith("gap") else ("term",):
        if name in rows:
            rows = rows[rows[name].isna()] if rows[name].isna().any() else rows[:0]
    withheld = rows["suppressed"].eq(True) if "suppressed" in rows else pd.Series(False, index=rows.index)
    withheld |= rows["rounded"].notna() if "rounded" in rows else False
    rows = rows[~withheld & rows["estimate"].notna()]
    return rows.drop_duplicates("project").reset_index(drop=True)


def over_projects(rows: pd.DataFrame) -> Result | None:
    """Estimate the mean over projects, where a further one is likely to lie, and each drawn towards the mean.

    Parameters
    ----------
    rows
        One row per project, from `main_rows`.

    Returns
    -------
    Result or None
        The mean first, then every project; None if fewer than two projects have numbers.

    Notes
    -----
    Random effects: the variance between projects tau2 by restricted maximum likelihood, the interval after
    Hartung and Knapp. A project with variance v is drawn to m + (y - m) tau2 / (tau2 + v), the better known
    the less (empirical Bayes). Shares are put together as log odds, with half a yes and half a no added.

    References
    ----------
    viechtbauer2005, hartung2001, higgins2009

    Examples
    --------
    >>> one = {"estimand": "mean_change", "std_error": 0.1, "n": 20}
    >>> rows = [{**one, "project": key, "estimate": value} for key, value in zip("abc", [0.1, 0.3, 0.5])]
    >>> over_projects(pd.DataFrame(rows)).table[["term", "estimate", "shrunken"]].round(2).values.tolist()
    [['over_projects', 0.3, nan], ['a', 0.1, 0.15], ['b', 0.3, 0.3], ['c', 0.5, 0.45]]
    """
    if rows.empty:
        return None
    how = POOLINGS[str(rows["estimand"].iloc[0])]
    y, v = how.numbers(rows)
    usable = np.isfinite(y) & np.isfinite(v) & (v > 0)
    if usable.sum() < 2:
        return None
    rows, y, v = rows[usable], y[usable], v[usable]
    found = meta_analysis(y, v, CONF_LEVEL)
    drawn = found.estimate + (y - found.estimate) * found.tau2 / (found.tau2 + v)
    whole = {
        "estimand": how.estimand,
        "unit": "project",
        "term": "over_projects",
        **_back(how, found.estimate, found.conf_low, found.conf_high),
        "predicted_low": float(how.back(np.array(found.predicted_low))),
        "predicted_high": float(how.back(np.array(found.predicted_high))),
        "heterogeneity": found.i2,
        "n": float(rows["n"].sum()),
        "n_groups": found.n,
    }
    records = [whole, *_projects(how, rows, y, np.sqrt(v), drawn)]
    return Result(pd.DataFrame(records), Meta("over_projects", CONF_LEVEL, REFERENCES))


def _back(how: Pooling, estimate: float, low: float, high: float) -> dict[str, float]:
    values = how.back(np.array([estimate, low, high]))
    return dict(zip(("estimate", "conf_low", "conf_high"), map(float, values), strict=True))


def _projects(
    how: Pooling, rows: pd.DataFrame, y: Array, error: Array, drawn: Array
) -> list[dict[str, object]]:
    """Write a row per project: its own estimate and interval where it has them, and where it is drawn to."""
    margin = stats.norm.ppf((1 + CONF_LEVEL) / 2) * error
    records = []
    for place, row in enumerate(rows.to_dict("records")):
        own = {name: row.get(name) for name in ("conf_low", "conf_high")}
        if any(value is None or pd.isna(value) for value in own.values()):
            ends = how.back(np.array([y[place] - margin[place], y[place] + margin[place]]))
            own = dict(zip(own, map(float, ends), strict=True))
        records.append(
            {
                "estimand": how.estimand,
                "unit": "project",
                "term": row["project"],
                "estimate": float(row["estimate"]),
                **own,
                "shrunken": float(how.back(drawn[place])),
                "n": row["n"],
            }
        )
    return records
