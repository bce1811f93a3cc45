"""Who takes part: organisations of unequal size, their people, and what registers say about both."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.project.model import Project
from evaluation.project.source import Source
from evaluation.simulate.identifier import UNITS, first_header
from evaluation.simulate.register import Blank, draw_levels, level_shares, register_column, ways_to_write
from evaluation.simulate.streams import Streams
from evaluation.vocabulary.errors import ProjectError
from evaluation.vocabulary.message import msg

LARGEST = 19
"""No organisation has more people in the project, unless there are too many people for that."""

OUTSIDE = -1
"""The organisation of those who belong to none."""

LEADERS = ("manager", "leader", "owner", "head", "director", "chef", "ledare", "agare")


@dataclass(frozen=True, slots=True)
class Population:
    """Everybody in the registers.

    Attributes
    ----------
    people
        One row per person: `organisation` (the organisation's row), and a column per name that the
        sources give people: the level's key for a classification, otherwise the value as such.
    organisations
        One row per organisation: `contact_person` (the person's row) and its own columns.
    visible
        Whether any file says which organisation a person belongs to.
    compared
        Who is in the comparison group, shape (people,).

    Notes
    -----
    Those in `simulation.others` come last and have the organisation `OUTSIDE`.
    """

    people: pd.DataFrame
    organisations: pd.DataFrame
    visible: bool
    compared: NDArray[np.bool_]

    def compared_organisations(self) -> NDArray[np.bool_]:
        """Return which organisations are the comparison group, shape (organisations,)."""
        firms = self.people["organisation"].to_numpy()[self.compared]
        return self.organisations.index.isin(firms)

    def knows(self, name: str) -> bool:
        """Tell whether there is a column of that name for people or organisations."""
        return name in self.people or name in self.organisations

    def groups(self, project: Project) -> pd.DataFrame:
        """Return the classifications of every person, those of the organisation included."""
        own = _classified(self.people, project, "person")
        firm = self.organisation_groups(project)
        firm = firm[[name for name in firm if name not in own]].reindex(self.people["organisation"])
        return pd.concat([own, firm.set_axis(own.index)], axis=1).astype("category")

    def organisation_groups(self, project: Project) -> pd.DataFrame:
        """Return the classifications of every organisation."""
        return _classified(self.organisations, project, "organisation").astype("category")


def simulate_people(project: Project, streams: Streams) -> Population:
    """Draw the organisations and people of a project with all columns that its files show.

    There are never more organisations than people: where the definition asks for more, each person
    has an organisation of their own. Organisations have 1 to 19 people, log-normally distributed.
    """
    wanted = project.simulation
    own = min(wanted.organisations, wanted.people)
    sizes = organisation_sizes(wanted.people, own, streams.of("population.sizes"))
    if project.impact.comparison is not None:
        sizes = np.r_[sizes, _compared_sizes(project, streams)]
    count, everyone = len(sizes), int(sizes.sum())
    first = np.cumsum(sizes) - sizes
    contact = first + (streams.of("population.contact").random(count) * sizes).astype(int)
    firms, persons = _columns_by_unit(project)
    organisations: dict[str, NDArray] = {"contact_person": contact}
    for name, header in firms.items():
        blank = Blank(project, name, header, count, sizes, streams.of(f"organisations.{name}"))
        organisations[name] = _compared_apart(register_column(blank), name, np.arange(count) >= own, project)
        if project.impact.panel is not None and name == project.impact.panel.start:
            organisations[name] = _without(organisations[name], np.arange(count) >= own)
    others = sum(wanted.others.values())
    firm = np.r_[np.repeat(np.arange(count), sizes), np.full(others, OUTSIDE)]
    people: dict[str, NDArray] = {"organisation": firm}
    for name, header in persons.items():
        size = np.r_[np.repeat(sizes, sizes), np.ones(others, dtype=np.int64)]
        rows = everyone if name == "role" else everyone + others
        blank = Blank(project, name, header, rows, size[:rows], streams.of(f"people.{name}"))
        column = _roles(blank, contact) if name == "role" else register_column(blank)
        people[name] = _compared_apart(column, name, firm[:rows] >= own, project)
    if "role" in people:
        people["role"] = np.r_[people["role"], np.repeat([*wanted.others], [*wanted.others.values()])]
    return Population(pd.DataFrame(people), pd.DataFrame(organisations), _visible(project), firm >= own)


def _compared_sizes(project: Project, streams: Streams) -> NDArray[np.int64]:
    stated, comparison = project.simulation.comparison, project.impact.comparison
    firms, persons = _columns_by_unit(project)
    if comparison.group not in {**firms, **persons}:
        raise ProjectError(
            msg("No file says who is in the comparison group, so none can be made up."),
            where="impact.comparison.group",
            do=msg("Name the column of {group} under `columns` of a source.", group=comparison.group),
        )
    count = min(stated.organisations, stated.people)
    return organisation_sizes(stated.people, count, streams.of("population.comparison"))


def _compared_apart(
    column: NDArray, name: str, compared: NDArray[np.bool_], project: Project
) -> NDArray[np.object_]:
    """Give those of the comparison group its level, and the others one of the programme's."""
    stated = project.impact.comparison
    if stated is None or name != stated.group:
        return column
    own = next(level for level in project.groups[name].levels if level not in stated.levels)
    kept = np.where(np.isin(column.astype(object), list(stated.levels)), own, column)
    return np.where(compared, stated.levels[0], kept).astype(object)


def _without(column: NDArray, compared: NDArray[np.bool_]) -> NDArray[np.object_]:
    """Take away when the comparison group started, for it never does."""
    return np.where(compared, None, column.astype(object))


def _classified(table: pd.DataFrame, project: Project, of: str) -> pd.DataFrame:
    """Return the classifications of a register's rows, those made from numbers included."""
    columns = {name: table[name] for name in table if name in project.groups}
    for key, group in project.groups.items():
        if group.of == of and group.column in table:
            numbers = pd.to_numeric(table[group.column], errors="coerce")
            columns[key] = numbers.map(group.level_of_number, na_action="ignore")
    return pd.DataFrame(columns, index=table.index)


def organisation_sizes(people: int, organisations: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Divide people among organisations, at least one to each and few to most of them.

    Parameters
    ----------
    people, organisations
        How many there are; at least as many people as organisations.
    rng
        The source of randomness.

    Returns
    -------
    numpy.ndarray
        Sizes that add up to `people`, shape (organisations,).

    Notes
    -----
    Size minus one is proportional to exp(0.8 z) with z standard normal, cut at 19 people or at three
    times the mean size if that is larger, and rounded so that the sum is kept.
    """
    weights = rng.lognormal(0.0, 0.8, organisations)
    room = max(LARGEST, int(np.ceil(3 * people / organisations))) - 1
    rest = people - organisations
    low, high = 0.0, room / weights.min()
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if np.minimum(middle * weights, room).sum() < rest else (low, middle)
    exact = np.minimum(high * weights, room)
    sizes = np.floor(exact).astype(np.int64)
    missing = rest - int(sizes.sum())
    order = np.argsort(sizes - exact, kind="stable")
    sizes[order[:missing]] += 1
    return sizes + 1


def addressed_roles(project: Project, source: str) -> tuple[str, ...]:
    """Return the role levels that a survey is meant for; empty if it is meant for everybody.

    Where the source does not state its `roles`, its name decides: it goes to a level of the group
    `role` if the key or a label of the source has a word that begins with the level's key, its
    label or a way it is written in the files (`managers_before`, "Chefsenkät före"); otherwise, or if
    it names every level, to everybody.
    """
    role = project.groups.get("role")
    if role is None:
        return ()
    if project.sources[source].roles:
        return project.sources[source].roles
    stated = " ".join([source, *project.sources[source].label.values()])
    text = f" {stated}".replace("_", " ").casefold()
    levels = tuple(
        key
        for key, level in role.levels.items()
        if any(f" {_plain(name)}" in text for name in ways_to_write(key, level) if len(name) > 2)
    )
    return levels if len(levels) < len(role.levels) else ()


def contact_role(project: Project) -> str | None:
    """Return the role that contact persons have: the one with a survey of its own, or one that leads."""
    if "role" not in project.groups:
        return None
    surveys = [key for key, source in project.sources.items() if source.kind == "answers"]
    own = [level for key in surveys for level in addressed_roles(project, key)]
    within = project.participant_roles or tuple(project.groups["role"].levels)
    leading = [level for level in within if level.startswith(LEADERS)]
    return next((level for level in [*own, *leading] if level in within), None)


def _plain(name: str) -> str:
    return name.replace("_", " ").casefold()


def _roles(blank: Blank, contact: NDArray[np.int64]) -> NDArray[np.object_]:
    """Give every organisation a contact person with the leading role, and one in ten others that role."""
    leading = contact_role(blank.project)
    if leading is None:
        return register_column(blank)
    group = blank.project.groups["role"]
    within = blank.project.participant_roles or tuple(group.levels)
    others = [level for level in within if level != leading]
    if not others:
        return np.full(blank.rows, leading, dtype=object)
    stated = blank.project.simulation.columns.get("role")
    usual = dict(zip(group.levels, level_shares(group), strict=True))
    shares = usual if stated is None else stated.values  # noqa: PD011 (a field of the model, not of a frame)
    weights = np.array([shares.get(level, 0.0) for level in others])
    roles = draw_levels(others, blank.rows, blank.rng, weights / weights.sum())
    roles[blank.rng.random(blank.rows) < 0.1] = leading
    roles[contact] = leading
    return roles


def _columns_by_unit(project: Project) -> tuple[dict[str, str], dict[str, str]]:
    """Return name and header of the columns of organisations, and of people."""
    firms: dict[str, str] = {}
    persons: dict[str, str] = {}
    for source in project.sources.values():
        if source.kind not in ("log", "ties", "accounts"):
            for name, header in source.columns.items():
                if name not in UNITS:
                    of_firm = _of_organisation(project, source, name)
                    (firms if of_firm else persons).setdefault(name, first_header(header))
    return firms, {name: header for name, header in persons.items() if name not in firms}


def _of_organisation(project: Project, source: Source, name: str) -> bool:
    if source.kind == "organisations":
        return True
    group = project.groups.get(name)
    return group is not None and group.of == "organisation" and _visible(project)


def _visible(project: Project) -> bool:
    named = any("organisation" in source.columns for source in project.sources.values())
    return named or bool(project.linkage and project.linkage.company)
