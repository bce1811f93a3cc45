"""What kind of column each column of an export is."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from evaluation.data.choices import BETWEEN, split_answers
from evaluation.data.dates import certain_date
from evaluation.data.drafting.headers import Header, take_apart
from evaluation.data.drafting.labels import Recognised, recognise
from evaluation.data.export import Export
from evaluation.data.matching import as_number, plain
from evaluation.vocabulary.message import Message, msg

Kind = Literal["item", "several", "own", "left_out"]
FEW = 12
MOSTLY = 0.9
LONG = 25
AT_LEAST = 10

EMPTY = msg("It is empty.")
CONSTANT = msg("Everybody has the same text.")
DATES = msg("It holds dates.")
IDENTIFIER = msg("Every row has another text: an identifier?")
NUMBERS = msg("It holds numbers that are no answers on a response scale.")
TWO_CODES = msg("It holds the codes 1 and 2: a classification, or yes and no?")
OPEN = msg("It holds open answers. To read them, add a row with the response `text`.")
CODES = msg("These may also be the codes of a classification.")
CLASSES = msg("It holds a few texts that are no known response scale: a group of the project?")


@dataclass(frozen=True, eq=False)
class Column:
    """A column of an export and what it seems to be.

    Attributes
    ----------
    file
        The place of the export among those given.
    name
        The header.
    header
        The header taken apart.
    counts
        How often each text was given; empty cells left out.
    kind
        `item` (answers on a response scale), `several` (several answers in a cell), `own` (answers on a
        scale of its own) or `left_out`.
    recognised
        The response scale.
    why
        Why the column was left out.
    """

    file: int
    name: str
    header: Header
    counts: Mapping[str, int]
    kind: Kind
    recognised: Recognised
    why: Message | None = None


def columns_of(export: Export, file: int, wordings: Mapping[str, str]) -> list[Column]:
    """Return the columns of an export with what they seem to be.

    Parameters
    ----------
    export
        The export.
    file
        Its place among those given.
    wordings
        Wordings by header in plain spelling, from a list of questions.

    Notes
    -----
    Columns of one battery (same beginning of the code, or same stem) are judged together, since not every
    option is chosen in every column. Columns with the same few unknown texts as another are taken for a
    response scale of their own; a single one for a classification.
    """
    known = {name: _counts(export, name) for name in map(str, export.frame.columns)}
    heads = {
        name: take_apart(name, wordings.get(plain(name), "") or export.wording.get(name, ""))
        for name in known
    }
    alone = {name: recognise(counts) for name, counts in known.items()}
    pooled = _pooled(known, heads)
    sets = {(_texts(known[name]), plain(head.code or head.question)) for name, head in heads.items()}
    texts = Counter(answers for answers, _ in sets if 2 < len(answers) <= FEW)
    return [
        Column(file, name, heads[name], counts, *_kind(counts, pooled.get(name, alone[name]), texts))
        for name, counts in known.items()
    ]


def _texts(counts: Mapping[str, int]) -> frozenset[str]:
    return frozenset(map(plain, counts))


def _counts(export: Export, name: str) -> dict[str, int]:
    counts = export.frame[name].value_counts(sort=False)
    return {str(text): int(count) for text, count in counts.items() if count and str(text).strip()}


def _pooled(known: Mapping[str, Mapping[str, int]], heads: Mapping[str, Header]) -> dict[str, Recognised]:
    """Return the response scales of batteries whose columns fit one scale together."""
    batteries: dict[tuple[str, str], list[str]] = {}
    for name, header in heads.items():
        shared = header.stem or header.prefix
        if shared and _could_be_answers(known[name]):
            batteries.setdefault((plain(shared), header.wave), []).append(name)
    found: dict[str, Recognised] = {}
    for names in batteries.values():
        together = sum((Counter(known[name]) for name in names), Counter())
        fit = recognise(together) if len(names) > 1 else Recognised()
        if fit.response:
            found |= {name: _own_part(fit, known[name]) for name in names}
    return found


def _own_part(fit: Recognised, counts: Mapping[str, int]) -> Recognised:
    meant = {text: option for text, option in fit.meant.items() if text in counts}
    missing = tuple(text for text in fit.missing if text in counts)
    unknown = tuple(text for text in fit.unknown if text in counts)
    return Recognised(fit.response, meant, missing, unknown, fit.unused, fit.rivals)


def _could_be_answers(counts: Mapping[str, int]) -> bool:
    return 0 < len(counts) <= FEW * 2


def _kind(
    counts: Mapping[str, int], fit: Recognised, texts: Counter[frozenset[str]]
) -> tuple[Kind, Recognised, Message | None]:
    if fit.response:
        return "item", fit, None
    why = next((why for why, holds in _reasons(counts) if holds), None)
    if why is not None:
        return "left_out", fit, why
    if _has_several(counts):
        return "several", fit, None
    if texts[_texts(counts)] > 1:
        return "own", fit, None
    return "left_out", fit, CLASSES if len(counts) <= FEW else OPEN


def _reasons(counts: Mapping[str, int]) -> Iterator[tuple[Message, bool]]:
    rows, numbers = sum(counts.values()), [as_number(text) for text in counts]
    numeric = sum(number is not None for number in numbers)
    yield EMPTY, rows == 0
    yield CONSTANT, len(counts) == 1
    yield DATES, sum(certain_date(text) is not None for text in counts) > MOSTLY * len(counts)
    yield TWO_CODES, set(numbers) == {1.0, 2.0}
    lengthy = sum(len(text) * count for text, count in counts.items()) > LONG * rows
    yield IDENTIFIER, len(counts) == rows >= AT_LEAST and not lengthy
    yield NUMBERS, numeric > MOSTLY * len(counts)


def _has_several(counts: Mapping[str, int]) -> bool:
    """Tell whether cells hold several answers that come back in other cells."""
    rows = sum(counts.values())
    several = sum(count for text, count in counts.items() if BETWEEN.search(text))
    return several > rows / 3 and len(answers_in(counts)) <= FEW < rows


def answers_in(counts: Mapping[str, int]) -> Sequence[str]:
    """Return the different answers in cells that hold several, as first written."""
    written: dict[str, str] = {}
    for text in counts:
        for piece in BETWEEN.split(text):
            if piece.strip():
                written.setdefault(plain(piece), " ".join(piece.split()))
    return [written[part] for part in dict.fromkeys(
        part for text in counts for part in split_answers(text, set(written)))]  # fmt: skip
