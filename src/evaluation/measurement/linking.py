"""One factor measured twice, on one metric: what an item has of its own at each time or in each group."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evaluation.measurement.invariance import group_specification, wave_specification
from evaluation.measurement.items import Matrix, item_matrix
from evaluation.measurement.likelihood import fit_model, sample_of
from evaluation.measurement.structure import build
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg


@dataclass(frozen=True, slots=True)
class LinkedFactor:
    """A factor in a reference and in a focal wave or group, with mean 0 and variance 1 in the reference.

    Attributes
    ----------
    loadings, intercepts
        Of each item, in the reference and in the focal wave or group, shape (2, p).
    mean, variance
        Of the factor in the focal wave or group.
    observed
        Mean answers, shape (2, p).
    spread
        Pooled standard deviation of each item, shape (p,).
    """

    loadings: Matrix
    intercepts: Matrix
    mean: float
    variance: float
    observed: Matrix
    spread: Matrix


def linked_waves(before: ArrayLike, after: ArrayLike, *, anchor: int | None = None) -> LinkedFactor:
    """Measure a factor before and after on one metric, with nothing else equal between the waves.

    Parameters
    ----------
    before, after
        Answers of the same people in the same order to the same items, shape (n, p).
    anchor
        The number of an item that is taken to measure alike; None takes the median of all.

    Returns
    -------
    LinkedFactor
        The focal wave is the one after.

    Notes
    -----
    The configural model of `wave_invariance`. With the loadings of both waves for factors of variance 1, the
    factor's standard deviation after is the median over items of loading after divided by loading before,
    and its mean the median of the change of the mean answer divided by the loading before. That is right if more
    than half of the items measure alike. With an anchor both are those of that item.

    References
    ----------
    oort2005, widaman2010

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> x, y = (t + rng.normal(size=(2000, 4)) for t in (rng.normal(size=(2000, 1)), rng.normal(1, 2, (2000, 1))))
    >>> found = linked_waves(x, y)
    >>> round(found.mean), round(found.variance)
    (1, 4)
    """
    parts = [item_matrix(part, 3, 4) for part in (before, after)]
    if parts[0].shape != parts[1].shape:
        raise EstimationError(msg("Invariance over time compares the same people and items at each wave."))
    sample, k = sample_of(np.hstack(parts)), parts[0].shape[1]
    found = fit_model(build([wave_specification(sample, k, 0)]), [sample])
    loadings = found.model.groups[0]["loadings"].at(found.theta)
    return _linked(np.stack([loadings[:k, 0], loadings[k:, 1]]), parts, anchor)


def linked_groups(reference: ArrayLike, focal: ArrayLike, *, anchor: int | None = None) -> LinkedFactor:
    """Measure a factor in two groups of people on one metric, with nothing else equal between them.

    Parameters
    ----------
    reference, focal
        Complete answers to the same items, shape (n, p).
    anchor
        As in `linked_waves`.

    Returns
    -------
    LinkedFactor
        The factor has mean 0 and variance 1 in the reference group.

    Notes
    -----
    As in `linked_waves`, from the configural model of `group_invariance`.

    References
    ----------
    nye2011, meredith1993

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> x, y = (t + rng.normal(size=(2000, 4)) for t in (rng.normal(size=(2000, 1)), rng.normal(1, 2, (2000, 1))))
    >>> found = linked_groups(x, y)
    >>> round(found.mean), round(found.variance)
    (1, 4)
    """
    parts = [item_matrix(part, 3, 4) for part in (reference, focal)]
    if parts[0].shape[1] != parts[1].shape[1]:
        raise EstimationError(msg("Invariance compares at least two groups with the same items."))
    samples, factors = [sample_of(part) for part in parts], [list(range(parts[0].shape[1]))]
    specifications = [group_specification(sample, factors, g, 0) for g, sample in enumerate(samples)]
    found = fit_model(build(specifications), samples)
    standard = [
        group["loadings"].at(found.theta)[:, 0] * np.sqrt(group["factors"].at(found.theta)[0, 0])
        for group in found.model.groups
    ]
    return _linked(np.stack(standard), parts, anchor)


def focal_metric(ratios: Matrix, shifts: Matrix) -> tuple[float, float]:
    """Mean and standard deviation of a factor in the focal wave or group, from what most items say.

    Parameters
    ----------
    ratios
        Of each item, focal loading divided by reference loading, shape (p,).
    shifts
        Of each item, focal minus reference mean at equal measurement, divided by the reference loading, shape (p,).

    Returns
    -------
    tuple of float
        The medians of `shifts` and of `ratios`, in standard deviations of the reference.

    Raises
    ------
    EstimationError
        If they are not finite, or the standard deviation is not above 0.

    Examples
    --------
    >>> focal_metric(np.array([1.0, 1.5, 1.0]), np.array([0.5, 0.5, 2.0]))
    (0.5, 1.0)
    """
    mean, spread = float(np.median(shifts)), float(np.median(ratios))
    if not (np.isfinite(mean) and np.isfinite(spread) and spread > 0):
        raise EstimationError(
            msg("Too few items point the same way to measure the factor twice on one metric."),
            do=msg("Leave out items that hardly go with the others, or turn those worded the other way."),
        )
    return mean, spread


def _linked(standard: Matrix, parts: Sequence[Matrix], anchor: int | None) -> LinkedFactor:
    observed = np.stack([part.mean(axis=0) for part in parts])
    chosen = slice(None) if anchor is None else [anchor]
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios, shifts = standard[1] / standard[0], (observed[1] - observed[0]) / standard[0]
    mean, spread = focal_metric(ratios[chosen], shifts[chosen])
    loadings = np.stack([standard[0], standard[1] / spread])
    weights = np.array([len(part) - 1.0 for part in parts])
    deviations = np.stack([part.std(axis=0, ddof=1) for part in parts])
    return LinkedFactor(
        loadings=loadings,
        intercepts=observed - loadings * np.array([[0.0], [mean]]),
        mean=mean,
        variance=spread**2,
        observed=observed,
        spread=weights @ deviations / weights.sum(),
    )
