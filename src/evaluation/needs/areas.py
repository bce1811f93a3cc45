"""Areas of need: what is needed and what there is, and how sure the order of the needs is."""

import math
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from evaluation.needs.discrepancy import complete_pairs, ranked_discrepancy, ranks, weighted_discrepancy
from evaluation.result import Meta, Result
from evaluation.stats.cluster_bootstrap import resampled_totals

FEWEST = 8
"""Organisations below which the order of the needs has no interval."""

TOP = 3
"""How many of the largest needs are asked about."""

DRAWS = 2_000
PARTS = 5
"""Sums of an area in every organisation: people, needed, needed − current, how many lack, how many have more."""

Pairs = Mapping[str, tuple[str, str]]


def need_areas(table: pd.DataFrame, areas: Pairs) -> Result:
    """Compare what is needed and what there is, area by area.

    Parameters
    ----------
    table
        One row per person, with a column for every question.
    areas
        By name of the area, the columns with what is needed and with what there is.

    Returns
    -------
    Result
        One row per area (`item`): `mean_reference` needed, `mean_level` there, `estimate` their difference,
        `n` people who answered both.

    References
    ----------
    martilla1977

    Examples
    --------
    >>> answers = pd.DataFrame({"needed": [5, 4, 5, 4], "there": [3, 3, 2, 4]})
    >>> need_areas(answers, {"digital": ("needed", "there")}).table["estimate"].tolist()
    [1.5]
    """
    rows = []
    for name, (needed, current) in areas.items():
        first, second = complete_pairs(table[needed], table[current])
        means = (first.mean(), second.mean()) if len(first) else (math.nan, math.nan)
        rows.append(
            {
                "estimand": "need_area",
                "item": name,
                "estimate": means[0] - means[1],
                "mean_level": means[1],
                "mean_reference": means[0],
                "n": len(first),
            }
        )
    return Result(pd.DataFrame(rows), Meta(method="needs_bootstrap", references=("martilla1977",)))


def need_ranks(
    table: pd.DataFrame,
    areas: Pairs,
    *,
    organisation: str = "organisation",
    conf_level: float = 0.95,
    rng: np.random.Generator | None = None,
) -> Result:
    """Rank areas by need, in two ways, and say how sure the ranks are.

    Parameters
    ----------
    table
        One row per person, with a column for every question and the organisation; people without one are
        organisations of their own.
    areas
        As for `need_areas`; at least two.
    organisation
        The column with the organisation.
    conf_level
        Level of the interval of a rank.
    rng
        Where the draws come from; None draws the same every time.

    Returns
    -------
    Result
        Two rows per area: `term` `need_weighted` (mean weighted discrepancy) and `need_ranked` (ranked
        discrepancy). `estimate` = rank, 1 the largest need; `statistic` = the score; `conf_low`, `conf_high`
        limits of the rank; `probability` of being among the three largest; `mean_share` = share who lack
        competence. Fewer than eight organisations give ranks without limits.

    Notes
    -----
    Whole organisations are drawn anew, two thousand times, and all areas are ranked in each draw. Which area is first
    can change although no difference between two areas is certain.

    References
    ----------
    borich1980, narine2021, field2007

    Examples
    --------
    >>> people = pd.DataFrame({"organisation": list("ab"), "n1": [5, 4], "c1": [2, 2], "n2": [3, 3], "c2": [3, 2]})
    >>> found = need_ranks(people, {"sales": ("n1", "c1"), "export": ("n2", "c2")}).table
    >>> found.loc[found["term"] == "need_weighted", "estimate"].tolist()
    [1.0, 2.0]
    """
    clusters = _clusters(table, organisation)
    totals = _totals(table, areas, clusters)
    drawn = None
    if len(totals) >= FEWEST:
        drawn = resampled_totals(totals, DRAWS, rng or np.random.default_rng(0), _scores)
        drawn = drawn.reshape(DRAWS, 2, len(areas))
    scores = _exact(table, areas)
    rows = [
        row
        for way, term in enumerate(("need_weighted", "need_ranked"))
        for row in _ranked(term, scores[way], None if drawn is None else drawn[:, way], areas, conf_level)
    ]
    known = need_areas(table, areas).table.set_index("item")["n"]
    lack = {name: ranked_discrepancy(table[pair[0]], table[pair[1]]).below for name, pair in areas.items()}
    found = pd.DataFrame(rows)
    found = found.assign(n=found["item"].map(known), mean_share=found["item"].map(lack), n_groups=len(totals))
    references = ("borich1980", "narine2021", "field2007")
    return Result(found, Meta(method="needs_bootstrap", conf_level=conf_level, references=references))


def _clusters(table: pd.DataFrame, organisation: str) -> np.ndarray:
    own = pd.Series([f" {place}" for place in range(len(table))], index=table.index, dtype="object")
    named = table[organisation].astype("object")
    return named.where(named.notna(), own).to_numpy()


def _totals(table: pd.DataFrame, areas: Pairs, clusters: np.ndarray) -> np.ndarray:
    """Return the sums of every area in every organisation, shape (organisations, areas × parts)."""
    columns = []
    for needed, current in areas.values():
        first, second = table[needed].to_numpy(float), table[current].to_numpy(float)
        both = ~np.isnan(first) & ~np.isnan(second)
        parts = (both, first, first - second, second < first, second > first)
        columns += [np.where(both, part, 0.0) for part in parts]
    sums = pd.DataFrame(np.column_stack(columns)).groupby(clusters, sort=True).sum()
    return sums.to_numpy(float)


def _scores(totals: np.ndarray) -> np.ndarray:
    """Return both scores of all areas, the largest being the largest need; shape (..., 2 × areas)."""
    parts = totals.reshape(*totals.shape[:-1], -1, PARTS)
    people = np.where(parts[..., 0] > 0, parts[..., 0], np.nan)
    weighted = parts[..., 2] / people * parts[..., 1] / people
    ranked = 100 * (parts[..., 3] - parts[..., 4]) / people
    return np.concatenate([weighted, ranked], axis=-1)


def _exact(table: pd.DataFrame, areas: Pairs) -> np.ndarray:
    pairs = [(table[needed], table[current]) for needed, current in areas.values()]
    return np.array(
        [
            [weighted_discrepancy(*pair) for pair in pairs],
            [-ranked_discrepancy(*pair).score for pair in pairs],
        ]
    )


def _ranked(
    term: str, scores: np.ndarray, drawn: np.ndarray | None, areas: Sequence[str] | Pairs, conf_level: float
) -> list[dict[str, object]]:
    order = ranks(np.nan_to_num(scores, nan=-np.inf))
    low = high = top = np.full(len(order), math.nan)
    if drawn is not None:
        places = ranks(np.nan_to_num(drawn, nan=-np.inf))
        tail = (1 - conf_level) / 2
        low, high = np.quantile(places, [tail, 1 - tail], axis=0, method="nearest")
        top = (places <= TOP).mean(axis=0)
    return [
        {
            "estimand": "need_rank",
            "term": term,
            "item": name,
            "estimate": order[place],
            "statistic": scores[place],
            "conf_low": low[place],
            "conf_high": high[place],
            "probability": top[place],
        }
        for place, name in enumerate(areas)
    ]
