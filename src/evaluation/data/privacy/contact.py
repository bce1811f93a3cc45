"""E-mail addresses, telephone numbers, IP addresses and names: how columns and texts with them are known."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from evaluation.data.matching import plain
from evaluation.vocabulary.message import Message, pmsg

EMAIL = re.compile(r"[^\s@<>()\[\],;:\"]+@[^\s@<>()\[\],;:\"]+\.[^\W\d_]{2,}")
PHONE = re.compile(
    r"(?<![\w.,+/-])(?:\+\d{1,3}[ /-]?(?:\(0\))?[ -]?\d{1,4}|00[1-9]\d[ -]?\d{1,3}|07[02369]|0[1-9]\d{0,2}[-/])"
    r"(?:[ /-]?\d){5,9}(?![\w-])(?![.,]\d)"
)
IP = re.compile(
    r"(?<![\w.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\w.]\w)"
    r"|(?<![\w:])(?:[0-9a-f]{1,4}:){4,7}(?::?[0-9a-f]{1,4})(?![\w:])",
    re.IGNORECASE,
)
CAPITALISED = r"[A-ZÅÄÖÉÜØÆ][a-zåäöéèüøæ]+(?:-[A-ZÅÄÖ][a-zåäöéèüøæ]+)?"
NAME = re.compile(rf"{CAPITALISED}(?: {CAPITALISED}){{1,3}}")
MASK = "[…]"
MOST, NEARLY_ALL, ENOUGH = 0.5, 0.8, 5
WORDS_OF_A_SENTENCE = 4


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of personal data.

    Attributes
    ----------
    label
        What it is called, in the plural.
    header
        Headers of columns that hold it, in plain spelling.
    pattern
        What it looks like.
    share, least
        Which share of the different texts of a column, and how many, must look like it.
    """

    label: Message
    header: re.Pattern[str]
    pattern: re.Pattern[str]
    share: float = MOST
    least: int = 1


def _header(*words: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?:din|ditt|your|respondentens?|recipients?|deltagarens?) ?)?(?:{'|'.join(words)})[:?*]?"
    )


KINDS: Mapping[str, Kind] = {
    "email": Kind(
        pmsg("personal data", "e-mail addresses"),
        _header(
            r"e[ -]?post(?:[ -]?adress)?",
            r"e-?mail(?:[ _-]?address)?",
            r"mejl(?:adress)?",
            r"mail(?:adress)?",
        ),
        EMAIL,
    ),
    "phone": Kind(
        pmsg("personal data", "telephone numbers"),
        _header(
            r"(?:mobil|tele?fon|tfn|tel)(?:telefon)?-?(?:nummer|nr)?",
            r"(?:mobile|cell|tele)?[ _-]?phone(?:[ _-]?(?:number|no))?",
            r"mobile(?:[ _-]?number)?",
        ),
        PHONE,
    ),
    "ip_address": Kind(
        pmsg("personal data", "IP addresses"), _header(r"ip", r"ip[ _-]?(?:adress|address|nummer)"), IP
    ),
    "name": Kind(
        pmsg("personal data", "names of people"),
        _header(
            r"(?:för|efter|full|person)?namn",
            r"för- och efternamn",
            r"(?:full|first|last|sur|given|family)?[ _]?name",
        ),
        NAME,
        NEARLY_ALL,
        ENOUGH,
    ),
}
"""Personal data by kind, the surest first."""

SIGHTED: Mapping[str, Callable[[str], bool]] = {
    "email": lambda text: EMAIL.search(text) is not None,
    "phone": lambda text: PHONE.search(text) is not None,
    "ip_address": lambda text: IP.search(text) is not None,
}
"""What can be told apart within a longer text."""


def kind_of(header: str, column: pd.Series) -> str | None:
    """Return which kind of personal data a column holds, by its header or its cells; None if none.

    Parameters
    ----------
    header
        The column's header.
    column
        Its cells, dictionary-encoded texts.
    """
    named = plain(header)
    by_header = next((key for key, kind in KINDS.items() if kind.header.fullmatch(named)), None)
    return by_header or kind_by_content(column)


def kind_by_content(column: pd.Series, kinds: Sequence[str] = tuple(KINDS)) -> str | None:
    """Return which kind of personal data the cells of a column look like; None if none."""
    texts = [text.strip() for text in different_texts(column) if text.strip()]
    for key in kinds:
        kind = KINDS[key]
        alike = sum(kind.pattern.fullmatch(text) is not None for text in texts)
        if alike >= kind.least and alike > kind.share * len(texts):
            return key
    return None


def holds_free_text(column: pd.Series) -> bool:
    """Tell whether most different texts of a column are several words long, and most cells differ."""
    texts = [text for text in different_texts(column) if text.strip()]
    if len(texts) < ENOUGH:
        return False
    long = sum(len(text.split()) >= WORDS_OF_A_SENTENCE for text in texts)
    return long > MOST * len(texts) and len(texts) > MOST * filled(column)


SAMPLE = 2_000


def different_texts(column: pd.Series) -> list[str]:
    """Return the different texts of a column, at most some thousands spread over it."""
    categories = column.cat.categories
    step = max(1, len(categories) // SAMPLE)
    return [str(text)[:500] for text in categories[::step]]


def filled(column: pd.Series) -> int:
    """Return how many cells of a column are not empty."""
    blank = np.array([not text.strip() for text in column.cat.categories], dtype=bool)
    return len(column) - int(np.append(blank, True)[column.array.codes].sum())


def masked(text: str) -> str:
    """Return a text with e-mail addresses, telephone numbers and IP addresses replaced by a mark.

    Examples
    --------
    >>> masked("Skriv till anna@exempel.se eller ring 070-123 45 67.")
    'Skriv till […] eller ring […].'
    """
    for pattern in (EMAIL, IP, PHONE):
        text = pattern.sub(MASK, text)
    return text
