"""Disclosure control on simulated small programmes: what an attacker recovers, what is kept, how long it takes.

python -m benchmarks.disclosure [PROGRAMMES [PAGE]]
"""

import sys
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np
import pandas as pd

from evaluation.audit import Published, attack, differences, recovered_together
from evaluation.disclosure import (
    Pattern,
    Policy,
    earlier_rows,
    protect,
    rounded,
    withheld_after,
    withheld_pattern,
    withhold,
)
from evaluation.result import Result

T = TypeVar("T")
Change = Callable[..., Result]
POSITIVE = ["4", "5"]
LATER = (1, 8, 20)
"""How many more people have answered when a report is made again."""
BEGIN, END = "<!-- benchmarks.disclosure -->", "<!-- end of benchmarks.disclosure -->"


@dataclass(frozen=True, slots=True)
class Programme:
    """The unprotected tables of a made-up report."""

    tables: list[Result]
    policy: Policy
    positives: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Answers:
    """What made-up people belong to and answered: one entry per person in every array."""

    groups: dict[str, np.ndarray]
    waves: dict[str, np.ndarray]
    questions: dict[str, tuple[str, np.ndarray, np.ndarray, str]]
    policy: Policy


def programme(rng: np.random.Generator, *, people: int = 0, questions: int = 0) -> Programme:
    """Make up the tables of a report of random shape: groups, waves, questions, rare levels."""
    return _report(_answers(rng, people, questions))


def grown(rng: np.random.Generator, *, by: int, people: int = 0, questions: int = 0) -> Programme:
    """Make up the same report when some more people have answered everything."""
    first = _answers(rng, people, questions)
    like = rng.integers(0, len(next(iter(first.groups.values()))), by)
    groups = {name: np.concatenate([levels, levels[like]]) for name, levels in first.groups.items()}
    waves = {name: np.concatenate([present, np.ones(by, bool)]) for name, present in first.waves.items()}
    asked = {
        name: (
            wave,
            np.concatenate([answered, np.ones(by, bool)]),
            np.concatenate([values, values[like]]),
            by_,
        )
        for name, (wave, answered, values, by_) in first.questions.items()
    }
    return _report(Answers(groups, waves, asked, first.policy))


def _answers(rng: np.random.Generator, people: int, questions: int) -> Answers:
    size = people or int(rng.integers(12, 250))
    groups = {f"g{i}": _levels(rng, size) for i in range(rng.integers(1, 4))}
    waves = {f"w{i}": rng.random(size) < rng.uniform(0.5, 1.0) for i in range(rng.integers(1, 4))}
    policy = Policy(5, {name: 10 for name in groups if rng.random() < 0.3})
    asked = {}
    for name in [f"q{i}" for i in range(questions or rng.integers(1, 8))]:
        wave = str(rng.choice(list(waves)))
        answered = waves[wave] & (rng.random(size) < rng.uniform(0.8, 1.0))
        values = np.clip(np.round(rng.normal(rng.uniform(2, 4.6), 1.0, size)), 1, 5)
        asked[name] = (wave, answered, values, str(rng.choice(list(groups))))
    return Answers(groups, waves, asked, policy)


def _report(made: Answers) -> Programme:
    size = len(next(iter(made.groups.values())))
    tables = [_response(made.waves, made.groups, size)]
    tables += [_composition(name, levels, size) for name, levels in made.groups.items()]
    for name, (wave, answered, values, group) in made.questions.items():
        tables.append(_shares(name, wave, answered, values, made.groups, size))
        tables.append(_options(name, wave, answered, values))
        tables.append(_gaps(name, wave, answered, group, made.groups[group]))
    results = [Result(pd.DataFrame(rows)) for rows in tables]
    return Programme(results, made.policy, dict.fromkeys(made.questions, POSITIVE))


def _levels(rng: np.random.Generator, size: int) -> np.ndarray:
    count = int(rng.integers(2, 6))
    return rng.choice([f"l{i}" for i in range(count)], size, p=rng.dirichlet(np.full(count, 1.2)))


