"""How unequal outcomes are between intersections, such as women with a foreign background."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import norm

from evaluation.stats.checks import level
from evaluation.stats.design import Matrix, cluster_numbers, model_rows
from evaluation.stats.mixed_model import MixedFit, RandomTerm, mixed_model
from evaluation.stats.random_intercept_logit import random_intercept_logit
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg

NOTHING = 1e-12
FEWEST = 3


@dataclass(frozen=True, slots=True)
class Strata:
    """Intersections as strata, in the sorted order of their labels; s strata.

    Attributes
    ----------
    n
        People, shape (s,).
    observed
        Means, shape (s,).
    shrunken, shrunken_error
        Predicted means of the null model and their standard errors, shape (s,).
    interaction
        Predicted departure from what the groups of which the stratum consists add up to, shape (s,).
    between, within, company
        Variances of the null model; the last is 0 without companies.
    vpc
        Share of the variance that lies between strata.
    intercept
        The mean of the null model.
    between_main, within_main, vpc_main
        The variances and the share with the groups' own levels in the model.
    pcv
        Share of the variance between strata that these levels account for; NaN if there is none.
    people
        Rows in all.
    """

    n: NDArray[np.intp]
    observed: Matrix
    shrunken: Matrix
    shrunken_error: Matrix
    interaction: Matrix
    intercept: float
    between: float
    within: float
    company: float
    vpc: float
    between_main: float
    within_main: float
    vpc_main: float
    pcv: float
    people: int


@dataclass(frozen=True, slots=True)
class StrataLimits:
    """Limits from data made by the fitted model.

    Attributes
    ----------
    vpc_low, vpc_high, pcv_low, pcv_high
        Limits; those of the PCV over the draws that have variance between strata.
    conf_level
        Confidence.
    draws
        Made-up tables.
    """

    vpc_low: float
    vpc_high: float
    pcv_low: float
    pcv_high: float
    conf_level: float
    draws: int


@dataclass(frozen=True, slots=True)
class YesNoStrata:
    """The null model of a yes/no outcome.

    Attributes
    ----------
    intercept, between
        On the logit scale.
    vpc
        Share of the latent variance that lies between strata.
    median_odds_ratio
        Median ratio of odds of two people from strata drawn at random, the larger over the smaller.
    people, strata
        Counts.
    """

    intercept: float
    between: float
    vpc: float
    median_odds_ratio: float
    people: int
    strata: int


def strata_of(y: ArrayLike, stratum: ArrayLike, main: ArrayLike, company: ArrayLike | None = None) -> Strata:
    """How much outcomes differ between intersections, and how much of that the single groups carry.

    Parameters
    ----------
    y
        Outcome, shape (n,), without missing values.
    stratum
        The intersection each person belongs to, shape (n,).
    main
        Indicators of the groups that strata are made of, without first levels, shape (n, q).
    company
        The company of each person, shape (n,); None if people are independent.

    Returns
    -------
    Strata
        Descriptive: with the 8 to 12 strata of a programme the variances are very unsure.

    Raises
    ------
    EstimationError
        If there are fewer than three strata.

    Notes
    -----
    y = m + u_stratum (+ v_company) + e by restricted maximum likelihood, then with `main`. Shrunken means
    lean towards the mean of all the more, the fewer people a stratum has. A small variance
    that `main` leaves is not absence of inequality: the groups' own gaps can be large.

    References
    ----------
    merlo2018, evans2018, bell2019

    Examples
    --------
    >>> y = np.array([1.0, 2.0, 2.0, 3.0, 3.0, 4.0, 5.0, 6.0])
    >>> main = np.array([[0, 0], [0, 0], [0, 1], [0, 1], [1, 0], [1, 0], [1, 1], [1, 1]])
    >>> found = strata_of(y, ["a", "a", "b", "b", "c", "c", "d", "d"], main)
    >>> found.n.tolist(), bool(found.vpc > found.vpc_main)
    ([2, 2, 2, 2], True)
    """
    ones = np.ones((np.size(y), 1))
    outcome, design, numbers, strata = model_rows(y, np.column_stack([ones, main]), stratum)
    if strata < FEWEST:
        raise EstimationError(
            msg("Intersections need at least three strata with people in them; found {found}.", found=strata)
        )
    terms = _terms(numbers, company)
    null, full = mixed_model(outcome, ones, terms), mixed_model(outcome, design, terms)
    shrunken, error = _predicted(null, strata)
    between, within, companies = _variances(null)
    between_main, within_main, companies_main = _variances(full)
    counts = np.bincount(numbers, minlength=strata)
    return Strata(
        n=counts,
        observed=np.bincount(numbers, outcome, strata) / counts,
        shrunken=shrunken + null.coefficients[0],
        shrunken_error=error,
        interaction=_predicted(full, strata)[0],
        intercept=float(null.coefficients[0]),
        between=between,
        within=within,
        company=companies,
        vpc=between / (between + within + companies),
        between_main=between_main,
        within_main=within_main,
        vpc_main=between_main / (between_main + within_main + companies_main),
        pcv=_accounted(between, between_main),
        people=outcome.size,
    )


def strata_limits(
    y: ArrayLike,
    stratum: ArrayLike,
    main: ArrayLike,
    company: ArrayLike | None = None,
    conf_level: float = 0.95,
    *,
    rng: np.random.Generator,
    draws: int = 199,
) -> StrataLimits:
    """How unsure the shares of `strata_of` are.

    Parameters
    ----------
    y, stratum, main, company
        As in `strata_of`.
    conf_level
        Confidence, between 0 and 1.
    rng
        Random numbers.
    draws
        Made-up tables, each fitted twice.

    Returns
    -------
    StrataLimits
        Quantiles over tables made by the model with the groups' own levels.

    References
    ----------
    evans2018, bell2019

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> stratum = np.repeat(np.arange(6), 20)
    >>> main = np.column_stack([stratum % 2, stratum // 2 == 1, stratum // 2 == 2])
    >>> y = stratum % 2 + rng.normal(size=120)
    >>> found = strata_limits(y, stratum, main, rng=rng, draws=19)
    >>> bool(0 <= found.vpc_low < found.vpc_high < 1)
    True
    """
    ones = np.ones((np.size(y), 1))
    outcome, design, numbers, _ = model_rows(y, np.column_stack([ones, main]), stratum)
    terms = _terms(numbers, company)
    full = mixed_model(outcome, design, terms)
    shares = []
    for _ in range(draws):
        made = _made(full, design, terms, rng)
        null, again = mixed_model(made, ones, terms), mixed_model(made, design, terms)
        between = _variances(null)[0]
        shares.append((between / sum(_variances(null)), _accounted(between, _variances(again)[0])))
    tail = (1 - level(conf_level)) / 2
    table = np.array(shares)
    vpc = np.quantile(table[:, 0], [tail, 1 - tail])
    known = table[np.isfinite(table[:, 1]), 1]
    pcv = np.quantile(known, [tail, 1 - tail]) if known.size else np.full(2, np.nan)
    return StrataLimits(*map(float, (*vpc, *pcv, conf_level)), draws)


def yes_no_strata(y: ArrayLike, stratum: ArrayLike, *, nodes: int = 25) -> YesNoStrata:
    """How much a yes/no outcome differs between intersections.

    Parameters
    ----------
    y
        0 or 1, shape (n,), without missing values.
    stratum
        The intersection each person belongs to, shape (n,).
    nodes
        Points of the quadrature.

    Returns
    -------
    YesNoStrata
        The latent share takes the variance within strata as pi^2 / 3.

    References
    ----------
    merlo2016, merlo2018

    Examples
    --------
    >>> found = yes_no_strata([0, 0, 0, 1, 1, 1, 1, 0, 1, 0, 1, 1], list("aaaabbbbcccc"))
    >>> found.strata, found.median_odds_ratio >= 1
    (3, True)
    """
    fit = random_intercept_logit(y, np.zeros((np.size(y), 0)), stratum, nodes=nodes)
    between = fit.std_between**2
    return YesNoStrata(
        intercept=float(-fit.thresholds[0]),
        between=between,
        vpc=between / (between + np.pi**2 / 3),
        median_odds_ratio=float(np.exp(np.sqrt(2 * between) * norm.ppf(0.75))),
        people=fit.n,
        strata=fit.n_clusters,
    )


def _terms(numbers: NDArray[np.intp], company: ArrayLike | None) -> list[RandomTerm]:
    return [RandomTerm(numbers), *([] if company is None else [RandomTerm(company)])]


def _variances(fit: MixedFit) -> tuple[float, float, float]:
    spreads = [float(matrix[0, 0]) for matrix in fit.random]
    return spreads[0], float(fit.residual_variance), sum(spreads[1:])


def _accounted(between: float, left: float) -> float:
    return (between - left) / between if between > NOTHING else float("nan")


def _predicted(fit: MixedFit, strata: int) -> tuple[Matrix, Matrix]:
    """Solve Henderson's equations: the strata's levels, and errors of level plus intercept."""
    spreads = [float(matrix[0, 0]) for matrix in fit.random]
    if spreads[0] <= NOTHING:
        return np.zeros(strata), np.full(strata, float(np.sqrt(fit.covariance[0, 0])))
    kept = [
        (term, spread) for term, spread in zip(fit.problem.terms, spreads, strict=True) if spread > NOTHING
    ]
    x, p = fit.problem.x, fit.problem.x.shape[1]
    z = [np.eye(term.groups)[term.group] for term, _ in kept]
    table = np.hstack([x, *z])
    ratios = [np.full(term.groups, fit.residual_variance / spread) for term, spread in kept]
    inverse = np.linalg.inv(table.T @ table + np.diag(np.concatenate([np.zeros(p), *ratios])))
    levels = (inverse @ table.T @ fit.problem.y)[p : p + strata]
    wanted = np.zeros((strata, len(inverse)))
    wanted[:, 0] = 1.0
    wanted[np.arange(strata), p + np.arange(strata)] = 1.0
    return levels, np.sqrt(fit.residual_variance * np.einsum("si,ij,sj->s", wanted, inverse, wanted))


def _made(fit: MixedFit, x: Matrix, terms: Sequence[RandomTerm], rng: np.random.Generator) -> Matrix:
    """Make an outcome by the model."""
    y = x @ fit.coefficients + rng.normal(size=len(x)) * np.sqrt(fit.residual_variance)
    for term, matrix in zip(terms, fit.random, strict=True):
        numbers, groups = cluster_numbers(np.asarray(term.group))
        y = y + rng.normal(size=groups)[numbers] * np.sqrt(float(matrix[0, 0]))
    return y
