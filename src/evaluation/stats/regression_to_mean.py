"""Change to be expected of those who were chosen because they were low, and trends that were not parallel."""

from dataclasses import dataclass

import numpy as np

from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg


def expected_regression(selected_mean: float, mean: float, reliability: float) -> float:
    """Change to be expected without any programme in those chosen for an extreme score.

    Parameters
    ----------
    selected_mean
        Mean of those chosen, by the score that they were chosen by.
    mean
        Mean of everyone that they were chosen from.
    reliability
        Correlation of the score with itself at another time, between 0 and 1.

    Returns
    -------
    float
        In steps of the scale; above 0 for those chosen because they were low.

    Notes
    -----
    Kelley: (1 - r) (mean - selected mean).

    References
    ----------
    kelley1927, barnett2005

    Examples
    --------
    >>> round(expected_regression(2.0, 3.0, 0.7), 2)
    0.3
    """
    if not 0 <= reliability <= 1:
        raise EstimationError(msg("A reliability lies between 0 and 1."))
    return (1 - reliability) * (mean - selected_mean)


@dataclass(frozen=True, slots=True)
class TrendBounds:
    """A difference-in-differences when trends may have differed.

    Attributes
    ----------
    low, high
        What the difference lies between, if trends differed by at most so much.
    conf_low, conf_high
        The same, uncertainty included.
    breakdown
        How much they may differ before the interval includes 0.
    """

    low: float
    high: float
    conf_low: float
    conf_high: float
    breakdown: float


def trend_bounds(estimate: float, conf_low: float, conf_high: float, violation: float) -> TrendBounds:
    """Bounds of a difference-in-differences when trends may have differed.

    Parameters
    ----------
    estimate, conf_low, conf_high
        The difference and its interval.
    violation
        The most by which the groups' changes would have differed without the programme, 0 or more.

    Returns
    -------
    TrendBounds
        In the unit of the estimate.

    Notes
    -----
    The interval moved outwards by the violation contains the truth at least as often as the interval
    itself did, whatever the violation was within its bounds. Simpler and wider than the optimal
    intervals of the article.

    References
    ----------
    rambachan2023

    Examples
    --------
    >>> found = trend_bounds(0.5, 0.2, 0.8, 0.1)
    >>> round(found.conf_low, 2), round(found.breakdown, 2)
    (0.1, 0.2)
    """
    if not violation >= 0:
        raise EstimationError(msg("How much trends may differ must be 0 or more."))
    nearest = conf_low if estimate > 0 else -conf_high
    return TrendBounds(
        estimate - violation,
        estimate + violation,
        conf_low - violation,
        conf_high + violation,
        float(np.maximum(0.0, nearest)),
    )
