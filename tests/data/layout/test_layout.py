"""Invented lists and logs, each laid out in its own way, are read by configuration alone."""

from datetime import datetime

import openpyxl
import pytest
from openpyxl.styles import PatternFill

from evaluation.data.read import read_export
from evaluation.data.registers import read_facts
from evaluation.project.source import Source
from evaluation.vocabulary.errors import AnswerError, ExportError, MissingFileError
from tests.data.build import PHASE, SEX, write_table

YELLOW = PatternFill("solid", fgColor="FFFFFF00")


def workbook(path, rows, change=None, title="Blad1"):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    if change:
        change(sheet)
    book.save(path)
    return path


def read(path, **parts):
    source = Source(file=path.name, **parts)
    return read_export(path, source), source


# A course list: company merged over its people, sums and a note below, a hidden row, yellow cells.
COURSE = [
    ["Kurslista våren", None, None, None],
    [None, None, None, None],
    ["Bolag", "Deltagare", "Kön", "Startade"],
    ["Alfa", "p1", "Kvinna", datetime(2024, 3, 1)],
    [None, "p2", "Man", "2/3-24"],
    ["Beta", "p3", "Man", 45355],
    ["Beta", "p4", "kvinna", "240305"],
    ["Totalt: 4 st", None, None, None],
    ["gult = slutat", None, None, None],
]
COURSE_COLUMNS = {"person": "Deltagare", "organisation": "Bolag", "sex": "Kön", "started": "Startade"}
COURSE_LAYOUT = {"header": "Deltagare", "stop_at": ["Totalt"], "fill_down": ["Bolag"]}


def course(sheet):
    sheet.merge_cells("A4:A5")
    sheet.row_dimensions[6].hidden = True
    for cell in sheet[7]:
        cell.fill = YELLOW


def test_a_course_list_with_merged_companies(tmp_path, make_project):
    path = workbook(tmp_path / "kurs.xlsx", COURSE, course)
    dates = {"started": {"forms": ["dmy", "serial", "yymmdd"]}}
    export, source = read(path, kind="people", columns=COURSE_COLUMNS, layout=COURSE_LAYOUT, dates=dates)
    facts = read_facts(export, source, make_project(groups={"sex": SEX}).definition)
    assert facts.problems == ()
    assert facts.frame["person"].tolist() == ["p1", "p2", "p3", "p4"]
    assert facts.frame["organisation"].tolist() == ["Alfa", "Alfa", "Beta", "Beta"]
    assert facts.frame["started"].tolist() == ["2024-03-01", "2024-03-02", "2024-03-04", "2024-03-05"]
    assert facts.frame.index.tolist() == [4, 5, 6, 7]
    told = "\n".join(map(str, export.notes))
    assert "1 row of kurs.xlsx is hidden in the workbook; it was read." in told
    assert "1 row of kurs.xlsx has coloured cells (FFFF00). What the colours mean was not read" in told


def test_hidden_rows_and_colours_as_stated(tmp_path):
    path = workbook(tmp_path / "kurs.xlsx", COURSE, course)
    colours = {"of": "Deltagare", "header": "Färg", "meanings": {"FFFF00": "slutat"}}
    layout = COURSE_LAYOUT | {"hidden_rows": "leave_out", "colours": colours}
    export, _ = read(path, kind="people", columns=COURSE_COLUMNS | {"left": "Färg"}, layout=layout)
    assert export.frame["Deltagare"].tolist() == ["p1", "p2", "p4"]
    assert export.frame["Färg"].tolist() == ["", "", "slutat"]
    assert "coloured" not in " ".join(map(str, export.notes))


def test_a_colour_without_meaning_is_an_error(tmp_path):
    path = workbook(tmp_path / "kurs.xlsx", COURSE, course)
    colours = {"of": "Deltagare", "header": "Färg", "meanings": {"00FF00": "klar"}}
    with pytest.raises(AnswerError, match=r"kurs.xlsx:7 .*The colour FFFF00 has no meaning in the `layout`"):
        read(path, kind="people", columns=COURSE_COLUMNS, layout=COURSE_LAYOUT | {"colours": colours})


@pytest.mark.parametrize("colours", [None, "ignore"])
def test_colours_that_mean_nothing(tmp_path, colours):
    path = workbook(tmp_path / "kurs.xlsx", COURSE, course)
    export, _ = read(path, kind="people", columns=COURSE_COLUMNS, layout=COURSE_LAYOUT | {"colours": colours})
    assert any("coloured" in str(note) for note in export.notes) == (colours is None)


def test_merged_cells_are_not_guessed(tmp_path):
    path = workbook(tmp_path / "kurs.xlsx", COURSE, course)
    layout = {"header": "Deltagare", "stop_at": ["Totalt"]}
    with pytest.raises(
        ExportError, match=r"kurs.xlsx:4 “Bolag”: The cells in rows 4 to 5 are merged.*fill_down"
    ):
        read(path, kind="people", columns=COURSE_COLUMNS, layout=layout)


