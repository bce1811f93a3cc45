"""Which tool wrote a file, and its rows read accordingly."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from evaluation.data.adapters import (
    google_forms,
    jisc,
    limesurvey,
    microsoft_forms,
    plain_table,
    qualtrics,
    redcap,
    surveymonkey,
)
from evaluation.data.adapters.adapter import Adapter, Delivered, Reading, Row
from evaluation.data.adapters.statistics_file import FILES, read_statistics_file
from evaluation.project.source import Source
from evaluation.vocabulary.errors import ExportError
from evaluation.vocabulary.message import Message, msg

ADAPTERS: dict[str, Adapter] = {
    "qualtrics": qualtrics.ADAPTER,
    "limesurvey": limesurvey.ADAPTER,
    "surveymonkey": surveymonkey.ADAPTER,
    "microsoft_forms": microsoft_forms.ADAPTER,
    "google_forms": google_forms.ADAPTER,
    "redcap": redcap.ADAPTER,
    "jisc": jisc.ADAPTER,
}
"""Survey tools in the order in which their marks are looked for."""


@dataclass(frozen=True, slots=True)
class Adapted:
    """A file read by an adapter: the tool, why it was chosen, and what was read."""

    tool: str
    notes: tuple[Message, ...]
    reading: Reading


def adapt(
    rows: Iterable[Row],
    path: Path,
    source: Source,
    quick: Callable[[list[str]], pd.DataFrame | None] | None = None,
) -> Adapted:
    """Find out which tool wrote a file, unless the source states it, and read its rows.

    Parameters
    ----------
    rows
        All rows of the file with their numbers.
    path
        The file.
    source
        The source as the project file describes it.
    quick
        A quicker way to the frame of a table without a survey tool, given its header; None if there is none.

    Raises
    ------
    ExportError
        If the file is not an export from the tool that is stated.
    """
    delivered = Delivered.of(rows, path, source)
    tool = _tool(delivered)
    if tool == "plain":
        at_top = quick is not None and delivered.head and delivered.head[0][0] == 1
        frame = quick(delivered.cells(0)) if at_top else None
        if frame is not None:
            return Adapted(tool, (), Reading(frame, 1))
        return Adapted(tool, (), plain_table.read(delivered))
    reading = ADAPTERS[tool].read(delivered)
    return Adapted(tool, (_why(tool, delivered), *reading.notes), reading)


def _tool(delivered: Delivered) -> str:
    stated = delivered.source.tool
    if stated == "auto":
        rows = [cells for _, cells in delivered.head]
        return next(
            (key for key, adapter in ADAPTERS.items() if rows and adapter.matches(rows, rows[0])), "plain"
        )
    if stated != "plain" and stated not in ADAPTERS:
        raise _other_kind(delivered.path, stated)
    return stated


def _other_kind(path: Path, tool: str) -> ExportError:
    return ExportError(
        msg(
            "A file that ends in {ending} cannot be read with `tool: {tool}`.", ending=path.suffix, tool=tool
        ),
        where=path.name,
        do=msg("Correct `tool:` of the source, or leave it out."),
    )


def _why(tool: str, delivered: Delivered) -> Message:
    if delivered.source.tool == "auto":
        return ADAPTERS[tool].found.with_fields(file=delivered.path.name)
    return msg(
        "{file} was read as an export from {tool}, as the project file states.",
        file=delivered.path.name,
        tool=ADAPTERS[tool].name,
    )


def adapt_file(path: Path, source: Source) -> Adapted:
    """Read a file of SPSS or Stata.

    Parameters
    ----------
    path
        A ``.sav``, ``.zsav`` or ``.dta`` file.
    source
        The source as the project file describes it.

    Raises
    ------
    ExportError
        If the source states another tool, or the file cannot be read.
    """
    tool, found, reader = FILES[path.suffix.lower()]
    if source.tool not in ("auto", tool):
        raise _other_kind(path, source.tool)
    reading = read_statistics_file(path, reader)
    return Adapted(tool, (found.with_fields(file=path.name), *reading.notes), reading)