def _shown(levels: np.ndarray) -> list[str]:
    """Leave out rare levels, as a report does."""
    return [str(name) for name in np.unique(levels) if (levels == name).sum() >= 5]


def _response(waves: dict, groups: dict, size: int) -> list[dict]:
    fixed = {"estimand": "response_rate", "unit": "person"}
    rows = []
    for wave, present in waves.items():
        rows.append({**fixed, "wave": wave, **_share(present.sum(), size)})
        for group, levels in groups.items():
            for level in _shown(levels):
                own = levels == level
                counts = _share((present & own).sum(), own.sum())
                rows.append({**fixed, "wave": wave, "group": group, "level": level, **counts})
    return rows


def _composition(group: str, levels: np.ndarray, size: int) -> list[dict]:
    fixed = {"estimand": "group_share", "unit": "person", "indicator": f"c-{group}", "group": group}
    return [{**fixed, "level": name, **_share((levels == name).sum(), size)} for name in _shown(levels)]


def _shares(name: str, wave: str, answered: np.ndarray, values: np.ndarray, groups: dict, size: int) -> list:
    fixed = {"estimand": "described_share", "unit": "person", "indicator": name, "wave": wave}
    yes = answered & (values >= 4)
    rows = [{**fixed, **_share(yes.sum(), answered.sum()), "n_total": size}]
    for group, levels in groups.items():
        for level in _shown(levels):
            own = levels == level
            rows.append(
                {**fixed, "group": group, "level": level, **_share((yes & own).sum(), (answered & own).sum())}
            )
    return rows


def _options(name: str, wave: str, answered: np.ndarray, values: np.ndarray) -> list[dict]:
    fixed = {"estimand": "answer_share", "unit": "person", "indicator": name, "wave": wave, "item": name}
    return [
        {**fixed, "term": f"{value}", **_share((answered & (values == value)).sum(), answered.sum())}
        for value in range(1, 6)
    ]


def _gaps(name: str, wave: str, answered: np.ndarray, group: str, levels: np.ndarray) -> list[dict]:
    first, *others = _shown(levels) or ["none"]
    fixed = {"estimand": "mean_gap", "unit": "person", "indicator": name, "wave": wave, "group": group}
    numbers = {level: int((answered & (levels == level)).sum()) for level in (first, *others)}
    rows = [
        {
            **fixed,
            "level": level,
            "contrast": f"{level} - {first}",
            "estimate": 0.1,
            "n": numbers[level] + numbers[first],
            "n_level": numbers[level],
            "n_reference": numbers[first],
        }
        for level in others
    ]
    return rows or [{**fixed, "level": None, "contrast": None, "estimate": np.nan, "n": 0}]


def _share(part: int, whole: int) -> dict:
    return {"estimate": part / whole if whole else np.nan, "k": int(part), "n": int(whole)}


def published(results: list[Result]) -> Published:
    """Return what a reader of the tables has."""
    rows = [
        {key: value for key, value in row.items() if value is not None}
        for result in results
        for row in result.records()
    ]
    return Published(tuple(rows), (), 0, 0, 0, None)


def protected(made: Programme, *, complementary: bool = True, rounds: bool = False) -> list[Result]:
    """Protect every table alone, and then all of them together, by withholding alone or with rounding."""
    alone, policy = (
        [protect(result, made.policy) for result in made.tables],
        replace(made.policy, rounds=rounds),
    )
    if not complementary:
        return alone
    pattern = withheld_pattern([result.table for result in alone], policy, positives=made.positives)
    return _final(alone, pattern, policy)


def rounded_unchecked(made: Programme) -> list[Result]:
    """Round every row that is withheld for others', without looking at what that tells."""
    alone = [protect(result, made.policy) for result in made.tables]
    pattern = withheld_pattern([result.table for result in alone], made.policy, positives=made.positives)
    return _each(rounded, alone, pattern.complementary, made.policy)


