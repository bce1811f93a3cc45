"""Kill a report at random moments; the last good one must stay, and the next run must finish it.

`python -m benchmarks.kill 200` kills two hundred times: the whole group of processes, forks and pandoc too, at
once and without a warning. Half of the moments lie anywhere in a run, half of them at its end, where the finished
report takes the place of the earlier one. Every run makes another report than the one that is there, so that a
mixture of both would show. Runs are forks of this process, which has imported everything, so that no kill is
wasted on imports.
"""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path

from evaluation.cli import main as main_of_the_program
from evaluation.report.receipt import RECEIPT, file_fingerprints

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
ROOT = Path(__file__).resolve().parents[1]
CHAPTERS = ("overview", "targets")
TEXTS = ("# Did it go as planned?", "# Is it all as it was planned?")
"""Questions of a chapter in turn, so that every report differs from the one before."""
END = 0.15
"""Which last part of a run is its end."""

IMPORTED = (
    "nbconvert",
    "evaluation.cli.start",
    "evaluation.cli.report",
    "evaluation.report.execute",
    *(f"evaluation.chapters.{name}" for name in CHAPTERS),
)
SLOWER, FASTER = 1.03, 0.92
"""By what the expected length of a run is multiplied after one that was at work, or was not, when it was killed."""

Files = dict[str, str]


