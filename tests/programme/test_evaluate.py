"""Small made-up projects, evaluated here and in processes: the same outcome, and one that fails stands alone."""

import json

import pytest

from evaluation.programme.executor import Place
from evaluation.programme.gather import gather
from evaluation.programme.report import write_programme_report
from evaluation.report.write import Wanted

from .many import NOTEBOOKS, evaluated, write_projects

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = write_projects(tmp_path_factory.mktemp("programme") / "projects", 3)
    (made / "p003" / "project.yaml").write_text("name: {en: Broken}\n")
    return made


@pytest.fixture(scope="module")
def here(folder):
    return evaluated(folder, Place("serial"), force=True)


def test_processes_find_the_same(folder, here):
    assert evaluated(folder, Place("loky", 2), force=True)[1] == here[1]


def test_a_project_that_fails_is_listed_and_the_others_are_evaluated(here):
    registry, runs = here
    assert [key for key, run in runs.items() if run["status"] != "evaluated"] == ["p003"]
    programme = gather(registry, runs)
    assert len(programme.projects) == 2
    assert [one["name"] for one in programme.left_out] == ["p003"]
    assert programme.left_out[0]["problems"]


def test_what_is_kept_is_not_evaluated_again(folder, here):
    assert evaluated(folder, Place("serial"))[1] == here[1]
    assert sorted({path.name for path in folder.glob("*/.*")}) == [
        ".processed.chapters",
        ".processed.programme",
    ]


def test_the_report_says_so_in_both_languages(here, tmp_path):
    registry, runs = here
    paths, problems = write_programme_report(
        registry, runs, tmp_path / "out", notebooks=NOTEBOOKS, wanted=Wanted.checked(["html"])
    )
    assert problems == []
    sv, en = (path.read_text(encoding="utf-8") for path in paths)
    assert "2 of the 3 projects" in en
    assert "2 av de 3 projekten" in sv
    assert "associations, not effects" in en
    assert "p003" in en
    assert "simulated" in en.lower() or "made-up" in en.lower()


def test_withheld_rows_hold_no_numbers(here):
    for run in here[1].values():
        hidden = [row for row in run.get("rows", ()) if row.get("suppressed")]
        assert not [row for row in hidden if {"estimate", "n", "k"} & row.keys()]
        json.dumps(run, allow_nan=False)
