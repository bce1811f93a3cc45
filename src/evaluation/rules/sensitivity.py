"""Whether a verdict would be another if those who are missing differed from those who answered."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from evaluation.missing.change import bounded_change, complete_change, weighted_change
from evaluation.missing.sensitivity import shifted_change, tipping_shift
from evaluation.missing.waves import two_waves
from evaluation.project.measure import ItemMeasure, ScaleMeasure, ShortfallMeasure
from evaluation.project.model import Indicator
from evaluation.result import Meta, Result
from evaluation.rules import change, evaluate
from evaluation.rules.measure import ID, scores
from evaluation.stats.cluster_choice import FEWEST
from evaluation.study import Study
from evaluation.vocabulary.errors import EstimationError

DRAWS = 499
"""Resamples of organisations; the interval's ends move by a few hundredths of its length between seeds."""

FEWEST_IN_LEVEL = 10
"""Smaller levels of a classification say nothing about who stays; they count as not known."""

ASSUMPTIONS = ("complete", "weighted", "imputed", "delta_down", "delta_up", "bounds")


def assumed_changes(key: str, study: Study) -> Result:
    """Judge a mean change under one assumption after the other about those who left.

    Parameters
    ----------
    key
        An indicator with a rule of the kind change.
    study
        The programme with its data.

    Returns
    -------
    Result
        One row per assumption (`term` of `ASSUMPTIONS`), each judged by the indicator's own rule. The shift
        is `smallest_important`, down and up. Bounds are judged by the end that is nearest to no change. A
        row whose model cannot be fitted says so. Only the first row if too few answered both times.
    """
    return study.once(("assumed", key), lambda: _assumed(key, study))


def _assumed(key: str, study: Study) -> Result:
    indicator = study.indicator(key)
    rule = indicator.rule
    table, known = followed_units(indicator, study)
    clustered = bool(table["organisation"].notna().any()) and indicator.unit != "organisation"
    if table["after"].notna().sum() < change.MIN_PAIRS:
        return _too_few(table, indicator)
    found = _estimated(table, indicator, study, known)
    rows = found.table.assign(unit=indicator.unit, smallest_important=rule.smallest_important)
    judge = partial(change.judge, clustered=clustered, wanted=rule.wanted)
    judged = [_verdict(row, judge) for row in rows.to_dict("records")]
    usual = judged[0][0]
    reasons = [_reason(verdict, reason, usual, i == 0) for i, (verdict, reason) in enumerate(judged)]
    return Result(rows.assign(verdict=[verdict for verdict, _ in judged], reason=reasons), found.meta)


def _too_few(table: pd.DataFrame, indicator: Indicator) -> Result:
    both = int(table["after"].notna().sum())
    row = {"estimand": "assumed_change", "unit": indicator.unit, "term": "complete", "estimate": math.nan}
    row |= {"n": both, "n_total": len(table), "verdict": "undecided", "reason": "too_few_pairs"}
    return Result(pd.DataFrame([row]), Meta(method="sensitivity"))


def followed_units(indicator: Indicator, study: Study) -> tuple[pd.DataFrame, list[str]]:
    """Return everyone who answered before, and the names of the columns that may say who stays.

    Parameters
    ----------
    indicator
        An indicator with a rule of the kind change.
    study
        The programme with its data.

    Returns
    -------
    tuple
        The table of `missing.waves.two_waves`, and its further columns: the classifications of the units
        that are not special categories of personal data.
    """
    rule, unit = indicator.rule, ID[indicator.unit]
    long = scores(indicator, study, [rule.before, rule.after])
    long = long.assign(unit=long[unit].astype("object"), organisation=long["organisation"].astype("object"))
    register = study.organisations if indicator.unit == "organisation" else study.people
    known = [
        key
        for key, group in study.project.groups.items()
        if group.of == indicator.unit and not group.special and key in register.columns
    ]
    by_unit = register.assign(unit=register[unit].astype("object")).set_index("unit")
    long = long.assign(**{key: long["unit"].map(_large(by_unit[key].astype("object"))) for key in known})
    return two_waves(long, before=rule.before, after=rule.after, unit="unit", known=known), known


def _large(levels: pd.Series) -> pd.Series:
    counts = levels.value_counts()
    return levels.where(levels.map(counts) >= FEWEST_IN_LEVEL)


def _estimated(table: pd.DataFrame, indicator: Indicator, study: Study, known: Sequence[str]) -> Result:
    low, high = limits(indicator, study)
    shift = indicator.rule.smallest_important
    first = complete_change(table)
    weighted = _fitted(partial(weighted_change, table, draws=DRAWS), known, study)
    imputed = _fitted(partial(shifted_change, table, deltas=[0.0, -shift, shift], draws=DRAWS), known, study)
    modelled = [part or _without_model(first, times) for part, times in ((weighted, 1), (imputed, 3))]
    found = first.stack(*modelled, bounded_change(table, low=low, high=high))
    shifts = [math.nan, math.nan, math.nan, -shift, shift, math.nan]
    meta = replace(found.meta, method="sensitivity")
    return Result(found.table.assign(term=list(ASSUMPTIONS), delta=shifts), meta)


def _fitted(estimate: Callable[..., Result], known: Sequence[str], study: Study) -> Result | None:
    """Fit a model with what is known, or with the score before alone; None if neither can be fitted."""
    for columns in (known, ()):
        try:
            return estimate(known=columns, rng=_rng(study))
        except EstimationError:
            continue
    return None


def _without_model(first: Result, times: int) -> Result:
    rows = pd.concat([first.table[["estimand", "n", "n_total", "n_groups"]]] * times, ignore_index=True)
    return Result(rows.assign(estimate=math.nan), first.meta)


