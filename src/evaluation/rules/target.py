"""R1: a declared share shall be reached, and what can be said of it with answers missing."""

from collections.abc import Mapping
from functools import reduce
from typing import Any

import pandas as pd

from evaluation.project.model import Indicator
from evaluation.result import Result
from evaluation.rules.judge import TOLERANCE, Judgement, judged
from evaluation.rules.measure import Reading, positives
from evaluation.study import Study
from evaluation.targets.answers import answers_still_needed, target_answers
from evaluation.targets.attainment import attained_share


def evaluate(key: str, indicator: Indicator, study: Study) -> Result:
    """Judge whether the target is reached, for the main reading first and then every other."""
    results = [
        judged(
            attained_share(found.table, n_total=found.n_total, target=indicator.rule.share),
            key,
            indicator,
            judge,
            wave=indicator.rule.wave,
            term=reading or None,
        )
        for reading, found in positives(indicator, study, indicator.rule.wave).items()
    ]
    return reduce(lambda first, other: first.stack(other), results)


def judge(row: Mapping[str, Any]) -> Judgement:
    """Reached or not only if the silent could not change it; otherwise undecided."""
    if row["n"] == 0:
        return "undecided", "no_answers" if row["n_total"] else "none_registered"
    everyone = row["n"] == row["n_total"]
    if row["bound_low"] >= row["target"] - TOLERANCE:
        return "reached", "reached_everyone_answered" if everyone else "reached_whatever_silent"
    if row["bound_high"] < row["target"] - TOLERANCE:
        return "not_reached", "missed_everyone_answered" if everyone else "missed_whatever_silent"
    one_no = row["bound_high"] - 1 / row["n_total"] < row["target"] - TOLERANCE
    several = row["n_total"] - row["n"] > 1
    return "undecided", "all_silent_needed" if one_no and several else "silent_decide"


def answers(key: str, study: Study) -> Result:
    """Return what may be said of the main reading, and about whom; nothing of it is judged.

    Parameters
    ----------
    key
        A target's key in the project definition.
    study
        The programme with its data.
    """
    indicator = study.indicator(key)
    found, organisations = _main(key, study)
    options: dict[str, Any] = {"n_total": found.n_total, "target": indicator.rule.share}
    if organisations is None:
        result = target_answers(found.table, **options)
    else:
        table = found.table.assign(organisation=found.table["person"].astype("object").map(organisations))
        sizes = found.units.astype("object").map(organisations).value_counts().to_dict()
        result = target_answers(table, **options, cluster="organisation", sizes=sizes)
    return Result(result.table.assign(indicator=key, unit=indicator.unit), result.meta)


def still_needed(key: str, study: Study) -> Result:
    """Return how many more answers would settle the main reading.

    Parameters
    ----------
    key, study
        As in `answers`.
    """
    indicator = study.indicator(key)
    found, _ = _main(key, study)
    result = answers_still_needed(found.table, n_total=found.n_total, target=indicator.rule.share)
    return Result(result.table.assign(indicator=key, unit=indicator.unit), result.meta)


def _main(key: str, study: Study) -> tuple[Reading, pd.Series | None]:
    """Return the main reading, and where people work if that is known."""
    indicator = study.indicator(key)
    found = next(iter(positives(indicator, study, indicator.rule.wave).values()))
    if indicator.unit != "person" or study.people["organisation"].isna().all():
        return found, None
    people = study.people.astype({"person": "object", "organisation": "object"})
    organisations = people.set_index("person")["organisation"]
    if len(study.apart) and found.table["person"].astype("object").map(organisations).isna().all():
        return found, None
    return found, organisations