def test_a_sum_does_not_become_a_company(tmp_path):
    path = workbook(tmp_path / "kurs.xlsx", COURSE, course)
    with pytest.raises(ExportError, match=r"kurs.xlsx:8: The row looks like a sum or a note.*“Totalt: 4 st”"):
        read(path, kind="people", columns=COURSE_COLUMNS, layout={"header": "Bolag", "fill_down": ["Bolag"]})


def test_a_lone_note_after_a_blank_row_does_not_become_a_person(tmp_path):
    rows = [["Id", "Kön", "Roll"], ["p1", "Man", "chef"], [None] * 3, ["slutade i maj", None, None]]
    path = workbook(tmp_path / "x.xlsx", rows)
    with pytest.raises(ExportError, match=r"x.xlsx:4: The row looks like a sum or a note"):
        read(path, kind="people", columns={"person": "Id"})
    export, _ = read(path, kind="people", columns={"person": "Id"}, layout={"stop_at": ["slutade"]})
    assert export.frame["Id"].tolist() == ["p1"]


def test_rows_can_be_left_out_by_what_they_say(tmp_path):
    rows = [["Id", "Status"], ["p1", "klar"], ["p2", "Inställd"], ["p3", ""]]
    path = workbook(tmp_path / "x.xlsx", rows)
    layout = {"skip_where": {"Status": ["inställd", ""]}}
    export, _ = read(path, kind="people", columns={"person": "Id"}, layout=layout)
    assert export.frame["Id"].tolist() == ["p1"]
    assert "2 rows of x.xlsx were not read, as `skip_where` says." in map(str, export.notes)


# A wide log by month: sums at the right and below, no merged cells over the months.
MONTHS = [
    ["Arbetad tid 2024", None, None, None, None, None],
    ["Namn", "Före", None, "Under", None, "Totalt"],
    ["", "jan", "feb", "mars", "april", None],
    ["p1", "ca 3 h", "1,5 tim", None, "90 min", "6"],
    ["p2", None, "1 250", "1 h 30 min", "-", "1251,5"],
    ["Summa", 3, 1251.5, 1.5, 1.5, 1257.5],
]


def test_a_log_with_a_column_per_month(tmp_path, make_project):
    rows = [list(row) for row in MONTHS]
    rows[2][0] = "Namn"
    rows[1][0] = None
    rows[2][5] = "Totalt"
    path = workbook(tmp_path / "tid.xlsx", rows)
    layout = {
        "header": "Namn",
        "stop_at": ["Summa"],
        "wide": {"keep": ["Namn"], "headings": ["Fas", "Månad"], "value": "Tid", "without": ["Totalt"]},
    }
    columns = {"effort": "Månad", "person": "Namn", "phase": "Fas", "hours": "Tid"}
    export, source = read(path, kind="log", columns=columns, layout=layout, replace={"hours": {"-": ""}})
    facts = read_facts(export, source, make_project(groups={"phase": PHASE}).definition)
    assert facts.problems == ()
    assert facts.frame["person"].tolist() == ["p1", "p1", "p1", "p2", "p2", "p2"]
    assert facts.frame["effort"].tolist() == ["jan", "feb", "april", "feb", "mars", "april"]
    assert facts.frame["phase"].astype(str).tolist() == [
        "before", "before", "during", "before", "during", "during",
    ]  # fmt: skip
    assert facts.frame["hours"].tolist()[:5] == [3.0, 1.5, 1.5, 1250.0, 1.5]
    assert facts.frame["hours"].isna().tolist()[5]
    assert "say their hours with a unit or as about" in str(facts.notes[0])


def test_a_heading_counts_for_the_columns_it_is_merged_over(tmp_path):
    rows = [[None, "Före", None, None], ["Namn", "a", "b", "c"], ["p1", 1, 2, 3]]
    wide = {"keep": ["Namn"], "headings": ["Fas", "Insats"], "value": "Tid"}
    columns = {"effort": "Insats"}
    for merged, expected in ((None, ["Före"] * 3), ("B1:C1", ["Före", "Före", ""])):
        path = workbook(
            tmp_path / "t.xlsx", rows, lambda sheet, area=merged: area and sheet.merge_cells(area)
        )
        export, _ = read(path, kind="log", columns=columns, layout={"header": "Namn", "wide": wide})
        assert export.frame["Fas"].tolist() == expected


def test_a_wide_column_needs_a_heading(tmp_path):
    path = workbook(tmp_path / "t.xlsx", [["Namn", "a", None], ["p1", 1, 2]])
    wide = {"keep": ["Namn"], "headings": ["Insats"], "value": "Tid"}
    with pytest.raises(ExportError, match="Column C has entries, the first in row 2, but no heading"):
        read(path, kind="log", columns={"effort": "Insats"}, layout={"wide": wide})


