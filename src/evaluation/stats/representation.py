"""Groups among the participants compared with their shares in a reference population."""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike, NDArray
from scipy import special

from evaluation.stats.binomial import binomial_test
from evaluation.stats.checks import finite, whole
from evaluation.stats.combinatorics import log_choose
from evaluation.stats.proportion import clopper_pearson
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import Message, msg, pmsg

Vector = NDArray[np.float64]

# Logarithms of probabilities closer than this belong to equally likely results.
TIE = 1e-7


@dataclass(frozen=True, slots=True)
class GroupShare:
    """One group among the participants and in the reference population; every field has shape (g,).

    Attributes
    ----------
    share
        Share of the participants, between 0 and 1.
    reference
        Share of the reference population.
    ratio
        share / reference; 1 means represented as in the reference population.
    residual
        Standardised residual: participants minus expected, in standard errors.
    conf_low, conf_high
        Exact limits of the share.
    p_value
        Exact binomial test of the share against the reference, two-sided; not adjusted for the
        number of groups.
    """

    share: Vector
    reference: Vector
    ratio: Vector
    residual: Vector
    conf_low: Vector
    conf_high: Vector
    p_value: Vector


@dataclass(frozen=True, slots=True)
class Representation:
    """How the participants are composed, compared with a reference population of g groups.

    Attributes
    ----------
    statistic, df, p_value
        Pearson's chi-squared test of equal composition.
    likelihood_ratio, likelihood_ratio_p
        The same with G, twice the log likelihood ratio.
    exact_p
        Exact multinomial p-value; NaN if it was not computed.
    exact_method
        "enumeration", "simulation" or "none".
    exact_reason
        Why there is no exact p-value, else None.
    cohen_w
        sqrt(statistic / n).
    dissimilarity
        Share of the participants who would have to belong to another group, between 0 and 1.
    groups
        Shares, ratios and residuals, shape (g,) each.
    n
        Participants.
    """

    statistic: float
    df: int
    p_value: float
    likelihood_ratio: float
    likelihood_ratio_p: float
    exact_p: float
    exact_method: str
    exact_reason: Message | None
    cohen_w: float
    dissimilarity: float
    groups: GroupShare
    n: int


def representation(
    counts: ArrayLike,
    reference: ArrayLike,
    conf_level: float = 0.95,
    *,
    rng: Generator | None = None,
    draws: int = 20_000,
    largest: int = 2_000_000,
) -> Representation:
    """How far the composition of the participants is from that of a reference population.

    Parameters
    ----------
    counts
        Participants per group, shape (g,), two or more groups.
    reference
        Shares of the same groups in the reference population, above 0, adding up to 1.
    conf_level
        Confidence of the limits per group, between 0 and 1.
    rng
        Random numbers for a simulated p-value when there are too many results to list.
    draws
        Simulated results, then.
    largest
        The largest number of possible results that is listed for the exact p-value.

    Returns
    -------
    Representation
        The whole composition, and every group.

    Notes
    -----
    chi2 = sum (x - n q)^2 / (n q); G = 2 sum x log(x / (n q)); the exact p-value adds all results
    that are no more likely than the one observed. Takes the reference shares as known and
    participants as independent draws: not for participants who are a large part of the reference
    population, and not for people who came in whole firms. Too many results to list and no `rng`:
    the exact p-value is NaN and `exact_reason` says why.

    References
    ----------
    pearson1900, cohen1988, duncan1955, clopper1934

    Examples
    --------
    >>> found = representation([14, 38, 28], [0.30, 0.45, 0.25])
    >>> round(found.p_value, 4), found.groups.ratio.round(2).tolist()
    (0.0238, [0.58, 1.06, 1.4])
    """
    observed, shares = _groups(counts, reference)
    n, df = int(observed.sum()), observed.size - 1
    expected = n * shares
    statistic = float(np.sum((observed - expected) ** 2 / expected))
    ratio = 2 * float(np.sum(special.xlogy(observed, observed / expected)))
    exact_p, method, reason = _exact(observed, shares, rng, draws, largest)
    return Representation(
        statistic=statistic,
        df=df,
        p_value=float(special.chdtrc(df, statistic)),
        likelihood_ratio=max(ratio, 0.0),
        likelihood_ratio_p=float(special.chdtrc(df, max(ratio, 0.0))),
        exact_p=exact_p,
        exact_method=method,
        exact_reason=reason,
        cohen_w=float(np.sqrt(statistic / n)),
        dissimilarity=float(np.sum(np.abs(observed / n - shares)) / 2),
        groups=_group_shares(observed, shares, conf_level),
        n=n,
    )


