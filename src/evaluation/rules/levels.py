"""Which levels of a classification can be compared at all."""

import pandas as pd

from evaluation.study import Study


def compared_levels(values: pd.Series, group: str, study: Study) -> list[str]:
    """Return the levels that are always shown, and the others if enough units belong to them.

    Parameters
    ----------
    values
        The level of every unit in the comparison.
    group
        The classification.
    study
        The programme, for its levels and thresholds.
    """
    definition = study.project.groups[group]
    counts = values.value_counts()
    threshold = study.policy.threshold(group)
    return [
        level
        for level in definition.levels
        if level in definition.show_always or counts.get(level, 0) >= threshold
    ]
