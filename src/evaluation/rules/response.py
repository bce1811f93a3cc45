"""Who answered when, and how those who left differ from those who stayed."""

from collections.abc import Iterator
from dataclasses import replace
from functools import reduce

import numpy as np
import pandas as pd

from evaluation.missing.attrition import attrition
from evaluation.missing.response import leaver_gap
from evaluation.result import Meta, Result
from evaluation.rules.sensitivity import assumable, followed_units
from evaluation.stats.cluster_choice import FEWEST
from evaluation.study import Study
from evaluation.vocabulary.errors import EstimationError


def answered(study: Study) -> pd.DataFrame:
    """Return who answered at least one question in each wave.

    Parameters
    ----------
    study
        The programme with its data.

    Returns
    -------
    pandas.DataFrame
        One row per participant, one column of truth values per wave; per respondent, where no survey is
        linkable to the register.
    """
    people = study.followed["person"]
    seen = {wave: study.present(wave).get_indexer(people) >= 0 for wave in study.survey_waves}
    return pd.DataFrame(seen, index=pd.Index(people.astype("object"), name="person"))


def patterns(study: Study) -> Result:
    """Count the participants by the waves in which they answered.

    Parameters
    ----------
    study
        The programme with its data.

    Returns
    -------
    Result
        One row per pattern that occurs, the most complete first: `term` holds its waves, or "never".
    """
    table = answered(study)
    counts = table.value_counts().sort_index(ascending=False)
    found = [
        (" ".join(np.array(table.columns)[list(pattern)]) or "never", int(count))
        for pattern, count in counts.items()
    ]
    fixed = {"estimand": "response_pattern", "unit": "person", "n": len(table)}
    rows = [{**fixed, "term": term, "k": count, "estimate": count / len(table)} for term, count in found]
    return Result(pd.DataFrame(rows), Meta(method="count"))


def leavers(study: Study) -> Result | None:
    """Compare what those who left had answered before with what those who stayed had.

    Parameters
    ----------
    study
        The programme with its data.

    Returns
    -------
    Result or None
        One row per change: those who left minus those who stayed, at the wave before. None if nobody left.
    """
    found = [result for key in study.indicators(kind="change") for result in _leavers(key, study)]
    return reduce(lambda first, other: first.stack(other), found) if found else None


def _leavers(key: str, study: Study) -> Iterator[Result]:
    if not assumable(key, study):
        return
    indicator = study.indicator(key)
    table, _ = followed_units(indicator, study)
    if table["after"].notna().all():
        return
    try:
        found = leaver_gap(table)
    except EstimationError:
        return
    rows = found.table.assign(
        estimand="leaver_gap", indicator=key, unit=indicator.unit, wave=indicator.rule.before
    ).drop(columns=["term", "group", "level", "contrast"])
    few = rows["n_groups"] < FEWEST if "n_groups" in rows else True
    rows["verdict"] = np.where(few, "undecided", None)
    rows["reason"] = np.where(few, "too_few_clusters_in_group", None)
    numbers = ["std_error", "conf_low", "conf_high", "statistic", "df", "p_value"]
    rows[numbers] = rows[numbers].mask(few)
    yield Result(rows, found.meta)


def overall_attrition(study: Study) -> Result:
    """Count those who answered in the first wave but not in the last one, in all and by group.

    Parameters
    ----------
    study
        The programme with its data; it needs two waves.

    Returns
    -------
    Result
        First row: everybody, with the verdict "not_applicable" because there is no comparison group. Then a
        row for each level that is always shown, without a verdict.
    """
    table = _first_to_last(study)
    whole = attrition(table)
    rows = [{**whole.table.iloc[0].to_dict(), "unit": "person", "term": "everybody"}]
    rows += [
        {"estimand": "attrition", "unit": "person", "group": group, "level": level} | _left(part)
        for group, levels in _compared(study)
        for level, part in ((level, table[table[group] == level]) for level in levels)
    ]
    return Result(pd.DataFrame(rows), whole.meta)


def _left(part: pd.DataFrame) -> dict[str, float]:
    k, n = int((1 - part["answered"]).sum()), len(part)
    return {"k": k, "n": n, "estimate": k / n if n else np.nan}


def differential_attrition(study: Study) -> Result | None:
    """Judge whether two groups that are compared lost unequally many.

    Parameters
    ----------
    study
        The programme with its data.

    Returns
    -------
    Result or None
        One row for each group that is compared with a reference group; None if there are none with enough
        people.
    """
    table, found = _first_to_last(study), []
    for group, levels in _compared(study):
        reference = study.project.groups[group].reference
        for level in levels:
            both = table[table[group].isin([level, reference])]
            if level != reference and both[group].nunique() == 2:
                result = attrition(both, arm=group, reference=reference)
                named = result.table.assign(unit="person", group=group, level=level, term=None)
                found.append(Result(named, replace(result.meta, method="wwc_boundary")))
    return reduce(lambda first, other: first.stack(other), found) if found else None


def _first_to_last(study: Study) -> pd.DataFrame:
    seen = answered(study)
    first, last = seen.columns[0], seen.columns[-1]
    began = seen[seen[first]]
    people = study.followed.assign(person=study.followed["person"].astype("object"))
    groups = [key for key, _ in _compared(study)]
    known = people.set_index("person")[groups].astype("object").reindex(began.index)
    return known.assign(answered=began[last].astype(int).to_numpy()).reset_index(drop=True)


def _compared(study: Study) -> list[tuple[str, tuple[str, ...]]]:
    return [
        (key, group.show_always)
        for key, group in study.project.groups.items()
        if group.of == "person" and group.show_always and group.reference and key in study.people.columns
    ]
