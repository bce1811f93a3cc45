"""Yearly accounts if both sides would not have grown alike: bounds, intervals, and what is tolerated."""

import numpy as np
import pytest
from scipy import special

from evaluation.impact.estimates import BEFORE_AND_AFTER
from evaluation.impact.yearly import average_growth, growth_by_length, growth_over_years
from evaluation.impact.yearly_panel import yearly_panel
from evaluation.impact.yearly_trends import bent_growth, bounded_growth, tolerated_trend
from tests.impact.test_yearly import STAGGERED, TOGETHER, accounts


def panel_of(starts=TOGETHER, **options):
    return yearly_panel(accounts(starts, **options), growth="log")


def test_bounds_move_with_the_differences_before_the_start():
    panel = panel_of()
    found, early = bounded_growth(panel, violations=[0.0, 1.0]).table, growth_by_length(panel).table
    largest = early.loc[early["wave"].str.startswith("since_-"), "estimate"].abs().max()
    main = growth_over_years(panel, evidence=BEFORE_AND_AFTER).table["estimate"].iloc[0]
    assert found["bound_low"].iloc[0] == pytest.approx(main)
    assert found["bound_high"].iloc[1] - main == pytest.approx(largest * np.mean([1, 2, 3, 4]))
    assert found["conf_low"].iloc[1] < found["conf_low"].iloc[0] < main


def test_without_violation_the_interval_is_about_that_of_the_mean():
    main = average_growth(panel_of(), 0.95)
    found = bounded_growth(panel_of(), violations=[0.0]).table.iloc[0]
    assert found["conf_low"] == pytest.approx(main["conf_low"], abs=0.1 * main["std_error"])


@pytest.mark.parametrize("starts", [TOGETHER, STAGGERED])
def test_intervals_are_shorter_than_those_that_spend_half_of_the_error_on_each_side(starts):
    """The error split in halves between the years before and after (Bonferroni), the largest limit of all years."""
    panel = panel_of(starts)
    early, main = growth_by_length(panel).table, average_growth(panel, 0.95)
    early = early[early["wave"].str.startswith("since_-")]
    reach = special.stdtrit(early["df"], 1 - 0.0125 / len(early)) * early["std_error"]
    around = special.stdtrit(main["df"], 1 - 0.0125) * main["std_error"]
    for row in bounded_growth(panel).table.itertuples():
        years = (row.bound_high - row.estimate) / row.ratio / early["estimate"].abs().max()
        split = around + row.ratio * years * (early["estimate"].abs() + reach).max()
        assert row.conf_high - row.conf_low < 0.9 * 2 * split


def test_bounds_hold_the_truth_when_trends_go_on_to_differ():
    """Of 150 intervals at 95 per cent with M = 1, at least 140 hold the truth though trends differ."""
    held = 0
    for seed in range(150):
        row = bounded_growth(panel_of(seed=seed, pre_trend=0.05), violations=[1.0]).table.iloc[0]
        held += row["conf_low"] <= 0.2 <= row["conf_high"]
    assert held >= 140


@pytest.mark.parametrize("starts", [TOGETHER, STAGGERED, [2019] * 8 + [0] * 8])
def test_a_straight_line_that_goes_on_is_taken_off(starts):
    """Of 150 intervals at 95 per cent, at least 135 hold the truth (Monte Carlo error 1.8 per cent)."""
    held, middle = 0, []
    for seed in range(150):
        row = bent_growth(panel_of(starts, seed=seed, pre_trend=0.05), bends=[0.0]).table.iloc[0]
        held += row["conf_low"] <= 0.2 <= row["conf_high"]
        middle.append(row["estimate"])
    assert held >= 135
    assert np.mean(middle) == pytest.approx(0.2, abs=0.02)


def test_what_is_tolerated_is_where_the_intervals_reach_zero():
    row = tolerated_trend(panel_of()).table.iloc[0]
    below, above = bounded_growth(
        panel_of(), violations=[row["estimate"] - 0.01, row["estimate"] + 0.02]
    ).table["conf_low"]
    assert below > 0 >= above
    below, above = bent_growth(panel_of(), bends=[row["bend"], row["bend"] + 0.001]).table["conf_low"]
    assert below > 0 >= above


def test_nothing_is_tolerated_by_what_is_uncertain_and_the_search_ends():
    nothing = tolerated_trend(panel_of(effect=0.0)).table.iloc[0]
    assert nothing[["estimate", "bend"]].isna().all()
    certain = tolerated_trend(panel_of(effect=9.0)).table.iloc[0]
    assert certain[["estimate", "bend"]].tolist() == [5, 0.5]


@pytest.mark.parametrize("function", [bounded_growth, bent_growth, tolerated_trend])
def test_three_years_before_the_start_are_needed(function):
    assert function(panel_of([2017] * 15 + [0] * 40)) is None
    assert function(panel_of([2019] * 5 + [0] * 40)) is None
