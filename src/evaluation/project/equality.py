"""What a programme says about equality: who is compared with whom, with which resources, and where it is written in."""

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import Field

from evaluation.project.codebook import Codebook
from evaluation.project.raw import GROUPS, LEVELS, Raw, Where, levels, listed, mapping, unknown
from evaluation.project.words import Key, Model, Words
from evaluation.vocabulary.errors import Problem
from evaluation.vocabulary.message import msg, pmsg

COLUMNS = pmsg("among", "the columns of the participant register")

Place = Literal["problem_analysis", "goals", "activities", "competence", "follow_up"]
Principle = Literal["gender_equality", "accessibility", "non_discrimination"]
PLACES: tuple[Place, ...] = ("problem_analysis", "goals", "activities", "competence", "follow_up")
PRINCIPLES: tuple[Principle, ...] = ("gender_equality", "accessibility", "non_discrimination")


class Resource(Model):
    """A part of the logged time, for example coaching: entries with one of the levels of a classification."""

    label: Words
    column: Key
    has: tuple[Key, ...] = Field(min_length=1)


class Population(Model):
    """A dated table of a population: which file, area and measure its shares are taken from.

    Attributes
    ----------
    file
        CSV beside the project file; see docs/project.md for its columns.
    group
        The classification whose levels the table's column of sex, or group, is written in.
    written
        By level how it is written in the table, if not as in the programme's own files.
    at
        The date of the figures; the latest if None.
    ages
        Ages whose figures are added; the rows for all ages if empty.
    """

    file: str
    area: str
    measure: str
    group: Key = "sex"
    written: dict[Key, tuple[str, ...]] = {}
    at: str | None = None
    ages: tuple[str, ...] = ()


class Equality(Model):
    """What the chapter on equality needs besides statements.

    Attributes
    ----------
    intersections
        Classifications that are combined, for example [[sex, background]].
    adjust_for
        Classifications of people known before the programme, by which a gap is adjusted and decomposed.
    resources
        Parts of the logged time that are shown by group.
    cost_per_hour
        What an hour costs the programme, in kronor; None if it is not known.
    population
        The reference population.
    permeation
        By place in the programme's documents the principles that are written in there; None if nobody
        has looked.
    followed
        By principle the classifications or columns of the participant register by which it is followed up, for
        example the sex for gender equality; a principle that is not listed is not followed up.
    """

    intersections: tuple[tuple[Key, ...], ...] = ()
    adjust_for: tuple[Key, ...] = ()
    resources: dict[Key, Resource] = {}
    cost_per_hour: float | None = Field(default=None, gt=0)
    population: Population | None = None
    permeation: dict[Place, tuple[Principle, ...]] | None = None
    followed: dict[Principle, tuple[Key, ...]] = {}


def equality_problems(raw: Raw, codebook: Codebook | None, where: Where) -> Iterator[Problem]:
    """List what in the part on equality does not fit the rest of the definition."""
    stated, groups = mapping(raw, "equality"), mapping(raw, "groups")
    columns = {*_groups_of_people(groups), *_columns_of_people(raw)}
    for combined in listed(stated, "intersections"):
        names = combined if isinstance(combined, list) else []
        if len(set(map(str, names))) < 2:
            yield Problem(
                msg("An intersection combines two classifications or more."),
                where("equality", "intersections"),
                msg("Write for example `[[sex, background]]`."),
            )
        for name in names:
            yield from _of_people(name, groups, where("equality", "intersections"))
    for name in listed(stated, "adjust_for"):
        yield from _of_people(name, groups, where("equality", "adjust_for"))
    for principle in mapping(stated, "followed"):
        for name in listed(mapping(stated, "followed"), principle):
            yield from unknown(name, columns, where("equality", "followed", str(principle)), COLUMNS)
    for key, resource in mapping(stated, "resources").items():
        at, column = (
            ("equality", "resources", str(key)),
            mapping(mapping(stated, "resources"), key).get("column"),
        )
        yield from unknown(column, groups, where(*at, "column"), GROUPS)
        for level in listed(resource, "has"):
            yield from unknown(level, levels(raw, column), where(*at, "has"), LEVELS)
    if mapping(stated, "population"):
        group = mapping(stated, "population").get("group", "sex")
        yield from _of_people(group, groups, where("equality", "population"))
        for level in mapping(mapping(stated, "population"), "written"):
            yield from unknown(level, levels(raw, group), where("equality", "population", "written"), LEVELS)


def _groups_of_people(groups: Raw) -> Iterator[str]:
    return (name for name in groups if mapping(groups, name).get("of", "person") == "person")


def _columns_of_people(raw: Raw) -> Iterator[str]:
    for source in mapping(raw, "sources").values():
        if isinstance(source, dict) and source.get("kind") == "people":
            yield from mapping(source, "columns")


def _of_people(name: Any, groups: Raw, place: str) -> Iterator[Problem]:
    yield from unknown(name, groups, place, GROUPS)
    kind = mapping(groups, name).get("of", "person") if name in groups else "person"
    if kind != "person":
        yield Problem(
            msg("The classification {name} is not of people.", name=str(name)),
            place,
            msg("Choose a classification of people."),
        )
