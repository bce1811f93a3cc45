"""Columns of registers and logs: levels, hours, dates, identifiers and texts."""

import math

import pytest

from evaluation.data.read import read_export
from evaluation.data.registers import iso_date, level_of, level_texts, read_facts
from evaluation.project.source import Source
from tests.data.build import PHASE, SEX, SIZE, write_table

GROUPS = {"sex": SEX, "size": SIZE, "phase": PHASE}


def facts(project, rows, **parts):
    path = project.raw_folder / "x.csv"
    write_table(path, rows)
    source = Source(file="x.csv", **parts)
    return read_facts(read_export(path, source), source, project.definition)


def test_a_register_is_read_column_by_column(make_project):
    rows = [
        ["Id", "Kön", "Företag", "Start"],
        ["p1", "kvinna.", " Alfa  AB ", "1/2 2023"],
        ["p2", "MÄN", "", ""],
        ["p3", "1,0", "Beta", " x "],
        ["p4", "", "Beta", "y"],
    ]
    columns = {"person": "Id", "sex": "Kön", "organisation": "Företag", "started": "Start"}
    found = facts(make_project(groups=GROUPS), rows, kind="people", columns=columns)
    assert found.problems == ()
    assert found.frame["sex"].astype("object").tolist()[:3] == ["women", "men", "men"]
    assert found.frame["sex"].isna().tolist() == [False, False, False, True]
    assert found.frame["sex"].cat.categories.tolist() == ["women", "men"]
    assert found.frame["organisation"].tolist()[0] == "Alfa AB"
    assert found.frame["organisation"].isna().tolist() == [False, True, False, False]
    assert found.frame["started"].tolist()[0] == "1/2 2023"
    assert found.frame["started"].tolist()[2] == "x"
    assert found.frame.index.tolist() == [2, 3, 4, 5]


def test_a_log_has_hours_and_dates(make_project):
    rows = [
        ["Insats", "Fas", "Timmar", "Datum"],
        ["I1", "Före", "3,5", "2024-03-01"],
        ["I1", "under", "", "1.3.2024"],
    ]
    columns = {"effort": "Insats", "phase": "Fas", "hours": "Timmar", "date": "Datum"}
    found = facts(make_project(groups=GROUPS), rows, kind="log", columns=columns)
    assert found.problems == ()
    assert found.frame["hours"].tolist()[0] == 3.5
    assert math.isnan(found.frame["hours"].tolist()[1])
    assert found.frame["date"].tolist() == ["2024-03-01", "2024-03-01"]
    assert found.frame["phase"].astype("object").tolist() == ["before", "during"]


def test_hours_and_dates_are_texts_outside_a_log(make_project):
    rows = [["Id", "h"], ["p1", "3,5 h"]]
    found = facts(make_project(), rows, kind="people", columns={"person": "Id", "hours": "h"})
    assert found.frame["hours"].tolist() == ["3,5 h"]


def test_cells_that_cannot_be_understood_are_problems(make_project):
    rows = [
        ["Insats", "Fas", "Timmar", "Datum"],
        ["I1", "Föree", "3,5 km", "01/02/2024"],
        ["I2", "zzz", "-1", "31.2.2024"],
        ["I3", "Föree", "2", "2024-02-30"],
    ]
    columns = {"effort": "Insats", "phase": "Fas", "hours": "Timmar", "date": "Datum"}
    found = facts(make_project(groups=GROUPS), rows, kind="log", columns=columns)
    told = "\n".join(map(str, found.problems))
    assert len(found.problems) == 7
    assert "x.csv:2 “Fas”: “Föree” is not a level of the group. Did you mean “före”?" in told
    assert "“zzz” is not a level of the group. The levels are: före, before, under, during." in told
    assert "x.csv:2 “Timmar”: “3,5 km” is not a number of hours." in told
    assert "x.csv:3 “Timmar”: “-1” is not a number of hours." in told
    assert "“01/02/2024” is not a date that can be read with certainty." in told
    assert "“31.2.2024”" in told
    assert "“2024-02-30”" in told


def test_joined_columns_may_be_a_group(make_project):
    group = {**SEX, "levels": {"women": {"label": {"sv": "k", "en": "w"}, "values": ["a-b"]}}}
    found = facts(
        make_project(groups={"sex": group}),
        [["Id", "x", "y"], ["p1", "A", "B"], ["p2", "A", ""]],
        kind="people",
        columns={"person": "Id", "sex": ("x", "y")},
    )
    assert found.frame["sex"].astype("object").tolist()[0] == "women"
    assert found.problems == ()


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2024-03-01", "2024-03-01"),
        ("2024-03-01T08:00:00", "2024-03-01"),
        ("2024-03-01 08:00", "2024-03-01"),
        (" 1.3.2024 ", "2024-03-01"),
        ("01/03/2024", None),
        ("1.13.2024", None),
        ("mars", None),
    ],
)
def test_dates(text, date):
    assert iso_date(text) == date


def test_numbers_match_levels_in_any_form(make_project):
    known = level_texts(make_project(groups=GROUPS).definition.groups["sex"])
    assert [level_of(text, known) for text in ("2", "2.0", "2,00", "3", "Kvinna")] == ["women"] * 3 + [
        None,
        "women",
    ]
