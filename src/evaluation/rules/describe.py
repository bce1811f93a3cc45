"""R6: what was found is shown without a verdict."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from evaluation.change.level import described_mean
from evaluation.project.measure import HoursMeasure, NetworkMeasure
from evaluation.project.model import Indicator
from evaluation.result import Meta, Result
from evaluation.rules import network
from evaluation.rules.judge import Judgement, judged
from evaluation.rules.measure import COVERED, ID, covered, hours, positives, scores, units
from evaluation.study import Study
from evaluation.targets.attainment import attained_share, covered_share
from evaluation.targets.hours import time_share


def evaluate(key: str, indicator: Indicator, study: Study) -> Result:
    """Return what was found: a share if the measure says what counts as yes, otherwise a mean."""
    return judged(_found(indicator, study), key, indicator, _described, wave=indicator.rule.wave)


def _found(indicator: Indicator, study: Study) -> Result:
    measure, wave = indicator.measure, indicator.rule.wave
    if isinstance(measure, NetworkMeasure):
        return network.describe_level(indicator, study)
    if isinstance(measure, HoursMeasure):
        return time_share(hours(indicator, study), n_total=len(units(indicator, study)))
    if type(measure) in COVERED:
        return covered_share(covered(indicator, study))
    if not indicator.says_yes:
        table = scores(indicator, study, [wave])
        cluster = "organisation" if table["organisation"].notna().any() else ID[indicator.unit]
        return described_mean(table, cluster=cluster, n_total=len(units(indicator, study)))
    found = next(iter(positives(indicator, study, wave).values()))
    result = attained_share(found.table, n_total=found.n_total)
    return Result(result.table.assign(estimand="described_share"), result.meta)


def _described(row: Mapping[str, Any]) -> Judgement:
    return "described", "only_described"


def distribution(key: str, study: Study) -> Result:
    """Return how the answers to an indicator's question are distributed over its options.

    A mean of several answers that lies between two options stands with the lower one.
    """
    indicator = study.indicator(key)
    item = indicator.measure.item
    options = [option.value for option in study.response(item).options]
    values = _lower_option(scores(indicator, study, [indicator.rule.wave])["value"], options)
    rows = [
        {
            "indicator": key,
            "estimand": "answer_share",
            "unit": indicator.unit,
            "item": item,
            "wave": indicator.rule.wave,
            "term": f"{option:g}",
            "estimate": (values == option).mean() if len(values) else float("nan"),
            "k": int((values == option).sum()),
            "n": len(values),
        }
        for option in options
    ]
    return Result(pd.DataFrame(rows), Meta(method="count"))


def _lower_option(values: pd.Series, options: list[float]) -> np.ndarray:
    ordered = np.sort(options)
    return ordered[np.searchsorted(ordered, values.to_numpy(float), side="right") - 1]
