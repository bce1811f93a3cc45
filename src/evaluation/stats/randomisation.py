"""Tests that draw anew which organisations took part."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from evaluation.stats.design import Matrix, model_rows, orthonormal_columns
from evaluation.stats.propensity import sides
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg

SEED = 1
TIE = 1e-9
CHUNK = 200


@dataclass(frozen=True, slots=True)
class Randomisation:
    """A test of no effect on anybody, by every way in which organisations could have been drawn.

    Attributes
    ----------
    estimate
        The adjusted difference, in the unit of the outcome.
    statistic
        The difference over its standard error (CR1).
    p_value
        Two-sided.
    draws
        Assignments compared, the real one included.
    exact
        Whether these are all that there are.
    n, n_clusters
        People and organisations.
    """

    estimate: float
    statistic: float
    p_value: float
    draws: int
    exact: bool
    n: int
    n_clusters: int


def randomisation_test(
    y: ArrayLike,
    treated: ArrayLike,
    cluster: ArrayLike,
    x: ArrayLike | None = None,
    *,
    rng: np.random.Generator | None = None,
    draws: int = 1999,
) -> Randomisation:
    """Whether a difference could come from which organisations happened to take part.

    Parameters
    ----------
    y
        Outcome, shape (n,).
    treated
        1 or 0, shape (n,), the same for everyone in an organisation.
    cluster
        The organisation of each person, shape (n,).
    x
        Covariates, shape (n, p), without a column of ones; None for none.
    rng
        Where chance comes from; None draws the same assignments every time.
    draws
        How many assignments are drawn if there are more than that.

    Returns
    -------
    Randomisation
        Exact under the hypothesis of no effect on anybody if organisations were drawn at random.

    Notes
    -----
    The statistic is studentised, so that unequal spread in organisations of unequal size does less harm.
    Where organisations were not drawn, it assumes that they might as well have been.

    References
    ----------
    mackinnon2020, wu2021

    Examples
    --------
    >>> y, company = [1.0, 2.0, 1.5, 4.0, 5.0, 4.5], list("abcdef")
    >>> randomisation_test(y, [0, 0, 0, 1, 1, 1], company).p_value
    0.1
    """
    took = sides(treated)
    columns = np.ones((took.size, 1)) if x is None else np.column_stack([np.ones(took.size), x])
    outcome, design, number, clusters = model_rows(y, columns, cluster)
    whole = np.bincount(number, took, clusters) / np.bincount(number, minlength=clusters)
    if not np.all((whole == 0) | (whole == 1)):
        raise EstimationError(
            msg("People of one organisation are on both sides, so it cannot be drawn as one.")
        )
    base, _ = orthonormal_columns(design)
    left = outcome - base @ (base.T @ outcome)
    order = np.lexsort(
        (np.round(np.bincount(number, left, clusters), 9), np.bincount(number, minlength=clusters))
    )
    real = whole[order] == 1
    drawn, exact = _assignments(real, np.random.default_rng(SEED) if rng is None else rng, draws)
    position = np.argsort(order)[number]
    found = np.concatenate(
        [_statistics(drawn[i : i + CHUNK], position, left, base) for i in range(0, len(drawn), CHUNK)]
    )
    estimate, statistic = _statistics(real[None, :], position, left, base)[0]
    as_far = np.abs(found[:, 1]) >= abs(statistic) - TIE
    return Randomisation(
        float(estimate),
        float(statistic),
        float((as_far.sum() + (not exact)) / (len(drawn) + (not exact))),
        len(drawn) + (not exact),
        exact,
        outcome.size,
        clusters,
    )


def _assignments(real: np.ndarray, rng: np.random.Generator, draws: int) -> tuple[np.ndarray, bool]:
    clusters, few = real.size, int(real.sum())
    if special.comb(clusters, few) <= draws:
        every = np.zeros((int(special.comb(clusters, few)), clusters), bool)
        for row, chosen in enumerate(combinations(range(clusters), few)):
            every[row, list(chosen)] = True
        return every, True
    order = np.argsort(rng.random((draws, clusters)), axis=1)
    return order < few, False


def _statistics(assigned: np.ndarray, number: np.ndarray, left: Matrix, base: Matrix) -> Matrix:
    """Difference and studentised difference under each assignment, shape (assignments, 2)."""
    clusters = assigned.shape[1]
    taken = assigned[:, number].T.astype(float)
    rest = taken - base @ (base.T @ taken)
    size = np.sum(rest**2, axis=0)
    estimate = rest.T @ left / size
    member = np.zeros((clusters, number.size))
    member[number, np.arange(number.size)] = 1
    score = member @ (rest * (left[:, None] - rest * estimate))
    error = np.sqrt(np.sum(score**2, axis=0) * clusters / (clusters - 1)) / size
    return np.column_stack([estimate, estimate / error])
