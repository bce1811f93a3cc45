"""Reading an export exactly as it was delivered."""

from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import pandas as pd

from evaluation.data.delimited import DELIMITERS, delimited_rows, find_delimiter, header_width, text_encoding
from evaluation.data.grid import build_frame
from evaluation.data.manifest import file_sha256
from evaluation.data.matching import plain
from evaluation.data.workbook import open_sheet, sheet_rows
from evaluation.project.source import Source
from evaluation.vocabulary.errors import ExportError, MissingFileError
from evaluation.vocabulary.message import Message, msg


@dataclass(frozen=True, eq=False)
class Export:
    """A file as it was delivered, with what is needed to say where a cell stands.

    Attributes
    ----------
    frame
        Every cell as a text, "" where empty, in dictionary-encoded columns under their original headers.
        The index holds the row numbers that Excel or an editor shows.
    file, sha256
        Name and fingerprint of the file.
    encoding, delimiter
        Of a text file; empty for a workbook.
    sheet
        The sheet of a workbook; empty for a text file.
    header_row
        The number of the row that holds the headers.
    """

    frame: pd.DataFrame
    file: str
    sha256: str
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    header_row: int = 1

    @property
    def first_row(self) -> int:
        """Return the number of the first row with data."""
        return int(self.frame.index[0])

    def where(self, row: int | None = None, column: str = "") -> str:
        """Return the place of a row or cell for a message; of the header if no row is given."""
        place = f"{self.file}:{self.header_row if row is None else row}"
        return f"{place} “{column}”" if column else place

    def find(self, header: str) -> str | None:
        """Return the column with a header, be it written with other spaces or capitals; None if absent."""
        if header in self.frame.columns:
            return header
        alike = [name for name in self.frame.columns if plain(name) == plain(header)]
        return alike[0] if len(alike) == 1 else None


def read_export(path: Path, source: Source) -> Export:
    """Read one delivered file.

    Parameters
    ----------
    path
        A ``.csv``, ``.tsv``, ``.txt`` or ``.xlsx`` file.
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
    frame, header_row = build_frame(delimited_rows(path, encoding, delimiter), path.name)
    return Export(frame, path.name, file_sha256(path), encoding, delimiter, header_row=header_row)


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
    with open_sheet(path, source.sheet) as sheet:
        frame, header_row = build_frame(sheet_rows(sheet), path.name)
        return Export(frame, path.name, file_sha256(path), sheet=sheet.title, header_row=header_row)


READERS: dict[str, Callable[[Path, Source], Export]] = {
    ".csv": _read_delimited,
    ".tsv": _read_delimited,
    ".txt": _read_delimited,
    ".xlsx": _read_workbook,
}
