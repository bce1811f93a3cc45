"""A statement whose data are not collected: it is said that it cannot be determined, and why."""

import math

import pandas as pd

from evaluation.project.model import Indicator
from evaluation.result import Meta, Result
from evaluation.rules.judge import judged
from evaluation.study import Study


def evaluate(key: str, indicator: Indicator, study: Study) -> Result:
    """Return one row without numbers, undecided for the reason that the definition gives."""
    row = {"estimand": "not_collected", "estimate": math.nan, "n": 0}
    return judged(
        Result(pd.DataFrame([row]), Meta(method="none")),
        key,
        indicator,
        lambda row: ("undecided", "not_collected"),
    )
