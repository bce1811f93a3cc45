"""A codebook held against the exports: what must be mended, and what to look at."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from evaluation.data.answer_text import NONE, response_scale
from evaluation.data.codes import answer_faults, entries_of
from evaluation.data.columns import absent_columns, unused_columns
from evaluation.data.drafting.labels import bare
from evaluation.data.drafting.scales import clearly_negative, in_words, item_rest
from evaluation.data.export import Export
from evaluation.data.findings import Findings
from evaluation.data.linkage.pipeline import as_delivered
from evaluation.data.matching import shorten
from evaluation.data.read import read_export
from evaluation.project.codebook import Entry
from evaluation.project.model import LoadedProject
from evaluation.vocabulary.errors import AnswerError, ExportError
from evaluation.vocabulary.message import Message, msg

LISTED = 8
FEWEST = 3


@dataclass(frozen=True, eq=False)
class Audit:
    """What a codebook and the exports say of each other.

    Attributes
    ----------
    findings
        What must be mended: columns that are not there, unknown labels, values out of range.
    notes
        What to look at: columns that the codebook does not name, wordings that changed between waves,
        items that everybody answers alike, items that run against their scale.
    """

    findings: Findings
    notes: tuple[Message, ...]


def audit_codebook(project: LoadedProject) -> Audit:
    """Compare a project's codebook with its exports.

    Parameters
    ----------
    project
        The project with its codebook.

    Returns
    -------
    Audit
        Everything found; files that cannot be read are among the findings. Nothing is changed or written.
    """
    findings = Findings()
    exports: dict[str, Export] = {}
    for key, source in as_delivered(project).definition.sources.items():
        with findings.collecting():
            exports[key] = read_export(project.raw_folder / source.file, source)
    absent = dict(absent_columns(exports, as_delivered(project)))
    for problems in absent.values():
        findings.add(ExportError, problems)
    whole = {
        key: export
        for key, export in exports.items()
        if key not in absent and project.definition.sources[key].kind == "answers"
    }
    for key, export in whole.items():
        findings.add(AnswerError, answer_faults(export, key, project))
    notes = (
        *_not_named(exports, project),
        *_reworded(whole, project),
        *_constant(whole, project),
        *_against_scale(whole, project),
    )
    return Audit(findings, notes)


def _not_named(exports: Mapping[str, Export], project: LoadedProject) -> Iterator[Message]:
    for file, names in unused_columns(exports, as_delivered(project)).items():
        shown = "; ".join(shorten(name) for name in names[:LISTED])
        yield msg(
            "Columns of {file} that neither the definition nor the codebook names ({count}): {columns}.",
            file=file,
            count=len(names),
            columns=f"{shown}; …" if len(names) > LISTED else shown,
        )


def _reworded(exports: Mapping[str, Export], project: LoadedProject) -> Iterator[Message]:
    """Tell of items whose wording, or else header, differs between waves."""
    first: dict[str, tuple[Entry, str]] = {}
    told: set[str] = set()
    for entry in project.codebook:
        if entry.source not in exports or entry.option:
            continue
        wording = _wording(entry, exports[entry.source])
        if entry.item not in first:
            first[entry.item] = (entry, wording)
        elif bare(wording) != bare(first[entry.item][1]) and entry.item not in told:
            told.add(entry.item)
            yield msg(
                "The wording of {item} differs between line {first} and line {second} of the codebook: "
                "“{one}” and “{other}”. Is it the same question?",
                item=entry.item,
                first=first[entry.item][0].line,
                second=entry.line,
                one=shorten(first[entry.item][1], 80),
                other=shorten(wording, 80),
            )


def _wording(entry: Entry, export: Export) -> str:
    """Return how an item is worded in a file: as the export says, or else as the codebook or the header does.

    A header that is only a code says nothing.
    """
    header = export.find(entry.column) or entry.column
    stated = export.wording.get(header) or next(iter(entry.text.values()), "")
    return stated or (header if " " in header.strip() else "")


def _values(exports: Mapping[str, Export], project: LoadedProject, entry: Entry) -> np.ndarray:
    export = exports[entry.source]
    scale = response_scale(entry.response, project.definition.responses[entry.response])
    column = export.frame[export.find(entry.column)]
    meanings = [scale.meaning(str(text)) for text in column.cat.categories]
    values = np.array([value if code == NONE else np.nan for value, code in meanings] or [np.nan])
    return values[column.array.codes]


def _constant(exports: Mapping[str, Export], project: LoadedProject) -> Iterator[Message]:
    for entry in project.codebook:
        if entry.source in exports and not entry.option:
            values = _values(exports, project, entry)
            values = values[~np.isnan(values)]
            if len(values) > 1 and np.ptp(values) == 0:
                yield msg(
                    "Everybody gave the same answer to {item} in {file} (n = {n}).",
                    item=entry.item,
                    file=exports[entry.source].file,
                    n=len(values),
                )


def _against_scale(exports: Mapping[str, Export], project: LoadedProject) -> Iterator[Message]:
    """Tell of items that, turned round as the codebook says, run against the rest of their scale."""
    for key, scale in project.definition.scales.items():
        for source, export in exports.items():
            for wave in project.definition.sources[source].waves:
                entries = [entry for entry in entries_of(project, source, wave) if entry.item in scale.items]
                if len(entries) < FEWEST:
                    continue
                columns = [_turned(exports, project, entry) for entry in entries]
                for entry, correlation, rows in zip(
                    entries, *item_rest(np.column_stack(columns)), strict=True
                ):
                    if clearly_negative(correlation, rows):
                        yield _against(entry, key, export.file, wave, correlation, rows)


def _turned(exports: Mapping[str, Export], project: LoadedProject, entry: Entry) -> np.ndarray:
    values = _values(exports, project, entry)
    return sum(project.definition.responses[entry.response].limits) - values if entry.reverse else values


def _against(entry: Entry, scale: str, file: str, wave: str, correlation: float, rows: int) -> Message:
    text = REVERSED if entry.reverse else NOT_REVERSED
    return text.with_fields(
        item=entry.item,
        scale=scale,
        file=file,
        wave=wave,
        correlation=in_words(correlation),
        n=int(rows),
    )


REVERSED = msg(
    "{item} is turned round, but runs against the rest of the scale {scale} in {file} at {wave} "
    "(item–rest correlation {correlation}, n = {n}). Is `reverse` right?"
)
NOT_REVERSED = msg(
    "{item} runs against the rest of the scale {scale} in {file} at {wave} (item–rest correlation "
    "{correlation}, n = {n}). Should it be turned round with `reverse`?"
)
