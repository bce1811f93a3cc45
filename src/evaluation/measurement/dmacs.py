"""How much a difference in loading and intercept matters for the answers to an item."""

from dataclasses import dataclass

import numpy as np

from evaluation.measurement.items import Matrix
from evaluation.measurement.linking import LinkedFactor


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
