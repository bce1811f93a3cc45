"""Raw files in the shape that survey tools, registers and time logs write."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.project.codebook import Entry
from evaluation.project.model import Project
from evaluation.project.source import Response
from evaluation.simulate.answers import questions_of
from evaluation.simulate.cells import Cells, Sheet, as_cells, delimited, workbook
from evaluation.simulate.code import code_columns, company_columns
from evaluation.simulate.dropout import DONT_KNOW, GIVEN, Silence
from evaluation.simulate.identifier import UNITS, first_header, identifier_columns
from evaluation.simulate.log import SOURCE
from evaluation.simulate.streams import Streams
from evaluation.simulate.timeline import wave_day
from evaluation.simulate.unit import Complete
from evaluation.simulate.wording import dont_know_text, in_first_language, wording_of
from evaluation.vocabulary.errors import ProjectError, one_of
from evaluation.vocabulary.message import msg

Rows = Mapping[str, NDArray[np.int64]]
"""The number of the person, organisation or effort that each row of a file is about."""


@dataclass(frozen=True, slots=True)
class Export:
    """What the files are written from."""

    complete: Complete
    silence: Silence
    streams: Streams

    @property
    def definition(self) -> Project:
        """Return the project's definition."""
        return self.complete.project.definition


def export_files(complete: Complete, silence: Silence, streams: Streams) -> dict[str, bytes]:
    """Return the content of every file that the sources name, but those of ties and accounts.

    Sources that name the same file and sheet share its rows: a person's answers stand beside what the
    register says of the person.
    """
    export = Export(complete, silence, streams)
    together: dict[str, dict[str | None, list[str]]] = {}
    for key, source in export.definition.sources.items():
        if source.kind in ("ties", "accounts"):
            continue
        together.setdefault(source.file, {}).setdefault(source.sheet, []).append(key)
    return {file: _content(export, file, sheets) for file, sheets in together.items()}


def _content(export: Export, file: str, sheets: Mapping[str | None, list[str]]) -> bytes:
    ending = PurePosixPath(file).suffix.lower()
    if ending not in FORMATS:
        raise ProjectError(
            msg("Files of the kind {ending} cannot be written.", ending=ending or "?"),
            where=file,
            do=one_of(ending, FORMATS),
        )
    return FORMATS[ending](export, file, sheets)


def _delimited(export: Export, file: str, sheets: Mapping[str | None, list[str]]) -> bytes:
    sources = [key for keys in sheets.values() for key in keys]
    wording = wording_of(export.definition)
    stated = (export.definition.sources[key].delimiter for key in sources)
    usual = wording.delimiter if file.lower().endswith(".csv") else "\t"
    return delimited(_sheet(export, file, sources), next(filter(None, stated), usual), wording.decimal)


def _workbook(export: Export, file: str, sheets: Mapping[str | None, list[str]]) -> bytes:
    ordered = sorted(sheets.items(), key=lambda sheet: sheet[0] is not None)  # no name means the first one
    return workbook(
        {title or _title(export, keys): _sheet(export, file, keys) for title, keys in ordered}, file
    )


FORMATS: dict[str, Callable[[Export, str, Mapping[str | None, list[str]]], bytes]] = {
    ".csv": _delimited,
    ".tsv": _delimited,
    ".txt": _delimited,
    ".xlsx": _workbook,
}
"""How each kind of file is written."""


def _title(export: Export, sources: list[str]) -> str:
    wording = wording_of(export.definition)
    surveys = all(export.definition.sources[key].kind == "answers" for key in sources)
    return wording.answers_sheet if surveys else wording.register_sheet


def _sheet(export: Export, file: str, sources: list[str]) -> Sheet:
    rows = _rows(export, file, sources)
    columns: dict[str, Cells] = {}
    if all(export.definition.sources[key].kind == "answers" for key in sources):
        rows, columns = _as_the_tool_writes(export, sources, rows)
    for key in sources:
        columns |= _linked_columns(export, key, rows)
    columns |= _stated_columns(export, sources, rows)
    for key in sources:
        if export.definition.sources[key].kind == "answers":
            columns |= _answer_columns(export, key, rows["person"])
            columns |= _open_columns(export, key, len(rows["person"]))
    return columns


def _open_columns(export: Export, source: str, rows: int) -> dict[str, Cells]:
    """Return the columns of open questions, empty: no words are made up."""
    texts = export.complete.project.codebook.texts_of_source(source)
    return {entry.column: np.full(rows, None, dtype=object) for entry in texts}


