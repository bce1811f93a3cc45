"""Each change against the comparison group: who is compared, what the design allows, and the estimates."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from evaluation.impact.balance import baseline_difference
from evaluation.impact.estimates import impact_estimates
from evaluation.impact.evidence import Evidence, evidence_of
from evaluation.missing.attrition import attrition
from evaluation.project.measure import AbsentMeasure
from evaluation.project.model import Indicator
from evaluation.result import Result
from evaluation.rules.judge import TOLERANCE, Judgement, judged
from evaluation.rules.measure import ID, scores
from evaluation.stats.cluster_choice import FEWEST
from evaluation.stats.multiplicity import holm
from evaluation.study import Study
from evaluation.vocabulary.errors import EstimationError

BY_ASSIGNMENT: Mapping[str, tuple[str, ...]] = {
    "self_selected": (
        "difference_in_differences", "ancova", "entropy_balance", "overlap_weights",
        "augmented_weighting", "robust_difference", "randomisation",
    ),
    "random": ("ancova", "interacted", "difference_in_differences", "randomisation"),
}  # fmt: skip
"""The ways of computing that are shown, the one that is judged first."""

APART = Evidence(2, 2, "association")
"""What a comparison shows whose groups were not alike in the outcome beforehand."""

REST = "rest"
"""Levels with too few on one side, taken together."""


def compared(study: Study) -> list[str]:
    """List the changes that the programme aims at and that can be measured in both groups."""
    return [key for key in changes(study) if not study.indicator(key).placebo]


def placebos(study: Study) -> list[str]:
    """List the changes that the programme does not aim at."""
    return [key for key in changes(study) if study.indicator(key).placebo]


def changes(study: Study) -> list[str]:
    """List the changes that data are collected for."""
    return [
        key
        for key, indicator in study.indicators(kind="change").items()
        if not isinstance(indicator.measure, AbsentMeasure)
    ]


def pairs(key: str, study: Study) -> pd.DataFrame:
    """Return everyone who was measured before and after, of both groups.

    Parameters
    ----------
    key
        An indicator with a rule of the kind change.
    study
        The programme, with a comparison group.

    Returns
    -------
    pandas.DataFrame
        One row per unit: took (1 for those who take part), organisation, before, after, and the classifications
        that the definition adjusts for; rare levels are taken together.
    """
    return study.once(("pairs", key), lambda: _pairs(key, study))


def _pairs(key: str, study: Study) -> pd.DataFrame:
    sides = {1: study, 0: study.comparison}
    found = [_measured(key, side).assign(took=took) for took, side in sides.items() if side]
    return _with_few_together(pd.concat(found, ignore_index=True), study)


def _measured(key: str, side: Study) -> pd.DataFrame:
    indicator = side.indicator(key)
    unit, rule = ID[indicator.unit], indicator.rule
    long = scores(indicator, side, [rule.before, rule.after])
    texts = {name: "object" for name in {unit, "organisation", "wave"} & set(long)}
    long = long.astype(texts)
    wide = long.pivot_table(index=unit, columns="wave", values="value", sort=False)
    wide = wide.reindex(columns=[rule.before, rule.after]).set_axis(["before", "after"], axis=1).dropna()
    firm = long.groupby(unit, sort=False)["organisation"].first() if unit != "organisation" else None
    wide["organisation"] = wide.index if firm is None else firm.reindex(wide.index)
    return _with_groups(wide.rename_axis("unit").reset_index(), unit, side)


def _with_groups(table: pd.DataFrame, unit: str, side: Study) -> pd.DataFrame:
    """Add the classifications of the people, or of their organisations."""
    stated = side.project.impact.comparison
    people, firms = (frame.set_index(name) for name, frame in
                     (("person", side.people), ("organisation", side.organisations)))  # fmt: skip
    for name in stated.adjust_for if stated else ():
        of_firm = side.project.groups[name].of == "organisation"
        if unit == "organisation" and not of_firm:
            continue
        values = (firms if of_firm else people)[name].astype("object")
        table[name] = table["organisation" if of_firm else "unit"].astype("object").map(values)
    return table


def _with_few_together(table: pd.DataFrame, study: Study) -> pd.DataFrame:
    for name in covariates(table, study):
        counts = pd.crosstab(table[name], table["took"]).reindex(columns=[0, 1], fill_value=0)
        few = set(counts.index[(counts < study.policy.threshold(name)).any(axis=1)])
        table[name] = table[name].where(~table[name].isin(few), REST).where(table[name].notna(), REST)
    return table


def covariates(table: pd.DataFrame, study: Study) -> list[str]:
    """List the classifications in a table of pairs that the groups are made alike in."""
    stated = study.project.impact.comparison
    return [name for name in (stated.adjust_for if stated else ()) if name in table]


def evidence(study: Study) -> Evidence:
    """Place the programme's design on the ladders of evidence."""
    stated = study.project.impact.comparison
    waves = [_answered(study), _answered(study.comparison)] if study.comparison else [len(study.survey_waves)]
    if stated is None or min(waves) == 0:
        return evidence_of(waves=max(1, waves[0]), comparison=False)
    lost = attrition_between(study)
    low = lost is None or lost.table["verdict"].iloc[0] == "low_attrition"
    return evidence_of(
        waves=min(waves),
        comparison=True,
        assignment=stated.assignment,
        adjusted=bool(stated.adjust_for),
        low_attrition=low,
    )


