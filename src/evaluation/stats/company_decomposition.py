"""How sure a decomposition of a gap is when people come in companies: companies are drawn anew."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations_with_replacement

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evaluation.stats.checks import level, pick
from evaluation.stats.cluster_bootstrap import resampled_totals
from evaluation.stats.design import model_rows
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg, pmsg

Array = NDArray[np.float64]
ALONE = 1e-10


@dataclass(frozen=True, slots=True)
class CompanyDecomposition:
    """A twofold decomposition with errors and limits from resampled companies; p columns.

    Attributes
    ----------
    estimate, std_error, conf_low, conf_high
        Shape (3 + 2 p,): the gap, explained, unexplained, then the explained and the unexplained
        contribution of each column.
    conf_level
        Confidence of the limits.
    draws, refused
        Resamples used, and resamples in which one group's columns could not be told apart.
    n, n_reference, n_clusters
        People on each side, and companies.
    """

    estimate: Array
    std_error: Array
    conf_low: Array
    conf_high: Array
    conf_level: float
    draws: int
    refused: int
    n: int
    n_reference: int
    n_clusters: int


def company_decomposition(
    y: ArrayLike,
    x: ArrayLike,
    member: ArrayLike,
    cluster: ArrayLike,
    conf_level: float = 0.95,
    *,
    rng: np.random.Generator,
    standard: str = "pooled",
    draws: int = 1_999,
) -> CompanyDecomposition:
    """How much of a gap goes together with background, and how sure that is with people in companies.

    Parameters
    ----------
    y
        Outcome, shape (n,), without missing values.
    x
        Columns, shape (n, p), the column of ones first.
    member
        Who belongs to the group, shape (n,); the others are the reference.
    cluster
        The company of each person, shape (n,).
    conf_level
        Confidence of the limits, between 0 and 1.
    rng
        Random numbers.
    standard
        Whose coefficients background is valued by: "pooled" (both groups with an indicator of the
        group), "reference" or "group".
    draws
        Resamples.

    Returns
    -------
    CompanyDecomposition
        Percentile limits.

    Raises
    ------
    EstimationError
        If a group has too few people for the columns, or nine in ten resamples cannot be fitted.

    Notes
    -----
    Whole companies are drawn with replacement; models of both groups are fitted in every resample from
    the companies' sums of products, so everything that varies with who takes part varies here. With
    fewer than some twenty companies the limits are too narrow.

    References
    ----------
    jann2008, field2007

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> company, woman = np.repeat(np.arange(12), 10), rng.integers(0, 2, 120) == 1
    >>> x = np.column_stack([np.ones(120), rng.normal(size=120) + woman])
    >>> y = x[:, 1] + rng.normal(size=120)
    >>> found = company_decomposition(y, x, woman, company, rng=rng, draws=199)
    >>> bool(found.estimate[1] > found.std_error[1])
    True
    """
    outcome, design, numbers, clusters = model_rows(y, x, cluster)
    inside = np.asarray(member, dtype=bool)
    sizes = [int(side.sum()) for side in (inside, ~inside)]
    if min(sizes) <= design.shape[1]:
        raise EstimationError(
            msg(
                "A decomposition needs a column of ones first and more people than columns in each group; "
                "found {n} people and {p} columns.",
                n=min(sizes),
                p=design.shape[1],
            )
        )
    valued = pick(STANDARDS, standard, pmsg("argument", "The standard"))
    sums = [_products(outcome, design, numbers, clusters, side) for side in (inside, ~inside)]
    whole = _parts(sums[0].sum(axis=0)[None], sums[1].sum(axis=0)[None], valued)[0]
    drawn = resampled_totals(np.stack(sums, axis=1), draws, rng)
    resampled = [drawn[:, 0], drawn[:, 1]]
    usable = _told_apart(resampled[0]) & _told_apart(resampled[1])
    if usable.mean() < 0.1:
        raise EstimationError(msg("The columns cannot be told apart when companies are drawn anew."))
    replicates = _parts(resampled[0][usable], resampled[1][usable], valued)
    tail = (1 - level(conf_level)) / 2
    low, high = np.quantile(replicates, [tail, 1 - tail], axis=0)
    return CompanyDecomposition(
        whole,
        replicates.std(axis=0, ddof=1),
        low,
        high,
        float(conf_level),
        int(usable.sum()),
        int((~usable).sum()),
        *sizes,
        clusters,
    )


def _products(y: Array, x: Array, numbers: NDArray[np.intp], clusters: int, side: NDArray[np.bool_]) -> Array:
    """Return each company's sums of products of columns and outcome, shape (g, p + 1, p + 1)."""
    table = np.column_stack([x, y])[side]
    found, own = np.zeros((clusters, table.shape[1], table.shape[1])), numbers[side]
    for i, j in combinations_with_replacement(range(table.shape[1]), 2):
        found[:, i, j] = found[:, j, i] = np.bincount(own, table[:, i] * table[:, j], clusters)
    return found


def _told_apart(products: Array) -> NDArray[np.bool_]:
    """Tell in which resamples the columns of a group are not combinations of each other."""
    columns = products[:, :-1, :-1]
    scale = np.sqrt(np.maximum(np.einsum("bii->bi", columns), 1e-300))
    scaled = columns / scale[:, :, None] / scale[:, None, :]
    return np.linalg.eigvalsh(scaled)[:, 0] > ALONE


def _coefficients(products: Array) -> Array:
    return np.linalg.solve(products[:, :-1, :-1], products[:, :-1, -1:])[..., 0]


def _pooled(one: Array, two: Array) -> Array:
    """Coefficients of both groups with an indicator of the group, without that of the indicator."""
    own = one[:, :1, :]
    return _coefficients(one + two - np.swapaxes(own, 1, 2) @ own / own[:, :, :1])


STANDARDS: dict[str, Callable[[Array, Array], Array]] = {
    "pooled": _pooled,
    "reference": lambda one, two: _coefficients(two),
    "group": lambda one, two: _coefficients(one),
}
"""Whose coefficients background is valued by."""


def _parts(one: Array, two: Array, valued: Callable[[Array, Array], Array]) -> Array:
    """Return gap, parts and contributions of every resample, shape (b, 3 + 2 p)."""
    x1, x2 = (side[:, 0, :-1] / side[:, :1, 0] for side in (one, two))
    gap = one[:, 0, -1] / one[:, 0, 0] - two[:, 0, -1] / two[:, 0, 0]
    b, b1, b2 = valued(one, two), _coefficients(one), _coefficients(two)
    explained, unexplained = (x1 - x2) * b, x1 * (b1 - b) + x2 * (b - b2)
    totals = np.column_stack([gap, explained.sum(axis=1), unexplained.sum(axis=1)])
    return np.column_stack([totals, explained, unexplained])