def _linked_columns(export: Export, source: str, rows: Rows) -> dict[str, Cells]:
    """Return what the people of a source are linked by, where no column holds their identifier."""
    definition, population = export.definition, export.complete.population
    if definition.linkage is None or source not in definition.linkage.columns:
        return {}
    firms = len(population.organisations)
    return {
        **code_columns(definition, source, rows["person"], len(population.people), export.streams),
        **company_columns(definition, source, rows["organisation"], firms),
    }


def _rows(export: Export, file: str, sources: list[str]) -> Rows:
    """Return whom the rows are about: everybody that any of the sources has a row for."""
    kinds = {export.definition.sources[key].kind for key in sources}
    if "log" in kinds:
        if len(sources) > 1:
            raise ProjectError(
                msg("A time log cannot share its file with other sources."),
                where=file,
                do=msg("Give the log a file or a sheet of its own."),
            )
        log = export.complete.log[export.complete.log[SOURCE] == sources[0]]
        return {name: log[name].to_numpy() for name in ("effort", "person", "organisation")} | {
            "log": log.index.to_numpy()
        }
    if kinds == {"organisations"}:
        return {"organisation": np.arange(len(export.complete.population.organisations))}
    everybody = {"people", "organisations"} & kinds
    person = _registered(export, sources) if everybody else np.flatnonzero(_answering(export, sources))
    return {
        "person": person,
        "organisation": export.complete.population.people["organisation"].to_numpy()[person],
    }


def _registered(export: Export, sources: list[str]) -> NDArray[np.int64]:
    """Return whom a register holds: those with its roles, or the participants where it states none."""
    definition, people = export.definition, export.complete.population.people
    stated = {role for key in sources for role in definition.sources[key].roles}
    roles = stated or set(definition.participant_roles)
    return (
        np.flatnonzero(people["role"].isin(roles)) if roles and "role" in people else np.arange(len(people))
    )


def _answering(export: Export, sources: list[str]) -> NDArray[np.bool_]:
    received, lost = export.complete.received, export.silence.lost
    waves = {key: export.definition.sources[key].waves for key in sources}
    return np.logical_or.reduce([received[key] & ~lost[wave] for key in sources for wave in waves[key]])


def _as_the_tool_writes(export: Export, sources: list[str], rows: Rows) -> tuple[Rows, dict[str, Cells]]:
    """Return the rows in the order in which people started, and the columns that survey tools add."""
    wave = export.definition.sources[sources[0]].waves[0]
    people = len(export.complete.population.people)
    rng = export.streams.of(f"export.{sources[0]}")
    second = rng.integers(20, size=people) * 86400 + rng.integers(8 * 3600, 20 * 3600, size=people)
    started = np.datetime64(wave_day(export.definition, wave), "s") + second.astype("m8[s]")
    completed = started + np.ceil(rng.lognormal(6.0, 0.5, people)).astype("m8[s]")
    completed[np.logical_or.reduce([export.silence.broke_off[key] for key in sources])] = "NaT"
    order = rows["person"][np.argsort(started[rows["person"]], kind="stable")]
    wording = wording_of(export.definition)
    number, language = np.arange(1001, 1001 + len(order)), np.full(len(order), wording.language, dtype=object)
    cells = (as_cells(number), as_cells(started[order]), as_cells(completed[order]), language)
    firm = export.complete.population.people["organisation"].to_numpy()[order]
    return {"person": order, "organisation": firm}, _unclaimed(export, sources, wording.tool_columns, cells)


def _unclaimed(
    export: Export, sources: list[str], headers: tuple[str, ...], cells: tuple[Cells, ...]
) -> dict[str, Cells]:
    """Return the tool's columns whose header the project does not use for something else."""
    claimed = {entry.column for key in sources for entry in export.complete.project.codebook.of_source(key)}
    for key in sources:
        for stated in export.definition.sources[key].columns.values():
            claimed |= {stated} if isinstance(stated, str) else set(stated)
    return {header: column for header, column in zip(headers, cells, strict=True) if header not in claimed}


def _stated_columns(export: Export, sources: list[str], rows: Rows) -> dict[str, Cells]:
    """Return the columns under `columns` of the sources, identifiers first.

    A header that is both a part of an identifier and a column of its own holds what the column says.
    """
    stated = [pair for key in sources for pair in export.definition.sources[key].columns.items()]
    columns: dict[str, Cells] = {}
    for name, headers in stated:
        if name in UNITS:
            columns |= _identifiers(export, name, headers, rows)
    parts = {
        part
        for name, headers in stated
        if name in UNITS and isinstance(headers, tuple)
        for part in headers[:-1]
    }
    for name, headers in stated:
        header = first_header(headers)
        if name not in UNITS and (header in parts or header not in columns):
            columns[header] = _written(export.definition, name, _values(export, name, rows))
    return columns


