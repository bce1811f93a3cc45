"""A project of a programme is evaluated without pictures; of what was cut off, only what nobody uses is deleted."""

import os
import subprocess
import sys

import pytest

from evaluation.programme import work
from evaluation.programme.work import HERE, ProjectTask, clear_remains, evaluate_project
from evaluation.report.engines import FORK
from evaluation.report.executed import read
from evaluation.report.exhibit import DRAWN, MIME
from evaluation.report.render import read_exhibits
from evaluation.report.run import Executed, execute_one

from .many import NOTEBOOKS, write_projects


@pytest.fixture
def gone():
    """Return the number of a process that is not there any more."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    return ended.pid


def folders(place):
    return sorted(path.name for path in place.iterdir())


def test_only_what_nobody_uses_is_deleted(tmp_path, gone):
    names = [
        f".processed.{HERE}-{os.getpid()}",
        f".processed.other-{gone}",
        ".processed.programme",
        "processed",
    ]
    for name in [*names, f".processed.{HERE}-{gone}"]:
        (tmp_path / name).mkdir()
    clear_remains(tmp_path / "processed")
    assert folders(tmp_path) == sorted(names)


def test_what_another_computer_left_is_deleted_when_it_is_old(tmp_path, gone, monkeypatch):
    left = tmp_path / f".processed.other-{gone}"
    left.mkdir()
    begun = left.stat().st_mtime
    monkeypatch.setattr(work.time, "time", lambda: begun + work.DAY - 60)
    clear_remains(tmp_path / "processed")
    assert left.exists()
    monkeypatch.setattr(work.time, "time", lambda: begun + work.DAY + 60)
    clear_remains(tmp_path / "processed")
    assert not left.exists()


def test_what_is_kept_is_replaced(tmp_path):
    work._store({"status": "evaluated"}, tmp_path / "kept", "one.json")
    work._store({"status": "evaluated"}, tmp_path / "kept", "two.json")
    assert folders(tmp_path / "kept") == ["two.json"]


def run_here(loaded, names, out, *, notebooks, failed, **options):
    """Run notebooks in this process, without a kernel each."""
    given = {"project_file": str(loaded.file)}
    made = [
        execute_one(notebooks / f"{name}.ipynb", out, given, failed=failed, engine=FORK) for name in names
    ]
    return Executed(made, FORK)


@pytest.mark.slow
def test_nothing_is_drawn(tmp_path, monkeypatch):
    shown = []

    def look(path):
        outputs = [output for cell in read(path)["cells"] for output in cell.get("outputs", [])]
        shown.extend(output["data"] for output in outputs)
        return read_exhibits(path)

    monkeypatch.setattr(work, "read_exhibits", look)
    monkeypatch.setattr(work, "run_chapters", run_here)
    file = write_projects(tmp_path, 1) / "p001" / "project.yaml"
    run = evaluate_project(ProjectTask("p001", str(file), str(NOTEBOOKS), only=("targets",), force=True))
    assert run["status"] == "evaluated", run
    assert any(exhibit["layout"] in DRAWN for data in shown for exhibit in data[MIME])
    assert not any("text/html" in data for data in shown)
