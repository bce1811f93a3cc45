"""P values for several questions to the same companies, which lean on how the questions go together."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evaluation.stats.checks import as_float
from evaluation.stats.design import model_rows
from evaluation.stats.wild_bootstrap import wild_weights
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg, pmsg

Array = NDArray[np.float64]


def null_scores(y: ArrayLike, x: ArrayLike, cluster: ArrayLike, weights: ArrayLike) -> Array:
    """Contribution of each company to a contrast that is truly zero.

    Parameters
    ----------
    y, x
        Outcome and columns, shapes (n,) and (n, p), without missing values.
    cluster
        The company of each person, shape (n,).
    weights
        Weights of the coefficients, shape (p,).

    Returns
    -------
    numpy.ndarray
        Shape (g,), companies in the sorted order of their labels; the contrast's estimate is their sum.

    References
    ----------
    westfall1993

    Examples
    --------
    >>> null_scores([1.0, 3.0, 2.0, 4.0], np.ones((4, 1)), ["a", "a", "b", "b"], [1.0]).tolist()
    [1.0, 1.5]
    """
    outcome, design, numbers, clusters = model_rows(y, x, cluster)
    c = as_float(weights, pmsg("argument", "The weights"))
    inverse = np.linalg.inv(design.T @ design)
    b = inverse @ design.T @ outcome
    restricted = b - inverse @ c * (c @ b) / (c @ inverse @ c)
    contribution = (design @ inverse @ c) * (outcome - design @ restricted)
    return np.bincount(numbers, contribution, clusters)


def westfall_young(scores: ArrayLike, *, rng: np.random.Generator, draws: int = 9_999) -> Array:
    """P values that keep the risk of any false finding at the level, using how questions go together.

    Parameters
    ----------
    scores
        Companies' contributions to each question under its null hypothesis, shape (g, m), from
        `null_scores`; 0 where a company has nobody in the comparison.
    rng
        Random numbers.
    draws
        Patterns of signs; all are used if they are fewer.

    Returns
    -------
    numpy.ndarray
        Shape (m,): adjusted p values, step-down; NaN where a question has no spread.

    Notes
    -----
    The same companies' signs are turned for all questions at once, and every statistic is compared with
    the largest among those not yet rejected. Sharper than Holm when questions go together.

    References
    ----------
    westfall1993

    Examples
    --------
    >>> scores = np.array([[1.0, 0.9], [1.2, 1.1], [0.8, 0.9], [1.1, 1.0], [0.9, 1.2], [1.0, -0.2]])
    >>> westfall_young(scores, rng=np.random.default_rng(1)).round(3).tolist()
    [0.031, 0.062]
    """
    table = as_float(scores, pmsg("argument", "The scores"))
    if table.ndim != 2 or len(table) < 2:
        raise EstimationError(msg("Adjustment over companies needs two companies or more."))
    size = np.sqrt((table**2).sum(axis=0))
    known = size > 0
    unit = table[:, known] / size[known]
    patterns, _ = wild_weights(len(unit), "rademacher", draws, rng)
    turned = np.abs(np.asarray(patterns) @ unit)
    observed = np.abs(unit.sum(axis=0))
    order = np.argsort(-observed, kind="stable")
    adjusted, so_far = np.full(table.shape[1], np.nan), 0.0
    places = np.flatnonzero(known)
    for rank, question in enumerate(order):
        largest = turned[:, order[rank:]].max(axis=1)
        so_far = max(so_far, float((largest >= observed[question] - 1e-12).mean()))
        adjusted[places[question]] = so_far
    return adjusted
