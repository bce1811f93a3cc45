"""What is kept of executed notebooks: nothing about when they ran, and only as long as it is valid."""

import copy
from dataclasses import replace

import pytest

from evaluation.project.load import load_project
from evaluation.report.executed import KeptChapters, read, without_times, write
from evaluation.report.watched import HandedOut
from evaluation.study import handed_down, open_study
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
def study(halland_study, tmp_path):
    project = elsewhere(load_project(HALLAND), tmp_path)
    with handed_down(replace(halland_study, loaded=project)) as study:
        yield study


@pytest.fixture
def loaded(study):
    return study.loaded


READ = ['["people"]', '["answers_to", ["change_ability"], ["before"]]']


def changed(study, item, wave):
    """Return the study with another value of the first answer to a question."""
    answers = study.answers.copy()
    asked = (answers["item"] == item) & (answers["wave"] == wave) & answers["value"].notna()
    answers.loc[answers.index[asked][0], "value"] += 1
    return replace(study, answers=answers)


def test_kept_until_something_that_counts_changes(loaded):
    kept = KeptChapters(loaded)
    key = kept.key(SOURCE, {"project_file": "p"})
    assert kept.find("one", SOURCE, key) is None
    kept.keep("one", without_times(run(1), SOURCE), key, READ)
    assert kept.find("one", SOURCE, key) == without_times(run(1), SOURCE) | {
        "cells": kept.find("one", SOURCE, key)["cells"]
    }
    assert kept.key(SOURCE, {"project_file": "q"}) != key
    other = copy.deepcopy(SOURCE)
    other["cells"][2]["source"] = "c(a)"
    assert kept.key(other, {"project_file": "p"}) != key


@pytest.mark.parametrize(
    ("item", "wave", "reads", "valid"),
    [
        ("change_ability", "before", READ, False),
        ("change_ability", "after", READ, True),
        ("learn_share", "before", READ, True),
        ("learn_share", "before", None, False),
    ],
)
def test_kept_as_long_as_what_was_read_is_the_same(study, item, wave, reads, valid):
    KeptChapters(study.loaded).keep("one", without_times(run(1), SOURCE), "k", reads)
    with handed_down(changed(study, item, wave)):
        found = KeptChapters(study.loaded).find("one", SOURCE, "k")
    assert (found is not None) == valid


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
    executed = without_times(run(1), SOURCE)
    write(executed, folder / "one.ipynb")
    assert kept.find_together(folder) is None
    place = kept.together(folder)
    protected = copy.deepcopy(executed)
    protected["cells"][3]["outputs"] = []
    write(protected, folder / "one.ipynb")
    kept.keep_together(place, folder, {"rows": 3})
    executed["cells"][2]["source"] = "new"
    write(executed, folder / "one.ipynb")
    assert kept.find_together(folder) == {"rows": 3}
    found = read(folder / "one.ipynb")
    assert ["".join(one["source"]) for one in found["cells"]] == ["a = 1", "# Parameters", "new", "b(a)"]
    assert found["cells"][3]["outputs"] == []


def test_another_chapter_shows_another_count_so_all_are_protected_again(loaded, tmp_path):
    kept, folder = KeptChapters(loaded), tmp_path / "made"
    folder.mkdir()
    for name in ("one", "two"):
        write(without_times(run(1), SOURCE), folder / f"{name}.ipynb")
    kept.keep_together(kept.together(folder), folder, {})
    other = without_times(run(1), SOURCE)
    other["cells"][3]["outputs"][0]["text"] = ["another"]
    write(other, folder / "two.ipynb")
    assert kept.find_together(folder) is None


def test_comments_in_the_definition_do_not_count(loaded):
    def key(project):
        return KeptChapters(project).key(SOURCE, {})

    manifest = HandedOut(open_study(loaded.file)).fingerprint('["manifest"]')
    again = replace(open_study(loaded.file).manifest, project_sha256="9", codebook_sha256="9")
    now = replace(open_study(loaded.file), manifest=again)
    assert HandedOut(now).fingerprint('["manifest"]') == manifest
    other = loaded.definition.model_copy(update={"planned": 9})
    assert key(loaded.model_copy(update={"definition": other})) != key(loaded)
