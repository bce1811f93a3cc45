"""Answers in several categories from the same people: whether their distribution changed."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from evaluation.stats.checks import whole
from evaluation.stats.design import Matrix
from evaluation.stats.repeated import waves
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg, pmsg


@dataclass(frozen=True, slots=True)
class HomogeneityTest:
    """A chi-squared test of no change.

    Attributes
    ----------
    statistic, df, p_value
        Chi-squared; NaN with 0 degrees of freedom, when nobody moved.
    n
        Pairs, or people.
    """

    statistic: float
    df: int
    p_value: float
    n: int


@dataclass(frozen=True, slots=True)
class OrdinalShift:
    """A test that ordered answers moved neither up nor down.

    Attributes
    ----------
    estimate
        Mean score later minus earlier.
    z, p_value
        Normal statistic, positive for moves upwards, and two-sided p; NaN when nobody moved.
    up_down_ratio
        People who moved up for each who moved down.
    n_up, n_down, n
        People who moved up and down, and all pairs.
    """

    estimate: float
    z: float
    p_value: float
    up_down_ratio: float
    n_up: int
    n_down: int
    n: int


def square_table(pre: ArrayLike, post: ArrayLike, categories: ArrayLike) -> NDArray[np.int64]:
    """How many people went from each category to each other one.

    Parameters
    ----------
    pre, post
        Earlier and later categories of the same people in the same order, shape (n,).
    categories
        All categories in their order, shape (k,), chosen or not.

    Returns
    -------
    numpy.ndarray
        Shape (k, k); rows earlier, columns later.

    Examples
    --------
    >>> square_table([1, 2, 2], [2, 2, 1], [1, 2]).tolist()
    [[0, 1], [1, 1]]
    """
    names = np.asarray(categories)
    before, after = (np.asarray(values)[:, None] == names for values in (pre, post))
    if before.shape != after.shape or not np.all(before.any(axis=1) & after.any(axis=1)):
        raise EstimationError(
            msg("Earlier and later answers must be pairs of known categories."),
            do=msg("Keep complete pairs, and name every category."),
        )
    return before.T.astype(np.int64) @ after.astype(np.int64)


def _square(table: ArrayLike) -> Matrix:
    counts = whole(table, pmsg("argument", "Counts")).astype(np.float64)
    if counts.ndim != 2 or counts.shape[0] != counts.shape[1] or counts.shape[0] < 2 or not counts.sum():
        raise EstimationError(
            msg(
                "A table of moves needs the same categories in rows and columns; found {found}.",
                found=str(counts.shape),
            )
        )
    return counts


def _quadratic(gap: Matrix, spread: Matrix, n: float) -> HomogeneityTest:
    """Gap' spread^- gap, with the rank of the spread as degrees of freedom."""
    values, vectors = np.linalg.eigh(spread)
    kept = values > 1e-10 * max(values.max(), 1e-300)
    df = int(np.count_nonzero(kept))
    along = vectors[:, kept].T @ gap
    # A part of the gap that the spread knows nothing of cannot arise by chance.
    beyond = float(gap @ gap - along @ along) > 1e-8 * float(gap @ gap)
    statistic = float("inf") if beyond else float(np.sum(along**2 / values[kept])) if df else float("nan")
    return HomogeneityTest(
        statistic, df, float(special.chdtrc(df, statistic)) if df else float("nan"), int(n)
    )


def stuart_maxwell(table: ArrayLike) -> HomogeneityTest:
    """Whether the shares of the categories changed, from the moves between them.

    Parameters
    ----------
    table
        Counts, shape (k, k): rows earlier, columns later.

    Returns
    -------
    HomogeneityTest
        With two categories it is McNemar's test.

    Notes
    -----
    d' S^- d, d the differences of the margins and S = diag(row + column) - table - table', the variance if
    there is no change. Unused categories cost no degrees of freedom. Assumes independent people.
    For ordered categories `ordinal_shift` finds more.

    References
    ----------
    stuart1955, maxwell1970

    Examples
    --------
    >>> round(stuart_maxwell([[20, 10, 5], [3, 30, 15], [0, 5, 40]]).statistic, 2)
    13.76
    """
    counts = _square(table)
    gap, spread = _margins(counts)
    return _quadratic(gap, spread, counts.sum())


