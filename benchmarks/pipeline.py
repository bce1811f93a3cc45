"""The report of Skills Halland beside stock papermill and nbconvert calls for the same notebooks."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def _call(*words: object, cwd: Path) -> None:
    subprocess.run([sys.executable, "-m", *map(str, words)], cwd=cwd, check=True, capture_output=True)


def comparisons() -> list[tuple[str, Callable[[], object], Callable[[], object]]]:
    """Return the comparisons, on a copy of the programme in a temporary folder."""
    folder = Path(tempfile.mkdtemp())
    for name in ("projects", "notebooks"):
        shutil.copytree(ROOT / name, folder / name)
    project = folder / "projects" / "halland" / "project.yaml"
    _call("evaluation", "simulate", project, cwd=folder)
    _call("evaluation", "ingest", project, cwd=folder)
    notebooks = sorted((folder / "notebooks").glob("[0-9]*.ipynb"))

    def stock() -> None:
        for path in notebooks:
            _call("papermill", path, folder / path.name, "-p", "project_file", project, cwd=folder)
            _call("nbconvert", "--to", "html", folder / path.name, cwd=folder)

    def ours() -> None:
        _call("evaluation", "report", project, "--out", folder / "out", cwd=folder)

    return [("whole report, two languages; papermill and nbconvert", ours, stock)]
