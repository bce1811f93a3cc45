"""The course of a mean over several waves."""

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from evaluation.change.paired import mean_change
from evaluation.change.pairs import INFERENCE, said_of
from evaluation.result import Meta, Result
from evaluation.stats.checks import demand_known
from evaluation.stats.cluster_choice import mean_inference
from evaluation.stats.normal_influence import NormalMeans, normal_means
from evaluation.vocabulary.errors import EstimationError, one_of
from evaluation.vocabulary.message import msg

# Units that must have answered in two waves for what the waves share to be told.
FEWEST_TOGETHER = 5
GROUP = "its cluster"


def wave_means(
    table: pd.DataFrame,
    *,
    waves: Sequence[str],
    value: str = "value",
    cluster: str | None = "organisation",
    conf_level: float = 0.95,
) -> Result:
    """Estimate the mean at each wave, of everyone who answered then.

    Parameters
    ----------
    table
        Long form, as for `mean_change`.
    waves
        The waves in their order.
    value
        The column with the score.
    cluster
        The column whose members resemble each other; None if units are independent.
    conf_level
        Level of the interval, between 0 and 1.

    Returns
    -------
    Result
        One row per wave with the inference that its clusters can carry. Different people may answer at
        different waves: changes are in `wave_contrasts`.

    References
    ----------
    bell2002, cameron2008

    Examples
    --------
    >>> scores = pd.DataFrame({"wave": ["w1", "w1", "w2"], "value": [2.0, 4.0, 5.0]})
    >>> wave_means(scores, waves=["w1", "w2"], cluster=None).table["estimate"].round(9).tolist()
    [3.0, 5.0]
    """
    rows = _complete(table, ["wave", value, *([cluster] if cluster else [])], value)
    demand_known(table["wave"], waves)
    records = []
    for wave in waves:
        own = rows[rows["wave"] == wave]
        found = mean_inference(own[value].to_numpy(float), _groups(own, cluster), conf_level)
        records.append(said_of(found) | {"estimand": "wave_mean", "wave": wave, "statistic": math.nan})
    table = pd.DataFrame(records).assign(p_value=math.nan)
    meta = Meta("cr2_satterthwaite", conf_level, ("bell2002", "cameron2008"), ("clusters_independent",))
    return Result(table, meta)


def wave_contrasts(
    table: pd.DataFrame,
    *,
    waves: Sequence[str],
    value: str = "value",
    unit: str = "person",
    cluster: str | None = "organisation",
    conf_level: float = 0.95,
) -> Result:
    """Estimate the changes between waves from everyone who answered at least once.

    Parameters
    ----------
    table, value, unit, cluster, conf_level
        As in `mean_change`.
    waves
        Two or more waves in their order.

    Returns
    -------
    Result
        One row for each step between neighbouring waves, and one from the first to the last: `estimate` =
        later minus earlier, `n` units, `n_groups` clusters, `df` and `method`.

    Raises
    ------
    EstimationError
        If a column or a wave is missing, or a unit has two rows in one wave.

    Notes
    -----
    A normal model with a mean for each wave, and a variance for each wave and a covariance for each two, by maximum
    likelihood; with nobody missing the estimate is the mean change. The interval is that of a mean over units in
    clusters, of how much each unit moves the estimate (`normal_means`), with CR2 and Satterthwaite's degrees of
    freedom or the wild bootstrap as in `mean_change`, so neither normal values nor equal changes of all
    clusters are assumed. Right if who is missing depends on what was measured only. Where fewer than five
    units answered in some two waves, or the model cannot be estimated, each contrast is the clustered mean
    change of those who answered both times, and `n` counts them.

    References
    ----------
    liang2000, enders2010, binder1983, bell2002, cameron2008

    Examples
    --------
    >>> scores = pd.DataFrame({
    ...     "person": list("abcdef") * 2,
    ...     "wave": ["w1"] * 6 + ["w2"] * 6,
    ...     "value": [1.0, 2, 3, 4, 5, 3, 2, 2, 4, 5, 5, 4],
    ... })
    >>> wave_contrasts(scores, waves=["w1", "w2"], cluster=None).table["estimate"].round(3).tolist()
    [0.667]
    """
    names = [unit, "wave", value, *([cluster] if cluster else [])]
    rows = _complete(table, names, value)
    rows = rows[rows["wave"].isin(list(waves)) & rows[unit].notna()]
    _refuse(rows, waves, unit)
    waves = list(waves)
    steps = list(pairwise(waves)) + ([(waves[0], waves[-1])] if len(waves) > 2 else [])
    wide = _wide(rows, waves, value, unit, cluster)
    fit = _fit(wide[waves].to_numpy(float))
    records = []
    for before, after in steps:
        row = {"estimand": "wave_change", "contrast": f"{after} - {before}"}
        if fit is None:
            options = {"value": value, "unit": unit, "cluster": cluster, "conf_level": conf_level}
            found = mean_change(rows, before=before, after=after, **options).table.iloc[0]
            row |= {name: found[name] for name in ("estimate", *INFERENCE, "n", "n_groups", "method")}
        else:
            first, later = waves.index(before), waves.index(after)
            added = fit.influence[:, later] - fit.influence[:, first]
            change = fit.mean[later] - fit.mean[first]
            row |= said_of(mean_inference(change + added, wide[GROUP], conf_level))
        records.append(row)
    references = ("liang2000", "enders2010", "binder1983", "bell2002", "cameron2008")
    return Result(
        pd.DataFrame(records), Meta("mixed_model", conf_level, references, ("clusters_independent",))
    )


