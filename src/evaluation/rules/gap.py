"""R4: groups are compared with the reference group, always with both groups' numbers."""

import math
from collections.abc import Mapping
from functools import partial
from typing import Any

from evaluation.equality.gap import mean_gap
from evaluation.project.model import Indicator
from evaluation.result import Result
from evaluation.rules.judge import TOLERANCE, Judgement, judged
from evaluation.rules.levels import compared_levels
from evaluation.rules.measure import COUNTS_AS_YES, scores
from evaluation.stats.cluster_choice import FEWEST
from evaluation.stats.equivalence import two_one_sided
from evaluation.study import Study


def evaluate(key: str, indicator: Indicator, study: Study) -> Result:
    """Judge the difference of every level of a group from its reference level."""
    rule, group = indicator.rule, study.project.groups[indicator.rule.group]
    table = scores(indicator, study, [rule.wave])
    measure, counted = indicator.measure, indicator.says_yes
    if counted:
        table = table.assign(value=COUNTS_AS_YES[type(measure)](measure, table["value"]).astype(float))
    own = "organisation" if group.of == "organisation" else "person"
    register = study.organisations if group.of == "organisation" else study.people
    table = table.assign(level=table[own].astype("object").map(register.set_index(own)[rule.group]))
    cluster = "organisation" if table["organisation"].notna().any() else own
    levels = [
        level for level in compared_levels(table["level"], rule.group, study) if level != group.reference
    ]
    result = mean_gap(table, group="level", reference=group.reference, levels=levels, cluster=cluster)
    if counted:
        result = Result(result.table.assign(estimand="share_gap"), result.meta)
    smallest = study.policy.threshold(rule.group)
    return judged(
        result,
        key,
        indicator,
        partial(judge, smallest=smallest, clustered=cluster != own, wanted=rule.wanted),
        wave=rule.wave,
        group=rule.group,
        smallest_important=rule.important,
    )


SIGN = {"higher": 1, "lower": -1}


def judge(row: Mapping[str, Any], *, smallest: int, clustered: bool, wanted: str | None = None) -> Judgement:
    """Judge a difference as certain, possible or not to be told apart from chance; never as "equal"."""
    if min(row["n_level"], row["n_reference"]) < smallest:
        return "undecided", "too_few_in_group"
    if row["n_groups"] < FEWEST:
        return "undecided", "too_few_clusters_in_group" if clustered else "too_few_in_group"
    if math.isnan(row["conf_low"]):
        return "undecided" if row["estimate"] else "no_certain_gap", "no_spread"
    small = _within_margin(row)
    if row["conf_low"] > 0 or row["conf_high"] < 0:
        if small:
            return "small_gap", "gap_clear_but_small"
        if wanted is None:
            return "gap", "gap_clear"
        as_wanted = row["estimate"] * SIGN[wanted] > 0
        return "association_shown" if as_wanted else "association_unwanted", "gap_clear"
    if small:
        return "negligible_gap", "gap_within_margin"
    if abs(row["estimate"]) >= row["smallest_important"] - TOLERANCE:
        return "possible_gap", "gap_large_uncertain"
    return "no_certain_gap", "gap_small_uncertain"


ALPHA = 0.05
"""Error allowed in each of the two one-sided tests against the margin."""


def _within_margin(row: Mapping[str, Any]) -> bool:
    """Tell whether a difference that matters is ruled out; where only an interval is known, by that."""
    margin = row["smallest_important"]
    if row["method"] == "cr2_satterthwaite":
        found = two_one_sided(row["estimate"], row["std_error"], row["df"], margin, ALPHA)
        return found.p_value < ALPHA
    return -margin < row["conf_low"] and row["conf_high"] < margin
