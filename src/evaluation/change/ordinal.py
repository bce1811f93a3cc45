"""Change of ordered answers without treating their steps as equal."""

import math

import numpy as np
import pandas as pd
from scipy import special

from evaluation.change.pairs import paired_values, said_of
from evaluation.result import Meta, Result
from evaluation.stats.cluster_choice import mean_inference, ordered_clusters
from evaluation.stats.marginal_homogeneity import bowker, square_table, stuart_maxwell
from evaluation.stats.random_intercept_logit import random_intercept_logit
from evaluation.stats.signed_rank import rounded_changes


def ordinal_change(
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
    """Estimate how many more rose than fell between two waves.

    Parameters
    ----------
    table, before, after, value, unit, cluster, conf_level, rng
        As in `mean_change`; only the order of the values counts.

    Returns
    -------
    Result
        One row: `estimate` = share who rose minus share who fell, between -1 and 1, with the inference
        that the clusters can carry (`method`, `n_groups`, `df`).

    Notes
    -----
    The mean of the signs of the changes, -1, 0 or 1 (paired dominance). It says nothing of how far people
    moved. Assumes that organisations do not influence each other.

    References
    ----------
    cliff1993, bell2002, cameron2008

    Examples
    --------
    >>> scores = pd.DataFrame({
    ...     "person": list("abcd") * 2, "wave": ["w1"] * 4 + ["w3"] * 4, "value": [2, 3, 3, 4, 3, 3, 4, 3],
    ... })
    >>> ordinal_change(scores, before="w1", after="w3", cluster=None).table["estimate"].tolist()
    [0.25]
    """
    pairs = paired_values(table, before=before, after=after, value=value, unit=unit, cluster=cluster)
    signs = np.sign(rounded_changes(pairs["before"], pairs["after"])) if len(pairs) else np.empty(0)
    found = mean_inference(signs, pairs["cluster"], conf_level, rng=rng)
    row = said_of(found) | {"estimand": "net_rise", "contrast": f"{after} - {before}"}
    meta = Meta(
        "cr2_satterthwaite",
        conf_level,
        ("cliff1993", "bell2002", "cameron2008"),
        ("clusters_independent", "both_waves"),
    )
    return Result(pd.DataFrame([row]), meta)


def ordinal_odds(
    table: pd.DataFrame,
    *,
    before: str,
    after: str,
    value: str = "value",
    unit: str = "person",
    cluster: str = "person",
    conf_level: float = 0.95,
) -> Result:
    """Estimate how many times as large the odds of a higher answer are at the later wave.

    Parameters
    ----------
    table, before, after, value, unit, conf_level
        As in `mean_change`; everyone with an answer in either wave counts.
    cluster
        The column whose members share a level of their own: the person with two answers, or the
        organisation.

    Returns
    -------
    Result
        One row: `estimate` = odds ratio, with a normal-theory interval on the log scale; `n` answers,
        `n_groups` members with a level. Missing where all answers are alike.

    Notes
    -----
    Cumulative logit with a random level, by maximum likelihood: `random_intercept_logit`. Assumes the
    same odds ratio at every step of the scale. Not to be judged by: with few organisations its interval
    is too narrow; `ordinal_change` is not.

    References
    ----------
    mccullagh1980, agresti2010

    Examples
    --------
    >>> scores = pd.DataFrame({
    ...     "person": list("abcdef") * 2,
    ...     "wave": ["w1"] * 6 + ["w3"] * 6,
    ...     "value": [1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 1],
    ... })
    >>> bool(ordinal_odds(scores, before="w1", after="w3").table["estimate"].iloc[0] > 1)
    True
    """
    paired_values(table, before=before, after=after, value=value, unit=unit, cluster=cluster)
    rows = table[table["wave"].isin([before, after]) & table[value].notna() & table[unit].notna()]
    rows = rows[rows[cluster].notna()].sort_values([value, "wave"], kind="stable")
    numbers = {"estimate": math.nan, "conf_low": math.nan, "conf_high": math.nan, "p_value": math.nan}
    if len(set(rows[value])) > 1 and len(set(rows["wave"])) > 1:
        later = (rows["wave"] == after).to_numpy(float)[:, None]
        numbers = _odds(rows[value].to_numpy(float), later, rows[cluster].to_numpy(), conf_level)
    row = {"estimand": "odds_ratio", "contrast": f"{after} - {before}", **numbers}
    row |= {"n": len(rows), "n_groups": int(rows[cluster].nunique()), "method": "cumulative_logit"}
    meta = Meta("cumulative_logit", conf_level, ("mccullagh1980", "agresti2010"), ("clusters_independent",))
    return Result(pd.DataFrame([row]), meta)


def _odds(y: np.ndarray, later: np.ndarray, cluster: np.ndarray, conf_level: float) -> dict[str, float]:
    named = ordered_clusters(y, later, pd.factorize(cluster)[0])
    order = np.lexsort((later[:, 0], y, named))
    fit = random_intercept_logit(y[order], later[order], named[order])
    log, error = float(fit.coefficients[0]), float(fit.std_error[0])
    margin = float(special.ndtri((1 + conf_level) / 2)) * error
    return {
        "estimate": math.exp(log),
        "conf_low": math.exp(log - margin),
        "conf_high": math.exp(log + margin),
        "statistic": log / error,
        "p_value": float(2 * special.ndtr(-abs(log / error))),
    }


def marginal_homogeneity(
    table: pd.DataFrame,
    *,
    before: str,
    after: str,
    value: str = "value",
    unit: str = "person",
) -> Result:
    """Test whether the answers are distributed otherwise at the later wave.

    Parameters
    ----------
    table, before, after, value, unit
        As in `mean_change`; every value is a category.

    Returns
    -------
    Result
        Two rows, `term` "stuart_maxwell" (are the shares of the answers the same?) and "bowker" (is every
        move as frequent as the opposite move?): `estimate` = share who gave another answer, `k` of them,
        `statistic`, `df`, `p_value`.

    Notes
    -----
    Chi-squared tests of independent units. Not for people within organisations, where they find changes
    that are not there: use `ordinal_change`, or the organisations as units.

    References
    ----------
    stuart1955, maxwell1970, bowker1948

    Examples
    --------
    >>> answers = pd.DataFrame({
    ...     "person": list("abcd") * 2, "wave": ["w1"] * 4 + ["w3"] * 4, "value": [1, 1, 2, 2, 2, 1, 3, 2],
    ... })
    >>> marginal_homogeneity(answers, before="w1", after="w3").table["estimate"].tolist()
    [0.5, 0.5]
    """
    pairs = paired_values(table, before=before, after=after, value=value, unit=unit, cluster=None)
    moved = int((pairs["before"] != pairs["after"]).sum())
    share = moved / len(pairs) if len(pairs) else math.nan
    categories = np.unique(pairs[["before", "after"]])
    rows = []
    for name, test in (("stuart_maxwell", stuart_maxwell), ("bowker", bowker)):
        row = {"estimand": "moved_share", "term": name, "estimate": share, "k": moved, "n": len(pairs)}
        if categories.size > 1:
            found = test(square_table(pairs["before"], pairs["after"], categories))
            row |= {"statistic": found.statistic, "df": float(found.df), "p_value": found.p_value}
        rows.append(row)
    meta = Meta(
        "marginal_homogeneity",
        references=("stuart1955", "maxwell1970", "bowker1948"),
        assumptions=("independent_answers", "both_waves"),
    )
    return Result(pd.DataFrame(rows), meta)
