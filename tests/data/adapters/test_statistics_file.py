"""Files of SPSS and Stata: labels, missing values, dates, damage."""

import pandas as pd
import pyreadstat
import pytest

from evaluation.data.adapters.statistics_file import FILES
from evaluation.data.ingest import ingest
from evaluation.data.read import read_export
from evaluation.vocabulary.errors import ExportError
from tests.data.build import indicator

from .conftest import source

FRAME = pd.DataFrame(
    {"id": ["p1", "p2", "p3", "p4"], "q1": [1.0, 2.0, 8.0, 9.0], "q2": [3.5, float("nan"), 1.0, 2.0]}
)
LABELS = {"q1": {1.0: "Inte alls", 2.0: "I hög grad", 8.0: "Vet ej"}}
WORDS = {"q1": "Trivs <i>du</i>?"}


def write(path, **more):
    parts = {"column_labels": WORDS, "variable_value_labels": LABELS}
    if path.suffix == ".dta":
        pyreadstat.write_dta(FRAME, str(path), **parts, **more)
    else:
        parts["missing_ranges"] = {"q1": [{"lo": 8, "hi": 9}]}
        pyreadstat.write_sav(FRAME, str(path), compress=path.suffix == ".zsav", **parts, **more)
    return path


@pytest.mark.parametrize("name", ["x.sav", "x.zsav", "X.SAV"])
def test_spss_gives_labels_and_empties_what_is_missing(tmp_path, name):
    path = write(tmp_path / name.lower())
    export = read_export(path.rename(tmp_path / name), source())
    assert (export.tool, export.header_row, export.first_row) == ("spss", 0, 1)
    assert export.frame["q1"].tolist() == ["Inte alls", "I hög grad", "Vet ej", ""]
    assert export.frame["q2"].tolist() == ["3.5", "", "1", "2"]
    assert export.wording["q1"] == "Trivs du?"
    assert str(export.notes[1]).startswith("1 cell of")
    assert export.where() == name
    assert export.where(3, "q1") == f"{name}:3 “q1”"


def test_stata_gives_labels(tmp_path):
    export = read_export(write(tmp_path / "x.dta"), source())
    assert export.tool == "stata"
    assert export.frame["q1"].tolist() == ["Inte alls", "I hög grad", "Vet ej", "9"]


def test_two_values_with_one_label_are_one_answer(tmp_path):
    labels = {"q1": {1.0: "ja", 2.0: "ja"}}
    pyreadstat.write_sav(FRAME, str(tmp_path / "x.sav"), variable_value_labels=labels)
    assert read_export(tmp_path / "x.sav", source()).frame["q1"].tolist() == ["ja", "ja", "8", "9"]


@pytest.mark.parametrize("name", ["x.sav", "x.dta"])
@pytest.mark.parametrize("content", [b"no such file", b"$FL2@(#) SPSS DATA FILE", b"\0" * 400])
def test_damage_is_one_error(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ExportError, match="damaged, or is of a version"):
        read_export(tmp_path / name, source())


def test_a_file_without_rows_is_one_error(tmp_path):
    pyreadstat.write_sav(FRAME.iloc[:0], str(tmp_path / "x.sav"))
    with pytest.raises(ExportError, match="The file has no rows"):
        read_export(tmp_path / "x.sav", source())


def test_another_tool_is_one_error(tmp_path, reading):
    with pytest.raises(ExportError, match=r"ends in \.sav cannot be read with `tool: qualtrics`"):
        read_export(write(tmp_path / "x.sav"), source(tool="qualtrics"))
    with pytest.raises(ExportError, match=r"ends in \.csv cannot be read with `tool: spss`"):
        reading([["id", "a"], ["1", "2"]], tool="spss")


def test_a_project_runs_on_spss(make_project, raw):
    write(raw / "one.sav")
    words = {1: "Inte alls", 2: "I hög grad"}
    options = [{"value": value, "label": {"sv": text, "en": text}} for value, text in words.items()]
    project = make_project(
        sources={
            "one": {"kind": "answers", "file": "one.sav", "waves": ["before"], "columns": {"person": "id"}}
        },
        questions=[("a", "one", "q1", "", "TWO")],
        responses={"TWO": {"options": options, "dont_know": ["Vet ej"]}},
        waves={"before": {"label": {"sv": "Före", "en": "Before"}, "kind": "baseline"}},
        indicators={"one": indicator("a")},
    )
    tables = ingest(project)
    assert tables.answers["value"].tolist()[:2] == [1.0, 2.0]
    assert tables.answers["missing"].tolist() == ["none", "none", "dont_know"]
    assert tables.manifest.accounting[0].dropped == {"no_answers": 1}


PUBLIC = {
    "haven_labelled-num-na.sav": {"VAR00002": ["This is one", ""]},
    "haven_labelled-str.sav": {"gender": ["Male", "Female"]},
    "haven_umlauts.sav": {"var1": ["the ä umlaut", "the ü umlaut", "the ä umlaut", "the ö umlaut"]},
    "haven_datetime-d.dta": {"date": ["2015-11-02"]},
    "haven_tagged-na-int.dta": {"x": ["1", "2", "3", "4", "5", "apple", "", ".zebra"]},
    "haven_types.dta": {
        "vfloat": ["3.14", "7"],
        "vint": ["2", "7"],
        "vdatetime": ["2015-12-01T03:14:15", "1960-01-01"],
    },
}


@pytest.mark.parametrize("name", PUBLIC)
def test_public_files(public, name):
    frame = read_export(public(f"export_spss_stata/{name}"), source()).frame
    for column, texts in PUBLIC[name].items():
        assert frame[column].tolist() == texts


def test_a_date_outside_the_calendar_is_one_error(public):
    with pytest.raises(ExportError) as caught:
        read_export(public("export_spss_stata/haven_datetime.sav"), source())
    assert len(caught.value.problems) == 1
    assert "holds a date that lies outside the calendar" in str(caught.value)
    assert "haven_datetime.sav:" in str(caught.value)


def test_the_row_of_an_impossible_date_is_found(tmp_path, monkeypatch):
    """The reader raises as soon as it meets the date, as the real one does."""
    path = write(tmp_path / "x.sav")
    read = pyreadstat.read_sav

    def reader(file, *, metadataonly=False, usecols=None, row_limit=0, **more):
        frame, meta = read(file, metadataonly=metadataonly)
        seen = frame[: row_limit or None]
        if not metadataonly and "p3" in seen["id"].to_list() and "q2" in (usecols or ["q2"]):
            raise OverflowError
        return seen, meta

    module = "evaluation.data.adapters.statistics_file.read_separately"
    monkeypatch.setattr(module, lambda path, reader: reader(path))
    monkeypatch.setitem(FILES, ".sav", (*FILES[".sav"][:2], reader))
    with pytest.raises(ExportError, match=r"x\.sav:3: The variable q2 holds a date"):
        read_export(path, source())
