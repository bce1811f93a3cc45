"""The same change computed in other ways: by ranks, signs, trimmed means, resampling and a model."""

import math
from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from evaluation.change.pairs import INFERENCE, paired_values
from evaluation.change.waves import wave_contrasts
from evaluation.result import Meta, Result
from evaluation.stats.cluster_choice import FEWEST, SEED, ordered_clusters
from evaluation.stats.cluster_mean import cluster_mean
from evaluation.stats.sign_flip import cluster_sign_flip
from evaluation.stats.sign_test import sign_test
from evaluation.stats.signed_rank import signed_rank
from evaluation.stats.trimmed import yuen
from evaluation.stats.wild_bootstrap import wild_bootstrap

NUMBERS = ("estimate", *INFERENCE)
# Pairs that the trimmed mean needs so that three are left of each side's middle.
LEAST_TRIMMED = 5


def rank_change(
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
    """Estimate the change by methods that no extreme answer can move far.

    Parameters
    ----------
    table, before, after, value, unit, cluster, conf_level, rng
        As in `mean_change`.

    Returns
    -------
    Result
        Rows by `term`: "signed_rank" (pseudo-median; Wilcoxon, zeros after Pratt, exact up to 400),
        "sign_test" (median), "trimmed" (means without the highest and lowest fifth; Yuen), "sign_flip"
        (mean; no interval). With fewer than five clusters there are no intervals and p values.

    Notes
    -----
    For people in organisations the first three are about the organisations' mean changes, each
    organisation once, because ranks of people would treat colleagues as strangers; "sign_flip" turns all
    signs of an organisation together and counts every person once. `n` and `n_groups` are pairs and
    organisations. They estimate different middles, so their numbers need not agree, only their conclusion.

    References
    ----------
    wilcoxon1945, pratt1959, hodges1963, conover1999, yuen1974, fisher1935a, hayes2017

    Examples
    --------
    >>> scores = pd.DataFrame({
    ...     "person": list("abcde") * 2, "wave": ["w1"] * 5 + ["w3"] * 5, "value": [1, 2, 3, 4, 5, 2, 4, 3, 7, 9],
    ... })
    >>> found = rank_change(scores, before="w1", after="w3", cluster=None).table
    >>> found["estimate"].tolist()[:2], float(found["p_value"].iloc[0])
    ([2.0, 2.0], 0.125)
    """
    pairs = paired_values(table, before=before, after=after, value=value, unit=unit, cluster=cluster)
    count = pairs["cluster"].nunique()
    means = pairs.groupby("cluster", sort=False)[["before", "after"]].mean()
    change = (pairs["after"] - pairs["before"]).to_numpy()
    chance = np.random.default_rng(SEED) if rng is None else rng
    rows = []
    for term, method in METHODS.items():
        row = {"estimand": "change_check", "term": term, **dict.fromkeys(NUMBERS, math.nan)}
        if count >= FEWEST:
            first, later = means["before"].to_numpy(), means["after"].to_numpy()
            row |= method(first, later, conf_level)
        rows.append(row | {"n": len(pairs), "n_groups": count})
    rows.append(_sign_flip(change, pairs["cluster"].to_numpy(), chance))
    references = (
        "wilcoxon1945",
        "pratt1959",
        "hodges1963",
        "conover1999",
        "yuen1974",
        "fisher1935a",
        "hayes2017",
    )
    meta = Meta("change_checks", conf_level, references, ("clusters_independent", "both_waves"))
    return Result(pd.DataFrame(rows).assign(contrast=f"{after} - {before}"), meta)


def _signed_rank(first: np.ndarray, later: np.ndarray, conf_level: float) -> dict[str, float]:
    found = signed_rank(first, later, conf_level, zeros="pratt")
    names = ("estimate", "conf_low", "conf_high", "statistic", "p_value")
    return {name: float(getattr(found, name)) for name in names}


def _sign_test(first: np.ndarray, later: np.ndarray, conf_level: float) -> dict[str, float]:
    found = sign_test(first, later, conf_level)
    return {
        "estimate": found.median,
        "conf_low": found.median_low,
        "conf_high": found.median_high,
        "statistic": float(found.n_up),
        "p_value": found.p_value,
    }


def _trimmed(first: np.ndarray, later: np.ndarray, conf_level: float) -> dict[str, float]:
    if len(first) < LEAST_TRIMMED:
        return {}
    found = yuen(first, later, conf_level)
    return {name: float(getattr(found, name)) for name in NUMBERS}


METHODS: Mapping[str, Callable[[np.ndarray, np.ndarray, float], dict[str, float]]] = {
    "signed_rank": _signed_rank,
    "sign_test": _sign_test,
    "trimmed": _trimmed,
}


def _sign_flip(change: np.ndarray, cluster: np.ndarray, rng: np.random.Generator) -> dict[str, object]:
    row = {"estimand": "change_check", "term": "sign_flip", **dict.fromkeys(NUMBERS, math.nan)}
    row |= {"n": len(change), "n_groups": len(np.unique(cluster))}
    if row["n_groups"] < FEWEST:
        return row
    named = ordered_clusters(change, np.ones((len(change), 1)), cluster)
    found = cluster_sign_flip(change, named, rng=rng)
    return row | {"estimate": found.estimate, "p_value": found.p_value}


def change_checks(
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
    """Estimate the change in every other way that is at hand, to see whether the conclusion is the same.

    Parameters
    ----------
    table, before, after, value, unit, cluster, conf_level, rng
        As in `mean_change`.

    Returns
    -------
    Result
        The rows of `rank_change`, and "wild" (the mean with the wild bootstrap), "group_means" (each
        organisation the same) and "mixed_model" (everyone who answered at least once; `wave_contrasts`).

    References
    ----------
    cameron2008, hayes2017, bates2015, kenward1997, kuznetsova2017, bell2002
    wilcoxon1945, pratt1959, hodges1963, conover1999, yuen1974, fisher1935a

    Examples
    --------
    >>> scores = pd.DataFrame({
    ...     "person": list("abcde") * 2, "wave": ["w1"] * 5 + ["w3"] * 5, "value": [1, 2, 3, 4, 5, 2, 4, 3, 7, 9],
    ... })
    >>> change_checks(scores, before="w1", after="w3", cluster=None).table["term"].tolist()
    ['signed_rank', 'sign_test', 'trimmed', 'sign_flip', 'wild', 'mixed_model']
    """
    named = {"before": before, "after": after, "value": value, "unit": unit, "cluster": cluster}
    ranks = rank_change(table, **named, conf_level=conf_level, rng=rng)
    pairs = paired_values(table, **named)
    change = (pairs["after"] - pairs["before"]).to_numpy()
    rows = ranks.table.to_dict("records")
    if rows[0]["n_groups"] >= FEWEST:
        rows.append(rows[0] | _wild(change, pairs["cluster"].to_numpy(), conf_level, rng))
        if rows[0]["n_groups"] < len(pairs):
            rows.append(rows[0] | _group_means(change, pairs["cluster"], conf_level))
        rows.append(rows[0] | _mixed(table, named, conf_level))
    references = (
        *ranks.meta.references,
        "cameron2008",
        "bates2015",
        "kenward1997",
        "kuznetsova2017",
        "bell2002",
    )
    return Result(pd.DataFrame(rows), Meta("change_checks", conf_level, references, ranks.meta.assumptions))


def _wild(
    change: np.ndarray, cluster: np.ndarray, conf_level: float, rng: np.random.Generator | None
) -> dict[str, object]:
    ones = np.ones((len(change), 1))
    chance = np.random.default_rng(SEED) if rng is None else rng
    found = wild_bootstrap(
        change, ones, ordered_clusters(change, ones, cluster), [1.0], conf_level, rng=chance
    )
    return {"term": "wild", "df": math.nan} | {
        name: float(getattr(found, name)) for name in NUMBERS if name != "df"
    }


def _group_means(change: np.ndarray, cluster: pd.Series, conf_level: float) -> dict[str, object]:
    means = pd.Series(change).groupby(cluster.to_numpy()).mean().to_numpy()
    found = cluster_mean(means, np.arange(means.size), conf_level)
    return {"term": "group_means"} | {name: float(getattr(found, name)) for name in NUMBERS}


def _mixed(table: pd.DataFrame, named: Mapping[str, str | None], conf_level: float) -> dict[str, object]:
    options = {name: named[name] for name in ("value", "unit", "cluster")}
    waves = [named["before"], named["after"]]
    found = wave_contrasts(table, waves=waves, **options, conf_level=conf_level).table.iloc[0]
    return {"term": "mixed_model"} | {name: found[name] for name in (*NUMBERS, "n", "n_groups")}