def protected_after(made: Programme, earlier: list[Result], *, rounds: bool = False) -> list[Result]:
    """Protect a report for readers who have an earlier one too."""
    alone, policy = (
        [protect(result, made.policy) for result in made.tables],
        replace(made.policy, rounds=rounds),
    )
    rows = [row for result in earlier for row in result.table.to_dict("records")]
    told = earlier_rows(
        [row for row in rows if not row["suppressed"]], [row for row in rows if row["suppressed"]]
    )
    tables = [result.table for result in alone]
    pattern = withheld_after(tables, policy, told, positives=made.positives)
    return _final(alone, pattern, policy)


def _final(alone: list[Result], pattern: Pattern, policy: Policy) -> list[Result]:
    final = _each(partial(withhold, rules=("complementary",)), alone, pattern.withheld, policy)
    return _each(rounded, final, pattern.rounded, policy)


def _each(change: Change, results: list[Result], rows: np.ndarray, policy: Policy) -> list[Result]:
    ends = np.cumsum([len(result.table) for result in results])[:-1]
    return [
        change(result, pd.Series(part), policy=policy)
        for result, part in zip(results, np.split(rows, ends), strict=True)
    ]


def attacked(made: Programme, results: list[Result]) -> int:
    """Return how many withheld counts an attacker recovers."""
    found = attack(published(results), threshold=made.policy.threshold, answers_for_yes=made.positives)
    return len(found.recovered)


def recovered_from_both(made: Programme, earlier: list[Result], later: list[Result]) -> int:
    """Return how many counts are told by two reports together."""
    both, limit = (published(later), published(earlier)), made.policy.threshold
    found = recovered_together(*both, threshold=limit, answers_for_yes=made.positives)
    return len(found) + len(differences(*both, threshold=limit))


def kept(results: list[Result]) -> tuple[int, int, int]:
    """Count rows, those that are shown, and those left if every table with a withheld row went."""
    rows = [len(result.table) for result in results]
    shown = [int((~result.table["suppressed"]).sum()) for result in results]
    whole = sum(count for count, seen in zip(rows, shown, strict=True) if count == seen)
    return sum(rows), sum(shown), whole


def near_rows(results: list[Result]) -> int:
    """Count the rows that are told rounded."""
    return sum(int(result.table["rounded"].notna().sum()) for result in results if "rounded" in result.table)


@dataclass(frozen=True, slots=True)
class Attacked:
    """What became of one made-up report: rows, and counts that an attacker recovers."""

    rows: int
    alone: int
    together: int
    whole_tables: int
    recovered_alone: int
    recovered: int
    recovered_naive: int
    near: int
    near_and_shown: int
    recovered_rounded: int


def trial(seed: int) -> Attacked:
    """Make up one report, protect it in four ways, and attack all of them."""
    made = programme(np.random.default_rng(seed))
    alone, final = protected(made, complementary=False), protected(made)
    near = protected(made, rounds=True)
    naive = [result for result in alone if not result.table["suppressed"].any()]
    rows, shown, _ = kept(final)
    return Attacked(
        rows,
        kept(alone)[1],
        shown,
        sum(len(result.table) for result in naive),
        attacked(made, alone),
        attacked(made, final),
        attacked(made, naive),
        near_rows(near),
        kept(near)[1],
        attacked(made, near),
    )


def unchecked_trial(seed: int) -> int:
    """Return how many counts are recovered if rows are rounded without a look at what that tells."""
    made = programme(np.random.default_rng(seed))
    return attacked(made, rounded_unchecked(made))


def later_trial(seed: int, by: int) -> tuple[int, int, int, int]:
    """Attack two reports together when some more people have answered: rows, shown, recovered with and without."""
    first, later = programme(np.random.default_rng(seed)), grown(np.random.default_rng(seed), by=by)
    before, careless = protected(first), protected(later)
    careful = protected_after(later, before)
    found = recovered_from_both(first, before, careful), recovered_from_both(first, before, careless)
    return (*kept(careful)[:2], *found)


