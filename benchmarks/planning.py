"""Whether planned power is what made-up programmes find, and how fast these are.

python -m benchmarks.planning [PROGRAMMES [FILE]] makes programmes of Skills Halland's size (2,000 in each cell):
ordinal answers, companies of unequal size, people who leave and people who cannot be linked. Each is judged by the
interval that the report uses. Beside stands what `planned_power` says from sizes, spread, correlation, intraclass
correlation and losses alone.
"""

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks.simulated_programme import BETWEEN_WAVES, CUTS
from evaluation.change.paired import mean_change
from evaluation.planning.change import planned_power
from evaluation.project.load import load_project
from evaluation.rules import evaluate
from evaluation.rules.replicate import countable, replicated_study, verdict_shares
from evaluation.simulate.population import organisation_sizes
from evaluation.simulate.replicate import replicate
from evaluation.stats.replicated import replicated_means

COMPANIES, PEOPLE = 30, 191
SHIFTS = (0.0, 0.1, 0.2, 0.3)
CORRELATIONS = (0.0, 0.05, 0.15)
ATTRITION, LINKAGE_LOSS = 0.10, 0.06
SEED = 11_000
LARGE = 3000
PROJECT = Path(__file__).parents[1] / "projects" / "almi"
HEAD = "| ICC of the change | true change | planned, % | found, % | Monte Carlo error | difference |"

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the grid: what was planned and what was found."""

    icc: float
    change: float
    planned: float
    found: float
    error: float


def draw(
    company: NDArray[np.intp], shift: float, between: float, times: int, rng: np.random.Generator
) -> tuple[Array, Array]:
    """Draw the answers 1 to 5 before and after, a programme in each row."""
    firms = int(company.max()) + 1
    first, news = rng.standard_normal((2, times, company.size))
    moved = rng.standard_normal((times, firms))[:, company]
    after = BETWEEN_WAVES * first + np.sqrt(1 - BETWEEN_WAVES**2) * (
        np.sqrt(between) * moved + np.sqrt(1 - between) * news
    )
    return tuple(1.0 + np.searchsorted(CUTS, behind) for behind in (first, after + shift))


def companies() -> NDArray[np.intp]:
    """Return the company of each person: the same sizes in every cell."""
    sizes = organisation_sizes(PEOPLE, COMPANIES, np.random.default_rng(SEED))
    return np.repeat(np.arange(COMPANIES), sizes)


def cell(shift: float, between: float, times: int, number: int) -> Cell:
    """Plan one cell from the moments of many programmes, and count in others what is found."""
    company, rng = companies(), np.random.default_rng([SEED, number])
    before, after = draw(company, shift, between, LARGE, rng)
    change = after - before
    sd = np.sqrt((before.var() + after.var()) / 2)
    correlation = 1 - change.var() / (2 * sd**2)
    icc = _icc(change - change.mean(), company)
    planned = planned_power(
        np.bincount(company).tolist(), change=float(change.mean()), sd=float(sd), correlation=float(correlation),
        icc=icc, attrition=ATTRITION, linkage_loss=LINKAGE_LOSS,
    )  # fmt: skip
    share = found_share(company, shift, between, times, rng)
    return Cell(
        icc, float(change.mean()), float(planned.table["estimate"].iloc[0]), share,
        float(np.sqrt(share * (1 - share) / times)),
    )  # fmt: skip


def found_share(
    company: NDArray[np.intp], shift: float, between: float, times: int, rng: np.random.Generator
) -> float:
    """Return how often the interval leaves out zero."""
    before, after = draw(company, shift, between, times, rng)
    found = replicated_means(lost(after - before, rng), company)
    return float(np.mean((found.conf_low > 0) | (found.conf_high < 0)))


def lost(change: Array, rng: np.random.Generator) -> Array:
    """Leave out who is not there afterwards, or cannot be linked."""
    kept = (1 - ATTRITION) * (1 - LINKAGE_LOSS)
    return np.where(rng.random(change.shape) < kept, change, np.nan)


def _icc(centred: Array, company: NDArray[np.intp]) -> float:
    """Return the mean product of two colleagues' deviations over the variance."""
    sums = np.add.reduceat(centred, np.unique(company, return_index=True)[1], axis=1)
    sizes = np.bincount(company)
    pairs = centred.shape[0] * np.sum(sizes * (sizes - 1))
    return max(0.0, float((np.sum(sums**2) - np.sum(centred**2)) / pairs / centred.var()))


