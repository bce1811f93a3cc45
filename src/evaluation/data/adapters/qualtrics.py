"""Exports from Qualtrics: three header rows, or the two of the old format."""

import re
from collections.abc import Sequence

import pandas as pd

from evaluation.data.adapters.adapter import (
    Adapter,
    Delivered,
    Reading,
    filled_with,
    is_one_of,
    readable,
    sift,
    without_personal,
)
from evaluation.data.matching import as_number
from evaluation.vocabulary.errors import ExportError
from evaluation.vocabulary.message import msg

MARK = re.compile(r"\s*\{\s*['\"]ImportId['\"]")
OLD = re.compile(r"V\d+")
PREVIEW = ("1", "survey preview", "9", "17", "offline survey preview", "survey preview spam")
TEST = ("2", "survey test")
SPAM = ("8", "spam", "possible spam", "12", "imported spam")
NOT_FINISHED = ("0", "false", "falskt", "falsch", "faux", "falso", "onwaar", "falsk", "epätosi")
PERSONAL = (
    "IPAddress",
    "RecipientLastName",
    "RecipientFirstName",
    "RecipientEmail",
    "LocationLatitude",
    "LocationLongitude",
    "LocationAccuracy",
    "Name",
    "EmailAddress",
)
RENAMED = {"ResponseID": "ResponseId"}


def matches(rows: Sequence[list[str]], header: list[str]) -> bool:
    """Tell whether the third row holds ImportIds, or the first two are those of the old format."""
    return _is_new(rows) or _is_old(rows, header)


def _is_new(rows: Sequence[list[str]]) -> bool:
    cells = [cell for cell in rows[2] if cell.strip()] if len(rows) > 2 else []
    return bool(cells) and all(map(MARK.match, cells))


def _is_old(rows: Sequence[list[str]], header: list[str]) -> bool:
    second = rows[1] if len(rows) > 1 else []
    return header[:2] == ["V1", "V2"] and second[:2] == ["ResponseID", "ResponseSet"]


def read(delivered: Delivered) -> Reading:
    """Read an export from Qualtrics.

    Parameters
    ----------
    delivered
        The file.

    Returns
    -------
    Reading
        Under the codes of the first row; the old format's V1, V2, … have their names of the second row.
        Previews, tests and spam are left out, and unfinished answers unless the source keeps them.

    Raises
    ------
    ExportError
        If the file has neither form.
    """
    rows = [cells for _, cells in delivered.head]
    width = max(map(len, rows), default=0)
    codes, words = (filled_with(delivered.cells(place), width) for place in (0, 1))
    if _is_new(rows):
        header, above = codes, 3
    elif rows and _is_old(rows, rows[0]):
        named = zip(codes, words, strict=True)
        header, above = [RENAMED.get(w, w) if OLD.fullmatch(c) else c for c, w in named], 2
    else:
        raise _not_recognised(delivered)
    frame, number = delivered.under(header, above)
    wording = {
        code: readable(word)
        for code, word in zip(header, words, strict=True)
        if code.strip() and word.strip()
    }
    reading = sift(Reading(frame, number, wording=wording), _reasons(frame, delivered), delivered)
    return without_personal(reading, PERSONAL, delivered)


def _not_recognised(delivered: Delivered) -> ExportError:
    return ExportError(
        msg("The third row does not hold the ImportIds of an export from Qualtrics."),
        where=f"{delivered.path.name}:3",
        do=msg("Export it again without changing its first three rows, or correct `tool:` of the source."),
    )


def _reasons(frame: pd.DataFrame, delivered: Delivered) -> dict[str, pd.Series]:
    previews = is_one_of(frame, "Status", PREVIEW) | is_one_of(frame, "DistributionChannel", ("preview",))
    reasons = {
        "preview": previews,
        "test": is_one_of(frame, "Status", TEST),
        "spam": is_one_of(frame, "Status", SPAM),
    }
    if delivered.source.unfinished == "leave_out":
        reasons["unfinished"] = _unfinished(frame)
    return reasons


def _unfinished(frame: pd.DataFrame) -> pd.Series:
    if "Finished" in frame.columns or "Progress" not in frame.columns:
        return is_one_of(frame, "Finished", NOT_FINISHED)
    short = [text for text in frame["Progress"].cat.categories if (as_number(text) or 0) < 100]
    return frame["Progress"].isin(short)


ADAPTER = Adapter(
    "Qualtrics",
    msg("{file} was read as an export from Qualtrics, because of its rows of codes above the answers."),
    matches,
    read,
)
