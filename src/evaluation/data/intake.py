"""What is taken from each source: the rows that count, what they say of people, and their answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from evaluation.data.codes import Coded, apply_codebook
from evaluation.data.read import Export
from evaluation.data.registers import Facts, read_facts
from evaluation.data.respondents import Kept, keep_accounts, keep_entries, keep_rows, keep_ties
from evaluation.project.model import LoadedProject
from evaluation.project.source import Source
from evaluation.vocabulary.errors import Problem


@dataclass(frozen=True, eq=False)
class Intake:
    """One source, taken in.

    Attributes
    ----------
    source, kind
        The source's key and kind.
    export
        The file as it was delivered.
    kept
        The rows that count.
    facts
        What the mapped columns say.
    coded
        The answers; None for registers and logs.
    """

    source: str
    kind: str
    export: Export
    kept: Kept
    facts: Facts
    coded: Coded | None = None

    def without_cells(self) -> "Intake":
        """Return the same without cells and answers, once everything in them stands in the tables."""
        if self.coded is None:
            return self
        kept = replace(self.kept, export=_emptied(self.kept.export))
        return replace(self, export=_emptied(self.export), kept=kept, coded=replace(self.coded, blocks=()))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return everything that is wrong in the file."""
        return (*self.kept.problems, *self.facts.problems, *(self.coded.problems if self.coded else ()))


def _emptied(export: Export) -> Export:
    return replace(export, frame=export.frame.iloc[:0].copy())


def take_in(
    export: Export, source_key: str, project: LoadedProject, registered: pd.Index | None = None
) -> Intake:
    """Take in one source's file.

    Parameters
    ----------
    export
        The file.
    source_key
        The source's key in the project file.
    project
        The project.
    registered
        The people in the register, outside whom answers are left out; None if there is no register.
    """
    source = project.definition.sources[source_key]
    kept = KEEP[source.kind](export, source, registered)
    facts = read_facts(kept.export, source, project.definition)
    coded = apply_codebook(kept.export, source_key, project) if source.kind == "answers" else None
    return Intake(source_key, source.kind, export, kept, facts, coded)


KEEP: Mapping[str, Callable[[Export, Source, pd.Index | None], Kept]] = {
    "people": lambda export, source, registered: keep_rows(export, source, "person"),
    "organisations": lambda export, source, registered: keep_rows(export, source, "organisation"),
    "answers": lambda export, source, registered: keep_rows(export, source, "person", registered=registered),
    "log": lambda export, source, registered: keep_entries(export, source),
    "ties": lambda export, source, registered: keep_ties(export, source),
    "accounts": lambda export, source, registered: keep_accounts(export, source),
}
"""Which rows count, by kind of source."""