# Two tables side by side, American dates, headers repeated on the second page.
TWINS = [
    ["Id", "Datum", None, "Id", "Poäng"],
    ["p1", "05-13-2024", None, "q1", 3],
    [None, None, None, None, None],
    ["Id", "Datum", None, "Id", "Poäng"],
    ["p2", "05-14-2024", None, "q2", 4],
]


def test_a_table_beside_another(tmp_path, make_project):
    path = workbook(tmp_path / "x.xlsx", TWINS)
    with pytest.raises(ExportError, match="“Id” stands in 2 columns"):
        read(path, kind="people", columns={"person": "Id"})
    dates = {"seen": {"forms": ["mdy"]}}
    columns = {"person": "Id", "seen": "Datum"}
    export, source = read(path, kind="people", columns=columns, layout={"cells": "A:B"}, dates=dates)
    facts = read_facts(export, source, make_project().definition)
    assert facts.frame["seen"].tolist() == ["2024-05-13", "2024-05-14"]
    assert "1 row of x.xlsx repeats the headers and was not read." in map(str, export.notes)
    export, _ = read(path, kind="people", columns={"person": "Id"}, layout={"cells": "D4:E5"})
    assert export.frame["Id"].tolist() == ["q2"]


def test_the_header_is_found_by_the_headers_that_the_project_names(tmp_path):
    rows = [["Företag i projektet"], ["Senast ändrad 3/4"], ["Firma", "Anställda"], ["Alfa", 12], ["Beta", 7]]
    columns = {"organisation": "Firma", "employees": "anställda"}
    for path in (workbook(tmp_path / "x.xlsx", rows), tmp_path / "x.csv"):
        if path.suffix == ".csv":
            write_table(path, [[*row, *[""] * (2 - len(row))] for row in rows], delimiter=";")
        export, _ = read(path, kind="organisations", columns=columns)
        assert export.frame["Firma"].tolist() == ["Alfa", "Beta"]
        assert f"The table of {path.name} was found to begin in row 3" in str(export.notes[0])


def test_a_table_in_the_first_row_needs_no_note(tmp_path):
    export, _ = read(workbook(tmp_path / "x.xlsx", [["Firma"], ["Alfa"]]), kind="organisations", columns={
        "organisation": "Firma"})  # fmt: skip
    assert export.notes == ()


def test_two_possible_headers_are_not_guessed(tmp_path):
    rows = [["Lista"], ["Firma", "Ort"], ["Alfa", "X"], ["Firma", "Län"], ["Beta", "Y"]]
    path = workbook(tmp_path / "x.xlsx", rows)
    with pytest.raises(ExportError, match="Rows 2 and 4 could both hold the headers"):
        read(path, kind="organisations", columns={"organisation": "Firma"})
    export, _ = read(path, kind="organisations", columns={"organisation": "Firma"}, layout={"header_row": 4})
    assert export.frame["Firma"].tolist() == ["Beta"]


@pytest.mark.parametrize(
    ("layout", "said"),
    [
        ({"header": "Firman"}, "No row has a cell with the text “Firman”. Did you mean “Firma”?"),
        ({"header_row": 9}, "Row 9, which should hold the headers, is empty."),
        ({"fill_down": ["Firmaa"]}, "There is no column “Firmaa”. Did you mean “Firma”?"),
        ({"wide": {"keep": ["Frima"], "headings": ["Fas"], "value": "h"}}, "There is no column “Frima”."),
        (
            {"wide": {"keep": ["Firma"], "headings": ["Fas", "Typ"], "value": "h"}},
            "There are fewer rows above the headers than `headings` names.",
        ),
    ],
)
def test_a_layout_that_does_not_fit_is_told(tmp_path, layout, said):
    path = workbook(tmp_path / "x.xlsx", [["Firma", "Ort"], ["Alfa", "X"]])
    with pytest.raises(ExportError) as caught:
        read(path, kind="organisations", columns={"organisation": "Firma"}, layout=layout)
    assert said in str(caught.value)


def test_an_empty_part_of_a_sheet_is_told(tmp_path):
    path = workbook(tmp_path / "x.xlsx", [["Firma"], ["Alfa"]])
    with pytest.raises(MissingFileError):
        read(path, kind="organisations", columns={"organisation": "Firma"}, layout={"cells": "C:D"})


def test_a_survey_with_a_title_needs_a_layout(tmp_path):
    path = workbook(tmp_path / "x.xlsx", [["Samverkansenkät"], ["Id", "Fråga"], ["p1", "Ja"]])
    export, _ = read(path, kind="answers", columns={"person": "Id"}, layout={"header": "Id"})
    assert export.frame["Fråga"].tolist() == ["Ja"]
    assert export.first_row == 3
