"""Dates as people write them: read only where there is one way to read them, or where the form is stated."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta

from evaluation.project.layout import DateForm, Dates

ISO = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?:[T ].*)?")
COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
LOOSE = re.compile(r"(\d{1,2})[-./](\d{1,2})(?:\s*[-./]\s*|\s+)(\d{4}|\d{2})")
SHORT = re.compile(r"(\d{1,2})[-./](\d{1,2})\.?")
SIX = re.compile(r"(\d{2})(\d{2})(\d{2})")
SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
DAY_ZERO = date(1899, 12, 30)
"""Excel counts days from here, since it takes 1900 for a leap year."""
CENTURY = 2000

Parts = tuple[int, int, int]


def certain_date(text: str) -> date | None:
    """Return a date that can be read in one way only: 2024-03-01, 2024.3.1, 20240301, 1.3.2024; else None."""
    text = _tidy(text)
    for pattern in (ISO, COMPACT):
        if found := pattern.fullmatch(text):
            return _day(*map(int, found.groups()))
    found = DOTTED.fullmatch(text)
    return _day(*map(int, found.groups()[::-1])) if found else None


def stated_date(text: str, dates: Dates) -> date | None:
    """Return a date that is certain, or written in one of the forms that the project file states.

    Parameters
    ----------
    text
        As written.
    dates
        The forms of the column, tried in the order stated, and the year of dates without one.

    Returns
    -------
    datetime.date or None
        None if the text is no date in any of the forms.
    """
    found = certain_date(text)
    for form in dates.forms if found is None else ():
        found = found or FORMS[form](_tidy(text), dates.year)
    return found


def iso_date(text: str) -> str | None:
    """Return a date that can be read with certainty in ISO form, or None if it is not one."""
    found = certain_date(text)
    return found.isoformat() if found else None


def _tidy(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).replace("–", "-").split())


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year if year > 99 else CENTURY + year, month, day)
    except ValueError:
        return None


def _day_first(text: str, year: int | None) -> date | None:
    found = _loose(text, year)
    return _day(found[2], found[1], found[0]) if found else None


def _month_first(text: str, year: int | None) -> date | None:
    found = _loose(text, year)
    return _day(found[2], found[0], found[1]) if found else None


def _loose(text: str, year: int | None) -> Parts | None:
    if found := LOOSE.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3])
    if year and (found := SHORT.fullmatch(text)):
        return int(found[1]), int(found[2]), year
    return None


def _six_digits(text: str, year: int | None) -> date | None:
    found = SIX.fullmatch(text)
    return _day(*map(int, found.groups())) if found else None


def _serial(text: str, year: int | None) -> date | None:
    if not SERIAL.fullmatch(text.replace(",", ".")):
        return None
    return DAY_ZERO + timedelta(days=int(float(text.replace(",", "."))))


FORMS: dict[DateForm, Callable[[str, int | None], date | None]] = {
    "dmy": _day_first,
    "mdy": _month_first,
    "yymmdd": _six_digits,
    "serial": _serial,
}
"""How each form is read."""
