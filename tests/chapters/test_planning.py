"""The chapter on planning stands before there are answers, and shows planned beside found after."""

from pathlib import Path

import pytest

from evaluation.chapters import chapters_of, planning
from evaluation.project.load import load_project
from evaluation.study import without_answers

HALLAND = Path(__file__).parents[2] / "projects" / "halland"


@pytest.fixture(scope="module")
def empty():
    return without_answers(load_project(HALLAND))


def test_before_the_first_wave_everything_is_planned(empty):
    assert planning.changes(empty).result.table["estimate"].gt(0).all()
    assert planning.targets(empty).result.table["estimate"].gt(0).all()
    outcome = planning.outcome(empty)
    assert outcome.layout == "absent"
    assert str(outcome.notes[0]) == "Nobody has answered yet."


def test_after_the_answers_planned_stands_beside_found(halland_study):
    table = planning.outcome(halland_study).result.table
    assert table["term"].tolist() == ["as_planned", "as_found"] * (len(table) // 2)
    assert len(table) >= 6
    assert "probability" not in table


def test_the_sizes_are_those_of_the_register(halland_study):
    people = halland_study.participants["organisation"].dropna()
    note = planning.changes(halland_study).notes[0]
    assert note.fields["n"] == len(people)
    assert note.fields["n_groups"] == people.nunique()


def test_the_report_has_it_where_the_definition_asks(empty):
    definition = empty.project
    assert "planning" not in chapters_of(definition)
    assert "planning" in chapters_of(definition.model_copy(update={"show_plan": True}))
