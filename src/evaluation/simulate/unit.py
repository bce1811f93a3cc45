"""Complete values of every unit: its score, whether it counts as yes, its groups and its records."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

from evaluation.project.equality import PLACES, PRINCIPLES
from evaluation.project.measure import (
    ColumnMeasure,
    HoursMeasure,
    ItemsMeasure,
    MatrixMeasure,
    RecordsMeasure,
    ScaleMeasure,
    ShortfallMeasure,
)
from evaluation.project.model import Indicator, LoadedProject
from evaluation.simulate.answers import Answers, Received, entry_of
from evaluation.simulate.population import OUTSIDE, Population


@dataclass(frozen=True)
class Complete:
    """Everything there is to know before anything is lost.

    Attributes
    ----------
    received
        Who gets each survey, by source, shape (people,).
    log
        All records of all time logs, with row numbers of effort, person and organisation.
    ties
        What every actor would say of every other, by wave.
    of_comparison
        Whether this is about the comparison group instead of the programme.
    """

    project: LoadedProject
    population: Population
    received: Received
    answers: Answers
    log: pd.DataFrame
    ties: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    of_comparison: bool = False

    def units(self, unit: str, indicator: Indicator | None = None) -> pd.Index:
        """Return the row numbers of all registered people or organisations, or of the efforts of the log."""
        if unit == "actor":
            return pd.Index(np.unique(np.concatenate([table["actor"] for table in self.ties.values()])))
        if unit == "cell":
            return self.cells.index
        if unit == "effort":
            return pd.Index(np.unique(self.log["effort"])) if len(self.log) else pd.Index([])
        if indicator is not None and indicator.among is not None:
            everyone = self.units(unit, indicator.model_copy(update={"among": None}))
            table = self.population.organisations if unit == "organisation" else self.population.people
            column = table.get(indicator.among.column, self.groups(unit).get(indicator.among.column))
            return everyone[_meets(indicator.among, column.loc[everyone]).to_numpy()]
        if unit == "organisation":
            return self._side(self.population.organisations, self.population.compared_organisations())
        people = self.population.people.loc[self._side(self.population.people, self.population.compared)]
        roles = (indicator.roles if indicator else ()) or self.project.definition.participant_roles
        if roles and "role" in people:
            return people.index[people["role"].isin(roles)]
        return people.index

    def _side(self, table: pd.DataFrame, compared: np.ndarray) -> pd.Index:
        return table.index[compared == self.of_comparison]

    def on_this_side(self, values: pd.Series) -> pd.Series:
        """Return the values of the people whom this is about."""
        return values[self.population.compared[values.index.to_numpy(dtype=int)] == self.of_comparison]

    def groups(self, unit: str) -> pd.DataFrame:
        """Return the classifications of the people or organisations."""
        return self._organisation_groups if unit == "organisation" else self._person_groups

    @cached_property
    def cells(self) -> pd.Series:
        """Return for every place and principle whether it is written in, as the definition says."""
        stated = self.project.definition.equality.permeation or {}
        return pd.Series(
            {
                (place, principle): principle in stated.get(place, ())
                for place in PLACES
                for principle in PRINCIPLES
            }
        )

    @cached_property
    def _organisation_groups(self) -> pd.DataFrame:
        return self._with_answers(
            self.population.organisation_groups(self.project.definition), "organisation"
        )

    @cached_property
    def _person_groups(self) -> pd.DataFrame:
        return self._with_answers(self.population.groups(self.project.definition), "person")

    def _with_answers(self, groups: pd.DataFrame, of: str) -> pd.DataFrame:
        """Add the classifications that are made from answers."""
        made = {}
        for key, group in self.project.definition.groups.items():
            if group.of == of and group.item is not None:
                values = item_values(self, group.item, group.wave)
                if of == "organisation":
                    values = mean_of_organisations(values, self.population.people)
                made[key] = values.reindex(groups.index).map(group.level_of_number, na_action="ignore")
        return groups.assign(**made).astype("category")


def item_values(complete: Complete, item: str, wave: str) -> pd.Series:
    """Return the answers to one question at one wave as they are written; people not asked are absent."""
    values = complete.answers.get((item, wave))
    return pd.Series(dtype=float) if values is None else complete.on_this_side(pd.Series(values).dropna())


def scale_values(complete: Complete, scale: str, wave: str) -> pd.Series:
    """Return the mean of a scale's questions after reversal, for people who are asked enough of them."""
    definition = complete.project.definition
    stated = definition.scales[scale]
    columns = {}
    for item in stated.items:
        entry = entry_of(complete.project, item, wave)
        values = item_values(complete, item, wave)
        low, high = definition.responses[entry.response].limits if entry.reverse else (0.0, 0.0)
        columns[item] = low + high - values if entry.reverse else values
    table = pd.DataFrame(columns, dtype=float)
    scored = table.mean(axis=1) * (len(stated.items) if stated.score == "sum" else 1)
    return scored[table.notna().sum(axis=1) >= stated.min_items]


