"""Effects from several waves: units with levels of their own, and groups that start at different times."""

from typing import Any

import numpy as np
import pandas as pd

from evaluation.impact.estimates import BEFORE_AND_AFTER, REFERENCES
from evaluation.impact.evidence import Evidence
from evaluation.impact.rows import INFERENCE, NOTHING, numbers_of
from evaluation.result import Meta, Result
from evaluation.stats.cluster_choice import (
    FEWEST,
    SEED,
    cluster_inference,
    mean_inference,
    method_for,
    ordered_clusters,
)
from evaluation.stats.doubly_robust import Influence
from evaluation.stats.fixed_effects import within
from evaluation.stats.group_time import average_effect, effect_by_length, group_time_effects
from evaluation.stats.wild_bootstrap import wild_bootstrap
from evaluation.vocabulary.errors import EstimationError, one_of
from evaluation.vocabulary.message import msg


def panel_effect(
    table: pd.DataFrame,
    *,
    treated: str,
    value: str = "value",
    unit: str = "person",
    wave: str = "wave",
    cluster: str | None = "organisation",
    evidence: Evidence = BEFORE_AND_AFTER,
    conf_level: float = 0.95,
) -> Result:
    """Estimate what goes with taking part when every unit is compared with itself.

    Parameters
    ----------
    table
        One row per unit and wave.
    treated
        The column that is true from the wave on in which a unit takes part.
    value, unit, wave, cluster
        Columns with the score, who it is about, when, and whose members resemble each other; a `cluster`
        of None clusters on the unit.
    evidence
        What the design can show.
    conf_level
        Level of the interval, between 0 and 1.

    Returns
    -------
    Result
        One row: two-way fixed effects. Do not use it if units start at different times.

    Raises
    ------
    EstimationError
        If a column is missing.

    References
    ----------
    bell2002, cameron2008, pustejovsky2018, wooldridge2010

    Examples
    --------
    >>> rows = pd.DataFrame({"person": list("aabbccdd"), "wave": [1, 2] * 4, "value": [1, 3, 2, 4, 1, 1, 2, 3.0]})
    >>> rows["took"] = [0, 1, 0, 1, 0, 0, 0, 0]
    >>> float(panel_effect(rows, treated="took", cluster=None).table["estimate"].iloc[0])
    1.5
    """
    rows = _complete(table, [treated, value, unit, wave], cluster)
    waves = sorted(rows[wave].unique())[1:]
    columns = [rows[treated].to_numpy(float), *((rows[wave] == name).to_numpy(float) for name in waves)]
    inner = within(np.column_stack(columns), rows[unit])
    groups = rows[cluster if cluster else unit].to_numpy()
    y, first = within(rows[value], rows[unit]), np.eye(inner.shape[1])[0]
    fewest = _fewest(rows[treated].to_numpy(float), groups)
    found = _inference(y, inner, groups, first, fewest, conf_level)
    row = {
        "estimand": _estimand(evidence),
        "term": "fixed_effects",
        "n": len(rows),
        "n_groups": fewest,
    } | found
    took = int(rows[treated].astype(bool).sum())
    row |= {"n_level": took, "n_reference": len(rows) - took}
    meta = Meta("comparison", conf_level, (*REFERENCES, "wooldridge2010"), ("clusters_independent",))
    return Result(pd.DataFrame([row]), meta)


def _fewest(treated: np.ndarray, groups: np.ndarray) -> int:
    """Return how many clusters the smaller side has: those in which taking part varies, and the others."""
    _, number = np.unique(groups, return_inverse=True)
    varies = np.array([np.ptp(treated[number == place]) > 0 for place in range(number.max() + 1)])
    sides = [int(side.sum()) for side in (varies, ~varies)]
    return min(sides) if all(sides) else max(sides)


