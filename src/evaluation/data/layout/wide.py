"""Columns that stand for occasions, turned into one row per entry."""

from collections.abc import Sequence

from openpyxl.utils import get_column_letter

from evaluation.data.layout.sheet import Merged, Row
from evaluation.data.matching import nearest, plain, shorten
from evaluation.project.layout import Wide
from evaluation.vocabulary.errors import ExportError, Problem
from evaluation.vocabulary.message import msg


def long_rows(
    headings: Sequence[Row], body: Sequence[Row], wide: Wide, merged: Sequence[Merged], file: str
) -> list[Row]:
    """Return a header and one row per filled cell of a wide table.

    Parameters
    ----------
    headings
        The heading rows, the header row last.
    body
        The rows of the table.
    wide
        Which columns stay, and what headings and cells are called.
    merged
        Merged cells: a heading counts for the columns it is merged over. In a row without merged cells
        it counts until the next heading.
    file
        The file's name, for messages.

    Returns
    -------
    list
        The header row, then an entry per filled cell with the number of the row it stands in.

    Raises
    ------
    ExportError
        If a column that is named is not there, or a column with entries has no heading.
    """
    number, header = headings[-1]
    width = max(len(row) for _, row in [*headings, *body])
    header = [*header, *[""] * (width - len(header))]
    kept, left = _places(header, wide.keep, file, number), _places(header, wide.without, file, number)
    spread = [place for place in range(width) if place not in {*kept, *left}]
    names = [*(_spread_right(row, merged, width) for row in headings[:-1]), header]
    _refuse_nameless(spread, header, body, file, number)
    rows = [(number, [*(header[place] for place in kept), *wide.headings, wide.value])]
    for row_number, row in body:
        cells = [*row, *[""] * (width - len(row))]
        first = [cells[place] for place in kept]
        rows += [
            (row_number, [*first, *(name[place] for name in names), cells[place]])
            for place in spread
            if cells[place].strip()
        ]
    return rows


def _places(header: Sequence[str], wanted: Sequence[str], file: str, number: int) -> list[int]:
    known = {plain(title): place for place, title in enumerate(header) if title.strip()}
    absent = [title for title in wanted if plain(title) not in known]
    if absent:
        problems = []
        for title in absent:
            near = nearest(title, [cell for cell in header if cell.strip()])
            do = msg("Did you mean “{near}”?", near=shorten(near)) if near else None
            problems.append(
                Problem(msg("There is no column “{column}”.", column=shorten(title)), f"{file}:{number}", do)
            )
        raise ExportError(problems)
    return [known[plain(title)] for title in wanted]


def _spread_right(row: Row, merged: Sequence[Merged], width: int) -> list[str]:
    number, cells = row
    cells = [*cells, *[""] * (width - len(cells))]
    blocks = [block for block in merged if block.first_row <= number <= block.last_row]
    blocks = [block for block in blocks if block.last_column > block.first_column]
    if blocks:
        for block in blocks:
            for place in range(max(block.first_column, 0), min(block.last_column, width - 1) + 1):
                cells[place] = cells[max(block.first_column, 0)]
        return cells
    for place in range(1, width):
        cells[place] = cells[place] if cells[place].strip() else cells[place - 1]
    return cells


def _refuse_nameless(
    spread: Sequence[int], header: Sequence[str], body: Sequence[Row], file: str, number: int
) -> None:
    for place in spread:
        entries = [row_number for row_number, row in body if place < len(row) and row[place].strip()]
        if entries and not header[place].strip():
            raise ExportError(
                msg(
                    "Column {letter} has entries, the first in row {row}, but no heading.",
                    letter=get_column_letter(place + 1),
                    row=entries[0],
                ),
                where=f"{file}:{number}",
                do=msg("Give it a heading, or leave it out with `cells:` in the `layout`."),
            )
