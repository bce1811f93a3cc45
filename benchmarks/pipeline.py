"""The report of Skills Halland beside one stock papermill call per notebook and nbconvert."""

import csv
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from evaluation.chapters import NOTEBOOKS, chapters_of
from evaluation.project.load import load_project

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
        self.call("evaluation", "simulate", self.project)
        self.call("evaluation", "ingest", self.project)
        names = chapters_of(load_project(self.project).definition)
        self.notebooks = [folder / "notebooks" / f"{NOTEBOOKS[name]}.ipynb" for name in names]

    def call(self, *words: object) -> None:
        """Call a module in a process of its own."""
        line = [sys.executable, "-m", *map(str, words)]
        subprocess.run(line, cwd=self.root, check=True, capture_output=True)

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
    for folder in (place.out, *(place.root / "data" / "processed").glob("*-reports")):
        shutil.rmtree(folder, ignore_errors=True)


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


CASES = (
    Case("cold, forks", _no_report, ("--force",), 0.10),
    Case("cold, a kernel for each notebook", _no_report, ("--force", "--engine", "nbclient"), 0.25),
    Case("unchanged", _nothing, (), 0.15, seconds=True),
    Case("one answer changed", _one_answer),
    Case("one notebook changed", _edited("setup", "\n1;"), (), 2.2, seconds=True),
    Case("text only", _edited("lang-en", " More."), (), 0.6, seconds=True),
)


@dataclass(frozen=True)
class Measured:
    """Median seconds of a case and of the stock calls, and the median of their ratios."""

    case: Case
    ours: float
    stock: float
    ratio: float

    @property
    def aim_is_met(self) -> str:
        """Say whether the aim is met; "" if there is none."""
        reached = self.ours if self.case.seconds else self.ratio
        return "" if not self.case.aim else "yes" if reached <= self.case.aim else "no"


def measured(runs: int) -> Iterator[Measured]:
    """Measure every case, in turn with the stock calls."""
    with tempfile.TemporaryDirectory() as folder:
        place = Place(Path(folder))
        times: dict[str, list[float]] = {case.name: [] for case in CASES}
        stock = []
        for number in range(runs):
            stock.append(_seconds(place.stock))
            for case in CASES:
                case.prepare(place, number)
                times[case.name].append(_seconds(lambda case=case: place.report(*case.words)))
    for case in CASES:
        ratios = [mine / theirs for mine, theirs in zip(times[case.name], stock, strict=True)]
        yield Measured(case, median(times[case.name]), median(stock), median(ratios))


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
