"""Disclosure control on simulated small programmes: what an attacker recovers, what is kept, how long it takes.

python -m benchmarks.disclosure [PROGRAMMES]
"""

import sys
import time
from dataclasses import dataclass

import numpy as np
import pandas as pd

from evaluation.audit import Published, attack
from evaluation.disclosure import Policy, protect, withheld_pattern, withhold
from evaluation.result import Result

POSITIVE = ["4", "5"]


@dataclass(frozen=True, slots=True)
class Programme:
    """The unprotected tables of a made-up report."""

    tables: list[Result]
    policy: Policy
    positives: dict[str, list[str]]


def programme(rng: np.random.Generator, *, people: int = 0, questions: int = 0) -> Programme:
    """Make up the tables of a report of random shape: groups, waves, questions, rare levels."""
    size = people or int(rng.integers(12, 250))
    groups = {f"g{i}": _levels(rng, size) for i in range(rng.integers(1, 4))}
    waves = {f"w{i}": rng.random(size) < rng.uniform(0.5, 1.0) for i in range(rng.integers(1, 4))}
    policy = Policy(5, {name: 10 for name in groups if rng.random() < 0.3})
    names = [f"q{i}" for i in range(questions or rng.integers(1, 8))]
    tables = [Result(pd.DataFrame(_response(waves, groups, size)))]
    tables += [Result(pd.DataFrame(_composition(name, level, size))) for name, level in groups.items()]
    for name in names:
        wave = str(rng.choice(list(waves)))
        answered = waves[wave] & (rng.random(size) < rng.uniform(0.8, 1.0))
        values = np.clip(np.round(rng.normal(rng.uniform(2, 4.6), 1.0, size)), 1, 5)
        tables.append(Result(pd.DataFrame(_shares(name, wave, answered, values, groups, size))))
        tables.append(Result(pd.DataFrame(_options(name, wave, answered, values))))
        group = str(rng.choice(list(groups)))
        tables.append(Result(pd.DataFrame(_gaps(name, wave, answered, group, groups[group]))))
    return Programme(tables, policy, dict.fromkeys(names, POSITIVE))


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


def protected(made: Programme, *, complementary: bool = True) -> list[Result]:
    """Protect every table alone, and then all of them together."""
    alone = [protect(result, made.policy) for result in made.tables]
    if not complementary:
        return alone
    pattern = withheld_pattern([result.table for result in alone], made.policy, positives=made.positives)
    ends = np.cumsum([len(result.table) for result in alone])[:-1]
    return [
        withhold(result, pd.Series(part), made.policy, ("complementary",))
        for result, part in zip(alone, np.split(pattern.withheld, ends), strict=True)
    ]


def attacked(made: Programme, results: list[Result]) -> int:
    """Return how many withheld counts an attacker recovers."""
    found = attack(published(results), threshold=made.policy.threshold, answers_for_yes=made.positives)
    return len(found.recovered)


def kept(results: list[Result]) -> tuple[int, int, int]:
    """Count rows, those that are shown, and those left if every table with a withheld row went."""
    rows = [len(result.table) for result in results]
    shown = [int((~result.table["suppressed"]).sum()) for result in results]
    whole = sum(count for count, seen in zip(rows, shown, strict=True) if count == seen)
    return sum(rows), sum(shown), whole


def main(count: int) -> None:
    """Print one line for the programmes together and one per size."""
    off = on = 0
    totals = np.zeros(3, dtype=int)
    primary = 0
    started = time.perf_counter()
    for seed in range(count):
        made = programme(np.random.default_rng(seed))
        alone, final = protected(made, complementary=False), protected(made)
        primary += kept(alone)[1]
        totals += kept(final)
        off += attacked(made, alone) > 0
        found = attacked(made, final)
        on += found > 0
        if found:
            print(f"programme {seed}: {found} recovered")
    print(f"{count} programmes in {time.perf_counter() - started:.0f} s")
    print(f"recovered something: {off} with each table protected alone, {on} with all together")
    print(
        f"rows shown: {totals[1]} of {totals[0]} ({totals[1] / totals[0]:.0%}); protected alone {primary};"
        f" without every table that has a withheld row {totals[2]} ({totals[2] / totals[0]:.0%})"
    )
    for questions in (4, 8, 16, 32):
        made = programme(np.random.default_rng(1), people=191, questions=questions)
        alone = protected(made, complementary=False)
        started = time.perf_counter()
        pattern = withheld_pattern([result.table for result in alone], made.policy, positives=made.positives)
        took = time.perf_counter() - started
        print(f"{pattern.cells} linked counts: {took:.1f} s, {pattern.rounds} rounds")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
