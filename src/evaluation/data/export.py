"""A file as it was delivered, whichever tool wrote it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from evaluation.data.matching import plain
from evaluation.vocabulary.message import Message


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
        The number of the row that holds the headers; 0 where headers are no row of the file.
    tool
        The survey tool that the file was read as an export from; `plain` if none.
    left_out
        How many rows the tool's own marks ruled out, by reason.
    wording
        The question behind a header, where the export holds it.
    notes
        What the reader should know of how the file was read.
    """

    frame: pd.DataFrame
    file: str
    sha256: str
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    header_row: int = 1
    tool: str = "plain"
    left_out: Mapping[str, int] = field(default_factory=dict)
    wording: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[Message, ...] = ()

    @property
    def first_row(self) -> int:
        """Return the number of the first row with data."""
        return int(self.frame.index[0])

    @property
    def rows_read(self) -> int:
        """Return how many rows with data the file has, those left out among them."""
        return len(self.frame) + sum(self.left_out.values())

    def where(self, row: int | None = None, column: str = "") -> str:
        """Return the place of a row or cell for a message; of the header if no row is given."""
        number = self.header_row if row is None else row
        place = f"{self.file}:{number}" if number else self.file
        return f"{place} “{column}”" if column else place

    def find(self, header: str) -> str | None:
        """Return the column with a header, be it written with other spaces or capitals; None if absent."""
        if header in self.frame.columns:
            return header
        alike = [name for name in self.frame.columns if plain(name) == plain(header)]
        return alike[0] if len(alike) == 1 else None
