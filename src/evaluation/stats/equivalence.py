"""Whether a difference is too small to matter."""

from dataclasses import dataclass

import numpy as np

from evaluation.stats.checks import level
from evaluation.stats.student import t_limits, t_p_value
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg


@dataclass(frozen=True, slots=True)
class Equivalence:
    """Two one-sided tests of a difference against the smallest one that matters.

    Attributes
    ----------
    estimate
        The difference, in any unit.
    smallest_important
        The margin, same unit, above 0.
    statistic_low, p_low
        t and p of "the difference is not below -margin".
    statistic_high, p_high
        t and p of "the difference is not above +margin".
    p_value
        The larger of the two.
    conf_low, conf_high
        Limits at 1 - 2 alpha, same unit.
    conf_level
        1 - 2 alpha.
    df
        Degrees of freedom.
    """

    estimate: float
    smallest_important: float
    statistic_low: float
    p_low: float
    statistic_high: float
    p_high: float
    p_value: float
    conf_low: float
    conf_high: float
    conf_level: float
    df: float


def two_one_sided(
    estimate: float, std_error: float, df: float, smallest_important: float, alpha: float = 0.05
) -> Equivalence:
    """Whether a change or a gap is so close to zero that it does not matter.

    Parameters
    ----------
    estimate, std_error
        The difference and its standard error, in one unit.
    df
        Degrees of freedom, above 0.
    smallest_important
        The smallest difference that would matter, same unit, above 0; fixed before the data are seen.
    alpha
        Error allowed in each test, between 0 and 0.5.

    Returns
    -------
    Equivalence
        `p_value` below alpha means: equivalent. NaN if the standard error is 0 or NaN.

    Notes
    -----
    t = (estimate + m) / se against "greater" and (estimate - m) / se against "less"; the larger
    p counts. The same as asking whether the interval at 1 - 2 alpha lies within -m..m. The
    standard error decides what is assumed: take it from `cluster_mean` for people within firms.
    A p-value above alpha does not show that there is a difference.

    References
    ----------
    schuirmann1987, lakens2017

    Examples
    --------
    >>> round(two_one_sided(0.11, 0.11, 197.5, 0.3).p_value, 3)
    0.043
    """
    if not smallest_important > 0:
        raise EstimationError(
            msg(
                "The smallest important difference must be above 0; found {found}.",
                found=str(smallest_important),
            )
        )
    conf_level = level(1 - 2 * alpha)
    usable = std_error if std_error > 0 else float("nan")
    low, high = (estimate + side * smallest_important for side in (1, -1))
    p_low, p_high = t_p_value(low / usable, df, "greater"), t_p_value(high / usable, df, "less")
    conf_low, conf_high = t_limits(estimate, usable, df, conf_level)
    return Equivalence(
        estimate=estimate,
        smallest_important=smallest_important,
        statistic_low=low / usable,
        p_low=p_low,
        statistic_high=high / usable,
        p_high=p_high,
        p_value=float(np.maximum(p_low, p_high)),
        conf_low=conf_low,
        conf_high=conf_high,
        conf_level=conf_level,
        df=df,
    )
