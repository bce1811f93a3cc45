"""Complete values of every unit: its score, whether it counts as yes, its groups and its records."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from evaluation.project.measure import ColumnMeasure, ItemsMeasure, RecordsMeasure, ScaleMeasure
from evaluation.project.model import Indicator, LoadedProject
from evaluation.simulate.answers import Answers, Received, entry_of
from evaluation.simulate.population import Population


@dataclass(frozen=True)
class Complete:
    """Everything there is to know before anything is lost.

    Attributes
    ----------
    received
        Who gets each survey, by source, shape (people,).
    log
        All records of all time logs, with row numbers of effort, person and organisation.
    """

    project: LoadedProject
    population: Population
    received: Received
    answers: Answers
    log: pd.DataFrame

    def units(self, unit: str, indicator: Indicator | None = None) -> pd.Index:
        """Return the row numbers of all registered people or organisations, or of the efforts of the log."""
        if unit == "effort":
            return pd.Index(np.unique(self.log["effort"])) if len(self.log) else pd.Index([])
        if unit == "organisation":
            return self.population.organisations.index
        people = self.population.people
        if indicator is not None and indicator.roles and "role" in people:
            return people.index[people["role"].isin(indicator.roles)]
        return people.index

    def groups(self, unit: str) -> pd.DataFrame:
        """Return the classifications of the people or organisations."""
        return self._organisation_groups if unit == "organisation" else self._person_groups

    @cached_property
    def _organisation_groups(self) -> pd.DataFrame:
        return self.population.organisation_groups(self.project.definition)

    @cached_property
    def _person_groups(self) -> pd.DataFrame:
        return self.population.groups(self.project.definition)


def item_values(complete: Complete, item: str, wave: str) -> pd.Series:
    """Return the answers to one question at one wave as they are written; people not asked are absent."""
    values = complete.answers.get((item, wave))
    return pd.Series(dtype=float) if values is None else pd.Series(values).dropna()


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
    return table.mean(axis=1)[table.notna().sum(axis=1) >= stated.min_items]


def unit_values(complete: Complete, indicator: Indicator, wave: str) -> pd.Series:
    """Return the value of a question or scale for every unit of an indicator.

    An organisation's value is the answer of its contact person, or the mean of all its people.
    """
    measure = indicator.measure
    if isinstance(measure, ScaleMeasure):
        values = scale_values(complete, measure.scale, wave)
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
    if isinstance(measure, ScaleMeasure):
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
    """Return for every unit whether its records hold each of the listed levels."""
    measure: RecordsMeasure = indicator.measure
    units = complete.units(indicator.unit, indicator)
    records = _records(complete, measure)
    found = records[records[measure.column].isin(measure.has)]
    levels = (
        found.groupby(indicator.unit)[measure.column].nunique()
        if indicator.unit in found
        else pd.Series(dtype=int)
    )
    return levels.reindex(units, fill_value=0) == len(set(measure.has))


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
    return pd.Series(dtype=object)


def _records(complete: Complete, measure: RecordsMeasure) -> pd.DataFrame:
    people = complete.population.people.rename_axis("person").reset_index()
    table = complete.log if measure.records == "log" else people
    return table if measure.column in table else pd.DataFrame({measure.column: pd.Series(dtype=object)})


def _of_units(complete: Complete, indicator: Indicator, values: pd.Series) -> pd.Series:
    people = complete.population.people
    values = values[values.index.isin(complete.units("person", indicator))]
    if indicator.unit != "organisation":
        return values
    if indicator.answered_by == "named_contact":
        contacts = complete.population.organisations["contact_person"]
        return values.reindex(contacts).set_axis(contacts.index).dropna()
    return values.groupby(people["organisation"].loc[values.index].to_numpy()).mean()


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
