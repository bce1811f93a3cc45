"""Items that work differently in two groups of people who are alike in what is measured."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from evaluation.measurement.graded import graded_response
from evaluation.measurement.items import Matrix
from evaluation.measurement.ordinal_logit import ordinal_logit
from evaluation.stats.checks import as_float, finite
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg, pmsg

FEWEST_IN_CELL = 5
MOST_ROUNDS = 20


@dataclass(frozen=True, slots=True)
class OrdinalDif:
    """One item in two groups, by cumulative logit regression.

    Attributes
    ----------
    uniform, non_uniform, total
        Likelihood ratio chi-squares: of the group, of its interaction with the level, of both.
    p_uniform, p_non_uniform, p_total
        Their p values, with 1, 1 and 2 degrees of freedom.
    mcfadden_uniform, mcfadden_total
        Rise of McFadden's pseudo R2 by the group, and by group and interaction.
    nagelkerke_uniform, nagelkerke_total
        The same of Nagelkerke's.
    slope_change
        Relative change of the level's slope when the group is added.
    group_slope
        Log odds of a higher answer in the group at the same level.
    n
        People.
    """

    uniform: float
    non_uniform: float
    total: float
    p_uniform: float
    p_non_uniform: float
    p_total: float
    mcfadden_uniform: float
    mcfadden_total: float
    nagelkerke_uniform: float
    nagelkerke_total: float
    slope_change: float
    group_slope: float
    n: int


@dataclass(frozen=True, slots=True)
class MantelHaenszel:
    """One yes/no item in two groups at the same level.

    Attributes
    ----------
    chi2, p_value
        Continuity-corrected test with one degree of freedom.
    odds_ratio
        Of yes in the reference group against the group at the same level.
    delta
        -2.35 log odds ratio; below 0 the item is harder for the group.
    n
        People.
    """

    chi2: float
    p_value: float
    odds_ratio: float
    delta: float
    n: int


@dataclass(frozen=True, slots=True)
class DifScreen:
    """All items of a scale in two groups, by purified trait scores.

    Attributes
    ----------
    items
        One result per item, at the last round.
    flagged
        Which items work differently, shape (k,).
    rounds
        How often the scores were estimated.
    score, score_purified
        Trait of each person with all items alike, and with own parameters for flagged items.
    gap, gap_purified
        Mean score in the group minus reference, both ways, in standard deviations of the trait.
    """

    items: tuple[OrdinalDif, ...]
    flagged: NDArray[np.bool_]
    rounds: int
    score: Matrix
    score_purified: Matrix
    gap: float
    gap_purified: float

    @property
    def effect(self) -> float:
        """Standard deviations by which unequal items move the gap."""
        return self.gap - self.gap_purified


def _members(group: ArrayLike, n: int) -> Matrix:
    inside = finite(group, pmsg("argument", "The group"), 2)
    if inside.size != n or set(np.unique(inside)) != {0.0, 1.0}:
        raise EstimationError(
            msg("The group must be 1 for its members and 0 for the reference, with people in both.")
        )
    return inside


def dif_ordinal(item: ArrayLike, matching: ArrayLike, group: ArrayLike) -> OrdinalDif:
    """Whether people at the same level answer an item differently in two groups.

    Parameters
    ----------
    item
        Answers in their order, shape (n,), complete.
    matching
        The level: sum of the scale's other items, or a trait score, shape (n,).
    group
        1 for the group, 0 for the reference, shape (n,).

    Returns
    -------
    OrdinalDif
        Flag by size as well as by p value.

    Notes
    -----
    Cumulative logits of the answer on level, level and group, and both with their product. Changes of
    Nagelkerke's R2 below 0.035 are usually called negligible, above 0.070 large. From about 100 people in each
    group; adjust p values for the number of items. People within companies make p values too small.

    References
    ----------
    zumbo1999, crane2006, jodoin2001

    Examples
    --------
    >>> level = np.tile(np.arange(10.0), 20)
    >>> group = np.repeat([0, 1], 100)
    >>> answer = np.digitize(level + np.random.default_rng(1).logistic(size=200), [3, 6])
    >>> dif_ordinal(answer, level, group).p_total > 0.05
    True
    """
    answers = finite(item, pmsg("argument", "The items"), 4)
    level, inside = finite(matching, pmsg("argument", "The level")), _members(group, answers.size)
    counts = (answers[:, None] == np.unique(answers)).astype(float)
    if level.size != answers.size or counts.shape[1] < 2 or np.ptp(level) == 0:
        raise EstimationError(msg("The item and the level must vary, and have one value per person."))
    n, level = answers.size, (level - level.mean()) / level.std(ddof=1)
    empty = float(np.sum(counts * np.log(counts.mean(axis=0))))
    columns = np.column_stack([level, inside, level * inside])
    fits = [ordinal_logit(counts, columns[:, : size + 1]) for size in range(3)]
    logs = np.array([fit.log_likelihood for fit in fits])
    uniform, other, total = (
        2 * max(part, 0.0) for part in (logs[1] - logs[0], logs[2] - logs[1], logs[2] - logs[0])
    )
    mcfadden = 1 - logs / empty
    nagelkerke = -np.expm1(-2 * (logs - empty) / n) / -np.expm1(2 * empty / n)
    return OrdinalDif(
        *(uniform, other, total),
        *(float(special.chdtrc(df, chi)) for df, chi in ((1, uniform), (1, other), (2, total))),
        *(float(mcfadden[place] - mcfadden[0]) for place in (1, 2)),
        *(float(nagelkerke[place] - nagelkerke[0]) for place in (1, 2)),
        slope_change=float(abs((fits[1].slopes[0] - fits[0].slopes[0]) / fits[0].slopes[0])),
        group_slope=float(fits[1].slopes[1]),
        n=n,
    )


def dif_mantel_haenszel(item: ArrayLike, matching: ArrayLike, group: ArrayLike) -> MantelHaenszel:
    """Whether people at the same level say yes to an item more often in one of two groups.

    Parameters
    ----------
    item
        1 for yes, 0 for no, shape (n,), complete.
    matching
        The level, with few different values, shape (n,).
    group
        1 for the group, 0 for the reference, shape (n,).

    Returns
    -------
    MantelHaenszel
        Odds ratio NaN when no level holds both answers in both groups.

    Notes
    -----
    (|sum of (observed - expected)| - 1/2)^2 / sum of hypergeometric variances over levels. Finds a group
    difference of one direction only. Levels with one person say nothing and drop out.

    References
    ----------
    holland1988, mantel1959

    Examples
    --------
    >>> level, group = np.repeat([1, 2], 8), np.tile([0, 1], 8)
    >>> dif_mantel_haenszel(np.tile([0, 0, 1, 1], 4), level, group).odds_ratio
    1.0
    """
    answers = finite(item, pmsg("argument", "The items"), 4)
    inside = _members(group, answers.size)
    if not np.all((answers == 0) | (answers == 1)):
        raise EstimationError(msg("The item must be 1 for yes and 0 for no."))
    place = np.unique(finite(matching, pmsg("argument", "The level")), return_inverse=True)[1]
    cell = (place * 4 + inside * 2 + answers).astype(np.intp)
    no, yes, group_no, group_yes = (
        np.bincount(cell, minlength=4 * (place.max() + 1)).reshape(-1, 4).T.astype(float)
    )
    total = no + yes + group_no + group_yes
    used = total > 1
    no, yes, group_no, group_yes, total = (part[used] for part in (no, yes, group_no, group_yes, total))
    reference, correct = no + yes, yes + group_yes
    variance = np.sum(
        reference * (total - reference) * correct * (total - correct) / (total**2 * (total - 1))
    )
    away = abs(np.sum(yes) - np.sum(reference * correct / total))
    chi2 = float(max(away - 0.5, 0.0) ** 2 / variance) if variance > 0 else float("nan")
    above, below = np.sum(yes * group_no / total), np.sum(no * group_yes / total)
    ratio = float(above / below) if above > 0 and below > 0 else float("nan")
    p_value = float(special.chdtrc(1, chi2))
    return MantelHaenszel(chi2, p_value, ratio, float(-2.35 * np.log(ratio)), answers.size)


def dif_screen(items: ArrayLike, group: ArrayLike, alpha: float = 0.01) -> DifScreen:
    """Which items of a scale work differently in two groups, and what that does to the gap between them.

    Parameters
    ----------
    items
        Answers, shape (n, k); rare answers are joined with their neighbours until each is chosen by
        five or more people in both groups.
    group
        1 for the group, 0 for the reference, shape (n,).
    alpha
        Items are flagged when one of the three tests has a p value below it.

    Returns
    -------
    DifScreen
        The effect on the gap matters more than the number of flags.

    Notes
    -----
    Trait scores from a graded response model; cumulative logits of every item on them; then flagged items get own
    parameters in each group and the scores are estimated again, until the flags stay the same. From
    about 200 people in each group and with most items alike: with five items purification is
    unstable, and people within companies make p values too small.

    References
    ----------
    choi2011, crane2006

    Examples
    --------
    >>> rng = np.random.default_rng(3)
    >>> x = np.digitize(1.5 * rng.normal(size=(400, 1)) + rng.logistic(size=(400, 5)), [-1, 1])
    >>> dif_screen(x, np.repeat([0, 1], 200)).flagged.any().item()
    False
    """
    data = as_float(items, pmsg("argument", "The items"))
    inside = _members(group, len(data))
    merged = np.column_stack([_merged(column, inside) for column in data.T])
    plain = graded_response(merged).score
    score, flagged = plain, np.zeros(data.shape[1], dtype=bool)
    seen: list[bytes] = []
    for _ in range(MOST_ROUNDS):
        found = [_one(column, score, inside) for column in merged.T]
        now = np.array([min(part.p_uniform, part.p_non_uniform, part.p_total) < alpha for part in found])
        if np.array_equal(now, flagged) or now.all() or now.tobytes() in seen:
            flagged = now
            break
        flagged = now
        seen.append(now.tobytes())
        score = graded_response(_separate(merged, inside, flagged)).score
    gaps = [float(part[inside == 1].mean() - part[inside == 0].mean()) for part in (plain, score)]
    return DifScreen(tuple(found), flagged, len(seen) + 1, plain, score, *gaps)


def _one(column: Matrix, score: Matrix, inside: Matrix) -> OrdinalDif:
    known = np.isfinite(column)
    return dif_ordinal(column[known], score[known], inside[known])


def _merged(column: Matrix, inside: Matrix) -> Matrix:
    """Join rare answers with the next higher one, the highest with the one below."""
    values = np.unique(column[np.isfinite(column)])
    counts = np.array([[np.sum((column == v) & (inside == g)) for g in (0, 1)] for v in values])
    code, held, codes = 0, np.zeros(2), np.zeros(values.size)
    for place, chosen in enumerate(counts):
        held, codes[place] = held + chosen, code
        if held.min() >= FEWEST_IN_CELL and counts[place + 1 :].sum(axis=0).min() >= FEWEST_IN_CELL:
            code, held = code + 1, np.zeros(2)
    known = np.isfinite(column)
    return np.where(known, codes[np.searchsorted(values, np.where(known, column, values[0]))], np.nan)


def _separate(merged: Matrix, inside: Matrix, flagged: NDArray[np.bool_]) -> Matrix:
    """Give flagged items a column for each group."""
    own = [np.where(inside == g, column, np.nan) for column in merged[:, flagged].T for g in (0.0, 1.0)]
    return np.column_stack([merged[:, ~flagged], *own])
