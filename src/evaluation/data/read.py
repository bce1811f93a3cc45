"""Reading an export exactly as it was delivered."""

from collections.abc import Callable
from dataclasses import replace
from difflib import get_close_matches
from functools import partial
from pathlib import Path

from evaluation.data.adapters import Adapted, adapt, adapt_file
from evaluation.data.delimited import DELIMITERS, delimited_rows, find_delimiter, header_width
from evaluation.data.encoding import text_encoding
from evaluation.data.export import Export
from evaluation.data.layout import Sheet, arrange, marked_sheet, plain_sheet
from evaluation.data.manifest import source_sha256
from evaluation.data.quick import quick_frame, quick_register
from evaluation.data.workbook import open_sheet, sheet_rows
from evaluation.project.source import Source
from evaluation.vocabulary.errors import ExportError, MissingFileError
from evaluation.vocabulary.message import Message, msg

__all__ = ["Export", "read_export"]


def read_export(path: Path, source: Source) -> Export:
    """Read one delivered file.

    Parameters
    ----------
    path
        A ``.csv``, ``.tsv``, ``.txt``, ``.xlsx``, ``.sav``, ``.zsav`` or ``.dta`` file.
    source
        The source as the project file describes it; its delimiter or sheet, if stated, is used.

    Returns
    -------
    Export
        Every cell as a text.

    Raises
    ------
    MissingFileError
        If the file is not there or is empty.
    ExportError
        If it cannot be read as a table: kind of file, encoding, delimiter, header, sheet.
    """
    _refuse_absent(path)
    ending = path.suffix.lower()
    if ending not in READERS:
        raise ExportError(
            msg("Files of the kind {ending} cannot be read.", ending=ending or "?"),
            where=path.name,
            do=msg(
                "Save it as {endings} and correct `file:` in the project file.", endings=", ".join(READERS)
            ),
        )
    return READERS[ending](path, source)


def _refuse_absent(path: Path) -> None:
    if not path.is_file():
        names = sorted(other.name for other in path.parent.iterdir()) if path.parent.is_dir() else []
        near = get_close_matches(path.name, names, n=1)
        do = msg("Put the export there, or correct `file:` of the source in the project file.")
        if near:
            do = msg(
                "There is a file {near}; rename it, or correct `file:` in the project file.", near=near[0]
            )
        raise MissingFileError(msg("There is no file {file}.", file=path.name), where=str(path.parent), do=do)
    if path.stat().st_size == 0:
        raise MissingFileError(
            msg("The file is empty."), where=path.name, do=msg("Export it again from the survey tool.")
        )


def _read_delimited(path: Path, source: Source) -> Export:
    encoding = text_encoding(path)
    delimiter = _delimiter(path, encoding, source)
    rows = delimited_rows(path, encoding, delimiter)
    place = {"encoding": encoding, "delimiter": delimiter}
    if kept_by_hand(source):
        frame = quick_register(path, encoding, delimiter, source)
        if frame is None:
            return _arranged(plain_sheet(rows), path, source, **place)
        return _export(adapt(rows, path, source, lambda _: frame), path, source, **place)
    quick = partial(quick_frame, path, encoding, delimiter)
    return _export(adapt(rows, path, source, quick), path, source, **place)


def kept_by_hand(source: Source) -> bool:
    """Tell whether a file is read as people keep tables by hand: registers, logs, and where a layout is stated."""
    return source.layout is not None or source.kind != "answers"


def _arranged(cells: Sheet, path: Path, source: Source, **place: str) -> Export:
    arranged = arrange(cells, source, path.name)
    export = _export(adapt(arranged.rows, path, source), path, source, **place)
    return replace(export, notes=(*export.notes, *arranged.notes))


def _export(adapted: Adapted, path: Path, source: Source, **place: str) -> Export:
    reading = adapted.reading
    return Export(
        reading.frame,
        path.name,
        source_sha256(path, source),
        **place,
        header_row=reading.header_row,
        tool=adapted.tool,
        left_out=reading.left_out,
        wording=reading.wording,
        notes=adapted.notes,
    )


def _delimiter(path: Path, encoding: str, source: Source) -> str:
    seems = find_delimiter(path, encoding)
    chosen = source.delimiter or seems or ","
    several = source.kind == "answers" or len({str(header) for header in source.columns.values()}) > 1
    if several and chosen != seems and header_width(path, encoding, chosen) == 1:
        what = msg(
            "The file has only one column when it is split at {delimiter}.", delimiter=DELIMITERS[chosen]
        )
        raise ExportError(what, where=f"{path.name}:1", do=_remedy(seems))
    return chosen


def _remedy(seems: str | None) -> Message:
    if seems is None:
        return msg("Save the file with comma, semicolon or tab between the columns.")
    return msg(
        "The delimiter seems to be {delimiter}: correct `delimiter:` of the source, or leave it out.",
        delimiter=DELIMITERS[seems],
    )


def _read_workbook(path: Path, source: Source) -> Export:
    if kept_by_hand(source):
        with open_sheet(path, source.sheet, marks=True) as sheet:
            return _arranged(marked_sheet(sheet), path, source, sheet=sheet.title)
    with open_sheet(path, source.sheet) as sheet:
        return _export(adapt(sheet_rows(sheet), path, source), path, source, sheet=sheet.title)


def _read_statistics_file(path: Path, source: Source) -> Export:
    return _export(adapt_file(path, source), path, source)


READERS: dict[str, Callable[[Path, Source], Export]] = {
    ".csv": _read_delimited,
    ".tsv": _read_delimited,
    ".txt": _read_delimited,
    ".xlsx": _read_workbook,
    ".sav": _read_statistics_file,
    ".zsav": _read_statistics_file,
    ".dta": _read_statistics_file,
}