def _rng(study: Study) -> np.random.Generator:
    simulation = study.project.simulation
    return np.random.default_rng(simulation.seed if simulation else 0)


def limits(indicator: Indicator, study: Study) -> tuple[float, float]:
    """Return the lowest and the highest value that an indicator's measure can have.

    Parameters
    ----------
    indicator
        An indicator of a question, a scale or a shortfall.
    study
        The programme, for its response scales.
    """
    if indicator.in_percent:
        return 0.0, 100.0
    if isinstance(indicator.measure, ItemMeasure):
        return study.response(indicator.measure.item).limits
    if isinstance(indicator.measure, ShortfallMeasure):
        low, high = study.response(indicator.measure.needed[0]).limits
        return 0.0, high - low
    scale = study.project.scales[indicator.measure.scale]
    ends = [study.response(item).limits for item in scale.items]
    times = len(ends) if scale.score == "sum" else 1
    return times * min(low for low, _ in ends), times * max(high for _, high in ends)


def _verdict(row: Mapping[str, Any], judge: Any) -> tuple[str | None, str | None]:
    if math.isnan(row["estimate"]):
        return "undecided", "no_model"
    if row["term"] != "bounds":
        return judge(row)
    low, high = row["bound_low"], row["bound_high"]
    return judge({**row, "estimate": low if low > 0 else min(high, 0.0)})


def _reason(verdict: str | None, reason: str | None, usual: str | None, first: bool) -> str | None:
    if first or reason == "no_model" or verdict == "undecided":
        return reason
    return None


def conclusions(study: Study) -> Result | None:
    """Say for every change and target whether its verdict depends on those who are missing.

    Parameters
    ----------
    study
        The programme with its data.

    Returns
    -------
    Result or None
        One row per statement: `usual` = the verdict in the report, `verdict` "holds", "holds_but_extremes"
        (another one only at the bounds), "depends" or "undecided", `changes_under` = the assumptions
        with another verdict, `delta` = the shift nearest to 0 with another verdict than if filled in.
        None without statements of these kinds.
    """
    return study.once(("conclusions",), lambda: _conclusions(study))


def _conclusions(study: Study) -> Result | None:
    rows = [_of_change(key, study) for key in study.indicators(kind="change") if assumable(key, study)]
    rows += [_of_target(key, study) for key in study.indicators(kind="target")]
    return Result(pd.DataFrame(rows), Meta(method="sensitivity")) if rows else None


def assumable(key: str, study: Study) -> bool:
    """Tell whether the measure of a change is a question or a scale, so that its lowest and highest value is known.

    Parameters
    ----------
    key
        The indicator.
    study
        The programme.
    """
    return isinstance(study.indicator(key).measure, ItemMeasure | ScaleMeasure)


def _of_change(key: str, study: Study) -> dict[str, Any]:
    indicator, table = study.indicator(key), assumed_changes(key, study).table
    first = table.iloc[0]
    row = {"estimand": "conclusion", "indicator": key, "unit": indicator.unit, "estimate": math.nan}
    row |= {"n": int(first["n"]), "n_total": int(first["n_total"]), "usual": first["verdict"]}
    if first["verdict"] == "undecided":
        return row | {"verdict": "undecided", "reason": "no_verdict_to_change"}
    if first["n"] == first["n_total"]:
        return row | {"verdict": "holds", "reason": "nobody_left"}
    fitted = table[table["reason"] != "no_model"]
    other = fitted.loc[fitted["verdict"] != row["usual"], "term"].tolist()
    if not other:
        return row | {"verdict": "holds", "reason": "verdict_holds"}
    tried = set(fitted["term"]) - {"complete", "bounds"}
    kind = "holds_but_extremes" if other == ["bounds"] and tried else "depends"
    row |= {"verdict": kind, "reason": f"verdict_{kind}", "changes_under": " ".join(other)}
    return row | {"delta": _tipping(key, study) if "imputed" not in other else math.nan}


def _tipping(key: str, study: Study) -> float:
    indicator = study.indicator(key)
    rule = indicator.rule
    table, known = followed_units(indicator, study)
    low, high = limits(indicator, study)
    groups = int(table.loc[table["after"].notna(), "organisation"].nunique())
    fixed = {"n": change.MIN_PAIRS, "n_groups": max(groups, FEWEST)}
    fixed |= {"smallest_important": rule.smallest_important}

    def conclude(estimate: float, conf_low: float, conf_high: float) -> str:
        row = {**fixed, "estimate": estimate, "conf_low": conf_low, "conf_high": conf_high}
        return str(change.judge(row, clustered=True, wanted=rule.wanted)[0])

    found = tipping_shift(
        table, largest=high - low, known=known, rng=_rng(study), draws=DRAWS, conclude=conclude
    )
    return float(found.table["delta"].iloc[0])


def _of_target(key: str, study: Study) -> dict[str, Any]:
    row = evaluate(key, study).table.iloc[0].to_dict()
    decided = row["verdict"] in ("reached", "not_reached")
    kept = (
        "indicator",
        "unit",
        "n",
        "n_total",
        "target",
        "bound_low",
        "bound_high",
        "n_needed",
        "tipping_share",
    )
    found = {name: row.get(name) for name in kept} | {"estimand": "conclusion", "estimate": math.nan}
    nobody = row["n"] == 0
    verdict = "holds" if decided else "undecided" if nobody else "depends"
    return found | {"usual": row["verdict"], "reason": row["reason"], "verdict": verdict}
