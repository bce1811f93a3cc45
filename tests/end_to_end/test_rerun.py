"""A second report: killed runs, what is run again, and bytes that do not change."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks.kill import ROOT, Programme

from evaluation.chapters import chapters_of
from evaluation.project.load import load_project
from evaluation.report.receipt import RECEIPT, file_fingerprints

pytestmark = pytest.mark.slow


@pytest.mark.skipif(os.name != "posix", reason="processes are killed by signal")
def test_killed_runs_leave_a_good_report():
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.kill", "5"], cwd=ROOT, check=True, capture_output=True
    )
    tally = json.loads(done.stdout)
    assert tally["kills"] == tally["earlier"] + tally["finished"] == 5
    assert tally["at_work"] > 0


def ran(programme: Programme) -> set[str]:
    return set(json.loads((programme.out / RECEIPT).read_text())["run"]["ran"])


@pytest.fixture(scope="module")
def programme(tmp_path_factory) -> Programme:
    made = Programme.made(tmp_path_factory.mktemp("rerun"))
    made.report()
    return made


def test_only_what_changed_is_run_again(programme):
    assert ran(programme) == {"00_overview", "04_targets"}
    notebook = programme.root / "notebooks" / "04_targets.ipynb"
    node = json.loads(notebook.read_text(encoding="utf-8"))
    texts = [cell for cell in node["cells"] if "lang-en" in cell["metadata"].get("tags", [])]
    texts[0]["source"] = "# Is it all as planned?"
    notebook.write_text(json.dumps(node), encoding="utf-8")
    programme.report()
    assert ran(programme) == set()
    assert "Is it all as planned?" in (programme.out / "en" / "targets.html").read_text(encoding="utf-8")
    next(cell for cell in node["cells"] if "setup" in cell["metadata"].get("tags", []))["source"] += "\n1;"
    notebook.write_text(json.dumps(node), encoding="utf-8")
    programme.report()
    assert ran(programme) == {"04_targets"}


def test_a_run_that_was_cut_off_goes_on_where_it_was(programme):
    for folder in (programme.root / "data" / "processed").glob(".*.chapters"):
        shutil.rmtree(folder)
    notebook = programme.root / "notebooks" / "04_targets.ipynb"
    text = notebook.read_text(encoding="utf-8")
    notebook.write_text(text.replace("targets.lead(study)", "targets.nothing(study)"), encoding="utf-8")
    with pytest.raises(subprocess.CalledProcessError):
        programme.report("--force")
    notebook.write_text(text, encoding="utf-8")
    (programme.out / RECEIPT).unlink()
    programme.report()
    assert ran(programme) == {"04_targets"}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="forks are used on Linux")
def test_both_engines_and_every_run_give_the_same_bytes(programme):
    programme.report("--engine", "fork", "--force")
    forks = file_fingerprints(programme.out)
    programme.report("--engine", "nbclient", "--force")
    assert file_fingerprints(programme.out) == forks
    assert any(Path(name).suffix == ".ipynb" for name in forks)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="forks are used on Linux")
def test_both_engines_give_every_notebook_the_same_bytes(tmp_path):
    """The kernels are the only way on Windows and macOS; every real notebook must be the same from them."""
    for name in ("projects", "notebooks"):
        shutil.copytree(ROOT / name, tmp_path / name)

    def call(*words: object) -> None:
        line = [sys.executable, "-m", "evaluation", *map(str, words)]
        subprocess.run(line, cwd=tmp_path, check=True, capture_output=True)

    project = tmp_path / "projects" / "halland"
    call("simulate", project)
    for engine in ("fork", "nbclient"):
        call("run", project, "--out", tmp_path / engine, "--engine", engine, "--force")
    forks = file_fingerprints(tmp_path / "fork" / "notebooks")
    assert file_fingerprints(tmp_path / "nbclient" / "notebooks") == forks
    assert len(forks) == len(chapters_of(load_project(project).definition))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="chapters rest on all tables elsewhere")
def test_one_answer_runs_what_read_it_and_gives_what_a_whole_run_gives(tmp_path):
    shutil.copytree(ROOT / "tests" / "example", tmp_path / "projects" / "example")
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    out = tmp_path / "out"

    def report(*more: str) -> tuple[list[str], dict[str, str]]:
        line = [sys.executable, "-m", "evaluation", "report", "projects/example", "--out", str(out)]
        subprocess.run([*line, "--format", "html", *more], cwd=tmp_path, check=True, capture_output=True)
        run = json.loads((out / RECEIPT).read_text())["run"]
        return run["reused"], file_fingerprints(out)

    report()
    log = tmp_path / "data" / "raw" / "example" / "tidlogg.csv"
    first, row, rest = log.read_text(encoding="utf-8-sig").split("\n", 2)
    hours = first.rstrip("\r").split(";").index("Timmar")
    cells = row.split(";")
    cells[hours] = "99"
    log.write_text("\n".join([first, ";".join(cells), rest]), encoding="utf-8-sig")
    kept, files = report()
    assert {"02_measurement", "09_impact"} <= set(kept)
    assert "03_change" not in kept
    assert report("--force") == ([], files)
