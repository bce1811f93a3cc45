"""Shares of people within few and unequal organisations."""

import numpy as np
from numpy.typing import ArrayLike

from evaluation.stats.checks import finite, level
from evaluation.stats.cluster_mean import cluster_mean
from evaluation.stats.proportion import response_bounds
from evaluation.stats.share_limits import DesignInterval, share_limits
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg, pmsg


def cluster_share(
    y: ArrayLike,
    cluster: ArrayLike,
    conf_level: float = 0.95,
    *,
    method: str = "logit",
    n_total: int | None = None,
) -> DesignInterval:
    """Share of people within few organisations, with an interval that holds what it promises.

    Parameters
    ----------
    y
        0 or 1 for each person who answered, shape (n,).
    cluster
        The organisation of each person, shape (n,), at least two different.
    conf_level
        Confidence, between 0 and 1. The lower limit at 0.90 is the one-sided limit at 0.95.
    method
        "logit" or "korn_graubard", or another one of `share_limits`.
    n_total
        Everyone in the programme, for the share among them; None for a programme like this one.

    Returns
    -------
    DesignInterval
        If everyone answered, both limits equal the share. If all answers are alike, the limits
        are NaN without `n_total`, and otherwise what is possible whatever the silent say.

    Notes
    -----
    The standard error and degrees of freedom are those of `cluster_mean`: CR2, Satterthwaite.
    With `n_total` the variance is multiplied by 1 - n / n_total and the limits are kept within
    `response_bounds`. That is cautious: where organisations differ it holds the truth more often than
    promised, because organisations that all take part are treated as drawn; if equally many are
    silent everywhere `hypergeometric` is narrower and right, otherwise `predict_unseen`. Not with
    fewer than five organisations.

    References
    ----------
    bell2002, pustejovsky2018, korn1998, cochran1977

    Examples
    --------
    >>> found = cluster_share([1, 1, 0, 1, 0, 1, 1, 0], list("aabbccdd"))
    >>> round(found.conf_low, 3), round(found.conf_high, 3)
    (0.234, 0.901)
    """
    answers = finite(y, pmsg("argument", "Positive answers"), minimum=2)
    if not np.all((answers == 0) | (answers == 1)):
        raise EstimationError(msg("A share needs answers that are 0 or 1."))
    found = cluster_mean(answers, cluster)
    bounds = (0.0, 1.0) if n_total is None else _possible(answers, n_total)
    unseen = 1.0 if n_total is None else 1 - answers.size / n_total
    error = found.std_error * float(np.sqrt(unseen))
    low, high = share_limits(found.estimate, error, found.df, found.n, level(conf_level), method)
    if n_total is not None:
        low, high = np.fmax(low, bounds[0]), np.fmin(high, bounds[1])
    return DesignInterval(
        estimate=found.estimate,
        std_error=error,
        conf_low=float(low),
        conf_high=float(high),
        conf_level=float(conf_level),
        df=found.df,
        n=found.n,
        n_clusters=found.n_clusters,
    )


def _possible(answers, n_total: int) -> tuple[float, float]:
    bounds = response_bounds(int(answers.sum()), answers.size, n_total)
    return float(bounds.bound_low), float(bounds.bound_high)
