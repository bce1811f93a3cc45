"""Run every benchmark and print a table of ratios; `make bench`."""

import platform
import statistics
import time
from collections.abc import Callable

from benchmarks import estimation, pipeline

RUNS = 5


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def ratio(ours: Callable[[], object], other: Callable[[], object]) -> tuple[float, float, float]:
    """Return median seconds of both, measured in turn, and the median of the ratios pair by pair."""
    timed(ours), timed(other)
    pairs = [(timed(ours), timed(other)) for _ in range(RUNS)]
    return (
        statistics.median(mine for mine, _ in pairs),
        statistics.median(theirs for _, theirs in pairs),
        statistics.median(mine / theirs for mine, theirs in pairs),
    )


def main() -> None:
    """Print one line per comparison."""
    print(f"Python {platform.python_version()}, {platform.system()}, median of {RUNS} pairs\n")
    print(f"{'what':<58}{'ours, s':>10}{'other, s':>10}{'ratio':>8}")
    for name, ours, other in [*estimation.COMPARISONS, *pipeline.comparisons()]:
        mine, theirs, part = ratio(ours, other)
        print(f"{name:<58}{mine:>10.4f}{theirs:>10.4f}{part:>8.3f}")


main()
