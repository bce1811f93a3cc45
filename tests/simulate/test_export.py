import datetime

import numpy as np
import pytest

from evaluation.simulate import simulate
from evaluation.simulate.cells import as_cells, delimited, workbook
from evaluation.vocabulary.errors import ProjectError, ReportError
from tests.simulate.projects import (
    COURSE,
    COURSE_CODEBOOK,
    assuming,
    complete,
    read_sheet,
    read_text,
    write_project,
)

TOOL = ["Svars-ID", "Startad", "Slutförd", "Språk"]


def contents(project, simulated, key):
    """Return headers and rows of one source's file."""
    source = project.definition.sources[key]
    content = simulated.files[source.file]
    return read_sheet(content, source.sheet) if source.file.endswith(".xlsx") else read_text(content, ";")


def test_every_source_has_its_file(halland, simulated):
    assert set(simulated.files) == {source.file for source in halland.definition.sources.values()}


@pytest.mark.parametrize("key", ["participants", "companies", "time_log"])
def test_registers_and_logs_have_the_stated_columns(halland, simulated, key):
    headers, rows = contents(halland, simulated, key)
    assert sorted(headers) == sorted(halland.definition.sources[key].columns.values())
    assert rows


SURVEYS = ("participants_before", "participants_after", "managers_before", "managers_after")


@pytest.mark.parametrize("key", SURVEYS)
def test_surveys_have_the_tools_columns_the_person_and_the_questions_in_order(halland, simulated, key):
    headers, rows = contents(halland, simulated, key)
    assert headers == [*TOOL, "Deltagare", *(entry.column for entry in halland.codebook.of_source(key))]
    assert len({row["Deltagare"] for row in rows}) == len(rows) == simulated.truth["surveys"][key]["rows"]


def test_text_files_are_written_as_swedish_tools_do(simulated):
    content = simulated.files["deltagarenkat_fore.csv"]
    assert content.startswith(b"\xef\xbb\xbfSvars-ID;Startad;")
    assert content.count(b"\r\n") == content.count(b"\n") == 192
    assert ";2,5;" in simulated.files["tidlogg.csv"].decode()


def test_answers_are_texts_in_the_first_language(halland, simulated):
    _, rows = contents(halland, simulated, "participants_before")
    labels = {option.label["sv"] for option in halland.definition.responses["AG5"].options}
    found = {row["Vi lär av misstag."] for row in rows}
    assert labels <= found <= {*labels, "", "Vet ej"}


def test_the_then_test_shares_its_row_with_the_follow_up(halland, simulated):
    headers, rows = contents(halland, simulated, "participants_after")
    then = next(header for header in headers if header.startswith("Före projektet"))
    after = halland.codebook.of_item("change_ability").column
    assert sum(bool(row[after] and row[then]) for row in rows) > 0.8 * len(rows)


def test_managers_surveys_go_to_managers(halland, simulated):
    _, people = contents(halland, simulated, "participants")
    managers = {row["Deltagare"] for row in people if row["Roll"] == "Chef"}
    _, before = contents(halland, simulated, "managers_before")
    _, after = contents(halland, simulated, "managers_after")
    assert {row["Deltagare"] for row in before} == managers > {row["Deltagare"] for row in after}


def test_workbooks_hold_days_and_moments(halland, simulated):
    _, people = contents(halland, simulated, "participants")
    _, answers = contents(halland, simulated, "managers_before")
    assert all(row["Startdatum"] < datetime.datetime(2023, 3, 1) for row in people)
    started = [row["Startad"] for row in answers]
    assert started == sorted(started)
    assert started[0] >= datetime.datetime(2023, 3, 1)


def test_registers_agree_with_each_other(halland, simulated):
    _, people = contents(halland, simulated, "participants")
    _, firms = contents(halland, simulated, "companies")
    role = {row["Deltagare"]: (row["Företag"], row["Roll"]) for row in people}
    size = {firm["Företag"]: sum(where == firm["Företag"] for where, _ in role.values()) for firm in firms}
    assert len(firms) == 30
    assert all(role[firm["Kontaktperson"]] == (firm["Företag"], "Chef") for firm in firms)
    assert all(int(firm["Antal anställda"]) >= size[firm["Företag"]] for firm in firms)


def test_those_who_broke_off_have_no_end(halland, simulated):
    _, rows = contents(halland, simulated, "participants_before")
    left = [row for row in rows if not row["Slutförd"]]
    last = halland.codebook.of_source("participants_before")[-1].column
    assert len(left) == simulated.truth["surveys"]["participants_before"]["broke_off"] > 0
    assert {row[last] for row in left} == {""}


def test_sources_of_one_file_share_its_rows(simulated_course):
    headers, rows = read_text(simulated_course.files["course.csv"], ",")
    assert headers == ["Term", "Code", "Track", "Age", "Why", "Skill now", "I am sure", "I doubt", "Hours"]
    assert len(rows) == 60
    assert len({(row["Term"], row["Code"]) for row in rows}) == 60


