"""The made-up comparison group: its truth is recovered, and it is in nothing else than the comparison."""

import json
from dataclasses import replace

import pytest

from evaluation.project.impact import Impact
from evaluation.rules import evaluate
from evaluation.rules.impact import (
    APART,
    attrition_between,
    balance,
    compared,
    design_terms,
    estimates,
    evidence,
    evidence_for,
    main_estimates,
    pairs,
    placebos,
)
from evaluation.rules.impact_doubt import bounds, company_spread, placebo_rows, returns_to_mean, strengths


@pytest.fixture(scope="module")
def truth(compared_study):
    folder = compared_study.loaded.raw_folder
    return json.loads((folder / "truth.json").read_text(encoding="utf-8"))["comparison"]["changes"]


@pytest.mark.parametrize("key", ["learning", "strategy"])
def test_the_true_difference_lies_in_the_interval(key, compared_study, truth):
    row = estimates(key, compared_study).table.iloc[0]
    assert row["conf_low"] < truth[key]["difference"] < row["conf_high"]
    assert abs(row["estimate"] - truth[key]["difference"]) < 3 * row["std_error"]


def test_what_nobody_aimed_at_did_not_move_apart(compared_study, truth):
    found = placebo_rows(placebos(compared_study), compared_study).table.iloc[0]
    assert found["conf_low"] < truth["skill"]["difference"] < found["conf_high"]
    assert found["conf_low"] < 0 < found["conf_high"]


def test_nobody_of_the_comparison_group_is_in_another_result(compared_study):
    others = set(compared_study.comparison.people["person"])
    assert len(others) == 200
    for table in (compared_study.people, compared_study.answers, compared_study.scores):
        assert not others & set(table["person"])
    assert set(compared_study.organisations["arm"].dropna()) == {"programme"}
    row = evaluate("learning", compared_study).table.iloc[0]
    assert row["n"] == (pairs("learning", compared_study)["took"] == 1).sum()


def test_the_design_stands_on_the_third_step(compared_study):
    found = evidence(compared_study)
    assert (found.step, found.words) == (3, "effect")
    assert design_terms(compared_study) == ["with_comparison_self_selected", "words_effect"]


def test_groups_far_apart_beforehand_show_a_difference_and_no_effect(compared_study):
    assert evidence_for("learning", compared_study).words == "effect"
    assert evidence_for("strategy", compared_study) == APART
    found = main_estimates(compared(compared_study), compared_study)
    assert list(found["effect"].table["indicator"]) == ["learning"]
    assert list(found["association"].table["indicator"]) == ["strategy"]
    assert found["association"].table["verdict"].iloc[0] == "association_shown"


def test_the_first_way_of_computing_is_the_one_that_is_judged(compared_study):
    table = estimates("learning", compared_study).table
    assert table["term"].iloc[0] == "difference_in_differences"
    assert table["verdict"].notna().tolist() == [True] + [False] * (len(table) - 1)
    assert table["estimate"].notna().all()
    assert table["estimate"].max() - table["estimate"].min() < 0.1


def test_a_draw_puts_the_comparison_from_the_same_start_first(compared_study):
    drawn = _assigned(compared_study, "random")
    assert estimates("learning", drawn).table["term"].tolist()[:2] == ["ancova", "interacted"]
    assert evidence(drawn).step == 5
    assert evidence_for("strategy", drawn).words == "effect"


def test_weights_make_the_groups_alike(compared_study):
    table = balance(compared_study).table
    weighted = table[table["method"] == "entropy_balance"]
    assert len(weighted) == len(table) / 2
    assert weighted["estimate"].abs().max() < 1e-6
    assert set(table["group"].dropna()) == {"sex", "industry"}
    assert table.loc[table["group"].notna(), ["mean_level", "mean_reference"]].isna().all(axis=None)


def test_attrition_is_judged_between_the_groups(compared_study):
    row = attrition_between(compared_study).table.iloc[0]
    assert (row["n_level"], row["n_reference"]) == (220, 200)
    assert row["verdict"] == "low_attrition"


def test_doubts_are_computed_for_every_change(compared_study):
    keys = compared(compared_study)
    for estimand in ("hidden_bias_ratio", "hidden_bias_share"):
        found = strengths(keys, compared_study, estimand).table
        assert set(found["indicator"]) == set(keys)
        assert (found["estimate"] > 0).all()
    table = bounds("learning", compared_study).table
    trends = table[table["term"] == "trend"]
    assert trends["delta"].tolist() == [0.05, 0.1, 0.2]
    assert (trends["bound_high"] - trends["bound_low"]).tolist() == pytest.approx([0.1, 0.2, 0.4])


def test_regression_to_the_mean_uses_what_the_definition_states(compared_study):
    change = evaluate("learning", compared_study).table.iloc[0]
    rows = returns_to_mean(compared_study).table.set_index("term")
    expected = (1 - 0.7) * (3.4 - change["mean_before"])
    assert rows.loc["expected_regression", "estimate"] == pytest.approx(expected)
    assert rows.loc["regression_corrected", "estimate"] == pytest.approx(change["estimate"] - expected)


def test_no_organisation_has_a_row(compared_study):
    predicted, apart = company_spread(["learning"], compared_study)
    assert len(predicted.table) == len(apart.table) == 1
    assert predicted.table["conf_low"].iloc[0] < predicted.table["estimate"].iloc[0]
    names = set(compared_study.organisations["organisation"])
    assert not names & set(predicted.table.astype("str").to_numpy().ravel())


def test_without_a_comparison_group_only_change_may_be_said(halland_study):
    assert halland_study.comparison is None
    assert evidence(halland_study).words == "change"
    assert design_terms(halland_study) == ["before_after"]
    assert halland_study.project.impact == Impact()


def _assigned(study, assignment):
    stated = study.project.impact.comparison.model_copy(update={"assignment": assignment})
    impact = study.project.impact.model_copy(update={"comparison": stated})
    definition = study.project.model_copy(update={"impact": impact})
    loaded = study.loaded.model_copy(update={"definition": definition})
    return replace(study, loaded=loaded, comparison=replace(study.comparison, loaded=loaded))
