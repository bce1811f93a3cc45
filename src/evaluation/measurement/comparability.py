"""Whether a difference in means is one of people, or of how the items measure."""

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from evaluation.measurement.dif import dif_ordinal
from evaluation.measurement.dmacs import dmacs
from evaluation.measurement.invariance import wave_invariance
from evaluation.measurement.items import Matrix
from evaluation.measurement.linking import linked_groups
from evaluation.measurement.reliability import complete_rows
from evaluation.result import Meta, Result
from evaluation.stats.cluster_mean import cluster_mean
from evaluation.stats.multiplicity import holm
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg

FEWEST_PEOPLE = 100
FEWEST_IN_GROUP = 100
FEWEST_CLUSTERS = 5


def wave_comparability(
    table: pd.DataFrame, *, items: Sequence[str], before: str, after: str, unit: str = "person"
) -> Result:
    """How much of a mean change comes from items that changed their meaning.

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
        First row: steps of the scale by which unequal items move the mean change, with the likelihood ratio test
        of equal intercepts (`statistic`, `df`, `p_value`). Then for each item how far its mean moved beyond what
        the others explain. Below 100 people with complete answers at both waves: not assessed.

    Raises
    ------
    EstimationError
        If a column is missing or a person has two rows in one wave.

    Notes
    -----
    See `wave_invariance`; right if more than half of the items kept their meaning. People within companies make
    the p value too small; there is no interval.

    References
    ----------
    widaman2010, chen2007

    Examples
    --------
    >>> few = pd.DataFrame({"person": [1, 1], "wave": ["x", "y"], "a": [1, 2], "b": [1, 2], "c": [2, 2]})
    >>> wave_comparability(few, items=["a", "b", "c"], before="x", after="y").table["reason"].tolist()
    ['fewer_than_100']
    """
    first, later = waves_of_same(table, items, before, after, unit)
    row = {"estimand": "measurement_shift", "item": None, "contrast": f"{after} - {before}"}
    row |= {"estimate": math.nan, "n": len(first), "verdict": None, "reason": None}
    meta = Meta(method="measurement_invariance", references=("widaman2010", "chen2007"))
    if len(first) < FEWEST_PEOPLE:
        return _single(row | {"verdict": "undecided", "reason": "fewer_than_100"}, meta)
    try:
        found = wave_invariance([first, later])
    except EstimationError:
        return _single(row | {"verdict": "undecided", "reason": "no_model"}, meta)
    scalar = found.steps[2]
    whole = row | {"estimate": float(found.effect[0, 0]), "statistic": scalar.chi2, "df": scalar.df}
    rows = [whole | {"p_value": scalar.p_value}]
    rows += [row | {"item": name, "estimate": float(found.item_shift[0, i])} for i, name in enumerate(items)]
    return Result(pd.DataFrame(rows), meta)


def _single(row: dict, meta: Meta) -> Result:
    return Result(pd.DataFrame([row]), meta)


def waves_of_same(
    table: pd.DataFrame, items: Sequence[str], before: str, after: str, unit: str
) -> tuple[Matrix, Matrix]:
    """Return complete answers of the same people at both waves.

    Parameters
    ----------
    table, items, before, after, unit
        As in `wave_comparability`.

    Returns
    -------
    tuple of numpy.ndarray
        Answers before and after, people in the same order.

    Examples
    --------
    >>> few = pd.DataFrame({"person": [1, 1, 2], "wave": ["x", "y", "x"], "a": [1, 2, 3]})
    >>> [part.tolist() for part in waves_of_same(few, ["a"], "x", "y", "person")]
    [[[1.0]], [[2.0]]]
    """
    rows = complete_rows(table, list(items), [unit, "wave"])
    parts = [rows[rows["wave"] == wave].set_index(unit)[list(items)] for wave in (before, after)]
    twice = sum(int(part.index.duplicated().sum()) for part in parts)
    if twice:
        raise EstimationError(
            msg("{count} rows repeat a unit within a wave.", count=twice),
            do=msg("Keep one row per unit and wave, or average them first."),
        )
    both = parts[0].index.intersection(parts[1].index, sort=False)
    return tuple(part.loc[both].to_numpy(float) for part in parts)


