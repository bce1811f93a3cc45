"""Whether people in the same organisation agree enough for their mean to stand for it."""

import math
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from evaluation.result import Meta, Result
from evaluation.stats.icc import cluster_icc
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg

ENOUGH: Mapping[str, float] = {"r_wg": 0.70, "icc_mean": 0.70}
"""From which value a mean may stand for its organisation, by custom."""

FEWEST = 5
"""Organisations with two raters or more, below which agreement is not assessed."""


def within_agreement(ratings: np.ndarray, options: int) -> float:
    """Compute how much less the raters of one organisation differ than if they answered at random.

    Parameters
    ----------
    ratings
        Answers, shape (raters, items), at least two raters, without missing values.
    options
        How many answers there are to choose from, at least two.

    Returns
    -------
    float
        r_wg of one item or r_wg(J) of several, from 0 to 1; 0 where they differ more than at random.

    Raises
    ------
    EstimationError
        If there are fewer than two raters or options.

    Notes
    -----
    With s² the mean of the items' variances and e = (options² − 1) / 12 the variance of answers that are
    equally likely, r = J (1 − s²/e) / (J (1 − s²/e) + s²/e). Answers at random are a mild standard: people
    who all choose the middle agree by it without knowing anything.

    References
    ----------
    james1984
    """
    table = np.atleast_2d(np.asarray(ratings, dtype=float))
    if len(table) < 2 or options < 2:
        raise EstimationError(
            msg("Agreement needs two raters and two answers to choose from."),
            do=msg("Leave out organisations with one rater."),
        )
    ratio = float(table.var(axis=0, ddof=1).mean()) / ((options**2 - 1) / 12)
    agreed = table.shape[1] * max(0.0, 1 - ratio)
    return agreed / (agreed + ratio) if agreed + ratio > 0 else 0.0


def agreement(
    table: pd.DataFrame,
    *,
    items: Sequence[str],
    options: int,
    organisation: str = "organisation",
) -> Result:
    """Assess whether the mean of an organisation's people may stand for it.

    Parameters
    ----------
    table
        One row per person, a column per item (reversed items turned round) and the organisation; people
        with a missing answer are left out.
    items
        The items of the scale.
    options
        How many answers each item has.
    organisation
        The column with the organisation.

    Returns
    -------
    Result
        Three rows (`term`): `r_wg`, the median agreement within organisations with two raters or more;
        `icc_single`, the share of a person's score that is the organisation's (ICC 1); `icc_mean`, how
        reliably the mean tells organisations apart at the typical number of raters (ICC 2 or k).
        `reference` is the customary least value, `n` people, `n_groups` organisations. With fewer than
        five such organisations there is no number.

    Notes
    -----
    ICC 1 = (B − W) / (B + (k − 1) W) from the mean squares between and within, with k the size that
    the analysis of variance works with; ICC k = k ICC 1 / (1 + (k − 1) ICC 1).

    References
    ----------
    james1984, bliese2000

    Examples
    --------
    >>> people = pd.DataFrame({
    ...     "organisation": list("aabbccddee"),
    ...     "plan": [4, 5, 2, 2, 3, 3, 5, 4, 1, 2], "share": [4, 4, 2, 3, 3, 3, 5, 5, 2, 2]})
    >>> agreement(people, items=["plan", "share"], options=5).table["estimate"].round(2).tolist()
    [0.93, 0.94, 0.97]
    """
    rows = table.dropna(subset=[*items, organisation])
    sizes = rows.groupby(organisation, observed=True)[items[0]].transform("size")
    several = rows[sizes >= 2]
    parts = [part[list(items)].to_numpy(float) for _, part in several.groupby(organisation, observed=True)]
    numbers = {"r_wg": math.nan, "icc_single": math.nan, "icc_mean": math.nan}
    if len(parts) >= FEWEST:
        numbers = _assessed(parts, several, items, options, organisation)
    records = [
        {
            "estimand": "agreement",
            "term": term,
            "estimate": value,
            "reference": ENOUGH.get(term, math.nan),
            "n": len(several),
            "n_groups": len(parts),
            "reason": "too_few_organisations_with_raters" if math.isnan(value) else None,
        }
        for term, value in numbers.items()
    ]
    return Result(
        pd.DataFrame(records), Meta(method="within_agreement", references=("james1984", "bliese2000"))
    )


def _assessed(
    parts: Sequence[np.ndarray], several: pd.DataFrame, items: Sequence[str], options: int, organisation: str
) -> dict[str, float]:
    scores = several[list(items)].mean(axis=1)
    found = cluster_icc(scores.to_numpy(float), several[organisation].astype(str).to_numpy())
    single, size = found.anova, found.average_size
    spread = 1 + (size - 1) * single
    return {
        "r_wg": float(np.median([within_agreement(part, options) for part in parts])),
        "icc_single": single,
        "icc_mean": max(0.0, size * single / spread) if spread > 0 else math.nan,
    }
