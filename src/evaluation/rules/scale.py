"""How consistently the programme's scales measure, and what that says of single people."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import reduce

import numpy as np
import pandas as pd

from evaluation.data.score import reverse_items
from evaluation.measurement.alpha import consistency
from evaluation.measurement.comparability import response_shift
from evaluation.measurement.items import sample_covariance
from evaluation.measurement.reliability import MINIMUM, reliability
from evaluation.measurement.reliable_change import reliable_change
from evaluation.project.measure import ScaleMeasure
from evaluation.result import Meta, Result
from evaluation.rules.judge import TOLERANCE
from evaluation.rules.measure import scores
from evaluation.study import Study
from evaluation.vocabulary.errors import EstimationError

REPLICATES = 999
"""Resamples of organisations for the interval of alpha."""

LEAST = 0.70
"""The usual least reliability for comparing groups (`nunnally1994`)."""


def wide_answers(scale: str, study: Study) -> pd.DataFrame:
    """Return the answers to a scale's questions, reversed where worded the other way.

    Parameters
    ----------
    scale
        The scale's key.
    study
        The programme with its data.

    Returns
    -------
    pandas.DataFrame
        One row per person and wave: "person", "wave", "organisation" and a column per question.
    """
    return study.once(("answers", scale), lambda: _wide(scale, study))


def _wide(scale: str, study: Study) -> pd.DataFrame:
    items = list(study.project.scales[scale].items)
    answers = study.answers_to(items)
    plain = {name: "object" for name in ("person", "organisation", "wave", "item")}
    rows = reverse_items(answers, study.loaded).astype(plain)
    rows = rows[rows["value"].notna()]
    keys = ["person", "wave"]
    wide = rows.pivot_table(index=keys, columns="item", values="value", sort=False).reindex(columns=items)
    wide = wide.join(rows.groupby(keys, sort=False)["organisation"].first())
    return wide.reset_index().rename_axis(columns=None)


def reliabilities(study: Study) -> Result:
    """Estimate how consistent every scale is in every wave, and judge it by a usual least value.

    Parameters
    ----------
    study
        The programme with its data and at least one scale.

    Returns
    -------
    Result
        Rows by scale, wave and coefficient (`term`). The first coefficient, alpha or Spearman and Brown's, has a
        verdict: "consistent" or "inconsistent" if all of its interval lies on one side of `LEAST`,
        "perhaps_consistent" if it holds it, "undecided" if nothing is assessed.
    """
    return study.once(("reliabilities",), lambda: stacked(list(_reliabilities(study))))


def _reliabilities(study: Study) -> Iterator[Result]:
    for scale, wave, part in measured_waves(study):
        items = study.project.scales[scale].items
        rng = np.random.default_rng(0)
        clustered = part["organisation"].notna().any()
        cluster = "organisation" if clustered else None
        found = reliability(part, items=items, rng=rng, cluster=cluster, replicates=REPLICATES)
        table = found.table.assign(scale=scale, wave=wave, unit="person").astype(
            {"verdict": object, "reason": object}
        )
        main = table.index[0]
        if pd.isna(table.loc[main, "reason"]):
            table.loc[main, ["verdict", "reason"]] = _judged(table.loc[main])
        references = (*found.meta.references, "nunnally1994")
        yield Result(table, replace(found.meta, references=references))


def measured_waves(study: Study) -> Iterator[tuple[str, str, pd.DataFrame]]:
    """Give scale, wave and answers, for every wave in which the scale was asked; sums of counts are no scales.

    Parameters
    ----------
    study
        The programme with its data.

    Yields
    ------
    tuple
        The scale's key, the wave's, and the rows of `wide_answers` of that wave.
    """
    for scale in study.project.scales:
        wide = wide_answers(scale, study)
        for wave in asked_waves(scale, study):
            yield scale, wave, wide[wide["wave"] == wave]


def asked_waves(scale: str, study: Study) -> list[str]:
    """Return the waves in which a scale was answered; none for a sum of counts, which is no scale."""
    return study.once(("asked", scale), lambda: _asked_waves(scale, study))


def _asked_waves(scale: str, study: Study) -> list[str]:
    definition = study.project.scales[scale]
    if any(study.response(item).range for item in definition.items) and definition.score == "sum":
        return []
    answered = set(wide_answers(scale, study)["wave"])
    return [wave for wave in study.survey_waves if wave in answered]


def _judged(row: pd.Series) -> list[str]:
    if math.isnan(row["conf_low"]):
        return ["undecided", "no_interval_of_two" if row["term"] == "spearman_brown" else "no_interval"]
    if row["conf_low"] >= LEAST - TOLERANCE:
        return ["consistent", "reliability_enough"]
    if row["conf_high"] < LEAST - TOLERANCE:
        return ["inconsistent", "reliability_short"]
    return ["perhaps_consistent", "reliability_unclear"]


def item_rows(study: Study) -> Result:
    """Estimate how each question goes with the others of its scale, and how many are at its ends.

    Parameters
    ----------
    study
        The programme with its data and at least one scale.

    Returns
    -------
    Result
        A row per scale, wave and question: `estimate` = correlation of the question with the sum of the
        others, `share_lowest` and `share_highest` = who chose the ends, `n` complete answers. Below 30 of
        them, or if a question has one answer only, `reason` says why there is no correlation.
    """
    rows = [row for scale, wave, part in measured_waves(study) for row in _items(scale, wave, part, study)]
    return Result(pd.DataFrame(rows), Meta(method="reliability", references=("cronbach1951",)))


def _items(scale: str, wave: str, part: pd.DataFrame, study: Study) -> Iterator[dict[str, object]]:
    items = list(study.project.scales[scale].items)
    data = part[items].dropna().to_numpy(float)
    few, flat = len(data) < MINIMUM["alpha"], len(data) > 0 and bool(np.any(np.ptp(data, axis=0) == 0))
    reason = "fewer_than_30" if few else "no_spread" if flat else None
    rest = [math.nan] * len(items) if reason else consistency(sample_covariance(data)).item_rest
    for place, item in enumerate(items):
        low, high = study.response(item).limits
        row = {"estimand": "item_rest", "unit": "person", "scale": scale, "wave": wave, "item": item}
        row |= {"estimate": float(rest[place]), "n": len(data), "reason": reason}
        ends = {"share_lowest": low, "share_highest": high}
        yield row | {name: _share_at(end, part[item], study) for name, end in ends.items()}


def _share_at(end: float, answers: pd.Series, study: Study) -> float:
    """Return the share who chose one answer, or nothing where so few did that they could be recognised."""
    given = answers.dropna()
    count = int((given == end).sum())
    shown = len(given) > 0 and (count == 0 or count >= study.project.privacy.min_cell)
    return count / len(given) if shown else math.nan


def retrospect_shifts(study: Study) -> Result | None:
    """Estimate how far the retrospect lies from what was answered before, where a then-test was asked.

    Parameters
    ----------
    study
        The programme with its data.

    Returns
    -------
    Result or None
        Three rows per change with a then-test, by `term`: "shift" (the retrospect minus before),
        "since_then" and "since_before". None without then-tests.
    """
    found = [
        _retrospect(key, study)
        for key, indicator in study.indicators(kind="change").items()
        if indicator.rule.then and indicator.unit == "person"
    ]
    return stacked(found) if found else None


def _retrospect(key: str, study: Study) -> Result:
    indicator = study.indicator(key)
    waves = [indicator.rule.before, indicator.rule.then, indicator.rule.after]
    long = scores(indicator, study, waves).astype(
        {"person": "object", "organisation": "object", "wave": "object"}
    )
    wide = long.pivot_table(index="person", columns="wave", values="value", sort=False).reindex(columns=waves)
    own = long.groupby("person", sort=False)["organisation"].first()
    wide["organisation"] = own.reindex(wide.index).fillna(pd.Series(wide.index, wide.index))
    found = response_shift(wide, before=waves[0], then=waves[1], after=waves[2])
    terms = ["shift", "since_then", "since_before"]
    return Result(found.table.assign(indicator=key, unit="person", term=terms), found.meta)


def reliable_shares(study: Study) -> Result | None:
    """Count who changed by more than measurement error explains.

    Parameters
    ----------
    study
        The programme with its data.

    Returns
    -------
    Result or None
        For each change of people on a scale three rows (`term` "up", "same", "down"), with the smallest change of
        one person that counts in `detectable`; or one row with the reason why nothing is assessed. None
        without changes.
    """
    found = [Result(pd.DataFrame(_reliable(key, study)), RELIABLE) for key in study.indicators(kind="change")]
    return stacked(found) if found else None


RELIABLE = Meta(method="reliable_change", references=("jacobson1991",))


def _reliable(key: str, study: Study) -> list[dict[str, object]]:
    indicator = study.indicator(key)
    row = {
        "estimand": "reliable_share",
        "indicator": key,
        "unit": indicator.unit,
        "estimate": math.nan,
        "n": 0,
    }
    if not isinstance(indicator.measure, ScaleMeasure):
        return [row | {"verdict": "undecided", "reason": "one_question"}]
    if indicator.unit != "person":
        return [row | {"verdict": "undecided", "reason": "not_of_people"}]
    rule, scale = indicator.rule, indicator.measure.scale
    long = scores(indicator, study, [rule.before, rule.after]).astype({"person": "object", "wave": "object"})
    wide = long.pivot_table(index="person", columns="wave", values="value", sort=False).reindex(
        columns=[rule.before, rule.after]
    )
    wide, known = wide.dropna(), _main_reliability(scale, rule.before, study)
    if math.isnan(known) or not 0 <= known < 1:
        return [row | {"n": len(wide), "verdict": "undecided", "reason": "reliability_unknown"}]
    try:
        found = reliable_change(wide[rule.before], wide[rule.after], known)
    except EstimationError:
        return [row | {"n": len(wide), "verdict": "undecided", "reason": "no_spread"}]
    counts = {"up": found.n_improved, "same": found.n_unchanged, "down": found.n_worse}
    row |= {"n": found.n, "detectable": found.smallest_detectable}
    return [row | {"term": term, "k": k, "estimate": k / found.n} for term, k in counts.items()]


def _main_reliability(scale: str, wave: str, study: Study) -> float:
    table = reliabilities(study).table
    rows = table[(table["scale"] == scale) & (table["wave"] == wave)]
    return float(rows["estimate"].iloc[0]) if len(rows) else math.nan


def stacked(results: Sequence[Result]) -> Result:
    """Return results one below the other."""
    return reduce(lambda first, other: first.stack(other), results)
