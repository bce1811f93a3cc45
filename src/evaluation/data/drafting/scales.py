"""Which items may belong to one scale, and which of them may be reversed."""

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from evaluation.data.answer_text import NONE, response_scale
from evaluation.data.drafting.headers import slug
from evaluation.data.drafting.labels import bare
from evaluation.data.drafting.pairs import Asked
from evaluation.data.export import Export
from evaluation.project.source import Response
from evaluation.project.words import Words
from evaluation.text.catalogue import languages
from evaluation.text.format import number

FEWEST = 3
SHARED_WORDS = 4
FEWEST_ROWS = 20
QUANTILE = 1.96
NEGATIVE = frozenset(
    (
        "inte",
        "ej",
        "aldrig",
        "ingen",
        "inget",
        "inga",
        "utan",
        "saknar",
        "sakna",
        "svårt",
        "svår",
        "omöjligt",
        "osäker",
        "osäkert",
        "rädd",
        "orolig",
        "stressad",
        "frustrerad",
        "meningslöst",
        "onödigt",
        "not",
        "never",
        "no",
        "cannot",
        "can't",
        "don't",
        "doesn't",
        "won't",
        "isn't",
        "wouldn't",
        "couldn't",
        "shouldn't",
        "hardly",
        "without",
        "lack",
        "lacks",
        "difficult",
        "hard",
        "impossible",
        "unsure",
        "unable",
        "afraid",
        "worried",
        "scared",
        "frustrated",
        "stressed",
        "useless",
        "worthless",
        "irrelevant",
        "unnecessary",
        "hate",
        "dislike",
    )
)
"""Words that may turn the meaning of a question round, in Swedish and English."""
NEGATIVE_BARE = frozenset(bare(word) for word in NEGATIVE) - {"can t", "don t"} | {"cant", "dont"}


def proposed_scales(asked: Sequence[Asked]) -> dict[int, str]:
    """Return the name of the scale, by item, that at least three items seem to make up.

    Items belong together if they have the same answers and share the stem of their wording, or else the
    beginning of their codes, or else their first four words.
    """
    groups: dict[tuple[str, str, object], dict[int, Asked]] = {}
    for question in asked:
        for shared in _shared(question):
            groups.setdefault((*shared, question.answers), {}).setdefault(question.item, question)
    found: dict[int, str] = {}
    for (kind, shared, _), items in groups.items():
        free = {item: question for item, question in items.items() if item not in found}
        if len(free) >= FEWEST:
            name = _named(kind, shared, list(free.values()), set(found.values()))
            found |= dict.fromkeys(free, name)
    return found


def _shared(question: Asked) -> list[tuple[str, str]]:
    header = question.header
    if question.column.kind == "several":
        return []
    if header.stem:
        return [("stem", bare(header.stem))]
    if header.prefix:
        return [("code", header.prefix.casefold())]
    words = bare(header.question).split()
    return [("words", " ".join(words[:SHARED_WORDS]))] if len(words) > SHARED_WORDS else []


def _named(kind: str, shared: str, items: Sequence[Asked], taken: set[str]) -> str:
    prefixes = {slug(question.header.prefix) for question in items}
    name = prefixes.pop() if len(prefixes) == 1 and "" not in prefixes else ""
    name = name or slug(shared, 30) or "scale"
    number = next(number for number in range(1, len(taken) + 2) if _numbered(name, number) not in taken)
    return _numbered(name, number)


def _numbered(name: str, number: int) -> str:
    return name if number == 1 else f"{name}_{number}"


def worded_negatively(question: str) -> tuple[str, ...]:
    """Return the words of a question that may turn its meaning round."""
    words = [word.strip('.,;:!?()"“”') for word in question.casefold().replace("’", "'").split()]
    return tuple(dict.fromkeys(word for word in words if word in NEGATIVE or bare(word) in NEGATIVE_BARE))


def item_rest(values: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return the correlation of every item with the mean of the others, and the number of rows.

    Parameters
    ----------
    values
        Answers, shape (rows, items), NaN where missing.

    Returns
    -------
    tuple
        Correlations and numbers of rows, shape (items,); the correlation is NaN if it cannot be computed.
    """
    count = values.shape[1]
    correlations, rows = np.full(count, np.nan), np.zeros(count, dtype=np.int64)
    for place in range(count):
        others = np.delete(values, place, axis=1)
        there = ~np.isnan(values[:, place]) & ~np.isnan(others).all(axis=1)
        rows[place] = there.sum()
        if rows[place] < 3:
            continue
        mine, rest = values[there, place], np.nanmean(others[there], axis=1)
        if np.ptp(mine) > 0 and np.ptp(rest) > 0:
            correlations[place] = np.corrcoef(mine, rest)[0, 1]
    return correlations, rows


def in_words(correlation: float) -> Words:
    """Return a correlation with two decimals, as each language writes it."""
    return {lang: number(correlation, lang, decimals=2) for lang in languages()}


def clearly_negative(correlation: float, rows: int) -> bool:
    """Tell whether a correlation from at least 20 rows is below 0 with its whole 95 per cent interval.

    Notes
    -----
    The interval is Fisher's: atanh(r) + 1.96 / sqrt(n - 3) < 0.
    """
    if rows < FEWEST_ROWS or math.isnan(correlation):
        return False
    return math.atanh(max(correlation, -0.999999)) + QUANTILE / math.sqrt(rows - 3) < 0


def answer_values(export: Export, column: str, response: Response) -> NDArray[np.float64]:
    """Return the answers of a column as numbers, NaN where there is none."""
    scale = response_scale("", response)
    cells = export.frame[export.find(column)]
    meanings = [scale.meaning(str(text)) for text in cells.cat.categories]
    values = np.array([value if code == NONE else np.nan for value, code in meanings] or [np.nan])
    return values[cells.array.codes]


def reversed_by_data(
    asked: Sequence[Asked],
    scales: Mapping[int, str],
    exports: Sequence[Export],
    responses: Mapping[str, Response],
) -> dict[int, tuple[float, int]]:
    """Return the item-rest correlation and the number of rows of items that run against their scale."""
    blocks: dict[tuple[str, str, int], dict[int, Asked]] = {}
    for question in asked:
        if question.item in scales and question.column.kind == "item":
            for file in question.files:
                blocks.setdefault((scales[question.item], question.header.wave, file), {})[question.item] = (
                    question
                )
    found: dict[int, tuple[float, int]] = {}
    for (_, _, file), items in blocks.items():
        if len(items) < FEWEST:
            continue
        columns = [
            answer_values(exports[file], question.column.name, responses[question.answers[1]])
            for question in items.values()
        ]
        for item, correlation, rows in zip(items, *item_rest(np.column_stack(columns)), strict=True):
            if clearly_negative(correlation, rows) and item not in found:
                found[item] = (float(correlation), int(rows))
    return found
