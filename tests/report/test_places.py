"""A finished report takes the place of the earlier one; what was cut off is cleared up."""

import os
import subprocess
import sys

import pytest

from evaluation.report import places
from evaluation.report.places import beside, clear_up, take_place


@pytest.fixture
def gone() -> int:
    """Return the number of a process that is gone."""
    return int(subprocess.check_output([sys.executable, "-c", "import os; print(os.getpid())"]))


def folder_with(path, text):
    path.mkdir()
    (path / "page").write_text(text)
    return path


@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize("earlier", [True, False])
def test_the_new_one_is_there_and_nothing_else(tmp_path, monkeypatch, at_once, earlier):
    if not at_once:
        monkeypatch.setattr(places, "_exchange", lambda one, other: False)
    out = tmp_path / "out"
    if earlier:
        folder_with(out, "old")
    take_place(folder_with(beside(out), "new"), out)
    assert (out / "page").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.skipif(os.name != "posix", reason="elsewhere it is not known which processes are gone")
def test_what_processes_left_that_are_gone_is_cleared_up(tmp_path, gone):
    out = folder_with(tmp_path / "out", "good")
    for name in (f".out-{gone}", f".out-notebooks-{gone}", f".out-earlier-{gone}"):
        folder_with(tmp_path / name, "left")
    kept = {".other-1", f".out-{os.getpid()}", "out-failed"}
    for name in kept:
        folder_with(tmp_path / name, "not ours")
    clear_up(out)
    assert {path.name for path in tmp_path.iterdir()} == {"out", *kept}
    assert (out / "page").read_text() == "good"


@pytest.mark.skipif(os.name != "posix", reason="elsewhere it is not known which processes are gone")
def test_a_report_that_was_moved_away_comes_back(tmp_path, gone):
    folder_with(tmp_path / f".out-earlier-{gone}", "good")
    folder_with(tmp_path / f".out-{gone}", "half")
    clear_up(tmp_path / "out")
    assert (tmp_path / "out" / "page").read_text() == "good"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
