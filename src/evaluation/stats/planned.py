"""What a design can be expected to find: change within organisations, and against a comparison group."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evaluation.stats.power import design_effect, detectable_multiplier, detectable_shift
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg


@dataclass(frozen=True, slots=True)
class PlannedChange:
    """What a before-and-after design can be expected to find.

    Attributes
    ----------
    sd_change
        Standard deviation of the change.
    std_error
        Expected, of the mean change.
    df
        Degrees of freedom.
    detectable
        The smallest true change that is found with the wanted chance.
    n
        People expected to be there both times.
    effect
        How many times the variance grows because colleagues resemble each other.
    """

    sd_change: float
    std_error: float
    df: float
    detectable: float
    n: float
    effect: float


def planned_change(
    sizes: ArrayLike,
    *,
    sd: float,
    correlation: float,
    icc: float,
    kept: float = 1.0,
    power: float = 0.8,
    alpha: float = 0.05,
) -> PlannedChange:
    """Plan a mean change: its expected precision, and the smallest change it can find.

    Parameters
    ----------
    sizes
        People per organisation who answer before, shape (g,).
    sd
        Standard deviation of the score, the same both times.
    correlation
        Between before and after in one person, below 1.
    icc
        Intraclass correlation of the change, not of the score.
    kept
        Chance of being there and linked afterwards.
    power
        The wanted chance of finding the change.
    alpha
        Two-sided level.

    Returns
    -------
    PlannedChange
        In the unit of `sd`.

    Notes
    -----
    Var = 2 sd^2 (1 - r) / n x design effect; t with the sizes' Satterthwaite degrees of freedom.

    References
    ----------
    eldridge2006, bloom1995

    Examples
    --------
    >>> found = planned_change([9] * 30, sd=0.8, correlation=0.6, icc=0.05)
    >>> round(found.std_error, 4), round(found.detectable, 4)
    (0.0515, 0.1494)
    """
    if not (sd > 0 and -1 <= correlation < 1):
        raise EstimationError(msg("The spread must be above 0, and the correlation below 1."))
    design = design_effect(sizes, icc, kept)
    spread = float(sd * np.sqrt(2 * (1 - correlation)))
    error = spread * float(np.sqrt(design.unequal / design.n))
    shift = detectable_shift(design.df, power, alpha)
    return PlannedChange(spread, error, design.df, shift * error, design.n, design.unequal)


@dataclass(frozen=True, slots=True)
class PlannedComparison:
    """What a design with a comparison group of organisations can be expected to find.

    Attributes
    ----------
    std_error
        Expected, of the difference, in standard deviations of the outcome.
    df
        Degrees of freedom: organisations less 2 less covariates of organisations.
    detectable
        The smallest true difference found with the wanted chance.
    multiplier
        Bloom's multiplier.
    """

    std_error: float
    df: float
    detectable: float
    multiplier: float


def planned_comparison(
    organisations: int,
    people: float,
    *,
    icc: float,
    share: float = 0.5,
    explained_within: float = 0.0,
    explained_between: float = 0.0,
    covariates: int = 0,
    power: float = 0.8,
    alpha: float = 0.05,
) -> PlannedComparison:
    """Smallest difference that organisations with and without the programme can show.

    Parameters
    ----------
    organisations
        Both groups together.
    people
        Per organisation; for unequal sizes their harmonic mean.
    icc
        Intraclass correlation of the outcome.
    share
        Share of organisations that take part.
    explained_within, explained_between
        Share of the variance within and between organisations that covariates explain.
    covariates
        Covariates of organisations in the model.
    power
        The wanted chance.
    alpha
        Two-sided level.

    Returns
    -------
    PlannedComparison
        In standard deviations of the outcome.

    Notes
    -----
    Var = [icc (1 - R2b) + (1 - icc) (1 - R2w) / n] / [P (1 - P) J].

    References
    ----------
    bloom1995, dong2013

    Examples
    --------
    >>> round(planned_comparison(30, 9.3, icc=0.1).detectable, 3)
    0.47
    """
    df = organisations - covariates - 2
    if df < 1 or not 0 < share < 1 or people <= 0:
        raise EstimationError(msg("A comparison needs more organisations than the model has coefficients."))
    within = (1 - icc) * (1 - explained_within) / people
    variance = (icc * (1 - explained_between) + within) / (share * (1 - share) * organisations)
    error = float(np.sqrt(variance))
    shift = detectable_shift(df, power, alpha)
    return PlannedComparison(error, df, shift * error, detectable_multiplier(df, power, alpha))
