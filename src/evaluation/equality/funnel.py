"""Where on the way from invitation to outcome groups part company."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from evaluation.equality.levels import demand_levels
from evaluation.equality.rows import cluster_codes, complete_rows
from evaluation.result import Meta, Result
from evaluation.stats.cluster_bootstrap import resampled_totals
from evaluation.stats.cluster_share import cluster_share
from evaluation.stats.kitagawa import stage_parts
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg

FEWEST = 5
SEED = 1


def stage_rates(
    table: pd.DataFrame,
    *,
    stages: Sequence[str],
    group: str,
    levels: Sequence[str],
    cluster: str | None = "organisation",
    conf_level: float = 0.95,
) -> Result:
    """Estimate for every group what share passes each stage, of those who passed the stage before.

    Parameters
    ----------
    table
        One row per person who was invited; each stage is a column of true and false.
    stages
        The columns in their order; who did not pass a stage has not passed the later ones either.
    group, levels
        The classification, and the groups in the order in which they are shown.
    cluster
        The column whose members resemble each other; None if people are independent.
    conf_level
        Level of the interval, between 0 and 1.

    Returns
    -------
    Result
        One row per stage and group: `estimate` = `k` of the `n` who passed the stage before. There is no
        interval with fewer than five companies.

    References
    ----------
    bell2002, korn1998

    Examples
    --------
    >>> people = pd.DataFrame({"started": [True, True, False, True], "sex": ["w", "w", "m", "m"]})
    >>> found = stage_rates(people, stages=["started"], group="sex", levels=["w", "m"], cluster=None)
    >>> found.table["estimate"].tolist()
    [1.0, 0.5]
    """
    rows = complete_rows(table, [group, *stages], cluster)
    demand_levels(table[group], levels)
    clusters = cluster_codes(rows, cluster)
    passed = _passed(rows, stages)
    records = []
    for place, stage in enumerate(stages):
        for level in levels:
            asked = (rows[group] == level).to_numpy() & passed[:, place]
            yes = passed[asked, place + 1]
            row = {"estimand": "stage_rate", "term": stage, "level": level, "k": int(yes.sum())}
            records.append(row | _rate(yes, clusters[asked], conf_level))
    meta = Meta(method="stage_rates", conf_level=conf_level, references=("bell2002", "korn1998"))
    return Result(pd.DataFrame(records), meta)


def stage_gap(
    table: pd.DataFrame,
    *,
    stages: Sequence[str],
    group: str,
    level: str,
    reference: str,
    cluster: str | None = "organisation",
    conf_level: float = 0.95,
    draws: int = 499,
) -> Result:
    """Estimate how much of the final gap between two groups arises at each stage.

    Parameters
    ----------
    table, stages, group, cluster, conf_level
        As in `stage_rates`.
    level, reference
        The group looked at and the one it is compared with.
    draws
        How many times companies are drawn anew; the same draws every time.

    Returns
    -------
    Result
        One row for the final gap (`all_stages`) and one per stage; the parts add up to the gap. Nothing
        is computed when a stage has nobody of one group.

    Notes
    -----
    The share of the invited that reaches the end is the product of the stages' shares; a stage's part is its
    mean contribution over all orders of the stages (Shapley). Limits: whole companies drawn anew.

    References
    ----------
    kitagawa1955, dasgupta1993, shorrocks2013

    Examples
    --------
    >>> people = pd.DataFrame({"a": [1, 1, 0, 1], "b": [1, 0, 0, 1], "sex": ["w", "w", "m", "m"]})
    >>> found = stage_gap(
    ...     people.astype({"a": bool, "b": bool}),
    ...     stages=["a", "b"], group="sex", level="w", reference="m", cluster=None,
    ... )
    >>> found.table["estimate"].tolist()
    [0.0, 0.375, -0.375]
    """
    rows = complete_rows(table, [group, *stages], cluster)
    demand_levels(table[group], (level, reference))
    rows = rows[rows[group].isin([level, reference])].reset_index(drop=True)
    clusters = cluster_codes(rows, cluster)
    member, passed = (rows[group] == level).to_numpy(), _passed(rows, stages)
    counts = np.array([_counts(passed[side], clusters[side], clusters) for side in (member, ~member)])
    parts = _parts(counts.sum(axis=1))
    low, high = _limits(counts, conf_level, draws)
    sizes = {"n": len(rows), "n_level": int(member.sum()), "n_reference": int((~member).sum())}
    records: list[dict[str, Any]] = [
        {"estimand": "stage_gap", "term": term, "level": level, "contrast": f"{level} - {reference}"}
        | {"estimate": float(parts[i]), "conf_low": float(low[i]), "conf_high": float(high[i])}
        | sizes
        for i, term in enumerate(("all_stages", *stages))
    ]
    references = ("kitagawa1955", "dasgupta1993", "shorrocks2013")
    return Result(
        pd.DataFrame(records), Meta(method="stage_gap", conf_level=conf_level, references=references)
    )


def _passed(rows: pd.DataFrame, stages: Sequence[str]) -> np.ndarray:
    """Tell who passed each stage and all before it; the first column is everybody."""
    if not stages:
        raise EstimationError(msg("At least one stage is needed."))
    own = rows[list(stages)].to_numpy(dtype=bool)
    return np.column_stack([np.ones(len(rows), dtype=bool), np.logical_and.accumulate(own, axis=1)])


def _rate(yes: np.ndarray, clusters: np.ndarray, conf_level: float) -> dict[str, Any]:
    n, groups = len(yes), len(np.unique(clusters))
    row = {"n": n, "n_groups": groups, "estimate": float(yes.mean()) if n else math.nan}
    row |= {"conf_low": math.nan, "conf_high": math.nan}
    if groups < FEWEST or yes.all() or not yes.any():
        return row
    found = cluster_share(yes.astype(float), clusters, conf_level)
    return row | {"conf_low": found.conf_low, "conf_high": found.conf_high}


def _counts(passed: np.ndarray, own: np.ndarray, clusters: np.ndarray) -> np.ndarray:
    """Return for each company how many of its people passed each stage, shape (g, s + 1)."""
    size = int(clusters.max(initial=-1)) + 1
    counts = np.column_stack([np.bincount(own, column, size) for column in passed.T])
    return counts[np.unique(clusters)]


def _parts(totals: np.ndarray) -> np.ndarray:
    """Return the final gap and its parts from both groups' numbers at each stage."""
    if np.any(totals[:, :-1] == 0):
        return np.full(totals.shape[1], math.nan)
    rates = totals[:, 1:] / totals[:, :-1]
    return np.concatenate([[rates[0].prod() - rates[1].prod()], stage_parts(rates[0], rates[1])])


def _limits(counts: np.ndarray, conf_level: float, draws: int) -> tuple[np.ndarray, np.ndarray]:
    groups = counts.shape[1]
    nothing = np.full(counts.shape[2], math.nan)
    on_both = np.min((counts[:, :, 0] > 0).sum(axis=1), initial=groups)
    if on_both < FEWEST:
        return nothing, nothing
    # In the order of their numbers, so that the names of companies do not change which are drawn.
    order = np.lexsort(np.concatenate(list(counts), axis=1).T)
    totals = resampled_totals(np.moveaxis(counts[:, order], 1, 0), draws, np.random.default_rng(SEED))
    replicates = np.array([_parts(total) for total in totals])
    usable = replicates[np.isfinite(replicates).all(axis=1)]
    if len(usable) < draws / 2:
        return nothing, nothing
    tail = (1 - conf_level) / 2
    low, high = np.quantile(usable, [tail, 1 - tail], axis=0)
    return low, high
