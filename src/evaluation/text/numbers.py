"""The numbers of a row written in their unit; those of a rounded row are marked."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from evaluation.text import format as write
from evaluation.text.catalogue import say
from evaluation.text.lexicon import Lexicon
from evaluation.vocabulary.columns import COUNTS
from evaluation.vocabulary.estimands import ESTIMANDS
from evaluation.vocabulary.message import msg
from evaluation.vocabulary.row import is_known, is_rounded


def numbers_of(row: Mapping[str, Any], *, lang: str, words: Lexicon, spoken: bool) -> dict[str, str]:
    """Return every number of a row that has a value, written in its unit.

    Parameters
    ----------
    row
        A row with glossary columns.
    lang
        The language.
    words
        The project's words, for what is written in per cent.
    spoken
        Whether rounded numbers are marked with a word instead of a sign.
    """
    writers = _writers(ESTIMANDS[row["estimand"]].unit, row, in_percent(row, words))
    written = {
        name: writers[name](float(row[name]), lang) for name in writers if name in row and is_known(row[name])
    }
    if not is_rounded(row):
        return written
    return {name: _nearly(name, text, lang, spoken) for name, text in written.items()}


def in_percent(row: Mapping[str, Any], words: Lexicon) -> bool:
    """Tell whether a row is of a statement about how many say yes, computed with 100 for each of them."""
    return (f"percent.{row['indicator']}" if row.get("indicator") else "percent") in words


def _nearly(name: str, number: str, lang: str, spoken: bool) -> str:
    """Mark a number as rounded, unless it was stated beforehand or is the end of what is marked already."""
    if name in (*STATED, *UPPER_ENDS) or number == write.NOTHING:
        return number
    return say(msg("about {number}"), lang, number=number) if spoken else f"{write.NEAR}{number}"


BASE_UNIT = {
    "share": "share",
    "share_difference": "share",
    "score": "score",
    "score_difference": "score",
    "coefficient": "coefficient",
    "effect": "effect",
    "fit": "fit",
    "ratio": "ratio",
    "count": "count",
    "amount": "amount",
    "rank": "rank",
}
IN_UNIT = ("estimate", "conf_low", "conf_high", "bound_low", "bound_high", "reference", "shrunken", "predicted_low",
    "predicted_high", "true_change", "by_loading", "by_intercept",
)  # fmt: skip
IN_BASE_UNIT = ("mean_before", "mean_after", "mean_level", "mean_reference")
AS_SHARE = ("target", "tipping_share", "mean_share", "share_lowest", "share_highest", "heterogeneity")


STATED = ("target", "smallest_important")
"""Numbers that were stated beforehand: an estimate is not written like one that it does not reach."""


SIZED = ("estimate", "mean_before", "mean_after", "mean_level", "mean_reference")
"""Numbers of a row that say how large its scale is: turnover has no decimals, steps have two."""


UPPER_ENDS = ("conf_high", "bound_high")
"""Numbers that stand after the lower end of the same range."""


def _decimals(row: Mapping[str, Any]) -> int:
    if is_rounded(row):
        return max(
            write.decimals_of(float(row[name])) for name in (*SIZED, *IN_UNIT) if is_known(row.get(name))
        )
    largest = max((abs(float(row[name])) for name in SIZED if is_known(row.get(name))), default=0.0)
    return 2 if largest < 10 else 1 if largest < 100 else 0


def _writers(unit: str, row: Mapping[str, Any], in_percent: bool = False) -> dict[str, Any]:
    target, important = ([float(row[name])] if is_known(row.get(name)) else [] for name in STATED)
    decimals = 1 if in_percent and not is_rounded(row) else _decimals(row)
    limits = [sign * limit for limit in important for sign in (1, -1)]
    formats = {
        **write.FORMATS,
        "share": partial(write.share, apart_from=(0, 1, *target)),
        "score": _of_hundred if in_percent else partial(write.number, decimals=decimals),
        "score_difference": partial(write.signed, decimals=decimals, apart_from=limits),
    }
    shown = partial(formats[unit], most=1) if unit == "score_difference" else formats[unit]
    return {
        **dict.fromkeys(IN_UNIT, formats[unit]),
        "estimate": shown,
        **dict.fromkeys(IN_BASE_UNIT, formats[BASE_UNIT[unit]]),
        **dict.fromkeys(AS_SHARE, formats["share"]),
        "tipping_share": _share_of_silent,
        **({"target": write.count} if unit == "count" else {}),
        "bend": _points,
        **({"reference": _points} if unit == "share_difference" else {}),
        **dict.fromkeys(COUNTS, write.count),
        "n_needed": write.count,
        "std_change": write.std,
        "dmacs": partial(write.number, decimals=2),
        "rmsea": partial(write.number, decimals=3),
        "rmsea_difference": partial(write.number, decimals=3),
        "ratio": partial(write.number, decimals=2),
        "p_value": write.p_value,
        "std_error": partial(write.number, decimals=3),
        "p_adjusted": write.p_value,
        "p_step_down": write.p_value,
        "df": write.number,
        "sd_change": partial(write.number, decimals=2),
        "icc": partial(write.number, decimals=2),
        "headroom": write.score,
        "probability": write.share,
        "statistic": partial(write.number, decimals=2),
        "smallest_important": write.trimmed,
        "delta": partial(write.signed, decimals=decimals),
        "detectable": write.score,
    }


def _share_of_silent(value: float, lang: str) -> str:
    """Write the share of the silent that a target needs, which can be more than there are."""
    return say(msg("more than all"), lang) if value > 1 else write.share(value, lang)


def _of_hundred(value: float, lang: str) -> str:
    """Write a share that was computed as a number of a hundred."""
    return write.share(value / 100, lang)


def _points(value: float, lang: str) -> str:
    """Write a limit of a difference of shares, which has no direction."""
    return write.number(100 * value, lang)