def _group_shares(observed: NDArray[np.int64], shares: Vector, conf_level: float) -> GroupShare:
    n = int(observed.sum())
    interval = clopper_pearson(observed, n, conf_level)
    tests = [binomial_test(x, n, q, "min_likelihood").p_value for x, q in zip(observed, shares, strict=True)]
    return GroupShare(
        share=observed / n,
        reference=shares,
        ratio=observed / n / shares,
        residual=(observed - n * shares) / np.sqrt(n * shares * (1 - shares)),
        conf_low=interval.conf_low,
        conf_high=interval.conf_high,
        p_value=np.array(tests),
    )


def _groups(counts: ArrayLike, reference: ArrayLike) -> tuple[NDArray[np.int64], Vector]:
    observed, shares = (
        whole(counts, pmsg("argument", "Participants per group")),
        finite(reference, pmsg("argument", "Reference shares"), 2),
    )
    if observed.shape != shares.shape:
        raise EstimationError(
            msg(
                "There are {found} counts for {groups} reference shares.",
                found=observed.size,
                groups=shares.size,
            )
        )
    if np.any(shares <= 0) or abs(float(shares.sum()) - 1) > 1e-6:
        raise EstimationError(
            msg(
                "Reference shares must be above 0 and add up to 1; they add up to {found}.",
                found=float(shares.sum()),
            ),
            do=msg("Leave out groups that the reference population does not have, or join groups."),
        )
    if observed.sum() == 0:
        raise EstimationError(msg("There are no participants to compare with the reference population."))
    return observed, shares / shares.sum()


def _exact(
    observed: NDArray[np.int64], shares: Vector, rng: Generator | None, draws: int, largest: int
) -> tuple[float, str, Message | None]:
    """List all results, or simulate them if random numbers were given, or say why not."""
    n, groups = int(observed.sum()), observed.size
    if log_choose(n + groups - 1, groups - 1) <= np.log(largest) + 1e-9:
        return _listed(observed, shares), "enumeration", None
    if rng is not None:
        return _simulated(observed, shares, rng, draws), "simulation", None
    reason = msg(
        "{n} participants in {groups} groups can be spread in more than {largest} ways, too many to list.",
        n=n,
        groups=groups,
        largest=largest,
    )
    return float("nan"), "none", reason


def _log_probability(counts: NDArray[np.int64], shares: Vector) -> Vector:
    """Multinomial log probability of every row, shape (r,)."""
    n = counts.sum(axis=-1)
    return special.gammaln(n + 1) + np.sum(
        special.xlogy(counts, shares) - special.gammaln(counts + 1), axis=-1
    )


def _listed(observed: NDArray[np.int64], shares: Vector) -> float:
    """Add the probabilities of all results that are no more likely than the one observed."""
    n = int(observed.sum())
    left, log_probability = np.array([n]), special.gammaln(np.array([n + 1.0]))
    for share in shares[:-1]:
        rows = np.repeat(np.arange(left.size), left + 1)
        counts = np.arange(rows.size) - np.repeat(np.cumsum(left + 1) - (left + 1), left + 1)
        log_probability = log_probability[rows] + counts * np.log(share) - special.gammaln(counts + 1)
        left = left[rows] - counts
    log_probability += left * np.log(shares[-1]) - special.gammaln(left + 1)
    unlikely = log_probability <= _log_probability(observed, shares) + TIE
    return min(1.0, float(np.exp(log_probability[unlikely]).sum()))


def _simulated(observed: NDArray[np.int64], shares: Vector, rng: Generator, draws: int) -> float:
    """Share of simulated results, the observed one among them, that are no more likely."""
    results = rng.multinomial(int(observed.sum()), shares, size=draws)
    unlikely = _log_probability(results, shares) <= _log_probability(observed, shares) + TIE
    return float((np.count_nonzero(unlikely) + 1) / (draws + 1))