def _answered(study: Study) -> int:
    return sum((study.answers["wave"] == wave).any() for wave in study.survey_waves)


def has_comparison(study: Study) -> bool:
    """Tell whether anybody in a comparison group has answered."""
    return study.comparison is not None and measured_people(study.comparison) > 0


def measured_people(side: Study) -> int:
    """Count those of one side who answered a survey."""
    given = side.given["person"]
    return int(given[given.isin(side.participants["person"])].nunique())


def design_terms(study: Study) -> list[str]:
    """Name the sentences that say what the design is and, with a comparison group, which words it allows."""
    stated = study.project.impact.comparison
    if stated is not None and has_comparison(study):
        return [f"with_comparison_{stated.assignment}", f"words_{evidence(study).words}"]
    alone = "before_after" if len(study.survey_waves) > 1 else "measured_once"
    return [alone] if stated is None else ["comparison_silent", alone]


def evidence_for(key: str, study: Study) -> Evidence:
    """Place one comparison: groups far apart beforehand show a difference, not an effect.

    Those who were drawn at random may differ by chance alone, which the interval counts.
    """
    found, table = evidence(study), pairs(key, study)
    if found.words != "effect" or study.project.impact.comparison.assignment == "random":
        return found
    try:
        apart = baseline_difference(table, treated="took", covariates=["before"])
    except EstimationError:
        return found
    rows = apart.table["reason"]
    return APART if len(rows) and rows.iloc[0] == "baseline_apart" else found


def attrition_between(study: Study) -> Result | None:
    """Judge whether the programme and the comparison group lost unequally many between first and last wave."""
    waves = study.survey_waves
    if study.comparison is None or len(waves) < 2:
        return None
    parts = []
    for arm, side in (("programme", study), ("comparison", study.comparison)):
        seen = side.answers[side.answers["person"].isin(side.participants["person"])]
        first, last = (set(seen.loc[seen["wave"] == wave, "person"]) for wave in (waves[0], waves[-1]))
        parts.append(pd.DataFrame({"answered": [int(one in last) for one in sorted(first)], "arm": arm}))
    table = pd.concat(parts, ignore_index=True)
    if table["arm"].nunique() < 2:
        return None
    found = attrition(table, arm="arm", reference="comparison")
    both = {
        "estimand": "compared_attrition",
        "unit": "person",
        "term": None,
        "group": "side",
        "level": "programme",
    }
    return Result(found.table.assign(**both), found.meta)


def estimates(key: str, study: Study) -> Result:
    """Estimate one change against the comparison group in every way that the design calls for.

    Parameters
    ----------
    key
        An indicator with a rule of the kind change.
    study
        The programme, with a comparison group.

    Returns
    -------
    Result
        One row per way of computing; the first is judged by the smallest important change.
    """
    return study.once(("impact", key), lambda: _estimates(key, study))


def _estimates(key: str, study: Study) -> Result:
    table, indicator, stated = pairs(key, study), study.indicator(key), study.project.impact.comparison
    named = evidence_for(key, study)
    order = BY_ASSIGNMENT.get(stated.assignment, BY_ASSIGNMENT["self_selected"])
    if stated.unit == "person":
        order = tuple(term for term in order if term != "randomisation")
    try:
        found = impact_estimates(table, treated="took", covariates=covariates(table, study), evidence=named)
        rows = found.table.set_index("term").loc[list(order)].reset_index()
        found = Result(rows, found.meta)
    except EstimationError:
        found = _not_comparable(table, order[0])
    found = Result(found.table.drop(columns="reason"), found.meta)
    extra = {"smallest_important": indicator.rule.smallest_important}
    result = judged(found, key, indicator, lambda row: judge(row, indicator, named.words), **extra)
    first = result.table.index == 0
    return Result(result.table.assign(verdict=result.table["verdict"].where(first, None)), result.meta)


