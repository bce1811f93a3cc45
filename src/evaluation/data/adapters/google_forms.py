"""Exports from Google Forms: a time stamp first, grids as “question [row]”."""

import re
from collections.abc import Sequence

from evaluation.data.adapters.adapter import Adapter, Delivered, Reading, readable, without_personal
from evaluation.data.matching import plain
from evaluation.vocabulary.errors import ExportError
from evaluation.vocabulary.message import msg

STAMP = {"timestamp", "tidstämpel", "tidsstämpel", "tidsstempel", "tidspunkt", "zeitstempel", "horodateur"}
DAY = r"(?:\d{4}[/-]\d{1,2}[/-]\d{1,2}|\d{1,2}[/.]\d{1,2}[/.]\d{4})"
MOMENT = re.compile(DAY + r",?[T ]\s*\d{1,2}[.:]\d\d(?:[.:]\d\d)?(?:\s*[AaPpFfEe]\.?[Mm]\.?)?(?:\s+\S+)?")
PERSONAL = {"username", "email address", "användarnamn", "e-postadress", "mejladress"}
OWN = 3


def matches(rows: Sequence[list[str]], header: list[str]) -> bool:
    """Tell whether the first column is the tool's time stamp, with a moment in every row."""
    return _begins(header) and len(rows) > 1 and all(MOMENT.fullmatch(row[0].strip()) for row in rows[1:])


def _begins(header: list[str]) -> bool:
    return bool(header) and plain(header[0]) in STAMP


def read(delivered: Delivered) -> Reading:
    """Read an export from Google Forms.

    Parameters
    ----------
    delivered
        The file.

    Returns
    -------
    Reading
        Without the tool's own column for the e-mail address, unless the project file names it.

    Raises
    ------
    ExportError
        If the first column is not the time stamp.
    """
    titles = delivered.cells(0)
    if not _begins(titles):
        raise ExportError(
            msg("The first column is not the time stamp of Google Forms."),
            where=f"{delivered.path.name}:1",
            do=msg("Export it again from Google Forms, or correct `tool:` of the source."),
        )
    frame, number = delivered.under(titles, 1)
    own = [title for title in titles[:OWN] if plain(title) in PERSONAL]
    wording = {name: readable(name) for name in titles if name in frame.columns}
    return without_personal(Reading(frame, number, wording=wording), own, delivered)


ADAPTER = Adapter(
    "Google Forms",
    msg("{file} was read as an export from Google Forms, because of its column of time stamps."),
    matches,
    read,
)
