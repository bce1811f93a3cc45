"""Estimates of several programmes or organisations put together."""

import numpy as np
import pandas as pd

from evaluation.result import Meta, Result
from evaluation.stats.meta_analysis import between_limits, meta_analysis
from evaluation.vocabulary.errors import EstimationError, one_of
from evaluation.vocabulary.message import msg


def pooled_change(
    table: pd.DataFrame,
    *,
    estimate: str = "estimate",
    std_error: str = "std_error",
    between: str = "REML",
    conf_level: float = 0.95,
) -> Result:
    """Estimate the mean of several changes, and where that of a further programme is likely to lie.

    Parameters
    ----------
    table
        One row per programme or organisation.
    estimate, std_error
        Columns with its change and standard error; rows without are left out.
    between
        How the variance between them is estimated: "REML", "DL", "PM", "ML" or "FE".
    conf_level
        Level of the intervals, between 0 and 1.

    Returns
    -------
    Result
        The mean (Hartung and Knapp) and the prediction for a further one. Which share of the spread is
        more than chance is the result of `heterogeneity`.

    Raises
    ------
    EstimationError
        If a column is missing or fewer than two rows have numbers.

    References
    ----------
    viechtbauer2005, viechtbauer2007, hartung2001, higgins2009

    Examples
    --------
    >>> rows = pd.DataFrame({"estimate": [0.1, 0.3, 0.5], "std_error": [0.1, 0.1, 0.1]})
    >>> pooled_change(rows).table["term"].tolist()
    ['pooled', 'prediction']
    """
    y, v = _numbers(table, estimate, std_error)
    found = meta_analysis(y, v, conf_level, between=between)
    own = {"estimand": "pooled_change", "estimate": found.estimate, "n": found.n}
    tested = {"std_error": found.std_error, "statistic": found.statistic, "p_value": found.p_value}
    records = [
        own | {"term": "pooled", "conf_low": found.conf_low, "conf_high": found.conf_high} | tested,
        own | {"term": "prediction", "conf_low": found.predicted_low, "conf_high": found.predicted_high},
    ]
    return Result(pd.DataFrame(records), _meta(conf_level))


def heterogeneity(
    table: pd.DataFrame,
    *,
    estimate: str = "estimate",
    std_error: str = "std_error",
    conf_level: float = 0.95,
) -> Result:
    """Estimate which share of the spread between changes is more than chance.

    Parameters
    ----------
    table
        One row per programme or organisation.
    estimate, std_error
        Columns with its change and standard error.
    conf_level
        Level of the interval, between 0 and 1.

    Returns
    -------
    Result
        One row: I squared, with the limits that follow from those of the variance between, and Cochran's test.

    References
    ----------
    viechtbauer2005, viechtbauer2007, hartung2001, higgins2009

    Examples
    --------
    >>> rows = pd.DataFrame({"estimate": [0.1, 0.3, 0.5], "std_error": [0.1, 0.1, 0.1]})
    >>> heterogeneity(rows).table["estimate"].round(2).tolist()
    [0.75]
    """
    y, v = _numbers(table, estimate, std_error)
    found = meta_analysis(y, v, conf_level)
    inverse = 1 / v
    typical = (y.size - 1) / (inverse.sum() - np.sum(inverse**2) / inverse.sum())
    low, high = (limit / (limit + typical) for limit in between_limits(y, v, conf_level))
    row = {"estimand": "heterogeneity", "term": "i_squared", "estimate": found.i2, "n": found.n}
    row |= {"conf_low": low, "conf_high": high, "statistic": found.q, "df": y.size - 1, "p_value": found.q_p}
    return Result(pd.DataFrame([row]), _meta(conf_level))


def _numbers(table: pd.DataFrame, estimate: str, std_error: str) -> tuple[np.ndarray, np.ndarray]:
    for name in (estimate, std_error):
        if name not in table.columns:
            raise EstimationError(
                msg("The table has no column {name}.", name=name), do=one_of(name, map(str, table.columns))
            )
    rows = table[[estimate, std_error]].dropna().astype(float)
    return rows[estimate].to_numpy(), rows[std_error].to_numpy() ** 2


def _meta(conf_level: float) -> Meta:
    references = ("viechtbauer2005", "viechtbauer2007", "hartung2001", "higgins2009")
    return Meta("random_effects", conf_level, references)
