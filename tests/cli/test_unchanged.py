"""An unchanged report is recognised by its contents, and by the standard library alone."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from evaluation.cli.commands import COMMANDS, load
from evaluation.cli.unchanged import MANY, ONE, tell_unchanged, understood
from evaluation.report.receipt import (
    Asked,
    Receipt,
    file_fingerprints,
    inputs_fingerprint,
    read_receipt,
    relative,
    write_receipt,
)

HEAVY = (
    "papermill",
    "pandas",
    "numpy",
    "matplotlib",
    "nbconvert",
    "pydantic",
    "yaml",
    "babel",
    "rich",
    "typer",
)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """Return the folder of a report that was made from three files, one of which is not there."""
    project = tmp_path / "projects" / "mine" / "project.yaml"
    project.parent.mkdir(parents=True)
    project.write_text("name: mine")
    (tmp_path / "answers.csv").write_text("a")
    out = tmp_path / "reports" / "mine"
    (out / "sv").mkdir(parents=True)
    (out / "sv" / "index.html").write_text("page")
    inputs = [project, tmp_path / "answers.csv", tmp_path / "comments"]
    said = {"en": ["Nothing new.", "{folder}"], "sv": ["Inget nytt."]}
    receipt = Receipt(
        Asked(formats=("html",)),
        relative(project, out),
        tuple(relative(path, out) for path in inputs),
        inputs_fingerprint(Asked(formats=("html",)), inputs),
        file_fingerprints(out),
        said,
    )
    write_receipt(receipt, out)
    return out


def words(report: Path, *more: str) -> list[str]:
    return ["report", str(report.parents[1] / "projects" / "mine"), "--format", "html", *more]


def test_unchanged(report, capsys):
    assert tell_unchanged(words(report, "--lang", "en"))
    assert capsys.readouterr().err == f"Nothing new.\n{report}\n"
    assert tell_unchanged(words(report, "--lang=sv"))
    assert capsys.readouterr().err == "Inget nytt.\n"


CHANGES = {
    "input": lambda root: (root / "answers.csv").write_text("b"),
    "lost input": lambda root: (root / "answers.csv").unlink(),
    "new input": lambda root: (root / "comments").write_text("new"),
    "new folder with an input": lambda root: [(root / "comments").mkdir(), (root / "comments" / "a").touch()],
    "page": lambda root: (root / "reports" / "mine" / "sv" / "index.html").write_text("other"),
    "lost page": lambda root: (root / "reports" / "mine" / "sv" / "index.html").unlink(),
    "receipt cut off": lambda root: (root / "reports" / "mine" / "run.json").write_text('{"asked": {}'),
    "receipt of another kind": lambda root: (root / "reports" / "mine" / "run.json").write_text("[]"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_any_change_of_contents_is_seen(report, change):
    CHANGES[change](report.parents[1])
    assert not tell_unchanged(words(report))


def test_times_do_not_count(report):
    os.utime(report.parents[1] / "answers.csv", (1, 1))
    os.utime(report / "sv" / "index.html", (1, 1))
    assert tell_unchanged(words(report))


@pytest.mark.parametrize(
    "more",
    [["--format", "pdf"], ["--only", "change"], ["--level", "easy"], ["--force"], ["--out", "x"], ["y"]],
)
def test_anything_else_that_is_asked_for_is_left_to_the_command(report, more):
    assert not tell_unchanged(words(report, *more))


def test_other_commands_are_left_alone():
    assert understood(["render", "projects/mine"]) is None
    assert understood(["--verbose", "report", "projects/mine"]) is None
    assert understood([]) is None


def test_it_understands_the_options_of_the_command():
    known = {option for param in load("report").params for option in param.opts if option.startswith("--")}
    assert {*MANY, *ONE} - {"--lang"} <= known


def test_receipt_comes_back(report):
    found = read_receipt(report)
    assert found.asked == Asked(formats=("html",))
    assert found.files.keys() == {"sv/index.html"}
    assert {"version", "python", "system"} <= found.run.keys()


def imported(*words: object, cwd: Path) -> tuple[int, set[str]]:
    code = (
        "import sys\nfrom evaluation.cli import main\n"
        "try:\n    main()\n"
        "finally:\n    sys.stderr.write('\\n' + ' '.join(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, words)], cwd=cwd, capture_output=True, text=True, timeout=60
    )
    return done.returncode, set(done.stderr.splitlines()[-1].split())


def test_the_unchanged_run_imports_nothing_heavy(report):
    code, modules = imported(*words(report), cwd=report)
    assert code == 0
    assert "evaluation.cli.unchanged" in modules
    assert not modules & {*HEAVY, "evaluation.cli.start"}


def test_help_imports_no_command(tmp_path):
    code, modules = imported("--help", cwd=tmp_path)
    assert code == 0
    assert not modules & {"papermill", "pandas", "numpy", "matplotlib", "nbconvert", "pydantic"}
    assert not modules & {f"evaluation.cli.{module}" for module in COMMANDS.values()}
