"""Linking of simulated programmes whose true links are known; `python -m benchmarks.linkage`."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from evaluation.data.linkage.candidates import candidate_pairs
from evaluation.data.linkage.chance import expected_chance
from evaluation.data.linkage.guard import Chance, safe_rule
from evaluation.data.linkage.match import RULES, linked_waves
from evaluation.data.linkage.wave import WaveCodes, wave_codes

RATES = (0.0, 0.02, 0.05, 0.10)
COMPANIES, LARGEST = 30, 19
LETTERS = np.array([first + second for first in "abcdefghijklmnoprstuvåäö" for second in "aeiouyåäölnrs"])
ANSWERS = 0.85
"""How many answer at each wave, independently of each other."""
NEWCOMERS = 0.10
"""How many of a company's people leave between the waves; as many come."""
WITHOUT_CODE = 0.03
TWINS = (0.0, 0.002, 0.005)
"""How many people have the same code as a colleague, for other reasons than chance."""
USUAL = 0.002
ELEMENTS = ["c1", "c2", "c3", "c4"]
GUARDED = "guarded"
"""The default rule as programmes get it: strict where the code is weak."""


@dataclass(frozen=True, slots=True)
class Recovered:
    """What linking one programme gave: true pairs, links, right links, chance pairs expected and actual."""

    true: int
    links: int
    right: int
    expected: float
    actual: int


def _skewed(rng: np.random.Generator, values: int, n: int) -> np.ndarray:
    share = 1 / (np.arange(values) + 4.0)
    return rng.choice(values, n, p=share / share.sum())


def strong(rng: np.random.Generator, n: int) -> np.ndarray:
    """Return two letters of a name, day of birth, two letters of a place, last two digits of a number."""
    day, number = rng.integers(1, 32, n), rng.integers(0, 100, n)
    name, place = LETTERS[_skewed(rng, 120, n)], LETTERS[_skewed(rng, 80, n) + 150]
    return np.column_stack([name, day.astype(str), place, number.astype(str)]).astype(object)


def weak(rng: np.random.Generator, n: int) -> np.ndarray:
    """Return the initial of a name, month of birth, number of siblings, initial of a place."""
    name, place = LETTERS[_skewed(rng, 23, n) * 13], LETTERS[_skewed(rng, 15, n) * 13]
    month, siblings = rng.integers(1, 13, n), rng.poisson(1.3, n)
    return np.column_stack([name, month.astype(str), siblings.astype(str), place]).astype(object)


def limited(rng: np.random.Generator, n: int) -> np.ndarray:
    """Return two letters of a name, day of birth, number of siblings, two letters of a place."""
    day, siblings = rng.integers(1, 32, n), rng.poisson(1.3, n)
    name, place = LETTERS[_skewed(rng, 120, n)], LETTERS[_skewed(rng, 80, n) + 150]
    return np.column_stack([name, day.astype(str), siblings.astype(str), place]).astype(object)


Codes = Callable[[np.random.Generator, int], np.ndarray]


def _with_errors(codes: np.ndarray, rate: float, rng: np.random.Generator, kind: Codes) -> np.ndarray:
    """Replace elements by what somebody else would have written, each with the given probability."""
    wrong = rng.random(codes.shape) < rate
    other = kind(rng, len(codes))
    same = wrong & (other == codes)
    return np.where(wrong, np.where(same, other + "x", other), codes)


def _wave(people: np.ndarray, company: np.ndarray, codes: np.ndarray, rng: np.random.Generator) -> WaveCodes:
    frame = pd.DataFrame(codes, columns=ELEMENTS).assign(person=people, company=company)
    frame.loc[rng.random(len(frame)) < WITHOUT_CODE, ELEMENTS] = ""
    frame = frame[rng.random(len(frame)) < ANSWERS].sample(frac=1, random_state=rng)
    return wave_codes(frame, ELEMENTS, respondent="person", block="company")


