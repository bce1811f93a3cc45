"""How many improved, and how a share of yes changed, among those who answered both times."""

import math

import numpy as np
import pandas as pd

from evaluation.change.pairs import paired_values, said_of
from evaluation.result import Meta, Result
from evaluation.stats.cluster_choice import FEWEST, ClusterInference, mean_inference
from evaluation.stats.clustered_pairs import clustered_mcnemar
from evaluation.stats.paired_share import mcnemar, paired_share_change
from evaluation.stats.share_limits import share_limits
from evaluation.stats.signed_rank import rounded_changes
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg

DIRECTIONS = {"rose": 1, "stayed": 0, "fell": -1}


def share_improved(
    table: pd.DataFrame,
    *,
    before: str,
    after: str,
    value: str = "value",
    unit: str = "person",
    cluster: str | None = "organisation",
    conf_level: float = 0.95,
) -> Result:
    """Estimate how many rose, stayed and fell between two waves.

    Parameters
    ----------
    table, before, after, value, unit, cluster, conf_level
        As in `mean_change`.

    Returns
    -------
    Result
        Three rows, `term` "rose", "stayed" and "fell": `estimate` = `k` / `n`, with limits on the logit
        scale where there are five clusters or more; `n_groups`, `df`, `method`.

    Notes
    -----
    The standard error of each share is CR2, its degrees of freedom Satterthwaite's. Whether a rise is an
    improvement depends on the question. One step is a change, however little it means: scales of many
    questions hardly leave anybody unchanged. Without a comparison group some rise and some fall in any
    case, because answers are never given twice alike.

    References
    ----------
    bell2002, korn1998

    Examples
    --------
    >>> scores = pd.DataFrame({
    ...     "person": list("abcd") * 2, "wave": ["w1"] * 4 + ["w3"] * 4, "value": [2, 3, 3, 4, 3, 3, 4, 5],
    ... })
    >>> share_improved(scores, before="w1", after="w3", cluster=None).table["estimate"].tolist()
    [0.75, 0.25, 0.0]
    """
    pairs = paired_values(table, before=before, after=after, value=value, unit=unit, cluster=cluster)
    signs = _signs(pairs)
    rows = [
        _share((signs == sign).astype(float), pairs["cluster"], conf_level)
        | {"estimand": "direction_share", "term": term, "k": int((signs == sign).sum())}
        for term, sign in DIRECTIONS.items()
    ]
    meta = Meta("share_limits", conf_level, ("bell2002", "korn1998"), ("clusters_independent", "both_waves"))
    return Result(pd.DataFrame(rows), meta)


def _signs(pairs: pd.DataFrame) -> np.ndarray:
    return np.sign(rounded_changes(pairs["before"], pairs["after"])) if len(pairs) else np.empty(0)


def _share(yes: np.ndarray, cluster: pd.Series, conf_level: float) -> dict[str, object]:
    found = mean_inference(yes, cluster, conf_level)
    low, high = math.nan, math.nan
    if found.identifying_clusters >= FEWEST:
        low, high = share_limits(found.estimate, found.std_error, found.df, found.n, conf_level)
    kept = {name: value for name, value in said_of(found).items() if name not in ("statistic", "p_value")}
    return kept | {"conf_low": low, "conf_high": high}


def binary_change(
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
    """Estimate how much the share of yes changed among those who answered both times.

    Parameters
    ----------
    table, before, after, value, unit, cluster, conf_level, rng
        As in `mean_change`, with values 0 and 1.

    Returns
    -------
    Result
        One row: `estimate` = share of yes later minus earlier; `mean_before`, `mean_after` = both shares;
        `k` = those who gained a yes; interval and `p_value` by `method`: for people in organisations
        what the clusters can carry, for independent units Newcombe's interval and McNemar's mid-p.
        `statistic` is Obuchowski's chi-squared, or McNemar's.

    Raises
    ------
    EstimationError
        If a value is neither 0 nor 1, a column is missing or a unit has two rows in one wave.

    Notes
    -----
    The change of a person is -1, 0 or 1; its mean is the change of the share. McNemar's test looks at those
    who changed only. Obuchowski's chi-squared needs some 25 organisations; the p value does not rest on it.

    References
    ----------
    fagerland2013, newcombe1998b, obuchowski1998, bell2002, cameron2008

    Examples
    --------
    >>> answers = pd.DataFrame({
    ...     "person": list("abcd") * 2, "wave": ["w1"] * 4 + ["w3"] * 4, "value": [0, 0, 1, 1, 1, 0, 1, 1],
    ... })
    >>> binary_change(answers, before="w1", after="w3", cluster=None).table["estimate"].tolist()
    [0.25]
    """
    pairs = paired_values(table, before=before, after=after, value=value, unit=unit, cluster=cluster)
    first, later = pairs["before"].to_numpy(), pairs["after"].to_numpy()
    if not np.isin([first, later], (0, 1)).all():
        raise EstimationError(
            msg("The column {name} holds values that are neither 0 nor 1.", name=value),
            do=msg("Turn the answers into true and false first."),
        )
    found = mean_inference(later - first, pairs["cluster"], conf_level, rng=rng)
    row = said_of(found) | {"estimand": "share_change", "contrast": f"{after} - {before}"}
    row |= {"mean_before": first.mean() if len(pairs) else math.nan, "k": int((later > first).sum())}
    row |= {"mean_after": later.mean() if len(pairs) else math.nan}
    alone = found.n_clusters == found.n
    row |= _independent(first, later, conf_level) if alone else _clustered(later - first, pairs, found)
    references = (
        ("fagerland2013", "newcombe1998b") if alone else ("obuchowski1998", "bell2002", "cameron2008")
    )
    assumed = ("independent_answers",) if alone else ("clusters_independent",)
    meta = Meta(
        "paired_share" if alone else "cr2_satterthwaite", conf_level, references, (*assumed, "both_waves")
    )
    return Result(pd.DataFrame([row]), meta)


def _independent(first: np.ndarray, later: np.ndarray, conf_level: float) -> dict[str, object]:
    if not first.size:
        return {}
    up, down = int((later > first).sum()), int((later < first).sum())
    both = int((later * first).sum())
    test = mcnemar(up, down, conf_level)
    limits = paired_share_change(both, up, down, first.size - both - up - down, conf_level)
    return {
        "conf_low": limits.conf_low,
        "conf_high": limits.conf_high,
        "p_value": test.p_mid,
        "statistic": test.statistic,
        "std_error": math.nan,
        "df": 1.0,
        "method": "mcnemar",
    }


def _clustered(change: np.ndarray, pairs: pd.DataFrame, found: ClusterInference) -> dict[str, object]:
    if found.n_clusters < 2:
        return {}
    return {"statistic": clustered_mcnemar(change, pairs["cluster"]).statistic}
