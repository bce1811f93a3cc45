"""What an indicator measures, as a table with one row per unit."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
import pandas as pd

from evaluation.data.matching import as_number
from evaluation.data.places import coded
from evaluation.project.measure import (
    ColumnMeasure,
    HoursMeasure,
    ItemMeasure,
    ItemsMeasure,
    MatrixMeasure,
    RecordsMeasure,
    ScaleMeasure,
    ShortfallMeasure,
)
from evaluation.project.model import Indicator
from evaluation.project.rule import EligibilityRule
from evaluation.rules.judge import TOLERANCE
from evaluation.rules.matrix import filled_cells
from evaluation.study import Study

ID = {unit: unit for unit in ("person", "organisation", "effort", "actor", "cell")}


def units(indicator: Indicator, study: Study) -> pd.DataFrame:
    """Return everyone the indicator is about, whether they answered or not.

    Returns
    -------
    pandas.DataFrame
        People (with their groups), organisations or efforts, one row each.
    """
    if indicator.unit == "actor":
        return pd.DataFrame({"actor": sorted({*study.ties["actor"], *study.ties["to"]})})
    if isinstance(indicator.measure, MatrixMeasure):
        return pd.DataFrame({"cell": filled_cells(indicator.measure, study).index})
    if indicator.unit == "effort":
        return study.log[["effort"]].drop_duplicates().reset_index(drop=True)
    everyone = study.organisations if indicator.unit == "organisation" else _people(indicator, study)
    if indicator.among is None:
        return everyone
    met = meets(everyone[indicator.among.column], indicator.among).astype("boolean")
    return everyone[met.fillna(False).to_numpy(dtype=bool)]


def _people(indicator: Indicator, study: Study) -> pd.DataFrame:
    return study.once(("people", *indicator.roles), lambda: _with_roles(indicator.roles, study))


def _with_roles(roles: Sequence[str], study: Study) -> pd.DataFrame:
    return study.registered[study.registered["role"].isin(roles)] if roles else study.participants


def scores(indicator: Indicator, study: Study, waves: list[str]) -> pd.DataFrame:
    """Return the measured value of every unit in the given waves.

    Returns
    -------
    pandas.DataFrame
        Columns unit id, organisation, wave, value; one row per unit and wave with a value. Where a change is
        about how many say yes, the value is 100 for yes and 0 for no, so that differences are percentage points.
    """
    long = _measured(indicator, study, waves)
    if not indicator.in_percent:
        return long
    yes = COUNTS_AS_YES[type(indicator.measure)](indicator.measure, long["value"])
    return long.assign(value=100.0 * yes)


def _measured(indicator: Indicator, study: Study, waves: list[str]) -> pd.DataFrame:
    long = VALUES[type(indicator.measure)](indicator.measure, study)
    long = long[long["wave"].isin(waves) & long["value"].notna()]
    if indicator.roles or study.project.participant_roles:
        long = long[long["person"].isin(_people(indicator, study)["person"])]
    if indicator.unit == "organisation":
        long = _of_organisations(long, indicator, study)
    if indicator.among is not None:
        unit = ID[indicator.unit]
        long = long[long[unit].isin(units(indicator, study)[unit])]
    if indicator.unit == "organisation":
        return long.reset_index(drop=True)
    return long[["person", "organisation", "wave", "value"]].reset_index(drop=True)


def _of_organisations(long: pd.DataFrame, indicator: Indicator, study: Study) -> pd.DataFrame:
    long = long[long["organisation"].notna()]
    if indicator.answered_by == "named_contact":
        contacts = study.organisations.set_index("organisation")["contact_person"]
        firm = coded(long["organisation"])
        named = contacts.reindex(firm.categories).to_numpy()[firm.codes]
        long = long[np.asarray(long["person"]) == named]
    means = long.groupby(["organisation", "wave"], observed=True, sort=True)["value"].mean()
    return means.reset_index()


def _of_item(measure: ItemMeasure, study: Study) -> pd.DataFrame:
    rows = study.answers_to([measure.item])
    return rows[["person", "organisation", "wave", "value"]]


def _of_scale(measure: ScaleMeasure, study: Study) -> pd.DataFrame:
    rows = study.scores_of(measure.scale)
    return rows[["person", "organisation", "wave", "score"]].rename(columns={"score": "value"})


def _of_shortfall(measure: ShortfallMeasure, study: Study) -> pd.DataFrame:
    """Return the mean over areas of what is lacking, for people who answered both questions of an area."""
    keys = ["person", "organisation", "wave"]
    answers = study.answers_to([*measure.needed, *measure.current])
    answers = answers[answers["value"].notna()]
    by_item = {item: rows for item, rows in answers.groupby("item", observed=True)}
    nothing = answers.iloc[:0]
    parts = [
        by_item.get(needed, nothing)[[*keys, "value"]].merge(
            by_item.get(current, nothing)[["person", "wave", "value"]],
            on=["person", "wave"],
            suffixes=("_needed", "_current"),
        )
        for needed, current in zip(measure.needed, measure.current, strict=True)
    ]
    both = pd.concat(parts, ignore_index=True)
    both["value"] = (both["value_needed"] - both["value_current"]).clip(lower=0)
    return both.groupby(keys, observed=True, dropna=False)["value"].mean().reset_index()


VALUES: dict[type, Callable[[Any, Study], pd.DataFrame]] = {
    ItemMeasure: _of_item,
    ScaleMeasure: _of_scale,
    ShortfallMeasure: _of_shortfall,
}


@dataclass(frozen=True, slots=True)
class Reading:
    """Who counts as yes under one reading of a statement.

    Attributes
    ----------
    table
        One row per unit that answered, with `positive`.
    units
        Everyone the reading is about, whether they answered or not.
    """

    table: pd.DataFrame
    units: pd.Series

    @property
    def n_total(self) -> int:
        """How many the reading is about."""
        return len(self.units)


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
    if _is_checklist(measure, study) and indicator.unit == "person":
        table = table[table["person"].isin(_settled(measure, study, wave))]
    return {"": Reading(table, units(indicator, study)[ID[indicator.unit]])}


def _is_checklist(measure: object, study: Study) -> bool:
    return isinstance(measure, ScaleMeasure) and study.project.scales[measure.scale].score == "sum"


def _settled(measure: ScaleMeasure, study: Study, wave: str) -> pd.Series:
    """Return the people whose parts left unanswered could not change whether they count as yes.

    A checklist's score is that of its answered parts, counted up to all of them. Of somebody with two parts
    unanswered it is not known whether four of six are there.
    """
    items = study.project.scales[measure.scale].items
    limits = [study.response(item).limits for item in items]
    rows = study.scores_of(measure.scale)
    rows = rows[(rows["wave"] == wave) & rows["score"].notna()]
    left = len(items) - rows["n_items"]
    given = rows["score"] * rows["n_items"] / len(items)
    least = given + left * min(low for low, _ in limits)
    most = given + left * max(high for _, high in limits)
    return rows.loc[_yes_on_scale(measure, least) == _yes_on_scale(measure, most), "person"]


def _yes_on_scale(measure: ScaleMeasure | ShortfallMeasure, values: pd.Series) -> pd.Series:
    return values >= measure.at_least - TOLERANCE


def _yes_to_item(measure: ItemMeasure, values: pd.Series) -> pd.Series:
    """Count a mean of several answers that lies between two options as yes if both of them are."""
    low, high = np.floor(values), np.ceil(values)
    return values.isin(measure.positive) | (low.isin(measure.positive) & high.isin(measure.positive))


COUNTS_AS_YES: dict[type, Callable[[Any, pd.Series], pd.Series]] = {
    ItemMeasure: _yes_to_item,
    ScaleMeasure: _yes_on_scale,
    ShortfallMeasure: _yes_on_scale,
}


def _readings(measure: ItemsMeasure, indicator: Indicator, study: Study, wave: str) -> dict[str, Reading]:
    wide = _yes_by_item(measure, indicator, study, wave)
    everyone = units(indicator, study)[ID[indicator.unit]]
    readings = {name: _reading(yes, everyone) for name, yes in _combined(wide).items()}
    readings |= {item: _reading(wide[item], everyone) for item in measure.items}
    if measure.areas:
        areas = _areas(everyone, measure, study)
        trained = areas.loc[areas.any(axis=1)]
        readings["trained"] = _reading(_trained(wide, trained), trained.index.to_series())
    order = [measure.main, *(name for name in readings if name != measure.main)]
    return {name: readings[name] for name in order}


def _reading(yes: pd.Series, everyone: pd.Series) -> Reading:
    return Reading(yes.dropna().rename("positive").reset_index(), everyone)


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
    """Return every unit with `covered`: whether its records or its register row hold what is asked for."""
    unit, everyone = ID[indicator.unit], units(indicator, study)
    found = COVERED[type(indicator.measure)](indicator, everyone, study)
    return pd.DataFrame({unit: everyone[unit], "covered": found})


def _in_records(indicator: Indicator, everyone: pd.DataFrame, study: Study) -> pd.Series:
    measure, unit = indicator.measure, ID[indicator.unit]
    records = _with_time(study.log) if measure.records == "log" else study.registered
    if measure.column is None:
        return everyone[unit].isin(records[unit])
    found = records[
        records[measure.column].isin(measure.has) if measure.has else _filled(records[measure.column])
    ]
    kinds = found.groupby(unit, observed=True)[measure.column].nunique()
    counts = everyone[unit].astype("object").map(kinds).fillna(0)
    complete = counts >= max(1, len(set(measure.has)))
    if not measure.and_one_of:
        return complete
    return complete & everyone[unit].isin(records[records[measure.column].isin(measure.and_one_of)][unit])


def _in_register(indicator: Indicator, everyone: pd.DataFrame, study: Study) -> pd.Series:
    return meets(column(indicator, study)["value"], indicator.measure)


def meets(values: pd.Series, condition: ColumnMeasure | EligibilityRule) -> pd.Series:
    """Return whether each value of a register column meets a condition; missing where it holds nothing.

    Without `one_of`, `at_least` and `at_most` every filled cell meets it.
    """
    filled = _filled(values)
    if condition.one_of:
        found = values.astype("string").str.strip().isin(condition.one_of)
        return found.astype("boolean").where(filled)
    if condition.at_least is None and condition.at_most is None:
        return filled
    low = -np.inf if condition.at_least is None else condition.at_least
    high = np.inf if condition.at_most is None else condition.at_most
    numbers = values.astype("string").map(as_number, na_action="ignore").astype("Float64")
    return numbers.between(low, high).astype("boolean").where(numbers.notna())


def _filled(values: pd.Series) -> pd.Series:
    return values.notna() & values.astype("string").str.strip().fillna("").ne("")


def _in_matrix(indicator: Indicator, everyone: pd.DataFrame, study: Study) -> pd.Series:
    return filled_cells(indicator.measure, study).reset_index(drop=True)


COVERED: dict[type, Callable[[Indicator, pd.DataFrame, Study], pd.Series]] = {
    RecordsMeasure: _in_records,
    ColumnMeasure: _in_register,
    MatrixMeasure: _in_matrix,
}


def hours(indicator: Indicator, study: Study) -> pd.DataFrame:
    """Return for every unit with logged time how many hours it has, and how many of them count.

    Returns
    -------
    pandas.DataFrame
        Columns unit id, organisation, hours, counted; entries without hours or without a level are left out.
    """
    measure: HoursMeasure = indicator.measure
    unit, log = ID[indicator.unit], _with_time(study.log)
    log = log[log["hours"].notna() & log[measure.column].notna()]
    log = log[log[unit].isin(units(indicator, study)[unit])]
    log = log.assign(counted=log["hours"].where(log[measure.column].isin(measure.hours), 0.0))
    keys = list(dict.fromkeys([unit, "organisation"]))
    return log.groupby(keys, observed=True, dropna=False)[["hours", "counted"]].sum().reset_index()


def _with_time(log: pd.DataFrame) -> pd.DataFrame:
    """Return the entries that stand for time spent: all but those that say that there was none."""
    return log[~(log["hours"] <= 0)]


def column(indicator: Indicator, study: Study) -> pd.DataFrame:
    """Return every unit with a register column as `value`."""
    measure: ColumnMeasure = indicator.measure
    everyone = units(indicator, study)
    return everyone[[ID[indicator.unit]]].assign(value=everyone[measure.column])
