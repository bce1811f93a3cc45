"""The codebook turns texts into values, and every empty cell gets its reason."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from evaluation.data.answer_text import BLANK, MISSING, NONE, NOT_REACHED, SKIPPED
from evaluation.data.codes import apply_codebook, blanks_explained, entries_of
from evaluation.data.read import read_export

LABELS = {
    1: "Instämmer inte alls",
    2: "Agree to a small extent",
    3: "Instämmer delvis.",
    4: "4 Instämmer i hög grad",
}


def coded(project, key="one"):
    source = project.definition.sources[key]
    return apply_codebook(read_export(project.raw_folder / source.file, source), key, project)


def long(result):
    """Return the answers as one row per person, wave and question."""
    frames = [
        pd.DataFrame(
            {
                "person": block.persons,
                "wave": block.wave,
                "item": question.item,
                "value": question.value,
                "missing": np.array(MISSING)[question.codes],
            }
        )
        for block in result.blocks
        for question in block.questions
    ]
    return pd.concat(frames, ignore_index=True)


def answer(result, person, item, wave="before"):
    rows = long(result)
    row = rows[(rows["person"] == person) & (rows["item"] == item) & (rows["wave"] == wave)].iloc[0]
    return row["value"] if row["missing"] == "none" else row["missing"]


def test_texts_become_values_and_blanks_their_reason(make_project):
    rows = [
        ["id", "A", "B", "C"],
        ["p2", "Fully agree", "", "vet ej"],
        ["p1", "", "2", ""],
        ["p3", "", " ", ""],
    ]
    result = coded(make_project({"one.csv": rows}))
    assert result.problems == ()
    assert {item: answer(result, "p2", item) for item in "abc"} == {
        "a": 5.0,
        "b": "skipped",
        "c": "dont_know",
    }
    assert {item: answer(result, "p1", item) for item in "abc"} == {
        "a": "skipped",
        "b": 2.0,
        "c": "not_reached",
    }
    assert "p3" not in set(long(result)["person"])
    assert (dict(result.answered), dict(result.silent)) == ({"before": 2}, {"before": 1})


def test_numbers_and_texts_give_identical_answers(make_project):
    rng = np.random.default_rng(3)
    values = rng.choice(list(LABELS), (30, 3))
    people = [f"p{i}" for i in range(30)]
    numbers = [
        ["id", "A", "B", "C"],
        *([who, *map(str, row)] for who, row in zip(people, values, strict=True)),
    ]
    texts = [
        ["id", "A", "B", "C"],
        *([who, *map(LABELS.get, row)] for who, row in zip(people, values, strict=True)),
    ]
    project = make_project({"one.csv": numbers, "two.csv": texts})
    first = long(coded(project)).drop(columns="wave")
    second = long(coded(project, "two")).drop(columns="wave")
    assert_frame_equal(first, second)


@pytest.mark.parametrize("name", ["one.csv", "one.xlsx"])
def test_text_file_and_workbook_give_identical_answers(make_project, name):
    rows = [["id", "A", "B", "C"], ["1", 4, "Instämmer helt", 2.0], ["2", 1, "Vet inte", ""]]
    sources = {"one": {"kind": "answers", "file": name, "waves": ["before"], "columns": {"person": "id"}}}
    result = coded(
        make_project({name: rows}, sources=sources, questions=[("a", "one", "A"), ("b", "one", "B")])
    )
    assert [answer(result, "1", item) for item in "ab"] == [4.0, 5.0]
    assert [answer(result, "2", item) for item in "ab"] == [1.0, "dont_know"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_semicolons_and_decimal_commas(make_project, encoding):
    rows = [["id", "A", "B", "Å"], ["p1", "3,5", "7", "0,25"]]
    project = make_project(
        {"one.csv": rows},
        delimiter=";",
        encoding=encoding,
        questions=[("a", "one", "A"), ("b", "one", "B"), ("c", "one", "Å")],
        response="hours",
        responses={"hours": {"range": [0, 40]}},
    )
    result = coded(project)
    assert [answer(result, "p1", item) for item in "abc"] == [3.5, 7.0, 0.25]


def test_two_waves_in_one_row_are_separate_questionnaires(make_project):
    sources = {
        "one": {
            "kind": "answers",
            "file": "one.csv",
            "waves": ["before", "after"],
            "columns": {"person": "id"},
        }
    }
    questions = [(item, "one", f"{item}{wave}", wave) for item in "ab" for wave in ("before", "after")]
    rows = [
        ["id", "abefore", "aafter", "bbefore", "bafter"],
        ["p1", "1", "", "", "2"],
        ["p2", "3", "", "4", ""],
    ]
    result = coded(make_project({"one.csv": rows}, sources=sources, questions=questions))
    assert [answer(result, "p1", item) for item in "ab"] == [1.0, "not_reached"]
    assert [answer(result, "p1", item, "after") for item in "ab"] == ["skipped", 2.0]
    assert result.answered == {"before": 2, "after": 1}
    assert result.silent == {"before": 0, "after": 1}


def test_the_order_of_questions_is_that_of_the_codebook(make_project):
    project = make_project(questions=[("b", "one", "B"), ("a", "one two", "A")])
    assert [entry.item for entry in entries_of(project, "one", "before")] == ["b", "a"]
    assert entries_of(project, "one", "after") == []


def test_unknown_texts_are_told_once_with_place_and_remedy(make_project):
    rows = [["id", "A", "B", "C"], ["p9", "1", "Instämer helt", "1"], ["p1", "6", "1", "x" * 90]]
    rows += [[f"q{i}", "1", "Instämer helt", "1"] for i in range(3)]
    result = coded(make_project({"one.csv": rows}))
    told = [str(problem) for problem in result.problems]
    assert len(told) == 3
    assert told[0].startswith("one.csv:3 “A”: “6” is outside the range 1 to 5. Correct the file")
    assert told[1].startswith("one.csv:2 “B”: “Instämer helt” is not an answer of the response scale AG5;")
    assert "it stands in 4 rows. Did you mean “Instämmer helt”?" in told[1]
    assert "x" * 39 + "…" in told[2]
    assert "x" * 40 not in told[2]
    assert not any("p9" in text or "p1" in text for text in told)


def test_nothing_is_changed_by_coding(make_project):
    rows = [["id", "A", "B", "C"], ["p2", "1", "2", "3"], ["p1", "1", "", "3"]]
    project = make_project({"one.csv": rows})
    source = project.definition.sources["one"]
    export = read_export(project.raw_folder / "one.csv", source)
    before = export.frame.copy(deep=True)
    apply_codebook(export, "one", project)
    assert_frame_equal(export.frame, before)


def test_no_rows_give_no_answers(make_project):
    project = make_project({"one.csv": [["id", "A", "B", "C"], ["p1", "", "", ""]]})
    result = coded(project)
    assert len(long(result)) == 0
    assert [question.item for question in result.blocks[0].questions] == ["a", "b", "c"]


@given(st.lists(st.lists(st.sampled_from([NONE, 1, 2, BLANK]), min_size=4, max_size=4), max_size=8))
def test_blanks_are_skipped_before_the_last_answer_and_not_reached_after_it(rows):
    codes = np.array(rows, dtype=np.int8).reshape(len(rows), 4)
    found = blanks_explained(codes)
    for row, explained in zip(codes, found, strict=True):
        last = max((place for place in range(4) if row[place] != BLANK), default=-1)
        for place in range(4):
            wanted = row[place] if row[place] != BLANK else SKIPPED if place < last else NOT_REACHED
            assert explained[place] == wanted or last == -1


def test_types_are_small(make_project):
    rows = [["id", "A", "B", "C"], *([str(i), "1", "2", "3"] for i in range(300))]
    block = coded(make_project({"one.csv": rows})).blocks[0]
    assert block.persons.dtype == "str"
    for question in block.questions:
        assert question.places.dtype == question.codes.dtype == np.int8
        assert len(question.places) == 300
