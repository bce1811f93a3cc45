"""Yes-or-no answers of the same people at two measurements, people within organisations."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from evaluation.stats.checks import finite, pick
from evaluation.stats.cluster_bootstrap import cluster_totals
from evaluation.stats.design import Matrix
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg, pmsg


@dataclass(frozen=True, slots=True)
class ClusteredMcNemar:
    """McNemar's test for clusters.

    Attributes
    ----------
    estimate
        Share of yes later minus earlier.
    statistic, p_value
        Chi-squared with 1 degree of freedom; NaN when every cluster's gains and losses are equal.
    method
        "obuchowski", "durkalski" or "yang".
    n, n_clusters
        Pairs and clusters.
    """

    estimate: float
    statistic: float
    p_value: float
    method: str
    n: int
    n_clusters: int


def _ratio(net: Matrix) -> float:
    square = float(np.sum(net**2))
    return float(np.sum(net)) ** 2 / square if square > 0 else float("nan")


# Chi-squared from net gains and pairs of each cluster.
STATISTICS: Mapping[str, Callable[[Matrix, Matrix], float]] = {
    "obuchowski": lambda net, n: (net.size - 1) / net.size * _ratio(net),
    "durkalski": lambda net, n: _ratio(net / n),
    "yang": lambda net, n: _ratio(net),
}


def clustered_mcnemar(
    change: ArrayLike, cluster: ArrayLike, *, method: str = "obuchowski"
) -> ClusteredMcNemar:
    """Whether more people gained a yes than lost one, when colleagues resemble each other.

    Parameters
    ----------
    change
        Later minus earlier answer of each person: -1, 0 or 1, shape (n,).
    cluster
        The organisation of each person, shape (n,), at least two different.
    method
        "obuchowski", "yang": every person counts the same; "durkalski": every organisation does.

    Returns
    -------
    ClusteredMcNemar
        Use `cluster_mean` of the same changes for an interval.

    Notes
    -----
    With b - c the net gains and m the pairs of an organisation: Durkalski [sum (b - c) / m]^2 / sum [(b -
    c) / m]^2; Yang the same without m; Obuchowski's pooled variance makes it (g - 1) / g of Yang's.
    Every person a cluster: Yang's is McNemar's. Assumes about 25 or more independent clusters: the
    chi-squared is generous with fewer; `cluster_sign_flip` is exact.

    References
    ----------
    obuchowski1998, durkalski2003, yang2010

    Examples
    --------
    >>> found = clustered_mcnemar([1, 1, 0, -1, 1, 1], list("aabbcc"), method="yang")
    >>> found.statistic, found.n_clusters
    (1.0, 3)
    """
    changes = finite(change, pmsg("argument", "Changes"))
    if not np.all(np.isin(changes, (-1, 0, 1))):
        raise EstimationError(msg("Changes of yes-or-no answers must be -1, 0 or 1."))
    net, n = cluster_totals(changes, cluster).T
    statistic = pick(STATISTICS, method, pmsg("argument", "method"))(net, n)
    p_value = float(special.chdtrc(1, statistic))
    return ClusteredMcNemar(float(changes.mean()), statistic, p_value, method, changes.size, net.size)
