"""A row of a result said in words: the same sentence serves page, figure, alt text and table."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from string import Formatter
from typing import Any

from evaluation.text import format as write
from evaluation.text.catalogue import say
from evaluation.text.lexicon import DEFAULTS, Lexicon, word
from evaluation.text.numbers import in_percent, numbers_of
from evaluation.vocabulary.errors import ReportError, one_of
from evaluation.vocabulary.estimands import ESTIMANDS, Estimand, Line
from evaluation.vocabulary.message import Message, msg
from evaluation.vocabulary.reasons import REASONS
from evaluation.vocabulary.row import is_known, is_rounded
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
    if not (is_known(p_value) and is_known(adjusted) and is_known(row.get("verdict"))):
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
    fields: dict[str, Any] = numbers_of(row, lang=lang, words=words, spoken=spoken)
    fields |= _named(row, lang, words) | _counted(row)
    fields["level_percent"] = level_percent(conf_level, lang)
    return fields


def level_percent(conf_level: float, lang: str) -> str:
    """Say the level of an interval as an adjective."""
    return say(msg("{percent}-percent", percent=write.trimmed(100 * conf_level, lang)), lang)


def _counted(row: Mapping[str, Any]) -> dict[str, Any]:
    if is_rounded(row) or not (is_known(row.get("n_total")) and is_known(row.get("n"))):
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
    if is_known(row.get("wave")):
        named["wave"] = word(words, f"wave.{row['wave']}", lang)
    named |= _about(row, lang, words)
    if is_known(row.get("level")):
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
    if not is_known(row.get("contrast")):
        return {}
    if not (is_known(row.get("group")) or str(row["contrast"]).startswith(f"{row.get('level')} - ")):
        later, _, earlier = str(row["contrast"]).partition(" - ")
        named = {"later": later, "earlier": earlier}
        return {name: word(words, f"wave.{wave}", lang) for name, wave in named.items()}
    return {"reference_level": level_word(row, str(row["contrast"]).rpartition(" - ")[2], lang, words)}


def _about(row: Mapping[str, Any], lang: str, words: Lexicon) -> dict[str, Any]:
    """Name scale and question of a row, and for a conclusion the verdict and what would change it."""
    named: dict[str, Any] = {}
    if is_known(row.get("scale")):
        named["Scale"] = capital(word(words, f"scale.{row['scale']}", lang))
    if is_known(row.get("method")):
        named["method"] = word(words, f"method.{row['method']}", lang)
    if is_known(row.get("item")):
        named["item"] = word(words, f"item.{row['item']}", lang)
    if row.get("usual") in VERDICTS:
        named["usual"] = say(VERDICTS[str(row["usual"])].label, lang)
    if is_known(row.get("changes_under")):
        terms = str(row["changes_under"]).split()
        parts = [say(msg("“{text}”"), lang, text=word(words, f"term.{term}", lang)) for term in terms]
        named["changes_under"] = write.listing(parts, lang)
    return named


def _part(row: Mapping[str, Any], lang: str, words: Lexicon) -> dict[str, str]:
    if not is_known(row.get("term")):
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
