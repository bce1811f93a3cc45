"""What a programme says about impact: who it is compared with, and whether they were chosen by a score."""

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import Field

from evaluation.project.accounts import Panel
from evaluation.project.codebook import Codebook
from evaluation.project.raw import GROUPS, LEVELS, Raw, Where, levels, listed, mapping, unknown
from evaluation.project.words import Key, Model, Share, Words
from evaluation.vocabulary.errors import Problem, one_of
from evaluation.vocabulary.message import msg, pmsg

INDICATORS = pmsg("among", "the indicators")
COLUMNS = pmsg("among", "the columns of the registers of organisations")


class Comparison(Model):
    """Who did not take part and is measured in the same way.

    Attributes
    ----------
    group
        The classification of people or of organisations that tells them apart.
    levels
        Its levels that are the comparison group; everybody else belongs to the programme.
    assignment
        How it was decided who took part: they chose for themselves, something as good as a draw
        decided, or they were drawn at random.
    unit
        What was assigned: people, or whole organisations.
    adjust_for
        Classifications known before the programme by which the groups are made comparable.
    found
        How the comparison group was found, in a sentence that is printed.
    """

    group: Key
    levels: tuple[Key, ...] = Field(min_length=1)
    assignment: Literal["self_selected", "quasi_random", "random"]
    unit: Literal["person", "organisation"] = "organisation"
    adjust_for: tuple[Key, ...] = ()
    found: Words = {}


class SelectedOn(Model):
    """That those who take part were chosen because a score was low or high.

    Attributes
    ----------
    mean
        The mean beforehand of everyone that they were chosen from.
    reliability
        The score's correlation with itself at another time.
    source
        Where both numbers are from.
    """

    mean: float
    reliability: Share = Field(gt=0)
    source: str


class AccountOutcome(Model):
    """An amount of the accounts whose growth is compared.

    Attributes
    ----------
    before, after
        The columns of the registers of organisations with the amount of the earlier and the later year.
    growth
        `symmetric`: the difference divided by the mean of both years, between -2 and 2, defined for
        organisations that start or end with nothing; `log`: the difference of logarithms.
    deflate
        Whether the amount is in money of its year and is to be put in money of the later year.
    smallest_important
        The smallest difference in growth that matters, as a share.
    """

    label: Words
    before: Key
    after: Key
    growth: Literal["symmetric", "log"] = "symmetric"
    deflate: bool = False
    smallest_important: float | None = Field(default=None, gt=0)


class Accounts(Model):
    """Which accounts are compared, between which years, and with whom.

    Attributes
    ----------
    before, after
        The last year before the programme, and the year in which its outcome is looked at.
    outcomes
        What is followed, by a name of one's own.
    cells
        Classifications of organisations: each is compared with organisations of the same levels.
    deflator
        A CSV beside the project file with the price index by year, dated and with its source.
    """

    before: int = Field(alias="from", ge=1900, le=2100)
    after: int = Field(alias="to", ge=1900, le=2100)
    outcomes: dict[Key, AccountOutcome] = Field(min_length=1)
    cells: tuple[Key, ...] = ()
    deflator: str | None = None


class Impact(Model):
    """What the chapter on impact needs besides statements.

    Attributes
    ----------
    comparison
        The comparison group; None if there is none.
    selected_on
        By indicator, that those who take part were chosen by their score.
    accounts
        Outcomes from the accounts of organisations in two years; None if none are followed.
    panel
        Outcomes from the accounts of organisations in every year; None if none are followed.
    """

    comparison: Comparison | None = None
    selected_on: dict[Key, SelectedOn] = {}
    accounts: Accounts | None = None
    panel: Panel | None = None


def impact_problems(raw: Raw, codebook: Codebook | None, where: Where) -> Iterator[Problem]:
    """List what in the part on impact does not fit the rest of the definition."""
    stated = mapping(raw, "impact")
    yield from _comparison(raw, mapping(stated, "comparison"), where)
    for key in mapping(stated, "selected_on"):
        at = where("impact", "selected_on", str(key))
        yield from unknown(key, mapping(raw, "indicators"), at, INDICATORS)
        yield from _needs_change(raw, str(key), at)
    for key, indicator in mapping(raw, "indicators").items():
        if isinstance(indicator, dict) and indicator.get("placebo") is True:
            yield from _needs_change(raw, str(key), where("indicators", str(key), "placebo"))
    yield from _accounts(raw, mapping(stated, "accounts"), where)


