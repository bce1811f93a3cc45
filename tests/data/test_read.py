"""Exports are read exactly as delivered, and what cannot be read is explained."""

from datetime import datetime

import openpyxl
import pytest

from evaluation.data.read import read_export
from evaluation.project.source import Source
from evaluation.vocabulary.errors import ExportError, MissingFileError
from tests.data.build import problems, write_table

ROWS = [["id", "Fråga"], ["1", "ja, kanske"], ["2", ""], ["3", "nej"]]


def source(kind="answers", **parts):
    return Source(kind=kind, file="x.csv", **{"columns": {"person": "id"}, "waves": ["w"], **parts})


def texts(export):
    return [list(export.frame.columns), *export.frame.astype("str").to_numpy().tolist()]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("name", ["x.csv", "x.tsv", "x.txt", "X.CSV"])
def test_delimiter_and_encoding_are_found(tmp_path, delimiter, encoding, name):
    write_table(tmp_path / name, ROWS, delimiter=delimiter, encoding=encoding)
    export = read_export(tmp_path / name, source())
    assert texts(export) == ROWS
    assert (export.delimiter, export.encoding, export.first_row) == (delimiter, encoding, 2)
    assert len(export.sha256) == 64


def test_a_stated_delimiter_is_used(tmp_path):
    (tmp_path / "x.csv").write_text("id;a,b;c\n1;2,3;4\n", encoding="utf-8")
    export = read_export(tmp_path / "x.csv", source(delimiter=";"))
    assert list(export.frame.columns) == ["id", "a,b", "c"]


def test_decimal_commas_do_not_mislead(tmp_path):
    (tmp_path / "x.csv").write_text("id;hur, var;b\n1;3,5;4,2\n2;1,0;2,5\n", encoding="utf-8")
    assert texts(read_export(tmp_path / "x.csv", source()))[1] == ["1", "3,5", "4,2"]


def test_rows_are_numbered_as_in_excel(tmp_path):
    text = 'id,a\n1,"två\nrader"\n\n  ,\n2,x\n'
    (tmp_path / "x.csv").write_text(text, encoding="utf-8")
    export = read_export(tmp_path / "x.csv", source())
    assert export.frame.index.tolist() == [2, 5]
    assert export.frame["a"].tolist() == ["två\nrader", "x"]
    assert export.where(5, "a") == "x.csv:5 “a”"
    assert export.where() == "x.csv:1"


def test_short_rows_are_filled_up(tmp_path):
    (tmp_path / "x.csv").write_text("id,a,b\n1\n2,x,y,\n", encoding="utf-8")
    assert texts(read_export(tmp_path / "x.csv", source()))[1:] == [["1", "", ""], ["2", "x", "y"]]


def test_columns_without_header_have_letters_and_empty_ones_go(tmp_path):
    (tmp_path / "x.csv").write_text(",id,,a\n7,1,,x\n", encoding="utf-8")
    assert texts(read_export(tmp_path / "x.csv", source())) == [["[A]", "id", "a"], ["7", "1", "x"]]


def test_many_rows_are_read_in_chunks(tmp_path, monkeypatch):
    monkeypatch.setattr("evaluation.data.grid.CHUNK", 3)
    rows = [["id", "a"], *[[str(i), "xyz"[i % 3]] for i in range(10)]]
    write_table(tmp_path / "x.csv", rows)
    assert texts(read_export(tmp_path / "x.csv", source())) == rows


def test_headers_are_found_in_other_spellings(tmp_path):
    write_table(tmp_path / "x.csv", [["id", "Hur  gick det?\u00a0", "B", "b"], ["1", "2", "3", "4"]])
    export = read_export(tmp_path / "x.csv", source())
    assert export.find("hur gick det?") == "Hur  gick det?\u00a0"
    assert export.find("b") == "b"
    assert export.find("C") is None


