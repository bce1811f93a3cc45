"""The tables of people, organisations and log entries have the same columns whatever the files hold."""

import pandas as pd
import pytest

from evaluation.data.people import log_table, organisations_table, people_table
from evaluation.data.registers import Facts, level_type
from tests.data.build import PHASE, SEX, SIZE


@pytest.fixture
def project(make_project):
    return make_project(groups={"sex": SEX, "size": SIZE, "phase": PHASE}).definition


def facts(project, file, **columns):
    frame = pd.DataFrame({name: pd.Series(values, dtype="str") for name, values in columns.items()})
    frame = frame.astype(
        {name: level_type(project.groups[name]) for name in frame.columns if name in project.groups}
    )
    return Facts(frame.set_axis(pd.Index(range(2, len(frame) + 2), name="row")), file)


def test_people_have_every_group_even_if_no_file_has_it(project):
    part = facts(project, "a.csv", person=["p2", "p1", "p3"], started=["x", None, "y"])
    table, problems = people_table([part], pd.Index(["p1", "p2"]), project, registered=True)
    assert problems == []
    assert list(table.columns) == ["person", "organisation", "registered", "sex", "started"]
    assert table["person"].tolist() == ["p1", "p2"]
    assert table["registered"].tolist() == [True, True]
    assert table["sex"].isna().all()
    assert table["sex"].cat.categories.tolist() == ["women", "men"]
    assert table["organisation"].isna().all()


def test_organisations_come_from_the_other_files_if_there_is_no_register(project):
    people = facts(project, "a.csv", person=["p1", "p2"], organisation=["B", "A"], size=["small", None])
    survey = facts(project, "b.csv", person=["p3"], organisation=["C"])
    table, problems = organisations_table([], [people, survey], project)
    assert problems == []
    assert list(table.columns) == ["organisation", "size"]
    assert table["organisation"].tolist() == ["A", "B", "C"]
    assert table["size"].astype("object").tolist()[1] == "small"


def test_an_organisation_outside_the_register_is_a_problem(project):
    register = facts(
        project, "o.csv", organisation=["Alfa AB", "Beta"], contact_person=["p1", None], employees=["9", "8"]
    )
    people = facts(project, "a.csv", person=["p1", "p2", "p3"], organisation=["Alfa", "Beta", "Alfa"])
    log = facts(project, "l.csv", effort=["I1"], organisation=["Gamma"])
    table, problems = organisations_table([register], [people, log], project)
    assert table.columns.tolist() == ["organisation", "contact_person", "size", "employees"]
    assert table["organisation"].tolist() == ["Alfa AB", "Beta"]
    told = [str(problem) for problem in problems]
    assert len(told) == 2
    assert told[0].startswith("a.csv:2: The organisation “Alfa” is not in the register of organisations.")
    assert "Did you mean “Alfa AB”?" in told[0]
    assert "Add it to the register, or correct the name." in told[1]


def test_a_group_of_organisations_may_stand_with_people_but_must_agree(project):
    people = facts(project, "a.csv", person=["p1", "p2"], organisation=["A", "A"], size=["small", "large"])
    _, problems = organisations_table([], [people], project)
    assert len(problems) == 1
    assert "says something else of the same organisation than a.csv:2" in str(problems[0])


def test_the_log_looks_up_organisations(project):
    people = pd.DataFrame({"person": ["p1", "p2"], "organisation": pd.Series(["A", None], dtype="str")})
    first = facts(
        project,
        "l.csv",
        effort=["I1", "I2", "I3"],
        person=["p1", "p2", "p9"],
        phase=["before", None, "during"],
    )
    second = facts(project, "m.csv", effort=["I4"], organisation=["C"], note=["x"])
    table = log_table([first, second], people, project)
    assert list(table.columns) == ["effort", "person", "organisation", "phase", "hours", "date", "note"]
    assert table["organisation"].fillna("-").tolist() == ["A", "-", "-", "C"]
    assert table["phase"].cat.categories.tolist() == ["before", "during"]
    assert table["hours"].isna().all()


def test_no_log_is_an_empty_table(project):
    people = pd.DataFrame({"person": pd.Series(dtype="str"), "organisation": pd.Series(dtype="str")})
    table = log_table([], people, project)
    assert len(table) == 0
    assert list(table.columns) == ["effort", "person", "organisation", "phase", "hours", "date"]
