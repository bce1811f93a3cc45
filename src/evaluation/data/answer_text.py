"""What one answer text means on its response scale."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from evaluation.data.matching import as_number, as_numbered, nearest, plain, shorten
from evaluation.project.source import Option, Response
from evaluation.vocabulary.message import Message, msg, nmsg

MISSING = ("none", "dont_know", "not_applicable", "skipped", "not_reached")
"""The kinds of missing answers in the order of their codes; `none` means that there is a value."""

NONE, DONT_KNOW, NOT_APPLICABLE, SKIPPED, NOT_REACHED = range(5)
BLANK, OUT_OF_RANGE, NOT_WHOLE, UNKNOWN = range(5, 9)
"""Codes while reading: an empty cell, and what is wrong with a text."""

Meaning = tuple[float, int]


@dataclass(frozen=True, slots=True)
class ResponseScale:
    """A response scale made ready for reading texts.

    Attributes
    ----------
    name
        The scale's key in the project file.
    response
        The scale as the project file describes it.
    texts
        What each known text means: value and kind of missing.
    """

    name: str
    response: Response
    texts: Mapping[str, Meaning]

    def meaning(self, text: str) -> Meaning:
        """Return value and code of a text: a kind of missing, `BLANK`, or what is wrong with it."""
        if not text.strip():
            return math.nan, BLANK
        known = self.texts.get(plain(text))
        if known is not None:
            return known
        number = as_number(text)
        return self._of_words(text) if number is None else self._of_number(number)

    def _of_number(self, number: float) -> Meaning:
        known = self.texts.get(f"{number:g}")
        if known is not None:
            return known
        low, high = self.response.limits
        values = {option.value for option in self.response.options}
        if not low <= number <= high:
            return math.nan, OUT_OF_RANGE
        if (values and number not in values) or (self.response.whole and not number.is_integer()):
            return math.nan, NOT_WHOLE
        return number, NONE

    def _of_words(self, text: str) -> Meaning:
        numbered = as_numbered(text)
        if numbered is not None:
            value, code = self.texts.get(numbered[1], (math.nan, UNKNOWN))
            if code in (DONT_KNOW, NOT_APPLICABLE) or value == numbered[0]:
                return value, code
        return math.nan, UNKNOWN


def response_scale(name: str, response: Response) -> ResponseScale:
    """Make a response scale ready for reading texts."""
    texts = {plain(text): (option.value, NONE) for option in response.options for text in spellings(option)}
    texts |= {plain(text): (math.nan, DONT_KNOW) for text in response.dont_know}
    texts |= {plain(text): (math.nan, NOT_APPLICABLE) for text in response.not_applicable}
    return ResponseScale(name, response, texts)


def spellings(option: Option) -> tuple[str, ...]:
    """Return every way in which an option is written."""
    return (*option.label.values(), *option.also)


def fault(scale: ResponseScale, code: int, text: str, count: int) -> tuple[Message, Message]:
    """Return what is wrong with a text and what to do about it."""
    return FAULTS[code](scale, text, count)


def _out_of_range(scale: ResponseScale, text: str, count: int) -> tuple[Message, Message]:
    low, high = (f"{limit:g}" for limit in scale.response.limits)
    what = nmsg(
        "“{found}” is outside the range {low} to {high}.",
        "“{found}” is outside the range {low} to {high}; it stands in {count} rows.",
        found=shorten(text),
        low=low,
        high=high,
        count=count,
    )
    return what, msg("Correct the file, or the response scale {response}.", response=scale.name)


def _not_whole(scale: ResponseScale, text: str, count: int) -> tuple[Message, Message]:
    what = nmsg(
        "“{found}” lies between two answers.",
        "“{found}” lies between two answers; it stands in {count} rows.",
        found=shorten(text),
        count=count,
    )
    return what, msg("Correct the file, or the response scale {response}.", response=scale.name)


def _unknown(scale: ResponseScale, text: str, count: int) -> tuple[Message, Message]:
    what = nmsg(
        "“{found}” is not an answer of the response scale {response}.",
        "“{found}” is not an answer of the response scale {response}; it stands in {count} rows.",
        found=shorten(text),
        response=scale.name,
        count=count,
    )
    return what, _suggestion(scale, text)


def _suggestion(scale: ResponseScale, text: str) -> Message:
    options, response = scale.response.options, scale.response
    words = [*(word for option in options for word in spellings(option)), *response.dont_know]
    near = nearest(text, [*words, *response.not_applicable])
    if near is not None:
        return msg(
            "Did you mean “{near}”? Correct the file, or add the text to the response scale {response}.",
            near=near,
            response=scale.name,
        )
    if not options:
        low, high = (f"{limit:g}" for limit in response.limits)
        return msg("Write a number from {low} to {high}.", low=low, high=high)
    allowed = ", ".join(next(iter(option.label.values())) for option in options)
    return msg("The answers are: {allowed}.", allowed=allowed)


FAULTS: dict[int, Callable[[ResponseScale, str, int], tuple[Message, Message]]] = {
    OUT_OF_RANGE: _out_of_range,
    NOT_WHOLE: _not_whole,
    UNKNOWN: _unknown,
}