def _inference(
    y: np.ndarray, x: np.ndarray, groups: np.ndarray, weights: np.ndarray, fewest: int, conf_level: float
) -> dict[str, Any]:
    """Return inference that the smaller side can carry: within units every cluster seems to count."""
    found = cluster_inference(y, x, groups, weights, conf_level)
    method = method_for(fewest, found.df)
    if method == "too_few_clusters":
        return numbers_of(found) | NOTHING | {"method": method}
    if method == found.method:
        return numbers_of(found)
    drawn = wild_bootstrap(
        y, x, ordered_clusters(y, x, groups), weights, conf_level, rng=np.random.default_rng(SEED)
    )
    own = {name: float(getattr(drawn, name)) for name in INFERENCE if name != "df"}
    return numbers_of(found) | own | {"method": method}


def _complete(table: pd.DataFrame, names: list[str], cluster: str | None) -> pd.DataFrame:
    for name in [*names, *([cluster] if cluster else [])]:
        if name not in table.columns:
            raise EstimationError(
                msg("The table has no column {name}.", name=name), do=one_of(name, map(str, table.columns))
            )
    return table[table[names].notna().all(axis=1)].reset_index(drop=True)


def _estimand(evidence: Evidence) -> str:
    return "effect" if evidence.words == "effect" else "association"


def staggered_effect(
    table: pd.DataFrame,
    *,
    start: str,
    value: str = "value",
    unit: str = "organisation",
    wave: str = "wave",
    evidence: Evidence = BEFORE_AND_AFTER,
    conf_level: float = 0.95,
) -> Result:
    """Estimate effects when organisations start in different waves, against those who never do.

    Parameters
    ----------
    table
        One row per organisation and wave, waves as ascending numbers.
    start
        The column with the wave in which an organisation starts; 0 for never.
    value, unit, wave
        Columns with the score, the organisation and the wave.
    evidence
        What the design can show.
    conf_level
        Level of the intervals, between 0 and 1.

    Returns
    -------
    Result
        The mean effect, and the mean difference before the start, a placebo that should be near 0. Groups
        that start together in fewer than five organisations are left out; organisations without a value
        in some wave are too.

    Raises
    ------
    EstimationError
        If a column is missing, or no group of five organisations remains.

    References
    ----------
    callaway2021

    Examples
    --------
    >>> rows = pd.DataFrame({"organisation": np.repeat(range(20), 2), "wave": [1, 2] * 20})
    >>> rows["start"] = np.where(rows["organisation"] < 10, 2, 0)
    >>> rows["value"] = rows["organisation"] % 3 + (rows["start"] == rows["wave"]) * 1.0
    >>> staggered_effect(rows, start="start").table["estimate"].round(6).tolist()
    [1.0]
    """
    rows = _complete(table, [start, value, unit, wave], None)
    wide = rows.pivot_table(index=unit, columns=wave, values=value).dropna()
    began = rows.groupby(unit)[start].first().loc[wide.index]
    many = began.map(began.value_counts()) >= FEWEST
    found = group_time_effects(wide[many], began[many], wide.columns)
    parts = {"average_effect": average_effect(found)}
    early = [part for length, part in effect_by_length(found).items() if length < 0]
    if early:
        influence = np.mean([part.influence for part in early], axis=0)
        parts["before_start"] = Influence(float(np.mean([part.estimate for part in early])), influence)
    records = []
    fewest = int(began[many].value_counts().min())
    for term, part in parts.items():
        clusters = np.arange(part.influence.size)
        inference = mean_inference(part.influence + part.estimate, clusters, conf_level)
        told = method_for(fewest, inference.df) == "cr2_satterthwaite"
        numbers = numbers_of(inference) if told else {**NOTHING, "method": "too_few_clusters"}
        row = {"estimand": _estimand(evidence), "term": term, "n": int(many.sum()), "n_groups": fewest}
        row |= {"n_level": int((began[many] > 0).sum()), "n_reference": int((began[many] == 0).sum())}
        records.append(row | numbers | {"estimate": part.estimate})
    return Result(
        pd.DataFrame(records), Meta("comparison", conf_level, ("callaway2021",), ("clusters_independent",))
    )
