"""The report of Skills Halland beside one stock papermill call per notebook and nbconvert."""

import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import pikepdf

from evaluation.chapters import CHAPTERS, NOTEBOOKS, chapters_of
from evaluation.project.load import load_project
from evaluation.report.edition import make_edition
from evaluation.report.formats import FILES
from evaluation.study import open_study

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Case:
    """One way of making the report again: what happens before, the words, and what is aimed at.

    `aim` is in seconds where `seconds` is true, else a ratio to the stock calls.
    """

    name: str
    prepare: Callable[["Place", int], None]
    words: tuple[str, ...] = ()
    aim: float = 0.0
    seconds: bool = False


class Place:
    """A copy of the programme in a temporary folder."""

    def __init__(self, folder: Path, programme: str = "halland"):
        for name in ("projects", "notebooks"):
            shutil.copytree(ROOT / name, folder / name)
        self.root, self.out = folder, folder / "out"
        self.project = folder / "projects" / programme / "project.yaml"
        self.raw = folder / "data" / "raw" / programme
        self.both = self.project.read_text(encoding="utf-8")
        self.call("evaluation", "simulate", self.project)
        self.call("evaluation", "ingest", self.project)
        names = chapters_of(load_project(self.project).definition)
        self.notebooks = [folder / "notebooks" / f"{NOTEBOOKS[name]}.ipynb" for name in names]

    def call(self, *words: object) -> None:
        """Call a module in a process of its own."""
        line = [sys.executable, "-m", *map(str, words)]
        done = subprocess.run(line, cwd=self.root, check=False, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(f"{' '.join(line)}: {done.stderr[-2000:]}")

    def stock(self) -> None:
        """Do what a user would do without this package's pipeline: run and convert each notebook."""
        for path in self.notebooks:
            made = self.root / path.name
            self.call("papermill", path, made, "-p", "project_file", self.project)
            self.call("nbconvert", "--to", "html", made)

    def report(self, *words: str) -> None:
        """Make the report."""
        self.call("evaluation", "report", self.project, "--out", self.out, *words)


def _nothing(place: Place, number: int) -> None:
    """Leave everything as it is."""


def _no_report(place: Place, number: int) -> None:
    place.project.write_text(place.both, encoding="utf-8")
    place.call("evaluation", "ingest", place.project)
    for folder in (place.out, *(place.root / "data" / "processed").glob("*-reports")):
        shutil.rmtree(folder, ignore_errors=True)


def _no_report_in_one_language(place: Place, number: int) -> None:
    _no_report(place, number)
    text = place.both.replace("languages: [sv, en]", "languages: [sv]")
    place.project.write_text(text, encoding="utf-8")
    place.call("evaluation", "ingest", place.project)


def _one_answer(place: Place, number: int) -> None:
    """Exchange two answers of a person at the last survey."""
    path = place.raw / "deltagarenkat_efter.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    row = rows[1 + number]
    answers = [column for column, text in enumerate(row) if text.startswith("Instämmer")]
    one, other = next((a, b) for a in answers for b in answers if row[a] != row[b])
    row[one], row[other] = row[other], row[one]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)


def _edited(cell_of: str, added: str) -> Callable[[Place, int], None]:
    def edit(place: Place, number: int) -> None:
        path = place.root / "notebooks" / "04_targets.ipynb"
        node = json.loads(path.read_text(encoding="utf-8"))
        cell = next(cell for cell in node["cells"] if cell_of in cell["metadata"].get("tags", []))
        cell["source"] = "".join(cell["source"]) + added * (number + 1)
        path.write_text(json.dumps(node), encoding="utf-8")

    return edit


