"""Programmes with known truth: unequal companies whose people answer 5-point questions twice.

What people would answer if they could is normal with variance 1, correlated 0.6 between the waves. A share
`icc` of the variance lies between companies, of the level and of the change alike. Four cut points turn it
into the answers 1 to 5, so all true values follow from the normal distribution.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special

from evaluation.simulate.population import organisation_sizes

CUTS = special.ndtri([0.05, 0.20, 0.50, 0.85])
BETWEEN_WAVES = 0.6
WOMEN = (0.8, 1.2)
"""Parameters of the beta distribution of the share of women in a company: four in ten, often all or none."""

STAY = (0.9, 0.6, 3.4)
"""Log odds to answer again: constant, per step of the answer before, and the answer that they start from."""

STAY_TWICE = 0.3
"""What is added to the log odds to answer a third time, for those who answered the second."""

COURSE = np.array([[1.0, 0.6, 0.5], [0.6, 1.0, 0.6], [0.5, 0.6, 1.0]])
"""Correlations of what lies behind the answers of three waves."""

POINTS = 200_000

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class World:
    """What is true of the programmes that are drawn.

    Attributes
    ----------
    companies, people
        How many.
    icc
        Share of the variance that lies between companies.
    change, gap
        Later minus earlier and women minus men, in standard deviations of what lies behind the answers.
    """

    companies: int
    people: int
    icc: float
    change: float = 0.0
    gap: float = 0.0


@dataclass(frozen=True, slots=True)
class Programme:
    """Everybody in one programme.

    Attributes
    ----------
    company
        Number of each person's company, shape (n,).
    before, after
        Answers 1 to 5, shape (n,).
    woman, stays, answers
        Shape (n,): sex; whether they answer again, by the answer before; and whether they answer at
        all, by chance.
    """

    company: NDArray[np.intp]
    before: Array
    after: Array
    woman: NDArray[np.bool_]
    stays: NDArray[np.bool_]
    answers: NDArray[np.bool_]


def draw_programme(world: World, rng: np.random.Generator) -> Programme:
    """Draw companies, their people and all answers."""
    company = np.repeat(np.arange(world.companies), organisation_sizes(world.people, world.companies, rng))
    shared, own = (_two_waves(size, rng) for size in (world.companies, world.people))
    women = rng.beta(*WOMEN, world.companies)
    woman = rng.random(world.people) < women[company]
    behind = np.sqrt(world.icc) * shared[company] + np.sqrt(1 - world.icc) * own
    behind += world.gap * woman[:, None] + np.array([0.0, world.change])
    before, after = 1.0 + np.searchsorted(CUTS, behind).T
    constant, slope, start = STAY
    stays = rng.random(world.people) < special.expit(constant + slope * (before - start))
    return Programme(company, before, after, woman, stays, rng.random(world.people) < 0.7)


def draw_course(world: World, rng: np.random.Generator) -> tuple[NDArray[np.intp], Array]:
    """Draw the companies of people and their answers in three waves, NaN from where they left.

    Half of the change has come by the second wave. Who answered low leaves more often, for good.
    """
    company = np.repeat(np.arange(world.companies), organisation_sizes(world.people, world.companies, rng))
    root = np.linalg.cholesky(COURSE)
    shared, own = (rng.standard_normal((size, 3)) @ root.T for size in (world.companies, world.people))
    behind = np.sqrt(world.icc) * shared[company] + np.sqrt(1 - world.icc) * own
    answers = 1.0 + np.searchsorted(CUTS, behind + world.change * np.array([0.0, 0.5, 1.0]))
    constant, slope, start = STAY
    odds = constant + np.array([0.0, STAY_TWICE]) + slope * (answers[:, :2] - start)
    stays = np.logical_and.accumulate(rng.random(odds.shape) < special.expit(odds), axis=1)
    answers[:, 1:][~stays] = np.nan
    return company, answers


def _two_waves(size: int, rng: np.random.Generator) -> Array:
    first, news = rng.standard_normal((2, size))
    return np.stack([first, BETWEEN_WAVES * first + np.sqrt(1 - BETWEEN_WAVES**2) * news], axis=1)


def answer_shares(shift: float) -> Array:
    """Return the shares of the answers 1 to 5 when everybody lies `shift` standard deviations higher."""
    return np.diff(special.ndtr(CUTS - shift), prepend=0.0, append=1.0)


def mean_answer(shift: float) -> float:
    """Return the mean answer."""
    return float(answer_shares(shift) @ np.arange(1, 6))


def variance_of_answer(shift: float) -> float:
    """Return the variance of the answers."""
    return float(answer_shares(shift) @ (np.arange(1, 6) - mean_answer(shift)) ** 2)


def share_from(lowest: int, shift: float) -> float:
    """Return the share who answer `lowest` or more."""
    return float(answer_shares(shift)[lowest - 1 :].sum())


@cache
def joint_shares(correlation: float, shift: float) -> Array:
    """Return the shares of all pairs of answers, shape (5, 5), the second answer `shift` higher."""
    first = special.ndtri((np.arange(POINTS) + 0.5) / POINTS)
    answer = np.searchsorted(CUTS, first)
    spread = np.sqrt(1 - correlation**2)
    below = special.ndtr((CUTS[:, None] - shift - correlation * first) / spread)
    second = np.diff(below, prepend=0.0, append=1.0, axis=0)
    return np.stack([np.bincount(answer, row, 5) for row in second], axis=1) / POINTS


def net_rise(shift: float) -> float:
    """Return the share whose answer rises less the share whose answer falls."""
    shares = joint_shares(BETWEEN_WAVES, shift)
    return float(np.triu(shares, 1).sum() - np.tril(shares, -1).sum())


def correlation_of_colleagues(icc: float) -> float:
    """Return the correlation of the answers of two people in one company."""
    steps = np.arange(1, 6) - mean_answer(0.0)
    return float(steps @ joint_shares(icc, 0.0) @ steps / variance_of_answer(0.0))


@cache
def gap_for(difference: float) -> float:
    """Return the gap behind the answers that makes women's mean answer `difference` steps higher."""
    return float(optimize.brentq(lambda gap: mean_answer(gap) - mean_answer(0.0) - difference, 0.0, 3.0))
