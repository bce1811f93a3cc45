"""A row of a result said in words: the same sentence serves page, figure, alt text and table."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from string import Formatter
from typing import Any

import pandas as pd

from evaluation.text import format as write
from evaluation.text.catalogue import say
from evaluation.text.lexicon import DEFAULTS, Lexicon, word
from evaluation.vocabulary.columns import COUNTS
from evaluation.vocabulary.errors import ReportError, one_of
from evaluation.vocabulary.estimands import ESTIMANDS, Estimand, Line
from evaluation.vocabulary.message import Message, msg
from evaluation.vocabulary.reasons import REASONS
from evaluation.vocabulary.tally import every
from evaluation.vocabulary.terms import CAUSES
from evaluation.vocabulary.verdicts import VERDICTS

LEVELS = ("short", "report", "easy")


@dataclass(frozen=True, slots=True)
class Finding:
    """What a row says, and how sure it is.

    Attributes
    ----------
    finding
        Sentences that say what was found.
    sure
        Sentences that say how certain it is, and the reason of the verdict.
    """

    finding: tuple[str, ...]
    sure: tuple[str, ...] = ()

    def __str__(self) -> str:
        return " ".join((*self.finding, *self.sure))

    def __repr__(self) -> str:
        return repr(str(self))


def describe(
    row: Mapping[str, Any],
    *,
    lang: str,
    level: str = "report",
    words: Lexicon | None = None,
    conf_level: float = 0.95,
) -> Finding:
    """Say one row of a result.

    Parameters
    ----------
    row
        A row with glossary columns; a value that is missing leaves out the sentences that need it.
    lang
        The language.
    level
        `short`, `report` or `easy`.
    words
        The project's words; the package's general words where there are none.
    conf_level
        The level of the row's interval, between 0 and 1.
    """
    if level not in LEVELS:
        raise ReportError(msg("There is no reading level {level}.", level=level), do=one_of(level, LEVELS))
    estimand = ESTIMANDS[row["estimand"]]
    fields = fields_of(row, lang=lang, words=words or {}, conf_level=conf_level, spoken=True)
    if row.get("suppressed"):
        return Finding((say(REASONS["too_few_to_show"], lang),))
    if level == "easy":
        return _easy(estimand, row, fields, lang)
    lines = [line for line in getattr(estimand, level) if _usable(line, fields)]
    finding = tuple(_sentence(line, row, fields, lang) for line in lines if not line.sure)
    sure = tuple(_sentence(line, row, fields, lang) for line in lines if line.sure)
    reason = tuple(filter(None, [reason_of(row, fields, lang)]))
    if level == "report":
        return Finding(finding, (*sure, *reason, *_alone(row, fields, lang, 1 - conf_level)))
    return Finding(finding or reason)


def _sentence(line: Line, row: Mapping[str, Any], fields: Mapping[str, Any], lang: str) -> str:
    """Say a line; one of a rounded row may begin with a number, and then begins with "about"."""
    said = say(line.message, lang, **fields)
    return capital(said) if is_rounded(row) else said


def _alone(row: Mapping[str, Any], fields: dict[str, Any], lang: str, alpha: float) -> tuple[str, ...]:
    """Say that a verdict rests on a number that might be chance among as many as were looked at."""
    p_value, adjusted = (row.get(name) for name in ("p_value", "p_adjusted"))
    if not (_known(p_value) and _known(adjusted) and _known(row.get("verdict"))):
        return ()
    if not p_value <= alpha < adjusted:
        return ()
    return (
        say(
            msg("As one of several that are compared, it may be chance (p after Holm {p_adjusted})."),
            lang,
            **fields,
        ),
    )


ABOUT_OTHERS = ("some_do_not",)
"""Reasons that count those who answered but do not meet it; the other reasons count the silent."""


def _easy(estimand: Estimand, row: Mapping[str, Any], fields: dict[str, Any], lang: str) -> Finding:
    said = tuple(_sentence(line, row, fields, lang) for line in estimand.easy if _usable(line, fields))
    verdict = VERDICTS.get(str(row.get("verdict")))
    judged = verdict is not None and bool(estimand.easy) and row["estimand"] != "verdict_count"
    return Finding(said, (say(verdict.easy, lang),) if verdict is not None and judged else ())


def reason_of(row: Mapping[str, Any], fields: Mapping[str, Any], lang: str) -> str:
    """Say why a row has its verdict, or why it has no number; empty where no reason is given."""
    key = str(row.get("reason"))
    if key not in REASONS:
        return ""
    others = {"count": int(row["n"]) - int(row["k"])} if key in ABOUT_OTHERS else {}
    reason, known = REASONS[key], {**fields, **others}
    return say(reason, lang, **known) if _needed(reason) <= known.keys() else ""


def _usable(line: Line, fields: Mapping[str, Any]) -> bool:
    return _needed(line.message) <= fields.keys() and not (set(line.unless) & fields.keys())


def _needed(message: Message) -> frozenset[str]:
    return _fields_in(message.text + message.plural)


@cache
def _fields_in(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name)


def fields_of(
    row: Mapping[str, Any], *, lang: str, words: Lexicon, conf_level: float, spoken: bool = False
) -> dict[str, Any]:
    """Return every field a sentence about the row may name, written in the language.

    Numbers are written in their unit; keys become words. A field without value is left out. Numbers of a
    rounded row are marked as such: with a sign, or with a word in sentences (`spoken`).
    """
    estimand = ESTIMANDS[row["estimand"]]
    writers = _writers(estimand.unit, row, in_percent(row, words))
    fields = {
        name: writers[name](float(row[name]), lang) for name in writers if name in row and _known(row[name])
    }
    if is_rounded(row):
        fields = {name: _nearly(name, text, lang, spoken) for name, text in fields.items()}
    fields |= _named(row, lang, words) | _counted(row)
    fields["level_percent"] = level_percent(conf_level, lang)
    return fields


def in_percent(row: Mapping[str, Any], words: Lexicon) -> bool:
    """Tell whether a row is of a statement about how many say yes, computed with 100 for each of them."""
    return (f"percent.{row['indicator']}" if row.get("indicator") else "percent") in words


def is_rounded(row: Mapping[str, Any]) -> bool:
    """Tell whether a row is told in rounded numbers."""
    return _known(row.get("rounded"))


def _nearly(name: str, number: str, lang: str, spoken: bool) -> str:
    """Mark a number as rounded, unless it was stated beforehand or is the end of what is marked already."""
    if name in (*STATED, *UPPER_ENDS) or number == write.NOTHING:
        return number
    return say(msg("about {number}"), lang, number=number) if spoken else f"{write.NEAR}{number}"


def level_percent(conf_level: float, lang: str) -> str:
    """Say the level of an interval as an adjective."""
    return say(msg("{percent}-percent", percent=write.trimmed(100 * conf_level, lang)), lang)


def _known(value: Any) -> bool:
    return value is not None and not (isinstance(value, float) and pd.isna(value)) and value is not pd.NA


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
            write.decimals_of(float(row[name])) for name in (*SIZED, *IN_UNIT) if _known(row.get(name))
        )
    largest = max((abs(float(row[name])) for name in SIZED if _known(row.get(name))), default=0.0)
    return 2 if largest < 10 else 1 if largest < 100 else 0


def _writers(unit: str, row: Mapping[str, Any], in_percent: bool = False) -> dict[str, Any]:
    target, important = ([float(row[name])] if _known(row.get(name)) else [] for name in STATED)
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


def _counted(row: Mapping[str, Any]) -> dict[str, Any]:
    if is_rounded(row) or not (_known(row.get("n_total")) and _known(row.get("n"))):
        return {"count": 0}
    silent = int(row["n_total"]) - int(row["n"])
    if row["n_total"] == 0:
        return {"count": 0}
    if silent == 0:
        return {"n_everyone": int(row["n_total"]), "count": 0}
    if row["n"] == 0:
        return {"n_silent": silent, "count": silent, "n_unknown": silent}
    return {"n_silent": silent, "count": silent}


def _named(row: Mapping[str, Any], lang: str, words: Lexicon) -> dict[str, Any]:
    about = f".{row['indicator']}" if row.get("indicator") else ""
    named = {kind: word(words, f"{kind}{about}", lang) for kind in ("statement", "respondents", "label")}
    if f"statement{about}" not in words and ESTIMANDS[row["estimand"]].unit.startswith("score"):
        named["statement"] = say(DEFAULTS["score"], lang)
    named |= {name.capitalize(): capital(named[name]) for name in ("statement", "respondents", "label")}
    points = in_percent(row, words)
    named["steps"] = say(msg("percentage points"), lang) if points else word(words, f"steps{about}", lang)
    if f"why{about}" in words:
        named["why"] = word(words, f"why{about}", lang)
    if row.get("reason") in CAUSES:
        named["cause"] = say(CAUSES[str(row["reason"])], lang)
    if _known(row.get("wave")):
        named["wave"] = word(words, f"wave.{row['wave']}", lang)
    named |= _about(row, lang, words)
    if _known(row.get("level")):
        named["level"] = level_word(row, str(row["level"]), lang, words)
        named["Level"] = capital(named["level"])
    if row.get("verdict") in VERDICTS:
        verdict = VERDICTS[str(row["verdict"])]
        named["verdict"] = say(verdict.label, lang)
        if row["estimand"] == "verdict_count":
            named["counted"] = write.count(row["estimate"], lang)
            named["tally"] = _tally(str(row["verdict"]), int(row["estimate"]), int(row["n_total"]), lang)
    return named | _compared(row, lang, words) | _part(row, lang, words)


def _tally(verdict: str, count: int, total: int, lang: str) -> str:
    """Say how many of a kind got a verdict: some, every one, or the only one there is."""
    if count == total:
        return capital(say(every(verdict, count, write.in_words(count, lang)), lang))
    written = 1 if count == 1 else write.in_words(count, lang, total)
    n_total = write.in_words(total, lang)
    return capital(say(VERDICTS[verdict].counted, lang, count=written, n_total=n_total))


def _compared(row: Mapping[str, Any], lang: str, words: Lexicon) -> dict[str, str]:
    if not _known(row.get("contrast")):
        return {}
    if not (_known(row.get("group")) or str(row["contrast"]).startswith(f"{row.get('level')} - ")):
        later, _, earlier = str(row["contrast"]).partition(" - ")
        named = {"later": later, "earlier": earlier}
        return {name: word(words, f"wave.{wave}", lang) for name, wave in named.items()}
    return {"reference_level": level_word(row, str(row["contrast"]).rpartition(" - ")[2], lang, words)}


def _about(row: Mapping[str, Any], lang: str, words: Lexicon) -> dict[str, Any]:
    """Name scale and question of a row, and for a conclusion the verdict and what would change it."""
    named: dict[str, Any] = {}
    if _known(row.get("scale")):
        named["Scale"] = capital(word(words, f"scale.{row['scale']}", lang))
    if _known(row.get("method")):
        named["method"] = word(words, f"method.{row['method']}", lang)
    if _known(row.get("item")):
        named["item"] = word(words, f"item.{row['item']}", lang)
    if row.get("usual") in VERDICTS:
        named["usual"] = say(VERDICTS[str(row["usual"])].label, lang)
    if _known(row.get("changes_under")):
        terms = str(row["changes_under"]).split()
        parts = [say(msg("“{text}”"), lang, text=word(words, f"term.{term}", lang)) for term in terms]
        named["changes_under"] = write.listing(parts, lang)
    return named


def _part(row: Mapping[str, Any], lang: str, words: Lexicon) -> dict[str, str]:
    if not _known(row.get("term")):
        return {}
    term = term_word(row, lang, words)
    if row["term"] == "then":
        return {"retrospect": term}
    return {
        "term": term,
        "Term": capital(term),
        "reading": f"({term})" if f"item.{row['term']}" in words else term,
    }


def term_word(row: Mapping[str, Any], lang: str, words: Lexicon) -> str:
    """Say the part that a row is about: a question, an answer option, a stage or a reading."""
    term = str(row["term"])
    if row.get("estimand") == "response_pattern":
        return _pattern(term, lang, words)
    key = f"option.{row.get('item')}.{term}"
    if key in words:
        return word(words, key, lang)
    if f"item.{term}" in words:
        return word(words, f"item.{term}", lang)
    if f"source.{term}" in words:
        return word(words, f"source.{term}", lang)
    if f"group.{term}" in words:
        return word(words, f"group.{term}", lang).lower()
    return word(words, f"term.{term}", lang)


def _pattern(term: str, lang: str, words: Lexicon) -> str:
    """Say in which waves somebody answered; `term` holds their keys with spaces between."""
    if term == "never":
        return word(words, "term.never", lang)
    waves = [word(words, f"wave.{wave}", lang).lower() for wave in term.split()]
    return write.listing(waves, lang) if len(waves) > 1 else say(msg("only {wave}"), lang, wave=waves[0])


def level_word(row: Mapping[str, Any], level: str, lang: str, words: Lexicon) -> str:
    """Say a level of the row's group; an intersection is said by the levels it consists of."""
    groups, levels = str(row.get("group")).split("+"), level.split("+")
    if len(groups) == len(levels) > 1:
        parts = zip(groups, levels, strict=True)
        return ", ".join(word(words, f"level.{group}.{own}", lang) for group, own in parts)
    return word(words, f"level.{row.get('group')}.{level}", lang)


def capital(text: str) -> str:
    """Return the text with its first letter as a capital."""
    return text[:1].upper() + text[1:]
