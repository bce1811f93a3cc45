"""What every adapter for a survey tool is given and gives back."""

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

import numpy as np
import pandas as pd

from evaluation.data.grid import build_frame
from evaluation.data.matching import plain
from evaluation.project.source import Source
from evaluation.vocabulary.errors import ExportError
from evaluation.vocabulary.message import Message, msg, nmsg

Row = tuple[int, list[str]]
HEAD = 20
BREAKS = re.compile(r"<(?:br|p|/p|div|/div|li|/li|ul|ol)\b[^<>]*>", re.IGNORECASE)
MARKUP = re.compile(r"</?[A-Za-z][^<>]*>")


@dataclass(frozen=True, eq=False)
class Delivered:
    """The rows of a file, before anybody knows which tool wrote them.

    Attributes
    ----------
    path
        The file.
    source
        The source as the project file describes it.
    head
        The first rows with content, with their numbers.
    rows
        Every row with content, those of the head first; can be gone through once.
    """

    path: Path
    source: Source
    head: tuple[Row, ...]
    rows: Iterator[Row]

    @classmethod
    def of(cls, rows: Iterable[Row], path: Path, source: Source) -> "Delivered":
        """Look at the first rows of a file without losing them."""
        filled = ((number, row) for number, row in rows if any(map(str.strip, row)))
        head = tuple(islice(filled, HEAD))
        return cls(path, source, head, chain(head, filled))

    def cells(self, place: int) -> list[str]:
        """Return the cells of a row of the head, empty if the file is shorter."""
        return self.head[place][1] if place < len(self.head) else []

    def under(self, header: list[str], rows_above: int) -> tuple[pd.DataFrame, int]:
        """Return the frame under a header that stands for the first rows of the file."""
        number = self.head[0][0] if self.head else 1
        body = islice(self.rows, rows_above, None)
        return build_frame(chain([(number, header)] if self.head else [], body), self.path.name)


@dataclass(frozen=True, eq=False)
class Reading:
    """What an adapter made of a file.

    Attributes
    ----------
    frame
        The rows that are answers, as `Export` holds them.
    header_row
        The number of the row that holds the headers.
    left_out
        How many rows were left out, by reason.
    wording
        The question behind a header.
    notes
        What the reader should know.
    """

    frame: pd.DataFrame
    header_row: int
    left_out: Mapping[str, int] = field(default_factory=dict)
    wording: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Adapter:
    """How exports from one survey tool are recognised and read.

    Attributes
    ----------
    name
        What the tool is called.
    found
        The sentence that says by which mark it was recognised; has a field `file`.
    matches
        Tells from the first rows and the header whether the tool wrote the file.
    read
        Reads it.
    """

    name: str
    found: Message
    matches: Callable[[Sequence[list[str]], list[str]], bool]
    read: Callable[[Delivered], Reading]


def named_headers(source: Source) -> set[str]:
    """Return the headers that the project file names for a source, in plain spelling."""
    return {
        plain(header)
        for headers in source.columns.values()
        for header in ((headers,) if isinstance(headers, str) else headers)
    }


def without_personal(reading: Reading, personal: Iterable[str], delivered: Delivered) -> Reading:
    """Drop columns that hold personal data, unless the project file names them; say so in a note.

    Parameters
    ----------
    reading
        What has been read so far.
    personal
        The headers of such columns in any spelling.
    delivered
        The file.
    """
    doomed = {plain(header) for header in personal} - named_headers(delivered.source)
    names = [name for name in reading.frame.columns if plain(name) in doomed]
    if not names:
        return reading
    note = msg(
        "Columns of {file} with personal data were not read: {columns}.",
        file=delivered.path.name,
        columns=", ".join(names),
    )
    return Reading(
        reading.frame.drop(columns=names),
        reading.header_row,
        reading.left_out,
        {header: text for header, text in reading.wording.items() if header not in names},
        (*reading.notes, note),
    )


def sift(reading: Reading, reasons: Mapping[str, pd.Series], delivered: Delivered) -> Reading:
    """Leave out rows, each for the first reason that holds for it.

    Parameters
    ----------
    reading
        What has been read so far.
    reasons
        By reason, which rows of the frame it holds for.
    delivered
        The file.

    Raises
    ------
    ExportError
        If no row remains.
    """
    stays = pd.Series(True, index=reading.frame.index)
    counts: dict[str, int] = {}
    for reason, rows in reasons.items():
        counts[reason] = int((stays & rows).sum())
        stays &= ~rows
    left_out = {**reading.left_out, **{reason: count for reason, count in counts.items() if count}}
    if not stays.any():
        raise ExportError(
            nmsg(
                "The only row is an unfinished answer, a preview or a test.",
                "All {count} rows are unfinished answers, previews or tests.",
                count=len(stays),
            ),
            where=delivered.path.name,
            do=msg("Export it again with finished answers, or write `unfinished: keep` for the source."),
        )
    return Reading(reading.frame[stays], reading.header_row, left_out, reading.wording, reading.notes)


def is_one_of(frame: pd.DataFrame, column: str, texts: Iterable[str]) -> pd.Series:
    """Tell of every row whether a column holds one of some texts; never if there is no such column."""
    if column not in frame.columns:
        return pd.Series(False, index=frame.index)
    wanted = set(texts)
    known = [text for text in frame[column].cat.categories if plain(text) in wanted]
    return frame[column].isin(known)


def filled_with(header: Sequence[str], width: int) -> list[str]:
    """Return a row with empty cells at its end up to a width."""
    return [*header, *[""] * (width - len(header))]


def readable(text: str) -> str:
    """Return a question without markup and line breaks."""
    return " ".join(html.unescape(MARKUP.sub("", BREAKS.sub(" ", text))).split())


def rewritten(cells: pd.Categorical, texts: Sequence[str]) -> pd.Categorical:
    """Return cells whose categories are written in another way; several may be written alike."""
    places, known = pd.factorize(np.array([*texts, ""], dtype=object))
    return pd.Categorical.from_codes(places[cells.codes], categories=pd.Index(known, dtype="str"))
