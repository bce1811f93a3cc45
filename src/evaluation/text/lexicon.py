"""The words of one project that a result needs, by key; results themselves hold only keys."""

from collections.abc import Mapping

from evaluation.text.catalogue import say
from evaluation.text.format import signed
from evaluation.vocabulary.message import Message, msg, pmsg
from evaluation.vocabulary.terms import COMPUTED_BY, LEVELS, TERMS

SINCE = "since_"
"""How the key of a wave begins that is a number of years since organisations started."""
Lexicon = Mapping[str, Mapping[str, str]]
"""Texts by language, by dotted key: "label.goal", "wave.after", "level.sex.women"."""

DEFAULTS: dict[str, Message] = {
    "statement": pmsg("default", "meet the condition"),
    "score": pmsg("default", "the measured score"),
    "respondents": pmsg("default", "respondents"),
    "label": pmsg("default", "The measure"),
    "steps": pmsg("default", "steps"),
}
"""Words for results that belong to no project."""


def word(words: Lexicon, key: str, lang: str) -> str:
    """Return the project's text for a key, or the package's own word, or the key's last part."""
    texts = words.get(key)
    if texts and texts.get(lang):
        return texts[lang]
    kind, _, name = key.partition(".")
    if kind == "term" and name in TERMS:
        return say(TERMS[name], lang)
    if kind == "method" and name in COMPUTED_BY:
        return say(COMPUTED_BY[name], lang)
    if kind == "level" and name in LEVELS:
        return say(LEVELS[name], lang)
    if kind == "wave" and name.startswith(SINCE):
        return say(msg("year {number}", number=signed(int(name.removeprefix(SINCE)), lang, 0)), lang)
    if kind in DEFAULTS:
        return say(DEFAULTS[kind], lang)
    return key.rpartition(".")[2]
