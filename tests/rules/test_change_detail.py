"""What stands beside a judged change, and what may be said of a target."""

import math

import numpy as np
import pytest

from evaluation.disclosure import protect
from evaluation.rules import change_detail, evaluate, target
from evaluation.rules.change_detail import _judge

ROW = {
    "n": 40,
    "n_groups": 12,
    "estimate": 0.6,
    "conf_low": 0.2,
    "conf_high": 1.0,
    "p_value": 0.01,
    "smallest_important": 0.5,
}


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({}, "increased"),
        ({"conf_low": math.nan, "conf_high": math.nan}, "increased"),
        ({"conf_low": math.nan, "conf_high": math.nan, "p_value": 0.2}, "no_certain_change"),
        ({"p_value": 0.2}, "no_certain_change"),
        ({"estimate": 0.3}, "small_change"),
        ({"estimate": -0.6}, "decreased_unwanted"),
        ({"n_groups": 4}, "undecided"),
        ({"estimate": math.nan}, None),
    ],
)
def test_other_ways_are_judged_by_the_same_rule(changes, verdict):
    assert _judge({**ROW, **changes}, clustered=True, wanted="increase")[0] == verdict


@pytest.fixture
def keys(halland_study) -> list[str]:
    return ["change_ability", "identify_needs", "organisational_learning"]


def test_the_agreement_counts_the_rows_of_the_checks(halland_study, keys):
    for key in keys:
        main = evaluate(key, halland_study).table.iloc[0]
        row = change_detail.agreement(key, halland_study, main).table.iloc[0]
        checks = change_detail.checks(key, halland_study).table
        others = set((row["changes_under"] or "").split())
        assert row["k"] + len(others) == row["n"] == checks["estimate"].notna().sum()
        assert set(checks.loc[checks["verdict"] != main["verdict"], "term"]) == others


def test_all_that_stands_beside_a_change_names_it(halland_study, keys):
    made = (change_detail.directions, change_detail.sizes, change_detail.dose, change_detail.room)
    for key in keys:
        for make in made:
            assert set(make(key, halland_study).table["indicator"]) == {key}


def test_pairs_are_those_of_the_judged_row(halland_study, keys):
    for key in keys:
        main = evaluate(key, halland_study).table.iloc[0]
        assert set(change_detail.directions(key, halland_study).table["n"]) == {main["n"]}
        assert change_detail.room(key, halland_study).table["n"].iloc[0] == main["n"]


def test_two_waves_have_no_course(halland_study):
    assert change_detail.course("change_ability", halland_study) is None


@pytest.mark.parametrize(("key", "clustered"), [("strategic_goal", False), ("up_to_date_goal", True)])
def test_the_answers_of_a_target_are_about_its_main_reading(halland_study, key, clustered):
    main = evaluate(key, halland_study).table.iloc[0]
    found = target.answers(key, halland_study).table.set_index("term")
    assert (found.loc["among_answered", "k"], found["n"].iloc[0]) == (main["k"], main["n"])
    assert set(found["n_total"]) == {main["n_total"]}
    assert found.loc["among_all", ["bound_low", "bound_high"]].tolist() == pytest.approx(
        [main["bound_low"], main["bound_high"]]
    )
    assert ("programme_clustered" in found.index) == clustered
    assert 0 <= found.loc["predicted", "probability"] <= 1
    needed = target.still_needed(key, halland_study).table["estimate"]
    assert np.all(needed <= main["n_total"] - main["n"])


def test_one_small_direction_withholds_all_three(halland_study, keys):
    """The three add up to all who answered both times, so two of them would tell the third."""
    least = halland_study.policy.min_cell
    for key in keys:
        raw = change_detail.directions(key, halland_study)
        few = raw.table["k"].between(1, least - 1).any()
        shown = protect(raw, halland_study.policy).table
        assert shown["k"].isna().all() == few
        assert shown["k"].isna().any() == few