def _comparison(raw: Raw, stated: Raw, where: Where) -> Iterator[Problem]:
    at, group = ("impact", "comparison"), stated.get("group")
    yield from unknown(group, mapping(raw, "groups"), where(*at, "group"), GROUPS)
    known = levels(raw, group)
    for level in listed(stated, "levels"):
        yield from unknown(level, known, where(*at, "levels"), LEVELS)
    kind = mapping(mapping(raw, "groups"), group).get("of", "person")
    if group == "role" or kind not in ("person", "organisation"):
        yield Problem(
            msg("The classification {name} cannot tell the comparison group apart.", name=str(group)),
            where(*at, "group"),
            msg("Make a classification of people or organisations of its own, other than `role`."),
        )
    if known and set(known) <= set(map(str, listed(stated, "levels"))):
        yield Problem(
            msg("Every level is in the comparison group, so nobody takes part."),
            where(*at, "levels"),
            msg("Leave out the levels of those who take part."),
        )
    for name in listed(stated, "adjust_for"):
        yield from _of_units(raw, name, ("person", "organisation"), where(*at, "adjust_for"))
        if name == group:
            yield Problem(
                msg("The groups cannot be made alike in what tells them apart."),
                where(*at, "adjust_for"),
                msg("Take {name} away.", name=str(name)),
            )


def _needs_change(raw: Raw, key: str, at: str) -> Iterator[Problem]:
    indicator = mapping(mapping(raw, "indicators"), key)
    kind = mapping(indicator, "rule").get("kind")
    if indicator and kind != "change":
        yield Problem(
            msg("The indicator {name} is not judged by a rule of the kind change.", name=key),
            at,
            msg("Give an indicator whose rule has `kind: change`."),
        )


def _accounts(raw: Raw, stated: Raw, where: Where) -> Iterator[Problem]:
    if not stated:
        return
    at, amounts = ("impact", "accounts"), _register_columns(raw)
    for name, outcome in mapping(stated, "outcomes").items():
        for year in ("before", "after"):
            column = mapping(mapping(stated, "outcomes"), name).get(year)
            yield from unknown(column, amounts, where(*at, "outcomes", str(name), year), COLUMNS)
        if isinstance(outcome, dict) and outcome.get("deflate") is True and not stated.get("deflator"):
            yield Problem(
                msg("The amount is to be put in money of one year, but there is no price index."),
                where(*at, "outcomes", str(name), "deflate"),
                msg("Add `deflator:` with a CSV of the price index by year."),
            )
    first, last = stated.get("from"), stated.get("to")
    if isinstance(first, int) and isinstance(last, int) and first >= last:
        yield Problem(
            msg("The accounts are compared between two years, the earlier first."),
            where(*at, "from"),
            msg("Write a year before {year}.", year=str(last)),
        )
    for name in listed(stated, "cells"):
        yield from _of_units(raw, name, ("organisation",), where(*at, "cells"))
    comparison = mapping(mapping(raw, "impact"), "comparison")
    if comparison and mapping(mapping(raw, "groups"), comparison.get("group")).get("of") != "organisation":
        yield Problem(
            msg("Accounts are those of organisations, but the comparison group is one of people."),
            where(*at),
            msg("Tell the comparison group apart by a classification `of: organisation`."),
        )


def _register_columns(raw: Raw) -> list[str]:
    sources = mapping(raw, "sources")
    registers = [key for key in sources if mapping(sources, key).get("kind") == "organisations"]
    return [name for key in registers for name in mapping(mapping(sources, key), "columns")]


def _of_units(raw: Raw, name: Any, kinds: tuple[str, ...], at: str) -> Iterator[Problem]:
    groups = mapping(raw, "groups")
    yield from unknown(name, groups, at, GROUPS)
    if name in groups and mapping(groups, name).get("of", "person") not in kinds:
        allowed = [
            key for key, group in groups.items() if mapping({"g": group}, "g").get("of", "person") in kinds
        ]
        yield Problem(
            msg("The classification {name} is of other units.", name=str(name)), at, one_of("", allowed)
        )