def growth(questions: int) -> tuple[int, int, int, float]:
    """Return counts, rows, rounds and seconds of one report with many questions."""
    made = programme(np.random.default_rng(1), people=191, questions=questions)
    tables = [result.table for result in protected(made, complementary=False)]
    started = time.process_time()
    pattern = withheld_pattern(tables, made.policy, positives=made.positives)
    return pattern.cells, len(pattern.primary), pattern.rounds, time.process_time() - started


def lines(
    found: list[Attacked],
    unchecked: list[int],
    later: dict[int, list[tuple[int, int, int, int]]],
    sizes: list[tuple],
) -> list[str]:
    """Write what was found as tables in Markdown."""
    total = sum(one.rows for one in found)

    def line(name: str, shown: int, recovered: list[int]) -> str:
        told = sum(count > 0 for count in recovered)
        return f"| {name} | {shown} | {shown / total:.0%} | {sum(recovered)} | {told} |"

    text = [
        f"{len(found)} made-up reports with {total} rows about people.",
        "",
        "| how | rows shown | share | counts recovered | reports with any |",
        "|---|---|---|---|---|",
        line("each table alone", sum(o.alone for o in found), [o.recovered_alone for o in found]),
        line("all tables together", sum(o.together for o in found), [o.recovered for o in found]),
        line(
            "all tables together, with rounding",
            sum(o.near_and_shown for o in found),
            [o.recovered_rounded for o in found],
        ),
        line(
            "no table with a withheld row",
            sum(o.whole_tables for o in found),
            [o.recovered_naive for o in found],
        ),
        "",
        f"Withheld for their own numbers: {total - sum(o.alone for o in found)} rows; for others': "
        f"{sum(o.alone - o.together for o in found)}. With rounding {sum(o.near for o in found)} of these are shown "
        f"in rounded numbers, {sum(o.near_and_shown - o.near for o in found)} rows as they are, and "
        f"{sum(o.alone - o.near_and_shown for o in found)} stay withheld for others'. If all are rounded in "
        f"{len(unchecked)} of the reports and nothing is checked, {sum(unchecked)} counts are recovered.",
    ]
    text += [
        "",
        f"More people answer everything, and {len(unchecked)} of the reports are made again and attacked together "
        "with the earlier ones:",
        "",
        "| more people | recovered if the earlier are not known | recovered | reports with any | rows shown |",
        "|---|---|---|---|---|",
    ]
    for by, trials in later.items():
        rows, shown, careful, careless = (sum(part) for part in zip(*trials, strict=True))
        told = sum(trial[2] > 0 for trial in trials)
        text.append(f"| {by} | {careless} | {careful} | {told} | {shown} of {rows} ({shown / rows:.0%}) |")
    text += [
        "",
        "| linked counts | rows | rounds | seconds of one processor |",
        "|---|---|---|---|",
        *(f"| {cells} | {rows} | {rounds} | {seconds:.1f} |" for cells, rows, rounds, seconds in sizes),
    ]
    return text


def _told(results: Iterable[T]) -> list[T]:
    """Print each result as it comes, since the whole takes long."""
    kept = []
    for number, result in enumerate(results):
        print(number, result, flush=True)
        kept.append(result)
    return kept


def main(count: int, page: Path | None) -> None:
    """Attack made-up reports, print what is found, and write it into a page of the guide."""
    with ProcessPoolExecutor(max_workers=2) as pool:
        found = _told(pool.map(trial, range(count)))
        unchecked = _told(pool.map(unchecked_trial, range(max(count // 5, 1))))
        later = {by: _told(pool.map(partial(later_trial, by=by), range(max(count // 5, 1)))) for by in LATER}
    text = "\n".join(lines(found, unchecked, later, [growth(questions) for questions in (4, 8, 16, 20, 32)]))
    print(text)
    if page:
        before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
        after = rest.partition(END)[2]
        page.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200, Path(sys.argv[2]) if len(sys.argv) > 2 else None)
