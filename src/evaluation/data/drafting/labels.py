"""Which response scale the answers of a question were given on."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cache, lru_cache

from evaluation.data.answer_text import NONE, NOT_APPLICABLE, ResponseScale, response_scale, spellings
from evaluation.data.matching import as_number, as_numbered, plain
from evaluation.project.responses import standard_responses

ALIKE = 0.88
"""From how alike two texts are taken for the same answer, one of them misspelt."""
MANY = 40
"""More different texts than this are no answers to choose from."""
RARE = 0.05
"""Up to this share of rows, texts that fit no option do not rule a response scale out."""
OPPOSITES = ("o", "in", "un", "dis", "im", "miss")
NEGATIONS = frozenset({"inte", "ej", "aldrig", "ingen", "inga", "not", "no", "never"})
ORDER_OF_RANGES = ("N1_5", "N1_4", "N1_7", "N1_6", "N1_10", "N0_4", "N0_5", "N0_6", "N0_10")


@dataclass(frozen=True, slots=True)
class Recognised:
    """The response scale that fits the answers of a question best.

    Attributes
    ----------
    response
        Its key; empty if none fits.
    meant
        By misspelt text, the option that seems to be meant.
    missing
        Texts that seem to say that there is no answer, and that the scale does not list.
    unknown
        Other texts that the scale does not have.
    unused
        Labels of options that nobody chose.
    rivals
        Keys of other response scales that fit as well.
    shared
        How many different labels share an option with another: a sign of a scale with too few options.
    """

    response: str = ""
    meant: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()
    shared: int = 0


def recognise(counts: Mapping[str, int]) -> Recognised:
    """Return the response scale of every project that fits some answers best.

    Parameters
    ----------
    counts
        How often each text was given; empty cells left out.

    Returns
    -------
    Recognised
        The scale with the fewest unknown texts and labels that share an option, then the fewest misspelt
        ones, then the fewest options.
        At least two options must have been chosen.
    """
    numbers = {text for text in counts if as_number(text) is not None}
    if len(numbers) * 2 > len(counts):
        return _of_numbers(counts, numbers)
    if len(counts) > MANY:
        return Recognised()
    fits = [fit for scale in _scales() if scale.response.options and (fit := _fit(counts, scale))]
    if not fits:
        return Recognised()
    best = min(fits, key=_rank)
    rivals = [
        fit.response for fit in fits if fit is not best and best.unused and _rank(fit)[:2] == _rank(best)[:2]
    ]
    return Recognised(best.response, best.meant, best.missing, best.unknown, best.unused, tuple(rivals[:2]))


@cache
def _scales() -> tuple[ResponseScale, ...]:
    return tuple(response_scale(key, response) for key, response in standard_responses().items())


@cache
def _none_texts() -> frozenset[str]:
    texts = (text for scale in _scales() for text, (_, code) in scale.texts.items() if code)
    return frozenset(map(bare, texts)) | {"na", "n a"}


def _rank(fit: Recognised) -> tuple[int, int, int]:
    return len(fit.unknown) + fit.shared, len(fit.meant), len(standard_responses()[fit.response].options)


@lru_cache(maxsize=10_000)
def bare(text: str) -> str:
    """Return a text without case, diacritics, punctuation and a number in front."""
    numbered = as_numbered(text)
    text = numbered[1] if numbered else plain(text)
    letters = unicodedata.normalize("NFKD", text)
    kept = (sign if sign.isalnum() else " " for sign in letters if not unicodedata.combining(sign))
    return " ".join("".join(kept).split())


def says_nothing(text: str) -> bool:
    """Tell whether a text, or each part of it between slashes, means that there is no answer."""
    parts = [bare(part) for part in text.split("/")]
    return bare(text) in _none_texts() or (len(parts) > 1 and all(part in _none_texts() for part in parts))


def _fit(counts: Mapping[str, int], scale: ResponseScale) -> Recognised | None:
    meant, missing, unknown, used, labels = {}, [], [], set(), set()
    for text in counts:
        value, code = scale.meaning(text)
        if code <= NOT_APPLICABLE:
            used |= {value} if code == NONE else set()
            labels |= {bare(text)} if code == NONE and as_number(text) is None else set()
            continue
        near = _misspelt(text, scale.name)
        if near is not None:
            meant[text] = near[0]
            used.add(near[1])
        else:
            (missing if says_nothing(text) else unknown).append(text)
    rows = sum(counts.values())
    rare = sum(counts[text] for text in unknown) <= RARE * rows and len(unknown) * 3 <= len(counts)
    if len(used) < 2 or not rare:
        return None
    unused = [
        next(iter(option.label.values())) for option in scale.response.options if option.value not in used
    ]
    return Recognised(
        scale.name, meant, tuple(missing), tuple(unknown), tuple(unused), (), max(len(labels) - len(used), 0)
    )


@cache
def _spelt(key: str) -> tuple[tuple[str, float, str], ...]:
    """Return every spelling of a scale's options without what does not matter, its value, and as it stands."""
    options = standard_responses()[key].options
    return tuple((bare(word), option.value, word) for option in options for word in spellings(option))


@cache
def _misspelt(text: str, key: str) -> tuple[str, float] | None:
    """Return the option a text is a misspelling of, with its value, if it is clearly one of them."""
    found = bare(text)
    rated = sorted(
        ((_likeness(found, known), value, word) for known, value, word in _spelt(key)),
        key=lambda rated: -rated[0],
    )
    if not rated or rated[0][0] < ALIKE:
        return None
    other = next((likeness for likeness, value, _ in rated if value != rated[0][1]), 0.0)
    return (rated[0][2], rated[0][1]) if rated[0][0] > other else None


def _likeness(first: str, second: str) -> float:
    if first == second:
        return 1.0
    words, others = set(first.split()), set(second.split())
    if (words & NEGATIONS) != (others & NEGATIONS) or _opposite(words - others, others - words):
        return 0.0
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    near = matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE
    return matcher.ratio() if near else 0.0


def _opposite(words: set[str], others: set[str]) -> bool:
    pairs = [(word, other) for word in words for other in others]
    return any(
        word in {prefix + other for prefix in OPPOSITES} or other in {prefix + word for prefix in OPPOSITES}
        for word, other in pairs
    )


def _of_numbers(counts: Mapping[str, int], numbers: set[str]) -> Recognised:
    values = sorted({as_number(text) for text in numbers})
    others = [text for text in counts if text not in numbers]
    unknown = [text for text in others if not says_nothing(text)]
    if unknown or any(not value.is_integer() for value in values) or len(values) < 2:
        return Recognised()
    if values == [0, 1]:
        return Recognised("YN")
    keys = [key for key in ORDER_OF_RANGES if _within(values, key)]
    if not keys or values == [1, 2]:
        return Recognised()
    low, high = standard_responses()[keys[0]].limits
    unused = [f"{value}" for value in range(int(low), int(high) + 1) if value not in values]
    missing = [
        text for text in others if response_scale("", standard_responses()[keys[0]]).meaning(text)[1] > 2
    ]
    rivals = [key for key in keys[1:] if unused][:2]
    return Recognised(keys[0], {}, tuple(missing), (), tuple(unused), tuple(rivals))


def _within(values: list[float], key: str) -> bool:
    low, high = standard_responses()[key].limits
    return low <= values[0] and values[-1] <= high and (low != 0 or values[0] == 0)