def group_comparability(
    table: pd.DataFrame, *, items: Sequence[str], group: str, level: str, reference: str
) -> Result:
    """Which items work differently in two groups, and what each does to the gap between them.

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
        One row per item: `estimate` = how many steps the gap in the scale's mean (group minus reference) changes
        when the item is left out; `statistic`, `df`, `p_value`, `p_adjusted` (Holm) of different answers at
        the same level of the other items; `dmacs` = the size of unequal measurement in standard deviations of the
        answers, empty where no factor can be fitted. Below 100 people in either group: not assessed.

    Raises
    ------
    EstimationError
        If a column is missing.

    Notes
    -----
    See `dif_ordinal`, `linked_groups` and `dmacs`. A low p value with a small estimate matters little. With few items
    the level of the others is itself touched by an item that differs. People within companies make p values too small.

    References
    ----------
    zumbo1999, crane2006, nye2011

    Examples
    --------
    >>> few = pd.DataFrame({"a": [1, 2], "b": [2, 1], "c": [1, 1], "sex": ["w", "m"]})
    >>> found = group_comparability(few, items=["a", "b", "c"], group="sex", level="w", reference="m")
    >>> found.table["reason"].tolist()
    ['fewer_than_100_in_group']
    """
    rows = complete_rows(table, list(items), [group])
    rows = rows[rows[group].isin([level, reference])]
    inside = (rows[group] == level).to_numpy(float)
    n, n_level = len(rows), int(inside.sum())
    base = {"estimand": "measurement_shift", "item": None, "group": group, "level": level}
    base |= {"contrast": f"{level} - {reference}", "estimate": math.nan, "n": n, "verdict": None}
    base |= {"n_level": n_level, "n_reference": n - n_level, "reason": None}
    meta = Meta(method="measurement_invariance", references=("zumbo1999", "crane2006", "nye2011"))
    if min(n_level, n - n_level) < FEWEST_IN_GROUP:
        return _single(base | {"verdict": "undecided", "reason": "fewer_than_100_in_group"}, meta)
    data = rows[list(items)].to_numpy(float)
    if np.any(np.ptp(data, axis=0) == 0):
        return _single(base | {"verdict": "undecided", "reason": "no_spread"}, meta)
    found = [dif_ordinal(data[:, i], np.delete(data, i, 1).sum(axis=1), inside) for i in range(len(items))]
    p_values = [part.p_total for part in found]
    sizes = _sizes(data[inside == 0], data[inside == 1])
    tests = zip(items, _without(data, inside), found, p_values, holm(p_values), sizes, strict=True)
    return Result(
        pd.DataFrame(
            [
                base
                | {"item": name, "estimate": float(moved), "statistic": part.total, "df": 2.0}
                | {"p_value": p, "p_adjusted": float(adjusted), "dmacs": float(size)}
                for name, moved, part, p, adjusted, size in tests
            ]
        ),
        meta,
    )


def _sizes(reference: Matrix, focal: Matrix) -> Matrix:
    """Return dMACS of each item, NaN where the answers have no common factor."""
    try:
        return dmacs(linked_groups(reference, focal)).size
    except EstimationError:
        return np.full(reference.shape[1], np.nan)


def _without(data: Matrix, inside: Matrix) -> Matrix:
    """Return how the gap of the scale's mean changes without each item."""
    gap = data[inside == 1].mean(axis=0) - data[inside == 0].mean(axis=0)
    return (gap.sum() - gap) / (gap.size - 1) - gap.mean()


def response_shift(
    table: pd.DataFrame,
    *,
    before: str,
    then: str,
    after: str,
    cluster: str = "organisation",
    conf_level: float = 0.95,
) -> Result:
    """How far people, looking back, place themselves from where they placed themselves before.

    Parameters
    ----------
    table
        One row per person, with the columns named below and `cluster`.
    before, then, after
        Columns with the scores before, in retrospect (asked afterwards), and after.
    cluster
        The column whose members resemble each other.
    conf_level
        Level of the intervals, between 0 and 1.

    Returns
    -------
    Result
        Three rows: retrospect minus before (the shift), after minus retrospect, and after minus before, with
        intervals and p values from CR2. Below five clusters there are none.

    Raises
    ------
    EstimationError
        If a column is missing.

    Notes
    -----
    People with all three scores, so that the rows add up. The shift is also what memory and the wish to have
    improved make of it: the retrospect never replaces the score before once results are seen.

    References
    ----------
    howard1980, bell2002, pustejovsky2018

    Examples
    --------
    >>> table = pd.DataFrame({"x": [3, 3, 4, 2, 3.0], "t": [2, 3, 3, 2, 2.0], "y": [4, 4, 4, 3, 4.0]})
    >>> table["organisation"] = list("abcde")
    >>> found = response_shift(table, before="x", then="t", after="y").table
    >>> found["estimate"].round(2).tolist()
    [-0.6, 1.4, 0.8]
    """
    rows = complete_rows(table, [before, then, after], [cluster])
    groups = pd.factorize(rows[cluster], sort=True)[0]
    pairs = [(before, then), (then, after), (before, after)]
    return Result(
        pd.DataFrame([_difference(rows, pair, groups, conf_level) for pair in pairs]),
        Meta(
            method="cr2_satterthwaite",
            conf_level=conf_level,
            references=("howard1980", "bell2002", "pustejovsky2018"),
            assumptions=("clusters_independent",),
        ),
    )


def _difference(rows: pd.DataFrame, pair: tuple[str, str], groups, conf_level: float) -> dict:
    first, later = (rows[name].to_numpy(float) for name in pair)
    count = int(np.unique(groups).size)
    row = {"estimand": "response_shift", "contrast": f"{pair[1]} - {pair[0]}", "n": len(rows)}
    row |= {"n_groups": count, "estimate": math.nan, "verdict": None, "reason": None}
    if not len(rows):
        return row | {"verdict": "undecided", "reason": "no_answers"}
    row |= {"estimate": float((later - first).mean())}
    row |= {"mean_before": float(first.mean()), "mean_after": float(later.mean())}
    if count < FEWEST_CLUSTERS:
        return row | {"verdict": "undecided", "reason": "too_few_clusters"}
    found = cluster_mean(later - first, groups, conf_level)
    names = ("std_error", "conf_low", "conf_high", "statistic", "df", "p_value")
    return row | {name: float(getattr(found, name)) for name in names}
