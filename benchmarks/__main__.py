"""Run every benchmark, print tables of ratios and write them to docs/benchmarks.md; `make bench`.

`python -m benchmarks 3` measures three times instead of five.
"""

import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path

from benchmarks import estimation, pipeline

RUNS = 5
PAGE = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"
PACKAGES = (
    "papermill",
    "nbclient",
    "nbconvert",
    "pandas",
    "numpy",
    "scipy",
    "matplotlib",
    "seaborn",
    "typst",
)
ABOUT = """# Speed

Written by `make bench`. Seconds depend on the machine and on what else it does; the ratios are of runs in turn
within the same minutes, so they hold elsewhere. Medians of {runs}.

{machine}
"""
REPORT = """
## The report of Skills Halland

Beside one `papermill` call and one `nbconvert` call for each notebook. Ours is the whole report: both
languages in every format, protected together.

| what is done again | seconds | stock, seconds | ratio | aim | met |
|---|---:|---:|---:|---:|---|
"""
ESTIMATES = """
## Estimators

| what | seconds | other, seconds | ratio |
|---|---:|---:|---:|
"""


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def ratio(
    ours: Callable[[], object], other: Callable[[], object], runs: int = RUNS
) -> tuple[float, float, float]:
    """Return median seconds of both, measured in turn, and the median of the ratios pair by pair."""
    timed(ours), timed(other)
    pairs = [(timed(ours), timed(other)) for _ in range(runs)]
    return (
        statistics.median(mine for mine, _ in pairs),
        statistics.median(theirs for _, theirs in pairs),
        statistics.median(mine / theirs for mine, theirs in pairs),
    )


def machine() -> str:
    """Say what it was measured on, and how busy that was."""
    busy = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores{busy}. "
        f"Python {platform.python_version()}, {packages}."
    )


def lines(runs: int) -> Iterator[str]:
    """Yield the page, part by part, as it is measured."""
    yield ABOUT.format(runs=runs, machine=machine()) + REPORT
    for one in pipeline.measured(runs):
        unit = " s" if one.case.seconds else ""
        aim = f"{one.case.aim:g}{unit}" if one.case.aim else ""
        yield f"| {one.case.name} | {one.ours:.2f} | {one.stock:.1f} | {one.ratio:.3f} | {aim} | {one.aim_is_met} |\n"
    yield ESTIMATES
    for name, ours, other in estimation.COMPARISONS:
        mine, theirs, part = ratio(ours, other, runs)
        yield f"| {name} | {mine:.4f} | {theirs:.4f} | {part:.3f} |\n"


def main() -> None:
    """Measure, print and write."""
    page = []
    for part in lines(int(sys.argv[1]) if len(sys.argv) > 1 else RUNS):
        print(part, end="", flush=True)
        page.append(part)
    PAGE.write_text("".join(page), encoding="utf-8")


if __name__ == "__main__":
    main()
