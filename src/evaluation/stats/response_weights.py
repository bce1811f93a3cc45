"""Weights that let those who answered stand for those who did not."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evaluation.stats.checks import finite
from evaluation.stats.design import Matrix
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg, pmsg


@dataclass(frozen=True, slots=True)
class ResponseWeights:
    """Weights of those who answered.

    Attributes
    ----------
    weights
        Shape (n,): 0 for those who did not answer.
    design_effect
        How much the weights widen a variance (Kish), at least 1.
    n_effective
        Answers divided by the design effect.
    n, k, n_trimmed
        People, answers, and weights that were cut.
    """

    weights: Matrix
    design_effect: float
    n_effective: float
    n: int
    k: int
    n_trimmed: int


def response_weights(
    responded: ArrayLike,
    probability: ArrayLike,
    *,
    stabilised: bool = False,
    trim: tuple[float, float] | None = None,
) -> ResponseWeights:
    """Weights by the inverse of the probability to answer.

    Parameters
    ----------
    responded
        1 for those who answered, 0 for the others, shape (n,).
    probability
        Probability to answer, shape (n,), above 0; for example from `logistic_fit`.
    stabilised
        Whether weights are multiplied by the response rate, so that their mean is about 1.
    trim
        Shares of the weights, for example (0.01, 0.99), at whose quantiles they are cut.

    Returns
    -------
    ResponseWeights
        Cutting makes the estimate less noisy and a little wrong; how many were cut is counted.

    Notes
    -----
    w = 1 / p for those who answered. Removes the difference that the model of answering explains,
    nothing else: it assumes that people with the same probability are alike. Estimate p anew in
    every bootstrap sample. A design effect above 2 says that few people carry the result.

    References
    ----------
    seaman2013, kish1965

    Examples
    --------
    >>> response_weights([1, 1, 0], [0.5, 0.8, 0.5]).weights.tolist()
    [2.0, 1.25, 0.0]
    """
    answered = finite(responded, pmsg("argument", "Who answered"))
    chance = finite(probability, pmsg("argument", "The probabilities"))
    if answered.shape != chance.shape or not np.all((answered == 0) | (answered == 1)) or not answered.any():
        raise EstimationError(msg("Who answered must be 1 or 0 for everybody, with somebody who did."))
    if not np.all((chance > 0) & (chance <= 1)):
        raise EstimationError(msg("A probability to answer must lie above 0 and be at most 1."))
    full = (answered.mean() if stabilised else 1.0) / chance
    kept = full[answered == 1]
    low, high = np.quantile(kept, trim) if trim else (0.0, np.inf)
    weights = np.where(answered == 1, np.clip(full, low, high), 0.0)
    effect = kish_effect(weights[answered == 1])
    return ResponseWeights(
        weights=weights,
        design_effect=effect,
        n_effective=float(answered.sum()) / effect,
        n=answered.size,
        k=int(answered.sum()),
        n_trimmed=int(np.count_nonzero((kept < low) | (kept > high))),
    )


def kish_effect(weights: ArrayLike) -> float:
    """How much weights alone widen a variance.

    Parameters
    ----------
    weights
        Shape (n,), above 0.

    Returns
    -------
    float
        At least 1.

    Notes
    -----
    n sum w^2 / (sum w)^2: right for a mean of independent people whom the weights say nothing about.

    References
    ----------
    kish1965

    Examples
    --------
    >>> round(kish_effect([1.0, 1.0, 2.0]), 3)
    1.125
    """
    w = finite(weights, pmsg("argument", "The weights"))
    return w.size * float(w @ w) / float(w.sum()) ** 2
