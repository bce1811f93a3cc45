"""What an indicator measures, as a table with one row per unit."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
import pandas as pd

from evaluation.project.measure import ColumnMeasure, ItemMeasure, ItemsMeasure, RecordsMeasure, ScaleMeasure
from evaluation.project.model import Indicator
from evaluation.rules.judge import TOLERANCE
from evaluation.study import Study

ID = {"person": "person", "organisation": "organisation", "effort": "effort"}


def units(indicator: Indicator, study: Study) -> pd.DataFrame:
    """Return everyone the indicator is about, whether they answered or not.

    Returns
    -------
    pandas.DataFrame
        People (with their groups), organisations or efforts, one row each.
    """
    if indicator.unit == "organisation":
        return study.organisations
    if indicator.unit == "effort":
        return study.log[["effort"]].drop_duplicates().reset_index(drop=True)
    return _people(indicator, study)


def _people(indicator: Indicator, study: Study) -> pd.DataFrame:
    people = study.people
    return people[people["role"].isin(indicator.roles)] if indicator.roles else people


def scores(indicator: Indicator, study: Study, waves: list[str]) -> pd.DataFrame:
    """Return the measured value of every unit in the given waves.

    Returns
    -------
    pandas.DataFrame
        Columns unit id, organisation, wave, value; one row per unit and wave with a value.
    """
    long = VALUES[type(indicator.measure)](indicator.measure, study)
    long = long[long["wave"].isin(waves) & long["value"].notna()]
    if indicator.roles:
        long = long[long["person"].isin(_people(indicator, study)["person"])]
    if indicator.unit == "organisation":
        return _of_organisations(long, indicator, study)
    return long[["person", "organisation", "wave", "value"]].reset_index(drop=True)


def _of_organisations(long: pd.DataFrame, indicator: Indicator, study: Study) -> pd.DataFrame:
    long = long[long["organisation"].notna()]
    if indicator.answered_by == "named_contact":
        contacts = study.organisations.set_index("organisation")["contact_person"]
        long = long[long["person"].astype("object") == long["organisation"].astype("object").map(contacts)]
    means = long.groupby(["organisation", "wave"], observed=True, sort=True)["value"].mean()
    return means.reset_index()


def _of_item(measure: ItemMeasure, study: Study) -> pd.DataFrame:
    rows = study.answers[study.answers["item"] == measure.item]
    return rows[["person", "organisation", "wave", "value"]]


def _of_scale(measure: ScaleMeasure, study: Study) -> pd.DataFrame:
    rows = study.scores[study.scores["scale"] == measure.scale]
    return rows[["person", "organisation", "wave", "score"]].rename(columns={"score": "value"})


VALUES: dict[type, Callable[[Any, Study], pd.DataFrame]] = {ItemMeasure: _of_item, ScaleMeasure: _of_scale}


@dataclass(frozen=True, slots=True)
class Reading:
    """Who counts as yes under one reading of a statement.

    Attributes
    ----------
    table
        One row per unit that answered, with `positive`.
    n_total
        How many units the reading is about, whether they answered or not.
    """

    table: pd.DataFrame
    n_total: int


def positives(indicator: Indicator, study: Study, wave: str) -> dict[str, Reading]:
    """Return, by reading, who counts as yes.

    A single question or scale has one reading, the empty one. Several questions have one reading per
    question and those that combine them; the main reading comes first.
    """
    measure = indicator.measure
    if isinstance(measure, ItemsMeasure):
        return _readings(measure, indicator, study, wave)
    values = scores(indicator, study, [wave])
    table = values.assign(positive=COUNTS_AS_YES[type(measure)](measure, values["value"]))
    return {"": Reading(table, len(units(indicator, study)))}


def _yes_on_scale(measure: ScaleMeasure, values: pd.Series) -> pd.Series:
    return values >= measure.at_least - TOLERANCE


def _yes_to_item(measure: ItemMeasure, values: pd.Series) -> pd.Series:
    """Count a mean of several answers that lies between two options as yes if both of them are."""
    low, high = np.floor(values), np.ceil(values)
    return values.isin(measure.positive) | (low.isin(measure.positive) & high.isin(measure.positive))


COUNTS_AS_YES: dict[type, Callable[[Any, pd.Series], pd.Series]] = {
    ItemMeasure: _yes_to_item,
    ScaleMeasure: _yes_on_scale,
}


def _readings(measure: ItemsMeasure, indicator: Indicator, study: Study, wave: str) -> dict[str, Reading]:
    wide, everyone = _yes_by_item(measure, indicator, study, wave), units(indicator, study)
    readings = {name: _reading(yes, len(everyone)) for name, yes in _combined(wide).items()}
    readings |= {item: _reading(wide[item], len(everyone)) for item in measure.items}
    if measure.areas:
        areas = _areas(everyone["person"], measure, study)
        trained = areas.loc[areas.any(axis=1)]
        readings["trained"] = _reading(_trained(wide, trained), len(trained))
    order = [measure.main, *(name for name in readings if name != measure.main)]
    return {name: readings[name] for name in order}


def _reading(yes: pd.Series, n_total: int) -> Reading:
    return Reading(yes.dropna().rename("positive").reset_index(), n_total)


def _combined(wide: pd.DataFrame) -> dict[str, pd.Series]:
    return {"any": _any(wide), "all": _all(wide)}


def _yes_by_item(measure: ItemsMeasure, indicator: Indicator, study: Study, wave: str) -> pd.DataFrame:
    columns = []
    for item in measure.items:
        alone = indicator.model_copy(update={"measure": ItemMeasure(item=item, positive=measure.positive)})
        values = scores(alone, study, [wave]).set_index(ID[indicator.unit])["value"]
        columns.append(_yes_to_item(alone.measure, values).astype("boolean").rename(item))
    return reduce(
        lambda left, right: left.join(right, how="outer"), (column.to_frame() for column in columns)
    )


def _any(wide: pd.DataFrame) -> pd.Series:
    yes = wide.fillna(False).any(axis=1).astype("boolean")
    return yes.where(yes | wide.notna().all(axis=1))


def _all(wide: pd.DataFrame) -> pd.Series:
    yes = wide.fillna(True).all(axis=1).astype("boolean")
    return yes.where(~yes | wide.notna().all(axis=1))


def _areas(people: pd.Series, measure: ItemsMeasure, study: Study) -> pd.DataFrame:
    """Return for every person and question whether the person has time in the question's area."""
    log = _with_time(study.log)
    time = {
        item: people.isin(log.loc[log["area"] == area, "person"]).to_numpy()
        for item, area in zip(measure.items, measure.areas, strict=True)
    }
    return pd.DataFrame(time, index=pd.Index(people.astype("object"), name="person"))


