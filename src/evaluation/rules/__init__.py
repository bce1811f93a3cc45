"""From an indicator and the data to a result with a verdict: one module per rule kind."""

from collections.abc import Callable

from evaluation.project.measure import AbsentMeasure
from evaluation.project.model import Indicator
from evaluation.result import Result
from evaluation.rules import absent, change, coverage, describe, eligibility, gap, representation, target
from evaluation.study import Study

RULES: dict[str, Callable[[str, Indicator, Study], Result]] = {
    "target": target.evaluate,
    "change": change.evaluate,
    "coverage": coverage.evaluate,
    "gap": gap.evaluate,
    "representation": representation.evaluate,
    "describe": describe.evaluate,
    "eligibility": eligibility.evaluate,
}


def evaluate(key: str, study: Study) -> Result:
    """Evaluate one indicator by its rule.

    Parameters
    ----------
    key
        The indicator's key in the project definition.
    study
        The programme with its data.

    Returns
    -------
    Result
        One or several rows, each with a verdict and its reason.
    """
    known = study.kept.get(("evaluate", key))
    if known is None:
        indicator = study.indicator(key)
        rule = absent.evaluate if isinstance(indicator.measure, AbsentMeasure) else RULES[indicator.rule.kind]
        known = study.kept.setdefault(("evaluate", key), rule(key, indicator, study))
    return known


__all__ = ["RULES", "evaluate"]
