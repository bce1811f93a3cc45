"""Agreement in categories beyond chance: kappa for two, Fleiss for many, Krippendorff with gaps."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from evaluation.measurement.items import Matrix
from evaluation.stats.checks import as_float, level, pick, whole
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg, pmsg


@dataclass(frozen=True, slots=True)
class Kappa:
    """Agreement beyond chance.

    Attributes
    ----------
    estimate
        1 for full agreement, 0 for what chance gives.
    std_error
        Large-sample standard error; NaN where the method has none.
    statistic
        Estimate divided by its standard error if there were only chance.
    conf_low, conf_high, conf_level
        Normal limits and their confidence; NaN where the method has none.
    agreement
        Observed (weighted) share of agreement.
    n
        People or things judged.
    """

    estimate: float
    std_error: float
    statistic: float
    conf_low: float
    conf_high: float
    conf_level: float
    agreement: float
    n: int


def _distance(k: int) -> Matrix:
    return np.abs(np.subtract.outer(np.arange(k), np.arange(k))) / max(k - 1, 1)


WEIGHTS: Mapping[str, Callable[[int], Matrix]] = {
    "none": np.eye,
    "linear": lambda k: 1 - _distance(k),
    "quadratic": lambda k: 1 - _distance(k) ** 2,
}


def kappa(x: ArrayLike, y: ArrayLike, weights: str = "none", conf_level: float = 0.95) -> Kappa:
    """Agreement of two judgements of the same people beyond chance.

    Parameters
    ----------
    x, y
        Categories as numbers in their order, shape (n,), complete.
    weights
        "none" counts identical answers; "linear" and "quadratic" count near ones in part.
    conf_level
        Confidence, between 0 and 1.

    Returns
    -------
    Kappa
        Over the categories that occur; NaN when chance agreement is complete.

    Notes
    -----
    (p_o - p_e) / (1 - p_e) with weights w; the standard error is that of Fleiss, Cohen and Everitt. The
    categories used are those observed, one step apart. Kappa depends on how common the categories are.

    References
    ----------
    cohen1960, cohen1968, fleiss1969

    Examples
    --------
    >>> round(kappa([1, 1, 2, 2, 3], [1, 2, 2, 2, 3]).estimate, 3)
    0.688
    """
    first, second = (as_float(side, pmsg("argument", "The judgements")) for side in (x, y))
    if first.ndim != 1 or first.shape != second.shape or first.size < 2:
        raise EstimationError(msg("Agreement needs two judgements of each of at least two people."))
    names, codes = np.unique(np.concatenate([first, second]), return_inverse=True)
    if not np.all(np.isfinite(names)):
        raise EstimationError(msg("Some judgements are missing."), do=msg("Keep the complete rows."))
    n, k = first.size, names.size
    shares = np.bincount(codes[:n] * k + codes[n:], minlength=k * k).reshape(k, k) / n
    weight = pick(WEIGHTS, weights, pmsg("argument", "weights"))(k)
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    observed, chance = float(np.sum(weight * shares)), float(rows @ weight @ columns)
    if chance >= 1:
        return Kappa(*[float("nan")] * 5, level(conf_level), observed, n)
    estimate = (observed - chance) / (1 - chance)
    mean = np.add.outer(weight @ columns, weight.T @ rows)
    inner = np.sum(shares * (weight - mean * (1 - estimate)) ** 2) - (estimate - chance * (1 - estimate)) ** 2
    null = np.sum(np.outer(rows, columns) * (weight - mean) ** 2) - chance**2
    error, null_error = (np.sqrt(max(part, 0.0) / n) / (1 - chance) for part in (inner, null))
    return _with_limits(estimate, float(error), float(null_error), conf_level, observed, n)


def _with_limits(estimate, error, null_error, conf_level, observed, n) -> Kappa:
    margin = float(special.ndtri((1 + level(conf_level)) / 2)) * error
    statistic = estimate / null_error if null_error > 0 else float("nan")
    limits = (estimate - margin, estimate + margin)
    return Kappa(estimate, error, statistic, *limits, float(conf_level), observed, n)


def fleiss_kappa(counts: ArrayLike) -> Kappa:
    """Agreement of several raters who sort the same people into categories.

    Parameters
    ----------
    counts
        Shape (n, categories): how many raters chose each category; every row has the same sum.

    Returns
    -------
    Kappa
        Without interval: the standard error holds only if there is no agreement beyond chance.

    Notes
    -----
    Mean share of agreeing pairs of raters against the sum of squared shares of the categories. The
    raters of different people may differ. For ordered categories use `krippendorff_alpha`.

    References
    ----------
    fleiss1971

    Examples
    --------
    >>> round(fleiss_kappa([[3, 0], [0, 3], [2, 1]]).estimate, 3)
    0.55
    """
    table = whole(counts, pmsg("argument", "Counts of raters"))
    if table.ndim != 2 or len(table) < 2 or np.ptp(table.sum(axis=1)) or table[0].sum() < 2:
        raise EstimationError(msg("Every person must be judged by the same number of raters, at least two."))
    n, raters = len(table), int(table[0].sum())
    share = table.sum(axis=0) / table.sum()
    observed = float(np.mean((np.sum(table**2, axis=1) - raters) / (raters * (raters - 1))))
    chance = float(share @ share)
    if chance >= 1:
        return Kappa(*[float("nan")] * 6, observed, n)
    spread = float(np.sum(share * (1 - share)))
    cubic = float(np.sum(share * (1 - share) * (1 - 2 * share)))
    error = np.sqrt(2 / (n * raters * (raters - 1)) * (spread**2 - cubic)) / spread
    estimate = (observed - chance) / (1 - chance)
    nan = float("nan")
    return Kappa(estimate, nan, float(estimate / error), nan, nan, nan, observed, n)


def _ordinal(values: Matrix, n: Matrix) -> Matrix:
    middle = np.cumsum(n) - n / 2
    return np.subtract.outer(middle, middle) ** 2


def _ratio(values: Matrix, n: Matrix) -> Matrix:
    total = np.add.outer(values, values)
    return (
        np.divide(np.subtract.outer(values, values), total, out=np.zeros_like(total), where=total != 0) ** 2
    )


SQUARED_DISTANCE: Mapping[str, Callable[[Matrix, Matrix], Matrix]] = {
    "nominal": lambda values, n: 1 - np.eye(values.size),
    "ordinal": _ordinal,
    "interval": lambda values, n: np.subtract.outer(values, values) ** 2,
    "ratio": _ratio,
}


def krippendorff_alpha(ratings: ArrayLike, measure: str = "ordinal") -> float:
    """Agreement of any number of raters, with gaps, for any kind of scale.

    Parameters
    ----------
    ratings
        Shape (n, raters), one row per person or thing judged, NaN where a judgement is missing.
    measure
        "nominal", "ordinal", "interval" or "ratio".

    Returns
    -------
    float
        1 for full agreement, 0 for chance; NaN if only one value occurs.

    Notes
    -----
    1 - observed / expected disagreement, from the pairs of values within rows; rows with fewer than two
    judgements say nothing and are left out. Assumes that gaps have nothing to do with the values.

    References
    ----------
    krippendorff2011

    Examples
    --------
    >>> krippendorff_alpha([[1, 1, np.nan], [2, 2, 2], [3, np.nan, 3]])
    1.0
    """
    table = as_float(ratings, pmsg("argument", "The judgements"))
    square = pick(SQUARED_DISTANCE, measure, pmsg("argument", "measure"))
    if table.ndim != 2 or not np.any(np.isfinite(table).sum(axis=1) > 1):
        raise EstimationError(msg("Nothing was judged at least twice."))
    values, together = _coincidences(table[np.isfinite(table).sum(axis=1) > 1])
    n = together.sum(axis=1)
    distance, total = square(values, n), n.sum()
    expected = np.sum(distance * np.outer(n, n)) / (total - 1)
    return float(1 - np.sum(distance * together) / expected) if expected > 0 else float("nan")


def _coincidences(table: Matrix) -> tuple[NDArray[Any], Matrix]:
    """Return the values that occur, and how often each two of them stand in one row."""
    values = np.unique(table[np.isfinite(table)])
    counts = np.array([(table == value).sum(axis=1) for value in values], dtype=float).T
    weight = 1 / (counts.sum(axis=1) - 1)
    return values, (counts.T * weight) @ counts - np.diag(weight @ counts)
