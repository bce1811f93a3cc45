"""The course of a mean over several waves."""

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from evaluation.change.paired import mean_change
from evaluation.change.pairs import INFERENCE, said_of
from evaluation.result import Meta, Result
from evaluation.stats.cluster_choice import mean_inference
from evaluation.stats.mixed_contrast import mixed_contrast
from evaluation.stats.mixed_model import MixedFit, RandomTerm, mixed_model
from evaluation.vocabulary.errors import EstimationError, one_of
from evaluation.vocabulary.message import msg

# Rows up to which the correction of Kenward and Roger is computed.
MOST_ROWS = 1000


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
    A mixed model with a mean for each wave, and a level of its own for each unit and each cluster, by
    restricted maximum likelihood; degrees of freedom after Kenward and Roger, after Satterthwaite above
    1000 rows. Right if who is missing depends on what was measured only. Where a variance is zero each
    contrast is the clustered mean change of those who answered both times, and `method` says so.

    References
    ----------
    bates2015, kenward1997, kuznetsova2017, bell2002

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
    steps = list(pairwise(waves)) + ([(waves[0], waves[-1])] if len(waves) > 2 else [])
    fit = _fit(rows, waves, value, unit, cluster)
    records = []
    for before, after in steps:
        row = {"estimand": "wave_change", "contrast": f"{after} - {before}"}
        if fit is None or fit.singular:
            options = {"value": value, "unit": unit, "cluster": cluster, "conf_level": conf_level}
            found = mean_change(rows, before=before, after=after, **options).table.iloc[0]
            row |= {name: found[name] for name in ("estimate", *INFERENCE, "n", "n_groups", "method")}
        else:
            row |= _of_model(fit, rows, (waves, before, after), conf_level)
            row |= {"n": rows[unit].nunique(), "n_groups": len(set(_groups(rows, cluster or unit)))}
        records.append(row)
    references = ("bates2015", "kenward1997", "kuznetsova2017", "bell2002")
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


def _fit(
    rows: pd.DataFrame, waves: Sequence[str], value: str, unit: str, cluster: str | None
) -> MixedFit | None:
    """Fit a level for units and clusters; None where nobody answered twice."""
    if rows[unit].nunique() in (1, len(rows)):
        return None
    terms = [RandomTerm(_groups(rows, unit))]
    if cluster not in (None, unit) and 1 < rows[cluster].nunique() < rows[unit].nunique():
        terms.append(RandomTerm(_groups(rows, cluster)))
    design = np.column_stack([(rows["wave"] == wave).to_numpy(float) for wave in waves])
    return mixed_model(rows[value].to_numpy(float), design, terms)


def _of_model(
    fit: MixedFit, rows: pd.DataFrame, step: tuple[Sequence[str], str, str], conf_level: float
) -> dict[str, object]:
    waves, before, after = step
    weights = [float(wave == after) - float(wave == before) for wave in waves]
    method = "kenward_roger" if len(rows) <= MOST_ROWS else "satterthwaite"
    found = mixed_contrast(fit, weights, conf_level, method=method)
    return {name: float(getattr(found, name)) for name in ("estimate", *INFERENCE)} | {"method": method}
