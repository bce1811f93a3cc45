"""Mean change of everyone who answered before, under different assumptions on those who left."""

import math
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.missing.waves import Followed, followed
from evaluation.result import Meta, Result
from evaluation.stats.bounds import bounds_interval, mean_bounds
from evaluation.stats.checks import pick
from evaluation.stats.cluster import ClusterContrast
from evaluation.stats.cluster_bootstrap import resampled_clusters
from evaluation.stats.cluster_mean import cluster_mean
from evaluation.stats.cluster_outcomes import outcome_contrasts
from evaluation.stats.logistic import logistic_fit, logistic_weighted
from evaluation.stats.pooling import pool
from evaluation.stats.response_weights import response_weights
from evaluation.stats.student import t_limits, t_p_value
from evaluation.stats.two_level import cluster_sums, imputed_means, imputed_tables, resampled_variance
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg, pmsg

TRIM = (0.01, 0.99)
EVERYONE = 50.0
"""Log odds to stay in a resample in which nobody left."""


def complete_change(table: pd.DataFrame, *, conf_level: float = 0.95) -> Result:
    """Estimate the mean change among those who answered both times.

    Parameters
    ----------
    table
        One row per person who answered before, as from `two_waves`.
    conf_level
        Level of the interval, between 0 and 1.

    Returns
    -------
    Result
        One row, `term` "complete": CR2 standard error, Satterthwaite degrees of freedom.

    Notes
    -----
    Assumes that those who left would have changed as those who stayed did.

    References
    ----------
    bell2002, pustejovsky2018

    Examples
    --------
    >>> rows = pd.DataFrame({"before": [2.0, 3, 3], "after": [3.0, 3, None], "organisation": list("xyz")})
    >>> complete_change(rows).table["estimate"].round(6).tolist()
    [0.5]
    """
    people = followed(table)
    found = _complete(people, conf_level)
    row = change_row(people, "complete", found.estimate, found.std_error, found.df, conf_level)
    return _result([row], "cr2_satterthwaite", conf_level, ("bell2002", "pustejovsky2018"))


def weighted_change(
    table: pd.DataFrame,
    *,
    known: Sequence[str] = (),
    rng: np.random.Generator,
    draws: int = 999,
    conf_level: float = 0.95,
) -> Result:
    """Estimate the mean change with those who stayed standing for those who were like them and left.

    Parameters
    ----------
    table
        One row per person who answered before, as from `two_waves`.
    known
        Columns beside the score before that may say who stays.
    rng
        Source of randomness.
    draws
        Resamples of organisations.
    conf_level
        Level of the interval, between 0 and 1.

    Returns
    -------
    Result
        One row, `term` "weighted".

    Notes
    -----
    Weights are 1 / probability to stay from a logistic model, cut at their 1st and 99th percentile.
    The model is fitted anew in every resample of organisations; the interval is the estimate -/+
    t times the standard deviation of the resamples, with the Satterthwaite degrees of freedom of the
    complete cases. Assumes that among people with the same known columns those who left would
    have changed as those who stayed. Resamples in which the model has no maximum are left out; with
    more than a tenth of those it is refused.

    References
    ----------
    seaman2013, kish1965

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> rows = pd.DataFrame({"before": rng.normal(3, 1, 80), "organisation": np.arange(80) % 10})
    >>> rows["after"] = (rows["before"] + 1).where(np.arange(80) % 4 > 0)
    >>> round(float(weighted_change(rows, rng=rng, draws=99).table["estimate"].iloc[0]), 6)
    1.0
    """
    people = followed(table, known)
    usual = _complete(people, conf_level)
    if people.seen.all():
        return _result(
            [change_row(people, "weighted", usual.estimate, usual.std_error, usual.df, conf_level)],
            *("inverse_probability", conf_level, ("seaman2013", "kish1965")),
        )
    stayed = people.seen.astype(float)
    weights = response_weights(stayed, logistic_fit(stayed, people.columns).probability, trim=TRIM).weights
    change = np.where(people.seen, people.change, 0.0)
    replicates = _weighted_replicates(people, resampled_clusters(people.n_clusters, draws, rng))
    row = change_row(
        people,
        "weighted",
        float(weights @ change / weights.sum()),
        _spread(replicates, people),
        usual.df,
        conf_level,
    )
    return _result([row], "inverse_probability", conf_level, ("seaman2013", "kish1965"))


