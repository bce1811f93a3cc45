"""Which columns ask the same question at different waves."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from functools import partial

from evaluation.data.drafting.columns import Column
from evaluation.data.drafting.headers import NUMBERED, Header
from evaluation.data.drafting.labels import Recognised, bare, recognise
from evaluation.data.matching import plain, shorten
from evaluation.vocabulary.message import Message, msg

ALIKE = 0.8
"""From how alike two wordings are proposed as the same question."""
OTHER = 0.6
"""Below this likeness two wordings are different questions, even under the same code."""
AHEAD = 0.05
"""By how much the most alike wording must lead over the second for the two to be proposed as the same question."""
ENOUGH = 3

Wave = tuple[str, int]


@dataclass(eq=False)
class Asked:
    """A question as it is asked at one wave, in one file or in several with the same header.

    Attributes
    ----------
    column
        The column, in the first file that has it.
    files
        The places of the files that have it.
    header
        Its header, taken apart.
    notes
        What the evaluator should look at.
    item
        The place of the question that it asks.
    first
        The column as it stands in the first file.
    """

    column: Column
    files: list[int]
    header: Header
    notes: list[Message] = field(default_factory=list)
    item: int = -1
    first: Column = field(init=False)

    def __post_init__(self) -> None:
        self.first = self.column

    @property
    def wave(self) -> Wave:
        """Return the wave: the one that the header names, or else the file."""
        return (self.header.wave, -1) if self.header.wave else ("", self.files[0])

    @property
    def answers(self) -> tuple[str, str]:
        """Return the kind and the response scale."""
        own = "|".join(sorted(map(plain, self.column.counts))) if self.column.kind == "own" else ""
        return self.column.kind, self.column.recognised.response or own


def asked_questions(columns: Sequence[Column]) -> list[Asked]:
    """Return the columns that hold answers, those with the same header in several files as one.

    Where the files have answers of the same header on different response scales, one scale that fits them
    together is taken, with a note; if there is none they stay apart.
    """
    found: dict[str, list[Asked]] = {}
    for column in columns:
        if column.kind == "left_out":
            continue
        same = found.setdefault(plain(column.name), [])
        if not any(_joined(asked, column) for asked in same):
            same.append(Asked(column, [column.file], column.header))
    places = {id(column): place for place, column in enumerate(columns)}
    return sorted(
        (asked for same in found.values() for asked in same), key=lambda asked: places[id(asked.first)]
    )


def _joined(asked: Asked, column: Column) -> bool:
    """Take a column of another file into a question if one response scale fits both."""
    one, two = asked.column, column
    counts = Counter(one.counts) + Counter(two.counts)
    if asked.answers == Asked(two, [two.file], two.header).answers:
        recognised = _together(one.recognised, two.recognised)
    else:
        recognised = recognise(counts) if one.kind == two.kind == "item" else Recognised()
        if not recognised.response:
            return False
        asked.notes.append(
            msg(
                "The files have different answers under this header; {response} fits them all.",
                response=recognised.response,
            )
        )
    asked.files.append(two.file)
    asked.column = replace(one, counts=counts, recognised=recognised)
    return True


def _together(one: Recognised, two: Recognised) -> Recognised:
    return Recognised(
        one.response,
        {**one.meant, **two.meant},
        tuple(dict.fromkeys((*one.missing, *two.missing))),
        tuple(dict.fromkeys((*one.unknown, *two.unknown))),
        tuple(label for label in one.unused if label in two.unused),
        tuple(key for key in one.rivals if key in two.rivals),
    )


def with_numbered_waves(asked: Sequence[Asked]) -> None:
    """Take the numbers 1 and 2 at the end of codes for waves, if at least three codes have just these two."""
    if any(question.header.wave for question in asked):
        return
    ends: dict[str, dict[str, Asked]] = {}
    for question in asked:
        found = NUMBERED.fullmatch(question.header.code)
        if found and found[1]:
            ends.setdefault(found[1].rstrip("._-"), {})[found[2]] = question
    series = {code: numbers for code, numbers in ends.items() if len(numbers) > 1}
    if len(series) < ENOUGH or any(set(numbers) != {"1", "2"} for numbers in series.values()):
        return
    for code, numbers in series.items():
        for number, question in numbers.items():
            question.header = replace(question.header, code=code, wave=f"t{number}")
            question.notes.append(msg("The number at the end of the code is taken for a wave: check it."))


def pair_waves(asked: Sequence[Asked]) -> int:
    """Say of every question which item it is; return how many items there are.

    Notes
    -----
    Wave after wave, a question is the same item as an earlier one with the same answers if its wording is
    the same; otherwise if its code is the same and its wording is not plainly another; otherwise if its
    wording is the most alike, at least 0.8 by the ratio of matching letters and 0.05 more than the second.
    Each item occurs once a wave. A code without a wording says nothing if more codes have other answers at
    another wave than the same; a note then names the question that it may be.
    """
    items: list[Asked] = []
    same_code = partial(_same_code, trusted=_codes_keep_their_meaning(asked))
    waves: dict[Wave, list[Asked]] = {}
    for question in asked:
        waves.setdefault(question.wave, []).append(question)
    for wave, questions in waves.items():
        free = [
            item for item in items if bool(item.header.wave) == bool(wave[0]) and not _shares_file(item, wave)
        ]
        for match in (_same_wording, same_code, _alike):
            for question in questions:
                found = match(question, free) if question.item < 0 else None
                if found is not None:
                    question.item = found.item
                    free.remove(found)
        for question in questions:
            if question.item < 0:
                question.item = len(items)
                items.append(question)
    if any(REUSED in question.notes for question in asked):
        for question in asked:
            if items[question.item] is not question and not question.header.worded:
                question.notes.append(CODE_ALONE)
    return len(items)


REUSED = msg("At another wave this code has other answers; the two were not taken for one item.")
CODE_ALONE = msg(
    "Paired by its code alone, and other codes of these files changed their meaning: is it one item?"
)


def _codes_keep_their_meaning(asked: Sequence[Asked]) -> bool:
    """Tell whether at least as many codes have the same answers wherever they are used as have others."""
    answers: dict[str, list[tuple[str, str]]] = {}
    for question in asked:
        answers.setdefault(plain(question.header.code), []).append(question.answers)
    same = [len(set(found)) == 1 for code, found in answers.items() if code and len(found) > 1]
    return 2 * sum(same) >= len(same)


def _shares_file(item: Asked, wave: Wave) -> bool:
    return wave[0] == "" and wave[1] in item.files


def _same_wording(question: Asked, free: Sequence[Asked]) -> Asked | None:
    if not question.header.worded:
        return None
    equal = [
        item
        for item in free
        if item.header.worded
        and item.answers == question.answers
        and bare(item.header.question) == bare(question.header.question)
    ]
    if len(equal) > 1:
        equal = [item for item in equal if item.header.code == question.header.code] or equal
    if not equal:
        return None
    stems = bare(equal[0].header.stem), bare(question.header.stem)
    if likeness(*stems) < ALIKE:
        question.notes.append(
            msg(
                "The question is the same as at the other wave, but what introduces it differs: is it one item?"
            )
        )
    return equal[0]


def _same_code(question: Asked, free: Sequence[Asked], *, trusted: bool) -> Asked | None:
    code = plain(question.header.code)
    for item in free if code else ():
        if plain(item.header.code) != code:
            continue
        if item.answers != question.answers:
            question.notes.append(REUSED)
            continue
        if not (item.header.worded and question.header.worded):
            if trusted:
                return item
            question.notes.append(_by_code(item))
            continue
        like = likeness(bare(item.header.question), bare(question.header.question))
        if like >= OTHER:
            question.notes.extend(_differs(item) if like < 1 else ())
            return item
    return None


def _alike(question: Asked, free: Sequence[Asked]) -> Asked | None:
    if not question.header.worded:
        return None
    mine = bare(question.header.question)
    rated = [
        (likeness(mine, bare(item.header.question)), item)
        for item in free
        if item.header.worded and item.answers == question.answers
    ]
    rated.sort(key=lambda pair: -pair[0])
    if not rated or rated[0][0] < ALIKE:
        return None
    best = rated[0][1]
    if len(rated) > 1 and rated[0][0] - rated[1][0] < AHEAD:
        question.notes.append(_undecided(best, rated[1][1]))
        return None
    question.notes.extend(_differs(best))
    return best


def _by_code(item: Asked) -> Message:
    return msg(
        "Perhaps the item of “{other}”, but codes changed their meaning: pair them by hand, or give the wordings.",
        other=item.column.name,
    )


def _undecided(one: Asked, two: Asked) -> Message:
    return msg(
        "Its wording is as close to “{one}” as to “{other}” at the other wave: pair them by hand if it is one of them.",
        one=shorten(one.header.question, 80),
        other=shorten(two.header.question, 80),
    )


def _differs(item: Asked) -> list[Message]:
    return [msg("The wording differs from “{other}” at the other wave: is it one item?",
                other=shorten(item.header.question, 80))]  # fmt: skip


def likeness(first: str, second: str) -> float:
    """Return how alike two texts are, from 0 to 1: twice the matching letters over all letters."""
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    return 1.0 if first == second else matcher.ratio() if matcher.quick_ratio() >= OTHER else 0.0
