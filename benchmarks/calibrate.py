"""How often intervals hold the truth and tests find what is not there: `make calibrate`.

Run `python -m benchmarks.calibrate [REPLICATIONS [FILE [FAMILY ...]]]`. Every number comes with its Monte Carlo error.
What has been measured stands in `build/calibration` until the page is written, so a run that was broken off goes on.
With names of families (headings of the page), only these are measured, and the rest of the page stays as it is.
"""

import json
import os
import shutil
import sys
from collections.abc import Collection, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

import numpy as np

import evaluation
from benchmarks.calibration_families import FAMILIES, LARGE, SMALL, Family, mean_icc
from benchmarks.calibration_words import BEFORE, CHANCE, HEADINGS, REASONS
from benchmarks.simulated_programme import World, draw_programme

CORRELATIONS = (0.0, 0.05, 0.1, 0.2)
REPLICATIONS = 1000
SEED = 20_260
PROMISED = (0.93, 0.97)
AGREEMENT, LAST = "How alike colleagues are", "Defaults with coverage outside"
FILE = Path(__file__).parents[1] / "docs" / "calibration.md"
MEASURED = Path(__file__).parents[1] / "build" / "calibration"

Key = tuple[int, int]
"""Places of a family and of its size, or companies and people."""

Bias = tuple[float, float]
"""A mean difference and its Monte Carlo error."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What was found at one size and correlation, for each method.

    Attributes
    ----------
    coverage, findings
        Shares; NaN where a method has no interval or no test.
    replications
        How many.
    """

    coverage: dict[str, float]
    findings: dict[str, float]
    replications: int


def kept(task: tuple[int, int, int, int]) -> Cell:
    """Read a cell that the same code measured before, or measure it."""
    place, size, correlation, replications = task
    name = "-".join(map(str, (FAMILIES[place].name, *FAMILIES[place].sizes[size], correlation, replications)))
    file = MEASURED / code() / f"{name}.json"
    if file.exists():
        return Cell(**json.loads(file.read_text(encoding="utf-8")))
    cell = calibrated(task)
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_suffix(f".{os.getpid()}")
    partial.write_text(json.dumps(asdict(cell)), encoding="utf-8")
    partial.replace(file)
    return cell


@cache
def code() -> str:
    """Return a name for the code that is measured: what another code measured is not taken over."""
    own = sorted(Path(__file__).parent.glob("*.py"))
    parts = [*own, *sorted(Path(evaluation.__file__).parent.rglob("*.py"))]
    left_out = {Path(__file__), Path(__file__).with_name("calibration_words.py")}
    return sha256(b"".join(part.read_bytes() for part in parts if part not in left_out)).hexdigest()[:16]


def calibrated(task: tuple[int, int, int, int]) -> Cell:
    """Draw programmes of one family, size and correlation, and count what its methods say of them."""
    place, size, correlation, replications = task
    family = FAMILIES[place]
    rng = np.random.default_rng([SEED, *family.name.encode(), size, correlation])
    repetitions = max(2, int(family.part * replications))
    worlds = [
        World(*family.sizes[size], CORRELATIONS[correlation], **what)
        for what in (family.differing, family.alone)
    ]
    covered = _covered(family, worlds[0], rng, repetitions)
    if worlds[0] == worlds[1]:
        return Cell(covered[0], covered[1], repetitions)
    found = _covered(family, worlds[1], rng, repetitions)[1] if family.nominal else {}
    return Cell(covered[0], found, repetitions)


def _covered(
    family: Family, world: World, rng: np.random.Generator, repetitions: int
) -> tuple[dict[str, float], dict[str, float]]:
    """Return how often each method's interval holds the truth, and how often it finds something."""
    held: dict[str, list[float]] = {}
    found: dict[str, list[float]] = {}
    for _ in range(repetitions):
        programme = draw_programme(world, rng)
        truth = family.truth(world, programme)
        for name, ((low, high), p_value) in family.read(programme, world, rng).items():
            held.setdefault(name, []).append(low - 1e-9 <= truth <= high + 1e-9)
            found.setdefault(name, []).append(p_value < 0.05)
    return tuple({name: float(np.mean(n)) for name, n in counts.items()} for counts in (held, found))


def measured(replications: int, names: Collection[str]) -> dict[Key, list[Cell]]:
    """Return the cells of some families, by family and size, in the order of the correlations."""
    tasks = [
        (place, size, correlation, replications)
        for place, family in enumerate(FAMILIES)
        if family.name in names
        for size in range(len(family.sizes))
        for correlation in range(len(CORRELATIONS))
    ]
    # The slow ones stand last: first here, so that no worker waits for another in the end.
    with ProcessPoolExecutor(os.cpu_count()) as workers:
        cells = dict(zip(tasks[::-1], workers.map(kept, tasks[::-1]), strict=True))
    return {
        (place, size): [cells[place, size, correlation, replications] for correlation in range(4)]
        for place, size, _, _ in tasks
    }


