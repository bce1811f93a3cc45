"""Run every benchmark, print tables of ratios and write them to docs/benchmarks.md; `make bench`.

`python -m benchmarks 3` measures three times instead of five, `python -m benchmarks 5 report` one part of the page
again: `methods`, `estimation`, `documents` or `report`.
"""

import os
import platform
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path

from benchmarks import estimation, methods, pipeline

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

Written by `make bench`, part by part. Seconds depend on the machine and on what else it does; the ratios are of runs
in turn within the same minutes, so they hold better elsewhere.

{machine}
"""
STAMP = "\nMeasured on {date}, medians of {runs}, load {before:.1f} before and {after:.1f} after on {cores} cores.\n"
REPORT = """
## The report of Skills Halland

Beside one `papermill` call and one `nbconvert` call for each notebook, which give pages without figures'
descriptions, in one language. Ours is the whole report unless its line says otherwise: both languages in every
format, protected together. Processor seconds count what all processes used: on a busy machine they mean more.

| what is done again | seconds | other, seconds | ratio | processor seconds | ratio | aim | met |
|---|---:|---:|---:|---:|---:|---:|---|
"""
DOCUMENTS = """
## One document

In one language, from chapters and figures that are there: pandoc and typst, or pandoc alone.

| what | seconds | pages of the PDF | milliseconds a page |
|---|---:|---:|---:|
"""
ESTIMATES = """
## Estimators beside scipy and statsmodels

| what | seconds | other, seconds | ratio |
|---|---:|---:|---:|
"""
METHODS = """
## Heavy methods beside other ways

On one core. Ours is a median; the others' is one run, after one that does not count. R is timed inside R. `x 20` after
a name: it did a twentieth of the work, and its time was multiplied.

| what | seconds | other way | seconds | times as long |
|---|---:|---|---:|---:|
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
    """Say what it was measured on."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores. "
        f"Python {platform.python_version()}, {packages}, {_r()}."
    )


def _r() -> str:
    """Return the versions of R and of its packages that are used here."""
    if shutil.which("Rscript") is None:
        return "no R"
    told = ('cat(R.version.string); for (p in c("boot", "lme4", "mice", "clubSandwich"))'
            ' if (nzchar(system.file(package = p))) cat(",", p, as.character(packageVersion(p)))')  # fmt: skip
    return subprocess.run(
        ["Rscript", "--vanilla", "-e", told], capture_output=True, text=True, check=True
    ).stdout


def _methods(runs: int) -> Iterator[str]:
    yield METHODS
    for one in methods.measured():
        rest = "not installed | " if one.times is None else f"{one.theirs:.4f} | {one.times:.1f}"
        yield f"| {one.what} | {one.ours:.4f} | {one.rival} | {rest} |\n"


def _estimation(runs: int) -> Iterator[str]:
    yield ESTIMATES
    for name, ours, other in estimation.COMPARISONS:
        mine, theirs, part = ratio(ours, other, runs)
        yield f"| {name} | {mine:.4f} | {theirs:.4f} | {part:.3f} |\n"


def _documents(runs: int) -> Iterator[str]:
    yield DOCUMENTS
    for one in pipeline.documents(runs):
        yield f"| {one.name} | {one.seconds:.2f} | {one.pages} | {1000 * one.seconds / one.pages:.0f} |\n"


def _report(runs: int) -> Iterator[str]:
    yield REPORT
    for one in pipeline.measured(runs):
        unit = " s" if one.case.seconds else ""
        aim = f"{one.case.aim:g}{unit}" if one.case.aim else ""
        processor = f"{one.processor:.2f} | {one.processor_ratio:.3f}"
        clock = f"{one.ours:.2f} | {one.stock:.1f} | {one.ratio:.3f}"
        yield f"| {one.case.name} | {clock} | {processor} | {aim} | {one.aim_is_met} |\n"


PARTS: dict[str, Callable[[int], Iterator[str]]] = {
    "methods": _methods,
    "estimation": _estimation,
    "documents": _documents,
    "report": _report,
}


def measured(name: str, runs: int) -> str:
    """Measure one part of the page, printing as it goes, and say when and how busy the machine was."""
    before, part = _load(), []
    for line in PARTS[name](methods.RUNS if name == "methods" else runs):
        print(line, end="", flush=True)
        part.append(line)
    stamp = STAMP.format(
        date=time.strftime("%Y-%m-%d"),
        runs=methods.RUNS if name == "methods" else runs,
        before=before,
        after=_load(),
        cores=os.cpu_count(),
    )
    return "".join(part) + stamp


def _load() -> float:
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")


def write_page(page: Path, part: str) -> None:
    """Put a part in the place of the one with its heading; the others stay as they were measured."""
    heading = part.strip().splitlines()[0]
    earlier = page.read_text(encoding="utf-8").split("\n## ")[1:] if page.is_file() else []
    known = {f"## {text.splitlines()[0]}": f"\n## {text.strip()}\n" for text in earlier} | {heading: part}
    headings = [text.strip().splitlines()[0] for text in (METHODS, ESTIMATES, DOCUMENTS, REPORT)]
    parts = [known[one] for one in headings if one in known]
    page.write_text(ABOUT.format(machine=machine()) + "".join(parts), encoding="utf-8")


def main() -> None:
    """Measure, print and write; what was measured stays if this is interrupted."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    for name in sys.argv[2:] or PARTS:
        write_page(PAGE, measured(name, runs))


if __name__ == "__main__":
    main()
