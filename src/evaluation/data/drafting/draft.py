"""A codebook drafted from exports: items, response scales, scales, waves and what to look at."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.data.drafting.columns import CODES, Column, answers_in, columns_of
from evaluation.data.drafting.headers import slug
from evaluation.data.drafting.labels import bare
from evaluation.data.drafting.pairs import Asked, asked_questions, pair_waves, with_numbered_waves
from evaluation.data.drafting.scales import in_words, proposed_scales, reversed_by_data, worded_negatively
from evaluation.data.export import Export
from evaluation.data.matching import shorten
from evaluation.project.responses import standard_responses
from evaluation.vocabulary.message import Message, msg, pmsg

WORDING = pmsg("reversed", "wording")
ANSWERS = pmsg("reversed", "answers")
LISTED = 3
SWEDISH = frozenset(
    ("och", "att", "jag", "är", "det", "som", "för", "inte", "du", "hur", "vi", "på", "med", "av", "kan")
)
ENGLISH = frozenset(
    ("and", "the", "is", "to", "of", "you", "how", "we", "on", "with", "have", "can", "for", "do", "my")
)


@dataclass(frozen=True, slots=True)
class Row:
    """One proposed row of the codebook.

    Attributes
    ----------
    item, source, wave, column, response, option
        As in the codebook; `source` may name several files.
    text
        The wording.
    scale
        The scale that the item may belong to; empty if none is proposed.
    reversed_by
        Why the item may be reversed: its wording, its answers, or both; never applied by itself.
    notes
        What the evaluator should look at.
    """

    item: str
    source: str
    wave: str
    column: str
    response: str
    option: str
    text: str
    scale: str
    reversed_by: tuple[Message, ...]
    notes: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A drafted codebook.

    Attributes
    ----------
    rows
        The proposed rows, in the order of the columns.
    own
        Response scales that are no standard ones: by name, the texts in the order of how often they were
        given, which says nothing of their rank.
    left_out
        Columns that hold no answers: file, header, and why.
    language
        The language the wordings seem to be in: `sv` or `en`.
    """

    rows: tuple[Row, ...]
    own: Mapping[str, tuple[str, ...]]
    left_out: tuple[tuple[str, str, Message], ...]
    language: str


def draft_codebook(exports: Sequence[Export], wordings: Mapping[str, str] | None = None) -> Draft:
    """Propose a codebook for some exports.

    Parameters
    ----------
    exports
        The files, in the order of time.
    wordings
        Wordings by header in plain spelling, from a list of questions, where headers are codes.

    Returns
    -------
    Draft
        What the columns seem to be. Nothing is applied: reversed items are named as candidates only, and
        what is unsure is said in the notes.
    """
    columns = [
        column for place, export in enumerate(exports) for column in columns_of(export, place, wordings or {})
    ]
    asked = asked_questions(columns)
    with_numbered_waves(asked)
    pair_waves(asked)
    scales = proposed_scales(asked)
    against = reversed_by_data(asked, scales, exports, standard_responses())
    names, sources, own = _item_names(asked, scales), _source_names(exports), _own_names(asked)
    doubts = _doubts_of(asked, scales)
    rows = [
        row
        for question in asked
        for row in _rows(question, names, sources, own, scales, against, doubts[id(question)])
    ]
    left_out = tuple(
        (exports[column.file].file, column.name, column.why) for column in columns if column.why is not None
    )
    return Draft(tuple(rows), {name: texts for name, texts in own.values()}, left_out, _language(asked))


def _source_names(exports: Sequence[Export]) -> list[str]:
    names: list[str] = []
    for export in exports:
        name = slug(Path(export.file).stem) or "survey"
        names.append(_unique(name, names))
    return names


def _unique(name: str, taken: Sequence[str]) -> str:
    number = 2
    unique = name
    while unique in taken:
        unique, number = f"{name}_{number}", number + 1
    return unique


def _item_names(asked: Sequence[Asked], scales: Mapping[int, str]) -> dict[int, str]:
    """Return a name for every item: its code, or the words that set it apart within its scale."""
    names: dict[int, str] = {}
    shared: dict[str, set[str]] = {}
    for question in asked:
        if scale := scales.get(question.item):
            words = set(bare(question.header.question).split())
            shared[scale] = shared.get(scale, words) & words
    for question in asked:
        if question.item not in names:
            header, common = question.header, shared.get(scales.get(question.item, ""), set())
            words = " ".join(word for word in bare(header.question).split() if word not in common)
            name = slug(header.code) or slug(words) or slug(header.question) or "item"
            if name in names.values() and header.wave:
                name = f"{name}_{header.wave}"
            names[question.item] = _unique(name, list(names.values()))
    return names


