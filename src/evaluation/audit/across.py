"""The attacker of a programme's report: what sums over projects tell of what their own reports withhold."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from evaluation.audit.attack import MIN_CELL, Recovered
from evaluation.audit.puzzle import Bounded, Puzzle

Row = Mapping[str, Any]
OTHERS = "(others)"
BOTH = ("yes", "no")


def attack_across(
    rows: Sequence[Row],
    sums: Sequence[Row],
    *,
    threshold: Callable[[str | None], int] = lambda group: MIN_CELL,
    largest: int = 100_000,
) -> tuple[Recovered, ...]:
    """Bound the counts that projects withhold by integer programming.

    Parameters
    ----------
    rows
        Rows of the projects' own reports: `project`, `indicator`, `estimand`, perhaps `group`, `level` and
        `part`, `k` and `n`, or `suppressed`.
    sums
        The same of the programme's report, without `project`.
    threshold
        The smallest number that may be known, by classification (None: about everybody).
    largest
        More units than any project has.

    Returns
    -------
    tuple of Recovered
        Empty if nothing is told more closely than the project's own report tells it.
    """
    found: list[Recovered] = []
    tables: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in rows:
        tables[_table(row)].append(row)
    for table, own in tables.items():
        told = [row for row in sums if _table(row) == table and not row.get("suppressed")]
        found += _recovered(own, told, threshold(table[2]), largest)
    return tuple(found)


def _table(row: Row) -> tuple[Any, ...]:
    return row["indicator"], row["estimand"], row.get("group"), row.get("part")


def _recovered(own: Sequence[Row], sums: Sequence[Row], limit: int, largest: int) -> list[Recovered]:
    puzzle = Puzzle()
    names = list(dict.fromkeys(row["level"] for row in own if row.get("level") is not None)) or list(BOTH)
    by_project: dict[str, list[Row]] = defaultdict(list)
    for row in own:
        by_project[row["project"]].append(row)
    lines: list[int] = []
    for project, told in by_project.items():
        lines += _of_project(puzzle, project, told, names, largest)
    alone = puzzle.solved(lines)
    lines += _of_sums(puzzle, list(by_project), sums, largest)
    together = puzzle.solved(lines)
    return [
        Recovered(f"{project}: {level}", *together.interval(terms))
        for project, told in by_project.items()
        for level, terms in _withheld(puzzle, project, told, names, largest)
        if _learned(together, alone, terms, limit)
    ]


def _of_project(puzzle: Puzzle, project: str, told: Sequence[Row], names: list[str], most: int) -> list[int]:
    """Its levels add up to all that it has; what it shows is known."""
    everybody = puzzle.unknown((project, None), most)
    levels = {puzzle.unknown((project, name), most): 1.0 for name in (*names, OTHERS)}
    lines = [puzzle.know(levels | {everybody: -1.0}, 0.0, 0.0)]
    if names == list(BOTH):
        lines.append(puzzle.know({puzzle.unknown((project, OTHERS), most): 1.0}, 0.0, 0.0))
    for row in told:
        if not row.get("suppressed"):
            lines.append(puzzle.know({everybody: 1.0}, row["n"], row["n"]))
            place = puzzle.unknown((project, row.get("level") or BOTH[0]), most)
            lines.append(puzzle.know({place: 1.0}, row["k"], row["k"]))
    return lines


def _of_sums(puzzle: Puzzle, projects: list[str], sums: Sequence[Row], most: int) -> list[int]:
    lines = []
    for row in sums:
        for name, value in ((None, row["n"]), (row.get("level") or BOTH[0], row["k"])):
            if value is not None:
                terms = {puzzle.unknown((project, name), most): 1.0 for project in projects}
                lines.append(puzzle.know(terms, value, value))
    return lines


def _withheld(
    puzzle: Puzzle, project: str, told: Sequence[Row], names: list[str], most: int
) -> list[tuple[str, dict[int, float]]]:
    hidden = [row.get("level") for row in told if row.get("suppressed")]
    wanted = [name for name in hidden if name] or (list(BOTH) if hidden and names == list(BOTH) else [])
    return [(name, {puzzle.unknown((project, name), most): 1.0}) for name in wanted]


def _learned(together: Bounded, alone: Bounded, terms: dict[int, float], limit: int) -> bool:
    now = together.interval(terms)
    if now is None:
        return False
    low, high = now
    if high >= limit and not (low < limit and high - low < limit - 1):
        return False
    before = alone.interval(terms)
    room = limit - 1 if before is None else min(limit - 1, before[1] - before[0])
    return before is None or high < min(limit, before[1]) or high - low < room
