"""The attacker: works out withheld counts from everything that a report publishes.

Nothing here is shared with `evaluation.disclosure`: the attacker has its own reading of the tables,
so that an error in one is not repeated in the other.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from evaluation.audit.found import Audit, Recovered
from evaluation.audit.mentions import NUMBERS, unexplained
from evaluation.audit.published import UNITS, Published
from evaluation.audit.puzzle import Puzzle
from evaluation.audit.reading import (
    Asked,
    Row,
    asked_of,
    compares_two,
    is_split,
    is_staged,
    other_level,
    reading_of,
)
from evaluation.audit.rounded import is_rounded, lines_of, possible

OTHERS = "(others)"
BETWEEN = "between"
"""In a row, the limits of its counts that another report has told."""
ABOUT = ("unit", "indicator", "estimand", "item", "scale", "term", "wave", "contrast", "group", "level")
KINDS = ("yes", "answered", "asked")
MIN_CELL = 5

Terms = dict[int, float]
Secret = tuple[str, Terms, int, bool]
"""What a count is about, the count in unknowns, its threshold, and whether nobody is a secret too."""


def attack(
    published: Published,
    *,
    threshold: Callable[[str | None], int] = lambda group: MIN_CELL,
    allowed: Callable[[Mapping[str, Any]], bool] = lambda row: False,
    answers_for_yes: Mapping[str, Sequence[str]] | None = None,
    together: Collection[str] = (),
) -> Audit:
    """Bound every withheld count by integer programming.

    Parameters
    ----------
    published
        What the report shows.
    threshold
        The smallest number that may be known, by classification (None: about everybody).
    allowed
        Tells whether a row is signed off; its numbers are no secret.
    answers_for_yes
        For an indicator, which answers count as yes, if the reader knows.
    together
        Classifications in which it is no secret how many belong to no named level, and took part.

    Returns
    -------
    Audit
        `recovered` is empty if nothing is told too closely.

    Notes
    -----
    A count is told too closely if the interval [low, high] of whole numbers that fit everything
    published ends below the threshold, or begins below it and is narrower than the threshold less one,
    and the rows about everybody alone would leave it wider. That nobody is among the yes, or the no, of
    a withheld row counts as told; that nobody belongs to a remainder does not.
    """
    rows = [row for row in published.rows if row.get("unit", "person") in UNITS and reading_of(row)]
    board = _Board(rows, allowed, answers_for_yes or {}, together)
    secrets = board.secrets(threshold)
    kept, contradictions = board.consistent()
    told = board.puzzle.solved([*board.always, *kept])
    alone = board.puzzle.solved([*board.always, *(line for line in kept if line in board.about_all)])
    found = []
    for about, terms, limit, answer in secrets:
        if not _close(*told.seen(terms), limit, True):
            continue
        interval = told.fraction(terms)
        if interval and interval[0] < limit and not _close(*interval, limit, True):
            interval = told.interval(terms)
        if interval and _close(*interval, limit, answer) and _learned(interval, alone.fraction(terms), limit):
            found.append(Recovered(about, *interval))
    numbers = sum(name in row for row in board.shown for name in NUMBERS)
    loose = unexplained(published)
    return Audit(
        published=numbers,
        withheld=len(board.hidden),
        attacked=len(secrets),
        recovered=tuple(found),
        unexplained=loose,
        contradictions=contradictions,
        rounded=len(board.near),
    )


def _close(low: float, high: float, limit: int, answer: bool) -> bool:
    if high <= 0 and not answer:
        return False
    return high < limit or (low < limit and high - low < limit - 1)


def _learned(told: tuple[float, float], alone: tuple[float, float] | None, limit: int) -> bool:
    """Tell whether breakdowns add something to what the rows about everybody tell."""
    if alone is None:
        return True
    room = min(limit - 1, alone[1] - alone[0])
    return told[1] < min(limit, alone[1]) or told[1] - told[0] < room


class _Board:
    """The puzzle of one report, with the lines that hold always and those that rows add."""

    def __init__(
        self,
        rows: Sequence[Row],
        allowed: Callable[[Row], bool],
        answers_for_yes: Mapping[str, Sequence[str]],
        together: Collection[str],
    ):
        open_rows = [row for row in rows if not row.get("suppressed")]
        self.shown = _once([row for row in open_rows if not is_rounded(row)])
        self.near = _once([row for row in open_rows if is_rounded(row)])
        self.hidden = _once([row for row in rows if row.get("suppressed")])
        self.rows, self.together = [*self.shown, *self.near, *self.hidden], together
        self.allowed = allowed
        self.usual = _usual(self.rows)
        self.puzzle, self.always = Puzzle(), []
        self.about_all: list[int] = []
        self.of_rows: list[int] = []
        self.fewest, self.size = _sizes(self.rows)
        self.loose = {
            self.asked(row): float("inf") for row in self.rows if reading_of(row).wider or is_staged(row)
        }
        self.levels = _levels(self.rows)
        self.questions = {self.asked(row): None for row in self.rows}
        self.attended = {self.asked(row) for row in self.rows if reading_of(row).attends}
        self.crossed = {(self.asked(row), row["group"]): None for row in self.rows if is_split(row)}
        self._nest()
        self._split_up()
        self._waves()
        self._options(answers_for_yes)
        self._read()

    def consistent(self) -> tuple[list[int], int]:
        """Keep the lines that fit together; those that contradict the others are left out."""
        left = [*self.about_all, *self.of_rows]
        misfits = set(self.puzzle.solved([*self.always, *left]).misfits(len(left)))
        return [line for place, line in enumerate(left) if place not in misfits], len(misfits)

    def secrets(self, threshold: Callable[[str | None], int]) -> list[Secret]:
        """Return every count that should be withheld: of withheld rows, and remainders that no row shows."""
        found: dict[tuple[Any, ...], Secret] = {}
        for secret in (*self._of_rows(threshold), *self._of_remainders(threshold)):
            found.setdefault((tuple(sorted(secret[1].items())), secret[3]), secret)
        return list(found.values())

    def _of_rows(self, threshold: Callable[[str | None], int]) -> Iterator[Secret]:
        for row in self.hidden:
            limit, counts = threshold(row["group"] if is_split(row) else None), self._counts(row)
            name = ", ".join(str(row[key]) for key in ABOUT if key in row)
            asks = not (reading_of(row).attends or "option" in reading_of(row).counts.values())
            for key, terms in counts.items():
                yield f"{name}: {key}", terms, limit, asks and key == "k"
            if asks and {"k", "n"} <= counts.keys():
                no = _less(counts["n"], counts["k"])
                yield f"{name}: n - k", no, limit, True

    def _of_remainders(self, threshold: Callable[[str | None], int]) -> Iterator[Secret]:
        for unit, group in self.levels:
            if group not in self.together and not self.allowed({"group": group, "level": "*"}):
                yield f"{group}: {OTHERS}", {self._belongs(unit, group, OTHERS): 1.0}, threshold(group), False
        for asked, group in self.crossed:
            open_to_all = group in self.together and asked in self.attended
            if not (open_to_all or self.allowed({"group": group, "level": "*"})):
                about = ", ".join(str(part) for part in (*asked, group, OTHERS) if part)
                place = self._part(asked, group, OTHERS, "answered")
                yield f"{about}: n", {place: 1.0}, threshold(group), False

    def asked(self, row: Row) -> Asked:
        """Return what a row asks, with the usual wave where it leaves the wave out."""
        asked = asked_of(row)
        usual = self.usual.get(asked[:3], (None, None))
        return (*asked[:4], asked[4] or usual[0], asked[5] or usual[1])

    def _whole(self, asked: Asked, kind: str) -> int:
        return self.puzzle.unknown(("whole", asked, kind), self.loose.get(asked, self.size[asked[0]]))

    def _part(self, asked: Asked, group: str, level: str, kind: str) -> int:
        return self.puzzle.unknown(("part", asked, group, level, kind), self.size[asked[0]])

    def _belongs(self, unit: str, group: str, level: str) -> int:
        return self.puzzle.unknown(("belongs", unit, group, level), self.size[unit])

    def _option(self, row: Row) -> int:
        return self.puzzle.unknown(("option", self.asked(row), row["term"]), self.size[self.asked(row)[0]])

    def _inside(self, *chain: int) -> None:
        for small, large in pairwise(chain):
            self._know({small: 1.0, large: -1.0}, -float("inf"), 0.0)

    def _know(self, terms: Mapping[int, float], low: float, high: float) -> None:
        self.always.append(self.puzzle.know(terms, low, high))

    def _nest(self) -> None:
        """Those who say yes are among those who answer, and these among those who are asked."""
        for asked in self.questions:
            self._inside(*(self._whole(asked, kind) for kind in KINDS))
        for unit, group in self.levels:
            people = {self._belongs(unit, group, level): 1.0 for level in self.levels[unit, group]}
            self._know(people, self.fewest[unit], self.size[unit])

    def _split_up(self) -> None:
        """In every classification the levels add up, and no level has more silent than there are in all."""
        for asked, group in self.crossed:
            names = self.levels[asked[0], group]
            for level in names:
                chain = [self._part(asked, group, level, kind) for kind in KINDS]
                self._inside(*chain, self._belongs(asked[0], group, level))
                for few, many in pairwise(KINDS):
                    terms = {
                        self._part(asked, group, level, many): 1.0,
                        self._part(asked, group, level, few): -1.0,
                        self._whole(asked, many): -1.0,
                        self._whole(asked, few): 1.0,
                    }
                    self._know(terms, -float("inf"), 0.0)
            for kind in KINDS:
                terms = {self._part(asked, group, level, kind): 1.0 for level in names}
                self._know(terms | {self._whole(asked, kind): -1.0}, 0.0, 0.0)

    def _waves(self) -> None:
        """Whoever answers a question in a wave has answered in the wave."""
        taken = {self.asked(row) for row in self.rows if reading_of(row).in_wave}
        for asked in self.questions:
            unit, _, _, _, wave, against = asked
            if asked not in taken:
                continue
            for name in sorted({wave, *str(against or "").split(" - ")} - {None, ""}):
                occasion = (unit, "wave", None, None, name, None)
                if occasion in self.questions:
                    self._inside(self._whole(asked, "answered"), self._whole(occasion, "yes"))
                    self._in_wave(asked, occasion)

    def _in_wave(self, asked: Asked, occasion: Asked) -> None:
        for group in [group for one, group in self.crossed if one == asked]:
            if (occasion, group) in self.crossed:
                for level in self.levels[asked[0], group]:
                    whole = self._part(occasion, group, level, "yes")
                    self._inside(self._part(asked, group, level, "answered"), whole)

    def _options(self, answers_for_yes: Mapping[str, Sequence[str]]) -> None:
        """Everybody who answers chooses one of the answers; some of them count as yes."""
        chosen: dict[Asked, dict[str, int]] = defaultdict(dict)
        for row in self.rows:
            if "option" in reading_of(row).counts.values() and "term" in row:
                chosen[self.asked(row)][row["term"]] = self._option(row)
        for asked, options in chosen.items():
            terms = dict.fromkeys(options.values(), 1.0)
            self._know(terms | {self._whole(asked, "answered"): -1.0}, 0.0, 0.0)
            yes = [options[term] for term in answers_for_yes.get(str(asked[2]), ()) if term in options]
            if yes:
                self._know(dict.fromkeys(yes, 1.0) | {self._whole(asked, "yes"): -1.0}, 0.0, 0.0)

    def _read(self) -> None:
        for row in self.shown:
            reading = reading_of(row)
            known = not is_split(row) and "option" not in reading.counts.values()
            known |= reading.attends and row.get("group") in self.together
            lines = self.about_all if known or self.allowed(row) else self.of_rows
            for name, terms in self._counts(row).items():
                if name in row:
                    lines.append(self.puzzle.know(terms, float(row[name]), float(row[name])))
        for row in self.near:
            reading = reading_of(row)
            told = row["estimand"] and "option" not in reading.counts.values()
            answers = (
                bool(told) and (not reading.attends or is_split(row)) and reading.subject != "composition"
            )
            for line in lines_of(row, self._counts(row), reading.subject, answers=answers):
                self.of_rows.append(self.puzzle.know(*line))
        for row in self.rows:
            for name, limits in row.get(BETWEEN, {}).items():
                if terms := self._counts(row).get(name):
                    self.about_all.append(self.puzzle.know(terms, *limits))

    def _counts(self, row: Row) -> dict[str, Terms]:
        """Return what each count of a row is in unknowns."""
        found = {name: self._terms(row, meaning) for name, meaning in reading_of(row).counts.items()}
        return {name: terms for name, terms in found.items() if terms}

    def _terms(self, row: Row, meaning: str) -> Terms:
        asked, two = self.asked(row), compares_two(row)
        if meaning == "option":
            return {self._option(row): 1.0} if "term" in row else {}
        if meaning == "whole yes" or not is_split(row):
            kind = {"whole yes": "yes", "either": "answered"}.get(meaning, meaning)
            if kind == "no":
                return {self._whole(asked, "answered"): 1.0, self._whole(asked, "yes"): -1.0}
            return {self._whole(asked, kind): 1.0} if kind in KINDS else {}
        unit, group, level = asked[0], row["group"], row["level"]
        if meaning.startswith("belongs"):
            others = [name for name in self.levels[unit, group] if name != level]
            names = others if meaning == "belongs elsewhere" else [level]
            return {self._belongs(unit, group, name): 1.0 for name in names}
        if meaning in KINDS:
            return {self._part(asked, group, level, meaning): 1.0} if not two else {}
        names = (
            {"here": [level], "there": [other_level(row)], "either": [level, other_level(row)]} if two else {}
        )
        return {self._part(asked, group, name, "answered"): 1.0 for name in names.get(meaning, ())}


def _less(whole: Terms, part: Terms) -> Terms:
    return {place: whole.get(place, 0.0) - part.get(place, 0.0) for place in {**whole, **part}}


def _usual(rows: Sequence[Row]) -> dict[Asked, tuple[str | None, str | None]]:
    """Return the wave, or the waves compared, that the rows about an indicator have first."""
    found: dict[Asked, tuple[str | None, str | None]] = {}
    for row in rows:
        asked = asked_of(row)
        if asked[1] in ("survey", "both waves") and (asked[4] or asked[5]):
            found.setdefault(asked[:3], (asked[4], asked[5]))
    return found


def _once(rows: Sequence[Row]) -> list[Row]:
    return list({tuple(str(row.get(name)) for name in (*ABOUT, *NUMBERS)): row for row in rows}.values())


def _sizes(rows: Sequence[Row]) -> tuple[dict[str, float], dict[str, float]]:
    """Return how many units there are, at the least and at the most: the largest number that is told.

    Both are the same unless a rounded number is larger than every exact one.
    """
    least: dict[str, float] = defaultdict(float)
    most: dict[str, float] = defaultdict(float)
    for row in rows:
        unit, loose = row.get("unit", "person"), reading_of(row).wider or row["estimand"] == "stage_count"
        base = int(row["rounded"]) if is_rounded(row) else 1
        told = [] if loose else [possible(row[name], base) for name in NUMBERS if name in row]
        for low, high in [(0, 0), *told]:
            if low > least[unit] or (low == least[unit] and high < most[unit]):
                least[unit], most[unit] = float(low), float(high)
    return dict(least), {unit: most[unit] for unit in least}


def _levels(rows: Sequence[Row]) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for row in rows:
        if is_split(row):
            names = [row["level"], *([other_level(row)] if compares_two(row) else [])]
            found[row.get("unit", "person"), row["group"]].update(dict.fromkeys(names))
    return {key: [*names, OTHERS] for key, names in found.items()}
