"""Kill a report at random moments; the last good one must stay, and the next run must finish it.

`python -m benchmarks.kill 200` kills two hundred times.
"""

import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from evaluation.report.receipt import file_fingerprints

ROOT = Path(__file__).resolve().parents[1]
CHAPTERS = ("overview", "targets")


@dataclass
class Programme:
    """A copy of the small example, with everything a report needs."""

    root: Path

    @property
    def out(self) -> Path:
        return self.root / "out"

    @classmethod
    def made(cls, root: Path) -> "Programme":
        shutil.copytree(ROOT / "tests" / "example", root / "projects" / "example")
        shutil.copytree(ROOT / "notebooks", root / "notebooks")
        return cls(root)

    def command(self, *more: str) -> list[str]:
        chosen = [word for name in CHAPTERS for word in ("--only", name)]
        project = self.root / "projects" / "example"
        words = ["report", project, "--out", self.out, "--format", "html", *chosen, *more]
        return [sys.executable, "-m", "evaluation", *map(str, words)]

    def report(self, *more: str) -> float:
        """Make the report and return how long it took."""
        begun = time.monotonic()
        subprocess.run(self.command(*more), cwd=self.root, check=True, capture_output=True)
        return time.monotonic() - begun

    def killed(self, after: float) -> bool:
        """Start the report, kill it after a while, and tell whether it was still at work."""
        process = subprocess.Popen(
            self.command("--force"), cwd=self.root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            process.wait(after)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            return True
        return False


def kill_often(times: int, root: Path, seed: int = 1) -> int:
    """Kill reports at random moments and check after each that the report is the good one.

    Parameters
    ----------
    times
        How often.
    root
        An empty folder.
    seed
        For the moments.

    Returns
    -------
    int
        How many runs were still at work when they were killed.

    Raises
    ------
    RuntimeError
        If a report was damaged or could not be finished.
    """
    programme, rng = Programme.made(root), random.Random(seed)
    programme.report()
    good, lasts, hit = file_fingerprints(programme.out), programme.report("--force"), 0
    for number in range(times):
        hit += programme.killed(rng.uniform(0, lasts))
        if file_fingerprints(programme.out) != good:
            raise RuntimeError(f"kill {number}: the report is not the last good one")
    programme.report("--force")
    left = [path.name for path in root.iterdir() if path.name.startswith(".")]
    if file_fingerprints(programme.out) != good or left:
        raise RuntimeError(f"the report could not be finished; left behind: {left}")
    return hit


def main() -> None:
    """Kill as often as is asked for."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with tempfile.TemporaryDirectory() as folder:
        print(f"killed {kill_often(times, Path(folder))} of {times} runs at work; the report was always good")


if __name__ == "__main__":
    main()
