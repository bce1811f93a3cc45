"""Which row of a sheet holds the headers."""

from collections.abc import Collection, Sequence

from evaluation.data.layout.sheet import Row
from evaluation.data.matching import nearest, plain, shorten
from evaluation.project.layout import Layout
from evaluation.vocabulary.errors import ExportError
from evaluation.vocabulary.message import Message, msg

SEARCHED = 50


def header_place(
    rows: Sequence[Row], layout: Layout, named: Collection[str], file: str
) -> tuple[int, tuple[Message, ...]]:
    """Return which of the rows is the header, and what the reader should know about it.

    Parameters
    ----------
    rows
        The rows with content.
    layout
        The layout as the project file states it.
    named
        The headers that the project file names.
    file
        The file's name, for messages.

    Returns
    -------
    tuple
        The place among the rows, and notes. Without a statement it is the first row with content, or
        the only row among the first 50 that has all headers the project file names.

    Raises
    ------
    ExportError
        If no row, or more than one, can be the header that is stated, or several tables have the headers.
    """
    if layout.header_row is not None:
        return _numbered(rows, layout.header_row, file), ()
    if layout.header is not None:
        return _with_text(rows, layout.header, file), ()
    wanted = {plain(header) for header in named}
    if not wanted or wanted <= _texts(rows[0]):
        return 0, ()
    found = [place for place, row in enumerate(rows[:SEARCHED]) if wanted <= _texts(row)]
    if not found:
        return 0, ()
    _refuse_several(rows, found, file)
    note = msg(
        "The table of {file} was found to begin in row {row}, the only row with the headers that the "
        "project file names; the rows above were not read.",
        file=file,
        row=rows[found[0]][0],
    )
    return found[0], (note,)


def _texts(row: Row) -> set[str]:
    return {plain(cell) for cell in row[1] if cell.strip()}


def _numbered(rows: Sequence[Row], number: int, file: str) -> int:
    for place, (found, _) in enumerate(rows):
        if found == number:
            return place
    raise ExportError(
        msg("Row {row}, which should hold the headers, is empty.", row=number),
        where=f"{file}:{number}",
        do=msg("Correct `header_row:` in the `layout` of the source."),
    )


def _with_text(rows: Sequence[Row], header: str, file: str) -> int:
    found = [place for place, row in enumerate(rows) if plain(header) in _texts(row)]
    if not found:
        near = nearest(header, [cell for _, row in rows[:SEARCHED] for cell in row if cell.strip()])
        do = msg("Correct `header:` in the `layout` of the source.")
        raise ExportError(
            msg("No row has a cell with the text “{header}”.", header=shorten(header)),
            where=file,
            do=do if near is None else msg("Did you mean “{near}”?", near=shorten(near)),
        )
    _refuse_several(rows, found, file)
    return found[0]


def _refuse_several(rows: Sequence[Row], found: Sequence[int], file: str) -> None:
    """Accept headers that are repeated word for word, as on every page of a print; refuse other twins."""
    different = [place for place in found if rows[place][1] != rows[found[0]][1]]
    if different:
        raise ExportError(
            msg(
                "Rows {first} and {second} could both hold the headers.",
                first=rows[found[0]][0],
                second=rows[different[0]][0],
            ),
            where=file,
            do=msg(
                "Say which one with `header_row:`, or give the table with `cells: A4:N49`, in the `layout`."
            ),
        )
