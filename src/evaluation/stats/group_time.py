"""Effects when units start at different times: one per starting group and period."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike

from evaluation.stats.checks import as_float
from evaluation.stats.design import Matrix
from evaluation.stats.doubly_robust import Influence
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg


@dataclass(frozen=True, slots=True)
class GroupTime:
    """Effects by starting group and period, with what every unit adds; u units, k effects.

    Attributes
    ----------
    group, period
        Shape (k,): when the group started, and the period of the effect.
    estimate
        Shape (k,), in the unit of the outcome.
    influence
        Shape (u, k).
    start
        Shape (u,): when each unit started; 0 for never.
    mean, mean_never
        Shape (k,): mean change of the group, and of those it is compared with.
    used
        Shape (u, k): whose change each effect is made of.
    """

    group: Matrix
    period: Matrix
    estimate: Matrix
    influence: Matrix
    start: Matrix
    mean: Matrix = field(default_factory=lambda: np.empty(0))
    mean_never: Matrix = field(default_factory=lambda: np.empty(0))
    used: np.ndarray = field(default_factory=lambda: np.empty((0, 0), dtype=bool))

    @property
    def std_error(self) -> Matrix:
        """Return standard errors for independent units, shape (k,)."""
        return np.sqrt(np.mean(self.influence**2, axis=0) / len(self.influence))


Change = Callable[[Matrix, Matrix], Matrix]
"""From values before and after to the change of each unit; NaN where it is not defined."""


def _difference(before: Matrix, after: Matrix) -> Matrix:
    return after - before


def group_time_effects(
    outcome: ArrayLike,
    start: ArrayLike,
    periods: ArrayLike,
    *,
    change: Change = _difference,
    cell: ArrayLike | None = None,
    fixed_base: bool = False,
) -> GroupTime:
    """Effects of each starting group in each period, against those who never took part.

    Parameters
    ----------
    outcome
        Shape (u, periods): every unit in every period. NaN, or a change that is not defined, leaves the unit
        out of the effects that need it.
    start
        The period in which each unit started, 0 for never, shape (u,).
    periods
        The periods, ascending, shape (periods,).
    change
        How a change is computed from values before and after.
    cell
        Shape (u,): each unit is compared with the never treated of its own cell only; None for one cell.
    fixed_base
        Whether changes before the start, too, are counted from the last period before the start.

    Returns
    -------
    GroupTime
        From the second period on; effects before the start are placebos and should be near 0. Groups
        that had started in the first period are left out.

    Raises
    ------
    EstimationError
        If the shapes differ, or nobody started later, or everybody did.

    Notes
    -----
    For group g and period t: mean change from the last period before g to t in group g, less that among
    the never treated. Before the start, the change from t - 1 to t. Assumes that both would have changed
    alike, within cells. With cells the mean of the never treated is taken by cell, each cell weighing as
    much as it does in the group; units without at least two never treated ones in their cell are left out.
    What is missing counts as missing completely at random. Not for groups of fewer than five organisations.

    References
    ----------
    callaway2021, iacus2012

    Examples
    --------
    >>> found = group_time_effects([[1, 3], [1, 3.5], [1, 2], [2, 3.0]], [2, 2, 0, 0], [1, 2])
    >>> found.estimate.round(3).tolist()
    [1.25]
    """
    values, begun = as_float(outcome, "outcome"), as_float(start, "start")
    times = as_float(periods, "periods")
    if values.shape != (begun.size, times.size):
        raise EstimationError(msg("Every unit needs a value in every period, missing or not."))
    never = begun == 0
    groups = [g for g in np.unique(begun[~never]) if g > times[0]]
    if not never.any() or not groups:
        raise EstimationError(
            msg("Estimates by starting time need units that started later and units that never did.")
        )
    cells = np.zeros(begun.size, dtype=int) if cell is None else np.unique(cell, return_inverse=True)[1]
    keys, found = [], []
    for g in groups:
        last = int(np.searchsorted(times, g)) - 1
        for place in range(0 if fixed_base else 1, times.size):
            base = last if fixed_base or times[place] >= g else place - 1
            changed = change(values[:, base], values[:, place])
            keys.append((g, times[place]))
            found.append(_two_by_two(changed, begun == g, never, cells))
    group, period = np.array(keys, dtype=float).T
    means = np.array([one.means for one in found]).T
    influence, used = (
        np.column_stack([getattr(one, name) for one in found]) for name in ("influence", "used")
    )
    return GroupTime(group, period, means[0] - means[1], influence, begun, *means, used)


FEWEST_ALIKE = 2
"""Never treated units that a cell needs, where there are several cells."""


@dataclass(frozen=True, slots=True)
class _TwoByTwo:
    """One effect.

    Attributes
    ----------
    means
        Of the treated, and of the never treated with the same mix of cells.
    influence
        What each unit adds, shape (u,).
    used
        Whose change it is made of, shape (u,).
    """

    means: tuple[float, float]
    influence: Matrix
    used: np.ndarray


def _two_by_two(changed: Matrix, treated: np.ndarray, never: np.ndarray, cell: np.ndarray) -> _TwoByTwo:
    """Return the mean change of the treated and of the never treated with the same mix of cells."""
    known = np.isfinite(changed)
    values = np.where(known, changed, 0.0)
    alike = np.bincount(cell[known & never], minlength=cell.max() + 1)
    least = FEWEST_ALIKE if alike.size > 1 else 1
    took = known & treated & (alike[cell] >= least)
    own = np.bincount(cell[took], minlength=alike.size)
    others = known & never & (own[cell] > 0)
    if not took.any():
        return _TwoByTwo((np.nan, np.nan), np.zeros(changed.size), took)
    expected = np.bincount(cell[others], values[others], alike.size) / np.maximum(alike, 1)
    means = float(values[took].mean()), float(expected[cell[took]].mean())
    share = own / own.sum()
    weight = np.divide(share, alike / changed.size, out=np.zeros(alike.size), where=alike > 0)[cell]
    within = np.divide(alike, alike - 1, out=np.ones(alike.size), where=(alike > 1) & (alike.size > 1))
    of_treated = took / took.mean() * (values - expected[cell] - (means[0] - means[1]))
    of_never = others * weight * np.sqrt(within[cell]) * (values - expected[cell])
    return _TwoByTwo(means, of_treated - of_never, took | others)


def _sizes(found: GroupTime) -> Matrix:
    return np.array([np.mean(found.start == g) for g in found.group])


def _weighted(found: GroupTime, chosen: np.ndarray, *, random_weights: bool) -> Influence:
    chosen = chosen & np.isfinite(found.estimate)
    size = _sizes(found)[chosen]
    weight = size / size.sum()
    influence = found.influence[:, chosen] @ weight
    if random_weights:
        member = (found.start[:, None] == found.group[chosen]) - size
        moving = member / size.sum() - np.outer(member.sum(axis=1), size) / size.sum() ** 2
        influence = influence + moving @ found.estimate[chosen]
    return Influence(float(weight @ found.estimate[chosen]), influence)


def average_effect(found: GroupTime) -> Influence:
    """Mean effect over all groups and periods after the start, large groups weighing more.

    Parameters
    ----------
    found
        From `group_time_effects`.

    Returns
    -------
    Influence
        The estimate, with what each unit adds.

    References
    ----------
    callaway2021

    Examples
    --------
    >>> found = group_time_effects([[1, 3], [1, 3.5], [1, 2], [2, 3.0]], [2, 2, 0, 0], [1, 2])
    >>> average_effect(found).estimate
    1.25
    """
    return _weighted(found, found.period >= found.group, random_weights=True)


def effect_by_group(found: GroupTime) -> Influence:
    """Mean over starting groups of each group's mean effect after its start.

    Parameters
    ----------
    found
        From `group_time_effects`.

    Returns
    -------
    Influence
        The estimate, with what each unit adds.

    References
    ----------
    callaway2021

    Examples
    --------
    >>> found = group_time_effects([[1, 3], [1, 3.5], [1, 2], [2, 3.0]], [2, 2, 0, 0], [1, 2])
    >>> effect_by_group(found).estimate
    1.25
    """
    groups = np.unique(found.group)
    parts = [_weighted(found, (found.group == g) & (found.period >= g), random_weights=False) for g in groups]
    estimates = np.array([part.estimate for part in parts])
    of_groups = GroupTime(
        groups, groups, estimates, np.column_stack([part.influence for part in parts]), found.start
    )
    return _weighted(of_groups, np.ones(groups.size, bool), random_weights=True)


def effect_by_length(found: GroupTime) -> dict[int, Influence]:
    """Mean effect by how many periods have passed since the start.

    Parameters
    ----------
    found
        From `group_time_effects`.

    Returns
    -------
    dict
        By length; those below 0 are placebos. The mean over lengths from 0 on is `over_lengths`.

    References
    ----------
    callaway2021

    Examples
    --------
    >>> found = group_time_effects([[1, 3], [1, 3.5], [1, 2], [2, 3.0]], [2, 2, 0, 0], [1, 2])
    >>> list(effect_by_length(found))
    [0]
    """
    length = found.period - found.group
    there = np.unique(length[np.isfinite(found.estimate)])
    return {int(e): _weighted(found, length == e, random_weights=True) for e in there}


def over_lengths(by_length: dict[int, Influence]) -> Influence:
    """Mean of the effects from the start on, every length counting the same.

    Parameters
    ----------
    by_length
        From `effect_by_length`.

    Returns
    -------
    Influence
        The estimate, with what each unit adds.

    Examples
    --------
    >>> over_lengths({-1: Influence(9.0, np.zeros(2)), 0: Influence(1.0, np.zeros(2))}).estimate
    1.0
    """
    kept = [part for length, part in by_length.items() if length >= 0]
    return Influence(
        float(np.mean([part.estimate for part in kept])), np.mean([part.influence for part in kept], axis=0)
    )