def test_an_identifier_in_parts_is_joined_where_a_file_has_one_column(simulated_course):
    _, rows = read_text(simulated_course.files["course.csv"], ",")
    known = {f"{row['Term']}-{row['Code']}" for row in rows}
    headers, log = read_sheet(simulated_course.files["sessions.xlsx"], "Attendance")
    assert sorted(headers) == ["Course", "Hours", "Participant", "Room"]
    assert {row["Participant"] for row in log} <= known
    assert all(row["Hours"] > 0 for row in log)


def test_numbers_stay_within_the_range(simulated_course):
    _, rows = read_text(simulated_course.files["course.csv"], ",")
    whole = [row["Skill now"] for row in rows if row["Skill now"]]
    hours = [float(row["Hours"]) for row in rows if row["Hours"]]
    assert all(0 <= int(number) <= 100 for number in whole)
    assert all(0 <= number <= 12.5 for number in hours)
    assert any(number % 1 for number in hours)


def test_levels_are_written_by_their_first_value_or_label(simulated_course):
    _, rows = read_text(simulated_course.files["course.csv"], ",")
    assert {row["Track"] for row in rows} == {"Day course", "N"}


def test_dont_know_is_in_the_language_of_the_file(course):
    found = simulate(assuming(course, dont_know=0.5), np.random.default_rng(1))
    headers, rows = read_text(found.files["later.txt"], "\t")
    assert headers[:4] == ["Response ID", "Started", "Completed", "Language"]
    assert {"Don't know", "No; not at all"} <= {row["I am sure"] for row in rows}
    assert "Vet ej" not in {row["I am sure"] for row in rows}


def test_a_stated_delimiter_is_used(tmp_path):
    definition = COURSE.replace("file: course.csv,", "file: course.csv, delimiter: ';',")
    project = write_project(tmp_path / "course", definition, COURSE_CODEBOOK)
    found = simulate(assuming(project, **complete()), np.random.default_rng(1))
    headers, rows = read_text(found.files["course.csv"], ";")
    assert "Skill now" in headers
    assert '"No; not at all"' in found.files["course.csv"].decode()
    assert {row["I am sure"] for row in rows} == {"No; not at all", "Partly", "Yes, fully"}


def test_a_question_asked_in_two_files_is_asked_of_each_person_once(tmp_path):
    paper = "  paper: {kind: answers, file: paper.csv, waves: [start], columns: {person: [Term, Code]}}"
    definition = COURSE.replace("  second:", f"{paper}\n  second:")
    project = write_project(
        tmp_path / "course", definition, COURSE_CODEBOOK.replace(",first,", ",first paper,")
    )
    found = simulate(assuming(project, **complete()), np.random.default_rng(1))
    _, rows = read_text(found.files["course.csv"], ",")
    _, paper = read_text(found.files["paper.csv"], ",")
    online = {(row["Term"], row["Code"]) for row in rows if row["Skill now"]}
    written = {(row["Term"], row["Code"]) for row in paper}
    assert len(online) + len(written) == 60
    assert not online & written


def test_a_log_has_a_file_of_its_own(tmp_path):
    definition = COURSE.replace("file: sessions.xlsx\n    sheet: Attendance", "file: course.csv")
    with pytest.raises(ProjectError, match="cannot share its file"):
        simulate(write_project(tmp_path / "course", definition, COURSE_CODEBOOK), np.random.default_rng(1))


def test_an_unknown_kind_of_file_is_refused(tmp_path):
    definition = COURSE.replace("sessions.xlsx", "sessions.ods").replace("    sheet: Attendance\n", "")
    with pytest.raises(ProjectError, match=r"\.ods cannot be written"):
        simulate(write_project(tmp_path / "course", definition, COURSE_CODEBOOK), np.random.default_rng(1))


def test_cells_as_text():
    sheet = {
        "a": as_cells(np.array([1.0, 2.5, np.nan])),
        "b": as_cells(np.array(["2024-01-02", "NaT", "2024-01-03"], dtype="M8[D]")),
        "c": np.array(["x;y", 'say "no"', None], dtype=object),
    }
    expected = 'a;b;c\r\n1;2024-01-02;"x;y"\r\n2,5;;"say ""no"""\r\n;2024-01-03;\r\n'
    assert delimited(sheet, ";", ",") == b"\xef\xbb\xbf" + expected.encode()


def test_a_sheet_too_long_for_a_workbook_is_refused(monkeypatch):
    monkeypatch.setattr("evaluation.simulate.cells.MOST_ROWS", 2)
    with pytest.raises(ReportError, match="cannot hold 3 rows"):
        workbook({"Sheet": {"a": np.array([1, 2, 3], dtype=object)}}, "file.xlsx")
