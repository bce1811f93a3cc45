"""What is calibrated: the default method of each family beside what people use without thinking of companies."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import special, stats

from benchmarks.simulated_programme import (
    Programme,
    World,
    correlation_of_colleagues,
    draw_course,
    draw_programme,
    gap_for,
    mean_answer,
    net_rise,
    share_from,
    variance_of_answer,
)
from evaluation.change.standardised import effect_sizes
from evaluation.missing.change import complete_change, imputed_change, weighted_change
from evaluation.stats.cluster import cluster_fit, contrast
from evaluation.stats.cluster_choice import cluster_inference, mean_inference
from evaluation.stats.cluster_mean import cluster_mean
from evaluation.stats.cluster_share import cluster_share
from evaluation.stats.clustered_pairs import clustered_mcnemar
from evaluation.stats.effect_size import d_average
from evaluation.stats.equivalence import two_one_sided
from evaluation.stats.group_difference import mean_difference
from evaluation.stats.icc import cluster_icc
from evaluation.stats.normal_influence import normal_means
from evaluation.stats.paired import mean_t
from evaluation.stats.paired_share import mcnemar, paired_share_change
from evaluation.stats.proportion import hypergeometric, wilson
from evaluation.stats.share_posterior import predict_unseen
from evaluation.stats.two_proportions import chi_square, wald_difference

NOTHING = float("nan")
LARGE, SMALL = (500, 1300), (30, 190)
CHANGE = 0.4
"""True change, and gap, in standard deviations of what lies behind the answers."""

MARGIN = 0.3
"""Smallest important gap, in steps of the scale."""

YES = 3
"""The lowest answer that counts as yes."""

DRAWS = 299

Limits = tuple[float, float]
Readings = dict[str, tuple[Limits, float]]
"""Limits and p value of each method; NaN where a method has none."""


@dataclass(frozen=True, slots=True)
class Family:
    """Methods for one question, and what is true.

    Attributes
    ----------
    name
        Heading of the table.
    read
        Limits and p value of each method, from a programme.
    truth
        The true value, from the world and the programme.
    alone, differing
        Worlds by their change and gap: the one in which a finding is false, and the one that the
        intervals are to hold; the same where there is only one.
    defaults
        The methods that reports use.
    part
        How many of the replications it gets.
    sizes
        Companies and people.
    nominal
        Share of false findings that is promised; None where nothing is tested.
    """

    name: str
    read: Callable[[Programme, World, np.random.Generator], Readings]
    truth: Callable[[World, Programme], float]
    alone: dict[str, float]
    differing: dict[str, float]
    defaults: tuple[str, ...]
    part: float = 1.0
    sizes: tuple[tuple[int, int], ...] = (SMALL, LARGE)
    nominal: float | None = 0.05


def _said(found) -> tuple[Limits, float]:
    return (float(found.conf_low), float(found.conf_high)), float(getattr(found, "p_value", NOTHING))


def _wide(programme: Programme) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "before": programme.before,
            "after": np.where(programme.stays, programme.after, np.nan),
            "organisation": programme.company,
        }
    )


def _long(programme: Programme, after: np.ndarray) -> pd.DataFrame:
    person = np.arange(programme.before.size)
    waves = [
        pd.DataFrame({"person": person, "organisation": programme.company, "wave": wave, "value": value})
        for wave, value in (("before", programme.before), ("after", after))
    ]
    return pd.concat(waves, ignore_index=True)


def _mean_change(programme: Programme, world: World, rng) -> Readings:
    change, company = programme.after - programme.before, programme.company
    return {
        "CR2 or wild bootstrap, by the rule": _said(mean_inference(change, company)),
        "paired t test": _said(mean_t(change)),
        "CR1, companies less one": _said(_cr1(change, company)),
    }


def _cr1(y: np.ndarray, company: np.ndarray):
    return contrast(cluster_fit(y, np.ones((y.size, 1)), company), [1.0], covariance="CR1")


def _share_change(programme: Programme, world: World, rng) -> Readings:
    first, later = (answers >= YES for answers in (programme.before, programme.after))
    up, down = int((later & ~first).sum()), int((first & ~later).sum())
    both, neither = int((later & first).sum()), int((~later & ~first).sum())
    change = later.astype(float) - first
    limits, _ = _said(paired_share_change(both, up, down, neither))
    obuchowski = clustered_mcnemar(change, programme.company)
    return {
        "CR2 or wild bootstrap, by the rule": _said(mean_inference(change, programme.company)),
        "Obuchowski's test": ((NOTHING, NOTHING), obuchowski.p_value),
        "Newcombe's interval, McNemar's mid-p": (limits, mcnemar(up, down).p_mid),
    }


def _ordinal_change(programme: Programme, world: World, rng) -> Readings:
    signs = np.sign(programme.after - programme.before)
    ranks = stats.wilcoxon(programme.after - programme.before, method="asymptotic")
    return {
        "CR2 or wild bootstrap, by the rule": _said(mean_inference(signs, programme.company)),
        "t interval of the signs, Wilcoxon's test": (_said(mean_t(signs))[0], float(ranks.pvalue)),
    }


def _mean_gap(programme: Programme, world: World, rng) -> Readings:
    y, woman = programme.before, programme.woman
    design = np.column_stack([np.ones(y.size), woman])
    return {
        "CR2 or wild bootstrap, by the rule": _said(
            cluster_inference(y, design, programme.company, [0.0, 1.0])
        ),
        "Welch's t test": _said(mean_difference(y[woman], y[~woman])),
    }


def _share_gap(programme: Programme, world: World, rng) -> Readings:
    yes, woman = programme.before >= YES, programme.woman
    design = np.column_stack([np.ones(yes.size), woman])
    counts = [int(n) for side in (woman, ~woman) for n in (yes[side].sum(), side.sum())]
    wald = wald_difference(*counts)
    found = cluster_inference(yes.astype(float), design, programme.company, [0.0, 1.0])
    return {
        "CR2 or wild bootstrap, by the rule": _said(found),
        "Wald's interval, chi-squared test": (_said(wald)[0], float(chi_square(*counts).p_value)),
        "logistic regression": ((NOTHING, NOTHING), _logistic(*counts)),
    }


def _logistic(k: int, n: int, k_reference: int, n_reference: int) -> float:
    """Return Wald's p value of a group's coefficient, whose maximum is known; 1 where there is none."""
    cells = np.array([k, n - k, k_reference, n_reference - k_reference], dtype=float)
    if not cells.all():
        return 1.0
    odds = np.log(cells[0] * cells[3] / (cells[1] * cells[2]))
    return float(2 * special.ndtr(-abs(odds) / np.sqrt(np.sum(1 / cells))))


def _equivalence(programme: Programme, world: World, rng) -> Readings:
    y, woman = programme.before, programme.woman
    design = np.column_stack([np.ones(y.size), woman])
    clustered = contrast(cluster_fit(y, design, programme.company), [0.0, 1.0])
    naive = mean_difference(y[woman], y[~woman])
    found = {"two one-sided tests, CR2": clustered, "two one-sided tests, Welch": naive}
    return {
        name: ((NOTHING, NOTHING), two_one_sided(one.estimate, one.std_error, one.df, MARGIN).p_value)
        for name, one in found.items()
    }


def _described(programme: Programme, world: World, rng) -> Readings:
    return {
        "CR2, Satterthwaite": (_said(cluster_mean(programme.before, programme.company))[0], NOTHING),
        "t interval": (_said(mean_t(programme.before))[0], NOTHING),
    }


def _standardised(programme: Programme, world: World, rng) -> Readings:
    rows = _long(programme, programme.after)
    found = effect_sizes(rows, before="before", after="after", rng=rng).table.set_index("term")
    drawn = found.loc["d_average"]
    alone = d_average(programme.before, programme.after)
    return {
        "linearised, CR2 or wild bootstrap": (
            (float(drawn["conf_low"]), float(drawn["conf_high"])),
            NOTHING,
        ),
        "noncentral t": (_said(alone)[0], NOTHING),
    }


def _yes(programme: Programme) -> tuple[np.ndarray, np.ndarray]:
    seen = programme.answers
    return (programme.before[seen] >= YES).astype(float), programme.company[seen]


def _wrongly_reached(limits: Limits, truth: float) -> tuple[Limits, float]:
    """Give a p value of 0 where the lower limit lies above the truth, and of 1 elsewhere."""
    return limits, 0.0 if limits[0] > truth + 1e-9 else 1.0


def _wider_share(programme: Programme, world: World, rng) -> Readings:
    yes, company = _yes(programme)
    truth = share_from(YES, 0.0)
    found = {
        "logit, CR2, Satterthwaite": cluster_share(yes, company),
        "Korn–Graubard, CR2": cluster_share(yes, company, method="korn_graubard"),
        "Wilson": wilson(int(yes.sum()), yes.size),
    }
    return {name: _wrongly_reached(_said(one)[0], truth) for name, one in found.items()}


def _own_share(programme: Programme, world: World, rng) -> Readings:
    yes, company = _yes(programme)
    k, n, everybody = int(yes.sum()), yes.size, programme.before.size
    found = {
        "hypergeometric": hypergeometric(k, n, everybody),
        "logit, CR2, finite": cluster_share(yes, company, n_total=everybody),
        "Wilson": wilson(k, n),
    }
    truth = _reached(world, programme)
    return {name: _wrongly_reached(_said(one)[0], truth) for name, one in found.items()}


def _predicted(programme: Programme, world: World, rng) -> Readings:
    yes, company = _yes(programme)
    positive, answers = (np.bincount(company, v, world.companies) for v in (yes, np.ones(yes.size)))
    sizes = np.bincount(programme.company)
    found = predict_unseen(positive.astype(int), answers.astype(int), sizes, 0.8)
    return {"beta-binomial prediction": _wrongly_reached(_said(found)[0], _reached(world, programme))}


def _reached(world: World, programme: Programme) -> float:
    return float((programme.before >= YES).mean())


def _under_attrition(programme: Programme, world: World, rng) -> Readings:
    rows = _wide(programme)
    tables = {
        "inverse probability weights": weighted_change(rows, rng=rng, draws=DRAWS),
        "imputation, companies drawn anew": imputed_change(rows, rng=rng, draws=DRAWS),
        "those who stayed, CR2": complete_change(rows),
    }
    stayed = programme.stays
    found = {name: _said(table.table.iloc[0]) for name, table in tables.items()}
    naive = mean_t(programme.after[stayed] - programme.before[stayed])
    return found | {"those who stayed, paired t test": _said(naive)}


def _by_course(programme: Programme, world: World, rng) -> Readings:
    answers = np.column_stack([programme.before, np.where(programme.stays, programme.after, np.nan)])
    return {"normal model, CR2": _of_everyone(answers, programme.company)}


def _of_everyone(answers: np.ndarray, company: np.ndarray) -> tuple[Limits, float]:
    """Judge the change from the first wave to the last, as `wave_contrasts` does."""
    found = normal_means(answers)
    added = found.influence[:, -1] - found.influence[:, 0]
    return _said(mean_inference(found.mean[-1] - found.mean[0] + added, company))


def _over_three(programme: Programme, world: World, rng) -> Readings:
    """Draw three waves of its own; the programme has two."""
    company, answers = draw_course(world, rng)
    change = answers[:, 2] - answers[:, 0]
    stayed = ~np.isnan(change)
    return {
        "normal model, CR2": _of_everyone(answers, company),
        "those who stayed, CR2": _said(mean_inference(change[stayed], company[stayed])),
        "those who stayed, paired t test": _said(mean_t(change[stayed])),
    }


def mean_icc(world: World, rng: np.random.Generator, repetitions: int) -> tuple[float, float]:
    """Return the mean of the estimated ICC 1 less its true value, with its Monte Carlo error."""
    found = np.empty(repetitions)
    for i in range(repetitions):
        programme = draw_programme(world, rng)
        found[i] = cluster_icc(programme.before, programme.company).anova
    error = float(found.std(ddof=1) / np.sqrt(repetitions))
    return float(found.mean()) - correlation_of_colleagues(world.icc), error


def _moved(world: World, programme: Programme) -> float:
    return mean_answer(world.change) - mean_answer(0.0)


def _share_moved(world: World, programme: Programme) -> float:
    return share_from(YES, world.change) - share_from(YES, 0.0)


def _standard_units(world: World, programme: Programme) -> float:
    spread = (variance_of_answer(0.0) + variance_of_answer(world.change)) / 2
    return _moved(world, programme) / float(np.sqrt(spread))


SAME: dict[str, float] = {}
RULE = ("CR2 or wild bootstrap, by the rule",)
FEW = ((5, 40), (6, 40), (8, 60))

FAMILIES = (
    Family("Mean change", _mean_change, _moved, SAME, {"change": CHANGE}, RULE),
    Family(
        "Mean change with few companies",
        *(_mean_change, _moved, SAME, {"change": CHANGE}, RULE),
        part=0.75,
        sizes=FEW,
    ),
    Family("Change of a share", _share_change, _share_moved, SAME, {"change": CHANGE}, RULE),
    Family(
        "Ordinal change",
        _ordinal_change,
        lambda world, programme: net_rise(world.change),
        *(SAME, {"change": CHANGE}, RULE),
    ),
    Family(
        "Standardised change",
        *(_standardised, _standard_units, SAME, {"change": CHANGE}, ("linearised, CR2 or wild bootstrap",)),
        sizes=(SMALL, LARGE, (8, 60)),
        nominal=None,
    ),
    Family(
        "Gap between the means of women and men",
        _mean_gap,
        lambda world, programme: mean_answer(world.gap) - mean_answer(0.0),
        *(SAME, {"gap": CHANGE}, RULE),
    ),
    Family(
        "Gap between the shares of women and men",
        _share_gap,
        lambda world, programme: share_from(YES, world.gap) - share_from(YES, 0.0),
        *(SAME, {"gap": CHANGE}, RULE),
    ),
    Family(
        "Equivalence when the gap is as large as the margin",
        _equivalence,
        lambda world, programme: NOTHING,
        *({"gap": gap_for(MARGIN)}, {"gap": gap_for(MARGIN)}, ("two one-sided tests, CR2",)),
    ),
    Family(
        "Mean at one wave",
        *(_described, lambda world, programme: mean_answer(0.0), SAME, SAME, ("CR2, Satterthwaite",)),
        nominal=None,
    ),
    Family(
        "Share in programmes like this",
        *(_wider_share, lambda world, programme: share_from(YES, 0.0), SAME, SAME),
        defaults=("logit, CR2, Satterthwaite", "Korn–Graubard, CR2"),
        nominal=0.025,
    ),
    Family(
        "Share in this programme",
        *(_own_share, _reached, SAME, SAME, ("hypergeometric", "logit, CR2, finite")),
        nominal=0.025,
    ),
    Family(
        "Share in this programme, predicted",
        *(_predicted, _reached, SAME, SAME, ("beta-binomial prediction",)),
        part=0.75,
        sizes=(SMALL,),
        nominal=0.025,
    ),
    Family(
        "Change of everyone when those with low answers leave",
        *(_under_attrition, _moved, SAME, {"change": CHANGE}),
        defaults=("inverse probability weights", "imputation, companies drawn anew"),
        part=0.75,
        sizes=(SMALL,),
    ),
    Family(
        "The same by waves together",
        *(_by_course, _moved, SAME, {"change": CHANGE}, ("normal model, CR2",)),
        part=0.75,
    ),
    Family(
        "Change over three waves when those with low answers leave",
        *(_over_three, _moved, SAME, {"change": CHANGE}, ("normal model, CR2",)),
        part=0.75,
    ),
)
