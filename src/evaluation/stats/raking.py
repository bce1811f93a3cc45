"""Weights that make those who answered look like everyone in what is known of everyone."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evaluation.stats.checks import finite
from evaluation.stats.design import Matrix
from evaluation.stats.survey_mean import SurveyMean, linearised_variance, survey_clusters, weighted_rows
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg, pmsg

ROUNDS = 1000
AGREED = 1e-12


@dataclass(frozen=True, slots=True)
class RakedWeights:
    """Weights whose sums agree with known totals.

    Attributes
    ----------
    weights
        Shape (n,), how many each row stands for; they add up to the known total.
    start
        Shape (n,), the weights before.
    indicator
        Shape (n, c): 1 where the row belongs to the category, all classifications side by side.
    design_effect
        n sum w^2 / (sum w)^2: how much the weights alone widen a variance (Kish).
    n, n_rounds
        Rows, and rounds until the totals agreed; 1 for a single classification.
    """

    weights: Matrix
    start: Matrix
    indicator: Matrix
    design_effect: float
    n: int
    n_rounds: int


def raked_weights(
    margins: Sequence[ArrayLike],
    totals: Sequence[dict],
    weights: ArrayLike | None = None,
) -> RakedWeights:
    """Weights with which those who answered agree with known numbers, one classification or more.

    Parameters
    ----------
    margins
        Classifications, each of shape (n,): the category of every row.
    totals
        For each classification the known number in every category.
    weights
        Weights to start from, shape (n,); 1 if None.

    Returns
    -------
    RakedWeights
        One classification is poststratification; more are raked in turn until all agree.

    Notes
    -----
    Weights in a category are multiplied by known / weighted number, one classification after the
    other, until no factor differs from 1 by more than 1e-12. Repairs what the classifications
    explain, nothing else. Not with categories that nobody or only a few answered.

    References
    ----------
    deming1940, deville1993, kish1965

    Examples
    --------
    >>> found = raked_weights([["w", "w", "m"]], [{"w": 3, "m": 3}])
    >>> found.weights.tolist()
    [1.5, 1.5, 3.0]
    """
    if not margins or len(margins) != len(totals):
        raise EstimationError(msg("Every classification needs its known numbers, and there must be one."))
    coded = [_coded(margin, known) for margin, known in zip(margins, totals, strict=True)]
    n = coded[0][0].size
    if any(codes.size != n for codes, _ in coded):
        raise EstimationError(msg("All classifications must have one category per row."))
    if not np.allclose([known.sum() for _, known in coded], coded[0][1].sum(), rtol=1e-9):
        raise EstimationError(
            msg("The known numbers of the classifications add up to different totals."),
            do=msg("Take all of them from the same register at the same date."),
        )
    _, weight = weighted_rows(np.zeros(n), weights)
    raked, rounds = _rake(weight, coded)
    indicator = np.hstack([np.eye(known.size)[codes] for codes, known in coded])
    effect = n * float(raked @ raked) / float(raked.sum()) ** 2
    return RakedWeights(raked, weight, indicator, effect, n, rounds)


def _coded(margin: ArrayLike, known: dict) -> tuple[NDArray[np.intp], Matrix]:
    names, codes = np.unique(np.asarray(margin), return_inverse=True)
    numbers = finite([known.get(name, np.nan) for name in names.tolist()], pmsg("argument", "Known numbers"))
    if set(names.tolist()) != set(known) or np.any(numbers <= 0):
        raise EstimationError(
            msg("Every category that has a known number needs at least one answer, and the other way round."),
            do=msg("Merge categories that nobody answered in with a neighbouring one."),
        )
    return codes, numbers


def _rake(weight: Matrix, coded: Sequence[tuple[NDArray[np.intp], Matrix]]) -> tuple[Matrix, int]:
    for rounds in range(1, ROUNDS + 1):
        largest = 0.0
        for codes, known in coded:
            factor = known / np.bincount(codes, weight, known.size)
            weight = weight * factor[codes]
            largest = max(largest, float(np.max(np.abs(factor - 1))))
        if largest <= AGREED or len(coded) == 1:
            return weight, rounds
    raise EstimationError(
        msg("No weights agree with all known numbers."),
        do=msg("Use fewer classifications, or merge small categories."),
    )


def raked_mean(y: ArrayLike, raked: RakedWeights, cluster: ArrayLike | None = None) -> SurveyMean:
    """Mean, or share, of everyone, with those who answered weighted to known numbers.

    Parameters
    ----------
    y
        Values, shape (n,), without missing values.
    raked
        From `raked_weights`.
    cluster
        The organisation of each row, shape (n,); every row by itself if None.

    Returns
    -------
    SurveyMean
        With the standard error of the residuals: what the classifications explain is no longer
        left to chance. The design effect compares with an unweighted mean of as many people.

    Notes
    -----
    z = w (y - p) / sum w is replaced by w e, where e is the residual of (y - p) / sum w on the
    categories, fitted with the weights before; then as in `survey_mean`. Clusters less one as degrees of freedom.

    References
    ----------
    deville1993, lumley2010

    Examples
    --------
    >>> found = raked_mean([1, 0, 1], raked_weights([["w", "w", "m"]], [{"w": 3, "m": 3}]))
    >>> found.estimate
    0.75
    """
    values, weight = weighted_rows(y, raked.weights)
    numbers, clusters = survey_clusters(cluster, values.size)
    total = weight.sum()
    mean = float(weight @ values / total)
    root = np.sqrt(raked.start)
    scaled = (values - mean) / total
    slopes = np.linalg.lstsq(root[:, None] * raked.indicator, root * scaled, rcond=None)[0]
    variance = linearised_variance(weight * (scaled - raked.indicator @ slopes), numbers, clusters)
    simple = float(weight @ (values - mean) ** 2 / total) / (values.size - 1)
    return SurveyMean(
        estimate=mean,
        std_error=float(np.sqrt(variance)),
        design_effect=variance / simple if simple > 0 else float("nan"),
        df=float(clusters - 1),
        n=values.size,
        n_clusters=clusters,
    )
