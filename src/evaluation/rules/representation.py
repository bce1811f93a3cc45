"""R5: who takes part, compared with an even distribution, other participants or a population."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import pandas as pd

from evaluation.equality.representation import representation
from evaluation.project.model import Indicator
from evaluation.project.rule import RepresentationRule
from evaluation.result import Result
from evaluation.rules.judge import TOLERANCE, Judgement, judged
from evaluation.rules.levels import compared_levels
from evaluation.rules.measure import units
from evaluation.study import Study


def evaluate(key: str, indicator: Indicator, study: Study) -> Result:
    """Judge the share of every level of a group among those who take part."""
    rule: RepresentationRule = indicator.rule
    everyone = units(indicator, study)
    present = AMONG[rule.among](everyone, study)
    result = representation(
        present,
        group=rule.group,
        levels=compared_levels(everyone[rule.group], rule.group, study),
        reference=rule.reference,
        within=everyone if rule.against else None,
    )
    low, high = _limits(rule, result.table["reference"])
    judge = partial(judge_even, distribution=_distribution(rule, result.table)) if rule.even else judge_ratio
    return judged(result, key, indicator, judge, group=rule.group, bound_low=low, bound_high=high)


def _limits(rule: RepresentationRule, reference: pd.Series) -> tuple[Any, Any]:
    """Return the shares within which a group counts as evenly or proportionately represented."""
    if rule.even:
        return rule.even
    return reference * rule.ratio_low, (reference * rule.ratio_high).clip(upper=1.0)


def _designers(people: pd.DataFrame, study: Study) -> pd.DataFrame:
    designing = (
        study.log[study.log["design_role"].notna()]["person"] if "design_role" in study.log.columns else []
    )
    return people[people["person"].isin(designing)]


AMONG = {"participants": lambda people, study: people, "designers": _designers}


def _distribution(rule: RepresentationRule, shares: pd.DataFrame) -> dict[str, float]:
    """Return the shares of the levels between which the distribution is to be even."""
    everyone = shares.set_index("level")["estimate"]
    return everyone[[level for level in everyone.index if not rule.levels or level in rule.levels]].to_dict()


def judge_even(row: Mapping[str, Any], *, distribution: Mapping[str, float]) -> Judgement:
    """Even only if the shares of all levels of the distribution lie within the stated bounds."""
    if row["n"] == 0:
        return "undecided", "none_registered"
    if row["level"] not in distribution:
        return "described", "only_described"
    low, high = row["bound_low"] - TOLERANCE, row["bound_high"] + TOLERANCE
    if all(low <= share <= high for share in distribution.values()):
        return "even", "within_even"
    return _placed(row, "uneven", "other_outside_even", "outside_even")


def judge_ratio(row: Mapping[str, Any]) -> Judgement:
    """As among all if the ratio of shares lies within the stated bounds; without a ratio, only described."""
    if row["n"] == 0:
        return "undecided", "none_registered"
    if pd.isna(row["ratio"]):
        return "described", "only_described"
    return _placed(row, "proportionate", "ratio_within", "ratio_outside")


def _placed(row: Mapping[str, Any], verdict: str, within: str, outside: str) -> Judgement:
    if row["estimate"] < row["bound_low"] - TOLERANCE:
        return "under_represented", outside
    if row["estimate"] > row["bound_high"] + TOLERANCE:
        return "over_represented", outside
    return verdict, within