def _own_names(asked: Sequence[Asked]) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return a name, and the texts, for every response scale that is no standard one."""
    own: dict[str, tuple[str, tuple[str, ...]]] = {}
    for question in asked:
        kind, key = question.answers
        if kind == "own" and key not in own:
            counts = question.column.counts
            texts = tuple(sorted(counts, key=lambda text: -counts[text]))
            own[key] = (f"own_{len(own) + 1}", texts)
    return own


def _rows(
    question: Asked,
    names: Mapping[int, str],
    sources: Sequence[str],
    own: Mapping[str, tuple[str, tuple[str, ...]]],
    scales: Mapping[int, str],
    against: Mapping[int, tuple[float, int]],
    doubts: Sequence[Message],
) -> Iterator[Row]:
    column, header, item = question.column, question.header, question.item
    negative = worded_negatively(header.question) if header.worded else ()
    notes = [*question.notes, *doubts, *_reversal(negative, against.get(item))]
    reversed_by = (*((WORDING,) if negative else ()), *((ANSWERS,) if item in against else ()))
    source = " ".join(sources[file] for file in question.files)
    text = f"{header.stem}: {header.question}" if header.stem else header.question
    fixed = {"source": source, "wave": header.wave, "column": column.name, "text": text}
    if column.kind == "several":
        for option in answers_in(column.counts):
            name = f"{names[item]}_{slug(option, 20)}"
            yield Row(name, response="YN", option=option, scale="", reversed_by=(), notes=SEVERAL, **fixed)
        return
    response = own[question.answers[1]][0] if column.kind == "own" else question.answers[1]
    yield Row(
        names[item],
        response=response,
        option="",
        scale=scales.get(item, ""),
        reversed_by=reversed_by if column.kind == "item" else (),
        notes=tuple(notes),
        **fixed,
    )


SEVERAL = (msg("Several answers in one cell; each became an item. Delete those that are no options."),)


def _doubts_of(asked: Sequence[Asked], scales: Mapping[int, str]) -> dict[int, tuple[Message, ...]]:
    """Return what is unsure about the answers of every question; another wave may have settled the scale."""
    settled = {question.item for question in asked if not question.column.recognised.rivals}
    waved = {file for question in asked if question.header.wave for file in question.files}
    return {
        id(question): (
            *_doubts(question.column, settled=question.item in settled, alone=question.item not in scales),
            *((NO_WAVE,) if not question.header.wave and waved.intersection(question.files) else ()),
        )
        for question in asked
    }


NO_WAVE = msg("Other headers of the file name a wave, this one does not: which wave is it?")


def _doubts(column: Column, *, settled: bool, alone: bool) -> Iterator[Message]:
    fit = column.recognised
    if column.kind == "own":
        yield msg(
            "The answers are no standard response scale; put them in order in the file beside the codebook."
        )
    if fit.rivals and not settled:
        if alone and fit.response.startswith("N"):
            yield CODES
        yield msg("Not every option was chosen; it may also be {others}.", others=", ".join(fit.rivals))
    if fit.meant:
        yield msg("Misspelt, add to the response scale: {texts}.", texts=_listed(fit.meant))
    if fit.missing:
        yield msg("Means no answer? Add to the response scale: {texts}.", texts=_listed(fit.missing))
    if fit.unknown:
        yield msg("Not on the response scale: {texts}.", texts=_listed(fit.unknown))


def _listed(texts: Sequence[str] | Mapping[str, str]) -> str:
    shown = "; ".join(shorten(text) for text in list(texts)[:LISTED])
    return f"{shown}; …" if len(texts) > LISTED else shown


def _reversal(negative: Sequence[str], against: tuple[float, int] | None) -> Iterator[Message]:
    if negative:
        yield msg("The wording may be reversed: “{words}”.", words=", ".join(negative))
    if against is not None:
        yield msg(
            "Its answers run against the other items (item–rest correlation {correlation}, n = {n}): reversed?",
            correlation=in_words(against[0]),
            n=against[1],
        )


def _language(asked: Sequence[Asked]) -> str:
    words = [word for question in asked for word in question.header.question.casefold().split()]
    return "sv" if sum(word in SWEDISH for word in words) > sum(word in ENGLISH for word in words) else "en"
