"""Exports from SurveyMonkey: two header rows, broken bytes."""

import pytest

from evaluation.data.read import read_export
from evaluation.vocabulary.errors import ExportError

from .conftest import source

HEADER = [
    [
        "Respondent ID",
        "Collector ID",
        "Email Address",
        "Ålder?",
        "Vad har du gjort?",
        "",
        "",
        "Trivs du?",
        "",
    ],
    ["", "", "", "Response", "Kurs", "Besök", "Annat (ange)", "Svar", "Kommentar"],
]
ROWS = [
    ["3292879998", "42", "a@b.se", "18-29", "Kurs", "", "möte", "Ja", ""],
    ["3292879538", "42", "", "30-44", "", "Besök", "", "Nej", "så där"],
]
NAMES = [
    "Respondent ID",
    "Collector ID",
    "Ålder?",
    "Vad har du gjort? [Kurs]",
    "Vad har du gjort? [Besök]",
    "Vad har du gjort? [Annat (ange)]",
    "Trivs du?",
    "Trivs du? [Kommentar]",
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_two_header_rows_become_one(reading, encoding):
    export = reading([*HEADER, *ROWS], encoding=encoding)
    assert (export.tool, export.encoding) == ("surveymonkey", encoding)
    assert export.frame.columns.tolist() == NAMES
    assert export.frame.index.tolist() == [3, 4]
    assert export.frame["Trivs du? [Kommentar]"].tolist() == ["", "så där"]


def test_a_number_in_the_first_column_is_needed(reading):
    rows = [["Respondent ID", "a"], ["", "x"], ["p1", "y"]]
    assert reading(rows).tool == "plain"


def test_a_lost_second_row_is_one_error(reading):
    with pytest.raises(ExportError, match=r"x\.csv:2: The second row does not hold the options"):
        reading([HEADER[0], *ROWS], tool="surveymonkey")


def test_bytes_that_are_no_text_are_one_error(tmp_path):
    (tmp_path / "x.csv").write_bytes(b"Respondent ID,a\n,Response\n3292879998,\x81\x8d\n")
    with pytest.raises(ExportError, match="neither in UTF-8 nor in Windows-1252"):
        read_export(tmp_path / "x.csv", source())


def test_the_public_file(public):
    path = public("export_surveymonkey/538_StarWars_two_header_rows_latin.csv")
    export = read_export(path, source())
    assert (export.tool, export.encoding, export.frame.shape) == ("surveymonkey", "cp1252", (1186, 38))
    assert not [name for name in export.frame.columns if name.startswith("[")]
    seen = [name for name in export.frame.columns if name.startswith("Which of the following")]
    assert len(seen) == 6
    assert export.frame["Gender"].value_counts().to_dict() == {"Female": 549, "Male": 497, "": 140}