def biases_of_icc(replications: int) -> dict[Key, list[Bias]]:
    """Return how far the estimates of the ICC lie from the truth on average, by companies and people."""
    rng = np.random.default_rng(SEED)
    return {
        size: [mean_icc(World(*size, icc), rng, max(2, replications // 2)) for icc in CORRELATIONS]
        for size in (SMALL, LARGE)
    }


@dataclass(frozen=True, slots=True)
class Outside:
    """A cell of a default method whose coverage lies outside the range.

    Attributes
    ----------
    family, method, where
        Whose it is, and its size, correlation and coverage.
    beyond
        Whether it lies outside by more than two Monte Carlo errors.
    """

    family: str
    method: str
    where: str
    beyond: bool


def lines(cells: dict[Key, list[Cell]], biases: dict[Key, list[Bias]], replications: int) -> Iterator[str]:
    """Return the page, line by line."""
    yield BEFORE.format(replications=replications)
    for place, family in enumerate(FAMILIES):
        if (place, 0) not in cells:
            continue
        yield f"## {family.name}\n\n{HEADINGS[family.name]}\n"
        own = {size: cells[place, size] for size in range(len(family.sizes))}
        if any(any(cell.coverage.values()) for row in own.values() for cell in row):
            yield from _table("Coverage (0.95 is promised)", family, own, "coverage")
        if family.nominal:
            yield from _table(f"False findings ({family.nominal} is promised)", family, own, "findings")
    yield from _agreement(biases)
    yield from _exceptions(list(_outside(cells)))


def _table(title: str, family: Family, cells: dict[int, list[Cell]], what: str) -> Iterator[str]:
    heads = " | ".join(f"ICC {icc:g}" for icc in CORRELATIONS)
    yield f"| {title} | companies / people | replications | {heads} |"
    yield "|---" * (3 + len(CORRELATIONS)) + "|"
    for name in getattr(cells[0][0], what):
        for size, row in cells.items():
            shares = [getattr(cell, what)[name] for cell in row]
            if what == "coverage" and not any(shares):
                continue
            named = f"**{name}**" if name in family.defaults else name
            shown = " | ".join(_shown(getattr(cell, what)[name], cell.replications) for cell in row)
            yield f"| {named} | {_people(family, size)} | {row[0].replications} | {shown} |"
    yield ""


def _people(family: Family, size: int) -> str:
    companies, people = family.sizes[size]
    return f"{companies} / {people:,}"


def _error(share: float, replications: int) -> float:
    """Return the Monte Carlo error; of a share of 0 or 1, that of one replication on the other side."""
    kept = min(max(share, 1 / replications), 1 - 1 / replications)
    return float(np.sqrt(kept * (1 - kept) / replications))


def _shown(share: float, replications: int) -> str:
    return f"{share:.3f} ± {_error(share, replications):.3f}"


def _outside(cells: dict[Key, list[Cell]]) -> Iterator[Outside]:
    for (place, size), row in cells.items():
        family = FAMILIES[place]
        for icc, cell in zip(CORRELATIONS, row, strict=True):
            for name in family.defaults:
                share = cell.coverage[name]
                lacking = max(PROMISED[0] - share, share - PROMISED[1])
                if lacking > 0 and share > 0:
                    where = f"{_people(family, size)}, ICC {icc:g}: {share:.3f}"
                    yield Outside(family.name, name, where, lacking > 2 * _error(share, cell.replications))


def _agreement(biases: dict[Key, list[Bias]]) -> Iterator[str]:
    yield f"## {AGREEMENT}\n\n{HEADINGS['agreement']}\n"
    heads = " | ".join(f"ICC {icc:g}" for icc in CORRELATIONS)
    yield f"| ICC 1: mean of the estimates less the truth | companies / people | {heads} |"
    yield "|---" * (2 + len(CORRELATIONS)) + "|"
    for (companies, people), row in biases.items():
        shown = " | ".join(f"{bias:+.3f} ± {error:.3f}" for bias, error in row)
        yield f"| **analysis of variance** | {companies} / {people:,} | {shown} |"
    yield ""


def _exceptions(outside: list[Outside]) -> Iterator[str]:
    yield f"## {LAST} {PROMISED[0]} to {PROMISED[1]}\n"
    if not outside:
        yield "None."
    for family, method in dict.fromkeys((cell.family, cell.method) for cell in outside):
        own = [cell for cell in outside if (cell.family, cell.method) == (family, method)]
        plain = "Not explained." if any(cell.beyond for cell in own) else CHANCE
        where = "; ".join(cell.where for cell in own)
        yield f"- **{family}**, {method} ({where}). {REASONS.get((family, method), plain)}"


def renewed(page: str, fresh: str, names: Collection[str]) -> str:
    """Return the page with the sections of some families, and what is said of them at its end, made anew."""
    old, new = (dict(_sections(text)) for text in (page, fresh))
    last = next(name for name in new if name.startswith(LAST))
    own = [line for line in new[last].splitlines() if line.startswith("- **")]
    others = [
        line
        for line in old.get(last, "").splitlines()
        if line.startswith("- **")
        and line.split("**")[1] in {family.name for family in FAMILIES} - set(names)
    ]
    order = ["", *(family.name for family in FAMILIES), AGREEMENT]
    found = [(name, (new if name in names else old).get(name)) for name in order]
    parts = ["".join((f"## {name}\n" if name else "", text)) for name, text in found if text is not None]
    return "".join(parts) + f"## {last}\n\n" + "\n".join([*others, *own] or ["None."]) + "\n"


def _sections(page: str) -> Iterator[tuple[str, str]]:
    before, *rest = ("\n" + page).split("\n## ")
    yield "", before.lstrip("\n") + "\n"
    for part in rest:
        name, _, text = part.partition("\n")
        yield name, text.rstrip("\n") + "\n\n"


def main(arguments: list[str]) -> None:
    """Write the page."""
    replications = int(arguments[0]) if arguments else REPLICATIONS
    file = Path(arguments[1]) if len(arguments) > 1 else FILE
    names = arguments[2:] or [family.name for family in FAMILIES]
    biases = {} if arguments[2:] else biases_of_icc(replications)
    page = "\n".join(lines(measured(replications, names), biases, replications)) + "\n"
    if arguments[2:]:
        page = renewed(file.read_text(encoding="utf-8"), page, names)
    file.write_text(page, encoding="utf-8")
    shutil.rmtree(MEASURED, ignore_errors=True)
    sys.stdout.write(f"{file}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
