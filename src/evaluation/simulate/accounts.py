"""Yearly accounts of organisations with a known effect, as files with a row or with a column per year."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.project.accounts import NO_AMOUNTS
from evaluation.project.model import Project
from evaluation.project.source import Source
from evaluation.simulate.cells import Cells, as_cells, delimited, workbook
from evaluation.simulate.identifier import first_header, identifier_columns
from evaluation.simulate.population import Population
from evaluation.simulate.streams import Streams, fraction
from evaluation.simulate.wording import wording_of
from evaluation.vocabulary.errors import ProjectError
from evaluation.vocabulary.message import msg

SMALL, LARGE = 5.0, 9.0
"""Between these lies the logarithm of the middle organisation's amount, by name of the amount."""


@dataclass(frozen=True, slots=True)
class Accounts:
    """Amounts with and without the programme.

    Attributes
    ----------
    years
        Ascending, shape (years,).
    start
        The first year that the programme shows in, by organisation; 0 for the comparison group.
    amounts, without
        By name, shape (organisations, years): what is in the files, had nobody ended, and what would have been
        without the programme.
    there
        Whether an organisation has accounts in a year, shape (organisations, years).
    """

    years: NDArray[np.int64]
    start: NDArray[np.int64]
    amounts: Mapping[str, NDArray[np.float64]]
    without: Mapping[str, NDArray[np.float64]]
    there: NDArray[np.bool_]


def simulate_accounts(project: Project, population: Population, streams: Streams) -> Accounts | None:
    """Make up the accounts of every organisation; None if the definition follows none.

    Notes
    -----
    The logarithm of an amount is that of the organisation, plus the same growth in every year for all, plus a
    random walk, plus for those who take part `effect` from the year of the start on. Amounts are whole numbers.
    Organisations end, or enter, after or before a year drawn at random.
    """
    panel = project.impact.panel
    if panel is None or project.impact.comparison is None:
        return None
    stated = project.simulation.accounts
    years = np.arange(panel.years[0], panel.years[1] + 1)
    start = _starts(project, population)
    firms, count = len(start), len(years)
    amounts, without = {}, {}
    for name in dict.fromkeys(_amounts(project)):
        rng = streams.of(f"accounts.{name}")
        level = SMALL + (LARGE - SMALL) * fraction(name) + rng.normal(0, stated.spread, (firms, 1))
        steps = rng.normal(0, stated.noise, (firms, count)).cumsum(axis=1)
        trend = stated.growth * np.arange(count) + stated.pre_trend * np.arange(count) * (start > 0)[:, None]
        nothing = level + trend + steps
        took = (start[:, None] > 0) & (years >= start[:, None])
        effect = stated.effect.get(name, stated.default_effect)
        without[name], amounts[name] = np.rint(np.exp(nothing)), np.rint(np.exp(nothing + effect * took))
    return Accounts(years, start, amounts, without, _there(stated, firms, count, streams))


def _amounts(project: Project) -> list[str]:
    return [outcome.amount for outcome in project.impact.panel.outcomes.values()]


def _starts(project: Project, population: Population) -> NDArray[np.int64]:
    panel, compared = project.impact.panel, population.compared_organisations()
    if isinstance(panel.start, int):
        return np.where(compared, 0, panel.start)
    stated = pd.to_numeric(population.organisations[panel.start], errors="coerce").fillna(0)
    return np.where(compared, 0, stated.astype("int64"))


def _there(stated: Any, firms: int, count: int, streams: Streams) -> NDArray[np.bool_]:
    rng, place = streams.of("accounts.there"), np.arange(count)
    ends = np.where(rng.random(firms) < stated.ended, rng.integers(1, count, firms), count)
    enters = np.where(rng.random(firms) < stated.entered, rng.integers(1, count, firms), 0)
    entered = enters[:, None] <= place
    return (place < ends[:, None]) & (entered | (enters >= ends)[:, None])


