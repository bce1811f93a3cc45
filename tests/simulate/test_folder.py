import hashlib
import json
from dataclasses import replace

import pytest

from evaluation.simulate import Simulated, write_simulated
from evaluation.vocabulary.errors import ProjectError, ReportError


@pytest.fixture
def small():
    return Simulated("course", 7, {"a.csv": b"one", "deep/b.csv": b"two"}, {"mean": 1.5})


def names(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_a_new_folder_holds_files_truth_and_marker(small, tmp_path):
    folder = tmp_path / "raw" / "course"
    write_simulated(small, folder)
    assert names(folder) == ["a.csv", "deep/b.csv", "simulated.json", "truth.json"]
    assert json.loads((folder / "truth.json").read_text()) == {"mean": 1.5}
    marker = json.loads((folder / "simulated.json").read_text())
    prints = {name: hashlib.sha256(content).hexdigest() for name, content in small.files.items()}
    assert marker == {"project": "course", "seed": 7, "files": prints}
    assert [path.name for path in folder.parent.iterdir()] == ["course"]


def test_simulated_files_are_replaced_and_outdated_ones_removed(small, tmp_path):
    write_simulated(small, tmp_path)
    (tmp_path / "notes.txt").write_text("mine")
    write_simulated(replace(small, files={"a.csv": b"new"}), tmp_path)
    assert names(tmp_path) == ["a.csv", "notes.txt", "simulated.json", "truth.json"]
    assert (tmp_path / "a.csv").read_bytes() == b"new"


@pytest.mark.parametrize("name", ["a.csv", "deep/b.csv", "truth.json"])
def test_real_files_are_never_overwritten(small, tmp_path, name):
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("real")
    with pytest.raises(ReportError, match="was not simulated"):
        write_simulated(small, tmp_path)
    assert names(tmp_path) == [name]
    assert path.read_text() == "real"


def test_a_simulated_file_that_was_changed_counts_as_real(small, tmp_path):
    write_simulated(small, tmp_path)
    (tmp_path / "a.csv").write_text("corrected by hand")
    with pytest.raises(ReportError, match=r"a\.csv"):
        write_simulated(small, tmp_path)
    assert (tmp_path / "a.csv").read_text() == "corrected by hand"


def test_a_broken_marker_protects_the_files(small, tmp_path):
    write_simulated(small, tmp_path)
    (tmp_path / "simulated.json").write_text("{")
    with pytest.raises(ReportError):
        write_simulated(small, tmp_path)


@pytest.mark.parametrize("name", ["../a.csv", "/elsewhere/a.csv", "truth.json", "simulated.json"])
def test_files_outside_the_folder_are_refused(small, tmp_path, name):
    with pytest.raises(ProjectError, match="cannot have the file"):
        write_simulated(replace(small, files={name: b"x"}), tmp_path / "raw")
    assert list(tmp_path.iterdir()) == []


def test_an_interrupted_replacement_can_be_repeated(small, tmp_path, monkeypatch):
    write_simulated(small, tmp_path)
    changed = replace(small, files={"a.csv": b"new", "deep/b.csv": b"newer"})
    with monkeypatch.context() as patch:
        patch.setattr("evaluation.simulate.folder._move_in", _interrupted)
        with pytest.raises(KeyboardInterrupt):
            write_simulated(changed, tmp_path)
    assert "a.csv" not in names(tmp_path)
    write_simulated(changed, tmp_path)
    assert (tmp_path / "deep" / "b.csv").read_bytes() == b"newer"


def _interrupted(*_):
    raise KeyboardInterrupt
