"""How numbers are written: each kind has one formatter, and every number goes through one.

Numbers use the language's own signs (Swedish: decimal comma, no-break space as thousands
separator and before the per cent sign) and the minus sign U+2212.
"""

from collections.abc import Callable, Sequence
from datetime import date as Date
from functools import lru_cache, partial
from math import isfinite

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

NOTHING = "–"
NEAR = "\N{ALMOST EQUAL TO}\N{NO-BREAK SPACE}"
"""What stands before a rounded number."""
MINUS = "\N{MINUS SIGN}"
PER_CENT = {"sv": "\N{NO-BREAK SPACE}%", "en": "%"}
TO = {"sv": " till ", "en": " to "}
REGION = {"sv": "sv_SE", "en": "en_GB"}
ROUNDING = 1e-10
MOST_DECIMALS = 9


def _locale(lang: str) -> str:
    return REGION.get(lang, lang)


def _clean(text: str) -> str:
    return text.replace("-", MINUS)


def share(value: float, lang: str, apart_from: Sequence[float] = (0, 1)) -> str:
    """Write a share as per cent: whole, but with decimals where rounding would hide what matters.

    99.6 % must not become "100 %", and 69.6 % must not become the target's "70 %".

    Parameters
    ----------
    value
        A proportion between 0 and 1.
    lang
        The language.
    apart_from
        Values that the written number may equal only if it really does.
    """
    if not isfinite(value):
        return NOTHING
    percent, others = 100 * value, [100 * other for other in apart_from]
    return number(percent, lang, _telling(percent, others, 0)) + PER_CENT.get(lang, "%")


def _telling(value: float, others: Sequence[float], decimals: int, most: int = MOST_DECIMALS) -> int:
    """Return with how many decimals a number is not written like one that it does not equal.

    At least `decimals`, and these where `most` more would not do.
    """
    near = [other for other in others if isfinite(other) and abs(other - value) > ROUNDING]
    for tried in range(decimals, min(decimals + most, MOST_DECIMALS) + 1):
        if all(_digits(value, tried) != _digits(other, tried) for other in near):
            return tried
    return decimals


def _digits(value: float, decimals: int) -> str:
    return number(value, "en", decimals)


def points(value: float, lang: str) -> str:
    """Write a difference of shares as signed percentage points, without the unit's name."""
    return signed(100 * value, lang, 1)


def number(value: float, lang: str, decimals: int = 1) -> str:
    """Write a number with a fixed number of decimals."""
    return _written(value, lang, decimals) if isfinite(value) else NOTHING


@lru_cache(maxsize=1 << 16)
def _written(value: float, lang: str, decimals: int) -> str:
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    text = format_decimal(value, format=pattern, locale=_locale(lang))
    return _clean(text) if any(digit in "123456789" for digit in text) else text.replace("-", "")


def signed(
    value: float,
    lang: str,
    decimals: int = 1,
    apart_from: Sequence[float] = (),
    most: int = MOST_DECIMALS,
) -> str:
    """Write a difference with its sign, plus or minus; a limit just beside zero is not written as zero.

    Parameters
    ----------
    value
        The difference.
    lang
        The language.
    decimals
        How many decimals, at least.
    apart_from
        Values that the written number may equal only if it really does.
    most
        How many more decimals at most to tell it from zero; a number that needs more is written as zero.
    """
    if not isfinite(value):
        return NOTHING
    needed = max(_telling(value, (0,), decimals, most), _telling(value, apart_from, decimals))
    text = number(value, lang, needed)
    return f"+{text}" if value > 0 and any(digit in "123456789" for digit in text) else text


def score(value: float, lang: str) -> str:
    """Write a mean on a scale with two decimals."""
    return number(value, lang, 2)


def score_difference(value: float, lang: str, apart_from: Sequence[float] = ()) -> str:
    """Write a difference of means with sign and two decimals, or more where `signed` needs them."""
    return signed(value, lang, 2, apart_from)


def trimmed(value: float, lang: str) -> str:
    """Write a number that was stated, not computed, with as many decimals as it has."""
    return number(value, lang, decimals_of(value)) if isfinite(value) else NOTHING


def decimals_of(value: float) -> int:
    """Return how many decimals a number has."""
    exact = round(value, MOST_DECIMALS)
    return next(d for d in range(MOST_DECIMALS + 1) if round(value, d) == exact)


def count(value: float, lang: str) -> str:
    """Write a count, with the language's thousands separator."""
    return number(value, lang, 0)


def p_value(value: float, lang: str) -> str:
    """Write a p value with three decimals, or as "< 0.001"."""
    if not isfinite(value):
        return NOTHING
    return f"<\N{NO-BREAK SPACE}{number(0.001, lang, 3)}" if value < 0.001 else number(value, lang, 3)


def std(value: float, lang: str) -> str:
    """Write a standardised difference with sign and two decimals."""
    return signed(value, lang, 2)


def interval(low: str, high: str, lang: str) -> str:
    """Write two written limits as a range, with the unit once where both have the same; equal ones once."""
    if NOTHING in (low, high):
        return NOTHING
    if low == high:
        return low
    unit = PER_CENT.get(lang, "%")
    if low.endswith(unit) and high.endswith(unit):
        return f"{low.removesuffix(unit)}–{high}"
    if MINUS in low + high or "+" in low + high:
        word = TO.get(lang, "–")
        return f"{low}{word}{high}"
    return f"{low}–{high}"


WORDS = {
    "sv": ("noll", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"),
    "en": (
        "no",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
    ),
}
"""Numbers up to twelve, as running text writes them."""


def in_words(value: int, lang: str, largest: int = 0) -> str:
    """Write a count as a word up to twelve; with figures if the largest of its sentence needs them.

    Parameters
    ----------
    value
        The count.
    lang
        The language.
    largest
        The largest count of the same sentence.
    """
    words = WORDS.get(lang, ())
    return words[value] if value >= 0 and max(value, largest) < len(words) else count(value, lang)


def date(value: Date, lang: str) -> str:
    """Write a date in words."""
    return format_date(value, format="long", locale=_locale(lang))


def listing(words: Sequence[str], lang: str) -> str:
    """Write words as a list: "a, b and c"."""
    return format_list(list(words), locale=_locale(lang))


FORMATS: dict[str, Callable[[float, str], str]] = {
    "share": share,
    "share_difference": points,
    "score": score,
    "score_difference": score_difference,
    "coefficient": score,
    "count": count,
    "std": std,
    "ratio": score,
    "amount": number,
    "rank": trimmed,
    "effect": score,
    "fit": partial(number, decimals=3),
    "p_value": p_value,
    "df": number,
}
"""The formatter of each unit."""
