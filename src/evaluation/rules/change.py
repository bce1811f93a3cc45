"""R2: the mean shall move between two waves, for those who answered both times."""

import math
from collections.abc import Mapping
from functools import partial
from typing import Any

from evaluation.change.paired import mean_change
from evaluation.project.measure import NetworkMeasure
from evaluation.project.model import Indicator
from evaluation.result import Result
from evaluation.rules import network
from evaluation.rules.judge import TOLERANCE, Judgement, judged
from evaluation.rules.measure import ID, scores
from evaluation.stats.cluster_choice import FEWEST
from evaluation.study import Study

MIN_PAIRS = 2


def evaluate(key: str, indicator: Indicator, study: Study) -> Result:
    """Judge the change between two waves; a then-test adds a row that is never judged."""
    if isinstance(indicator.measure, NetworkMeasure):
        return network.evaluate_change(key, indicator, study)
    rule = indicator.rule
    unit = ID[indicator.unit]
    waves = [rule.before, rule.after, *([rule.then] if rule.then else [])]
    table = scores(indicator, study, waves)
    cluster = "organisation" if table["organisation"].notna().any() else unit
    measured = mean_change(table, before=rule.before, after=rule.after, unit=unit, cluster=cluster)
    clustered = cluster != unit
    extra = {"smallest_important": rule.smallest_important}
    judge_row = partial(judge, clustered=clustered, wanted=rule.wanted)
    result = judged(measured, key, indicator, judge_row, **extra)
    if rule.then is None:
        return result
    again = mean_change(table, before=rule.then, after=rule.after, unit=unit, cluster=cluster)
    return result.stack(judged(again, key, indicator, _not_judged, term="then", **extra))


def judge(row: Mapping[str, Any], *, clustered: bool, wanted: str) -> Judgement:
    """Increased or decreased only if the interval excludes zero and the change is large enough to matter."""
    if row["n"] < MIN_PAIRS:
        return "undecided", "too_few_pairs"
    if row["n_groups"] < FEWEST:
        return "undecided", "too_few_clusters" if clustered else "too_few_pairs"
    if math.isnan(row["conf_low"]):
        return "undecided" if row["estimate"] else "no_certain_change", "no_spread"
    if row["conf_low"] <= 0 <= row["conf_high"]:
        return "no_certain_change", "interval_includes_zero"
    if abs(row["estimate"]) < row["smallest_important"] - TOLERANCE:
        return "small_change", "smaller_than_important"
    found = "increase" if row["estimate"] > 0 else "decrease"
    return f"{found}d" if found == wanted else f"{found}d_unwanted", f"{found}_clear"


def _not_judged(row: Mapping[str, Any]) -> Judgement:
    return None, None
