"""Yearly accounts of organisations: how their files are mapped, and what of them is followed."""

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import Field

from evaluation.project.codebook import Codebook
from evaluation.project.raw import GROUPS, Raw, Where, listed, mapping, unknown
from evaluation.project.source import YEAR
from evaluation.project.words import Key, Model, Words
from evaluation.vocabulary.errors import Problem, one_of
from evaluation.vocabulary.message import msg, pmsg

AMOUNTS = pmsg("among", "the amounts in the files of accounts")
COLUMNS = pmsg("among", "the columns of the registers of organisations")
NO_AMOUNTS = ("organisation", "year")
"""The columns of a file of accounts that are no amounts."""


class PanelOutcome(Model):
    """An amount that is followed from year to year.

    Attributes
    ----------
    amount
        Its name under `columns` of the files of accounts.
    growth
        `symmetric`: the difference divided by the mean of both years (Davis and Haltiwanger); `log`: the
        difference of logarithms; `percentage`: the difference divided by the earlier year.
    deflate
        Whether the amount is in money of its year and is put in money of the last year.
    ended
        What an organisation without any later accounts counts as in those years: `left_out`, or `zero`,
        which only symmetric growth and percentages can use.
    wanted
        Whether growth is meant to increase or decrease.
    smallest_important
        The smallest difference in growth that matters, as a share.
    """

    label: Words
    amount: Key
    growth: Literal["symmetric", "log", "percentage"] = "symmetric"
    deflate: bool = False
    ended: Literal["left_out", "zero"] = "left_out"
    wanted: Literal["increase", "decrease"] = "increase"
    smallest_important: float | None = Field(default=None, gt=0)


class Panel(Model):
    """Which yearly amounts are followed, over which years, and from when organisations take part.

    Attributes
    ----------
    years
        The first and the last year.
    start
        The first year that the programme can show in: one for all, or the column of the register of
        organisations that holds the year, or a date, of each.
    outcomes
        What is followed, by a name of one's own.
    cells
        Classifications of organisations: each is compared with organisations of the same levels.
    deflator
        A CSV beside the project file with the price index by year, dated and with its source.
    """

    years: tuple[int, int]
    start: int | Key
    outcomes: dict[Key, PanelOutcome] = Field(min_length=1)
    cells: tuple[Key, ...] = ()
    deflator: str | None = None


def account_problems(key: str, source: Raw, where: Where) -> Iterator[Problem]:
    """List what a source of the kind `accounts` lacks: a year in every row, or in every header."""
    if source.get("kind") != "accounts":
        return
    columns, years = mapping(source, "columns"), source.get("years")
    by_year = [name for name, header in columns.items() if isinstance(header, str) and YEAR in header]
    if ("year" in columns) == bool(by_year):
        yield Problem(
            msg("A file of accounts has a column with the year, or one column per amount and year."),
            where("sources", key, "columns"),
            msg(
                "Add `year: HEADER`, or write `{year}` in the headers of amounts and add `years:`.", year=YEAR
            ),
        )
    elif by_year and not _ascending(years):
        yield Problem(
            msg("The headers hold a year, but the first and the last year are not given."),
            where("sources", key, "years"),
            msg("Write for example `years: [2016, 2023]`."),
        )


def _ascending(years: Any) -> bool:
    whole = isinstance(years, list | tuple) and len(years) == 2 and all(type(year) is int for year in years)
    return whole and years[0] < years[1]


def panel_problems(raw: Raw, codebook: Codebook | None, where: Where) -> Iterator[Problem]:
    """List what in the part on yearly accounts does not fit the rest of the definition."""
    stated = mapping(mapping(raw, "impact"), "panel")
    if not stated:
        return
    at, years, start = ("impact", "panel"), stated.get("years"), stated.get("start")
    if isinstance(years, list) and not _ascending(years):
        what = msg("The years are the first and the last one, the earlier first.")
        yield Problem(what, where(*at, "years"), msg("Write for example `years: [2016, 2023]`."))
    elif isinstance(years, list) and isinstance(start, int) and not years[0] < start <= years[1]:
        yield Problem(
            msg("The year of the start must have at least one year before it, and be among the years."),
            where(*at, "start"),
            msg("Write a year from {first} to {last}.", first=str(years[0] + 1), last=str(years[1])),
        )
    if isinstance(start, str):
        yield from unknown(start, _columns(raw, "organisations"), where(*at, "start"), COLUMNS)
    for name, outcome in mapping(stated, "outcomes").items():
        yield from _outcome(raw, stated, str(name), outcome, where)
    for name in listed(stated, "cells"):
        groups = mapping(raw, "groups")
        yield from unknown(name, groups, where(*at, "cells"), GROUPS)
        if name in groups and mapping(groups, name).get("of", "person") != "organisation":
            of_firms = [key for key in groups if mapping(groups, key).get("of") == "organisation"]
            what = msg("The classification {name} is of other units.", name=str(name))
            yield Problem(what, where(*at, "cells"), one_of("", of_firms))
    comparison = mapping(mapping(raw, "impact"), "comparison")
    if mapping(mapping(raw, "groups"), comparison.get("group")).get("of") != "organisation":
        yield Problem(
            msg("Yearly accounts are compared with those of a comparison group of organisations."),
            where(*at),
            msg("Add `comparison:` with a classification `of: organisation` that tells them apart."),
        )


def _outcome(raw: Raw, stated: Raw, name: str, outcome: Any, where: Where) -> Iterator[Problem]:
    if not isinstance(outcome, dict):
        return
    at = ("impact", "panel", "outcomes", name)
    amounts = [one for one in _columns(raw, "accounts") if one not in NO_AMOUNTS]
    yield from unknown(outcome.get("amount"), amounts, where(*at, "amount"), AMOUNTS)
    if outcome.get("deflate") is True and not stated.get("deflator"):
        yield Problem(
            msg("The amount is to be put in money of one year, but there is no price index."),
            where(*at, "deflate"),
            msg("Add `deflator:` with a CSV of the price index by year."),
        )
    if outcome.get("ended") == "zero" and outcome.get("growth") == "log":
        yield Problem(
            msg("Nothing has no logarithm, so organisations that ended cannot count as zero."),
            where(*at, "ended"),
            msg("Write `growth: symmetric`, or `ended: left_out`."),
        )


def _columns(raw: Raw, kind: str) -> list[str]:
    sources = mapping(raw, "sources")
    keys = [key for key in sources if mapping(sources, key).get("kind") == kind]
    return [name for key in keys for name in mapping(mapping(sources, key), "columns")]
