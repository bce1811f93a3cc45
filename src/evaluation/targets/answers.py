"""What may be said about a target, and about whom: four questions with an answer each."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from evaluation.result import Meta, Result
from evaluation.stats.answers_needed import answers_needed
from evaluation.stats.cluster_choice import FEWEST
from evaluation.stats.cluster_share import cluster_share
from evaluation.stats.proportion import (
    clopper_pearson,
    hypergeometric,
    needed_positive,
    response_bounds,
    tipping_share,
)
from evaluation.stats.share_posterior import beta_posterior, predict_unseen, predicted_counts
from evaluation.vocabulary.errors import EstimationError, one_of
from evaluation.vocabulary.message import msg

Row = dict[str, Any]


def target_answers(
    table: pd.DataFrame,
    *,
    n_total: int,
    target: float,
    positive: str = "positive",
    cluster: str | None = None,
    sizes: Mapping[Any, int] | None = None,
    conf_level: float = 0.95,
) -> Result:
    """Estimate a share against its target, for four sets of people, each with what can be said of it.

    Parameters
    ----------
    table
        One row per unit (person or company) that was asked; rows without a value did not answer.
    n_total
        How many units the programme has, answered or not.
    target
        The declared share, between 0 and 1.
    positive
        The column with true (1) for units that reached it and false (0) for those that did not.
    cluster
        The column with the organisation of a person; None for units that are independent.
    sizes
        How many units each organisation has, answered or not; those who answered if None, and units
        that are left over are counted each by themselves.
    conf_level
        Level of the intervals, between 0 and 1.

    Returns
    -------
    Result
        Rows by `term`: "among_answered" (a count), "among_all" (`bound_low`, `bound_high`, `n_needed`,
        `tipping_share`: certain), "programme" (the interval for all `n_total`, each by themselves),
        "programme_clustered" (the same, colleagues resembling each other), "programmes_like_this" and,
        for people in organisations, "programmes_korn_graubard" (a wider population), and "predicted"
        (`probability` that the target is reached when the silent are counted too). Where all answered
        nothing is unknown of the programme: its rows have no interval.

    Raises
    ------
    EstimationError
        If a column is missing, a value is neither true nor false, or more answered than there are.

    Notes
    -----
    Programme: the hypergeometric distribution inverted; with clusters CR2 on the logit scale times
    1 - n / N, kept within the bounds. Wider population: logit limits with CR2 and Satterthwaite's degrees
    of freedom, or Korn and Graubard's; Clopper and Pearson's for independent units. Prediction:
    beta-binomial, with a uniform prior of the share and, with clusters, Beta(1, 10) of the correlation within
    organisations. All but the first two rows assume that the silent are like those who answered (the
    prediction: in the same organisation). With fewer than five organisations there are no clustered limits.

    References
    ----------
    manski1989, buonaccorsi1987, bell2002, korn1998, clopper1934, skellam1948, gelman2013

    Examples
    --------
    >>> answers = pd.DataFrame({"positive": [True] * 21 + [False] * 6})
    >>> found = target_answers(answers, n_total=30, target=0.7).table.set_index("term")
    >>> float(found.loc["among_all", "bound_low"]), round(float(found.loc["predicted", "probability"]), 3)
    (0.7, 1.0)
    """
    known = _known(table, positive, cluster)
    k, n = int(known[positive].sum()), len(known)
    if n > n_total:
        raise EstimationError(
            msg("{n} units answered, but the programme is said to have {n_total}.", n=n, n_total=n_total),
            do=msg("Check the register, or count duplicates once."),
        )
    rows = [{"term": "among_answered", "method": "count", "k": k}, _certain(k, n, n_total, target)]
    if n:
        rows.append(_programme(k, n, n_total, conf_level))
        rows += (
            _independent(k, n, n_total, target, conf_level)
            if cluster is None
            else _clustered(known[positive], known[cluster], (n_total, target, sizes or {}), conf_level)
        )
    share = k / n if n else math.nan
    fixed = {"estimand": "target_answer", "estimate": share, "n": n, "n_total": n_total}
    named = pd.DataFrame([{**fixed, "target": target, **EMPTY, **row} for row in rows])
    references = (
        "manski1989",
        "buonaccorsi1987",
        "bell2002",
        "korn1998",
        "clopper1934",
        "skellam1948",
        "gelman2013",
    )
    assumed = ("silent_like_answered", "clusters_independent" if cluster else "independent_answers")
    return Result(named, Meta("target_answers", conf_level, references, assumed))


EMPTY = dict.fromkeys(
    ("conf_low", "conf_high", "bound_low", "bound_high", "n_needed", "tipping_share", "probability", "df"),
    math.nan,
) | {"n_groups": math.nan, "k": math.nan, "method": None}


def _known(table: pd.DataFrame, positive: str, cluster: str | None) -> pd.DataFrame:
    for name in (positive, *([cluster] if cluster else [])):
        if name not in table.columns:
            raise EstimationError(
                msg("The table has no column {name}.", name=name), do=one_of(name, map(str, table.columns))
            )
    known = table[table[positive].notna()]
    wrong = known.loc[~known[positive].isin([0, 1]), positive]
    if len(wrong):
        raise EstimationError(
            msg(
                "The column {name} holds {found}, which is neither true nor false.",
                name=positive,
                found=wrong.iloc[0],
            ),
            do=msg("Turn the answers into true and false first."),
        )
    return known.assign(**{positive: known[positive].astype(float)})


def _certain(k: int, n: int, n_total: int, target: float) -> Row:
    row: Row = {"term": "among_all", "method": "bounds", "estimate": math.nan}
    if n_total:
        bounds = response_bounds(k, n, n_total)
        row |= {"bound_low": float(bounds.bound_low), "bound_high": float(bounds.bound_high)}
    if n < n_total:
        needed = max(int(needed_positive(n_total, target)) - k, 0)
        row |= {
            "n_needed": needed,
            "tipping_share": max(float(tipping_share(k, n, n_total, target)), 0.0) if needed else 0.0,
        }
    return row


def _programme(k: int, n: int, n_total: int, conf_level: float) -> Row:
    row: Row = {"term": "programme", "method": "hypergeometric"}
    if n == n_total:
        return row
    found = hypergeometric(k, n, n_total, conf_level)
    return row | {"conf_low": float(found.conf_low), "conf_high": float(found.conf_high)}


def _independent(k: int, n: int, n_total: int, target: float, conf_level: float) -> list[Row]:
    wider = clopper_pearson(k, n, conf_level)
    needed = max(int(needed_positive(n_total, target)) - k, 0)
    chances = predicted_counts(beta_posterior(k, n), n_total - n)
    shares, below, tail = (k + np.arange(chances.size)) / n_total, np.cumsum(chances), (1 - conf_level) / 2
    above = np.cumsum(chances[::-1])[::-1]
    return [
        {
            "term": "programmes_like_this",
            "method": "clopper_pearson",
            "conf_low": float(wider.conf_low),
            "conf_high": float(wider.conf_high),
        },
        {
            "term": "predicted",
            "method": "beta_binomial",
            "estimate": float(chances @ shares),
            "conf_low": float(shares[np.argmax(below > tail)]),
            "conf_high": float(shares[np.flatnonzero(above > tail)[-1]]),
            "probability": float(chances[needed:].sum()),
        },
    ]


def _clustered(
    yes: pd.Series, cluster: pd.Series, known: tuple[int, float, Mapping[Any, int]], conf_level: float
) -> list[Row]:
    n_total, target, sizes = known
    groups = cluster.astype("object")
    alone = groups.isna()
    codes, names = pd.factorize(groups)
    codes = np.where(alone, len(names) + np.cumsum(alone), codes)
    rows = [] if len(yes) == n_total else [_limits("programme_clustered", yes, codes, conf_level, n_total)]
    rows.append(_limits("programmes_like_this", yes, codes, conf_level))
    rows.append(
        _limits("programmes_korn_graubard", yes, codes, conf_level, method="korn_graubard")
        | {"method": "korn_graubard"}
    )
    counts = _counts(yes, codes, list(names), sizes, n_total)
    found = predict_unseen(*counts, target, conf_level)
    predicted = {"estimate": found.estimate, "conf_low": found.conf_low, "conf_high": found.conf_high}
    return [
        *rows,
        {"term": "predicted", "method": "beta_binomial", "probability": found.p_target} | predicted,
    ]


def _limits(
    term: str,
    yes: pd.Series,
    codes: np.ndarray,
    conf_level: float,
    n_total: int | None = None,
    method: str = "logit",
) -> Row:
    groups = len(np.unique(codes))
    row: Row = {"term": term, "method": "logit_cr2", "n_groups": groups}
    if groups < FEWEST:
        return row | {"method": "too_few_clusters"}
    found = cluster_share(yes.to_numpy(), codes, conf_level, method=method, n_total=n_total)
    return row | {"conf_low": found.conf_low, "conf_high": found.conf_high, "df": found.df}


def _counts(
    yes: pd.Series, codes: np.ndarray, names: list[Any], sizes: Mapping[Any, int], n_total: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Positive answers, answers and units of every organisation; units left over stand by themselves."""
    by = yes.groupby(codes, sort=True)
    positive, answers = by.sum().to_numpy(int), by.size().to_numpy(int)
    registered = answers.copy()
    for place, name in enumerate(names):
        registered[place] = max(int(sizes.get(name, 0)), answers[place])
    silent = [int(size) for name, size in sizes.items() if name not in set(names) and size > 0]
    left = n_total - int(registered.sum()) - sum(silent)
    if left < 0:
        raise EstimationError(
            msg("The organisations have more units than the programme: {left} too many.", left=-left),
            do=msg("Give sizes of the same units as `n_total`."),
        )
    extra = np.array([*silent, *[1] * left], dtype=int)
    nothing = np.zeros(extra.size, dtype=int)
    return (
        np.concatenate([positive, nothing]),
        np.concatenate([answers, nothing]),
        np.concatenate([registered, extra]),
    )


