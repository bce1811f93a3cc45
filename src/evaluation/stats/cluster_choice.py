"""Which inference few organisations can carry: CR2, the wild bootstrap, or none."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evaluation.stats.checks import as_float
from evaluation.stats.cluster import ClusterContrast, cluster_fit, contrast
from evaluation.stats.design import model_rows, orthonormal_columns
from evaluation.stats.wild_bootstrap import wild_bootstrap

# Clusters from which CR2 is used, and below which nothing is.
ENOUGH = 8
FEWEST = 5
ROUNDING = 1e-6
# What a side of a contrast, and a cluster on it, must hold to be counted.
LEAST_SIDE = 0.10
LEAST_OF_LARGEST = 0.01
# Where chance begins if it is not given, and the digits by which clusters are put in order.
SEED = 1
DIGITS = 9


@dataclass(frozen=True, slots=True)
class ClusterInference:
    """A contrast with the inference that its number of clusters can carry.

    Attributes
    ----------
    estimate
        In the unit of the contrast.
    std_error
        CR2, or CR1S with the wild bootstrap, which studentises by it; NaN when refused.
    statistic, p_value
        t against `reference`, and its p-value; NaN when refused.
    conf_low, conf_high, conf_level
        Limits and confidence; NaN when refused, infinite when the bootstrap rejects no value.
    reference
        The value compared with.
    df
        Satterthwaite degrees of freedom of the contrast under CR2.
    identifying_clusters
        Clusters that the contrast rests on: for a comparison, those in the smaller group.
    method
        "cr2_satterthwaite", "wild_bootstrap" or "too_few_clusters".
    n, n_clusters
        Rows and clusters.
    """

    estimate: float
    std_error: float
    statistic: float
    p_value: float
    conf_low: float
    conf_high: float
    conf_level: float
    reference: float
    df: float
    identifying_clusters: int
    method: str
    n: int
    n_clusters: int


def _usual(found: ClusterContrast, bootstrap: Callable) -> tuple[float, ...]:
    return (found.std_error, found.statistic, found.p_value, found.conf_low, found.conf_high)


def _wild(found: ClusterContrast, bootstrap: Callable) -> tuple[float, ...]:
    drawn = bootstrap()
    return (drawn.std_error, drawn.statistic, drawn.p_value, drawn.conf_low, drawn.conf_high)


CHOICES: Mapping[str, Callable[[ClusterContrast, Callable], tuple[float, ...]]] = {
    "cr2_satterthwaite": _usual,
    "wild_bootstrap": _wild,
    "too_few_clusters": lambda found, bootstrap: (float("nan"),) * 5,
}


def identifying_clusters(x: ArrayLike, cluster: ArrayLike, weights: ArrayLike) -> int:
    """How many organisations a contrast rests on: for a comparison, those in the smaller group.

    Parameters
    ----------
    x
        Columns of the model, shape (n, p), the column of ones included.
    cluster
        The organisation of each row, shape (n,), at least two different.
    weights
        Weights of the coefficients, shape (p,).

    Returns
    -------
    int
        Between 1 and the number of clusters.

    Notes
    -----
    Row i enters the estimate with weight a_i = x_i'(x'x)^-1 c. On each side, a > 0 and a < 0, that holds
    at least 10 per cent of the sum of squares, the clusters are counted that hold at least 1 per
    cent of what the largest of them holds; the smaller of the two numbers counts. The outcome plays no
    part.

    Examples
    --------
    >>> x = np.column_stack([np.ones(6), [1, 1, 0, 0, 0, 0]])
    >>> identifying_clusters(x, list("aabcde"), [0.0, 1.0])
    1
    >>> identifying_clusters(x[:, :1], list("aabcde"), [1.0])
    5
    """
    _, design, numbers, clusters = model_rows(np.zeros(len(np.asarray(x))), x, cluster)
    orthonormal, root = orthonormal_columns(design)
    entering = orthonormal @ (root.T @ as_float(weights, "weights"))
    held = [np.bincount(numbers, np.maximum(side * entering, 0) ** 2, clusters) for side in (1, -1)]
    total = sum(side.sum() for side in held)
    return min(
        int(np.sum(side >= LEAST_OF_LARGEST * side.max()))
        for side in held
        if side.sum() >= LEAST_SIDE * total
    )


def method_for(identifying: float, df: float) -> str:
    """Inference for a contrast that rests on so many organisations.

    Parameters
    ----------
    identifying
        From `identifying_clusters`.
    df
        Satterthwaite degrees of freedom under CR2.

    Returns
    -------
    str
        "too_few_clusters" below 5 clusters, "wild_bootstrap" below 8 clusters or below 7 degrees of
        freedom, otherwise "cr2_satterthwaite".

    Notes
    -----
    Degrees of freedom alone would not do: a single treated cluster fits itself, leaves no trace in the
    residuals, and CR2 then counts the others. Equal clusters have one degree of freedom
    less than there are of them, so both limits are the same limit.

    References
    ----------
    imbens2016, pustejovsky2018

    Examples
    --------
    >>> [method_for(*found) for found in ((30, 17.8), (6, 7.7), (10, 3.0), (3, 2.5))]
    ['cr2_satterthwaite', 'wild_bootstrap', 'wild_bootstrap', 'too_few_clusters']
    """
    if identifying < FEWEST:
        return "too_few_clusters"
    return "cr2_satterthwaite" if identifying >= ENOUGH and df + 1 >= ENOUGH - ROUNDING else "wild_bootstrap"


def cluster_inference(
    y: ArrayLike,
    x: ArrayLike,
    cluster: ArrayLike,
    weights: ArrayLike,
    conf_level: float = 0.95,
    *,
    rng: np.random.Generator | None = None,
    reference: float = 0.0,
    draws: int = 10_000,
) -> ClusterInference:
    """Coefficient, or weighted sum of coefficients, with an interval that its clusters can carry, or none.

    Parameters
    ----------
    y
        Outcome, shape (n,), without missing values.
    x
        Columns of the model, shape (n, p), the column of ones included.
    cluster
        The organisation of each row, shape (n,), at least two different.
    weights
        Weights of the coefficients, shape (p,).
    conf_level
        Confidence, between 0 and 1.
    rng
        Where chance comes from; used by the wild bootstrap only. None draws the same patterns every time.
    reference
        The value to compare with, in the unit of the contrast.
    draws
        Patterns of the wild bootstrap.

    Returns
    -------
    ClusterInference
        Says which method was used, on how many clusters it rests, and the degrees of freedom.

    Notes
    -----
    The rule of `method_for` looks at the design only, never at the outcome, so choosing does not disturb the
    level of the test. Below five clusters the estimate stands alone: describe each organisation.

    References
    ----------
    bell2002, cameron2008, pustejovsky2018

    Examples
    --------
    >>> y = [1.0, 2.0, 4.0, 5.0, 3.0, 2.5]
    >>> found = cluster_inference(y, np.ones((6, 1)), list("aabcde"), [1.0], rng=np.random.default_rng(1))
    >>> found.method, found.n_clusters
    ('wild_bootstrap', 5)
    """
    found = contrast(cluster_fit(y, x, cluster), weights, conf_level, reference=reference)
    identifying = identifying_clusters(x, cluster, weights)
    method = method_for(identifying, found.df)

    def bootstrap():
        chance = np.random.default_rng(SEED) if rng is None else rng
        named = ordered_clusters(y, x, cluster)
        return wild_bootstrap(y, x, named, weights, conf_level, rng=chance, draws=draws, reference=reference)

    error, statistic, p_value, low, high = CHOICES[method](found, bootstrap)
    return ClusterInference(
        estimate=found.estimate,
        std_error=error,
        statistic=statistic,
        p_value=p_value,
        conf_low=low,
        conf_high=high,
        conf_level=found.conf_level,
        reference=found.reference,
        df=found.df,
        identifying_clusters=identifying,
        method=method,
        n=found.n,
        n_clusters=found.n_clusters,
    )


def ordered_clusters(y: ArrayLike, x: ArrayLike, cluster: ArrayLike) -> NDArray[np.intp]:
    """Clusters numbered by what they hold, so that neither names nor the order of rows meet chance.

    Parameters
    ----------
    y, x, cluster
        As in `cluster_inference`.

    Returns
    -------
    numpy.ndarray
        A number for the cluster of each row, shape (n,).

    Examples
    --------
    >>> ordered_clusters([1.0, 2.0, 4.0], np.ones((3, 1)), list("bba")).tolist()
    [1, 1, 0]
    """
    values, design, numbers, clusters = model_rows(y, x, cluster)
    held = [np.ones(values.size), values, values**2, *design.T]
    keys = [np.round(np.bincount(numbers, part, clusters), DIGITS) for part in held]
    return np.argsort(np.lexsort(keys[::-1]))[numbers]


def mean_inference(
    y: ArrayLike,
    cluster: ArrayLike,
    conf_level: float = 0.95,
    *,
    rng: np.random.Generator | None = None,
    reference: float = 0.0,
) -> ClusterInference:
    """Mean over people within organisations, with an interval that their number can carry, or none.

    Parameters
    ----------
    y
        Values, shape (n,), without missing values; there may be none.
    cluster
        The organisation of each person, shape (n,).
    conf_level
        Confidence, between 0 and 1.
    rng
        As in `cluster_inference`.
    reference
        The value to compare with.

    Returns
    -------
    ClusterInference
        With one cluster or none only the mean is there, and what cannot be said is NaN.

    Notes
    -----
    `cluster_inference` of a constant. Everyone a cluster of their own: the t test from eight people on.

    References
    ----------
    bell2002, cameron2008, pustejovsky2018

    Examples
    --------
    >>> found = mean_inference([1.0, 2.0, 4.0], list("aab"))
    >>> found.method, found.identifying_clusters
    ('too_few_clusters', 2)
    """
    values = as_float(y, "The outcome").reshape(-1)
    clusters = len(set(np.asarray(cluster).tolist()))
    nothing = float("nan")
    mean = float(values.mean()) if values.size else nothing
    if clusters > 1:
        ones = np.ones((values.size, 1))
        found = cluster_inference(values, ones, cluster, [1.0], conf_level, rng=rng, reference=reference)
        return replace(found, estimate=mean)
    return ClusterInference(
        mean,
        *(nothing,) * 5,
        conf_level,
        reference,
        nothing,
        clusters,
        "too_few_clusters",
        values.size,
        clusters,
    )
