"""Wild cluster bootstrap: tests and intervals for few organisations."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import ArrayLike

from evaluation.stats.checks import Numbers, as_float, level, pick, plain
from evaluation.stats.cluster import FACTORS, ClusterFit, Matrix, cluster_fit, contrast
from evaluation.stats.root import bisect
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg, pmsg

# What the residuals of a whole cluster are multiplied by, every value equally likely.
MULTIPLIERS: Mapping[str, tuple[float, ...]] = {
    "rademacher": (-1.0, 1.0),
    "webb": (-np.sqrt(1.5), -1.0, -np.sqrt(0.5), np.sqrt(0.5), 1.0, np.sqrt(1.5)),
}

# Statistics closer than this are the same: a pattern and its mirror image tie by construction.
TIE = 1e-9
# A variance below this share of the usual one is rounding.
FLAT = 1e-18
# Elements of one table of draws by clusters.
BLOCK = 4_000_000
# How far from the estimate an interval is looked for, in standard errors.
FARTHEST = 1e6


@dataclass(frozen=True, slots=True)
class WildBootstrap:
    """A contrast tested by the wild cluster bootstrap; numbers, or arrays of shape (m,) for m outcomes.

    Attributes
    ----------
    estimate, std_error
        In the unit of the contrast; the standard error is CR1S.
    statistic
        t against `reference`.
    p_value
        Share of draws with |t*| of at least |t|.
    p_strict
        Share of draws with |t*| above |t|: leaves out the ties of the observed pattern.
    p_equal_tail
        Twice the smaller of the shares with t* at most t and at least t, at most 1.
    critical
        The smallest |t*| that is not exceeded in a share `conf_level` of the draws.
    conf_low, conf_high
        Values whose two-sided test keeps p above 1 - conf_level; infinite if no value is rejected.
    conf_level, reference
        Confidence, and the value compared with.
    draws
        Weight patterns used, the observed one included.
    exact
        Whether they are all the patterns there are.
    multipliers
        The kind of weights.
    n, n_clusters
        Rows and clusters.
    """

    estimate: Numbers
    std_error: Numbers
    statistic: Numbers
    p_value: Numbers
    p_strict: Numbers
    p_equal_tail: Numbers
    critical: Numbers
    conf_low: Numbers
    conf_high: Numbers
    conf_level: float
    reference: float
    draws: int
    exact: bool
    multipliers: str
    n: int
    n_clusters: int


@dataclass(frozen=True, slots=True)
class _Draws:
    """Per draw, numerator and variance of t* as polynomials in the distance from the estimate; shape (draws,).

    With s = (estimate - tested value) / (w'w): numerator n0 + n1 s, variance v0 + 2 v1 s + v2 s^2.

    Attributes
    ----------
    n0, n1, v0, v1, v2
        The coefficients.
    """

    n0: Matrix
    n1: Matrix
    v0: Matrix
    v1: Matrix
    v2: Matrix

    def statistics(self, s: float) -> Matrix:
        """t* of every draw when the tested value lies at this distance."""
        top = self.n0 + self.n1 * s
        variance = self.v0 + s * (2 * self.v1 + s * self.v2)
        usual = float(np.mean(np.abs(variance)))
        flat = variance <= FLAT * usual
        if not flat.any():
            return top / np.sqrt(variance)
        ratio = top / np.sqrt(np.where(flat, 1.0, variance))
        endless = np.where(np.abs(top) > TIE * np.sqrt(usual), np.inf, 0.0) * np.sign(top)
        return np.where(flat, np.nan_to_num(endless, posinf=np.inf, neginf=-np.inf), ratio)


def wild_weights(
    n_clusters: int, multipliers: str, draws: int, rng: np.random.Generator
) -> tuple[Matrix, bool]:
    """Weight patterns: all there are when they are no more than asked for, otherwise a random sample.

    Parameters
    ----------
    n_clusters
        Clusters.
    multipliers
        "rademacher" (-1, 1) or "webb" (six values).
    draws
        The largest number of patterns, the observed one included.
    rng
        Where chance comes from; not used when all patterns are taken.

    Returns
    -------
    tuple
        Patterns, shape (draws, n_clusters), the first being all ones unless they are all there, and
        whether they are all.

    References
    ----------
    cameron2008, webb2023

    Examples
    --------
    >>> patterns, exact = wild_weights(3, "rademacher", 10_000, np.random.default_rng(1))
    >>> patterns.shape, exact
    ((8, 3), True)
    """
    values = np.array(pick(MULTIPLIERS, multipliers, pmsg("argument", "kind of weights")))
    if n_clusters * np.log(values.size) <= np.log(draws):
        return values[np.array(list(product(range(values.size), repeat=n_clusters)))], True
    patterns = values[rng.integers(values.size, size=(draws, n_clusters))]
    patterns[0] = 1.0
    return patterns, False


def usual_multipliers(n_clusters: int) -> str:
    """Weights for so many clusters: Webb's while two values give fewer than ten thousand patterns.

    Parameters
    ----------
    n_clusters
        Clusters.

    Returns
    -------
    str
        "webb" or "rademacher".

    References
    ----------
    webb2023

    Examples
    --------
    >>> usual_multipliers(13), usual_multipliers(14)
    ('webb', 'rademacher')
    """
    return "webb" if 2.0**n_clusters < 10_000 else "rademacher"


def wild_bootstrap(
    y: ArrayLike,
    x: ArrayLike,
    cluster: ArrayLike,
    weights: ArrayLike,
    conf_level: float = 0.95,
    *,
    rng: np.random.Generator,
    multipliers: str | None = None,
    draws: int = 10_000,
    reference: float = 0.0,
) -> WildBootstrap:
    """Coefficient, or weighted sum of coefficients, tested and bounded with few organisations.

    Parameters
    ----------
    y
        Outcome, shape (n,), or m outcomes of the same people, shape (n, m); none missing.
    x
        Columns of the model, shape (n, p), the column of ones included.
    cluster
        The organisation of each row, shape (n,).
    weights
        Weights of the coefficients, shape (p,).
    conf_level
        Confidence, between 0 and 1.
    rng
        Where chance comes from; not used when all patterns are taken.
    multipliers
        "rademacher" or "webb"; None for `usual_multipliers`.
    draws
        Patterns, the observed one included; all there are if they are no more than this.
    reference
        The value to compare with, in the unit of the contrast.

    Returns
    -------
    WildBootstrap
        Numbers for one outcome, arrays of shape (m,) for several. NaN when residuals have no spread.

    Notes
    -----
    Restricted bootstrap-t: residuals e of the fit with c'b = reference keep their size within a cluster
    and are multiplied by one weight; t* = (c'b* - reference) / se* with se under CR1S. The interval holds
    the references that the same patterns do not reject. In orthonormal columns, with w the contrast,
    q_g = x_g'e_g, k_g = x_g'x_g w and v the weights: numerator v'(qw), residual scores
    v_g q_g'w - k_g' sum_h v_h q_h; both are linear in the distance of the reference from the
    estimate, so one table of draws serves test and interval. Assumes independent clusters.
    With five clusters or fewer of -1/1 weights no value can be rejected at 5 per cent. When
    only few clusters received the programme it finds too little rather than too much.

    References
    ----------
    cameron2008, roodman2019, webb2023

    Examples
    --------
    >>> y = [1.0, 2.0, 4.0, 5.0, 3.0, 2.5, 4.0, 1.5]
    >>> found = wild_bootstrap(y, np.ones((8, 1)), list("aabbccde"), [1.0], rng=np.random.default_rng(1),
    ...                        multipliers="rademacher")
    >>> found.draws, found.exact, found.p_value
    (32, True, 0.0625)
    """
    outcomes = _outcomes(y)
    fits = [cluster_fit(column, x, cluster) for column in outcomes.T]
    kind = multipliers or usual_multipliers(fits[0].n_clusters)
    patterns, exact = wild_weights(fits[0].n_clusters, kind, draws, rng)
    tests = [_test(fit, weights, patterns, level(conf_level), reference) for fit in fits]
    columns = np.array(tests).T
    single = as_float(y, pmsg("argument", "The outcome")).ndim == 1
    numbers = [plain(values[0] if single else values) for values in columns]
    return WildBootstrap(
        *numbers, conf_level, reference, len(patterns), exact, kind, fits[0].n, fits[0].n_clusters
    )


def _outcomes(y: ArrayLike) -> Matrix:
    values = as_float(y, pmsg("argument", "The outcome"))
    if values.ndim not in (1, 2) or values.size == 0:
        raise EstimationError(
            msg("Outcomes must be one or more columns of numbers; found {found}.", found=str(values.shape))
        )
    return values.reshape(len(values), -1)


def _test(
    fit: ClusterFit, weights: ArrayLike, patterns: Matrix, conf_level: float, reference: float
) -> tuple[float, ...]:
    """Estimate, standard error, t, three p-values, critical value and limits of one outcome."""
    plain_test = contrast(fit, weights, conf_level, covariance="CR1S", reference=reference)
    estimate, error = plain_test.estimate, plain_test.std_error
    if not error > 0:
        return (estimate, error, *[float("nan")] * 7)
    direction = fit.root.T @ as_float(weights, "weights")
    drawn, size = _draw(fit, direction, patterns), float(direction @ direction)

    def p_value(tested: Matrix) -> Matrix:
        return np.array([_at_least(drawn, (estimate - r) / size, (estimate - r) / error) for r in tested])

    t = (estimate - reference) / error
    shares = _shares(drawn, (estimate - reference) / size, t)
    ordered = np.sort(np.abs(drawn.statistics((estimate - reference) / size)))
    critical = ordered[int(np.ceil(conf_level * ordered.size - TIE)) - 1]
    return (estimate, error, t, *shares, critical, *_limits(p_value, estimate, error, 1 - conf_level))


def _at_least(drawn: _Draws, s: float, t: float) -> float:
    """P with ties alone."""
    slack = TIE * max(1.0, abs(t))
    return float(np.mean(np.abs(drawn.statistics(s)) >= abs(t) - slack))


def _shares(drawn: _Draws, s: float, t: float) -> tuple[float, float, float]:
    """P with ties, p without, and p of equal tails."""
    stars = drawn.statistics(s)
    slack = TIE * max(1.0, abs(t))
    at_least = np.mean(np.abs(stars) >= abs(t) - slack)
    above = np.mean(np.abs(stars) > abs(t) + slack)
    tails = 2 * min(np.mean(stars <= t + slack), np.mean(stars >= t - slack))
    return float(at_least), float(above), float(min(1.0, tails))


def _draw(fit: ClusterFit, direction: Matrix, patterns: Matrix) -> _Draws:
    """Coefficients of every draw, a block of draws at a time."""
    moments = np.einsum("gij,gj,gkj->gik", fit.direction, fit.leverage, fit.direction)
    along = moments @ direction
    own, fixed = fit.score @ direction, along @ direction
    factor = FACTORS["CR1S"](fit.n, fit.coefficients.size, fit.n_clusters)
    parts = []
    for block in np.array_split(patterns, 1 + patterns.size // BLOCK):
        moved = block * own - (block @ fit.score) @ along.T
        shifted = block * fixed - (block @ along) @ along.T
        squares = (
            np.einsum("bg,bg->b", *pair) for pair in ((moved, moved), (moved, shifted), (shifted,) * 2)
        )
        parts.append((block @ own, block @ fixed, *(factor * square for square in squares)))
    return _Draws(*(np.concatenate(part) for part in zip(*parts, strict=True)))


def _limits(p_value, estimate: float, error: float, alpha: float) -> tuple[float, float]:
    """Where p falls to alpha on both sides of the estimate; infinite where it does not."""
    sides = np.array([-1.0, 1.0])
    reach = np.full(2, 4.0)
    while np.any(kept := p_value(estimate + sides * reach * error) > alpha) and reach.max() < FARTHEST:
        reach = np.where(kept, reach * 4, reach)
    found = bisect(lambda distance: p_value(estimate + sides * distance * error) > alpha, np.zeros(2), reach)
    low, high = np.where(kept, np.inf, found) * sides * error + estimate
    return float(low), float(high)
