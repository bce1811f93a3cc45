"""The whole way from files to tables: every row accounted for, every problem told at once."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from evaluation.data.ingest import ingest
from evaluation.vocabulary.errors import (
    AnswerError,
    ExportError,
    LinkageError,
    MissingFileError,
    ProjectError,
)
from tests.data.build import PHASE, SEX, SIZE, SURVEY, change, indicator, problems

HEADER = ["id", "A", "B", "C"]
ROWS = [HEADER, ["p1", "1", "2", "3"], ["p2", "4", "", "5"]]
REGISTER = {
    "register": {
        "kind": "people",
        "file": "people.csv",
        "columns": {"person": "Id", "organisation": "Org", "sex": "Kön"},
    },
    "firms": {
        "kind": "organisations",
        "file": "firms.csv",
        "columns": {"organisation": "Org", "contact_person": "Kontakt", "size": "Storlek"},
    },
    "log": {
        "kind": "log",
        "file": "log.csv",
        "columns": {"effort": "Insats", "person": "Id", "phase": "Fas", "hours": "Timmar"},
    },
}
PEOPLE = [["Id", "Org", "Kön"], ["p1", "Alfa", "Kvinna"], ["p2", "Beta", "Man"], ["p3", "Beta", ""]]
FIRMS = [["Org", "Kontakt", "Storlek"], ["Alfa", "p1", "små"], ["Beta", "p9", "stora"], ["", "", "små"]]
LOG = [["Insats", "Id", "Fas", "Timmar"], ["I1", "p2", "Före", "1,5"], ["", "p1", "", "2"]]
GROUPS = {"sex": SEX, "size": SIZE, "phase": PHASE}
REGISTERS = {"people.csv": PEOPLE, "firms.csv": FIRMS, "log.csv": LOG}


def with_registers(make_project, **files):
    tables = {
        "one.csv": ROWS,
        "two.csv": ROWS,
        **REGISTERS,
        **{f"{name}.csv": rows for name, rows in files.items()},
    }
    return make_project(tables, sources={**REGISTER, **SURVEY}, groups=GROUPS)


def accounting(tables):
    return {
        (row.source, row.wave): (row.read, row.kept, dict(row.dropped)) for row in tables.manifest.accounting
    }


def test_without_a_register_everyone_who_answered_is_a_person(make_project):
    tables = ingest(
        make_project({"one.csv": [*ROWS, ["p3", "", "", ""]], "two.csv": [HEADER, ["p4", "1", "", ""]]})
    )
    assert tables.people["person"].tolist() == ["p1", "p2", "p4"]
    assert not tables.people["registered"].any()
    assert accounting(tables)["one", "before"] == (3, 2, {"no_answers": 1})
    assert len(tables.organisations) == 0
    assert len(tables.log) == 0


def test_with_a_register_it_says_whose_answers_count(make_project):
    two = [HEADER, ["p1", "1", "1", "1"], ["stranger", "1", "1", "1"], ["", "1", "1", "1"]]
    tables = ingest(with_registers(make_project, two=two))
    assert tables.people["person"].tolist() == ["p1", "p2", "p3"]
    assert tables.people["registered"].all()
    assert tables.people["sex"].astype("object").fillna("-").tolist() == ["women", "men", "-"]
    assert tables.organisations["size"].astype("object").tolist() == ["small", "large"]
    assert tables.log["organisation"].tolist() == ["Beta"]
    assert set(tables.answers["person"]) == {"p1", "p2"}
    assert tables.answers.loc[tables.answers["person"] == "p1", "organisation"].unique().tolist() == ["Alfa"]
    found = accounting(tables)
    assert found["register", ""] == (3, 3, {})
    assert found["firms", ""] == (3, 2, {"no_organisation": 1})
    assert found["log", ""] == (2, 1, {"no_effort": 1})
    assert found["two", "after"] == (3, 1, {"no_person": 1, "not_registered": 1})


def test_the_reader_is_told_what_was_left_out(make_project):
    two = [HEADER, ["p1", "1", "1", "1"], ["x", "1", "1", "1"], ["y", "1", "1", "1"]]
    told = [str(note) for note in ingest(with_registers(make_project, two=two)).manifest.notes]
    assert "2 rows of two.csv are from people outside the register and were left out." in told
    assert "1 row of firms.csv names no organisation and was left out." in told
    assert "1 organisation names a contact person who is not among the people." in told


def test_groups_may_stand_in_the_survey_itself(make_project):
    columns = {"person": "id", "organisation": "Org", "sex": "Kön", "size": "Storlek"}
    sources = {"one": {**SURVEY["one"], "columns": columns}, "two": {**SURVEY["two"], "columns": columns}}
    header = ["id", "Org", "Kön", "Storlek", "A", "B", "C"]
    one = [header, ["p1", "Alfa", "Kvinna", "små", *"123"], ["p2", "Beta", "", "", *"123"]]
    two = [header, ["p1", "Alfa", "kvinnor", "", *"123"], ["p2", "", "1", "", *"123"]]
    tables = ingest(make_project({"one.csv": one, "two.csv": two}, sources=sources, groups=GROUPS))
    assert tables.people["sex"].astype("object").tolist() == ["women", "men"]
    assert tables.people["organisation"].tolist() == ["Alfa", "Beta"]
    assert tables.organisations["organisation"].tolist() == ["Alfa", "Beta"]
    assert tables.organisations["size"].astype("object").tolist()[0] == "small"
    two[1][2] = "Man"
    with pytest.raises(AnswerError) as caught:
        ingest(make_project({"one.csv": one, "two.csv": two}, sources=sources, groups=GROUPS))
    assert "two.csv:2: The column sex says something else of the same person than one.csv:2." in problems(
        caught
    )


def test_all_problems_of_all_files_are_told_at_once(make_project):
    one = [HEADER, ["p1", "kanske", "2", "3"], ["p2", "4", "9", "5"], ["p2", "4", "4", "5"]]
    people = [PEOPLE[0], ["p1", "Alfa", "Kvina"], ["p2", "Betta", "Man"], ["p1", "Alfa", "Kvinna"]]
    log = [LOG[0], ["I1", "p2", "efter", "två"]]
    with pytest.raises(AnswerError) as caught:
        ingest(with_registers(make_project, one=one, people=people, log=log))
    told = problems(caught).splitlines()
    assert len(told) == 8
    for text in (
        "people.csv:4: The row has the same identifier as row 2.",
        "people.csv:2 “Kön”: “Kvina” is not a level of the group. Did you mean “Kvinna”?",
        "log.csv:2 “Fas”: “efter” is not a level of the group.",
        "log.csv:2 “Timmar”: “två” is not a number of hours.",
        "one.csv:4: The row has the same identifier as row 3.",
        "one.csv:2 “A”: “kanske” is not an answer of the response scale AG5.",
        "one.csv:3 “B”: “9” is outside the range 1 to 5.",
        "people.csv:3: The organisation “Betta” is not in the register of organisations. Did you mean “Be",
    ):
        assert any(line.startswith(text) for line in told), text
    assert not any("p1" in line or "p2" in line for line in told)


def test_missing_files_come_first_and_the_others_are_still_checked(make_project):
    one = [["id", "A", "Bee", "C"], ["p1", "1", "2", "3"]]
    firms = [FIRMS[0], ["Alfa", "p1", "pytteliten"]]
    project = with_registers(make_project, one=one, firms=firms)
    (project.raw_folder / "two.csv").unlink()
    (project.raw_folder / "people.csv").write_bytes(b"")
    with pytest.raises(MissingFileError) as caught:
        ingest(project)
    told = problems(caught)
    assert "There is no file two.csv." in told
    assert "people.csv: The file is empty." in told
    assert "one.csv:1: There is no column “B”" in told
    assert "firms.csv:2 “Storlek”: “pytteliten” is not a level of the group." in told


def test_an_unknown_column_is_an_error_of_the_export(make_project):
    with pytest.raises(ExportError, match="There is no column “C”"):
        ingest(make_project({"one.csv": [["id", "A", "B"], ["p1", "1", "2"]], "two.csv": ROWS}))


def test_a_definition_that_cannot_be_used_stops_first(make_project):
    with pytest.raises(ProjectError):
        ingest(make_project(response="empty", responses={"empty": {"whole": True}}))


def test_waves_without_common_people_are_an_error(make_project):
    two = [HEADER, ["q1", "1", "2", "3"]]
    with pytest.raises(LinkageError, match="2 and 1 answered"):
        ingest(make_project({"one.csv": ROWS, "two.csv": two}, indicators={"one": indicator("a", change())}))


def test_text_file_and_workbook_give_the_same_tables(make_project):
    texts = [HEADER, ["1", "Instämmer helt", "vet ej", "2"], ["2", "", "3 - Instämmer delvis", ""]]
    numbers = [HEADER, [1, 5.0, "Vet inte.", 2], [2, None, 3, None]]
    sources = {"one": SURVEY["one"]}
    questions = [("a", "one", "A"), ("b", "one", "B"), ("c", "one", "C")]
    first = ingest(make_project({"one.csv": texts}, sources=sources, questions=questions))
    sources = {"one": {**SURVEY["one"], "file": "one.xlsx"}}
    second = ingest(make_project({"one.xlsx": numbers}, sources=sources, questions=questions))
    for name, frame in first.frames().items():
        assert_frame_equal(frame, second.frames()[name])


def test_windows_1252_is_noted(make_project):
    columns = {"person": "Löpnr"}
    sources = {"one": {**SURVEY["one"], "columns": columns}}
    rows = [["Löpnr", "Fråga å"], ["ä1", "Instämmer i hög grad"]]
    tables = ingest(
        make_project(
            {"one.csv": rows}, sources=sources, questions=[("a", "one", "Fråga å")], encoding="cp1252"
        )
    )
    assert tables.people["person"].tolist() == ["ä1"]
    assert tables.answers["value"].tolist() == [4.0]
    assert [str(note) for note in tables.manifest.notes] == [
        "one.csv is not written in UTF-8; it was read as Windows-1252."
    ]
    assert tables.manifest.inputs[0].encoding == "cp1252"


def test_columns_nobody_asks_for_are_listed(make_project):
    rows = [[*row, "x"] for row in ROWS]
    rows[0][-1] = "Tid"
    assert ingest(make_project({"one.csv": rows, "two.csv": ROWS})).manifest.unused == {"one.csv": ("Tid",)}


def test_cells_are_counted_by_kind_of_missing(make_project):
    rows = [HEADER, ["p1", "vet ej", "", "3"], ["p2", "ej aktuellt", "2", ""]]
    cells = {
        (row.source, row.wave): row.counts
        for row in ingest(make_project({"one.csv": rows, "two.csv": ROWS})).manifest.cells
    }
    assert cells["one", "before"] == {
        "none": 2,
        "dont_know": 1,
        "not_applicable": 1,
        "skipped": 1,
        "not_reached": 1,
    }
    assert cells["two", "after"] == {"none": 5, "skipped": 1}


IDS = st.sampled_from(["", "p1", "p2", "p3", "p4", "p5"])
CELLS = st.sampled_from(["", "1", "5", "Vet ej", " "])
TABLE = st.lists(st.tuples(IDS, CELLS, CELLS, CELLS), min_size=1, max_size=12).filter(
    lambda rows: any(cell.strip() for row in rows for cell in row)
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(one=TABLE, two=TABLE, rule=st.sampled_from(["keep_first", "keep_last"]), register=st.booleans())
def test_every_row_is_accounted_for(make_project, one, two, rule, register):
    sources = {key: {**source, "duplicates": rule} for key, source in SURVEY.items()}
    files = {"one.csv": [HEADER, *one], "two.csv": [HEADER, *two], "people.csv": PEOPLE}
    register_source = {
        "register": {"kind": "people", "file": "people.csv", "columns": {"person": "Id", "sex": "Kön"}}
    }
    project = make_project(
        files, sources={**(register_source if register else {}), **sources}, groups={"sex": SEX}
    )
    tables = ingest(project)
    for row in tables.manifest.accounting:
        assert row.read == row.kept + sum(row.dropped.values())
        assert all(count > 0 for count in row.dropped.values())
    for key, wave, rows in (("one", "before", one), ("two", "after", two)):
        stated = next(row for row in tables.manifest.accounting if row.source == key)
        answers = tables.answers[tables.answers["source"] == key]
        assert stated.wave == wave
        assert stated.read == sum(any(cell.strip() for cell in row) for row in rows)
        assert stated.kept == answers["person"].nunique() == len(answers) / 3
    counted = sum(sum(cells.counts.values()) for cells in tables.manifest.cells)
    assert counted == len(tables.answers)
    assert set(tables.answers["person"]) <= set(tables.people["person"])
