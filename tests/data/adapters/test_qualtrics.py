"""Exports from Qualtrics: headers, rows that are no answers, numbers and texts alike."""

import pandas as pd
import pytest

from evaluation.data.ingest import ingest
from evaluation.data.read import read_export
from evaluation.vocabulary.errors import ExportError

from .conftest import source

CODES = ["StartDate", "Status", "IPAddress", "Progress", "Finished", "ResponseId", "Q1"]
WORDS = ["Start Date", "Response Type", "IP Address", "Progress", "Finished", "Response ID", "How\nwas it?"]
IMPORT = [f'{{"ImportId":"{name}"}}' for name in CODES]
HEADER = [CODES, WORDS, IMPORT]
ROWS = [
    ["2024-03-01", "IP Address", "1.2.3.4", "100", "True", "R_1", "good"],
    ["2024-03-01", "Survey Preview", "", "100", "True", "R_2", "good"],
    ["2024-03-01", "Spam", "", "100", "True", "R_3", "bad"],
    ["2024-03-01", "IP Address", "", "40", "False", "R_4", ""],
    ["2024-03-01", "Survey Test", "", "100", "False", "R_5", ""],
]


def test_three_header_rows_become_one(reading):
    export = reading([*HEADER, *ROWS])
    assert export.tool == "qualtrics"
    assert export.frame.columns.tolist() == [name for name in CODES if name != "IPAddress"]
    assert export.wording["Q1"] == "How was it?"
    assert export.frame.index.tolist() == [4]
    assert export.header_row == 1
    assert export.left_out == {"preview": 1, "test": 1, "spam": 1, "unfinished": 1}
    assert export.rows_read == 5


def test_status_and_finished_as_numbers(reading):
    numbers = {"IP Address": "0", "Survey Preview": "1", "Spam": "8", "Survey Test": "2"}
    rows = [[numbers.get(cell, cell) for cell in row] for row in ROWS]
    rows = [[{"True": "1", "False": "0"}.get(cell, cell) for cell in row] for row in rows]
    assert reading([*HEADER, *rows]).left_out == reading([*HEADER, *ROWS]).left_out


def test_unfinished_answers_can_be_kept(reading):
    export = reading([*HEADER, *ROWS], unfinished="keep")
    assert export.frame["ResponseId"].tolist() == ["R_1", "R_4"]


def test_progress_tells_where_finished_is_absent(reading):
    rows = [[cell for place, cell in enumerate(row) if place != 4] for row in (*HEADER, *ROWS)]
    assert reading(rows).left_out["unfinished"] == 1


def test_previews_are_told_by_their_channel(reading):
    rows = [["Status", "DistributionChannel", "Q1"], ["a", "b", "c"], IMPORT[:3]]
    rows += [["Umfragevorschau", "preview", "1"], ["IP-Adresse", "anonymous", "2"]]
    assert reading(rows).left_out == {"preview": 1}


def test_personal_columns_stay_if_they_are_asked_for(reading):
    export = reading([*HEADER, *ROWS], columns={"person": "IPAddress"})
    assert "IPAddress" in export.frame.columns
    assert not any("personal" in str(note) for note in export.notes)


def test_the_tool_and_what_was_dropped_are_stated(reading):
    first, second = map(str, reading([*HEADER, *ROWS]).notes)
    assert "x.csv was read as an export from Qualtrics" in first
    assert second.endswith("were not read: IPAddress.")


def test_the_old_format_has_the_names_of_its_second_row(reading):
    codes = [*(f"V{number}" for number in range(1, 8)), "Q1", ""]
    words = [
        "ResponseID",
        "ResponseSet",
        "Name",
        "EmailAddress",
        "Status",
        "StartDate",
        "Finished",
        "How?",
        "",
    ]
    rows = [
        ["R_1", "S", "Anonym", "", "0", "2017-07-18", "1", "2", ""],
        ["R_2", "S", "", "", "1", "", "1", "2"],
    ]
    export = reading([codes, words, *rows])
    assert export.frame.columns.tolist() == [
        "ResponseId",
        "ResponseSet",
        "Status",
        "StartDate",
        "Finished",
        "Q1",
    ]
    assert export.frame.index.tolist() == [3]
    assert export.wording["Q1"] == "How?"