def _weighted_replicates(people: Followed, counts: NDArray[np.float64]) -> NDArray[np.float64]:
    times = counts[:, people.cluster]
    fitted = logistic_weighted(people.seen.astype(float), people.columns, times, strict=False)
    fitted[times @ ~people.seen == 0] = np.eye(people.columns.shape[1])[0] * EVERYONE
    usable = ~np.isnan(fitted[:, 0])
    if usable.mean() < 0.9:
        raise EstimationError(
            msg("The model of who stays cannot be fitted when organisations are resampled."),
            do=msg("Use fewer columns, or merge small categories."),
        )
    seen = people.seen
    times = times[usable][:, seen]
    weights = 1 + np.exp(-fitted[usable] @ people.columns[seen].T)
    low, high = np.nanquantile(np.where(times > 0, weights, np.nan), TRIM, axis=1)[:, :, None]
    weights = np.clip(weights, low, high) * times
    return weights @ people.change[seen] / weights.sum(axis=1)


def _spread(replicates: NDArray[np.float64], people: Followed) -> float:
    return float(np.std(replicates, ddof=1)) * math.sqrt(people.n_clusters / (people.n_clusters - 1))


def imputed_change(
    table: pd.DataFrame,
    *,
    known: Sequence[str] = (),
    rng: np.random.Generator,
    draws: int = 999,
    method: str = "resampled",
    conf_level: float = 0.95,
) -> Result:
    """Estimate the mean change with the missing scores filled in from what is known.

    Parameters
    ----------
    table
        One row per person who answered before, as from `two_waves`.
    known
        Columns beside the score before that may say how people change.
    rng
        Source of randomness.
    draws
        Resamples of organisations; under "pooled" imputed tables, of which 50 are enough.
    method
        "resampled" (organisations resampled first, two imputations of each) or "pooled" (imputed
        tables, Rubin's rules).
    conf_level
        Level of the interval, between 0 and 1.

    Returns
    -------
    Result
        One row, `term` "imputed".

    Notes
    -----
    The change is modelled by the known columns, a level for each organisation and a residual. Under
    "resampled" the degrees of freedom are the smaller of those of the variance and the
    Satterthwaite ones of the complete cases; under "pooled" Barnard and Rubin's with the
    Satterthwaite ones as those of the complete table. Assumes that what is missing depends on the
    known columns and the organisation only. Imputed scores may lie outside the scale, which does
    not matter for a mean; not for shares.

    References
    ----------
    vonhippel2021, bartlett2020, grund2018, barnard1999

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> rows = pd.DataFrame({"before": rng.normal(3, 1, 80), "organisation": np.arange(80) % 10})
    >>> rows["after"] = (rows["before"] + 1).where(np.arange(80) % 4 > 0)
    >>> round(float(imputed_change(rows, rng=rng, draws=99).table["estimate"].iloc[0]), 6)
    1.0
    """
    people = followed(table, known)
    found = pick(IMPUTATIONS, method, pmsg("argument", "imputation"))(people, rng, draws, conf_level)
    references = ("vonhippel2021", "bartlett2020", "grund2018", "barnard1999")
    return _result(
        [change_row(people, "imputed", *found, conf_level)], f"imputed_{method}", conf_level, references
    )


def _resampled(people: Followed, rng, draws: int, conf_level: float, shift: float = 0.0):
    sums = cluster_sums(people.change, people.columns, people.cluster)
    found = imputed_means(sums, rng=rng, draws=draws)
    return shifted(people, found.mean, found.missing_share, shift, complete_df(people))


def shifted(
    people: Followed,
    mean: NDArray[np.float64],
    missing_share: NDArray[np.float64],
    shift: float,
    complete_df: float,
) -> tuple[float, float, float]:
    """Return estimate, standard error and degrees of freedom if the missing lie `shift` steps off.

    Parameters
    ----------
    people
        From `followed`.
    mean, missing_share
        From `imputed_means`.
    shift
        In steps of the scale; 0 for the imputations as they are.
    complete_df
        Degrees of freedom of the change among those who answered both times, from `complete_df`.
    """
    moved = mean + shift * missing_share[:, None]
    variance, df = resampled_variance(moved)
    few = people.n_clusters / (people.n_clusters - 1)
    return float(moved.mean()), math.sqrt(variance * few), min(df, complete_df)


