"""R7: every unit shall meet a condition at the start, checked row by row in the registers."""

from collections.abc import Mapping
from typing import Any

from evaluation.project.model import Indicator
from evaluation.result import Result
from evaluation.rules.judge import Judgement, judged
from evaluation.rules.measure import column, meets
from evaluation.study import Study
from evaluation.targets.attainment import covered_share


def evaluate(key: str, indicator: Indicator, study: Study) -> Result:
    """Judge whether every unit meets the condition; nobody is excluded by it."""
    table = column(indicator, study)
    result = covered_share(table.assign(covered=meets(table["value"], indicator.rule)))
    eligible = Result(result.table.assign(estimand="eligible_share"), result.meta)
    return judged(eligible, key, indicator, judge, target=1.0)


def judge(row: Mapping[str, Any]) -> Judgement:
    """All meet it, some do not, or the information is missing for some."""
    if row["n_total"] == 0:
        return "undecided", "none_registered"
    if row["k"] < row["n"]:
        return "exceptions", "some_do_not"
    if row["n"] < row["n_total"]:
        return "undecided", "unknown_decide"
    return "all_eligible", "all_meet"
