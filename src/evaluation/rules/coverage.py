"""R3: a declared share, or number, of all units shall be covered, counted in registers, logs or answers."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import pandas as pd

from evaluation.project.measure import HoursMeasure
from evaluation.project.model import Indicator
from evaluation.project.rule import CoverageRule
from evaluation.result import Result
from evaluation.rules.judge import TOLERANCE, Judgement, judged
from evaluation.rules.measure import COVERED, covered, hours, positives, units
from evaluation.study import Study
from evaluation.targets.attainment import covered_share
from evaluation.targets.hours import time_share


def evaluate(key: str, indicator: Indicator, study: Study) -> Result:
    """Judge whether enough is covered: units in registers and logs, those who say yes, or logged hours."""
    rule: CoverageRule = indicator.rule
    if isinstance(indicator.measure, HoursMeasure):
        result = time_share(hours(indicator, study), n_total=len(units(indicator, study)))
        return judged(result, key, indicator, judge_hours, target=rule.share)
    table, total = _table(indicator, study)
    result = _counted(covered_share(table, n_total=total), rule)
    target = rule.share if rule.count is None else float(rule.count)
    return judged(result, key, indicator, JUDGES[rule.limit], target=target, wave=rule.wave)


def _table(indicator: Indicator, study: Study) -> tuple[pd.DataFrame, int | None]:
    if type(indicator.measure) in COVERED:
        return covered(indicator, study), None
    found = next(iter(positives(indicator, study, indicator.rule.wave).values()))
    return found.table.rename(columns={"positive": "covered"}), found.n_total


def _counted(result: Result, rule: CoverageRule) -> Result:
    """Turn the share into the quantity that the rule is about."""
    table = result.table
    if rule.count is not None:
        total = table["n_total"]
        number = {name: table[name] * total for name in ("bound_low", "bound_high")}
        return Result(table.assign(estimand="covered_count", estimate=table["k"], **number), result.meta)
    if rule.limit == "at_most":
        return Result(table.assign(estimand="limited_share"), result.meta)
    return result


def judge(row: Mapping[str, Any], *, most: bool = False) -> Judgement:
    """Met or not met if nothing unknown could change it.

    Parameters
    ----------
    row
        The row with bounds and target.
    most
        Whether the target is the most, instead of the least, that is wanted.
    """
    if row["n_total"] == 0:
        return "undecided", "none_registered"
    low, high = row["bound_low"] - row["target"], row["bound_high"] - row["target"]
    met, missed = (high <= TOLERANCE, low > TOLERANCE) if most else (low >= -TOLERANCE, high < -TOLERANCE)
    if met:
        return "covered", "requirement_met"
    return ("not_covered", "requirement_not_met") if missed else ("undecided", "unknown_decide")


def judge_hours(row: Mapping[str, Any]) -> Judgement:
    """Met if more than the declared share of all logged hours counts."""
    if row["n"] == 0:
        return "undecided", "no_hours"
    if row["estimate"] > row["target"] + TOLERANCE:
        return "covered", "requirement_met"
    return "not_covered", "requirement_not_met"


JUDGES: dict[str, Callable[[Mapping[str, Any]], Judgement]] = {
    "at_least": judge,
    "at_most": partial(judge, most=True),
}
"""How a row is judged, by what the rule says of its limit."""
