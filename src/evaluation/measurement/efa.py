"""Exploratory factor analysis: how many factors, and which items belong together."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special
from scipy.optimize import minimize

from evaluation.measurement.items import Matrix, correlation, item_matrix, sample_covariance
from evaluation.measurement.rotation import oblimin
from evaluation.stats.checks import pick
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg, pmsg

LOWEST_UNIQUENESS = 0.005


@dataclass(frozen=True, slots=True)
class Exploration:
    """Factors found in the correlations of items.

    Attributes
    ----------
    loadings
        After oblimin rotation, shape (p, m).
    factors
        Correlations of the factors, shape (m, m).
    unrotated
        Loadings before rotation, shape (p, m).
    communality
        Share of each item's variance that the factors explain, shape (p,).
    discrepancy
        Smallest value of what was minimised.
    df
        Degrees of freedom.
    boundary
        Whether an item's own variance was held at its lowest value (a Heywood case).
    """

    loadings: Matrix
    factors: Matrix
    unrotated: Matrix
    communality: Matrix
    discrepancy: float
    df: int
    boundary: bool


@dataclass(frozen=True, slots=True)
class ChiSquare:
    """A chi-square test.

    Attributes
    ----------
    statistic, df, p_value
        Statistic, degrees of freedom and p value.
    """

    statistic: float
    df: int
    p_value: float


@dataclass(frozen=True, slots=True)
class ParallelAnalysis:
    """Eigenvalues next to those of unrelated items.

    Attributes
    ----------
    eigenvalues
        Of the correlations, descending, shape (p,).
    reference
        The quantile of those from shuffled answers, shape (p,).
    n_factors
        How many come before the first that is not larger.
    """

    eigenvalues: Matrix
    reference: Matrix
    n_factors: int


def _minres(uniqueness: Matrix, related: Matrix, m: int) -> tuple[float, Matrix]:
    values, vectors = np.linalg.eigh(related - np.diag(uniqueness))
    rest = values[:-m]
    return float(np.sum(rest**2) / 2), -(vectors[:, :-m] ** 2) @ rest


def _likelihood(uniqueness: Matrix, related: Matrix, m: int) -> tuple[float, Matrix]:
    root = np.sqrt(uniqueness)
    values, vectors = np.linalg.eigh(related / np.outer(root, root))
    rest = values[:-m]
    return float(np.sum(rest - np.log(rest) - 1)), (vectors[:, :-m] ** 2) @ (1 - rest) / uniqueness


def _minres_loadings(uniqueness: Matrix, related: Matrix, m: int) -> Matrix:
    values, vectors = np.linalg.eigh(related - np.diag(uniqueness))
    return vectors[:, : -m - 1 : -1] * np.sqrt(np.maximum(values[: -m - 1 : -1], 0))


def _likelihood_loadings(uniqueness: Matrix, related: Matrix, m: int) -> Matrix:
    root = np.sqrt(uniqueness)
    values, vectors = np.linalg.eigh(related / np.outer(root, root))
    return root[:, None] * vectors[:, : -m - 1 : -1] * np.sqrt(np.maximum(values[: -m - 1 : -1] - 1, 0))


EXTRACTIONS: Mapping[str, tuple[Callable, Callable]] = {
    "minres": (_minres, _minres_loadings),
    "ml": (_likelihood, _likelihood_loadings),
}


def explore(correlations: ArrayLike, n_factors: int, method: str = "minres") -> Exploration:
    """Exploratory factors of a set of items.

    Parameters
    ----------
    correlations
        Of the items, shape (p, p): Pearson, or polychoric for few answer categories.
    n_factors
        How many factors, fewer than items; see `parallel_analysis`.
    method
        "minres" (least squares of the residuals) or "ml".

    Returns
    -------
    Exploration
        Rotated by oblimin.

    Notes
    -----
    The items' own variances are searched between 0.005 and 1. Maximum likelihood assumes normal items
    and a positive definite matrix; minimum residuals assume neither. With fewer than 100 people or 3
    items per factor the factors do not return in a new sample. Not for testing a scale made beforehand.

    References
    ----------
    harman1966, joreskog1967, jennrich1966

    Examples
    --------
    >>> r = np.full((4, 4), 0.25) + 0.75 * np.eye(4)
    >>> explore(r, 1).loadings.round(3).ravel().tolist()
    [0.5, 0.5, 0.5, 0.5]
    """
    related = correlation(item_matrix(correlations))
    p, m = len(related), int(n_factors)
    if not 1 <= m < p:
        raise EstimationError(msg("There must be fewer factors than items; found {found}.", found=m))
    discrepancy, loadings_of = pick(EXTRACTIONS, method, pmsg("argument", "method"))
    if np.linalg.eigvalsh(related)[0] < 1e-8 and method == "ml":
        raise EstimationError(msg("The correlations repeat one another; use minimum residuals instead."))
    start = np.full(p, 0.5) if m >= p / 2 else np.clip(_start(related, m), 0.05, 0.95)
    found = minimize(
        discrepancy,
        start,
        args=(related, m),
        jac=True,
        method="L-BFGS-B",
        bounds=[(LOWEST_UNIQUENESS, 1.0)] * p,
        options={"maxiter": 2000, "ftol": 1e-15, "gtol": 1e-9},
    )
    unrotated = loadings_of(found.x, related, m)
    turned = oblimin(unrotated)
    return Exploration(
        loadings=turned.loadings,
        factors=turned.factors,
        unrotated=unrotated,
        communality=np.sum(unrotated**2, axis=1),
        discrepancy=float(found.fun),
        df=((p - m) ** 2 - p - m) // 2,
        boundary=bool(np.any(found.x <= LOWEST_UNIQUENESS * 1.001)),
    )


def _start(related: Matrix, m: int) -> Matrix:
    """Return uniqueness from the squared multiple correlations, if there are any."""
    if np.linalg.eigvalsh(related)[0] < 1e-8:
        return np.full(len(related), 0.5)
    return (1 - m / (2 * len(related))) / np.diag(np.linalg.inv(related))


def likelihood_test(found: Exploration, n: int) -> ChiSquare:
    """Test whether so many factors are enough, after maximum likelihood.

    Parameters
    ----------
    found
        From `explore` with method "ml".
    n
        People.

    Returns
    -------
    ChiSquare
        With Bartlett's correction.

    Notes
    -----
    (n - 1 - (2p + 5)/6 - 2m/3) times the discrepancy. Assumes normal, independent people; in large
    samples it asks for more factors than mean anything.

    References
    ----------
    joreskog1967

    Examples
    --------
    >>> r = np.full((4, 4), 0.25) + 0.75 * np.eye(4)
    >>> likelihood_test(explore(r, 1, "ml"), 100).df
    2
    """
    p, m = found.loadings.shape
    statistic = (n - 1 - (2 * p + 5) / 6 - 2 * m / 3) * found.discrepancy
    return ChiSquare(float(statistic), found.df, float(special.chdtrc(max(found.df, 0), statistic)))


def sphericity(correlations: ArrayLike, n: int) -> ChiSquare:
    """Test whether the items are related at all (Bartlett).

    Parameters
    ----------
    correlations
        Shape (p, p), positive definite.
    n
        People.

    Returns
    -------
    ChiSquare
        Statistic -(n - 1 - (2p + 5)/6) log|R|.

    Notes
    -----
    Assumes normal, independent people. It is significant for nearly every set of items: no
    evidence that factor analysis is worth while.

    References
    ----------
    bartlett1951

    Examples
    --------
    >>> sphericity([[1.0, 0.5], [0.5, 1.0]], 50).df
    1
    """
    related = correlation(item_matrix(correlations))
    p = len(related)
    statistic = -(n - 1 - (2 * p + 5) / 6) * np.linalg.slogdet(related)[1]
    df = p * (p - 1) // 2
    return ChiSquare(float(statistic), df, float(special.chdtrc(df, statistic)))


def sampling_adequacy(correlations: ArrayLike) -> float:
    """Share of the items' relations that is common to several of them (Kaiser-Meyer-Olkin).

    Parameters
    ----------
    correlations
        Shape (p, p), positive definite.

    Returns
    -------
    float
        Between 0 and 1; Kaiser calls below 0.5 unacceptable.

    Notes
    -----
    Sum of squared correlations divided by the same plus squared partial correlations.

    References
    ----------
    kaiser1974

    Examples
    --------
    >>> round(sampling_adequacy([[1, 0.5, 0.5], [0.5, 1, 0.5], [0.5, 0.5, 1]]), 3)
    0.692
    """
    related = correlation(item_matrix(correlations))
    partial = correlation(np.linalg.inv(related))
    off = ~np.eye(len(related), dtype=bool)
    return float(np.sum(related[off] ** 2) / (np.sum(related[off] ** 2) + np.sum(partial[off] ** 2)))


def parallel_analysis(
    items: ArrayLike,
    rng: np.random.Generator,
    replicates: int = 200,
    quantile: float = 0.95,
    correlate: Callable[[Matrix], Matrix] | None = None,
) -> ParallelAnalysis:
    """How many factors the items hold: eigenvalues against those of shuffled answers.

    Parameters
    ----------
    items
        Complete answers, shape (n, p).
    rng
        Source of randomness.
    replicates
        How many times the answers are shuffled.
    quantile
        Of the shuffled eigenvalues, to compare with.
    correlate
        Function from answers to correlations; Pearson unless given.

    Returns
    -------
    ParallelAnalysis
        With the number of factors.

    Notes
    -----
    Each item's answers are shuffled between people, so that the items keep their distributions and
    lose their relations. Assumes independent people. Too uncertain with fewer than 100.

    References
    ----------
    horn1965, lubbe2019

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> x = rng.normal(size=(300, 1)) + rng.normal(size=(300, 5))
    >>> parallel_analysis(x, rng, replicates=50).n_factors
    1
    """
    data = item_matrix(items)
    related = correlate or (lambda answers: correlation(sample_covariance(answers)))
    found = np.linalg.eigvalsh(related(data))[::-1]
    shuffled = [np.linalg.eigvalsh(related(rng.permuted(data, axis=0)))[::-1] for _ in range(replicates)]
    reference = np.quantile(np.array(shuffled), quantile, axis=0)
    return ParallelAnalysis(found, reference, int(np.argmax(np.append(found <= reference, True))))


def heterotrait_ratio(
    correlations: ArrayLike, factors: Sequence[Sequence[int]], mean: str = "arithmetic"
) -> Matrix:
    """How far scales can be told apart: relations between scales against those within them.

    Parameters
    ----------
    correlations
        Shape (p, p).
    factors
        For each scale the numbers of its items, two or more.
    mean
        "arithmetic" (HTMT) or "geometric" (HTMT2).

    Returns
    -------
    numpy.ndarray
        Shape (m, m), 1 on the diagonal; above about 0.85 the scales measure nearly the same.

    Notes
    -----
    Mean absolute correlation between the items of two scales divided by the root of the product of the mean
    absolute correlations within them.

    References
    ----------
    henseler2015, roemer2021

    Examples
    --------
    >>> r = np.array([[1, 0.6, 0.3, 0.3], [0.6, 1, 0.3, 0.3], [0.3, 0.3, 1, 0.6], [0.3, 0.3, 0.6, 1]])
    >>> heterotrait_ratio(r, [[0, 1], [2, 3]])[0, 1].round(3).item()
    0.5
    """
    average = pick(MEANS, mean, pmsg("argument", "mean"))
    size = np.abs(correlation(item_matrix(correlations)))
    members = [list(factor) for factor in factors]
    within = [average(size[np.ix_(f, f)][np.tril_indices(len(f), -1)]) for f in members]
    ratio = np.eye(len(members))
    for a in range(len(members)):
        for b in range(a):
            between = average(size[np.ix_(members[a], members[b])].ravel())
            ratio[a, b] = ratio[b, a] = between / np.sqrt(within[a] * within[b])
    return ratio


MEANS: Mapping[str, Callable[[Matrix], float]] = {
    "arithmetic": lambda values: float(np.mean(values)),
    "geometric": lambda values: float(np.exp(np.mean(np.log(np.maximum(values, 1e-300))))),
}