def test_a_workbook_is_read_alike(reading):
    export = reading([*HEADER, *ROWS], name="x.xlsx", file="x.xlsx")
    assert (export.tool, export.frame.index.tolist()) == ("qualtrics", [4])


def test_a_changed_header_is_one_error(reading):
    with pytest.raises(ExportError, match=r"x\.csv:3: The third row does not hold the ImportIds"):
        reading([CODES, *ROWS], tool="qualtrics")


def test_no_finished_answer_is_one_error(reading):
    with pytest.raises(ExportError, match="All 3 rows are unfinished answers, previews or tests"):
        reading([*HEADER, *ROWS[1:4]])
    with pytest.raises(ExportError, match="The only row is an unfinished answer, a preview or a test"):
        reading([*HEADER, ROWS[1]])


def test_only_headers_is_one_error(reading):
    with pytest.raises(ExportError, match="a header but no rows"):
        reading(HEADER)


def test_plain_overrules_the_marks(reading):
    export = reading([*HEADER, *ROWS], tool="plain")
    assert (export.tool, len(export.frame), export.notes) == ("plain", 7, ())


AGREE = ["stronlgy disagree", "somewhat disagree", "neutral", "somewhat agree", "strongly agree"]
CODE = ["1", "6", "2", "3", "4"]
POLAR = ["not polarized", "low polarized", "neutral", "somewhat polarized", "strongly polarized"]


def _options(labels, codes):
    return {
        "options": [
            {"value": value, "label": {"sv": label, "en": label}, "also": [code]}
            for value, (label, code) in enumerate(zip(labels, codes, strict=True), start=1)
        ]
    }


def test_numbers_and_texts_give_the_same_tables(make_project, put):
    labels = {"women": ["female", "2"], "men": ["male", "1"], "other": ["other", "3"]}
    levels = {key: {"label": {"sv": key, "en": key}, "values": values} for key, values in labels.items()}
    questions = [(f"a{n}", "one", f"legitimacy_2_{n}", "", "AGREE") for n in range(1, 5)]
    questions += [(f"p{n}", "one", f"polarization_{n}", "", "POLAR") for n in range(1, 21)]
    columns = {"person": "ResponseId", "sex": "gender", "education": "amount"}
    made = {}
    for form in ("choice_text", "numeric_values"):
        put(f"export_qualtrics/legitimacy_{form}.csv", "one.csv")
        project = make_project(
            sources={"one": {"kind": "answers", "file": "one.csv", "waves": ["before"], "columns": columns}},
            questions=questions,
            responses={"AGREE": _options(AGREE, CODE), "POLAR": _options(POLAR, "12345")},
            groups={"sex": {"label": {"sv": "Kön", "en": "Sex"}, "levels": levels}},
            waves={"before": {"label": {"sv": "Före", "en": "Before"}, "kind": "baseline"}},
        )
        made[form] = ingest(project)
    first, second = made.values()
    for name in first.frames():
        pd.testing.assert_frame_equal(first.frames()[name], second.frames()[name])
    assert len(first.people) == 134
    (row,) = first.manifest.accounting
    assert (row.read, row.kept, row.dropped) == (156, 134, {"unfinished": 22})
    assert first.manifest.accounting == second.manifest.accounting
    assert first.manifest.inputs[0].tool == "qualtrics"
    said = [str(note) for note in first.manifest.notes]
    assert said[0].startswith("one.csv was read as an export from Qualtrics, because")
    assert said[-1] == "22 rows of one.csv are marked as unfinished and were left out."


@pytest.mark.parametrize(("name", "columns"), [("sample", 14), ("sample_legacy", 9)])
def test_public_samples(public, name, columns):
    export = read_export(public(f"export_qualtrics/ropensci_{name}.csv"), source())
    assert (export.tool, export.frame.shape) == ("qualtrics", (1, columns))
    assert export.wording["Q1"] == "This is a multiple choice question."
    assert export.frame["ResponseId"].tolist() == ["R_2YPOQ602ER1jkf1"]
