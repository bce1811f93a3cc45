"""R1: a declared share shall be reached, and what can be said of it with answers missing."""

from collections.abc import Mapping
from functools import reduce
from typing import Any

from evaluation.project.model import Indicator
from evaluation.result import Result
from evaluation.rules.judge import TOLERANCE, Judgement, judged
from evaluation.rules.measure import positives
from evaluation.study import Study
from evaluation.targets.attainment import attained_share


def evaluate(key: str, indicator: Indicator, study: Study) -> Result:
    """Judge whether the target is reached, for the main reading first and then every other."""
    results = [
        judged(
            attained_share(found.table, n_total=found.n_total, target=indicator.rule.share),
            key,
            indicator,
            judge,
            wave=indicator.rule.wave,
            term=reading or None,
        )
        for reading, found in positives(indicator, study, indicator.rule.wave).items()
    ]
    return reduce(lambda first, other: first.stack(other), results)


def judge(row: Mapping[str, Any]) -> Judgement:
    """Reached or not only if the silent could not change it; otherwise undecided."""
    if row["n"] == 0:
        return "undecided", "no_answers" if row["n_total"] else "none_registered"
    everyone = row["n"] == row["n_total"]
    if row["bound_low"] >= row["target"] - TOLERANCE:
        return "reached", "reached_everyone_answered" if everyone else "reached_whatever_silent"
    if row["bound_high"] < row["target"] - TOLERANCE:
        return "not_reached", "missed_everyone_answered" if everyone else "missed_whatever_silent"
    return "undecided", "silent_decide"