def answers_still_needed(
    table: pd.DataFrame,
    *,
    n_total: int,
    target: float,
    positive: str = "positive",
    conf_level: float = 0.95,
) -> Result:
    """Estimate how many more answers would settle the target, if they are as those before them.

    Parameters
    ----------
    table, n_total, target, positive, conf_level
        As in `target_answers`.

    Returns
    -------
    Result
        Two rows, `term` "until_certain" (nothing the silent could say would change the verdict) and
        "until_likely" (the interval lies on one side of the target): `estimate` = answers, 0 where it is
        settled already. Nobody has answered: there is nothing to go by.

    Notes
    -----
    A plan for reminders, not a forecast: those who answer late often differ.

    References
    ----------
    manski1989, buonaccorsi1987

    Examples
    --------
    >>> answers = pd.DataFrame({"positive": [True] * 18 + [False] * 6})
    >>> answers_still_needed(answers, n_total=30, target=0.7).table["estimate"].tolist()
    [4.0, 4.0]
    """
    known = _known(table, positive, None)
    k, n = int(known[positive].sum()), len(known)
    counts = (math.nan, math.nan)
    if n:
        found = answers_needed(k, n, n_total, target, conf_level)
        counts = (float(found.n_certain), float(found.n_likely))
    rows = [
        {"estimand": "answers_needed", "term": term, "estimate": count, "n": n, "k": k}
        for term, count in zip(("until_certain", "until_likely"), counts, strict=True)
    ]
    table = pd.DataFrame(rows).assign(n_total=n_total, target=target)
    meta = Meta("answers_needed", conf_level, ("manski1989", "buonaccorsi1987"), ("silent_like_answered",))
    return Result(table, meta)
