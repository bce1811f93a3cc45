"""The tables of people, organisations and log entries."""

from collections.abc import Collection, Iterator, Sequence

import pandas as pd

from evaluation.data.matching import nearest, shorten
from evaluation.data.merge import merge_facts
from evaluation.data.registers import Facts, level_type
from evaluation.project.model import Project
from evaluation.vocabulary.errors import Problem
from evaluation.vocabulary.message import Message, msg

Table = tuple[pd.DataFrame, list[Problem]]


def people_table(parts: Sequence[Facts], who: pd.Index, project: Project, *, registered: bool) -> Table:
    """Return one row per person, and where the files contradict each other.

    Parameters
    ----------
    parts
        What registers and answers files say of people, registers first.
    who
        The people to keep: those in the register or, without one, those who answered.
    project
        The project, for its groups.
    registered
        Whether the people stand in a register.

    Returns
    -------
    tuple
        The table, sorted by person: person, organisation, registered, every group of people (level key or
        missing), other columns as texts; and the problems.
    """
    groups = _groups(project, "person")
    others = _others(parts, {"person", "organisation", *groups, *_groups(project, "organisation")})
    table, problems = merge_facts(parts, "person", _present(parts, ["organisation", *groups, *others]))
    table = table[who.get_indexer(table["person"]) >= 0].reset_index(drop=True).assign(registered=registered)
    table = _completed(table, ["organisation"], groups, project)
    return table[["person", "organisation", "registered", *groups, *others]], problems


def with_respondents(people: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """Return the people of the register and those who answered without being linkable to it, by identifier."""
    both = pd.concat([people, others], ignore_index=True).sort_values("person", ignore_index=True)
    kinds = {name: column.dtype for frame in (others, people) for name, column in frame.items()}
    return both.astype(kinds)


def organisations_table(registers: Sequence[Facts], seen: Sequence[Facts], project: Project) -> Table:
    """Return one row per organisation, and what does not agree.

    Parameters
    ----------
    registers
        What registers of organisations say; may be empty.
    seen
        What the other files say of organisations.
    project
        The project, for its groups.

    Returns
    -------
    tuple
        The table, sorted by organisation: organisation, contact_person if a register has it, every group of
        organisations, other columns of the registers; and the problems. With a register, an organisation
        outside it is a problem.
    """
    groups = _groups(project, "organisation")
    seen = [
        _narrowed(part, ["organisation", *groups]) for part in seen if "organisation" in part.frame.columns
    ]
    others = _others(registers, {"organisation", "contact_person", *groups})
    named = _present(registers, ["contact_person"])
    parts = [*registers, *seen]
    table, problems = merge_facts(parts, "organisation", [*named, *_present(parts, groups), *others])
    if registers:
        stated = pd.concat([part.frame["organisation"] for part in registers]).dropna()
        known = pd.Index(stated.unique(), dtype="str")
        table = table[known.get_indexer(table["organisation"]) >= 0].reset_index(drop=True)
        problems += _outsiders(seen, known)
    table = _completed(table, [], groups, project)
    return table[["organisation", *named, *groups, *others]], problems


def log_table(parts: Sequence[Facts], people: pd.DataFrame, project: Project) -> pd.DataFrame:
    """Return the log: one row per entry, in the order of the files.

    Returns
    -------
    pandas.DataFrame
        effort, person, organisation (the person's, where the log has none), every group of log entries,
        hours, date, other columns.
    """
    groups = _groups(project, "log")
    first = ["effort", "person", "organisation"]
    others = _others(parts, {*first, *groups, "hours", "date"})
    frames = [part.frame for part in parts]
    table = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()
    table = _completed(table, [*first, "date"], groups, project)
    table = table.assign(hours=table["hours"].astype(float) if "hours" in table.columns else float("nan"))
    whose = table["person"].map(people.set_index("person")["organisation"])
    table["organisation"] = table["organisation"].fillna(whose.astype("str"))
    return table[[*first, *groups, "hours", "date", *others]]


def _groups(project: Project, of: str) -> list[str]:
    return [key for key, group in project.groups.items() if group.of == of]


def _present(parts: Sequence[Facts], names: Sequence[str]) -> list[str]:
    return [name for name in names if any(name in part.frame.columns for part in parts)]


def _others(parts: Sequence[Facts], known: Collection[str]) -> list[str]:
    names = dict.fromkeys(name for part in parts for name in part.frame.columns)
    return [name for name in names if name not in known]


def _narrowed(part: Facts, names: Sequence[str]) -> Facts:
    return Facts(part.frame[[name for name in names if name in part.frame.columns]], part.file)


def _completed(
    table: pd.DataFrame, texts: Sequence[str], groups: Sequence[str], project: Project
) -> pd.DataFrame:
    """Add the columns that no file has, so that the table always has the same ones."""
    types = dict.fromkeys(texts, "str") | {name: level_type(project.groups[name]) for name in groups}
    added = {
        name: pd.Series(pd.NA, index=table.index, dtype=kind)
        for name, kind in types.items()
        if name not in table.columns
    }
    return table.assign(**added).astype(types)


def _outsiders(seen: Sequence[Facts], known: pd.Index) -> Iterator[Problem]:
    told: set[str] = set()
    for part in seen:
        names = part.frame["organisation"].dropna()
        for row, name in names[known.get_indexer(names) < 0].drop_duplicates().items():
            if name not in told:
                told.add(name)
                yield Problem(
                    msg(
                        "The organisation “{found}” is not in the register of organisations.",
                        found=shorten(name),
                    ),
                    f"{part.file}:{row}",
                    _suggestion(name, known),
                )


def _suggestion(name: str, known: pd.Index) -> Message:
    near = nearest(name, sorted(known))
    if near is not None:
        return msg("Did you mean “{near}”? Write it in the same way in both files.", near=near)
    return msg("Add it to the register, or correct the name.")
