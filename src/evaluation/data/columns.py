"""Which columns of a file the project asks for: those that are absent, and those nobody asks for."""

from collections.abc import Iterable, Iterator, Mapping

from evaluation.data.matching import nearest, shorten
from evaluation.data.read import Export
from evaluation.data.respondents import headers_of
from evaluation.project.model import LoadedProject
from evaluation.vocabulary.errors import Problem
from evaluation.vocabulary.message import Message, msg

HEADER_SHOWN = 80
LISTED = 12


def missing_columns(export: Export, source_key: str, project: LoadedProject) -> list[Problem]:
    """List the columns that the project file or the codebook names and the file does not have."""
    return [
        Problem(what, export.where(), _suggestion(header, export))
        for header, what in _asked(source_key, project).items()
        if export.find(header) is None
    ]


def _asked(source_key: str, project: LoadedProject) -> dict[str, Message]:
    """Return the headers a source must have, with the sentence for its absence."""
    source = project.definition.sources[source_key]
    stated = {
        header: msg(
            "There is no column “{column}” for {name}.", column=shorten(header, HEADER_SHOWN), name=name
        )
        for name, headers in source.columns.items()
        for header in headers_of(headers)
    }
    codebook = project.codebook
    for entry in (*codebook.of_source(source_key), *codebook.texts_of_source(source_key)):
        absent = msg(
            "There is no column “{column}”, which line {line} of the codebook names.",
            column=shorten(entry.column, HEADER_SHOWN),
            line=entry.line,
        )
        stated.setdefault(entry.column, absent)
    return stated


def asked_headers(
    export: Export, source_keys: Iterable[str], project: LoadedProject
) -> tuple[set[str], set[str]]:
    """Return the columns of a file that its sources or the codebook name, and those of the sources alone."""
    asked = {export.find(header) for key in source_keys for header in _asked(key, project)}
    sources = [project.definition.sources[key] for key in source_keys]
    mapped = {
        export.find(header)
        for source in sources
        for headers in source.columns.values()
        for header in headers_of(headers)
    }
    return asked - {None}, mapped - {None}


def _suggestion(header: str, export: Export) -> Message:
    columns = [str(column) for column in export.frame.columns]
    near = nearest(header, columns)
    if near is not None:
        return msg("Did you mean “{near}”?", near=shorten(near, HEADER_SHOWN))
    listed = ", ".join(shorten(column) for column in columns[:LISTED])
    if len(columns) > LISTED:
        return msg("The first columns are: {columns}.", columns=listed)
    return msg("The columns are: {columns}.", columns=listed)


def unused_columns(exports: Mapping[str, Export], project: LoadedProject) -> dict[str, tuple[str, ...]]:
    """Return, by file, the columns that no source and no row of the codebook mentions."""
    used: dict[str, set[str | None]] = {}
    for key, export in exports.items():
        used.setdefault(_label(export), set()).update(export.find(header) for header in _asked(key, project))
    columns = {_label(export): tuple(map(str, export.frame.columns)) for export in exports.values()}
    unused = {
        file: tuple(name for name in names if name not in used[file]) for file, names in columns.items()
    }
    return {file: names for file, names in unused.items() if names}


def _label(export: Export) -> str:
    return f"{export.file} [{export.sheet}]" if export.sheet else export.file


def absent_columns(
    exports: Mapping[str, Export], project: LoadedProject
) -> Iterator[tuple[str, list[Problem]]]:
    """Yield every source whose file lacks columns, with its problems."""
    for key, export in exports.items():
        problems = missing_columns(export, key, project)
        if problems:
            yield key, problems
