"""Answers of all sources stand in one table: sorted, typed, nobody twice."""

import pandas as pd
import pytest

from evaluation.data.answers import join_answers
from evaluation.data.codes import apply_codebook
from evaluation.data.read import read_export
from evaluation.vocabulary.errors import AnswerError
from tests.data.build import problems

ONE = [["id", "A", "B", "C"], ["p2", "1", "2", "3"], ["p1", "4", "", "5"]]
TWO = [["id", "A", "B", "C"], ["p1", "2", "2", "2"], ["p3", "1", "1", ""]]


def parts(project):
    sources = project.definition.sources
    return [
        block
        for key, source in sources.items()
        for block in apply_codebook(
            read_export(project.raw_folder / source.file, source), key, project
        ).blocks
    ]


def people(**organisations):
    table = pd.DataFrame({"person": list(organisations), "organisation": list(organisations.values())})
    return table.astype("str").replace("None", pd.NA).sort_values("person", ignore_index=True)


def test_rows_are_sorted_by_wave_question_and_person(make_project):
    project = make_project({"one.csv": ONE, "two.csv": TWO})
    table = join_answers(parts(project), people(p1="B", p2="A", p3=None), project)
    assert list(table.columns) == ["person", "organisation", "source", "wave", "item", "value", "missing"]
    keys = list(zip(table["wave"], table["item"], table["person"], strict=True))
    assert keys[:4] == [
        ("before", "a", "p1"),
        ("before", "a", "p2"),
        ("before", "b", "p1"),
        ("before", "b", "p2"),
    ]
    assert len(keys) == 12
    assert table["organisation"].astype("object").tolist()[:2] == ["B", "A"]
    assert table.loc[table["person"] == "p3", "organisation"].isna().all()
    assert table["missing"].cat.categories.tolist() == [
        "none",
        "dont_know",
        "not_applicable",
        "skipped",
        "not_reached",
    ]
    assert table.loc[table["missing"] != "none", "value"].isna().all()


def test_two_files_may_share_a_wave_if_they_share_no_person(make_project):
    sources = {
        "one": {"kind": "answers", "file": "one.csv", "waves": ["before"], "columns": {"person": "id"}},
        "two": {"kind": "answers", "file": "two.csv", "waves": ["before"], "columns": {"person": "id"}},
    }
    rest = [TWO[0], TWO[2]]
    project = make_project({"one.csv": ONE, "two.csv": rest}, sources=sources)
    table = join_answers(parts(project), people(p1=None, p2=None, p3=None), project)
    assert table["person"].tolist() == ["p1", "p2", "p3"] * 3
    assert table["source"].tolist() == ["one", "one", "two"] * 3
    project = make_project({"one.csv": ONE, "two.csv": TWO}, sources=sources)
    with pytest.raises(AnswerError) as caught:
        join_answers(parts(project), people(p1=None, p2=None, p3=None), project)
    assert "1 person answered a at the wave before in both one and two." in problems(caught)
    assert len(caught.value.problems) == 3


def test_no_answers_are_an_empty_table(make_project):
    table = join_answers([], people(), make_project())
    assert len(table) == 0
    assert table["value"].dtype == float