ONE, COLD = "cold, forks, one language", "cold, forks"
CASES = (
    Case(ONE, _no_report_in_one_language, ("--force",)),
    Case(COLD, _no_report, ("--force",), 0.10),
    Case("cold, forks, pages only", _no_report, ("--force", "--format", "html"), 0.10),
    Case("cold, a kernel for each notebook", _no_report, ("--force", "--engine", "nbclient"), 0.25),
    Case("unchanged", _nothing, (), 0.15, seconds=True),
    Case("one answer changed", _one_answer),
    Case("one notebook changed", _edited("setup", "\n1;"), (), 2.2, seconds=True),
    Case("text only", _edited("lang-en", " More."), (), 0.6, seconds=True),
    Case("another format", _nothing, ("--format", "html"), 0.6, seconds=True),
    Case("text only, pages only", _edited("lang-en", " More."), ("--format", "html"), 0.6, seconds=True),
)


@dataclass(frozen=True)
class Measured:
    """Median seconds of a case and of the stock calls, on the clock and of processors, and their median ratios."""

    case: Case
    ours: float
    stock: float
    ratio: float
    processor: float
    processor_ratio: float

    @property
    def aim_is_met(self) -> str:
        """Say whether the aim is met; "" if there is none."""
        reached = self.ours if self.case.seconds else self.ratio
        return "" if not self.case.aim else "yes" if reached <= self.case.aim else "no"


def measured(runs: int) -> Iterator[Measured]:
    """Measure every case, in turn with the stock calls."""
    with tempfile.TemporaryDirectory() as folder:
        place = Place(Path(folder))
        times: dict[str, list[Taken]] = {case.name: [] for case in CASES}
        stock = []
        for number in range(runs):
            stock.append(_taken("stock", place.stock))
            for case in CASES:
                case.prepare(place, number)
                times[case.name].append(_taken(case.name, lambda case=case: place.report(*case.words)))
    for case in CASES:
        yield _beside(case, times[case.name], stock)
    languages = Case("two languages in every format, beside one", _nothing, (), 1.3)
    yield _beside(languages, times[COLD], times[ONE])


Taken = tuple[float, float]
"""Seconds on the clock, and of processors."""


def _beside(case: Case, ours: list[Taken], others: list[Taken]) -> Measured:
    clock, processor = zip(*ours, strict=True)
    other_clock, other_processor = zip(*others, strict=True)
    return Measured(
        case,
        median(clock),
        median(other_clock),
        median(mine / theirs for mine, theirs in zip(clock, other_clock, strict=True)),
        median(processor),
        median(mine / theirs for mine, theirs in zip(processor, other_processor, strict=True)),
    )


def _taken(name: str, work: Callable[[], object]) -> Taken:
    """Return what processes take that are called by a function, and tell it, since a round takes minutes."""
    before = os.times()
    work()
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    clock = after.elapsed - before.elapsed
    print(f"{name}: {clock:.2f} s, {used:.2f} s of processors", file=sys.stderr, flush=True)
    return clock, used


@dataclass(frozen=True)
class Document:
    """What one file takes when nothing of it is kept, but the chapters and figures are."""

    name: str
    seconds: float
    pages: int


def documents(runs: int) -> Iterator[Document]:
    """Measure PDF and Word of Halland in one language, by page of the PDF."""
    with tempfile.TemporaryDirectory() as folder:
        place = Place(Path(folder))
        place.report("--format", "html")
        study, names = open_study(place.project), chapters_of(load_project(place.project).definition)
        made = {name: place.out / "notebooks" / f"{NOTEBOOKS[name]}.ipynb" for name in names}
        edition = make_edition(study, made, CHAPTERS, study.project.languages[0])
        drawn = (edition.pictures.svg, edition.pictures.png)
        path, taken = Path(folder) / "made", {}
        for name in ("pdf", "word"):
            taken[name] = [_seconds(lambda name=name: FILES[name].write(edition, path)) for _ in range(runs)]
            if name == "pdf":
                with pikepdf.open(path) as opened:
                    pages = len(opened.pages)
        for name, seconds in taken.items():
            yield Document(f"{name}, {len(drawn[0])} figures", median(seconds), pages)


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
