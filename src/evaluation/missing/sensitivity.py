"""Whether the conclusion would change if those who left were other than those who stayed."""

import math
from collections.abc import Callable, Iterator, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.missing.change import (
    bounded_change,
    change_row,
    complete_change,
    complete_df,
    shifted,
    weighted_change,
)
from evaluation.missing.waves import MIN_CLUSTERS, Followed, followed
from evaluation.result import Meta, Result
from evaluation.stats.student import t_limits
from evaluation.stats.two_level import Imputations, cluster_sums, imputed_means
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg

# In steps of the scale, and how many of them at most.
STEP = 0.01
MOST = 400
REFERENCES = ("carpenter2013", "vonhippel2021")


def shifted_change(
    table: pd.DataFrame,
    *,
    deltas: Sequence[float],
    known: Sequence[str] = (),
    rng: np.random.Generator,
    draws: int = 999,
    conf_level: float = 0.95,
) -> Result:
    """Estimate the mean change if those who left had changed so much more or less than imputed.

    Parameters
    ----------
    table
        One row per person who answered before, as from `two_waves`.
    deltas
        Shifts of those who left, in steps of the scale; below 0 they changed for the worse.
    known
        Columns beside the score before that may say how people change.
    rng
        Source of randomness; the same draws serve every shift.
    draws
        Resamples of organisations.
    conf_level
        Level of the interval, between 0 and 1.

    Returns
    -------
    Result
        One row per shift, `term` "delta", the shift in `delta`.

    Notes
    -----
    `imputed_change` with delta added to every imputed score. Which shifts are plausible cannot be
    read from the data: ask those who know the people.

    References
    ----------
    carpenter2013, vonhippel2021

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> rows = pd.DataFrame({"before": rng.normal(3, 1, 80), "organisation": np.arange(80) % 10})
    >>> rows["after"] = (rows["before"] + 1).where(np.arange(80) % 4 > 0)
    >>> found = shifted_change(rows, deltas=[-1, 0], rng=rng, draws=999).table["estimate"]
    >>> found.round(2).tolist()
    [0.75, 1.0]
    """
    people, drawn = _drawn(table, known, rng, draws)
    df = complete_df(people)
    rows = [
        change_row(people, "delta", *_moved(people, drawn, delta, df), conf_level) | {"delta": delta}
        for delta in deltas
    ]
    if not rows:
        raise EstimationError(msg("Give at least one shift of those who left."))
    return Result(pd.DataFrame(rows), Meta("delta", conf_level, REFERENCES, ("clusters_independent",)))


def _drawn(
    table: pd.DataFrame, known: Sequence[str], rng: np.random.Generator, draws: int
) -> tuple[Followed, Imputations]:
    people = followed(table, known)
    sums = cluster_sums(people.change, people.columns, people.cluster)
    return people, imputed_means(sums, rng=rng, draws=draws)


def _moved(people: Followed, drawn: Imputations, delta: float, df: float):
    return shifted(people, drawn.mean, drawn.missing_share, delta, df)


def tipping_shift(
    table: pd.DataFrame,
    *,
    largest: float,
    known: Sequence[str] = (),
    rng: np.random.Generator,
    draws: int = 999,
    conf_level: float = 0.95,
    conclude: Callable[[float, float, float], str] | None = None,
) -> Result:
    """Find how different those who left would have to be for the conclusion to change.

    Parameters
    ----------
    table
        One row per person who answered before, as from `two_waves`.
    largest
        The largest shift looked at, above 0, in steps of the scale; its length at most.
    known, rng, draws, conf_level
        As in `shifted_change`.
    conclude
        Turns estimate, lower and upper limit into a conclusion; where the interval lies if None.

    Returns
    -------
    Result
        One row, `term` "tipping": `delta` is the shift nearest to 0 with another conclusion, and the
        estimate and interval are those at it. If there is none up to `largest`, `delta` is missing and
        the row is that of no shift.

    Notes
    -----
    Shifts of 0.01, -0.01, 0.02, ... are tried with the same draws, or of a four-hundredth of the largest
    one where that is more. Unless `conclude` is given, the
    conclusion is whether the interval lies above 0, below 0, or holds it.

    References
    ----------
    carpenter2013, vonhippel2021

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> rows = pd.DataFrame({"before": rng.normal(3, 1, 80), "organisation": np.arange(80) % 10})
    >>> rows["after"] = (rows["before"] + rng.normal(1, 1, 80)).where(np.arange(80) % 4 > 0)
    >>> bool(tipping_shift(rows, largest=4, rng=rng, draws=199).table["delta"].iloc[0] < 0)
    True
    """
    if not largest > 0:
        raise EstimationError(msg("The largest shift must be above 0."))
    people, drawn = _drawn(table, known, rng, draws)
    df = complete_df(people)
    at_zero = _moved(people, drawn, 0.0, df)
    judge = conclude or (lambda _, low, high: conclusion(low, high))
    usual, delta, found = judge(at_zero[0], *_limits(*at_zero, conf_level)), math.nan, at_zero
    for shift in _shifts(largest) if people.seen.size > people.seen.sum() else ():
        moved = _moved(people, drawn, shift, df)
        if judge(moved[0], *_limits(*moved, conf_level)) != usual:
            delta, found = shift, moved
            break
    row = change_row(people, "tipping", *found, conf_level) | {"delta": delta}
    return Result(pd.DataFrame([row]), Meta("delta", conf_level, REFERENCES, ("clusters_independent",)))


