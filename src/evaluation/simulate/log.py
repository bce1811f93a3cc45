"""The time log: efforts of organisations, the people in them, and what they spent time on."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.project.measure import RecordsMeasure
from evaluation.project.model import Project
from evaluation.simulate.identifier import UNITS, first_header
from evaluation.simulate.population import OUTSIDE, Population
from evaluation.simulate.register import Blank, draw_levels, register_column
from evaluation.simulate.streams import Streams
from evaluation.simulate.timeline import first_day, last_day

EFFORTS = 1.3
"""Efforts per organisation."""

INCOMPLETE = 0.12
"""Share of efforts that lack one of the phases."""

EACH_OUTSIDER = 6
"""Efforts that a person outside the organisations takes part in."""

JOINS_AGAIN = 0.6
"""Probability that a person takes part in another effort than the organisation's first."""

STRAYS = 0.1
"""Share of records whose means differ from what their turn would be."""

DESIGNERS = 0.2
"""Share of people who have a role in the design of their first effort."""

STEPWISE = ("phase", "means")

SOURCE, STEP = "log.source", "log.step"
"""Columns of our own; a project cannot have names with a full stop."""


def simulate_log(
    project: Project,
    source: str,
    population: Population,
    streams: Streams,
    earlier: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Draw the records of one time log.

    Parameters
    ----------
    project, source
        The definition and the log's key in it.
    population
        The people and organisations.
    streams
        Named random numbers.
    earlier
        The records of the logs before it; a log of certain roles is about the same efforts.

    Returns
    -------
    pandas.DataFrame
        One row per record with `effort`, `person` and `organisation` (row numbers) and the columns of
        the source: level keys of classifications, hours in halves, days; None where a record has no
        role in the design.

    Notes
    -----
    Everybody takes part in the first effort of their organisation; a log of certain roles has records of
    their people only, those outside the organisations in efforts drawn at random. Each person has one record per step
    of an effort. Classifications of which a rule wants several levels, and those called `phase` and
    `means`, take their levels in turn from step to step; others, such as the area, are the same for a
    whole effort. About one effort in eight lacks one level of the first such classification.
    """
    rng = streams.of(f"log.{source}")
    names = [
        name for name in project.sources[source].columns if name not in UNITS and not population.knows(name)
    ]
    stepwise = _stepwise(project, names)
    members = _members(population, rng)
    if project.sources[source].roles:
        if earlier is not None and len(earlier):
            members = earlier[["effort", "person", "organisation"]].drop_duplicates()
        members = _of_roles(members, population, project.sources[source].roles, rng)
    rows = _steps(members, max((len(project.groups[name].levels) for name in stepwise), default=2))
    for place, name in enumerate(stepwise):
        rows[name] = _turns(list(project.groups[name].levels), rows, place, rng)
    if stepwise:
        rows = _without_one_level(rows, stepwise[0], list(project.groups[stepwise[0]].levels), rng)
    rows["date"] = _days(project, rows, rng)
    for name in (name for name in names if name not in rows):
        rows[name] = _column(project, source, name, rows, streams.of(f"log.{source}.{name}"))
    ordered = rows.sort_values(["effort", "date", "person"], kind="stable", ignore_index=True)
    return ordered.assign(**{SOURCE: source})


def _stepwise(project: Project, names: list[str]) -> list[str]:
    counted = {
        indicator.measure.column
        for indicator in project.indicators.values()
        if isinstance(indicator.measure, RecordsMeasure)
        and indicator.measure.records == "log"
        and len(indicator.measure.has) > 1
    }
    groups = [name for name in names if name in project.groups and name != "design_role"]
    chosen = [name for name in groups if name in STEPWISE or name in counted]
    return sorted(chosen, key=lambda name: name != "phase")


def _members(population: Population, rng: np.random.Generator) -> pd.DataFrame:
    """Return one row per person in an effort, with the effort numbered by organisation."""
    firms = len(population.organisations)
    firm_of_person = population.people["organisation"]
    sizes = np.bincount(firm_of_person[firm_of_person != OUTSIDE], minlength=firms)
    more = rng.integers(firms, size=max(0, round((EFFORTS - 1) * firms)))
    firm_of_effort = np.sort(np.concatenate([np.arange(firms), more]))
    first = np.r_[True, firm_of_effort[1:] != firm_of_effort[:-1]]
    count = sizes[firm_of_effort]
    effort = np.repeat(np.arange(len(count)), count)
    start = (np.cumsum(sizes) - sizes)[firm_of_effort]
    person = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count) + start[effort]
    joins = first[effort] | (rng.random(len(effort)) < JOINS_AGAIN)
    table = pd.DataFrame({"effort": effort, "person": person, "organisation": firm_of_effort[effort]})[joins]
    return table.assign(effort=np.unique(table["effort"], return_inverse=True)[1])


def _of_roles(
    members: pd.DataFrame, population: Population, roles: tuple[str, ...], rng: np.random.Generator
) -> pd.DataFrame:
    """Return the entries of people with a role; those outside the organisations join several efforts each."""
    people = population.people
    wanted = people.index[people["role"].isin(roles)]
    outside = people.index[people["role"].isin(roles) & (people["organisation"] == OUTSIDE)]
    efforts = members.drop_duplicates("effort")[["effort", "organisation"]].reset_index(drop=True)
    joined = min(len(efforts), EACH_OUTSIDER)
    places = [rng.choice(len(efforts), size=joined, replace=False) for _ in outside]
    more = efforts.iloc[np.concatenate(places) if places else []].assign(person=np.repeat(outside, joined))
    chosen = pd.concat([members[members["person"].isin(wanted)], more], ignore_index=True)
    return chosen.sort_values(["effort", "person"], kind="stable", ignore_index=True)


def _steps(members: pd.DataFrame, steps: int) -> pd.DataFrame:
    rows = members.iloc[np.repeat(np.arange(len(members)), steps)].reset_index(drop=True)
    return rows.assign(**{STEP: np.tile(np.arange(steps), len(members))})


def _turns(
    levels: list[str], rows: pd.DataFrame, place: int, rng: np.random.Generator
) -> NDArray[np.object_]:
    """Give each step its level: the first classification in order, others from a random start."""
    efforts = int(rows["effort"].max()) + 1
    turn = rows[STEP].to_numpy() + (rng.integers(len(levels), size=efforts)[rows["effort"]] if place else 0)
    if place:
        turn = np.where(rng.random(len(rows)) < STRAYS, rng.integers(len(levels), size=len(rows)), turn)
    return np.array(levels, dtype=object)[turn % len(levels)]


def _without_one_level(
    rows: pd.DataFrame, name: str, levels: list[str], rng: np.random.Generator
) -> pd.DataFrame:
    efforts = int(rows["effort"].max()) + 1
    if len(levels) < 2:
        return rows
    lacking = np.full(efforts, None, dtype=object)
    some = rng.choice(efforts, size=round(INCOMPLETE * efforts), replace=False)
    lacking[some] = draw_levels(levels, len(some), rng)
    return rows[rows[name].to_numpy() != lacking[rows["effort"]]].reset_index(drop=True)


def _days(project: Project, rows: pd.DataFrame, rng: np.random.Generator) -> NDArray[np.datetime64]:
    """Return the day of every record: the steps of an effort follow each other from first to last wave."""
    start = np.datetime64(first_day(project))
    length = (last_day(project) - first_day(project)).days
    steps = int(rows[STEP].max()) + 1
    moment = rng.random((int(rows["effort"].max()) + 1, steps))[rows["effort"], rows[STEP]]
    return start + np.floor((rows[STEP].to_numpy() + moment) / steps * length).astype(int).astype("m8[D]")


def _column(
    project: Project, source: str, name: str, rows: pd.DataFrame, rng: np.random.Generator
) -> NDArray:
    if name == "design_role" and name in project.groups:
        return _design_roles(list(project.groups[name].levels), rows, rng)
    if name in project.groups:
        efforts = int(rows["effort"].max()) + 1
        return draw_levels(project.groups[name].levels, efforts, rng)[rows["effort"]]
    header = first_header(project.sources[source].columns[name])
    if name in project.simulation.columns:
        efforts = int(rows["effort"].max()) + 1
        blank = Blank(project, name, header, efforts, np.ones(efforts, dtype=int), rng)
        return register_column(blank)[rows["effort"]]
    return register_column(Blank(project, name, header, len(rows), np.ones(len(rows), dtype=int), rng))


def _design_roles(levels: list[str], rows: pd.DataFrame, rng: np.random.Generator) -> NDArray[np.object_]:
    """Give some people a role in the design of their first effort: mostly the first level."""
    people = int(rows["person"].max()) + 1
    weights = np.r_[0.8, np.full(len(levels) - 1, 0.2 / max(1, len(levels) - 1))]
    roles = draw_levels(levels, people, rng, weights / weights.sum())
    roles[rng.random(people) >= DESIGNERS] = None
    first = ~rows.duplicated("person").to_numpy()
    return np.where(first, roles[rows["person"]], None)
