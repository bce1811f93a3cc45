"""How large a change is, in standard deviations or in order, and how much room there was to rise."""

import math
from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from evaluation.change.pairs import paired_values
from evaluation.result import Meta, Result
from evaluation.stats.cluster_choice import mean_inference
from evaluation.stats.dominance import rank_biserial
from evaluation.stats.effect_size import d_average, d_rm, d_z, hedges_correction, probability_of_superiority
from evaluation.stats.linearised import moment_influence
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg

TOLERANCE = 1e-9
# Organisations from which the intervals of standardised changes are shown to hold.
ENOUGH = 8
REFERENCES = (
    "cumming2012",
    "lakens2013",
    "morris2002",
    "hedges1981",
    "grissom1994",
    "kerby2014",
    "binder1983",
    "bell2002",
    "cameron2008",
)


def effect_sizes(
    table: pd.DataFrame,
    *,
    before: str,
    after: str,
    value: str = "value",
    unit: str = "person",
    cluster: str | None = "organisation",
    conf_level: float = 0.95,
    rng: np.random.Generator | None = None,
) -> Result:
    """Estimate how large the change is beside the differences between people.

    Parameters
    ----------
    table, before, after, value, unit, cluster, conf_level, rng
        As in `mean_change`.

    Returns
    -------
    Result
        Rows by `term`: "d_average" (in standard deviations between people, both waves), "g_average"
        (the same with Hedges' correction), "d_rm", "d_z" (in standard deviations of the change),
        "superiority" (chance that a person is higher afterwards, ties half) and "rank_biserial".

    Notes
    -----
    For independent units the intervals are from the noncentral t distribution, and Wilson's for the
    chance. For people in 8 organisations or more they are those of a mean over people in organisations, of how
    much each person moves the estimate, u = (c - mean c) / s - d ((x - mean x)^2 + (y - mean y)^2 - 2 s^2) / (4 s^2)
    for d_average, with CR2 or the wild bootstrap as in `mean_change`. With fewer, and for "rank_biserial" of people
    in organisations, there are none. d_z grows with the correlation between the waves: do not compare it
    between questions. Give the change in steps of the scale first.

    References
    ----------
    cumming2012, lakens2013, morris2002, hedges1981, grissom1994, kerby2014, binder1983, bell2002, cameron2008

    Examples
    --------
    >>> scores = pd.DataFrame({
    ...     "person": list("abcd") * 2, "wave": ["w1"] * 4 + ["w3"] * 4, "value": [2.0, 3, 3, 4, 3, 3, 4, 6],
    ... })
    >>> found = effect_sizes(scores, before="w1", after="w3", cluster=None)
    >>> found.table["estimate"].round(2).tolist()
    [0.87, 0.63, 0.63, 1.22, 0.88, 1.0]
    """
    pairs = paired_values(table, before=before, after=after, value=value, unit=unit, cluster=cluster)
    first, later = pairs["before"].to_numpy(), pairs["after"].to_numpy()
    clusters = pairs["cluster"].nunique()
    rows = {term: {"estimate": math.nan} for term in SIZES}
    if len(pairs) > 1:
        rows = {term: _alone(size(first, later, conf_level)) for term, size in SIZES.items()}
    if clusters < len(pairs):
        judged = _judged(pairs, conf_level, rng) if clusters >= ENOUGH else {}
        rows = {
            term: {"estimate": row["estimate"], "conf_low": math.nan, "conf_high": math.nan}
            | judged.get(term, {})
            for term, row in rows.items()
        }
    fixed = {"estimand": "standardised_change", "n": len(pairs), "n_groups": clusters}
    named = pd.DataFrame([{**fixed, "term": term, **row} for term, row in rows.items()])
    meta = Meta("effect_sizes", conf_level, REFERENCES, ("clusters_independent", "both_waves"))
    return Result(named.assign(contrast=f"{after} - {before}"), meta)


SIZES: Mapping[str, Callable] = {
    "d_average": d_average,
    "g_average": lambda first, later, level: d_average(first, later, level, corrected=True),
    "d_rm": d_rm,
    "d_z": d_z,
    "superiority": probability_of_superiority,
    "rank_biserial": rank_biserial,
}


def _alone(found) -> dict[str, float]:
    return {name: float(getattr(found, name)) for name in ("estimate", "conf_low", "conf_high")}


