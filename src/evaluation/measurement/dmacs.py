"""How much a difference in loading and intercept matters for the answers to an item."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from evaluation.measurement.comparability import FEWEST_IN_GROUP
from evaluation.measurement.items import Matrix
from evaluation.measurement.linking import LinkedFactor, linked_groups
from evaluation.measurement.reliability import complete_rows
from evaluation.result import Meta, Result
from evaluation.vocabulary.errors import EstimationError


@dataclass(frozen=True, slots=True)
class ItemNonequivalence:
    """What unequal measurement does to each item.

    Attributes
    ----------
    size
        dMACS of each item: root mean square over the focal distribution of the difference between the answers
        that both models expect, in pooled standard deviations of the item; never negative.
    bias
        The mean of that difference, focal minus reference, in steps of the answers.
    """

    size: Matrix
    bias: Matrix


def dmacs(factor: LinkedFactor) -> ItemNonequivalence:
    """Size of unequal measurement for each item: dMACS.

    Parameters
    ----------
    factor
        A factor in a reference and a focal wave or group, on one metric.

    Returns
    -------
    ItemNonequivalence
        Size and bias of each item.

    Notes
    -----
    With differences of intercept a and loading b, focal minus reference, and a normal factor with mean m and
    variance v in the focal wave or group, the mean of (a + b x)^2 is (a + b m)^2 + b^2 v; its root is divided by
    the pooled standard deviation, which weighs both with n - 1. Chance alone makes it larger than 0.

    References
    ----------
    nye2011

    Examples
    --------
    >>> two = np.array([[1.0, 1.0], [1.0, 1.0]])
    >>> shifted = np.array([[3.0, 3.0], [3.5, 3.0]])
    >>> dmacs(LinkedFactor(two, shifted, 0.0, 1.0, shifted, np.ones(2))).size.tolist()
    [0.5, 0.0]
    """
    intercept, loading = (part[1] - part[0] for part in (factor.intercepts, factor.loadings))
    bias = intercept + loading * factor.mean
    return ItemNonequivalence(np.sqrt(bias**2 + loading**2 * factor.variance) / factor.spread, bias)


def group_dmacs(
    table: pd.DataFrame, *, items: Sequence[str], group: str, level: str, reference: str
) -> Result:
    """How differently each item measures in two groups, in standard deviations of the answers.

    Parameters
    ----------
    table
        One row per person, with the items and the column `group`.
    items
        Three or more items of one scale.
    group
        The column with the groups.
    level, reference
        The group, and the one it is compared with.

    Returns
    -------
    Result
        One row per item: `estimate` = dMACS. Below 100 people in either group: not assessed.

    Raises
    ------
    EstimationError
        If a column is missing.

    Notes
    -----
    See `linked_groups` and `dmacs`. There is no interval. For waves see `response_shift_parts`.

    References
    ----------
    nye2011, meredith1993

    Examples
    --------
    >>> few = pd.DataFrame({"sex": ["women", "men"], "a": [1, 2], "b": [1, 2], "c": [2, 2]})
    >>> given = {"items": ["a", "b", "c"], "group": "sex", "level": "women", "reference": "men"}
    >>> group_dmacs(few, **given).table["reason"].tolist()
    ['fewer_than_100_in_group']
    """
    rows = complete_rows(table, list(items), [group])
    parts = [rows.loc[rows[group] == name, list(items)].to_numpy(float) for name in (reference, level)]
    sizes = [len(part) for part in parts]
    row = {"estimand": "item_nonequivalence", "item": None, "group": group, "level": level}
    row |= {"contrast": f"{level} - {reference}", "estimate": math.nan, "n": sum(sizes)}
    row |= {"n_level": sizes[1], "n_reference": sizes[0], "verdict": None, "reason": None}
    meta = Meta(method="measurement_invariance", references=("nye2011", "meredith1993"))
    if min(sizes) < FEWEST_IN_GROUP:
        return Result(
            pd.DataFrame([row | {"verdict": "undecided", "reason": "fewer_than_100_in_group"}]), meta
        )
    try:
        found = dmacs(linked_groups(*parts))
    except EstimationError:
        return Result(pd.DataFrame([row | {"verdict": "undecided", "reason": "no_model"}]), meta)
    own = [row | {"item": name, "estimate": float(found.size[i])} for i, name in enumerate(items)]
    return Result(pd.DataFrame(own), meta)
