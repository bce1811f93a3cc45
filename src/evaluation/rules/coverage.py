"""R3: a declared share of all units shall be covered, counted in registers and logs."""

from collections.abc import Mapping
from typing import Any

from evaluation.project.measure import RecordsMeasure
from evaluation.project.model import Indicator
from evaluation.result import Result
from evaluation.rules.judge import TOLERANCE, Judgement, judged
from evaluation.rules.measure import covered, positives
from evaluation.study import Study
from evaluation.targets.attainment import covered_share


def evaluate(key: str, indicator: Indicator, study: Study) -> Result:
    """Judge whether enough units are covered; from answers, if the measure is a question or a scale."""
    if isinstance(indicator.measure, RecordsMeasure):
        table, total = covered(indicator, study), None
    else:
        found = next(iter(positives(indicator, study, indicator.rule.wave).values()))
        table, total = found.table.rename(columns={"positive": "covered"}), found.n_total
    result = covered_share(table, n_total=total)
    return judged(result, key, indicator, judge, target=indicator.rule.share, wave=indicator.rule.wave)


def judge(row: Mapping[str, Any]) -> Judgement:
    """Met or not met if nothing unknown could change it."""
    if row["n_total"] == 0:
        return "undecided", "none_registered"
    if row["bound_low"] >= row["target"] - TOLERANCE:
        return "covered", "requirement_met"
    if row["bound_high"] < row["target"] - TOLERANCE:
        return "not_covered", "requirement_not_met"
    return "undecided", "unknown_decide"
