"""What the change of each question of the programme's scales consists of."""

import pandas as pd

from evaluation.measurement.response_shift import response_shift_parts
from evaluation.result import Result
from evaluation.rules.alike import FEWEST_QUESTIONS, compared_waves
from evaluation.rules.scale import stacked, wide_answers
from evaluation.study import Study


def question_changes(study: Study) -> Result | None:
    """Split the change of each question into what the questions share and what is the question's own.

    Parameters
    ----------
    study
        The programme with its data and at least one scale.

    Returns
    -------
    Result or None
        A row per scale and question, for the scales that were asked in two waves with three or more questions; or one
        row per scale with the reason why nothing is assessed. None without such scales.
    """
    return study.once(("question_changes",), lambda: _changes(study))


def _changes(study: Study) -> Result | None:
    found = [
        _of_scale(scale, *waves[:2], study)
        for scale, definition in study.project.scales.items()
        if len(definition.items) >= FEWEST_QUESTIONS and (waves := compared_waves(scale, study))
    ]
    return stacked(found) if found else None


def _of_scale(scale: str, before: str, after: str, study: Study) -> Result:
    items = list(study.project.scales[scale].items)
    wide: pd.DataFrame = wide_answers(scale, study)
    found = response_shift_parts(wide, items=items, before=before, after=after)
    return Result(found.table.assign(scale=scale, unit="person", verdict=None), found.meta)
