"""How a table lies in a sheet that people keep by hand, and how its dates are written."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from evaluation.project.words import Model

CELLS = re.compile(r"([A-Z]{1,3})([1-9]\d*)?:([A-Z]{1,3})([1-9]\d*)?")
COLOUR = re.compile(r"[0-9A-F]{6}|theme \d+|indexed \d+")


def _cells(value: str) -> str:
    if not CELLS.fullmatch(value):
        raise PydanticCustomError("cells", "it is written like A:F or A4:N49", {})
    return value


def _colour(value: str) -> str:
    if not COLOUR.fullmatch(value):
        raise PydanticCustomError("colour", "a colour is written like FFFF00 or theme 4", {})
    return value


class Wide(Model):
    """A log with one column per occasion, month or phase, to be turned into one row per entry.

    Attributes
    ----------
    keep
        The headers of the columns that say whom or what a row is about.
    headings
        What the heading rows are called, from the upper one down to the header row itself; they become
        columns.
    value
        What the cells are called; they become a column.
    without
        Headers of columns that are no entries, such as sums.
    """

    keep: tuple[str, ...] = Field(min_length=1)
    headings: tuple[str, ...] = Field(min_length=1)
    value: str
    without: tuple[str, ...] = ()


class Colours(Model):
    """A column made of the colours of cells.

    Attributes
    ----------
    of
        The header of the column whose cells' colour counts for their row.
    header
        The header of the column that is made.
    meanings
        What each colour stands for, by its code; cells without colour stay empty.
    """

    of: str
    header: str
    meanings: dict[Annotated[str, AfterValidator(_colour)], str] = Field(min_length=1)


class Layout(Model):
    """Where the table stands in a sheet or text file, and what is not part of it.

    Attributes
    ----------
    header
        The text of a cell that only the header row has.
    header_row
        The number of the header row, instead of `header`.
    cells
        The part of the sheet that is read: columns such as `A:F`, or a table such as `A4:N49`.
    stop_at
        The first row whose first text begins with one of these ends the table.
    skip_where
        Rows to leave out: by header, the texts that mark them; an empty text stands for an empty cell.
    fill_down
        Headers of columns where an empty cell means the same as the one above, as in merged cells.
    hidden_rows
        Whether rows that are hidden in the workbook are read.
    colours
        What the colours of cells mean, or `ignore` if they mean nothing.
    wide
        How columns are turned into rows.
    """

    header: str | None = None
    header_row: int | None = Field(default=None, ge=1)
    cells: Annotated[str, AfterValidator(_cells)] | None = None
    stop_at: tuple[str, ...] = ()
    skip_where: dict[str, tuple[str, ...]] = {}
    fill_down: tuple[str, ...] = ()
    hidden_rows: Literal["keep", "leave_out"] | None = None
    colours: Colours | Literal["ignore"] | None = None
    wide: Wide | None = None


DateForm = Literal["dmy", "mdy", "yymmdd", "serial"]


class Dates(Model):
    """How the dates of a column are written, beyond the forms that can be read with certainty.

    Attributes
    ----------
    forms
        `dmy` (12/5 2023, 12/5-23), `mdy` (5/12/2023), `yymmdd` (230512) or `serial` (45058, as Excel
        counts days).
    year
        The year of dates that are written without one.
    """

    forms: tuple[DateForm, ...] = ()
    year: int | None = Field(default=None, ge=1900, le=2100)
