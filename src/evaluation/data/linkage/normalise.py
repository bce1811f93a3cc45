"""Comparable text: what two people write differently and mean the same."""

import re
import unicodedata
from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

WORDS = {
    word: str(number)
    for words in (
        ("noll", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"),
        ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    )
    for number, word in enumerate(words)
} | {"twelve": "12"}
"""Numbers in words; the Swedish `en` is left out, since it also begins names."""

WITHOUT_MARK = str.maketrans({"ø": "o", "æ": "a", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "œ": "o"})
WHOLE = re.compile(r"([0-9]+)[.,]0+")
GAP = re.compile(r"[\W_]+")


def comparable(text: str) -> str:
    """Return a text by which two ways of writing it are compared; å, ä and ö are letters of their own.

    Parameters
    ----------
    text
        What was written: one element of a code, or a whole code.

    Returns
    -------
    str
        In compatibility form (NFKC), small letters, letters and digits only. Digits of any script are
        0-9. A text that is a number, in digits or in words, has no leading zeros and no decimals.

    Examples
    --------
    >>> comparable(" Åsa-Lena "), comparable("07"), comparable("7.0"), comparable("sju"), comparable("７")
    ('åsalena', '7', '7', '7', '7')
    """
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).strip()
    plain = "".join(str(unicodedata.decimal(sign, sign)) for sign in plain)
    whole = WHOLE.fullmatch(plain)
    plain = GAP.sub("", whole[1] if whole else plain)
    plain = WORDS.get(plain, plain)
    return plain.lstrip("0") or "0" if plain.isascii() and plain.isdecimal() else plain


def folded(text: str) -> str:
    """Return a comparable text without the marks of its letters: å and ä are a, ö is o.

    Parameters
    ----------
    text
        What was written.

    Returns
    -------
    str
        As `comparable`, with every letter without its mark.

    Examples
    --------
    >>> folded("Åsa"), folded("ÖREBRO"), folded("Zoë")
    ('asa', 'orebro', 'zoe')
    """
    apart = unicodedata.normalize("NFKD", comparable(text).translate(WITHOUT_MARK))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def comparable_name(text: str) -> str:
    """Return the name of a column or a company for comparison: words with single spaces between.

    Parameters
    ----------
    text
        The name as it stands in the file.

    Returns
    -------
    str
        In compatibility form, small letters, without punctuation.

    Examples
    --------
    >>> comparable_name("  Kod_del 1: (bokstäver) ")
    'kod del 1 bokstäver'
    """
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return GAP.sub(" ", "".join(str(unicodedata.decimal(sign, sign)) for sign in plain)).strip()


def normalised(texts: ArrayLike, form: Callable[[str], str] = comparable) -> NDArray[np.object_]:
    """Return texts in comparable form; every different text is looked at once.

    Parameters
    ----------
    texts
        Shape (n,); a missing text becomes "".
    form
        `comparable`, `folded` or `comparable_name`.

    Returns
    -------
    numpy.ndarray
        Shape (n,), texts.

    Examples
    --------
    >>> normalised(["A ", None, "a"]).tolist()
    ['a', '', 'a']
    """
    codes, found = pd.factorize(pd.Series(texts, dtype="object"))
    forms = np.array([*(form(str(text)) for text in found), ""], dtype=object)
    return forms[codes]
