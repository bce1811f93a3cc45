"""R2 and R6 of a network: whether actors work together more than before, or how they do."""

import math
from collections.abc import Mapping
from functools import partial
from typing import Any

from evaluation.network.change import FEWEST, network_change, network_level
from evaluation.project.measure import NetworkMeasure
from evaluation.project.model import Indicator
from evaluation.result import Result
from evaluation.rules.judge import TOLERANCE, Judgement, judged
from evaluation.study import Study


def evaluate_change(key: str, indicator: Indicator, study: Study) -> Result:
    """Judge the change of a network between two waves."""
    rule = indicator.rule
    found = network_change(study.ties, before=rule.before, after=rule.after, **settings(indicator.measure))
    judge_row = partial(judge, wanted=rule.wanted)
    return judged(_unnamed(found), key, indicator, judge_row, smallest_important=rule.smallest_important)


def describe_level(indicator: Indicator, study: Study) -> Result:
    """Return how a network is at a wave."""
    return _unnamed(network_level(study.ties, wave=indicator.rule.wave, **settings(indicator.measure)))


def settings(measure: NetworkMeasure) -> dict[str, Any]:
    """Return what a measure says of how a network is looked at."""
    return {"quantity": measure.network, "at_least": measure.at_least, "across": measure.across}


def judge(row: Mapping[str, Any], *, wanted: str) -> Judgement:
    """More or less only if the interval excludes no change and the change is large enough to matter."""
    if row["n"] < FEWEST:
        return "undecided", "too_few_actors"
    if math.isnan(row["conf_low"]):
        return "undecided" if row["estimate"] else "no_certain_change", "no_spread"
    if row["conf_low"] <= 0 <= row["conf_high"]:
        return "no_certain_change", "interval_includes_zero"
    if abs(row["estimate"]) < row["smallest_important"] - TOLERANCE:
        return "small_change", "network_moved_little"
    found, reason = ("increase", "network_grew") if row["estimate"] > 0 else ("decrease", "network_shrank")
    return f"{found}d" if found == wanted else f"{found}d_unwanted", reason


def _unnamed(result: Result) -> Result:
    """Leave out the name of the quantity, which the statement says in its own words."""
    return Result(result.table.drop(columns="term"), result.meta)
