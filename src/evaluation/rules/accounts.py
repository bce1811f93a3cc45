"""The growth of accounts against organisations of the same kind."""

from functools import reduce

import numpy as np
import pandas as pd

from evaluation.data.amounts import amount_of
from evaluation.data.deflator import Deflator, read_deflator
from evaluation.impact.growth import growth_difference
from evaluation.project.impact import AccountOutcome
from evaluation.result import Result
from evaluation.rules.judge import TOLERANCE
from evaluation.study import Study


def deflator(study: Study) -> Deflator | None:
    """Return the price index that the definition names; None if it names none."""
    stated = study.project.impact.accounts
    if stated is None or stated.deflator is None:
        return None
    return read_deflator(study.loaded.file.parent / stated.deflator)


def growths(study: Study) -> Result | None:
    """Estimate the difference in growth of every amount that the definition follows.

    Parameters
    ----------
    study
        The programme, with a comparison group of organisations.

    Returns
    -------
    Result or None
        One row per amount (`term`), judged only by whether its interval excludes zero and, where one is stated, by
        the smallest difference that matters. None if no accounts are followed or nothing is there to compare with.
    """
    stated = study.project.impact.accounts
    if stated is None or study.comparison is None:
        return None
    index = deflator(study)
    found = [_growth(key, outcome, index, study) for key, outcome in stated.outcomes.items()]
    return reduce(lambda first, other: first.stack(other), found)


def _growth(key: str, outcome: AccountOutcome, index: Deflator | None, study: Study) -> Result:
    stated = study.project.impact.accounts
    sides = [side.organisations.assign(took=took) for took, side in ((1, study), (0, study.comparison))]
    firms = pd.concat(sides, ignore_index=True)
    factor = 1.0
    if outcome.deflate and index is not None:
        factor = index.factor(stated.before, stated.after, str(stated.deflator))
    table = pd.DataFrame(
        {
            "took": firms["took"],
            "before": factor * _amounts(firms[outcome.before]),
            "after": _amounts(firms[outcome.after]),
            **{name: firms[name].astype("object") for name in stated.cells},
        }
    )
    found = growth_difference(table, treated="took", growth=outcome.growth, cells=stated.cells)
    row = found.table.iloc[0].to_dict() | {"term": f"accounts_{key}", "unit": "organisation"}
    verdict, reason = _judged(row, outcome)
    return Result(pd.DataFrame([row | {"verdict": verdict, "reason": reason}]), found.meta)


def _amounts(column: pd.Series) -> np.ndarray:
    """Return amounts as numbers; spaces between thousands do not matter."""
    numbers = column.astype("object").map(lambda text: amount_of(str(text)), na_action="ignore")
    return pd.to_numeric(numbers, errors="coerce").to_numpy(dtype=float, na_value=np.nan)


def _judged(row: dict[str, object], outcome: AccountOutcome) -> tuple[str, str]:
    low, high, estimate = (float(row[name]) for name in ("conf_low", "conf_high", "estimate"))
    if np.isnan(estimate):
        return "undecided", "not_comparable"
    if np.isnan(low):
        return "undecided", "too_few_clusters_in_group"
    if low <= 0 <= high:
        return "association_uncertain", "difference_includes_zero"
    if outcome.smallest_important is not None and abs(estimate) < outcome.smallest_important - TOLERANCE:
        return "association_small", "growth_clear"
    return ("association_shown" if estimate > 0 else "association_unwanted"), "growth_clear"
