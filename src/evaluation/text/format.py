"""How numbers are written: each kind has one formatter, and every number goes through one.

Numbers use the language's own signs (Swedish: decimal comma, no-break space as thousands
separator and before the per cent sign) and the minus sign U+2212.
"""

from collections.abc import Callable, Sequence
from datetime import date as Date
from math import isfinite

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

NOTHING = "–"
MINUS = "\N{MINUS SIGN}"
PER_CENT = {"sv": "\N{NO-BREAK SPACE}%", "en": "%"}
TO = {"sv": " till ", "en": " to "}
REGION = {"sv": "sv_SE", "en": "en_GB"}


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
    near = [other for other in apart_from if isfinite(other) and abs(other - value) > 1e-12]
    decimals = next(
        (d for d in range(3) if all(round(value, d + 2) != round(other, d + 2) for other in near)), 3
    )
    return number(100 * value, lang, decimals) + PER_CENT.get(lang, "%")


def points(value: float, lang: str) -> str:
    """Write a difference of shares as signed percentage points, without the unit's name."""
    return signed(100 * value, lang, 1)


def number(value: float, lang: str, decimals: int = 1) -> str:
    """Write a number with a fixed number of decimals."""
    if not isfinite(value):
        return NOTHING
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    text = format_decimal(value, format=pattern, locale=_locale(lang))
    return _clean(text) if any(digit in "123456789" for digit in text) else text.replace("-", "")


def signed(value: float, lang: str, decimals: int = 1) -> str:
    """Write a difference with its sign, plus or minus."""
    if not isfinite(value):
        return NOTHING
    while value and decimals < 3 and round(value, decimals) == 0:
        decimals += 1  # a limit just beside zero must not be written as zero
    text = number(value, lang, decimals)
    return f"+{text}" if value > 0 and any(digit in "123456789" for digit in text) else text


def score(value: float, lang: str) -> str:
    """Write a mean on a scale with two decimals."""
    return number(value, lang, 2)


def score_difference(value: float, lang: str) -> str:
    """Write a difference of means with sign and two decimals."""
    return signed(value, lang, 2)


def trimmed(value: float, lang: str) -> str:
    """Write a number with as many decimals as it has, two at the most."""
    decimals = next((d for d in range(2) if round(value, d) == round(value, 2)), 2)
    return number(value, lang, decimals)


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
    """Write two written limits as a range, with the unit once where both have the same."""
    if NOTHING in (low, high):
        return NOTHING
    unit = PER_CENT.get(lang, "%")
    if low.endswith(unit) and high.endswith(unit):
        return f"{low.removesuffix(unit)}–{high}"
    if MINUS in low + high or "+" in low + high:
        word = TO.get(lang, "–")
        return f"{low}{word}{high}"
    return f"{low}–{high}"


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
    "count": count,
    "std": std,
    "p_value": p_value,
    "df": number,
}
"""The formatter of each unit."""
