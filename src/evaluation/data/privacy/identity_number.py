"""Swedish personal identity numbers and coordination numbers, however they are written."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import compress

import pyarrow as pa
import pyarrow.compute as pc

from evaluation.vocabulary.message import Message, pmsg

DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣－", "-"))
INTERIM = "TRSUWXJKLMN"
NUMBER = re.compile(
    r"(?<!\d)(?<!\d[.,])(?P<century>18|19|20)?(?P<year>\d\d)(?P<gap>[ ./-]?)(?P<month>\d\d)(?P=gap)(?P<day>\d\d)"
    rf"(?P<sign>\s*[-+/]?\s*)(?P<serial>[\d{INTERIM}]\d\d)(?P<check>\d)(?!\d)(?![.,]\d)(?!-\w)",
    re.IGNORECASE,
)
ROUGHLY = (
    r"(?s)\p{Nd}{2}.?\p{Nd}{2}.?\p{Nd}{2}.{0,3}[\p{Nd}A-Za-z]\p{Nd}{3}"  # every NUMBER has this, any script
)
COORDINATION = 60
"""What is added to the day of birth in a coordination number."""

PERSONAL = pmsg("identity", "personal identity number")
COORDINATED = pmsg("identity", "coordination number")
PROVISIONAL = pmsg("identity", "interim personal identity number")


@dataclass(frozen=True, slots=True)
class Found:
    """What has the form and a possible date of an identity number.

    Attributes
    ----------
    start, end
        Where it stands in the text as `comparable_form` returns it.
    number
        Ten signs: date of birth, serial number and check digit; the century is left out, so that the
        same person has the same number in every spelling. Not shown when printed.
    kind
        Personal, coordination or interim number.
    checked
        Whether the check digit is right.
    whole
        Whether the text holds nothing else.
    """

    start: int
    end: int
    number: str
    kind: Message
    checked: bool
    whole: bool

    def __repr__(self) -> str:
        return f"Found({self.kind})"


def comparable_form(text: str) -> str:
    """Return a text with digits 0–9, plain hyphens and plain spaces."""
    text = unicodedata.normalize("NFKC", text.translate(DASHES)).translate(DASHES)
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)


def check_digit(digits: str) -> int:
    """Return the check digit of nine digits by Luhn's formula.

    Examples
    --------
    >>> check_digit("811218987")
    6
    """
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(digits))
    return -sum(value // 10 + value % 10 for value in doubled) % 10


def identity_numbers(text: str) -> list[Found]:
    """Return everything in a text that is an identity number by its form, date and check digit.

    Parameters
    ----------
    text
        Any text: a cell, an open answer, a page.

    Examples
    --------
    >>> [str(found.kind) for found in identity_numbers("Jag är 19811218-9876, ring mig.")]
    ['personal identity number']
    >>> identity_numbers("811218-9875"), identity_numbers("order 556012-5790")
    ([], [])
    """
    return [found for found in candidates(text) if found.checked]


def candidates(text: str) -> list[Found]:
    """Return everything in a text that has the form and a possible date, whatever its check digit."""
    text = comparable_form(text)
    return [found for match in NUMBER.finditer(text) if (found := _found(match, text)) is not None]


def _found(match: re.Match[str], text: str) -> Found | None:
    century, year, month, day = (match[name] for name in ("century", "year", "month", "day"))
    bare = not match["gap"] and not match["sign"]
    beside = text[max(match.start() - 1, 0) : match.start()] + text[match.end() : match.end() + 1]
    touches = bare and any(sign.isalnum() or sign == "_" for sign in beside)
    if touches or not _is_day(century or "20", year, month, day):
        return None
    serial = match["serial"].upper()
    number = f"{year}{month}{day}{serial}{match['check']}"
    digits = f"{year}{month}{day}{'1' if serial[0].isalpha() else serial[0]}{serial[1:]}"
    kind = PROVISIONAL if serial[0].isalpha() else COORDINATED if int(day) > COORDINATION else PERSONAL
    checked = serial != "000" and check_digit(digits) == int(match["check"])
    whole = match.group().strip() == text.strip(" \t'\"=")
    return Found(match.start(), match.end(), number, kind, checked, whole)


def _is_day(century: str, year: str, month: str, day: str) -> bool:
    number = int(day)
    try:
        date(int(century + year), int(month), number - COORDINATION if number > COORDINATION else number)
    except ValueError:
        return False
    return True


def suspicious(texts: Sequence[str], pattern: str = ROUGHLY) -> Iterator[tuple[int, str]]:
    """Yield the texts that have a pattern, with their places; quick for millions.

    Parameters
    ----------
    texts
        Different texts.
    pattern
        In the syntax of RE2; by default what every identity number has.
    """
    if not len(texts):
        return
    likely = pc.match_substring_regex(pa.array(texts, pa.large_string()), pattern)
    yield from compress(enumerate(texts), likely.to_numpy(zero_copy_only=False))