def _identifiers(export: Export, name: str, headers: str | tuple[str, ...], rows: Rows) -> dict[str, Cells]:
    population, log = export.complete.population, export.complete.log
    totals = {
        "person": len(population.people),
        "organisation": len(population.organisations),
        "effort": log["effort"].nunique() or len(population.organisations),
    }
    numbers = _numbers(export, name, rows)
    return identifier_columns(export.definition, name, numbers, totals[UNITS[name]], headers)


def _numbers(export: Export, name: str, rows: Rows) -> NDArray[np.int64]:
    """Return the number of the unit that an identifier stands for, in every row.

    A file of organisations names their contact persons; outside a log, an effort is the first one of
    the organisation.
    """
    population, log = export.complete.population, export.complete.log
    if name in rows:
        return rows[name]
    if UNITS[name] == "person":
        return population.organisations["contact_person"].to_numpy()[rows["organisation"]]
    first = log.groupby("organisation")["effort"].min().reindex(population.organisations.index)
    return first.fillna(pd.Series(population.organisations.index)).to_numpy(dtype=int)[rows["organisation"]]


def _values(export: Export, name: str, rows: Rows) -> NDArray:
    """Return what is known under a name for every row: of the record, the person or the organisation."""
    population, log = export.complete.population, export.complete.log
    if "log" in rows and name in log:
        return log[name].loc[rows["log"]].to_numpy()
    if "person" in rows and name in population.people:
        return population.people[name].to_numpy()[rows["person"]]
    return population.organisations[name].to_numpy()[rows["organisation"]]


def _written(definition: Project, name: str, values: NDArray) -> Cells:
    group = definition.groups.get(name)
    if group is None:
        return as_cells(values.astype("M8[D]") if values.dtype.kind == "M" else values)
    texts = {
        key: next(iter(level.values), in_first_language(level.label, definition))
        for key, level in group.levels.items()
    }
    cells = np.full(len(values), None, dtype=object)
    for key, text in texts.items():
        cells[values == key] = text
    return cells


def _answer_columns(export: Export, source: str, people: NDArray[np.int64]) -> dict[str, Cells]:
    complete, silence = export.complete, export.silence
    entries = complete.project.codebook.of_source(source)
    columns = {}
    for place, (entry, question) in enumerate(
        zip(entries, questions_of(complete.project, source), strict=True)
    ):
        asked = (complete.received[source] & ~silence.lost[question[1]])[people]
        gaps = silence.gaps[source][people, place]
        values = complete.answers[question][people]
        if entry.option:
            chosen = asked & (gaps == GIVEN) & (values == 1)
            columns[entry.column] = _with_option(columns.get(entry.column), entry.option, chosen)
        else:
            columns[entry.column] = _answer_cells(export.definition, entry, values, gaps, asked)
    return columns


def _with_option(cells: Cells | None, option: str, chosen: NDArray[np.bool_]) -> Cells:
    """Write an option into the cells of those who chose it, after the other options they chose."""
    written = np.full(len(chosen), None, dtype=object) if cells is None else cells.copy()
    for row in np.flatnonzero(chosen):
        written[row] = option if written[row] is None else f"{written[row]};{option}"
    return written


def _answer_cells(
    definition: Project,
    entry: Entry,
    values: NDArray[np.float64],
    gaps: NDArray[np.int8],
    asked: NDArray[np.bool_],
) -> Cells:
    response = definition.responses[entry.response]
    cells = _labels(definition, response, values) if response.options else as_cells(values)
    cells[~asked | (gaps != GIVEN)] = None
    if response.dont_know:
        cells[asked & (gaps == DONT_KNOW)] = dont_know_text(response.dont_know, wording_of(definition))
    return cells


def _labels(definition: Project, response: Response, values: NDArray[np.float64]) -> Cells:
    """Return how the chosen options are written; people who are not asked get any of them."""
    options = sorted(response.options, key=lambda option: option.value)
    texts = np.array([in_first_language(option.label, definition) for option in options], dtype=object)
    steps = [option.value for option in options]
    return texts[np.searchsorted(steps, np.nan_to_num(values, nan=steps[0]))]
