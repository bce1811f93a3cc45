"""Exports from SurveyMonkey: questions in the first row, their options in the second."""

import re
from collections.abc import Sequence

from evaluation.data.adapters.adapter import (
    Adapter,
    Delivered,
    Reading,
    filled_with,
    readable,
    without_personal,
)
from evaluation.data.matching import plain
from evaluation.vocabulary.errors import ExportError
from evaluation.vocabulary.message import msg

NO_OPTION = {"", "response", "open-ended response", "svar", "öppet svar", "antwort", "réponse", "respuesta"}
PERSONAL = ("IP Address", "Email Address", "First Name", "Last Name", "IP-adress", "E-postadress")
OWN = re.compile(r"respondent[ _-]?id")


def matches(rows: Sequence[list[str]], header: list[str]) -> bool:
    """Tell whether the first column holds SurveyMonkey's numbers, with options in the row above them."""
    return len(rows) > 2 and _has_options(rows) and bool(re.fullmatch(r"\d{6,}", rows[2][0].strip()))


def _has_options(rows: Sequence[list[str]]) -> bool:
    first, second = rows[0][0], rows[1]
    return bool(OWN.fullmatch(plain(first))) and not second[0].strip() and any(map(str.strip, second))


def read(delivered: Delivered) -> Reading:
    """Read an export from SurveyMonkey.

    Parameters
    ----------
    delivered
        The file.

    Returns
    -------
    Reading
        Under headers of the form “question [option]”; only the question where there is one column for it.

    Raises
    ------
    ExportError
        If the second row does not hold options.
    """
    rows = [cells for _, cells in delivered.head]
    if len(rows) < 2 or not _has_options(rows):
        raise ExportError(
            msg("The second row does not hold the options of an export from SurveyMonkey."),
            where=f"{delivered.path.name}:2",
            do=msg("Export it again without changing its first two rows, or correct `tool:` of the source."),
        )
    width = max(map(len, rows))
    header = _joined(filled_with(rows[0], width), filled_with(rows[1], width))
    frame, number = delivered.under(header, 2)
    wording = {name: readable(name) for name in header if name in frame.columns}
    return without_personal(Reading(frame, number, wording=wording), PERSONAL, delivered)


def _joined(questions: list[str], options: list[str]) -> list[str]:
    """Return one header per column; a question without text is the one to its left."""
    header, current = [], ""
    for question, option in zip(questions, options, strict=True):
        if question.strip():
            current = question.strip()
        elif not option.strip():
            current = ""
        header.append(current if plain(option) in NO_OPTION else f"{current} [{option.strip()}]".strip())
    return header


ADAPTER = Adapter(
    "SurveyMonkey",
    msg(
        "{file} was read as an export from SurveyMonkey, because of its respondent numbers and two header rows."
    ),
    matches,
    read,
)
