"""A price index by year: dated figures with source, read as they were published."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from evaluation.data.matching import as_number
from evaluation.vocabulary.errors import ExportError, MissingFileError, one_of
from evaluation.vocabulary.message import msg

HEADERS = {
    "year": ("year", "år"),
    "value": ("index", "value", "värde"),
    "source": ("source", "källa"),
    "date": ("date", "datum", "hämtad"),
}
"""Columns of the table by the headers they may have."""
DIGITS = 4
"""Of a year."""


@dataclass(frozen=True, slots=True)
class Deflator:
    """A price index, where it is from, and of which day.

    Attributes
    ----------
    index
        By year.
    """

    index: dict[int, float]
    source: str
    date: str

    def factor(self, year: int, base: int, file: str) -> float:
        """Return what turns money of a year into money of another.

        Raises
        ------
        ExportError
            If the index lacks one of the years.
        """
        for wanted in (year, base):
            if wanted not in self.index:
                raise ExportError(
                    msg("The price index has no figure for {year}.", year=str(wanted)),
                    where=file,
                    do=msg("Add a row for the year."),
                )
        return self.index[base] / self.index[year]


def read_deflator(path: Path) -> Deflator:
    """Read a price index.

    Parameters
    ----------
    path
        A CSV file in UTF-8 with semicolons or commas, decimal point or comma, and the headers of `HEADERS`.

    Raises
    ------
    MissingFileError, ExportError
        If there is no such file, a column is missing, or a figure is no number above 0.
    """
    if not path.is_file():
        raise MissingFileError(
            msg("There is no file {name}.", name=path.name),
            where=str(path.parent),
            do=msg("Put the price index beside the project file."),
        )
    raw = pd.read_csv(path, sep=None, engine="python", dtype="string", encoding="utf-8-sig")
    given = {str(name).strip().lower(): name for name in raw.columns}
    found = {}
    for column, headers in HEADERS.items():
        name = next((given[header] for header in headers if header in given), None)
        if name is None:
            raise ExportError(
                msg("The table has no column {name}.", name=column),
                where=path.name,
                do=one_of(column, headers),
            )
        found[column] = raw[name].fillna("").str.strip()
    index = {}
    for line, (year, value) in enumerate(zip(found["year"], found["value"], strict=True), 2):
        number = as_number(str(value))
        if not (str(year).isdigit() and len(year) == DIGITS) or number is None or number <= 0:
            raise ExportError(
                msg("{found} is not a number.", found=f"{year}; {value}"),
                where=f"{path.name}:{line}",
                do=msg("Write the year with four digits and the index as a number above 0."),
            )
        index[int(year)] = number
    return Deflator(index, str(found["source"].iloc[-1]), str(found["date"].iloc[-1]))