def test_a_workbook_is_read_as_texts(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Svar"
    for place, value in {
        "B3": "id",
        "C3": "tal",
        "D3": "dag",
        "E3": "sant",
        "B5": 1,
        "C5": 4.0,
        "D5": datetime(2024, 3, 1),
        "E5": True,
        "B6": "två",
        "C6": 3.5,
        "D6": datetime(2024, 3, 1, 14, 5),
    }.items():
        sheet[place] = value
    book.create_sheet("Annat")["A1"] = "x"
    book.save(tmp_path / "x.xlsx")
    export = read_export(tmp_path / "x.xlsx", source())
    assert texts(export) == [
        ["id", "tal", "dag", "sant"],
        ["1", "4", "2024-03-01", "TRUE"],
        ["två", "3.5", "2024-03-01T14:05:00", ""],
    ]
    assert export.frame.index.tolist() == [5, 6]
    assert (export.header_row, export.sheet, export.encoding) == (3, "Svar", "")


def test_a_sheet_is_chosen_by_name(tmp_path):
    book = openpyxl.Workbook()
    book.create_sheet("Svar").append(["id", "a"])
    book["Svar"].append([1, 2])
    book.save(tmp_path / "x.xlsx")
    assert texts(read_export(tmp_path / "x.xlsx", source(sheet="Svar"))) == [["id", "a"], ["1", "2"]]
    with pytest.raises(ExportError) as caught:
        read_export(tmp_path / "x.xlsx", source(sheet="Svarr"))
    assert "no sheet “Svarr”" in problems(caught)
    assert "Did you mean Svar?" in problems(caught)


def test_a_missing_file_is_named_with_the_nearest(tmp_path):
    (tmp_path / "enkat_fore.csv").write_text("id,a\n1,2\n", encoding="utf-8")
    with pytest.raises(MissingFileError) as caught:
        read_export(tmp_path / "enkat_före.csv", source())
    assert "no file enkat_före.csv" in problems(caught)
    assert "There is a file enkat_fore.csv" in problems(caught)
    with pytest.raises(MissingFileError, match="Put the export there"):
        read_export(tmp_path / "nowhere" / "x.csv", source())


@pytest.mark.parametrize("content", ["", "\ufeff", "\n \n", ",,\n,,\n"])
def test_an_empty_file_is_a_missing_one(tmp_path, content):
    (tmp_path / "x.csv").write_text(content, encoding="utf-8")
    with pytest.raises(MissingFileError, match=r"x.csv: The file is empty\."):
        read_export(tmp_path / "x.csv", source())


def test_an_empty_sheet_is_a_missing_file(tmp_path):
    write_table(tmp_path / "x.xlsx", [])
    with pytest.raises(MissingFileError, match=r"The file is empty\."):
        read_export(tmp_path / "x.xlsx", source())


@pytest.mark.parametrize("name", ["x.csv", "x.xlsx"])
def test_a_header_alone_is_not_enough(tmp_path, name):
    write_table(tmp_path / name, ROWS[:1])
    with pytest.raises(ExportError, match=f"{name}:1: The file has a header but no rows"):
        read_export(tmp_path / name, source())


def test_headers_must_differ(tmp_path):
    write_table(tmp_path / "x.csv", [["id", "a", "a ", "b", "b", "b"], list("123456")])
    with pytest.raises(ExportError) as caught:
        read_export(tmp_path / "x.csv", source())
    assert "“a” stands in 2 columns" in problems(caught)
    assert "“b” stands in 3 columns" in problems(caught)


def test_a_wrong_delimiter_is_explained(tmp_path):
    (tmp_path / "x.csv").write_text("id;a;b\n1;3,5;2\n", encoding="utf-8")
    with pytest.raises(ExportError) as caught:
        read_export(tmp_path / "x.csv", source(delimiter=","))
    assert "only one column when it is split at comma" in problems(caught)
    assert "seems to be semicolon" in problems(caught)


def test_an_unknown_delimiter_is_explained(tmp_path):
    (tmp_path / "x.csv").write_text("id|a|b\n1|3|2\n", encoding="utf-8")
    with pytest.raises(ExportError, match="Save the file with comma, semicolon or tab"):
        read_export(tmp_path / "x.csv", source())


def test_a_register_may_have_one_column(tmp_path):
    (tmp_path / "x.csv").write_text("org\nA\nB\n", encoding="utf-8")
    export = read_export(tmp_path / "x.csv", source("organisations", columns={"organisation": "org"}))
    assert export.frame["org"].tolist() == ["A", "B"]


def test_cells_beyond_the_header_are_an_error(tmp_path):
    (tmp_path / "x.csv").write_text("id,a\n1,2\n2,3,5\n3,1,2,4\n", encoding="utf-8")
    with pytest.raises(ExportError) as caught:
        read_export(tmp_path / "x.csv", source(delimiter=","))
    assert "x.csv:3: The row has 3 cells but the header has 2; 2 rows are like this." in problems(caught)


def test_quotation_marks_must_match(tmp_path):
    (tmp_path / "x.csv").write_text('id,a\n1,"x"\n2,"y" z\n', encoding="utf-8")
    with pytest.raises(ExportError, match=r"x.csv:3: The quotation marks do not match up\."):
        read_export(tmp_path / "x.csv", source())


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"id,a\n1,\x00\n", "NUL bytes"),
        (b"id,a\n1,\x81\xff\n", "neither in UTF-8 nor in Windows-1252"),
    ],
)
def test_other_encodings_are_refused(tmp_path, content, message):
    (tmp_path / "x.csv").write_bytes(content)
    with pytest.raises(ExportError, match=message):
        read_export(tmp_path / "x.csv", source())


@pytest.mark.parametrize("name", ["x.por", "x.xls", "x"])
def test_other_kinds_of_file_are_refused(tmp_path, name):
    (tmp_path / name).write_bytes(b"x")
    with pytest.raises(ExportError, match=r"cannot be read\. Save it as \.csv, \.tsv, \.txt, \.xlsx"):
        read_export(tmp_path / name, source())


def test_what_is_no_workbook_is_refused(tmp_path):
    (tmp_path / "x.xlsx").write_text("id,a\n1,2\n", encoding="utf-8")
    with pytest.raises(ExportError, match="cannot be opened as an Excel workbook"):
        read_export(tmp_path / "x.xlsx", source())
