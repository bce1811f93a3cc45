"""The chapter on planning stands before there are answers, and shows planned beside found after."""

from pathlib import Path

import pytest

from evaluation.chapters import chapters_of, planning
from evaluation.project.load import load_project
from evaluation.rules.measure import scores
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
    assert table["mean_share"].to_numpy() == pytest.approx((table["n"] / table["n_total"]).to_numpy())
    assert table["sd_change"].gt(0).all()
    people = table[table["unit"] == "person"]
    assert len(people) >= 2
    assert people["icc"].lt(1).all()
    assert people.loc[people["term"] == "as_planned", "icc"].eq(0.05).all()


def test_the_spread_that_came_out_is_that_of_each_persons_change(halland_study):
    table = planning.outcome(halland_study).result.table
    found = table[(table["unit"] == "person") & (table["term"] == "as_found")].iloc[0]
    indicator = halland_study.indicator(found["indicator"])
    answers = scores(indicator, halland_study, (indicator.rule.before, indicator.rule.after))
    wide = answers.dropna(subset=["value"]).pivot(index="person", columns="wave", values="value").dropna()
    change = wide[indicator.rule.after] - wide[indicator.rule.before]
    assert found["n"] == len(change)
    assert found["sd_change"] == pytest.approx(change.std())


def test_a_verdict_is_right_or_cannot_be_determined(empty):
    table = planning.verdicts(empty).result.table
    assert table["estimate"].between(0, 1).all()
    assert (table["estimate"] + table["probability"]).to_numpy() == pytest.approx(1)
    shares = {
        key: one.rule.share for key, one in empty.project.indicators.items() if one.rule.kind == "target"
    }
    above = table["mean_share"] > table["indicator"].map(shares)
    assert table["term"].eq(above.map({True: "chance_reached", False: "chance_not_reached"})).all()
    assert table["n"].lt(table["n_total"]).all()


@pytest.mark.parametrize(
    ("lang", "wanted"),
    [
        ("en", ("Target", "If the true share is", "Answers needed")),
        ("sv", ("Mål", "Om den sanna andelen är")),
    ],
)
def test_headings_say_what_the_columns_are_here(empty, lang, wanted):
    header = planning.targets(empty).table(lang).header
    assert header[1 : len(wanted) + 1] == wanted


def test_degrees_of_freedom_have_a_column(halland_study):
    assert "Degrees of freedom" in planning.outcome(halland_study).table("en").header


def test_spread_stands_beside_what_was_assumed(empty, halland_study):
    assert planning.spread(empty) == ()
    (shown,) = planning.spread(halland_study)
    assert len(shown.table("sv").header) == 5
    assert len(planning.outcome(halland_study).table("sv").header) == 5


def test_planned_changes_fit_the_page_in_swedish(empty):
    assert len(planning.changes(empty).table("sv").header) <= 6


def test_the_sizes_are_those_of_the_register(halland_study):
    people = halland_study.participants["organisation"].dropna()
    note = planning.changes(halland_study).notes[0]
    assert note.fields["n"] == len(people)
    assert note.fields["n_groups"] == people.nunique()


def test_the_report_has_it_where_the_definition_asks(empty):
    definition = empty.project
    assert "planning" not in chapters_of(definition)
    assert "planning" in chapters_of(definition.model_copy(update={"show_plan": True}))


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_what_is_in_another_unit_than_steps_is_named_and_not_planned(empty, lang):
    shown = planning.changes(empty)
    label = empty.indicator("plan_horizon").label[lang]
    assert "plan_horizon" not in set(shown.result.table["indicator"])
    assert label in shown.to_html(lang)
    assert "80" in shown.to_html(lang)
