"""Who answered: response by wave and group, and what those who left had said before."""

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from evaluation.missing.waves import followed
from evaluation.result import Meta, Result
from evaluation.stats.cluster import cluster_fit, contrast
from evaluation.vocabulary.errors import EstimationError, one_of
from evaluation.vocabulary.message import msg

INFERENCE = ("std_error", "conf_low", "conf_high", "statistic", "df", "p_value")


def response_map(
    table: pd.DataFrame, *, by: str | None = None, value: str = "value", wave: str = "wave"
) -> Result:
    """Count who answered in every wave, among all and in every group or organisation.

    Parameters
    ----------
    table
        One row per person asked and wave; rows without a value did not answer.
    by
        A column with groups or organisations; None for all together only.
    value
        The column with the answer.
    wave
        The column with the wave.

    Returns
    -------
    Result
        One row per wave, and one per wave and level of `by`: `k` answered of `n` asked. There is no
        interval: everybody is counted.

    Notes
    -----
    k / n. Organisations stand in the column "level" with "organisation" as group, so that
    disclosure control withholds small ones.

    References
    ----------
    manski1989

    Examples
    --------
    >>> asked = pd.DataFrame({"wave": ["w1", "w1", "w3", "w3"], "value": [3, 4, 4, None]})
    >>> response_map(asked).table["estimate"].tolist()
    [1.0, 0.5]
    """
    for name in [value, wave, *([by] if by else [])]:
        if name not in table.columns:
            raise EstimationError(
                msg("The table has no column {name}.", name=name), do=one_of(name, map(str, table.columns))
            )
    answered = table.assign(_answered=table[value].notna())
    rows = [_rate(part, str(name)) for name, part in answered.groupby(wave, sort=False, observed=True)]
    if by is not None:
        rows += [
            _rate(part, str(name), by, str(level))
            for (name, level), part in answered.groupby([wave, by], sort=False, observed=True)
        ]
    return Result(pd.DataFrame(rows), Meta(method="count", references=("manski1989",)))


def _rate(
    part: pd.DataFrame, wave: str, group: str | None = None, level: str | None = None
) -> dict[str, object]:
    k, n = int(part["_answered"].sum()), len(part)
    row = {"estimand": "response_rate", "wave": wave, "group": group, "level": level}
    return row | {"estimate": k / n, "k": k, "n": n}


def leaver_gap(
    table: pd.DataFrame,
    *,
    values: Sequence[str] = ("before",),
    standardised: bool = False,
    conf_level: float = 0.95,
) -> Result:
    """Estimate how those who left differed beforehand from those who stayed.

    Parameters
    ----------
    table
        One row per person who answered before, as from `two_waves`.
    values
        Columns known beforehand: the score before, and others that are numbers.
    standardised
        Whether the difference is in standard deviations (of both groups together), so that it can
        be compared between columns.
    conf_level
        Level of the interval, between 0 and 1.

    Returns
    -------
    Result
        One row per column: `estimate` = those who left minus those who stayed, with CR2 standard
        error and Satterthwaite degrees of freedom; both means and counts.

    Notes
    -----
    Least squares on a constant and an indicator of having left, clustered on organisation. A
    difference says that those who left were others; no difference does not say that their change
    would have been the same. Differences beyond 0.25 standard deviations are usually called large
    in studies with a comparison group; without one that is an analogy.

    References
    ----------
    bell2002, pustejovsky2018, wwc2022

    Examples
    --------
    >>> rows = pd.DataFrame({
    ...     "before": [2.0, 3.0, 4.0, 1.0], "after": [3.0, 3.0, 5.0, None], "organisation": list("wxyz")
    ... })
    >>> float(leaver_gap(rows).table["estimate"].iloc[0])
    -2.0
    """
    people = followed(table)
    known = table[table["before"].notna()]
    missing = [name for name in values if name not in known.columns]
    if missing:
        raise EstimationError(
            msg("The table has no column {name}.", name=missing[0]),
            do=one_of(missing[0], map(str, known.columns)),
        )
    rows = [
        _gap(known[name].to_numpy(float, na_value=np.nan), people, name, standardised, conf_level)
        for name in values
    ]
    references = ("bell2002", "pustejovsky2018", "wwc2022")
    meta = Meta("cr2_satterthwaite", conf_level, references, ("clusters_independent",))
    return Result(pd.DataFrame(rows), meta)


def _gap(values, people, name: str, standardised: bool, conf_level: float) -> dict[str, object]:
    has = ~np.isnan(values)
    y, left, cluster = values[has], ~people.seen[has], people.cluster[has]
    row = {"estimand": "mean_gap", "term": name, "group": "response", "level": "left"}
    row |= {"contrast": "left - stayed", "estimate": math.nan, **dict.fromkeys(INFERENCE, math.nan)}
    row |= {"n": y.size, "n_level": int(left.sum()), "n_reference": int((~left).sum())}
    if not (left.any() and (~left).any()):
        return row
    row |= {"mean_level": y[left].mean(), "mean_reference": y[~left].mean()}
    unit = _pooled_deviation(y[left], y[~left]) if standardised else 1.0
    row |= {"estimate": (row["mean_level"] - row["mean_reference"]) / unit}
    clusters = min(np.unique(cluster[left]).size, np.unique(cluster[~left]).size)
    if clusters > 1 and np.isfinite(unit):
        fit = cluster_fit(y / unit, np.column_stack([np.ones(y.size), left]), cluster)
        found = contrast(fit, [0.0, 1.0], conf_level)
        row |= {part: float(getattr(found, part)) for part in INFERENCE}
    return row | {"n_groups": clusters}


def _pooled_deviation(one: np.ndarray, other: np.ndarray) -> float:
    free = one.size + other.size - 2
    squares = one.size * one.var() + other.size * other.var()
    return math.sqrt(squares / free) if free > 0 and squares > 0 else math.nan