def _pooled(people: Followed, rng, draws: int, conf_level: float):
    tables = imputed_tables(people.change, people.columns, people.cluster, rng=rng, tables=draws)
    each = outcome_contrasts(tables.T, np.ones((people.seen.size, 1)), people.cluster, [1.0], conf_level)
    found = pool(each.estimate, each.std_error**2, each.df, conf_level)
    return found.estimate, found.std_error, found.df


IMPUTATIONS: Mapping[str, Callable[..., tuple[float, float, float]]] = {
    "resampled": _resampled,
    "pooled": _pooled,
}


def bounded_change(table: pd.DataFrame, *, low: float, high: float, conf_level: float = 0.95) -> Result:
    """Bound the mean change of everyone who answered before, whatever those who left would have said.

    Parameters
    ----------
    table
        One row per person who answered before, as from `two_waves`.
    low, high
        The ends of the scale.
    conf_level
        Level of the interval, between 0 and 1.

    Returns
    -------
    Result
        One row, `term` "bounds": `bound_low`, `bound_high` are certain for these people, the interval
        adds what chance in who takes part can do.

    Notes
    -----
    Everyone who left is given the lowest value after, then the highest. The interval holds the
    true value wherever between the bounds it lies, with CR2 standard errors of both bounds.

    References
    ----------
    horowitz2000, imbens2004

    Examples
    --------
    >>> rows = pd.DataFrame({"before": [2.0, 3, 3], "after": [3.0, 3, None], "organisation": list("xyz")})
    >>> found = bounded_change(rows, low=1, high=5).table.iloc[0]
    >>> round(float(found["bound_low"]), 3), round(float(found["bound_high"]), 3)
    (-0.333, 1.0)
    """
    people = followed(table)
    after, before = mean_bounds(people.after, low, high), float(people.before.mean())
    ends = [
        cluster_mean(np.where(people.seen, people.after, end) - people.before, people.cluster)
        for end in (low, high)
    ]
    row = change_row(people, "bounds", _complete(people, conf_level).estimate, math.nan, math.nan, conf_level)
    bounds = after.bound_low - before, after.bound_high - before
    row |= {"bound_low": bounds[0], "bound_high": bounds[1]}
    if min(end.std_error for end in ends) > 0:
        row["conf_low"], row["conf_high"] = bounds_interval(
            *bounds, *(end.std_error for end in ends), conf_level
        )
    return _result([row], "bounds", conf_level, ("horowitz2000", "imbens2004"))


def complete_df(people: Followed) -> float:
    """Return the degrees of freedom of the mean change among those who answered both times.

    Parameters
    ----------
    people
        Those who answered before.
    """
    return cluster_mean(people.change[people.seen], people.cluster[people.seen]).df


def _complete(people: Followed, conf_level: float) -> ClusterContrast:
    return cluster_mean(people.change[people.seen], people.cluster[people.seen], conf_level)


def change_row(
    people: Followed, term: str, estimate: float, error: float, df: float, conf_level: float
) -> dict[str, object]:
    """Return the columns of one estimate of the mean change; without spread there is no interval.

    Parameters
    ----------
    people
        From `followed`.
    term
        The assumption on those who left.
    estimate, error, df
        Estimate, standard error, degrees of freedom.
    conf_level
        Level of the interval, between 0 and 1.
    """
    usable = error if error > 0 else math.nan
    low, high = t_limits(estimate, usable, df, conf_level)
    statistic = estimate / usable
    return {
        "estimand": "assumed_change",
        "term": term,
        "contrast": "after - before",
        "estimate": float(estimate),
        "std_error": float(error),
        "conf_low": low,
        "conf_high": high,
        "statistic": statistic,
        "df": float(df),
        "p_value": t_p_value(statistic, df),
        "n": int(people.seen.sum()),
        "n_total": people.seen.size,
        "n_groups": int(np.unique(people.cluster[people.seen]).size),
    }


def _result(
    rows: list[dict[str, object]], method: str, conf_level: float, references: tuple[str, ...]
) -> Result:
    return Result(pd.DataFrame(rows), Meta(method, conf_level, references, ("clusters_independent",)))
