"""Effects when units start at different times: one per starting group and period."""

from dataclasses import dataclass

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
    """

    group: Matrix
    period: Matrix
    estimate: Matrix
    influence: Matrix
    start: Matrix

    @property
    def std_error(self) -> Matrix:
        """Return standard errors for independent units, shape (k,)."""
        return np.sqrt(np.mean(self.influence**2, axis=0) / len(self.influence))


def group_time_effects(outcome: ArrayLike, start: ArrayLike, periods: ArrayLike) -> GroupTime:
    """Effects of each starting group in each period, against those who never took part.

    Parameters
    ----------
    outcome
        Shape (u, periods): every unit in every period, without missing values.
    start
        The period in which each unit started, 0 for never, shape (u,).
    periods
        The periods, ascending, shape (periods,).

    Returns
    -------
    GroupTime
        From the second period on; effects before the start are placebos and should be near 0. Groups
        that had started in the first period are left out.

    Notes
    -----
    For group g and period t: mean change from the last period before g to t in group g, less that among
    the never treated. Before the start, the change from t - 1 to t. Assumes that both would have changed
    alike. Not for groups of fewer than five organisations.

    References
    ----------
    callaway2021

    Examples
    --------
    >>> found = group_time_effects([[1, 3], [1, 3.5], [1, 2], [2, 3.0]], [2, 2, 0, 0], [1, 2])
    >>> found.estimate.round(3).tolist()
    [1.25]
    """
    values, begun = as_float(outcome, "outcome"), as_float(start, "start")
    times = as_float(periods, "periods")
    if values.shape != (begun.size, times.size) or not np.all(np.isfinite(values)):
        raise EstimationError(msg("Every unit needs a value in every period."))
    never = begun == 0
    groups = [g for g in np.unique(begun[~never]) if g > times[0]]
    if not never.any() or not groups:
        raise EstimationError(
            msg("Estimates by starting time need units that started later and units that never did.")
        )
    keys, estimates, influences = [], [], []
    for g in groups:
        for place in range(1, times.size):
            base = int(np.searchsorted(times, g)) - 1 if times[place] >= g else place - 1
            found = _two_by_two(values[:, place] - values[:, base], begun == g, never)
            keys.append((g, times[place]))
            estimates.append(found.estimate)
            influences.append(found.influence)
    group, period = np.array(keys, dtype=float).T
    return GroupTime(group, period, np.array(estimates), np.column_stack(influences), begun)


def _two_by_two(change: Matrix, treated: np.ndarray, never: np.ndarray) -> Influence:
    means = [float(change[side].mean()) for side in (treated, never)]
    parts = [side / side.mean() * (change - mean) for side, mean in zip((treated, never), means, strict=True)]
    return Influence(means[0] - means[1], parts[0] - parts[1])


def _sizes(found: GroupTime) -> Matrix:
    return np.array([np.mean(found.start == g) for g in found.group])


def _weighted(found: GroupTime, chosen: np.ndarray, *, random_weights: bool) -> Influence:
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
    return {int(e): _weighted(found, length == e, random_weights=True) for e in np.unique(length)}


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