def _shifts(largest: float) -> Iterator[float]:
    step = max(STEP, largest / MOST)
    for count in range(1, math.floor(largest / step + 1e-9) + 1):
        yield count * step
        yield -count * step


def _limits(estimate: float, error: float, df: float, conf_level: float) -> tuple[float, float]:
    return t_limits(estimate, error if error > 0 else math.nan, df, conf_level)


def conclusion(conf_low: float, conf_high: float) -> str:
    """Say what an interval of a change means: "increased", "decreased", "no_certain_change".

    Parameters
    ----------
    conf_low, conf_high
        The limits; "undecided" where one is missing.

    Examples
    --------
    >>> conclusion(0.1, 0.4)
    'increased'
    """
    if math.isnan(conf_low) or math.isnan(conf_high):
        return "undecided"
    if conf_low > 0:
        return "increased"
    return "decreased" if conf_high < 0 else "no_certain_change"


def change_sensitivity(
    table: pd.DataFrame,
    *,
    low: float,
    high: float,
    delta: float,
    known: Sequence[str] = (),
    rng: np.random.Generator,
    draws: int = 999,
    conf_level: float = 0.95,
) -> Result:
    """Show whether the conclusion about a mean change would be another under other assumptions.

    Parameters
    ----------
    table
        One row per person who answered before, as from `two_waves`.
    low, high
        The ends of the scale.
    delta
        A shift of those who left, in steps, tried in both directions.
    known
        Columns beside the score before that may say who stays and how people change.
    rng
        Source of randomness.
    draws
        Resamples of organisations.
    conf_level
        Level of the interval, between 0 and 1.

    Returns
    -------
    Result
        Rows by `term`: "complete", "weighted", "imputed", "delta" (down and up), "bounds", each with
        estimate, interval and `verdict`; `reason` says whether it is that of the complete cases.

    Notes
    -----
    The verdict says where the interval lies: above 0, below 0, or neither; with fewer than five
    organisations it is undecided. If all rows agree, those who left cannot have changed the
    conclusion. The bounds assume nothing and are wide; that they alone differ is usual.

    References
    ----------
    seaman2013, vonhippel2021, carpenter2013, horowitz2000

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> rows = pd.DataFrame({"before": rng.integers(1, 4, 80), "organisation": np.arange(80) % 10})
    >>> rows["after"] = (rows["before"] + rng.integers(0, 3, 80)).where(np.arange(80) % 7 > 0)
    >>> found = change_sensitivity(rows, low=1, high=5, delta=0.5, rng=rng, draws=199).table
    >>> found["verdict"].tolist()
    ['increased', 'increased', 'increased', 'increased', 'increased', 'increased']
    """
    model = {"known": known, "rng": rng, "draws": draws, "conf_level": conf_level}
    weighted = weighted_change(table, **model)
    moved = shifted_change(table, deltas=[0.0, -delta, delta], **model)
    named = moved.table.assign(term=["imputed", "delta", "delta"], delta=[math.nan, -delta, delta])
    parts = [
        complete_change(table, conf_level=conf_level),
        weighted,
        Result(named, moved.meta),
        bounded_change(table, low=low, high=high, conf_level=conf_level),
    ]
    stacked = parts[0].stack(*parts[1:])
    verdicts = _verdicts(stacked.table)
    reasons = ["conclusion_same" if verdict == verdicts[0] else "conclusion_other" for verdict in verdicts]
    rows = stacked.table.assign(verdict=verdicts, reason=[None, *reasons[1:]])
    return Result(rows, Meta("sensitivity", conf_level, stacked.meta.references, stacked.meta.assumptions))


def _verdicts(rows: pd.DataFrame) -> NDArray[np.object_]:
    found = [conclusion(low, high) for low, high in rows[["conf_low", "conf_high"]].to_numpy(float)]
    few = rows["n_groups"].to_numpy() < MIN_CLUSTERS
    return np.where(few, "undecided", np.array(found, dtype=object))