def bhapkar(table: ArrayLike) -> HomogeneityTest:
    """Whether the shares of the categories changed, by Bhapkar's form of the test.

    Parameters
    ----------
    table
        Counts, shape (k, k): rows earlier, columns later.

    Returns
    -------
    HomogeneityTest
        Never smaller than `stuart_maxwell`.

    Notes
    -----
    As `stuart_maxwell`, with the variance S - d d' / n that does not assume no change. Assumes independent people.

    References
    ----------
    bhapkar1966

    Examples
    --------
    >>> round(bhapkar([[20, 10, 5], [3, 30, 15], [0, 5, 40]]).statistic, 2)
    15.42
    """
    counts = _square(table)
    gap, spread = _margins(counts)
    return _quadratic(gap, spread - np.outer(gap, gap) / counts.sum(), counts.sum())


def _margins(counts: Matrix) -> tuple[Matrix, Matrix]:
    earlier, later = counts.sum(axis=1), counts.sum(axis=0)
    return later - earlier, np.diag(earlier + later) - counts - counts.T


def bowker(table: ArrayLike) -> HomogeneityTest:
    """Whether every move is as frequent as the opposite move.

    Parameters
    ----------
    table
        Counts, shape (k, k): rows earlier, columns later.

    Returns
    -------
    HomogeneityTest
        Degrees of freedom are the pairs of categories.

    Notes
    -----
    Sum over pairs of (n_ij - n_ji)^2 / (n_ij + n_ji); pairs that nobody moved between add nothing. Asks more than
    equal shares: the shares may stay although moves are not symmetric. Assumes independent people.

    References
    ----------
    bowker1948

    Examples
    --------
    >>> bowker([[20, 10, 5], [3, 30, 15], [0, 5, 40]]).df
    3
    """
    counts = _square(table)
    rows, columns = np.triu_indices(len(counts), 1)
    there, back = counts[rows, columns], counts[columns, rows]
    moved = there + back > 0
    statistic = float(np.sum((there - back)[moved] ** 2 / (there + back)[moved]))
    return HomogeneityTest(
        statistic, rows.size, float(special.chdtrc(rows.size, statistic)), int(counts.sum())
    )


def ordinal_shift(table: ArrayLike, scores: ArrayLike | None = None) -> OrdinalShift:
    """Whether ordered answers moved upwards or downwards.

    Parameters
    ----------
    table
        Counts, shape (k, k): rows earlier, columns later.
    scores
        The value of each category, shape (k,); None for 1, 2, 3, ...

    Returns
    -------
    OrdinalShift
        Later minus earlier.

    Notes
    -----
    z = sum n_ij (s_j - s_i) / sqrt(sum n_ij (s_j - s_i)^2): the sign-flip distribution of the changes,
    made normal. Assumes independent people; scores with equal steps unless others are given.

    References
    ----------
    agresti2013

    Examples
    --------
    >>> found = ordinal_shift([[20, 10, 5], [3, 30, 15], [0, 5, 40]])
    >>> round(found.z, 3), found.n_up, found.n_down
    (3.709, 30, 8)
    """
    counts = _square(table)
    values = np.arange(1.0, len(counts) + 1) if scores is None else np.asarray(scores, dtype=np.float64)
    step = values - values[:, None]
    total, spread = float(np.sum(counts * step)), float(np.sum(counts * step**2))
    z = total / np.sqrt(spread) if spread > 0 else float("nan")
    up, down = (int(counts[side].sum()) for side in (step > 0, step < 0))
    ratio = up / down if down else (float("inf") if up else float("nan"))
    n = int(counts.sum())
    return OrdinalShift(total / n, float(z), float(2 * special.ndtr(-abs(z))), ratio, up, down, n)


def cochran_q(values: ArrayLike) -> HomogeneityTest:
    """Whether the share of yes differs between three or more measurements of the same people.

    Parameters
    ----------
    values
        Shape (n, k), 0 and 1: one row per person, one column per measurement, none missing.

    Returns
    -------
    HomogeneityTest
        NaN when nobody changed. With two measurements it is McNemar's test.

    Notes
    -----
    (k - 1) (k sum C^2 - N^2) / (k N - sum R^2), C and R the yes of each column and row, N all. Assumes
    independent people, and about 24 or more answers of those who changed.

    References
    ----------
    cochran1950

    Examples
    --------
    >>> round(cochran_q([[0, 1, 1], [0, 0, 1], [1, 1, 1], [0, 1, 0]]).statistic, 3)
    2.667
    """
    table = waves(values)
    if not np.all(np.isin(table, (0, 1))):
        raise EstimationError(msg("Answers must be 0 or 1."))
    n, k = table.shape
    columns, rows = table.sum(axis=0), table.sum(axis=1)
    below = float(k * rows.sum() - np.sum(rows**2))
    above = (k - 1) * float(k * np.sum(columns**2) - rows.sum() ** 2)
    statistic = above / below if below > 0 else float("nan")
    return HomogeneityTest(statistic, k - 1, float(special.chdtrc(k - 1, statistic)), n)
