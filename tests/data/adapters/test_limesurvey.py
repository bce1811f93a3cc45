"""Exports from LimeSurvey: three kinds of headers, unsubmitted answers, twins."""

import pandas as pd
import pytest

from evaluation.data.ingest import ingest
from evaluation.data.read import read_export
from tests.data.build import indicator

from .conftest import source

CODES = ["id", "submitdate", "lastpage", "startlanguage", "ipaddr", "A1", "B[SQ001]", "B[SQ002]"]
TEXTS = [
    "Response ID",
    "Date submitted",
    "Last page",
    "Start language",
    "IP address",
    "Are <b>you</b>\ncontent?",
    "How much? [Course]",
    "How much? [Work: e.g. at home]",
]
BOTH = [f"{code}. {text}" for code, text in zip(CODES, TEXTS, strict=True)]
ROWS = [
    ["1", "2024-03-01 10:00:00", "7", "sv", "1.1.1.1", "Ja", "4", "5"],
    ["2", "", "3", "sv", "1.1.1.1", "Nej", "", "N/A"],
    ["3", "1980-01-01 00:00:00", "7", "en", "", "Nej", "1", "2"],
]
FORMS = {"codes": CODES, "both": BOTH, "texts": TEXTS}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("delimiter", [",", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_every_form_is_recognised(reading, form, delimiter, encoding):
    export = reading([FORMS[form], *ROWS], delimiter=delimiter, encoding=encoding)
    assert export.tool == "limesurvey"
    assert export.left_out == {"unfinished": 1}
    assert export.frame.index.tolist() == [2, 4]
    named = TEXTS if form == "texts" else CODES
    assert export.frame.columns.tolist() == [name for place, name in enumerate(named) if place != 4]


def test_wording_comes_from_the_texts(reading):
    both, texts = (reading([FORMS[form], *ROWS]).wording for form in ("both", "texts"))
    assert both["A1"] == "Are you content?"
    assert list(both.values()) == list(texts.values())
    assert reading([CODES, *ROWS]).wording == {}


def test_unsubmitted_answers_can_be_kept(reading):
    export = reading([CODES, *ROWS], unfinished="keep")
    assert len(export.frame) == 3
    assert export.frame["B[SQ002]"].tolist() == ["5", "N/A", "2"]


def test_codes_with_texts_alone_need_the_tool_to_be_stated(reading):
    rows = [["gender. What is your gender?", "q1[a]. How much? [x]"], ["Woman", "3"]]
    assert reading(rows).frame.columns.tolist() == rows[0]
    export = reading(rows, tool="limesurvey")
    assert export.frame.columns.tolist() == ["gender", "q1[a]"]
    assert "as the project file states" in str(export.notes[0])


def test_other_files_with_an_id_are_not_claimed(reading):
    assert reading([["id", "seed", "a"], ["1", "2", "3"]]).tool == "plain"


@pytest.mark.parametrize("unfinished", ["leave_out", "keep"])
def test_codes_and_codes_with_texts_give_the_same_tables(make_project, put, public, unfinished):
    made = []
    for form in ("codeonly", "codeandtext"):
        put(f"export_limesurvey/n2_dummy_data_{form}.csv", "one.csv")
        header = public("export_limesurvey/n2_dummy_data_codeonly.csv").read_text("utf-8-sig").splitlines()[0]
        answers = [name.strip('"') for name in header.split(",") if name.strip('"').startswith("A8[SQ")]
        yes = {"options": [_option(0, "No"), _option(1, "Yes")], "not_applicable": ["N/A"]}
        project = make_project(
            sources={
                "one": {
                    "kind": "answers",
                    "file": "one.csv",
                    "waves": ["before"],
                    "columns": {"person": "id", "field": "A2"},
                    "unfinished": unfinished,
                }
            },
            questions=[(f"a{n}", "one", name, "", "YES") for n, name in enumerate(answers)],
            responses={"YES": yes},
            waves={"before": {"label": {"sv": "Före", "en": "Before"}, "kind": "baseline"}},
            indicators={"one": indicator("a0")},
        )
        made.append(ingest(project))
    for first, second in zip(*(tables.frames().values() for tables in made), strict=True):
        pd.testing.assert_frame_equal(first, second)
    assert made[0].manifest.accounting == made[1].manifest.accounting
    assert made[0].manifest.accounting[0].read == 12


def _option(value, label):
    return {"value": value, "label": {"sv": label, "en": label}}


def test_the_public_twins_have_the_same_cells(public):
    names = [f"export_limesurvey/n2_dummy_data_{form}.csv" for form in ("codeonly", "codeandtext")]
    first, second = (read_export(public(name), source(unfinished="keep")) for name in names)
    pd.testing.assert_frame_equal(first.frame, second.frame)
    assert first.frame.shape == (12, 559)
    assert second.wording["A5"] == "Which gender do you identify most with?"
