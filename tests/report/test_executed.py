"""What is kept of executed notebooks: nothing about when they ran, and only as long as it is valid."""

import copy
import json

import pytest

from evaluation.project.load import load_project
from evaluation.report.executed import KeptChapters, data_fingerprint, read, without_times, write
from tests.conftest import HALLAND, elsewhere


def cell(kind, source, tags=(), **more):
    return {"cell_type": kind, "source": source, "metadata": {"tags": list(tags)}, "id": source, **more}


SOURCE = {
    "metadata": {"kernelspec": {"name": "python3"}},
    "nbformat": 4,
    "nbformat_minor": 5,
    "cells": [cell("code", "a = 1", ["parameters"]), cell("markdown", "text"), cell("code", "b(a)")],
}


def run(seconds: float) -> dict:
    """Return what papermill writes, at some moment."""
    times = {"start_time": f"{seconds}", "end_time": "z", "duration": seconds, "status": "completed"}
    node = copy.deepcopy(SOURCE)
    node["cells"].insert(1, cell("code", "# Parameters", ["injected-parameters"]))
    node["cells"][1]["id"] = f"random{seconds}"
    for one in node["cells"]:
        one["metadata"] |= {"papermill": times, "execution": {"shell.execute_reply": seconds}}
    node["cells"][3]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["shown"]}]
    node["metadata"] |= {
        "papermill": {**times, "output_path": "/x", "parameters": {"a": 2}},
        "language_info": {"version": "3"},
    }
    return node


def test_two_runs_are_equal_without_their_times():
    one, other = without_times(run(1.5), SOURCE), without_times(run(2.5), SOURCE)
    assert one == other
    assert one["metadata"] == {
        **SOURCE["metadata"],
        "papermill": {"parameters": {"a": 2}, "status": "completed"},
    }
    assert one["cells"][3]["outputs"] == run(1)["cells"][3]["outputs"]


@pytest.fixture
def loaded(tmp_path):
    project = elsewhere(load_project(HALLAND), tmp_path)
    project.processed_folder.mkdir(parents=True)
    (project.processed_folder / "manifest.json").write_text(
        json.dumps({"project_sha256": "1", "codebook_sha256": "2", "inputs": []})
    )
    (project.processed_folder / "answers.parquet").write_bytes(b"table")
    return project


def test_kept_until_something_that_counts_changes(loaded):
    kept = KeptChapters(loaded)
    key = kept.key(SOURCE, {"project_file": "p"})
    assert kept.find("one", SOURCE, key) is None
    kept.keep("one", without_times(run(1), SOURCE), key)
    assert kept.find("one", SOURCE, key) == without_times(run(1), SOURCE) | {
        "cells": kept.find("one", SOURCE, key)["cells"]
    }
    assert kept.key(SOURCE, {"project_file": "q"}) != key
    other = copy.deepcopy(SOURCE)
    other["cells"][2]["source"] = "c(a)"
    assert kept.key(other, {"project_file": "p"}) != key
    (loaded.processed_folder / "answers.parquet").write_bytes(b"another")
    assert KeptChapters(loaded).key(SOURCE, {"project_file": "p"}) != key


def test_text_is_taken_from_the_notebook_as_it_is_now(loaded):
    kept = KeptChapters(loaded)
    key = kept.key(SOURCE, {})
    kept.keep("one", without_times(run(1), SOURCE), key)
    edited = copy.deepcopy(SOURCE)
    edited["cells"][1]["source"] = "other text"
    edited["cells"].insert(2, cell("markdown", "more"))
    assert kept.key(edited, {}) == key
    found = kept.find("one", edited, key)
    assert ["".join(one["source"]) for one in found["cells"]] == [
        "a = 1",
        "# Parameters",
        "other text",
        "more",
        "b(a)",
    ]
    assert found["cells"][-1]["outputs"] == run(1)["cells"][3]["outputs"]


def test_what_was_cut_off_is_not_used(loaded):
    kept = KeptChapters(loaded)
    kept.keep("one", without_times(run(1), SOURCE), "k")
    path = next(kept.folder.glob("one-*.ipynb"))
    path.write_text(path.read_text()[:50])
    assert kept.find("one", SOURCE, "k") is None


def test_only_the_latest_is_kept(loaded):
    kept = KeptChapters(loaded)
    for key in ("a", "b"):
        kept.keep("one", without_times(run(1), SOURCE), key)
    assert [path.name for path in kept.folder.iterdir()] == ["one-b.ipynb"]


def test_protected_together_comes_back_with_the_text_of_now(loaded, tmp_path):
    kept, folder = KeptChapters(loaded), tmp_path / "made"
    folder.mkdir()
    assert kept.find_together({"one": "k"}, folder) is None
    protected = without_times(run(1), SOURCE)
    protected["cells"][3]["outputs"] = []
    write(protected, folder / "one.ipynb")
    kept.keep_together({"one": "k"}, folder, {"rows": 3})
    edited = without_times(run(1), SOURCE)
    edited["cells"][2]["source"] = "new"
    write(edited, folder / "one.ipynb")
    assert kept.find_together({"one": "k"}, folder) == {"rows": 3}
    found = read(folder / "one.ipynb")
    assert ["".join(one["source"]) for one in found["cells"]] == ["a = 1", "# Parameters", "new", "b(a)"]
    assert found["cells"][3]["outputs"] == []
    assert kept.find_together({"one": "other"}, folder) is None


def test_comments_in_the_definition_do_not_count(loaded):
    before = data_fingerprint(loaded)
    manifest = loaded.processed_folder / "manifest.json"
    manifest.write_text(json.dumps({"project_sha256": "9", "codebook_sha256": "2", "inputs": []}))
    assert data_fingerprint(loaded) == before
    other = loaded.definition.model_copy(update={"planned": 9})
    assert data_fingerprint(loaded.model_copy(update={"definition": other})) != before
