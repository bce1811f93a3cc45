"""Reliability of a scale of several parts: one general factor and the parts' own."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evaluation.measurement.alpha import consistency
from evaluation.measurement.efa import explore
from evaluation.measurement.items import Matrix, correlation, item_matrix
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg


@dataclass(frozen=True, slots=True)
class HierarchicalOmega:
    """Reliability of the sum of standardised items, by source.

    Attributes
    ----------
    hierarchical
        Share of variance from the general factor.
    total
        Share from all factors.
    limit
        What `hierarchical` tends to as the scale gets longer: hierarchical / total.
    alpha
        Alpha of the standardised items.
    explained_common
        Share of the items' common variance that is general.
    general
        Loadings on the general factor, shape (p,).
    specific
        Loadings on the parts' own factors, shape (p, m).
    """

    hierarchical: float
    total: float
    limit: float
    alpha: float
    explained_common: float
    general: Matrix
    specific: Matrix


def hierarchical_omega(
    correlations: ArrayLike, n_factors: int = 3, method: str = "minres"
) -> HierarchicalOmega:
    """Reliability of a scale of several parts, and how much of it is one thing.

    Parameters
    ----------
    correlations
        Of items that point the same way, shape (p, p).
    n_factors
        How many parts; three or more, since two parts do not determine a general factor.
    method
        "minres" or "ml".

    Returns
    -------
    HierarchicalOmega
        A high total with a low hierarchical share means that one score hides several.

    Notes
    -----
    Oblimin factors are explained by one factor of their own; by Schmid and Leiman's transformation the items
    load on it through their parts. Items load on all parts, so it differs from a fitted bifactor
    model. Not below about 200 people, and not for two parts.

    References
    ----------
    schmid1957, mcdonald1999, revelle2019

    Examples
    --------
    >>> part = np.kron(np.eye(3), np.full((3, 3), 0.3)) + np.full((9, 9), 0.3) + 0.4 * np.eye(9)
    >>> found = hierarchical_omega(part)
    >>> round(found.hierarchical, 3), round(found.total, 3)
    (0.675, 0.9)
    """
    related = correlation(item_matrix(correlations))
    if n_factors < 3 or len(related) < 2 * n_factors:
        raise EstimationError(msg("A general factor needs at least three parts, of two or more items each."))
    first = explore(related, n_factors, method)
    above = explore(first.factors, 1, method).loadings[:, 0]
    general = first.loadings @ above
    specific = first.loadings * np.sqrt(np.maximum(1 - above**2, 0.0))
    whole = related.sum()
    hierarchical, total = general.sum() ** 2 / whole, 1 - np.sum(1 - first.communality) / whole
    common = np.sum(general**2)
    return HierarchicalOmega(
        hierarchical=float(hierarchical),
        total=float(total),
        limit=float(hierarchical / total),
        alpha=consistency(related).alpha,
        explained_common=float(common / (common + np.sum(specific**2))),
        general=general,
        specific=specific,
    )
