"""How a text in a file is recognised: spelling that does not matter, numbers, near misses."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches

APOSTROPHES = str.maketrans("’‘´`", "''''")
GUARD = re.compile(r"^'(?=[=+@-])")
NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?")
NUMBERED = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:[-–—.:)=]\s*|\s)(\D.*)")
ADDRESS = re.compile(r"\S@\S")
LONG_NUMBER = re.compile(r"\d(?:[ -]?\d){8,}")
SHOWN = 40
COMPARED = 300


def plain(text: str) -> str:
    """Return a text without what never matters: case, extra spaces, Unicode variants, a final full stop.

    The apostrophe counts as nothing that a survey tool puts before a sign with which a formula begins.
    """
    text = unicodedata.normalize("NFKC", GUARD.sub("", text.translate(APOSTROPHES)))
    return " ".join(text.split()).casefold().removesuffix(".").rstrip()


def as_number(text: str) -> float | None:
    """Return the number a text stands for, with decimal point or comma, or None if it is not a number."""
    text = unicodedata.normalize("NFKC", text).strip().replace("−", "-")
    return float(text.replace(",", ".")) if NUMBER.fullmatch(text) else None


def as_numbered(text: str) -> tuple[float, str] | None:
    """Split a text such as “4 – Agree” into its number and its words, or return None."""
    found = NUMBERED.fullmatch(plain(text))
    return (float(found[1].replace(",", ".")), plain(found[2])) if found else None


def shorten(text: str, limit: int = SHOWN) -> str:
    """Return a text fit for a message: at most `limit` characters, nothing that identifies a person.

    E-mail addresses and numbers of nine digits or more (telephone, identity number) become an ellipsis.
    """
    words = ("…" if ADDRESS.search(word) else word for word in text.split())
    text = LONG_NUMBER.sub("…", " ".join(words))
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def nearest(text: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate that is spelt most like a text, or None if none is near."""
    known = {plain(candidate)[:COMPARED]: candidate for candidate in candidates}
    near = get_close_matches(plain(text)[:COMPARED], known, n=1, cutoff=0.6)
    return known[near[0]] if near else None
