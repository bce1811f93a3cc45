"""Common indicators of a fund, counted in the registers where the definition names a column for them."""

import math
from collections.abc import Iterator
from typing import Any

import pandas as pd

from evaluation.project.profile import EVERYBODY, CommonIndicator, read_profile
from evaluation.result import Meta, Result
from evaluation.rules.measure import meets
from evaluation.study import Study

SEX = "sex"


def common_indicators(study: Study) -> Result | None:
    """Count every common indicator of the programme's fund that a register column is named for.

    Parameters
    ----------
    study
        The programme. `profile` names the fund's list; `profile_items` names, for an indicator, the column
        of a register and its levels or limits. Nothing is inferred from names or questions.

    Returns
    -------
    Result or None
        One row per common indicator, and one for women and for men where people are counted: `estimate`
        how many, `n` of how many with information, `n_total` of all. An indicator without a column has no
        number, and a reason. None where the definition names no fund.
    """
    project = study.project
    if project.profile is None:
        return None
    rows = [
        {"estimand": "common_indicator", "term": f"common_{key}", **row}
        for key, indicator in read_profile(project.profile).indicators.items()
        for row in _rows(key, indicator, study)
    ]
    return Result(pd.DataFrame(rows), Meta(method="count"))


def _rows(key: str, indicator: CommonIndicator, study: Study) -> Iterator[dict[str, Any]]:
    if key != EVERYBODY and key not in study.project.profile_items:
        reason = "narrow_indicator" if indicator.narrow else "no_column"
        yield {"unit": "statement", "estimate": math.nan, "n": math.nan, "reason": reason}
        return
    units = study.participants if indicator.unit == "person" else study.organisations
    found, group = _found(key, units, study)
    fixed = {"unit": indicator.unit, "reason": "check_wording" if indicator.check else None}
    everybody = key == EVERYBODY
    yield {**fixed, **_count(found, everybody=everybody), "group": group}
    if indicator.unit == "person" and SEX in units.columns and group is None:
        for level in study.project.groups[SEX].show_always:
            of_level = found[(units[SEX] == level).to_numpy()]
            yield {**fixed, **_count(of_level, everybody=everybody), "group": SEX, "level": level}


def _found(key: str, units: pd.DataFrame, study: Study) -> tuple[pd.Series, str | None]:
    """Return who counts, and the sensitive classification that says so."""
    if key == EVERYBODY:
        return pd.Series(True, index=units.index, dtype="boolean"), None
    measure = study.project.profile_items[key]
    group = study.project.groups.get(measure.column)
    found = meets(units[measure.column], measure).astype("boolean")
    return found, measure.column if group is not None and group.special else None


def _count(found: pd.Series, *, everybody: bool) -> dict[str, Any]:
    """Count; where everybody counts, there is nobody who does not, and nothing to give away."""
    counted = {"estimate": int(found.sum()), "n": int(found.notna().sum()), "n_total": len(found)}
    return counted if everybody else counted | {"k": counted["estimate"]}
