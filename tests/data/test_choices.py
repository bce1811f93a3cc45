"""Questions with several answers become an item per answer."""

import math

import pytest

from evaluation.data.choices import split_answers
from evaluation.data.ingest import ingest
from evaluation.project.load import load_project
from evaluation.vocabulary.errors import AnswerError, ProjectError
from tests.data.build import write_table

SOURCES = {"one": {"kind": "answers", "file": "one.csv", "waves": ["before"], "columns": {"person": "id"}}}


@pytest.fixture
def coded(make_project):
    def code(rows, entries, response="YN"):
        project = make_project({"one.csv": rows}, sources=SOURCES, questions=[("a", "one", "A")])
        header = ["item", "source", "wave", "column", "response", "reverse", "option", "select"]
        lines = [
            [item, "one", "", column, response, "", option, select]
            for item, column, option, select in entries
        ]
        write_table(project.file.parent / "codebook.csv", [header, *lines])
        tables = ingest(load_project(project.file))
        wide = tables.answers.pivot_table(
            index="person", columns="item", values="value", observed=True, dropna=False
        )
        return {item: wide[item].tolist() for item in wide.columns}, tables.answers

    return code


def test_answers_in_one_cell(coded):
    rows = [
        ["id", "A"],
        ["p1", "Kurs; mentor, Bok"],
        ["p2", "bok;"],
        ["p3", "Vet ej"],
        ["p4", ""],
        ["p5", "Mentor"],
    ]
    entries = [(key, "A", option, "") for key, option in (("a", "kurs"), ("b", "mentor"), ("c", "bok"))]
    values, answers = coded(rows, entries)
    nan = math.nan
    assert values["a"] == pytest.approx([1, 0, nan, 0], nan_ok=True)
    assert values["b"] == pytest.approx([1, 0, nan, 1], nan_ok=True)
    assert values["c"] == pytest.approx([1, 1, nan, 0], nan_ok=True)
    assert set(answers.loc[answers["person"] == "p3", "missing"]) == {"dont_know"}


def test_any_other_answer(coded):
    rows = [["id", "A"], ["p1", "kurs;något eget"], ["p2", "kurs"]]
    values, _ = coded(rows, [("a", "A", "kurs", ""), ("b", "A", "*", "")])
    assert values == {"a": [1, 1], "b": [1, 0]}


def test_a_column_per_answer(coded):
    rows = [["id", "A1", "A2"], ["p1", "x", ""], ["p2", "", "Mentor"], ["p3", "Nej", "1"], ["p4", "", ""]]
    values, answers = coded(rows, [("a", "A1", "kurs", "ways"), ("b", "A2", "mentor", "ways")])
    assert values == {"a": [1, 0, 0], "b": [0, 1, 1]}
    assert "p4" not in set(answers["person"])


def test_unknown_answers_are_told(coded):
    rows = [["id", "A"], ["p1", "kurs;mentro"], ["p2", "mentor"]]
    with pytest.raises(AnswerError, match=r"one.csv:2 “A”: “mentro” is not among the answers.*“mentor”"):
        coded(rows, [("a", "A", "kurs", ""), ("b", "A", "mentor", "")])
    with pytest.raises(AnswerError, match="“kanske” is neither the answer's text nor a tick"):
        coded([["id", "A"], ["p1", "kanske"], ["p2", "x"]], [("a", "A", "kurs", "ways")])


def test_an_option_needs_a_scale_of_0_and_1(coded):
    with pytest.raises(ProjectError, match="is chosen or not, but AG5 has no options 0 and 1"):
        coded([["id", "A"], ["p1", "kurs"]], [("a", "A", "kurs", "")], response="AG5")


def test_a_comma_within_an_option_does_not_part_it():
    options = {"kurs, seminarium", "bok"}
    assert split_answers("Kurs, seminarium, bok", options) == ["kurs, seminarium", "bok"]
    assert split_answers("bok\nkurs", options) == ["bok", "kurs"]
    assert split_answers(" ; ,", options) == []