def _trained(wide: pd.DataFrame, areas: pd.DataFrame) -> pd.Series:
    """Yes in every area the person has time in; what was answered about other areas does not count."""
    answers = wide.reindex(areas.index).astype("boolean")
    answered = answers.notna().any(axis=1)
    return _all(answers.where(areas, True)).where(answered)


def covered(indicator: Indicator, study: Study) -> pd.DataFrame:
    """Return every unit with `covered`: whether its records hold each of the listed levels."""
    measure: RecordsMeasure = indicator.measure
    unit, everyone = ID[indicator.unit], units(indicator, study)
    records = _with_time(study.log) if measure.records == "log" else study.people
    found = records[records[measure.column].isin(measure.has)]
    kinds = found.groupby(unit, observed=True)[measure.column].nunique()
    counts = everyone[unit].astype("object").map(kinds).fillna(0)
    return pd.DataFrame({unit: everyone[unit], "covered": counts >= len(set(measure.has))})


def _with_time(log: pd.DataFrame) -> pd.DataFrame:
    """Return the entries that stand for time spent: all but those that say that there was none."""
    return log[~(log["hours"] <= 0)]


def column(indicator: Indicator, study: Study) -> pd.DataFrame:
    """Return every unit with a register column as `value`."""
    measure: ColumnMeasure = indicator.measure
    everyone = units(indicator, study)
    return everyone[[ID[indicator.unit]]].assign(value=everyone[measure.column])