def simulated(
    rate: float, rng: np.random.Generator, twins: float = USUAL, kind: Codes = strong
) -> tuple[WaveCodes, WaveCodes, np.ndarray]:
    """Return two waves of a made-up programme, respondents named after the true people, and whose code each has."""
    company = np.repeat(np.arange(COMPANIES).astype(str), rng.integers(1, LARGEST + 1, COMPANIES))
    n = len(company)
    codes, origin = kind(rng, 2 * n), np.arange(2 * n)
    for place in np.flatnonzero(rng.random(n) < twins):
        colleagues = np.setdiff1d(np.flatnonzero(company == company[place]), place)
        if len(colleagues):
            origin[place] = origin[rng.choice(colleagues)]
    codes = codes[origin]
    people = np.arange(n)
    later = np.where(rng.random(n) < NEWCOMERS, people + n, people)
    first = _wave(people, company, codes[:n], rng)
    return first, _wave(later, company, _with_errors(codes[later], rate, rng, kind), rng), origin


def recovered(
    rate: float, rng: np.random.Generator, twins: float = USUAL, kind: Codes = strong
) -> dict[str, Recovered]:
    """Link one programme by each rule and compare with the truth."""
    before, after, origin = simulated(rate, rng, twins, kind)
    coded = [wave.respondent[(wave.kept != "").all(axis=1)] for wave in (before, after)]
    true = len(np.intersect1d(*coded))
    pairs = candidate_pairs(before, after)
    whose = [origin[wave.respondent.astype(int)] for wave in (before, after)]
    actual = int((whose[0][pairs.before] != whose[1][pairs.after]).sum())
    found = {rule: linked_waves(before, after, rule=rule) for rule in RULES}
    chance = expected_chance(before, after, found["default"])
    expected = chance.expected_one_edit
    safe = safe_rule(Chance(chance.expected_exact, expected, len(found["default"].links)), "default")
    found[GUARDED] = found[safe or "strict"]
    return {
        rule: Recovered(
            true,
            len(linkage.links),
            int((before.respondent[linkage.links[:, 0]] == after.respondent[linkage.links[:, 1]]).sum()),
            expected,
            actual,
        )
        for rule, linkage in found.items()
    }


def ratio(over: Sequence[float], under: Sequence[float]) -> tuple[float, float]:
    """Return a ratio of sums over programmes with its Monte Carlo standard error (linearised)."""
    top, bottom = np.asarray(over, dtype=float), np.asarray(under, dtype=float)
    value = top.sum() / bottom.sum()
    spread = (top - value * bottom).std(ddof=1) / bottom.mean()
    return float(value), float(spread / np.sqrt(len(top)))


def table(programmes: int, seed: int = 1, *, twins: float = USUAL, kind: Codes = strong) -> pd.DataFrame:
    """Return recall, precision and chance pairs by rule and error rate."""
    rows = []
    for rate in RATES:
        rng = np.random.default_rng([seed, int(rate * 1000)])
        runs = [recovered(rate, rng, twins, kind) for _ in range(programmes)]
        for rule in (*RULES, GUARDED):
            mine = [run[rule] for run in runs]
            recall = ratio([run.right for run in mine], [run.true for run in mine])
            precision = ratio([run.right for run in mine], [run.links for run in mine])
            chance = [float(np.mean([getattr(run, name) for run in mine])) for name in ("expected", "actual")]
            error = np.std([run.expected - run.actual for run in mine], ddof=1) / np.sqrt(programmes)
            rows.append((rate, rule, *recall, *precision, *chance, float(error)))
    names = [
        "rate",
        "rule",
        "recall",
        "recall_se",
        "precision",
        "precision_se",
        "expected",
        "actual",
        "chance_se",
    ]
    return pd.DataFrame(rows, columns=names)


def main(programmes: int) -> None:
    """Print the tables as they stand in docs/linkage.md."""
    print(f"{programmes} programmes per row, ± Monte Carlo standard error")
    for kind, twins in [*((strong, twins) for twins in TWINS), (limited, 0.0), (weak, 0.0)]:
        print(f"\nCodes: {kind.__name__}; people with the code of a colleague: {twins:.1%}\n", flush=True)
        print("| errors per element | rule | recall | precision | chance pairs: expected | actual |")
        print("|---|---|---|---|---|---|")
        for row in table(programmes, twins=twins, kind=kind).itertuples():
            print(
                f"| {row.rate:.0%} | {row.rule} | {row.recall:.4f} ± {row.recall_se:.4f} "
                f"| {row.precision:.5f} ± {row.precision_se:.5f} "
                f"| {row.expected:.2f} | {row.actual:.2f} ± {row.chance_se:.2f} |",
                flush=True,
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 400)
