"""Surveys that are not linkable to the register: respondents of their own, and no linking of persons."""

import pytest

from evaluation.data.apart import OWN
from evaluation.data.ingest import ingest
from evaluation.project.load import load_project
from evaluation.vocabulary.errors import AnswerError, LinkageError, ProjectError
from tests.data.build import SEX, SURVEY, change, indicator, problems

REGISTER = [["Id", "Kön"], *([f"p{place}", "Kvinna" if place % 2 else "Man"] for place in range(6))]
ONE = [["id", "A", "B", "C"], ["p1", "1", "2", "3"], ["kod 7", "4", "", "5"], ["", "4", "4", "4"]]
TWO = [["id", "A", "B", "C"], ["kod 7", "5", "2", "2"], ["p3", "1", "1", "1"]]
PEOPLE = {"kind": "people", "file": "people.csv", "columns": {"person": "Id", "sex": "Kön"}}
APART = {key: {**source, "linkable": False} for key, source in SURVEY.items()}


def office(make_project, sources=APART, **parts):
    files = {"people.csv": REGISTER, "one.csv": ONE, "two.csv": TWO}
    return make_project(files, sources={"people": PEOPLE, **sources}, groups={"sex": SEX}, **parts)


def test_respondents_are_nobody_in_the_register(make_project):
    tables = ingest(office(make_project))
    people = tables.people.set_index("person")
    assert people["registered"].sum() == 6
    assert set(people.index[~people["registered"]]) == {f"{OWN}p1", f"{OWN}p3", f"{OWN}kod 7"}
    assert people.loc["p1", "sex"] == "women"
    assert people.loc[[f"{OWN}p1"], "sex"].isna().all()
    given = tables.answers.groupby("wave", observed=True)["person"].agg(set)
    assert given["before"] & given["after"] == {f"{OWN}kod 7"}


def test_rows_still_add_up(make_project):
    for row in ingest(office(make_project)).manifest.accounting:
        assert row.read == row.kept + sum(row.dropped.values())
        assert "not_registered" not in row.dropped
    row = next(row for row in ingest(office(make_project)).manifest.accounting if row.source == "one")
    assert (row.read, dict(row.dropped)) == (3, {"no_person": 1})


def test_without_any_identifier_every_row_is_somebody(make_project):
    sources = {key: {**source, "columns": {}} for key, source in APART.items()}
    people = ingest(office(make_project, sources)).people
    assert set(people.loc[~people["registered"], "person"]) == {"one:2", "one:3", "one:4", "two:2", "two:3"}


GAP = {"kind": "gap", "wave": "before", "group": "sex", "important": 0.5}


@pytest.mark.parametrize(
    ("parts", "named"),
    [
        ({"indicators": {"one": indicator(rule=GAP), "two": indicator("b")}}, ["indicators.one"]),
        ({"indicators": {"one": indicator(unit="organisation", answered_by="mean")}}, ["indicators.one"]),
    ],
)
def test_what_needs_the_register_of_a_person_is_refused(make_project, parts, named):
    reference = {**SEX, "reference": "men"}
    files = {"people.csv": REGISTER, "one.csv": ONE, "two.csv": TWO}
    sources = {"people": PEOPLE, **APART}
    project = make_project(files, sources=sources, groups={"sex": reference}, **parts)
    with pytest.raises(LinkageError) as caught:
        ingest(project)
    assert [problem.where.split()[-1] for problem in caught.value.problems] == named


def test_a_gap_between_groups_that_the_survey_asks_about_is_not_refused(make_project):
    one = [[*row, sex] for row, sex in zip(ONE, ["Jag är", "Kvinna", "Man", ""], strict=True)]
    sources = {"people": PEOPLE, "one": {**APART["one"], "columns": {"person": "id", "sex": "Jag är"}}}
    project = make_project(
        {"people.csv": REGISTER, "one.csv": one},
        sources=sources,
        groups={"sex": {**SEX, "reference": "men"}},
        questions=[("a", "one", "A")],
        indicators={"one": indicator(rule=GAP)},
    )
    people = ingest(project).people.set_index("person")
    assert people.loc[f"{OWN}p1", "sex"] == "women"


def test_a_change_between_a_linkable_and_another_survey_is_refused(make_project):
    sources = {"one": APART["one"], "two": SURVEY["two"]}
    with pytest.raises(LinkageError, match="not linkable"):
        ingest(office(make_project, sources, indicators={"one": indicator(rule=change())}))


def test_more_answers_than_people_are_refused(make_project):
    many = [ONE[0], *([f"x{place}", "1", "2", "3"] for place in range(7))]
    files = {"people.csv": REGISTER, "one.csv": many, "two.csv": TWO}
    project = make_project(files, sources={"people": PEOPLE, **APART}, groups={"sex": SEX})
    with pytest.raises(AnswerError) as caught:
        ingest(project)
    assert "At before 7 people answered, but the register holds 6." in problems(caught)


def test_a_register_is_always_linkable(make_project):
    project = make_project(sources={"people": {**PEOPLE, "linkable": False}, **SURVEY}, groups={"sex": SEX})
    with pytest.raises(ProjectError, match="Only answers can be"):
        load_project(project.file)


def test_codes_within_surveys_may_be_linked_beside_a_register(make_project):
    header = ["c1", "c2", "c3", "c4", "A"]
    rows = [[f"ab{place}", str(place), f"cd{place}", str(40 + place), "3"] for place in range(5)]
    sources = {
        key: {"kind": "answers", "file": f"{key}.csv", "waves": list(SURVEY[key]["waves"]), "linkable": False}
        for key in SURVEY
    }
    codes = {"by": "code", "columns": {key: header[:4] for key in SURVEY}}
    project = make_project(
        {"people.csv": REGISTER, "one.csv": [header, *rows], "two.csv": [header, *rows[::-1]]},
        sources={"people": PEOPLE, **sources},
        groups={"sex": SEX},
        questions=[("a", "one two", "A")],
        linkage=codes,
        indicators={"one": indicator(rule=change())},
    )
    tables = ingest(project)
    assert (~tables.people["registered"]).sum() == 5
    assert tables.answers["person"].nunique() == 5
