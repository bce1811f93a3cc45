"""Verdicts under other assumptions: the same rule, the first row as in the report, and what would change it."""

import numpy as np
import pytest

from evaluation.rules import evaluate
from evaluation.rules.sensitivity import (
    ASSUMPTIONS,
    assumable,
    assumed_changes,
    conclusions,
    followed_units,
    limits,
)


@pytest.fixture(scope="module")
def keys(halland_study):
    return [key for key in halland_study.indicators(kind="change") if assumable(key, halland_study)]


def test_the_first_row_is_the_change_of_the_report(keys, halland_study):
    for key in keys:
        usual, first = (
            evaluate(key, halland_study).table.iloc[0],
            assumed_changes(key, halland_study).table.iloc[0],
        )
        for name in ("estimate", "std_error", "df", "conf_low", "conf_high"):
            assert first[name] == pytest.approx(usual[name], rel=1e-9, nan_ok=True)
        assert (first["n"], first["verdict"], first["reason"]) == (
            usual["n"],
            usual["verdict"],
            usual["reason"],
        )


def test_every_assumption_has_its_row(keys, halland_study):
    for key in keys:
        assert assumed_changes(key, halland_study).table["term"].tolist() == list(ASSUMPTIONS)


def test_shifts_move_the_mean_by_the_share_that_left(keys, halland_study):
    for key in keys:
        rows = assumed_changes(key, halland_study).table.set_index("term")
        share = 1 - rows["n"].iloc[0] / rows["n_total"].iloc[0]
        moved = rows.loc["delta_up", "estimate"] - rows.loc["imputed", "estimate"]
        wanted = halland_study.indicator(key).rule.smallest_important * share
        assert moved == pytest.approx(wanted, rel=0.15, abs=1e-12)


def test_everything_lies_between_the_bounds(keys, halland_study):
    for key in keys:
        rows = assumed_changes(key, halland_study).table.set_index("term")
        low, high = rows.loc["bounds", ["bound_low", "bound_high"]]
        assert np.isnan(rows.loc["weighted", "estimate"]) or low <= rows.loc["weighted", "estimate"] <= high
        table, _ = followed_units(halland_study.indicator(key), halland_study)
        ends = limits(halland_study.indicator(key), halland_study)
        by_hand = [(table["after"].fillna(end) - table["before"]).mean() for end in ends]
        assert [low, high] == pytest.approx(by_hand)


def test_what_changes_a_verdict_is_listed(keys, halland_study):
    found = conclusions(halland_study).table.set_index("indicator")
    for key in keys:
        rows = assumed_changes(key, halland_study).table
        rows = rows[rows["reason"] != "no_model"]
        other = rows.loc[rows["verdict"] != rows["verdict"].iloc[0], "term"].tolist()
        row = found.loc[key]
        if row["verdict"] in ("holds_but_extremes", "depends"):
            assert row["changes_under"].split() == other
            only = other == ["bounds"] and len(rows) > 2
            assert (row["verdict"] == "holds_but_extremes") == only
        elif row["verdict"] == "holds":
            assert not other or row["n"] == row["n_total"]


def test_a_target_depends_on_the_silent_unless_it_is_settled(halland_study):
    found = conclusions(halland_study).table.set_index("indicator")
    for key in halland_study.indicators(kind="target"):
        settled = evaluate(key, halland_study).table["verdict"].iloc[0] in ("reached", "not_reached")
        assert (found.loc[key, "verdict"] == "holds") == settled


def test_a_shift_that_changes_the_verdict_is_not_zero(halland_study):
    shifts = conclusions(halland_study).table["delta"].dropna().astype(float)
    assert len(shifts)
    assert np.all(np.abs(shifts) >= 0.01 - 1e-9)


def test_it_is_computed_once(keys, halland_study):
    assert assumed_changes(keys[0], halland_study) is assumed_changes(keys[0], halland_study)
