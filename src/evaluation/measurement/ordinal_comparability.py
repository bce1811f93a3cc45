"""How much of a mean change comes from items that measure differently, if answers are ordered."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.measurement.comparability import waves_of_same
from evaluation.measurement.items import Matrix
from evaluation.measurement.ordinal import POOR
from evaluation.measurement.ordinal_waves import FEWEST_ANSWERS, OrdinalInvariance, ordinal_wave_invariance
from evaluation.result import Meta, Result
from evaluation.vocabulary.errors import EstimationError

FEWEST_PEOPLE = 200
MOST_ANSWERS = 7
"""More answers are as good as numbers, and few people gave each."""
META = Meta(
    method="ordinal_invariance", references=("wu2016", "liu2017", "nye2011", "savalei2024", "browne1993")
)


@dataclass(frozen=True, slots=True)
class OrderedWaves:
    """Whether ordered answers measure alike at two waves, and what it does to the change.

    Attributes
    ----------
    shift
        First row: steps of the answers by which unequal measurement moves the change of the mean answer, and as
        `reason` up to where measurement is alike, or why nothing is assessed. Then for each item how far its mean
        moved beyond what the factor explains.
    fit
        A row per model (`term`): scaled CFI (`estimate`), `rmsea`, and the scaled difference to the model before
        (`statistic`, `df`, `p_value`), with `rmsea_difference` and as `reason` whether it is kept. None if nothing
        is assessed.
    """

    shift: Result
    fit: Result | None


def joined_answers(waves: Sequence[Matrix]) -> list[Matrix]:
    """Answers of which each is in use at every wave.

    Parameters
    ----------
    waves
        Answers to the same items, shape (n, p) each.

    Returns
    -------
    list of numpy.ndarray
        The same, except that an answer that nobody gave at some wave is one with the neighbour that fewer gave; the
        value of both is the mean of these answers at all waves.

    Examples
    --------
    >>> first, later = np.array([[1.0], [2.0], [4.0]]), np.array([[2.0], [2.0], [4.0]])
    >>> [part.round(2).ravel().tolist() for part in joined_answers([first, later])]
    [[1.75, 1.75, 4.0], [1.75, 1.75, 4.0]]
    """
    joined = [np.array(part, dtype=float) for part in waves]
    for i in range(joined[0].shape[1]):
        values, code = np.unique(np.concatenate([part[:, i] for part in joined]), return_inverse=True)
        own = np.split(code, np.cumsum([len(part) for part in joined])[:-1])
        counts = np.array([np.bincount(part, minlength=values.size) for part in own])
        place = _places(counts)
        total = counts.sum(axis=0)
        means = np.bincount(place, values * total) / np.bincount(place, total)
        for part, codes in zip(joined, own, strict=True):
            part[:, i] = means[place[codes]]
    return joined


def _places(counts: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return which answer each becomes, from how often each was given at each wave."""
    groups = [[value] for value in range(counts.shape[1])]
    while len(groups) > 1:
        given = [counts[:, group].sum(axis=1) for group in groups]
        unused = [g for g, count in enumerate(given) if count.min() == 0]
        if not unused:
            break
        g = min(unused, key=lambda place: given[place].sum())
        other = min((h for h in (g - 1, g + 1) if 0 <= h < len(groups)), key=lambda place: given[place].sum())
        low, high = sorted((g, other))
        groups[low : high + 1] = [groups[low] + groups[high]]
    return np.repeat(np.arange(len(groups)), [len(group) for group in groups])


def ordinal_wave_comparability(
    table: pd.DataFrame, *, items: Sequence[str], before: str, after: str, unit: str = "person"
) -> OrderedWaves:
    """How much of a mean change comes from items that measure differently, if answers are ordered.

    Parameters
    ----------
    table
        Long form: one row per person and wave, with the columns `unit`, "wave" and the items.
    items
        Three or more items of one scale, with three to seven answers.
    before, after
        The two waves.
    unit
        The column that identifies the same person in both waves.

    Returns
    -------
    OrderedWaves
        The shift, and the fit of the models. Below 200 people with complete answers at both waves: not assessed.

    Raises
    ------
    EstimationError
        If a column is missing or a person has two rows in one wave.

    Notes
    -----
    See `ordinal_wave_invariance`; right if more than half of the items kept their meaning. Answers that nobody gave
    at one of the waves are joined (`joined_answers`). Where one factor fits poorly (RMSEA above 0.10) equality is not
    judged. People within companies make p values too small; there is no interval.

    References
    ----------
    wu2016, liu2017, nye2011, savalei2024, browne1993

    Examples
    --------
    >>> few = pd.DataFrame({"person": [1, 1], "wave": ["x", "y"], "a": [1, 2], "b": [1, 2], "c": [2, 2]})
    >>> found = ordinal_wave_comparability(few, items=["a", "b", "c"], before="x", after="y")
    >>> found.shift.table["reason"].tolist(), found.fit
    (['fewer_than_200'], None)
    """
    waves = waves_of_same(table, items, before, after, unit)
    row = {"item": None, "contrast": f"{after} - {before}", "n": len(waves[0]), "verdict": None}
    joined = joined_answers(waves) if len(waves[0]) >= FEWEST_PEOPLE else list(waves)
    reason = _why_not(joined)
    if reason is None:
        try:
            found = ordinal_wave_invariance(joined)
        except EstimationError:
            reason = "no_model"
        else:
            return OrderedWaves(_shift(row, items, found), _fit(row, found))
    missing = row | {
        "estimand": "ordinal_shift",
        "estimate": math.nan,
        "verdict": "undecided",
        "reason": reason,
    }
    return OrderedWaves(Result(pd.DataFrame([missing]), META), None)


def _why_not(waves: Sequence[Matrix]) -> str | None:
    if len(waves[0]) < FEWEST_PEOPLE:
        return "fewer_than_200"
    sizes = [np.unique(column).size for part in waves for column in part.T]
    if min(sizes) < FEWEST_ANSWERS:
        return "fewer_than_three_answers"
    return "more_than_seven_answers" if max(sizes) > MOST_ANSWERS else None


def _shift(row: dict, items: Sequence[str], found: OrdinalInvariance) -> Result:
    row = row | {"estimand": "ordinal_shift", "reason": None}
    poor = found.steps[0].estimates.scaled.rmsea > POOR
    rows = [
        row | {"estimate": float(found.effect[0]), "reason": "alike_none" if poor else f"alike_{found.kept}"}
    ]
    rows += [row | {"item": name, "estimate": float(found.item_shift[0, i])} for i, name in enumerate(items)]
    return Result(pd.DataFrame(rows), META)


def _fit(row: dict, found: OrdinalInvariance) -> Result:
    rows = []
    for step in found.steps:
        fit, more = step.estimates.scaled, step.difference
        own = {"estimand": "equality_step", "term": step.name, "estimate": fit.cfi, "rmsea": fit.rmsea}
        if more is not None:
            own |= {
                "statistic": more.chi2,
                "df": more.df,
                "p_value": more.p_value,
                "rmsea_difference": more.rmsea,
            }
        kept = "fit_kept" if step.holds else "fit_worse"
        rows.append(row | own | {"reason": kept if more is not None else None})
    return Result(pd.DataFrame(rows), META)
