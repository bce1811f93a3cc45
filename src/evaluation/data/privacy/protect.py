"""Exports as they may go on: without identity numbers, contact data and names."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from evaluation.data.adapters.adapter import rewritten
from evaluation.data.columns import asked_headers
from evaluation.data.export import Export
from evaluation.data.findings import Findings
from evaluation.data.linkage.hashed import HashKey, keyed_hashes, read_key
from evaluation.data.matching import shorten
from evaluation.data.privacy.contact import (
    KINDS,
    MASK,
    SIGHTED,
    filled,
    holds_free_text,
    kind_by_content,
    kind_of,
)
from evaluation.data.privacy.identity_column import Cells, Numbers, numbers_in
from evaluation.data.privacy.identity_number import Found, candidates, comparable_form
from evaluation.data.respondents import identifier
from evaluation.project.model import LoadedProject
from evaluation.vocabulary.errors import PrivacyError, Problem
from evaluation.vocabulary.message import Message, msg, nmsg


def protected_exports(
    exports: Mapping[str, Export], project: LoadedProject, findings: Findings
) -> dict[str, Export]:
    """Return the exports without what identifies people directly.

    Parameters
    ----------
    exports
        The files by source, as they were read.
    project
        The project; its `privacy` says what becomes of identity numbers. Columns that it or the codebook
        names are never dropped.
    findings
        Takes what is wrong; such files are left out.

    Returns
    -------
    dict
        The exports that may go on, each with notes about what was taken out.

    Raises
    ------
    MissingFileError, LinkageError
        If identity numbers are to be hashed and the key cannot be used.
    """
    sources: dict[int, list[str]] = {}
    for name, export in exports.items():
        sources.setdefault(id(export), []).append(name)
    done: dict[int, Export] = {}
    for names in sources.values():
        export = exports[names[0]]
        with findings.collecting():
            _refuse_joined(export, names, project)
            done[id(export)] = _without_contacts(
                _without_numbers(export, _keys(export, names, project)),
                *asked_headers(export, names, project),
            )
    return {name: done[id(export)] for name, export in exports.items() if id(export) in done}


@dataclass(frozen=True, slots=True)
class _Keys:
    """The key for identity numbers, None if they are refused; linked identifiers have a key of their own."""

    everywhere: HashKey | None
    linked: HashKey | None
    headers: frozenset[str]

    def of(self, column: str) -> HashKey | None:
        """Return the key for a column."""
        return self.linked if column in self.headers else self.everywhere


def _key(project: LoadedProject, stated: str | None) -> HashKey | None:
    return read_key(project.file.parent / Path(stated).expanduser()) if stated else None


def _keys(export: Export, names: list[str], project: LoadedProject) -> _Keys:
    """Return the keys of one file; an identifier that the waves are linked by is hashed in any case."""
    privacy, linkage = project.definition.privacy, project.definition.linkage
    everywhere = _key(project, privacy.key_file if privacy.identity_numbers == "hash" else None)
    if linkage is None or linkage.by != "hash":
        return _Keys(everywhere, None, frozenset())
    stated = [header for name in names if name in linkage.columns for header in linkage.headers(name)]
    found = {export.find(header) for header in stated} - {None}
    return _Keys(everywhere, _key(project, linkage.key_file), frozenset(found))


def _without_numbers(export: Export, keys: _Keys) -> Export:
    found = [numbers for name in export.frame.columns if (numbers := numbers_in(export.frame[name]))]
    problems = [_header_problem(export, str(name)) for name in export.frame.columns if _checked(str(name))]
    problems += [_problem(export, numbers) for numbers in found if keys.of(numbers.column) is None]
    if problems:
        raise PrivacyError(problems)
    if not found:
        return export
    columns = {
        numbers.column: _hashed(export.frame[numbers.column], numbers.cells, key)
        for numbers in found
        if (key := keys.of(numbers.column)) is not None
    }
    note = nmsg(
        "In {file}, the identity number in {count} cell was replaced by a keyed hash.",
        "In {file}, the identity numbers in {count} cells were replaced by keyed hashes.",
        file=export.file,
        count=sum(numbers.count for numbers in found),
    )
    return replace(export, frame=export.frame.assign(**columns), notes=(*export.notes, note))


def _hashed(column: pd.Series, cells: Cells, key: HashKey) -> pd.Categorical:
    """Replace cells that are a number by its hash, and numbers within texts by a mark."""
    texts = column.cat.categories.tolist()
    for place, several in cells.items():
        whole = several[0].whole
        texts[place] = (
            str(keyed_hashes([several[0].number], key)[0]) if whole else _marked(texts[place], several)
        )
    return rewritten(column.array, texts)


def _marked(text: str, several: list[Found]) -> str:
    text = comparable_form(text)
    for found in reversed(several):
        text = text[: found.start] + MASK + text[found.end :]
    return text


def _checked(text: str) -> bool:
    return any(found.checked for found in candidates(text))


def _remedy() -> Message:
    return msg(
        "Take it out of the file, or write `identity_numbers: hash` and `key_file:` under `privacy:`; "
        "docs/data-protection.md says how."
    )


def _problem(export: Export, numbers: Numbers) -> Problem:
    what = nmsg(
        "A cell holds what looks like a Swedish {kind}; it was not read.",
        "{count} cells of the column hold what looks like a Swedish {kind}; they were not read.",
        kind=numbers.kind,
        count=numbers.count,
    )
    return Problem(what, export.where(numbers.row, shorten(numbers.column)), _remedy())


def _header_problem(export: Export, header: str) -> Problem:
    return Problem(
        msg("A header holds what looks like a Swedish identity number."),
        export.where(column=shorten(header)),
        msg("Give the column another header."),
    )


def _refuse_joined(export: Export, names: list[str], project: LoadedProject) -> None:
    """Refuse identifiers whose parts, joined, are identity numbers."""
    problems = []
    for name in names:
        for ours, headers in project.definition.sources[name].columns.items():
            if isinstance(headers, str) or any(export.find(header) is None for header in headers):
                continue
            joined = identifier(export, headers).astype("category").rename(ours)
            if (numbers := numbers_in(joined)) is not None:
                what = msg(
                    "The columns of `{name}` together make a Swedish {kind}.", name=ours, kind=numbers.kind
                )
                do = msg("Use another identifier, or put the number in one column and have it hashed.")
                problems.append(Problem(what, export.where(numbers.row), do))
    if problems:
        raise PrivacyError(problems)


def _without_contacts(export: Export, asked: set[str], mapped: set[str]) -> Export:
    """Drop columns with contact data, names and free text that nobody asks for; tell of those asked for."""
    others = [str(name) for name in export.frame.columns if name not in asked]
    kinds = {name: kind for name in others if (kind := kind_of(name, export.frame[name]))}
    texts = [name for name in others if name not in kinds and holds_free_text(export.frame[name])]
    notes = [
        *_dropped_notes(export, kinds),
        *_text_notes(export, texts),
        *_kept_notes(export, sorted(mapped)),
    ]
    frame = export.frame.drop(columns=[*kinds, *texts]) if kinds or texts else export.frame
    return replace(export, frame=frame, notes=(*export.notes, *notes))


def _dropped_notes(export: Export, kinds: Mapping[str, str]) -> Iterator[Message]:
    for key, kind in KINDS.items():
        names = [name for name, found in kinds.items() if found == key]
        if names:
            yield nmsg(
                "{file}: {kind} were not read ({count} cell): {columns}.",
                "{file}: {kind} were not read ({count} cells): {columns}.",
                file=export.file,
                kind=kind.label,
                count=sum(filled(export.frame[name]) for name in names),
                columns=", ".join(shorten(name) for name in names),
            )


def _text_notes(export: Export, names: list[str]) -> Iterator[Message]:
    if names:
        yield nmsg(
            "{file}: free text that the codebook does not list was not read ({count} cell): {columns}.",
            "{file}: free text that the codebook does not list was not read ({count} cells): {columns}.",
            file=export.file,
            count=sum(filled(export.frame[name]) for name in names),
            columns=", ".join(shorten(name) for name in names),
        )


def _kept_notes(export: Export, names: list[str]) -> Iterator[Message]:
    for name in names:
        kind = kind_by_content(export.frame[name], tuple(SIGHTED))
        if kind:
            yield msg(
                "{file}: the column {column} holds {kind} and is stored, since the definition asks for it. "
                "Let the programme give codes instead.",
                file=export.file,
                column=shorten(name),
                kind=KINDS[kind].label,
            )