def _not_comparable(table: pd.DataFrame, term: str) -> Result:
    took = int((table["took"] == 1).sum())
    row = {"estimand": "association", "term": term, "estimate": np.nan, "n": len(table), "n_groups": 0}
    row |= {"n_level": took, "n_reference": len(table) - took, "conf_low": np.nan, "conf_high": np.nan}
    return Result(pd.DataFrame([row | {"reason": None, "method": None, "p_value": np.nan}]))


def judge(row: Mapping[str, Any], indicator: Indicator, words: str) -> Judgement:
    """Judge a difference against the comparison group by its interval and the smallest that matters."""
    said = "effect" if words == "effect" else "association"
    if np.isnan(row["estimate"]):
        return "undecided", "not_comparable"
    if row["n_groups"] < FEWEST:
        return "undecided", "too_few_clusters_in_group"
    if np.isnan(row["conf_low"]):
        return "undecided", "no_spread"
    if row["conf_low"] <= 0 <= row["conf_high"]:
        return f"{said}_uncertain", "difference_includes_zero"
    if abs(row["estimate"]) < indicator.rule.smallest_important - TOLERANCE:
        return f"{said}_small", "difference_small"
    wanted = (row["estimate"] > 0) == (indicator.rule.wanted == "increase")
    return (f"{said}_shown" if wanted else f"{said}_unwanted"), "difference_clear"


def main_estimates(keys: list[str], study: Study) -> dict[str, Result]:
    """Return the judged rows by what they show, "effect" or "association"; p values are adjusted after Holm."""
    rows = [Result((found := estimates(key, study)).table.head(1), found.meta) for key in keys]
    values = holm([float(row.table["p_value"].iloc[0]) for row in rows]) if rows else []
    by_kind: dict[str, Result] = {}
    for row, value in zip(rows, values, strict=True):
        kind = str(row.table["estimand"].iloc[0])
        references = tuple(dict.fromkeys((*row.meta.references, "holm1979")))
        judged_row = Result(row.table.assign(p_adjusted=value), replace(row.meta, references=references))
        by_kind[kind] = by_kind[kind].stack(judged_row) if kind in by_kind else judged_row
    return by_kind


def balance(study: Study) -> Result | None:
    """Estimate how far apart the groups were beforehand, as they are and weighted to be alike.

    Returns
    -------
    Result or None
        For each change a row of the answer before (`indicator`), and for each classification a row per level
        (`group`, `level`), both without weights and with entropy balancing. None if nothing can be compared.
    """
    rows, meta = [], None
    told: set[tuple[object, ...]] = set()
    for key in changes(study):
        for row, found in _balance_rows(key, study):
            place = (row.get("indicator"), row.get("group"), row.get("level"), row["method"])
            if place not in told:
                told.add(place)
                rows.append(row)
            meta = found.meta
    return Result(pd.DataFrame(rows), meta) if rows else None


def _balance_rows(key: str, study: Study) -> Iterator[tuple[dict[str, Any], Result]]:
    table, unit = pairs(key, study), study.indicator(key).unit
    names = ["before", *covariates(table, study)]
    for weights in ("unweighted", "entropy_balance"):
        try:
            found = baseline_difference(table, treated="took", covariates=names, weights=(weights,))
        except EstimationError:
            continue
        for row in found.table.to_dict("records"):
            term, level = str(row.pop("term")).partition(".")[::2]
            row |= {"unit": unit, "bound_low": -0.05, "bound_high": 0.05, "smallest_important": 0.25}
            if term == "before":
                yield row | {"indicator": key}, found
            elif level != REST:
                part = {"term": term, "group": term, "level": level}
                yield row | part | {"mean_level": np.nan, "mean_reference": np.nan}, found


def balanced(result: Result) -> Result:
    """Return the rows of a balance table in the order of a picture: each pair of marks together."""
    keys = [name for name in ("indicator", "group", "level") if name in result.table]
    names = result.table[keys].fillna("").agg("|".join, axis=1)
    order = {name: place for place, name in enumerate(dict.fromkeys(names))}
    table = result.table.iloc[np.argsort(names.map(order), kind="stable")].reset_index(drop=True)
    return Result(table, replace(result.meta, figure="love"))
