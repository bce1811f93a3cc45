"""What the change of each item consists of: the trait, or what the item means and how it is answered."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from evaluation.measurement.comparability import FEWEST_PEOPLE, waves_of_same
from evaluation.measurement.dmacs import dmacs
from evaluation.measurement.items import Matrix
from evaluation.measurement.linking import LinkedFactor, linked_waves
from evaluation.result import Meta, Result
from evaluation.vocabulary.errors import EstimationError


@dataclass(frozen=True, slots=True)
class ChangeParts:
    """The change of the mean answer to each item in three parts that add up to it.

    Attributes
    ----------
    observed
        Mean answer after minus before.
    true_change
        What the trait explains with the loading before.
    by_loading
        From a change of loading: the item says more or less about the trait (reconceptualisation, reprioritisation).
    by_intercept
        From a change of intercept: the answers are used otherwise at the same trait (recalibration).
    """

    observed: Matrix
    true_change: Matrix
    by_loading: Matrix
    by_intercept: Matrix


def change_parts(factor: LinkedFactor) -> ChangeParts:
    """Split the change of each item's mean into true change and response shift.

    Parameters
    ----------
    factor
        A factor before and after, on one metric.

    Returns
    -------
    ChangeParts
        Parts that add up to the observed change.

    Notes
    -----
    With loadings l, intercepts t and the factor's mean m after (0 before), the change of an item's mean is
    l_before m + (l_after - l_before) m + (t_after - t_before).

    References
    ----------
    oort2005

    Examples
    --------
    >>> import numpy as np
    >>> loadings, levels = np.array([[1.0], [1.5]]), np.array([[3.0], [3.25]])
    >>> observed = np.array([[3.0], [4.0]])
    >>> found = change_parts(LinkedFactor(loadings, levels, 0.5, 1.0, observed, np.ones(1)))
    >>> [float(part[0]) for part in (found.true_change, found.by_loading, found.by_intercept)]
    [0.5, 0.25, 0.25]
    """
    return ChangeParts(
        observed=factor.observed[1] - factor.observed[0],
        true_change=factor.loadings[0] * factor.mean,
        by_loading=(factor.loadings[1] - factor.loadings[0]) * factor.mean,
        by_intercept=factor.intercepts[1] - factor.intercepts[0],
    )


def response_shift_parts(
    table: pd.DataFrame, *, items: Sequence[str], before: str, after: str, unit: str = "person"
) -> Result:
    """How the change of each item splits into true change, other weight, and other use of the answers.

    Parameters
    ----------
    table
        Long form: one row per person and wave, with the columns `unit`, "wave" and the items.
    items
        Three or more items of one scale.
    before, after
        The two waves.
    unit
        The column that identifies the same person in both waves.

    Returns
    -------
    Result
        One row per item: `estimate` = change of the mean answer, which is the sum of `true_change`, `by_loading` and
        `by_intercept`; `dmacs` = the size of unequal measurement in standard deviations of the answers. Below 100
        people with complete answers at both waves: not assessed.

    Raises
    ------
    EstimationError
        If a column is missing or a person has two rows in one wave.

    Notes
    -----
    See `linked_waves`, `change_parts` and `dmacs`; right if more than half of the items kept their meaning. There are
    no intervals: small parts can be chance. A shift that all items share cannot be told from true change.

    References
    ----------
    oort2005, nye2011

    Examples
    --------
    >>> few = pd.DataFrame({"person": [1, 1], "wave": ["x", "y"], "a": [1, 2], "b": [1, 2], "c": [2, 2]})
    >>> given = {"items": ["a", "b", "c"], "before": "x", "after": "y"}
    >>> response_shift_parts(few, **given).table["reason"].tolist()
    ['fewer_than_100']
    """
    first, later = waves_of_same(table, items, before, after, unit)
    row = {"estimand": "item_change", "item": None, "contrast": f"{after} - {before}"}
    row |= {"estimate": math.nan, "n": len(first), "verdict": None, "reason": None}
    meta = Meta(method="response_shift_parts", references=("oort2005", "nye2011"))
    if len(first) < FEWEST_PEOPLE:
        return Result(pd.DataFrame([row | {"verdict": "undecided", "reason": "fewer_than_100"}]), meta)
    try:
        factor = linked_waves(first, later)
    except EstimationError:
        return Result(pd.DataFrame([row | {"verdict": "undecided", "reason": "no_model"}]), meta)
    parts, size = change_parts(factor), dmacs(factor).size
    columns = {
        "estimate": parts.observed,
        "true_change": parts.true_change,
        "by_loading": parts.by_loading,
        "by_intercept": parts.by_intercept,
        "dmacs": size,
    }
    return Result(pd.DataFrame([row | {"item": name} for name in items]).assign(**columns), meta)
