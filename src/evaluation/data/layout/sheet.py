"""A sheet's cells with what Excel knows of them: hidden rows, merged cells and colours."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils import column_index_from_string

from evaluation.data.workbook import cell_text
from evaluation.project.layout import CELLS

Row = tuple[int, list[str]]
NO_COLOUR = {"000000", "FFFFFF"}


@dataclass(frozen=True, slots=True)
class Merged:
    """A block of merged cells; rows are numbers as Excel shows them, columns count from 0."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of a sheet or text file.

    Attributes
    ----------
    rows
        Every row with its number; cells are texts.
    hidden
        The numbers of hidden rows.
    merged
        Merged cells.
    colours
        The colour of each coloured cell, by row number and column from 0.
    """

    rows: tuple[Row, ...]
    hidden: frozenset[int] = frozenset()
    merged: tuple[Merged, ...] = ()
    colours: Mapping[tuple[int, int], str] = field(default_factory=dict)

    def cropped(self, cells: str | None) -> "Sheet":
        """Return the part of the sheet that stands in a range such as A:F or A4:N49."""
        if cells is None:
            return self
        first, top, last, bottom = CELLS.fullmatch(cells).groups()
        left, right = column_index_from_string(first) - 1, column_index_from_string(last)
        low, high = int(top or 1), int(bottom) if bottom else None
        rows = tuple(
            (number, row[left:right])
            for number, row in self.rows
            if number >= low and (high is None or number <= high)
        )
        merged = tuple(
            Merged(block.first_row, block.last_row, block.first_column - left, block.last_column - left)
            for block in self.merged
            if block.last_column >= left and block.first_column < right
        )
        colours = {
            (row, column - left): colour
            for (row, column), colour in self.colours.items()
            if left <= column < right
        }
        return Sheet(rows, self.hidden, merged, colours)


def plain_sheet(rows: Iterable[Row]) -> Sheet:
    """Return rows that have nothing but texts."""
    return Sheet(tuple(rows))


def marked_sheet(sheet: Any) -> Sheet:
    """Return a worksheet of a workbook that was opened with its marks."""
    rows, colours = [], {}
    for number, row in enumerate(sheet.iter_rows(), start=1):
        rows.append((number, [cell_text(cell.value) for cell in row]))
        colours |= {(number, place): colour for place, cell in enumerate(row) if (colour := _colour(cell))}
    merged = [
        Merged(block.min_row, block.max_row, block.min_col - 1, block.max_col - 1)
        for block in sheet.merged_cells.ranges
    ]
    hidden = frozenset(number for number, row in sheet.row_dimensions.items() if row.hidden)
    return Sheet(tuple(rows), hidden, tuple(merged), colours)


def _colour(cell: Any) -> str:
    """Return the code of a cell's colour, empty if it has none or is white."""
    fill = getattr(cell, "fill", None)
    if not cell.has_style or fill is None or fill.fill_type != "solid":
        return ""
    colour = fill.fgColor
    if colour.type == "rgb":
        code = str(colour.rgb)[-6:].upper()
        return "" if code in NO_COLOUR else code
    return "" if colour.type == "theme" and colour.theme == 0 and colour.tint >= 0 else _numbered(colour)


def _numbered(colour: Any) -> str:
    return f"{colour.type} {colour.theme if colour.type == 'theme' else colour.indexed}"