def shortfall_values(complete: Complete, measure: ShortfallMeasure, wave: str) -> pd.Series:
    """Return the mean over areas of what is lacking, for people who answered both questions of an area."""
    columns = [
        (item_values(complete, needed, wave) - item_values(complete, current, wave)).clip(lower=0)
        for needed, current in zip(measure.needed, measure.current, strict=True)
    ]
    return pd.concat(columns, axis=1).mean(axis=1).dropna()


def unit_values(complete: Complete, indicator: Indicator, wave: str) -> pd.Series:
    """Return the value of a question or scale for every unit of an indicator.

    An organisation's value is the answer of its contact person, or the mean of all its people.
    """
    measure = indicator.measure
    if isinstance(measure, ScaleMeasure):
        values = scale_values(complete, measure.scale, wave)
    elif isinstance(measure, ShortfallMeasure):
        values = shortfall_values(complete, measure, wave)
    else:
        values = item_values(complete, measure.item, wave)
    return _of_units(complete, indicator, values)


def readings(complete: Complete, indicator: Indicator, wave: str) -> pd.DataFrame:
    """Return for every unit whether it counts as yes, in each reading of the statement.

    Returns
    -------
    pandas.DataFrame
        One row per unit with an answer. For a question or scale the one column `yes`; for several
        questions a column per question, and `any`, `all` and, where areas are stated, `trained`: yes
        in every area in which the unit has hours in the time log, missing where it has none.

    Notes
    -----
    The mean of several people counts as yes if it lies between the lowest and the highest value that
    counts as yes.
    """
    measure = indicator.measure
    if isinstance(measure, ItemsMeasure):
        return _readings_together(complete, indicator, wave)
    values = unit_values(complete, indicator, wave)
    if isinstance(measure, ScaleMeasure | ShortfallMeasure):
        return pd.DataFrame({"yes": values >= (np.nan if measure.at_least is None else measure.at_least)})
    return pd.DataFrame({"yes": _is_yes(values, measure.positive, indicator)})


def main_reading(indicator: Indicator) -> str:
    """Return the reading that decides."""
    return indicator.measure.main if isinstance(indicator.measure, ItemsMeasure) else "yes"


def has_yes(indicator: Indicator) -> bool:
    """Tell whether the indicator says which answers count as yes."""
    measure = indicator.measure
    return bool(getattr(measure, "positive", ())) or getattr(measure, "at_least", None) is not None


def outcome(complete: Complete, indicator: Indicator, wave: str) -> pd.Series:
    """Return 0 or 1 per unit where the indicator says what counts as yes, otherwise the value."""
    if has_yes(indicator):
        table = readings(complete, indicator, wave)
        reading = main_reading(indicator)
        return table[reading].dropna().astype(float) if reading in table else pd.Series(dtype=float)
    return unit_values(complete, indicator, wave)


def covered(complete: Complete, indicator: Indicator) -> pd.Series:
    """Return for every unit whether its records or its register row hold what is asked for."""
    measure = indicator.measure
    units = complete.units(indicator.unit, indicator)
    if isinstance(measure, MatrixMeasure):
        return complete.cells
    if isinstance(measure, ColumnMeasure):
        return _meets(measure, column_values(complete, indicator)).reindex(units, fill_value=False)
    records = _records(complete, measure)
    if measure.column is None:
        return pd.Series(units.isin(records.get(indicator.unit, ())), index=units)
    kept = records[measure.column].isin(measure.has) if measure.has else records[measure.column].notna()
    found = records[kept]
    levels = (
        found.groupby(indicator.unit)[measure.column].nunique()
        if indicator.unit in found
        else pd.Series(dtype=int)
    )
    held = levels.reindex(units, fill_value=0) >= max(1, len(set(measure.has)))
    if not measure.and_one_of:
        return held
    return held & units.isin(
        records[records[measure.column].isin(measure.and_one_of)].get(indicator.unit, ())
    )


def _meets(measure: ColumnMeasure, values: pd.Series) -> pd.Series:
    if measure.one_of:
        return values.astype(object).isin(measure.one_of)
    if measure.at_least is None and measure.at_most is None:
        return values.notna()
    low = -np.inf if measure.at_least is None else measure.at_least
    high = np.inf if measure.at_most is None else measure.at_most
    return pd.to_numeric(values, errors="coerce").between(low, high)