def _judged(
    pairs: pd.DataFrame, conf_level: float, rng: np.random.Generator | None
) -> dict[str, dict[str, float]]:
    """Limits of a mean over people in organisations, of what each person adds to the effect sizes."""
    first, later = pairs["before"].to_numpy(), pairs["after"].to_numpy()
    change = later - first
    if np.ptp(change) < TOLERANCE or np.ptp(first) < TOLERANCE or np.ptp(later) < TOLERANCE:
        return {}
    won = np.where(np.abs(change) < TOLERANCE, 0.5, (change > 0).astype(float))
    # Sizes do not depend on where the scale begins; near 0 the moments lose no digits.
    low, high = first - first.mean(), later - first.mean()
    values = np.column_stack([low, high, low**2, high**2, low * high, won])
    sizes = _sizes_of(values.mean(axis=0), len(pairs))
    added = moment_influence(values, lambda mean: _sizes_of(mean, len(pairs)))
    found = [
        mean_inference(size + own, pairs["cluster"], conf_level, rng=rng)
        for size, own in zip(sizes, added.T, strict=True)
    ]
    return {
        term: {"conf_low": one.conf_low, "conf_high": one.conf_high}
        for term, one in zip(list(SIZES)[:5], found, strict=True)
    }


def _sizes_of(mean: np.ndarray, n: int) -> np.ndarray:
    """Return the effect sizes of means, in the order of `SIZES`; (6,) -> (5,)."""
    scale = n / (n - 1)
    before, after = (scale * (mean[2 + i] - mean[i] ** 2) for i in (0, 1))
    shared = scale * (mean[4] - mean[0] * mean[1])
    change, spread = mean[1] - mean[0], before + after - 2 * shared
    between = change / np.sqrt((before + after) / 2)
    own = change / np.sqrt(spread)
    repeated = own * np.sqrt(2 * (1 - shared / np.sqrt(before * after)))
    return np.stack([between, between * hedges_correction(n - 1), repeated, own, mean[5]])


def ceiling(
    table: pd.DataFrame,
    *,
    before: str,
    after: str,
    best: float,
    value: str = "value",
    unit: str = "person",
    wanted: str = "increase",
) -> Result:
    """Count those who could not improve, because they gave the best answer already.

    Parameters
    ----------
    table, before, after, value, unit
        As in `mean_change`.
    best
        The best possible value: the highest, or the lowest if a decrease is wanted.
    wanted
        "increase" or "decrease".

    Returns
    -------
    Result
        One row: `estimate` = `k` / `n`, those at the best value at the earlier wave among those who
        answered both times; `mean_before`, and `headroom` = how far it was from the best value.

    Raises
    ------
    EstimationError
        If a value is better than the best, a column is missing or a unit has two rows in one wave.

    Notes
    -----
    A count of those who answered, without interval. Where many are at the top a mean cannot rise much,
    and the standard deviations shrink with it. No change is adjusted for it: gains divided by the room
    there was favour those who began high. A usual warning is from 15 in 100 at the top.

    References
    ----------
    terwee2007

    Examples
    --------
    >>> scores = pd.DataFrame({
    ...     "person": list("abcd") * 2, "wave": ["w1"] * 4 + ["w3"] * 4, "value": [2.0, 5, 3, 4, 3, 5, 4, 5],
    ... })
    >>> row = ceiling(scores, before="w1", after="w3", best=5).table.iloc[0]
    >>> float(row["estimate"]), float(row["headroom"])
    (0.25, 1.5)
    """
    pairs = paired_values(table, before=before, after=after, value=value, unit=unit, cluster=None)
    room = (best - pairs["before"]) * (1 if wanted == "increase" else -1)
    if (room < -TOLERANCE).any():
        raise EstimationError(msg("Some values are better than the best one, {best}.", best=best))
    k = int((room < TOLERANCE).sum())
    row = {
        "estimand": "ceiling_share",
        "estimate": k / len(pairs) if len(pairs) else math.nan,
        "k": k,
        "n": len(pairs),
        "wave": before,
        "mean_before": pairs["before"].mean(),
        "headroom": room.mean(),
    }
    return Result(pd.DataFrame([row]), Meta("count", references=("terwee2007",), assumptions=("both_waves",)))
