"""Exports from LimeSurvey: headers as codes, as codes with texts, or as texts."""

import re
from collections.abc import Sequence

import pandas as pd

from evaluation.data.adapters.adapter import (
    Adapter,
    Delivered,
    Reading,
    is_one_of,
    readable,
    sift,
    without_personal,
)
from evaluation.data.matching import plain
from evaluation.vocabulary.message import msg

CODED = re.compile(r"([A-Za-z]\w*(?:\[[^\]]*\])*)\.\s+(\S.*)", re.DOTALL)
CODES = {"submitdate", "lastpage", "startlanguage", "seed"}
TEXTS = {"date submitted", "last page", "start language", "seed"}
FIRST = {"id", "response id"}
SUBMITTED = ("submitdate", "Date submitted")
PERSONAL = (
    "ipaddr",
    "firstname",
    "lastname",
    "email",
    "IP address",
    "First name",
    "Last name",
    "Email address",
)
MARKS = 2


def matches(rows: Sequence[list[str]], header: list[str]) -> bool:
    """Tell whether the header begins with LimeSurvey's own columns, in any of its three forms."""
    first = [plain(_code(title)) for title in header[:8]]
    return first[:1] != [] and first[0] in FIRST and len({*first} & (CODES | TEXTS)) >= MARKS


def _code(title: str) -> str:
    found = CODED.fullmatch(title.strip())
    return found[1] if found else title


def read(delivered: Delivered) -> Reading:
    """Read an export from LimeSurvey.

    Parameters
    ----------
    delivered
        The file.

    Returns
    -------
    Reading
        Under the codes where the header has them, otherwise under the texts. Answers without a date of
        submission are left out unless the source keeps them.

    Notes
    -----
    Headers such as “A1[SQ001]. Are you content? [With the course]” are taken apart if the file begins
    with “id. …” or if all its headers are like this. “N/A”, LimeSurvey's word for a question that was not
    shown, stays in its cells: list it under `not_applicable` of the response scale.
    """
    titles = delivered.cells(0)
    filled = [title for title in titles if title.strip()]
    coded = bool(filled) and (_code(filled[0]) == "id" != filled[0] or all(map(_is_coded, filled)))
    header = [_code(title) if coded else title for title in titles]
    frame, number = delivered.under(header, 1)
    texts = (_text(title) if coded else title for title in titles)
    wording = {
        name: readable(text) for name, text in zip(header, texts, strict=True) if name in frame.columns
    }
    reading = Reading(frame, number, wording=wording if coded or not _only_codes(filled) else {})
    if delivered.source.unfinished == "leave_out":
        reading = sift(reading, {"unfinished": _unsubmitted(reading)}, delivered)
    return without_personal(reading, PERSONAL, delivered)


def _is_coded(title: str) -> bool:
    return CODED.fullmatch(title.strip()) is not None


def _only_codes(titles: list[str]) -> bool:
    return bool(CODES & set(titles))


def _text(title: str) -> str:
    found = CODED.fullmatch(title.strip())
    return found[2] if found else title


def _unsubmitted(reading: Reading) -> pd.Series:
    column = next((name for name in SUBMITTED if name in reading.frame.columns), "")
    return is_one_of(reading.frame, column, ("", "n/a"))


ADAPTER = Adapter(
    "LimeSurvey",
    msg("{file} was read as an export from LimeSurvey, because of its columns on pages and submission."),
    matches,
    read,
)
