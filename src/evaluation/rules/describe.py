"""R6: answers are shown without a verdict."""

import numpy as np
import pandas as pd

from evaluation.project.model import Indicator
from evaluation.result import Meta, Result
from evaluation.rules.judge import judged
from evaluation.rules.measure import positives, scores
from evaluation.study import Study
from evaluation.targets.attainment import attained_share


def evaluate(key: str, indicator: Indicator, study: Study) -> Result:
    """Return the share who said yes among those who answered, without a verdict."""
    found = next(iter(positives(indicator, study, indicator.rule.wave).values()))
    result = attained_share(found.table, n_total=found.n_total)
    described = Result(result.table.assign(estimand="described_share"), result.meta)
    return judged(
        described, key, indicator, lambda row: ("described", "only_described"), wave=indicator.rule.wave
    )


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