def hour_share(complete: Complete, indicator: Indicator) -> float:
    """Return the share of the hours of an indicator's units that has one of the levels."""
    measure: HoursMeasure = indicator.measure
    log = complete.log
    log = log[
        log[indicator.unit].isin(complete.units(indicator.unit, indicator)) & log[measure.column].notna()
    ]
    return log.loc[log[measure.column].isin(measure.hours), "hours"].sum() / log["hours"].sum()


def column_values(complete: Complete, indicator: Indicator) -> pd.Series:
    """Return a register column of every unit; empty if the register does not have it."""
    measure: ColumnMeasure = indicator.measure
    population = complete.population
    table = {"organisation": population.organisations, "person": population.people}.get(indicator.unit, [])
    if measure.column in table:
        return table[measure.column].loc[complete.units(indicator.unit, indicator)]
    if indicator.unit == "person" and measure.column in population.organisations:
        firms = population.people["organisation"].loc[complete.units("person", indicator)]
        return population.organisations[measure.column].loc[firms].set_axis(firms.index)
    return _derived(complete, indicator, table)


def _derived(complete: Complete, indicator: Indicator, table: pd.DataFrame | list[str]) -> pd.Series:
    """Return the level of every unit in a classification that is made from a register's numbers."""
    group = complete.project.definition.groups.get(indicator.measure.column)
    if group is None or group.column is None or group.column not in table:
        return pd.Series(dtype=object)
    numbers = pd.to_numeric(table[group.column].loc[complete.units(indicator.unit, indicator)])
    return numbers.map(group.level_of_number).dropna()


def _records(complete: Complete, measure: RecordsMeasure) -> pd.DataFrame:
    people = complete.population.people.rename_axis("person").reset_index()
    table = complete.log if measure.records == "log" else people
    there = measure.column is None or measure.column in table
    return table if there else pd.DataFrame({measure.column: pd.Series(dtype=object)})


def _of_units(complete: Complete, indicator: Indicator, values: pd.Series) -> pd.Series:
    found = _of_all_units(complete, indicator.model_copy(update={"among": None}), values)
    return (
        found
        if indicator.among is None
        else found[found.index.isin(complete.units(indicator.unit, indicator))]
    )


def _of_all_units(complete: Complete, indicator: Indicator, values: pd.Series) -> pd.Series:
    people = complete.population.people
    values = values[values.index.isin(complete.units("person", indicator))]
    if indicator.unit != "organisation":
        return values
    if indicator.answered_by == "named_contact":
        contacts = complete.population.organisations["contact_person"]
        return values.reindex(contacts).set_axis(contacts.index).dropna()
    return mean_of_organisations(values, people)


def mean_of_organisations(values: pd.Series, people: pd.DataFrame) -> pd.Series:
    """Return every organisation's mean of its people's values."""
    firms = people["organisation"].loc[values.index]
    within = firms != OUTSIDE
    return values[within].groupby(firms[within].to_numpy()).mean()


def _is_yes(values: pd.Series, positive: tuple[float, ...], indicator: Indicator) -> pd.Series:
    if indicator.unit == "organisation" and indicator.answered_by == "mean" and positive:
        return values.between(min(positive), max(positive))
    return values.isin(positive)


def _readings_together(complete: Complete, indicator: Indicator, wave: str) -> pd.DataFrame:
    measure: ItemsMeasure = indicator.measure
    columns: Mapping[str, pd.Series] = {
        item: _of_units(complete, indicator, item_values(complete, item, wave)) for item in measure.items
    }
    known = pd.DataFrame(columns, dtype=float).dropna()
    single = known.apply(lambda values: _is_yes(values, measure.positive, indicator)).astype(bool)
    table = single.assign(any=single.any(axis=1), all=single.all(axis=1))
    if measure.areas:
        trained = _trained(complete, indicator, measure.areas, table.index)
        yes = (single.to_numpy() | ~trained).all(axis=1)
        table["trained"] = np.where(trained.any(axis=1), yes, np.nan)
    return table


def _trained(complete: Complete, indicator: Indicator, areas: tuple[str, ...], units: pd.Index) -> np.ndarray:
    """Return in which areas each unit has hours, shape (units, areas)."""
    if "area" not in complete.log or indicator.unit not in complete.log:
        return np.zeros((len(units), len(areas)), dtype=bool)
    log = complete.log
    log = log[log["hours"] > 0] if "hours" in log else log
    return np.column_stack(
        [units.isin(log.loc[log["area"] == area, indicator.unit].unique()) for area in areas]
    )