def _complete(table: pd.DataFrame, names: Sequence[str], value: str) -> pd.DataFrame:
    for name in names:
        if name not in table.columns:
            raise EstimationError(
                msg("The table has no column {name}.", name=name), do=one_of(name, map(str, table.columns))
            )
    order = [name for name in dict.fromkeys(("wave", value))]
    known = table[table[value].notna()].astype({"wave": "object"})
    return known.sort_values(order, kind="stable").reset_index(drop=True)


def _refuse(rows: pd.DataFrame, waves: Sequence[str], unit: str) -> None:
    for wave in waves:
        if wave not in set(rows["wave"]):
            raise EstimationError(
                msg("Nobody answered in the wave {name}.", name=wave), do=one_of(wave, set(rows["wave"]))
            )
    twice = int(rows.duplicated([unit, "wave"]).sum())
    if twice:
        raise EstimationError(
            msg("{count} rows repeat a unit within a wave.", count=twice),
            do=msg("Keep one row per unit and wave, or average them first."),
        )


def _groups(rows: pd.DataFrame, cluster: str | None) -> np.ndarray:
    """Give every cluster a number; a row without one is a cluster of its own."""
    if cluster is None:
        return np.arange(len(rows))
    codes, names = pd.factorize(rows[cluster])
    alone = codes < 0
    return np.where(alone, len(names) + np.cumsum(alone), codes)


def _wide(
    rows: pd.DataFrame, waves: Sequence[str], value: str, unit: str, cluster: str | None
) -> pd.DataFrame:
    """Put the waves side by side for every unit, with the number of its cluster in the first wave it has one."""
    own = rows.assign(place=rows["wave"].map({wave: place for place, wave in enumerate(waves)}))
    wide = own.pivot_table(index=unit, columns="wave", values=value, aggfunc="first", observed=True)
    if cluster in (None, unit):
        return wide.assign(**{GROUP: np.arange(len(wide))})
    named = own.sort_values("place", kind="stable").groupby(unit, observed=True)[cluster].first()
    return wide.assign(**{GROUP: _groups(named.reindex(wide.index).to_frame(cluster), cluster)})


def _fit(values: np.ndarray) -> NormalMeans | None:
    """Fit means that use everyone; None where too few answered twice to tell what waves share."""
    seen = (~np.isnan(values)).astype(float)
    if (seen.T @ seen).min() < FEWEST_TOGETHER:
        return None
    try:
        return normal_means(values)
    except EstimationError:
        return None
