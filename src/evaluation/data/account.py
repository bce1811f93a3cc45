"""The manifest of a run: which files, what became of their rows, what the reader should know."""

import math
from collections.abc import Collection, Iterator, Mapping

import numpy as np
import pandas as pd

from evaluation.data.codes import entries_of
from evaluation.data.columns import unused_columns
from evaluation.data.intake import Intake
from evaluation.data.linkage.pipeline import Linking
from evaluation.data.manifest import (
    Accounting,
    Cells,
    Input,
    Manifest,
    decisions_sha256,
    identity,
    simulated_files,
)
from evaluation.project.model import LoadedProject
from evaluation.vocabulary.message import Message, msg, nmsg

PIECE = 1 << 22
"""How many rows are counted at a time."""


def describe_run(
    project: LoadedProject,
    intakes: Mapping[str, Intake],
    people: pd.DataFrame,
    organisations: pd.DataFrame,
    answers: pd.DataFrame,
    *,
    linking: Linking | None = None,
    notes: Collection[Message] = (),
) -> Manifest:
    """Return the manifest of processed tables.

    Parameters
    ----------
    project
        The project.
    intakes
        What was taken from each source, in the order of the project file.
    people, organisations, answers
        The finished tables.
    linking
        How people were linked; None if by identifiers of the files.
    notes
        More for the reader of the data.
    """
    told = (*_file_notes(intakes.values()), *_contact_notes(people, organisations), *notes)
    return Manifest(
        *identity(project),
        inputs=_inputs(project, intakes),
        accounting=tuple(row for intake in intakes.values() for row in _accounting(intake)),
        cells=tuple(_cells(project, intakes, answers)),
        unused=unused_columns({key: intake.export for key, intake in intakes.items()}, project),
        notes=(*told, *(linking.notes if linking else ())),
        linkage=linking.summary if linking else None,
        decisions_sha256=decisions_sha256(project),
    )


def _inputs(project: LoadedProject, intakes: Mapping[str, Intake]) -> tuple[Input, ...]:
    made_up = simulated_files(project.raw_folder)
    return tuple(
        Input(
            source=key,
            file=export.file,
            sha256=export.sha256,
            encoding=export.encoding,
            delimiter=export.delimiter,
            sheet=export.sheet,
            rows=intake.kept.read,
            columns=len(export.frame.columns),
            simulated=export.sha256 in made_up,
            tool=export.tool,
        )
        for key, intake, export in ((key, intake, intake.export) for key, intake in intakes.items())
    )


def _accounting(intake: Intake) -> Iterator[Accounting]:
    kept = intake.kept
    if intake.coded is None:
        yield Accounting(intake.source, "", kept.read, len(kept.export.frame), dict(kept.dropped))
        return
    for wave, answered in intake.coded.answered.items():
        silent = intake.coded.silent[wave]
        dropped = {**kept.dropped, **({"no_answers": silent} if silent else {})}
        yield Accounting(intake.source, wave, kept.read, answered, dropped)


def _cells(project: LoadedProject, intakes: Mapping[str, Intake], answers: pd.DataFrame) -> Iterator[Cells]:
    counts = _counts(answers)
    for intake in intakes.values():
        for row in _accounting(intake) if intake.coded else ():
            questions = len(entries_of(project, row.source, row.wave))
            yield Cells(
                row.source,
                row.wave,
                counts.get((row.source, row.wave), {}),
                row.read * questions,
                {reason: count * questions for reason, count in row.dropped.items()},
                intake.coded.recoded[row.wave],
            )


def _counts(answers: pd.DataFrame) -> dict[tuple[str, str], dict[str, int]]:
    """Count the kinds of missing by source and wave, a piece of the table at a time."""
    columns = [answers[name].array for name in ("source", "wave", "missing")]
    shape = tuple(len(column.categories) for column in columns)
    counts = np.zeros(math.prod(shape), dtype=np.int64)
    for start in range(0, len(answers), PIECE):
        key = np.ravel_multi_index([column.codes[start : start + PIECE] for column in columns], shape)
        counts += np.bincount(key, minlength=len(counts))
    found: dict[tuple[str, str], dict[str, int]] = {}
    for place in np.flatnonzero(counts):
        source, wave, kind = (
            column.categories[code]
            for column, code in zip(columns, np.unravel_index(place, shape), strict=True)
        )
        found.setdefault((source, wave), {})[kind] = int(counts[place])
    return found


def _file_notes(intakes: Collection[Intake]) -> Iterator[Message]:
    for file in dict.fromkeys(intake.export.file for intake in intakes if intake.export.encoding == "cp1252"):
        yield msg("{file} is not written in UTF-8; it was read as Windows-1252.", file=file)
    told = (note for intake in intakes for note in (*intake.export.notes, *intake.facts.notes))
    yield from {str(note): note for note in told}.values()
    for intake in intakes:
        for reason, count in intake.kept.dropped.items():
            yield DROPPED[reason].with_fields(file=intake.export.file, count=count)


DROPPED: dict[str, Message] = {
    "no_person": nmsg(
        "{count} row of {file} names no person and was left out.",
        "{count} rows of {file} name no person and were left out.",
    ),
    "no_organisation": nmsg(
        "{count} row of {file} names no organisation and was left out.",
        "{count} rows of {file} name no organisation and were left out.",
    ),
    "no_year": nmsg(
        "{count} row of {file} names no year and was left out.",
        "{count} rows of {file} name no year and were left out.",
    ),
    "no_effort": nmsg(
        "{count} row of {file} names no effort and was left out.",
        "{count} rows of {file} name no effort and were left out.",
    ),
    "no_actor": nmsg(
        "{count} row of {file} does not say who works with whom and was left out.",
        "{count} rows of {file} do not say who works with whom and were left out.",
    ),
    "itself": nmsg(
        "{count} row of {file} is about an actor and itself and was left out.",
        "{count} rows of {file} are about an actor and itself and were left out.",
    ),
    "duplicate": nmsg(
        "{count} row of {file} repeats another and was left out.",
        "{count} rows of {file} repeat others and were left out.",
    ),
    "not_registered": nmsg(
        "{count} row of {file} is from someone outside the register and was left out.",
        "{count} rows of {file} are from people outside the register and were left out.",
    ),
    "preview": nmsg(
        "{count} row of {file} is a preview of the survey and was left out.",
        "{count} rows of {file} are previews of the survey and were left out.",
    ),
    "test": nmsg(
        "{count} row of {file} is a test of the survey and was left out.",
        "{count} rows of {file} are tests of the survey and were left out.",
    ),
    "spam": nmsg(
        "{count} row of {file} is marked as spam and was left out.",
        "{count} rows of {file} are marked as spam and were left out.",
    ),
    "unfinished": nmsg(
        "{count} row of {file} is marked as unfinished and was left out.",
        "{count} rows of {file} are marked as unfinished and were left out.",
    ),
    "joined": nmsg(
        "{count} row of {file} was joined to the first row of its record and so left out.",
        "{count} rows of {file} were joined to the first rows of their records and so left out.",
    ),
}


def _contact_notes(people: pd.DataFrame, organisations: pd.DataFrame) -> Iterator[Message]:
    if "contact_person" not in organisations.columns:
        return
    contacts = organisations["contact_person"].dropna()
    absent = int((~contacts.isin(people["person"])).sum())
    if absent:
        yield nmsg(
            "{count} organisation names a contact person who is not among the people.",
            "{count} organisations name contact persons who are not among the people.",
            count=absent,
        )