@dataclass
class Programme:
    """A copy of the small example, with everything a report needs."""

    root: Path
    formats: tuple[str, ...] = ("html",)

    @property
    def out(self) -> Path:
        return self.root / "out"

    @classmethod
    def made(cls, root: Path, formats: tuple[str, ...] = ("html",)) -> "Programme":
        shutil.copytree(ROOT / "tests" / "example", root / "projects" / "example")
        shutil.copytree(ROOT / "notebooks", root / "notebooks")
        return cls(root, formats)

    def command(self, *more: str) -> list[str]:
        chosen = [word for name in CHAPTERS for word in ("--only", name)]
        chosen += [word for name in self.formats for word in ("--format", name)]
        project = self.root / "projects" / "example"
        return [
            sys.executable, "-m", "evaluation", "report", str(project), "--out", str(self.out), *chosen, *more
        ]  # fmt: skip

    def report(self, *more: str) -> float:
        """Make the report and return how long it took."""
        begun = time.monotonic()
        subprocess.run(self.command(*more), cwd=self.root, check=True, capture_output=True)
        return time.monotonic() - begun

    def ask(self, text: str) -> None:
        """Give a chapter another question."""
        path = self.root / "notebooks" / "04_targets.ipynb"
        node = json.loads(path.read_text(encoding="utf-8"))
        cell = next(cell for cell in node["cells"] if "lang-en" in cell["metadata"].get("tags", []))
        cell["source"] = text
        path.write_text(json.dumps(node), encoding="utf-8")

    def begun(self, *more: str) -> int:
        """Start the report in a fork that leads a group of processes of its own."""
        pid = os.fork()
        if pid:
            return pid
        os.setsid()
        os.chdir(self.root)
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        sys.argv = ["evaluation", *self.command(*more)[3:]]
        code = 1
        try:
            main_of_the_program()
            code = 0
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else code
        finally:
            os._exit(code)

    def killed(self, after: float, *more: str) -> bool:
        """Start the report, kill all its processes after a while, and tell whether it was still at work."""
        pid, end = self.begun(*more), time.monotonic() + after
        while time.monotonic() < end:
            if os.waitpid(pid, os.WNOHANG)[0]:
                return False
            time.sleep(0.002)
        os.killpg(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        return True

    def finished(self, *more: str) -> float:
        """Make the report in a fork and return how long it took."""
        begun = time.monotonic()
        _, status = os.waitpid(self.begun(*more), 0)
        if status:
            raise RuntimeError(f"the report ended with status {status}")
        return time.monotonic() - begun

    def files(self) -> Files:
        """Return the fingerprints of the report's files; none if there is no report."""
        return file_fingerprints(self.out) if self.out.is_dir() else {}

    def left(self) -> list[str]:
        """Return what lies beside the report, or among what is kept, and does not belong there."""
        kept = self.root / "data" / "processed" / ".example.chapters"
        places = [path for folder in (self.root, kept, kept / "rendered") if folder.is_dir()
                  for path in folder.iterdir()]  # fmt: skip
        return sorted(path.name for path in places if path.name.startswith((".", "out-")))


@dataclass
class Tally:
    """What became of the kills.

    Attributes
    ----------
    kills, at_work
        How many there were, and how many met a run that was still at work.
    earlier, finished
        After how many the earlier report was there, and the new one, each of them whole.
    without_receipt
        After how many the new report was there and its receipt was not yet written.
    left_behind
        After how many the run had left something behind, which the next run cleared up.
    """

    kills: int = 0
    at_work: int = 0
    earlier: int = 0
    finished: int = 0
    without_receipt: int = 0
    left_behind: int = 0


def kill_often(
    times: int,
    root: Path,
    seed: int = 1,
    *,
    formats: tuple[str, ...] = ("html",),
    tell: Callable[[Tally], None] = lambda tally: None,
) -> Tally:
    """Kill reports at random moments; after each, check the report that is there and let the next run finish.

    Parameters
    ----------
    times
        How often.
    root
        An empty folder.
    seed
        For the moments.
    formats
        What the reports consist of.
    tell
        Called after every kill.

    Raises
    ------
    RuntimeError
        If a report was damaged, or a later run did not give what an undisturbed run gives.
    """
    programme, rng, tally = Programme.made(root, formats), random.Random(seed), Tally()
    whole, lasts = _undisturbed(programme)
    for number in range(times):
        before, now = whole[number % 2], whole[1 - number % 2]
        programme.ask(TEXTS[1 - number % 2])
        forced = ("--force",) if number % 4 < 2 else ()
        length = lasts[forced]
        begin = (1 - END) * length if rng.random() < 0.5 else 0.0
        at_work = programme.killed(rng.uniform(begin, length), *forced)
        lasts[forced] = length * (SLOWER if at_work else FASTER)
        tally.kills += 1
        tally.at_work += at_work
        _look(programme, before, now, tally, number)
        _finish(programme, now, number)
        tell(tally)
    return tally


def _undisturbed(programme: Programme) -> tuple[list[Files], dict[tuple[str, ...], float]]:
    """Make both reports without disturbance, and measure how long a run takes."""
    whole, lasts = [], {}
    for text in TEXTS:
        programme.ask(text)
        lasts["--force",] = programme.finished("--force")
        whole.append(programme.files())
    programme.ask(TEXTS[0])
    lasts[()] = programme.finished()
    if whole[0] == whole[1] or programme.files() != whole[0]:
        raise RuntimeError("the two reports are not what they should be before anything is killed")
    return whole, lasts


def _look(programme: Programme, before: Files, now: Files, tally: Tally, number: int) -> None:
    """See which report is there: the earlier one or the new one, byte for byte."""
    found = programme.files()
    if found == before:
        tally.earlier += 1
    elif found == now:
        tally.finished += 1
        tally.without_receipt += not (programme.out / RECEIPT).exists()
    else:
        differ = {name for name in found.keys() | before.keys() if found.get(name) != before.get(name)}
        raise RuntimeError(f"kill {number}: the report is neither of the two; {sorted(differ)}")
    tally.left_behind += bool(programme.left())


def _finish(programme: Programme, now: Files, number: int) -> None:
    """Let the next run finish, and see that it gives what an undisturbed run gives and leaves nothing."""
    programme.finished()
    if programme.files() != now:
        raise RuntimeError(f"kill {number}: the next run did not make the report that it should")
    if programme.left():
        raise RuntimeError(f"kill {number}: left behind: {programme.left()}")


def main() -> None:
    """Kill as often as is asked for, and say what became of it."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    for name in IMPORTED:
        import_module(name)
    with tempfile.TemporaryDirectory() as folder:
        tally = kill_often(times, Path(folder), tell=lambda tally: print(tally, file=sys.stderr))
    print(json.dumps(asdict(tally)))


if __name__ == "__main__":
    main()
