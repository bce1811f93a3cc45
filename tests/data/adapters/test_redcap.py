"""Exports from REDCap: dictionaries, events, repeated instruments, decimal commas."""

import pytest

from evaluation.data.ingest import ingest
from evaluation.data.manifest import is_current
from evaluation.data.read import read_export
from evaluation.data.store import write_processed
from evaluation.vocabulary.errors import ExportError, MissingFileError
from tests.data.build import indicator, write_table

from .conftest import source

DICTIONARY = [
    [
        "Variable / Field Name",
        "Field Type",
        "Field Label",
        "Choices, Calculations, OR Slider Labels",
        "Identifier?",
    ],
    ["record_id", "text", "Number", "", "y"],
    ["name", "text", "Name", "", "y"],
    ["q1", "radio", "Are you <b>content</b>?", "0, No, never | 1, Yes", ""],
    ["q2", "checkbox", "What?", "a, Course | b, Visit", ""],
    ["q3", "yesno", "Again?", "", ""],
    ["q4", "calc", "Sum", "[q1], [q3]", ""],
]
SIMPLE = [
    ["record_id", "name", "q1", "q2___a", "q2___b", "q3", "q4", "form_complete"],
    ["1", "x", "0", "1", "0", "1", "1,5", "2"],
    ["2", "y", "1", "0", "0", "", "0", "0"],
]
LONG = [
    ["record_id", "redcap_event_name", "redcap_repeat_instrument", "redcap_repeat_instance", "q1", "q3"],
    ["1", "before_arm_1", "", "", "0", ""],
    ["1", "after_arm_1", "", "", "1", ""],
    ["1", "after_arm_1", "visit", "1", "", "1"],
    ["1", "after_arm_1", "visit", "2", "", "0"],
    ["2", "before_arm_1", "", "", "1", ""],
]


@pytest.fixture
def dictionary(tmp_path):
    write_table(tmp_path / "d.csv", DICTIONARY)


def test_codes_are_labelled_by_the_dictionary(reading, dictionary):
    export = reading(SIMPLE, dictionary="d.csv")
    assert export.tool == "redcap"
    assert export.frame["q1"].tolist() == ["No, never", "Yes"]
    assert export.frame["q3"].tolist() == ["Yes", ""]
    assert export.frame["q4"].tolist() == ["1,5", "0"]
    assert export.frame["q2___a"].tolist() == ["1", "0"]
    assert export.wording["q1"] == "Are you content?"
    assert export.wording["q2___b"] == "What? [Visit]"
    assert "name" not in export.frame.columns
    assert "record_id" in export.frame.columns


def test_without_a_dictionary_codes_stay(reading):
    export = reading(SIMPLE)
    assert export.frame["q1"].tolist() == ["0", "1"]
    assert export.wording == {}


def test_events_and_repeated_instruments_become_columns(reading, dictionary):
    export = reading(LONG, dictionary="d.csv")
    assert export.frame.astype("str").to_dict("list") == {
        "record_id": ["1", "2"],
        "q1 [before_arm_1]": ["No, never", "Yes"],
        "q1 [after_arm_1]": ["Yes", ""],
        "q3 [after_arm_1, 1]": ["Yes", ""],
        "q3 [after_arm_1, 2]": ["No", ""],
    }
    assert export.frame.index.tolist() == [2, 6]
    assert export.left_out == {"joined": 3}
    assert export.rows_read == 5
    assert export.wording["q3 [after_arm_1, 2]"] == "Again?"


def test_the_same_event_twice_is_one_error_per_row(reading):
    with pytest.raises(ExportError, match=r"x\.csv:7: The record has another row") as caught:
        reading([*LONG, LONG[1]])
    assert len(caught.value.problems) == 1


def test_an_absent_dictionary_is_one_error(reading):
    with pytest.raises(MissingFileError, match=r"There is no file d\.csv"):
        reading(SIMPLE, dictionary="d.csv")


def test_another_file_as_dictionary_is_one_error(reading, tmp_path):
    write_table(tmp_path / "d.csv", SIMPLE)
    with pytest.raises(ExportError, match=r"d\.csv:1: There is no column “Variable / Field Name”"):
        reading(SIMPLE, dictionary="d.csv")


def test_a_column_called_complete_is_not_enough(reading):
    assert reading([["id", "task_complete"], ["1", "yes"]]).tool == "plain"


def test_a_project_follows_people_over_events(make_project, raw):
    write_table(raw / "d.csv", DICTIONARY)
    write_table(raw / "one.csv", LONG)
    options = [{"value": v, "label": {"sv": t, "en": t}} for v, t in enumerate(["No, never", "Yes"])]
    project = make_project(
        sources={
            "one": {
                "kind": "answers",
                "file": "one.csv",
                "waves": ["before", "after"],
                "columns": {"person": "record_id"},
                "dictionary": "d.csv",
            }
        },
        questions=[
            ("a", "one", "q1 [before_arm_1]", "before", "YN"),
            ("a", "one", "q1 [after_arm_1]", "after", "YN"),
        ],
        responses={"YN": {"options": options}},
        indicators={"one": indicator("a")},
    )
    tables = ingest(project)
    assert tables.answers[["wave", "value"]].astype(object).to_numpy().tolist() == [
        ["before", 0.0],
        ["before", 1.0],
        ["after", 1.0],
    ]
    assert [row.read for row in tables.manifest.accounting] == [5, 5]
    write_processed(tables, project.processed_folder)
    assert is_current(project)
    write_table(raw / "d.csv", DICTIONARY[:4])
    assert not is_current(project)


SHAPES = {
    "repeating-instruments": 2,
    "vignette-repeating": 2,
    "decimal-comma-and-dot": 4,
    "multilevel-model-1": 20,
}


@pytest.mark.parametrize("name", SHAPES)
def test_public_projects(public, name):
    path = public(f"export_redcap/REDCapR_{name}/data.csv")
    export = read_export(path, source(dictionary="dictionary.csv"))
    assert (export.tool, len(export.frame)) == ("redcap", SHAPES[name])
    assert export.rows_read == sum(1 for row in path.read_text("utf-8").splitlines() if row.strip()) - 1