def grid(times: int) -> list[Cell]:
    """Return every cell."""
    tasks = [(shift, between) for between in CORRELATIONS for shift in SHIFTS]
    return [cell(*task, times, number) for number, task in enumerate(tasks)]


def speed(times: int = 1000, single: int = 40) -> tuple[float, float]:
    """Return the seconds for `times` programmes at once, and what a loop of the public function needs for them."""
    company, rng = companies(), np.random.default_rng(SEED)
    before, after = draw(company, 0.2, 0.05, times, rng)
    change = lost(after - before, rng)
    replicated_means(change[:2], company)
    start = time.perf_counter()
    replicated_means(change, company)
    at_once = time.perf_counter() - start
    start = time.perf_counter()
    for place in range(single):
        kept = np.flatnonzero(~np.isnan(change[place]))
        people = np.concatenate([kept, kept])
        table = pd.DataFrame(
            {
                "person": people,
                "organisation": company[people],
                "wave": np.repeat(["before", "after"], kept.size),
                "value": np.concatenate([before[place, kept], after[place, kept]]),
            }
        )
        mean_change(table, before="before", after="after")
    return at_once, (time.perf_counter() - start) * times / single


def verdict_speed(times: int = 1000, single: int = 20) -> tuple[float, float]:
    """Return the seconds for the verdicts of `times` programmes, and what a loop over single ones needs for them."""
    loaded = load_project(PROJECT)
    verdict_shares(loaded, 2, np.random.default_rng(SEED))
    start = time.perf_counter()
    verdict_shares(loaded, times, np.random.default_rng(SEED), jobs=-1)
    together = time.perf_counter() - start
    rng, start = np.random.default_rng(SEED), time.perf_counter()
    for _ in range(single):
        study = replicated_study(loaded, replicate(loaded, 1, rng))
        for key in countable(loaded):
            evaluate(key, study)
    return together, (time.perf_counter() - start) * times / single


def lines(times: int) -> Iterator[str]:
    """Yield the page's table, and the time."""
    yield f"{times} programmes in each cell, {COMPANIES} companies, {PEOPLE} people."
    yield ""
    yield HEAD
    yield "|---|---|---|---|---|---|"
    for one in grid(times):
        yield (
            f"| {one.icc:.3f} | {one.change:.3f} | {100 * one.planned:.1f} | {100 * one.found:.1f} "
            f"| {100 * one.error:.1f} | {100 * (one.found - one.planned):+.1f} |"
        )
    at_once, loop = speed()
    yield ""
    yield (
        f"The intervals of 1,000 programmes at once: {at_once:.3f} seconds; "
        f"one at a time by `mean_change`: {loop:.1f} seconds "
        f"({loop / at_once:.0f} times as long)."
    )
    together, alone = verdict_speed()
    yield (
        f"The verdicts of 1,000 programmes like {PROJECT.name}, as `evaluation plan --simulate` counts them: "
        f"{together:.1f} seconds; one programme at a time by `evaluate`: {alone:.1f} seconds "
        f"({alone / together:.0f} times as long)."
    )


def main(words: list[str]) -> None:
    """Print the table, or write it to a file."""
    text = "\n".join(lines(int(words[0]) if words else 2000)) + "\n"
    if len(words) > 1:
        Path(words[1]).write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)


if __name__ == "__main__":
    main(sys.argv[1:])