def account_files(project: Project, accounts: Accounts | None, organisations: int) -> dict[str, bytes]:
    """Return the content of every file of accounts.

    Parameters
    ----------
    project
        The definition.
    accounts
        What `simulate_accounts` drew.
    organisations
        How many there are.

    Raises
    ------
    ProjectError
        If a file of accounts is also that of another source.
    """
    files = {}
    for key, source in project.sources.items():
        if source.kind != "accounts" or accounts is None:
            continue
        if sum(other.file == source.file for other in project.sources.values()) > 1:
            raise ProjectError(
                msg("Made-up accounts cannot share their file with other sources."),
                where=f"sources.{key}.file",
                do=msg("Give the accounts a file of their own, or simulate without it."),
            )
        files[source.file] = _written(project, source, _sheet(project, source, accounts, organisations))
    return files


def _sheet(project: Project, source: Source, accounts: Accounts, organisations: int) -> dict[str, Cells]:
    if "year" in source.columns:
        firm, place = np.nonzero(accounts.there)
    else:
        firm, place = np.flatnonzero(accounts.there.any(axis=1)), None
    header = source.columns["organisation"]
    sheet = dict(identifier_columns(project, "organisation", firm, organisations, header))
    for name, headers in source.columns.items():
        if name == "year":
            sheet[first_header(headers)] = as_cells(accounts.years[place])
        elif name not in NO_AMOUNTS:
            sheet[first_header(headers)] = as_cells(_column(name, accounts, firm, place))
    return sheet


def _column(
    name: str, accounts: Accounts, firm: NDArray[np.int64], place: NDArray[np.int64] | None
) -> NDArray[np.float64]:
    """Return an amount in every row, or that of a year; nothing for amounts and years that are not made up."""
    nothing = np.full(len(firm), np.nan)
    if place is not None:
        return accounts.amounts[name][firm, place] if name in accounts.amounts else nothing
    amount, _, year = name.rpartition("_")
    at = int(year) - int(accounts.years[0])
    if amount not in accounts.amounts or not 0 <= at < len(accounts.years):
        return nothing
    return np.where(accounts.there[firm, at], accounts.amounts[amount][firm, at], np.nan)


def _written(project: Project, source: Source, sheet: dict[str, Cells]) -> bytes:
    wording = wording_of(project)
    if PurePosixPath(source.file).suffix.lower() == ".xlsx":
        return workbook({source.sheet or wording.register_sheet: sheet}, source.file)
    return delimited(sheet, source.delimiter or wording.delimiter, wording.decimal)


def accounts_truth(project: Project, accounts: Accounts) -> dict[str, Any]:
    """Return what taking part made of growth since the last year before the start, had nobody ended.

    Parameters
    ----------
    project
        The definition.
    accounts
        What `simulate_accounts` drew.

    Returns
    -------
    dict
        By outcome: `average` over organisations and years from the start on, and `by_length`, by years
        since the start. Growth with the programme less growth without it, in the same organisation.
    """
    return {
        key: _effects(outcome.amount, outcome.growth, accounts)
        for key, outcome in project.impact.panel.outcomes.items()
    }


def _effects(amount: str, growth: str, accounts: Accounts) -> dict[str, Any]:
    took = np.flatnonzero(accounts.start > accounts.years[0])
    base = np.searchsorted(accounts.years, accounts.start[took]) - 1
    before = accounts.without[amount][took, base][:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        grown = [GROWN[growth](before, table[amount][took]) for table in (accounts.amounts, accounts.without)]
    difference = grown[0] - grown[1]
    length = accounts.years - accounts.start[took][:, None]
    lengths = np.unique(length[length >= 0])
    return {
        "average": float(np.nanmean(difference[length >= 0])),
        "by_length": {int(one): float(np.nanmean(difference[length == one])) for one in lengths},
    }


GROWN = {
    "log": lambda before, after: np.log(after) - np.log(before),
    "symmetric": lambda before, after: 2 * (after - before) / (after + before),
    "percentage": lambda before, after: after / before - 1,
}
"""Growth, written out here too: the truth uses no estimator."""
