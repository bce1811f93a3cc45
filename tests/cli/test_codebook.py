"""A codebook is drafted and checked from the command line."""

import pytest
from typer.testing import CliRunner

from evaluation.cli import app
from evaluation.project.codebook import read_codebook
from evaluation.vocabulary.errors import AnswerError, MissingFileError, ReportError
from tests.data.build import write_table
from tests.data.conftest import make_project

__all__ = ["make_project"]
ROWS = [
    ["Kod", "Hur ofta läser du?", "Ort"],
    ["p1", "Aldrig", "A"],
    ["p2", "Ofta", "B"],
    ["p3", "Ibland", "A"],
]


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run a command in the test's folder; errors that a user meets are raised."""
    monkeypatch.chdir(tmp_path)

    def command(*words, lang="en"):
        done = CliRunner().invoke(app, ["--lang", lang, "codebook", *map(str, words)])
        if done.exception is not None:
            raise done.exception
        return done.output

    return command


def test_a_draft_is_written_and_never_overwritten(tmp_path, run):
    write_table(tmp_path / "enkät.csv", ROWS, delimiter=";")
    said = run("draft", "enkät.csv", "--out", "draft.csv", lang="sv")
    assert "draft.csv är skriven. Rader: 1; med en anmärkning att titta på: 1." in said
    assert "2 kolumner i enkät.csv uteslöts: Kod; Ort." in said
    entries = list(read_codebook(tmp_path / "draft.csv"))
    assert [(entry.item, entry.response) for entry in entries] == [("hur_ofta_laser_du", "FQ5")]
    with pytest.raises(ReportError, match="is there already"):
        run("draft", "enkät.csv", "--out", "draft.csv")


def test_a_list_of_questions(tmp_path, run):
    answers = [["Q1_pre", "Q2_post"], ["Agree", "Agree"], ["Disagree", "Neutral"], ["Neutral", "Disagree"]]
    write_table(tmp_path / "x.csv", answers)
    write_table(tmp_path / "questions.csv", [["name", "text"], ["Q1_pre", "I can"], ["Q2_post", "I can"]])
    run("draft", "x.csv", "--wording", "questions.csv")
    assert [entry.item for entry in read_codebook(tmp_path / "codebook.csv")] == ["q1", "q1"]


def test_a_file_that_is_not_there(run):
    with pytest.raises(MissingFileError):
        run("draft", "y.csv")


def test_a_codebook_is_checked_against_the_exports(make_project, run):
    header = ["id", "A", "B", "C"]
    project = make_project({"one.csv": [header, ["p1", 1, 2, 3]], "two.csv": [header, ["p1", 2, 3, 4]]})
    assert "The codebook fits the exports: 3 questions." in run("check", project.file)
    write_table(project.raw_folder / "one.csv", [header, ["p1", 1, "Instämmer heltt", 3]])
    with pytest.raises(AnswerError, match="“Instämmer heltt” is not an answer of the response scale"):
        run("check", project.file)
