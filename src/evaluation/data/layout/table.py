"""A table cut out of a sheet as the project file states it, with a note on everything that was decided."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from evaluation.data.layout.header import header_place
from evaluation.data.layout.sheet import Row, Sheet
from evaluation.data.layout.wide import long_rows
from evaluation.data.matching import nearest, plain, shorten
from evaluation.project.layout import Colours, Layout, Wide
from evaluation.project.source import Source
from evaluation.vocabulary.errors import AnswerError, ExportError, MissingFileError, Problem
from evaluation.vocabulary.message import Message, msg, nmsg

SUM = re.compile(r"(?:(?:del)?summa|s:a|sum|totalt?|sub-?total|antal)\s*[:=]?\s*[\d\s.,]*(?:st|h|tim\w*)?")
IDENTIFIERS = ("person", "organisation", "effort")


@dataclass(frozen=True, slots=True)
class Arranged:
    """A table with its header first, and notes on what was not read."""

    rows: tuple[Row, ...]
    notes: tuple[Message, ...]


def arrange(sheet: Sheet, source: Source, file: str) -> Arranged:
    """Cut the table of a source out of a sheet.

    Parameters
    ----------
    sheet
        The sheet.
    source
        The source; its layout says where the table stands. What it leaves open is decided only where
        there is one possibility, with a note; otherwise it is an error.
    file
        The file's name, for messages.

    Returns
    -------
    Arranged
        The header row and the rows of the table, or the entries of a wide log.

    Raises
    ------
    MissingFileError
        If there is no row with content.
    ExportError
        If the header cannot be told, a column of the layout is absent, cells are merged over rows
        without a statement of what that means, or a row looks like a sum or a note.
    AnswerError
        If a cell has a colour without a meaning.
    """
    layout = source.layout or Layout()
    sheet = sheet.cropped(layout.cells)
    rows = [row for row in sheet.rows if any(map(str.strip, row[1]))]
    if not rows:
        raise MissingFileError(
            msg("The file is empty."), where=file, do=msg("Export it again from the survey tool.")
        )
    named = _named(source, layout)
    place, notes = header_place(rows, layout, named, file)
    table = _Table(sheet, layout, rows[place], file)
    body = table.body(rows[place + 1 :])
    _refuse_merged(table, body, named)
    _refuse_sums(table, body, source)
    notes += (*table.notes, *_colour_notes(sheet, layout, body, file))
    header, body = _with_colours(table, body)
    if layout.wide is None:
        return Arranged((header, *body), notes)
    above = rows[max(place - len(layout.wide.headings) + 1, 0) : place]
    return Arranged(tuple(_entries(table, [*above, header], body, layout.wide)), notes)


def _entries(table: "_Table", headings: Sequence[Row], body: Sequence[Row], wide: Wide) -> list[Row]:
    if isinstance(table.layout.colours, Colours):
        wide = wide.model_copy(update={"keep": (*wide.keep, table.layout.colours.header)})
    if len(headings) != len(wide.headings):
        raise ExportError(
            msg("There are fewer rows above the headers than `headings` names."),
            where=f"{table.file}:{table.header[0]}",
            do=msg("Name one heading per row, from the upper one down to the header row."),
        )
    return long_rows(headings, body, wide, table.sheet.merged, table.file)


def _named(source: Source, layout: Layout) -> list[str]:
    """Return the headers of the sheet that the project file names."""
    if layout.wide is not None:
        return list(layout.wide.keep)
    made = layout.colours.header if isinstance(layout.colours, Colours) else None
    stated = [
        header
        for headers in source.columns.values()
        for header in ((headers,) if isinstance(headers, str) else headers)
    ]
    return [header for header in stated if header != made]


class _Table:
    """The header of a table, and its rows with those left out that the `layout` rules out."""

    def __init__(self, sheet: Sheet, layout: Layout, header: Row, file: str):
        self.sheet, self.layout, self.header, self.file = sheet, layout, header, file
        self.places = {plain(title): place for place, title in enumerate(header[1]) if title.strip()}
        self.notes: tuple[Message, ...] = ()

    def place(self, header: str) -> int:
        """Return the place of the column with a header."""
        found = self.places.get(plain(header))
        if found is None:
            near = nearest(header, [title for title in self.header[1] if title.strip()])
            do = msg("Did you mean “{near}”?", near=shorten(near)) if near else None
            where = f"{self.file}:{self.header[0]}"
            raise ExportError(
                msg("There is no column “{column}”.", column=shorten(header)), where=where, do=do
            )
        return found

    def cell(self, row: Row, header: str) -> str:
        """Return the text of a row under a header."""
        place = self.place(header)
        return row[1][place] if place < len(row[1]) else ""

    def body(self, rows: Sequence[Row]) -> list[Row]:
        """Return the rows of the table; notes tell how many were left out."""
        rows = list(self._until_stop(rows))
        again = [row for row in rows if row[1] == self.header[1]]
        hidden = [row for row in rows if row[0] in self.sheet.hidden]
        drop_hidden = self.layout.hidden_rows == "leave_out"
        marked = [row for row in rows if self._skipped(row)]
        gone = {number for part in (again, marked, hidden if drop_hidden else []) for number, _ in part}
        self.notes = tuple(self._notes(len(again), len(marked), len(hidden)))
        return self._filled([row for row in rows if row[0] not in gone])

    def _until_stop(self, rows: Sequence[Row]) -> Iterator[Row]:
        ends = tuple(plain(text) for text in self.layout.stop_at)
        for number, row in rows:
            if ends and plain(next(cell for cell in row if cell.strip())).startswith(ends):
                return
            yield number, row

    def _skipped(self, row: Row) -> bool:
        return any(
            plain(self.cell(row, header)) in {plain(text) for text in texts}
            for header, texts in self.layout.skip_where.items()
        )

    def _notes(self, again: int, marked: int, hidden: int) -> Iterator[Message]:
        if again:
            yield nmsg(
                "{count} row of {file} repeats the headers and was not read.",
                "{count} rows of {file} repeat the headers and were not read.",
                count=again,
                file=self.file,
            )
        if marked:
            yield nmsg(
                "{count} row of {file} was not read, as `skip_where` says.",
                "{count} rows of {file} were not read, as `skip_where` says.",
                count=marked,
                file=self.file,
            )
        if hidden:
            yield HIDDEN[self.layout.hidden_rows].with_fields(count=hidden, file=self.file)

    def _filled(self, rows: list[Row]) -> list[Row]:
        for place in (self.place(header) for header in self.layout.fill_down):
            above, filled = "", []
            for number, row in rows:
                cells = [*row, *[""] * (place + 1 - len(row))]
                above = cells[place] = cells[place] if cells[place].strip() else above
                filled.append((number, cells))
            rows = filled
        return rows


HIDDEN: dict[str | None, Message] = {
    None: nmsg(
        "{count} row of {file} is hidden in the workbook; it was read. Write `hidden_rows: leave_out` or "
        "`keep` in the `layout` to say what is right.",
        "{count} rows of {file} are hidden in the workbook; they were read. Write `hidden_rows: leave_out` or "
        "`keep` in the `layout` to say what is right.",
    ),
    "keep": nmsg(
        "{count} row of {file} is hidden in the workbook; it was read.",
        "{count} rows of {file} are hidden in the workbook; they were read.",
    ),
    "leave_out": nmsg(
        "{count} row of {file} is hidden in the workbook; it was not read.",
        "{count} rows of {file} are hidden in the workbook; they were not read.",
    ),
}
"""What is said of hidden rows, by what the `layout` says of them."""


def _refuse_merged(table: _Table, body: Sequence[Row], named: Collection[str]) -> None:
    """Refuse cells merged over rows: they may mean the same for each row, or one thing for all."""
    numbers = [number for number, _ in body]
    filled = {table.places.get(plain(header)) for header in table.layout.fill_down}
    matters = {table.places[plain(header)] for header in named if plain(header) in table.places} - filled
    problems = []
    for block in table.sheet.merged:
        over = [number for number in numbers if block.first_row <= number <= block.last_row]
        places = matters.intersection(range(block.first_column, block.last_column + 1))
        if len(over) > 1 and places:
            column = table.header[1][min(places)]
            problems.append(
                Problem(
                    msg("The cells in rows {first} to {last} are merged.", first=over[0], last=over[-1]),
                    f"{table.file}:{over[0]} “{shorten(column)}”",
                    msg(
                        "If the text holds for each of the rows, write `fill_down: [{column}]` in the `layout`; "
                        "otherwise split the cells.",
                        column=shorten(column),
                    ),
                )
            )
    if problems:
        raise ExportError(problems)


def _refuse_sums(table: _Table, body: Sequence[Row], source: Source) -> None:
    """Refuse a sum or a note under the table that would become a person, an organisation or an effort."""
    where = [source.columns[name] for name in IDENTIFIERS if name in source.columns]
    headers = [header if isinstance(header, str) else header[0] for header in where]
    headers = [header for header in headers if plain(header) in table.places]
    ended = bool(table.layout.stop_at) or bool(table.layout.cells and table.layout.cells[-1].isdigit())
    gap = False
    for before, row in zip([table.header, *body], body, strict=False):
        gap = gap or row[0] > before[0] + 1
        for header in headers:
            text = table.cell(row, header).strip()
            lone = gap and not ended and len(table.places) > 2 and sum(map(bool, map(str.strip, row[1]))) == 1
            if text and (SUM.fullmatch(plain(text)) or lone):
                raise ExportError(
                    msg("The row looks like a sum or a note, not like a part of the table: “{text}”.",
                        text=shorten(text)),
                    where=f"{table.file}:{row[0]}",
                    do=msg("End the table before it with `stop_at: [TEXT]`, or leave the row out with "
                           "`skip_where`, in the `layout` of the source."),
                )  # fmt: skip


def _colour_notes(sheet: Sheet, layout: Layout, body: Sequence[Row], file: str) -> Iterator[Message]:
    if layout.colours is not None:
        return
    numbers = {number for number, _ in body}
    coloured = {row: colour for (row, _), colour in sheet.colours.items() if row in numbers}
    if coloured:
        yield nmsg(
            "{count} row of {file} has coloured cells ({colours}). What the colours mean was not read: say it "
            "under `colours:` in the `layout`, or write `colours: ignore`.",
            "{count} rows of {file} have coloured cells ({colours}). What the colours mean was not read: say it "
            "under `colours:` in the `layout`, or write `colours: ignore`.",
            count=len(coloured),
            file=file,
            colours=", ".join(sorted(set(coloured.values()))),
        )


def _with_colours(table: _Table, body: Sequence[Row]) -> tuple[Row, list[Row]]:
    """Add the column that the colours of cells stand for."""
    colours = table.layout.colours
    if not isinstance(colours, Colours):
        return table.header, list(body)
    place, width = table.place(colours.of), max(len(row) for _, row in [table.header, *body])
    rows, problems = [], []
    for number, row in body:
        found = table.sheet.colours.get((number, place), "")
        if found and found not in colours.meanings:
            problems.append(
                Problem(
                    msg("The colour {colour} has no meaning in the `layout`.", colour=found),
                    f"{table.file}:{number} {get_column_letter(place + 1)}",
                    msg("Add it to `meanings` under `colours`."),
                )
            )
        rows.append((number, [*row, *[""] * (width - len(row)), colours.meanings.get(found, "")]))
    if problems:
        raise AnswerError(problems)
    number, header = table.header
    return (number, [*header, *[""] * (width - len(header)), colours.header]), rows
