"""What stands beside a judged change: who rose and fell, other ways of computing, waves, hours and room."""

import math
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import pandas as pd

from evaluation.change.answers import share_improved
from evaluation.change.dose import dose_response
from evaluation.change.ranks import change_checks
from evaluation.change.standardised import ceiling, effect_sizes
from evaluation.change.waves import wave_contrasts
from evaluation.project.measure import ItemMeasure, ScaleMeasure
from evaluation.project.model import Indicator
from evaluation.result import Meta, Result
from evaluation.rules.change import judge
from evaluation.rules.judge import Judgement, judged
from evaluation.rules.measure import ID, scores
from evaluation.study import Study

LEVEL = 0.05


def directions(key: str, study: Study) -> Result:
    """Return how many rose, stayed and fell; all three are withheld if one is about too few.

    Parameters
    ----------
    key
        The key of a change in the project definition.
    study
        The programme with its data.
    """
    table, options = _paired(key, study)
    result = share_improved(table, **options)
    few = result.table["k"].between(1, study.policy.min_cell - 1).any()
    return _named(Result(result.table.assign(suppressed=bool(few)), result.meta), key, study)


def sizes(key: str, study: Study) -> Result:
    """Return standardised effect sizes of a change.

    Parameters
    ----------
    key, study
        As in `directions`.
    """
    table, options = _paired(key, study)
    return _named(effect_sizes(table, **options), key, study)


def checks(key: str, study: Study) -> Result:
    """Return the change computed in other ways, each judged by the same rule.

    Parameters
    ----------
    key, study
        As in `directions`.
    """
    indicator = study.indicator(key)
    table, options = _paired(key, study)
    clustered = options["cluster"] != options["unit"]
    judge_row = partial(_judge, clustered=clustered, wanted=indicator.rule.wanted)
    important = indicator.rule.smallest_important
    return judged(change_checks(table, **options), key, indicator, judge_row, smallest_important=important)


def agreement(key: str, study: Study, main: Mapping[str, Any]) -> Result:
    """Count the other ways of computing that lead to the same verdict.

    Parameters
    ----------
    key, study
        As in `directions`.
    main
        The judged row of the report.

    Returns
    -------
    Result
        One row: `k` of `n` ways; `changes_under` names the others.
    """
    rows = checks(key, study).table
    rows = rows[rows["estimate"].notna()]
    same = rows["verdict"] == main["verdict"]
    row = {
        "estimand": "same_verdict",
        "indicator": key,
        "unit": "statement",
        "estimate": same.mean() if len(rows) else math.nan,
        "k": int(same.sum()),
        "n": len(rows),
        "changes_under": " ".join(rows.loc[~same, "term"]) or None,
        "verdict": main["verdict"],
    }
    return Result(pd.DataFrame([row]), Meta("change_checks"))


def course(key: str, study: Study) -> Result | None:
    """Return the changes between all waves in which the same was asked; None where there are only two.

    Parameters
    ----------
    key, study
        As in `directions`.
    """
    indicator = study.indicator(key)
    asked = study.survey_waves
    table = scores(indicator, study, asked)
    waves = [name for name in asked if (table["wave"] == name).any()]
    if len(waves) < 3:
        return None
    options = _options(indicator, table)
    return _named(wave_contrasts(table, waves=waves, **options), key, study)


def dose(key: str, study: Study) -> Result | None:
    """Return the change per ten logged hours; None without hours.

    Parameters
    ----------
    key, study
        As in `directions`.
    """
    log = study.log
    if log.empty or not (log["hours"] > 0).any():
        return None
    table, options = _paired(key, study)
    people = study.people.astype({"person": "object", "organisation": "object"})
    hours = log.astype({"person": "object"}).groupby("person", observed=True)["hours"].sum()
    each = people["person"].map(hours).fillna(0.0)
    if study.indicator(key).unit == "organisation":
        by = each.groupby(people["organisation"]).mean()
    else:
        by = each.set_axis(people["person"])
    found = table[options["unit"]].astype("object").map(by)
    return _named(dose_response(table.assign(hours=found), **options), key, study)


def room(key: str, study: Study) -> Result | None:
    """Return how many could not improve; None where the best value is not known.

    Parameters
    ----------
    key, study
        As in `directions`.
    """
    indicator = study.indicator(key)
    best = BEST.get(type(indicator.measure), lambda *_: None)(indicator, study)
    if best is None:
        return None
    table, options = _paired(key, study)
    kept = {name: options[name] for name in ("before", "after", "unit")}
    return _named(ceiling(table, **kept, best=best, wanted=indicator.rule.wanted), key, study)


def _best_of_item(indicator: Indicator, study: Study) -> float | None:
    return _extreme(indicator, study, [indicator.measure.item])


def _best_of_scale(indicator: Indicator, study: Study) -> float | None:
    return _extreme(indicator, study, study.project.scales[indicator.measure.scale].items)


def _extreme(indicator: Indicator, study: Study, items: list[str]) -> float | None:
    """Return the mean of the items' best values: only who has all of them is at the top."""
    if indicator.in_percent or any(study.project.scales[key].score == "sum" for key in _scales(indicator)):
        return None
    choose = max if indicator.rule.wanted == "increase" else min
    options = [[option.value for option in study.response(item).options] for item in items]
    return float(sum(map(choose, options)) / len(options)) if all(options) else None


def _scales(indicator: Indicator) -> list[str]:
    return [indicator.measure.scale] if isinstance(indicator.measure, ScaleMeasure) else []


BEST: dict[type, Callable[[Indicator, Study], float | None]] = {
    ItemMeasure: _best_of_item,
    ScaleMeasure: _best_of_scale,
}


def _paired(key: str, study: Study) -> tuple[pd.DataFrame, dict[str, Any]]:
    indicator = study.indicator(key)
    rule = indicator.rule
    table = scores(indicator, study, [rule.before, rule.after])
    return table, {"before": rule.before, "after": rule.after, **_options(indicator, table)}


def _options(indicator: Indicator, table: pd.DataFrame) -> dict[str, Any]:
    unit = ID[indicator.unit]
    return {"unit": unit, "cluster": "organisation" if table["organisation"].notna().any() else unit}


def _named(result: Result, key: str, study: Study) -> Result:
    return Result(result.table.assign(indicator=key, unit=study.indicator(key).unit), result.meta)


def _judge(row: Mapping[str, Any], *, clustered: bool, wanted: str) -> Judgement:
    """Judge a row as the rule does; its p value says whether chance is ruled out, as not all have intervals."""
    if math.isnan(row["estimate"]):
        return None, None
    if not math.isnan(row["p_value"]):
        limit = row["estimate"] if row["p_value"] < LEVEL else 0.0
        row = {**row, "conf_low": min(limit, row["estimate"]), "conf_high": max(limit, row["estimate"])}
    return judge(row, clustered=clustered, wanted=wanted)
