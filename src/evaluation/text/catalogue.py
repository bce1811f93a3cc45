"""Translations read directly from `.po` files, so that there is no compiled file to forget."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from evaluation.text.format import count
from evaluation.vocabulary.errors import EvaluationError, ReportError, one_of
from evaluation.vocabulary.message import Message, msg

LOCALE = Path(__file__).with_name("locale")
SOURCE_LANGUAGE = "en"


@cache
def languages() -> tuple[str, ...]:
    """List the languages that the package speaks."""
    return (
        SOURCE_LANGUAGE,
        *sorted(path.parent.parent.name for path in LOCALE.glob("*/LC_MESSAGES/evaluation.po")),
    )


@cache
def translations(lang: str) -> Catalog:
    """Return the catalogue of a language; English is the language of the messages themselves."""
    if lang not in languages():
        raise ReportError(msg("The package does not speak {lang}.", lang=lang), do=one_of(lang, languages()))
    if lang == SOURCE_LANGUAGE:
        return Catalog(locale=lang)
    with (LOCALE / lang / "LC_MESSAGES" / "evaluation.po").open("rb") as file:
        return read_po(file, locale=lang)


def say(message: Message, lang: str, /, **fields: object) -> str:
    """Say a message in a language.

    Parameters
    ----------
    message
        The message. Fields that are messages are said in the same language, of texts by language
        the one is taken, and whole numbers get the language's thousands separator.
    lang
        A language of `languages()`.
    **fields
        More fields, which win over the message's own.
    """
    values = {**message.fields, **fields}
    spoken = {name: _spoken(value, lang) for name, value in values.items()}
    return _sentence(message, lang, values).format_map(spoken)


def say_error(error: EvaluationError, lang: str) -> list[str]:
    """Say every problem of an error, one line each: where, what, what to do."""
    return [
        " ".join(
            part
            for part in (
                f"{problem.where}:" if problem.where else "",
                say(problem.what, lang),
                say(problem.do, lang) if problem.do else "",
            )
            if part
        )
        for problem in error.problems
    ]


def _spoken(value: object, lang: str) -> object:
    if isinstance(value, Message):
        return say(value, lang)
    if isinstance(value, Mapping):
        return value[lang]
    if isinstance(value, int) and not isinstance(value, bool):
        return count(value, lang)
    return value


def _sentence(message: Message, lang: str, values: Mapping[str, object]) -> str:
    singular = values.get("count") == 1
    if lang == SOURCE_LANGUAGE:
        return message.plural if message.plural and not singular else message.text
    key = (message.text, message.plural) if message.plural else message.text
    entry = translations(lang).get(key, context=message.context or None)
    if entry is None or not entry.string:
        raise ReportError(
            msg("The sentence “{text}” has no translation.", text=message.text),
            where=lang,
            do=msg("Add it to the catalogue; `make messages` lists what is missing."),
        )
    if isinstance(entry.string, tuple):
        return entry.string[0 if singular else 1]
    return entry.string
