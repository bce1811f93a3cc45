"""What a before-and-after design can be expected to find."""

from collections.abc import Sequence

import pandas as pd

from evaluation.result import Meta, Result
from evaluation.stats.planned import planned_change
from evaluation.stats.power import t_power

REFERENCES = ("eldridge2006", "bloom1995", "kish1965")


def detectable_change(
    sizes: Sequence[int],
    *,
    sd: float,
    correlation: float,
    icc: float,
    attrition: float = 0.0,
    linkage_loss: float = 0.0,
    power: float = 0.8,
) -> Result:
    """Estimate the smallest true change that a design is likely to find.

    Parameters
    ----------
    sizes
        People per organisation who answer before.
    sd
        Standard deviation of the score between people, in steps of the scale.
    correlation
        Between before and after in one person.
    icc
        Intraclass correlation of the change.
    attrition, linkage_loss
        Shares who are lost before the follow-up, and whose answers cannot be linked.
    power
        The wanted chance of finding the change.

    Returns
    -------
    Result
        One row: `estimate` = the smallest change found with that chance at a level of 5 per cent, the expected
        standard error, degrees of freedom, people both times, organisations, and in `ratio` how many
        times the variance grows because colleagues resemble each other.

    Raises
    ------
    EstimationError
        If sizes or shares are not possible.

    References
    ----------
    eldridge2006, bloom1995, kish1965

    Examples
    --------
    >>> found = detectable_change([9] * 30, sd=0.8, correlation=0.6, icc=0.05).table
    >>> round(float(found["estimate"].iloc[0]), 3)
    0.149
    """
    kept = (1 - attrition) * (1 - linkage_loss)
    found = planned_change(sizes, sd=sd, correlation=correlation, icc=icc, kept=kept, power=power)
    row = {"estimand": "detectable_change", "estimate": found.detectable, "std_error": found.std_error}
    row |= {
        "df": found.df,
        "n": round(found.n),
        "n_groups": len(sizes),
        "ratio": found.effect,
        "probability": power,
    }
    return Result(pd.DataFrame([row]), Meta("planning", references=REFERENCES))


def planned_power(
    sizes: Sequence[int],
    *,
    change: float,
    sd: float,
    correlation: float,
    icc: float,
    attrition: float = 0.0,
    linkage_loss: float = 0.0,
) -> Result:
    """Estimate how likely a design is to find a true change.

    Parameters
    ----------
    sizes
        People per organisation who answer before.
    change
        The true change, in steps of the scale.
    sd, correlation, icc, attrition, linkage_loss
        As in `detectable_change`.

    Returns
    -------
    Result
        One row: `estimate` = the chance that the test at 5 per cent finds it.

    Raises
    ------
    EstimationError
        If sizes or shares are not possible.

    References
    ----------
    eldridge2006, bloom1995, kish1965

    Examples
    --------
    >>> found = planned_power([9] * 30, change=0.15, sd=0.8, correlation=0.6, icc=0.05).table
    >>> round(float(found["estimate"].iloc[0]), 2)
    0.8
    """
    kept = (1 - attrition) * (1 - linkage_loss)
    found = planned_change(sizes, sd=sd, correlation=correlation, icc=icc, kept=kept)
    chance = t_power(change / found.std_error, found.df)
    row = {"estimand": "planned_power", "estimate": chance, "detectable": change, "df": found.df}
    row |= {"n": round(found.n), "n_groups": len(sizes), "ratio": found.effect}
    return Result(pd.DataFrame([row]), Meta("planning", references=REFERENCES))
