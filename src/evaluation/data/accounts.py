"""The table of yearly accounts: amounts of organisations, from files with a row or with a column per year."""

from collections.abc import Iterator, Mapping

import pandas as pd

from evaluation.data.intake import Intake
from evaluation.data.tables import ACCOUNTS, no_accounts
from evaluation.project.model import Project
from evaluation.project.source import Source
from evaluation.vocabulary.errors import Problem
from evaluation.vocabulary.message import Message, msg, nmsg

KEY = list(ACCOUNTS.key)


def accounts_table(
    intakes: Mapping[str, Intake], organisations: pd.DataFrame, project: Project
) -> tuple[pd.DataFrame, tuple[Message, ...], tuple[Problem, ...]]:
    """Return one row per organisation, year and amount.

    Parameters
    ----------
    intakes
        What was taken from each source.
    organisations
        The register: accounts of others are left out, and counted.
    project
        The project, for the columns of its sources.

    Returns
    -------
    tuple
        The table (organisation, year, amount, value; amounts that a file leaves empty have no row), notes,
        and a problem for every amount that two files tell.
    """
    files = {key: intake for key, intake in intakes.items() if intake.kind == "accounts"}
    if not files:
        return no_accounts(), (), ()
    parts, notes = [], []
    for key, intake in files.items():
        frame = intake.facts.frame
        known = frame["organisation"].isin(organisations["organisation"])
        parts.append(_long(frame[known], project.sources[key]).assign(file=intake.facts.file))
        if not known.all():
            strangers = int(frame.loc[~known, "organisation"].nunique())
            notes.append(OUTSIDE.with_fields(count=strangers, file=intake.facts.file))
    table = pd.concat(parts, ignore_index=True)
    problems = tuple(_told_twice(table))
    table = table.drop_duplicates(KEY).sort_values(KEY, ignore_index=True)
    kinds = {"organisation": "str", "amount": "str", "year": "int64", "value": "float64"}
    return table[list(ACCOUNTS.columns)].astype(kinds), tuple(notes), problems


OUTSIDE = nmsg(
    "{count} organisation in {file} is in no register of organisations; its accounts were left out.",
    "{count} organisations in {file} are in no register of organisations; their accounts were left out.",
)


def _long(frame: pd.DataFrame, source: Source) -> pd.DataFrame:
    """Return a file's amounts under each other."""
    if "year" in source.columns:
        long = frame.melt(["organisation", "year"], var_name="amount")
    else:
        long = frame.melt("organisation", var_name="amount")
        split = long["amount"].astype("str").str.rpartition("_")
        long = long.assign(amount=split[0], year=split[2].astype("int64"))
    return long[long[["value", "year"]].notna().all(axis=1)]


def _told_twice(table: pd.DataFrame) -> Iterator[Problem]:
    """Tell which files hold the same amount of the same organisation and year, with other numbers."""
    told = table.groupby(KEY)["value"].nunique()
    twice = told.index[told > 1]
    if len(twice):
        both = table.set_index(KEY).loc[twice, "file"].drop_duplicates()
        yield Problem(
            nmsg(
                "{count} amount of the same organisation and year differs in the files of accounts.",
                "{count} amounts of the same organisation and year differ in the files of accounts.",
                count=len(twice),
            ),
            ", ".join(both),
            msg("Correct one of the files, or take the years that both hold out of one of them."),
        )
