"""The share of logged time that went to something."""

import math

import pandas as pd

from evaluation.result import Meta, Result


def time_share(table: pd.DataFrame, *, n_total: int) -> Result:
    """Compute the share of all logged hours that counts.

    Parameters
    ----------
    table
        One row per unit with logged time, with `hours` (more than 0) and `counted` (from 0 to `hours`).
    n_total
        How many units there are, with logged time or not.

    Returns
    -------
    Result
        One row: `estimate` = sum of counted hours / sum of hours, so that those with many hours weigh
        more; `mean_share` = the mean of the units' own shares, where every unit weighs the same;
        `largest_share` = how much of the hours are one unit's, for disclosure control; `n` = the units
        with hours. A log is complete by definition, so there is no interval.

    References
    ----------
    cochran1977

    Examples
    --------
    >>> log = pd.DataFrame({"hours": [10.0, 30.0], "counted": [8.0, 12.0]})
    >>> time_share(log, n_total=2).table[["estimate", "mean_share"]].round(3).iloc[0].tolist()
    [0.5, 0.6]
    """
    total = table["hours"].sum()
    row = {
        "estimand": "time_share",
        "estimate": table["counted"].sum() / total if total > 0 else math.nan,
        "mean_share": (table["counted"] / table["hours"]).mean() if len(table) else math.nan,
        "largest_share": table["hours"].max() / total if total > 0 else math.nan,
        "n": len(table),
        "n_total": n_total,
    }
    return Result(pd.DataFrame([row]), Meta(method="count", references=("cochran1977",)))
