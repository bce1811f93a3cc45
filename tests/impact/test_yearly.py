"""Yearly accounts: closed forms, starts in different years, and what cannot be told."""

import numpy as np
import pandas as pd
import pytest

from evaluation.impact.estimates import BEFORE_AND_AFTER
from evaluation.impact.evidence import Evidence
from evaluation.impact.yearly import (
    growth_by_length,
    growth_by_start,
    growth_by_year,
    growth_over_years,
    matched_gaps,
)
from evaluation.impact.yearly_doubt import hidden_bias_in_pairs
from evaluation.impact.yearly_panel import yearly_panel
from evaluation.stats.hidden_bias import tolerated_bias
from evaluation.vocabulary.errors import EstimationError

YEARS = range(2015, 2023)
WEAK = Evidence(2, 2, "association")


def accounts(starts, effect=0.2, noise=0.05, seed=2, pre_trend=0.0) -> pd.DataFrame:
    """Return made-up accounts: an effect on the logarithm from the start on."""
    rng, start = np.random.default_rng(seed), np.asarray(starts)
    year = np.array(YEARS)
    took = (start[:, None] > 0) & (year >= start[:, None])
    trend = (0.03 + pre_trend * (start > 0))[:, None] * np.arange(year.size)
    log = rng.normal(8, 1, (start.size, 1)) + trend + effect * took
    log = log + rng.normal(0, noise, (start.size, year.size)).cumsum(axis=1)
    return pd.DataFrame(
        {
            "organisation": np.repeat(np.arange(start.size), year.size),
            "year": np.tile(year, start.size),
            "start": np.repeat(start, year.size),
            "value": np.exp(log).ravel(),
        }
    )


TOGETHER = [2019] * 15 + [0] * 40
STAGGERED = [2018] * 10 + [2020] * 10 + [0] * 40


def test_all_together_is_the_difference_in_mean_growth():
    rows = accounts(TOGETHER)
    wide = np.log(rows.pivot_table(index="organisation", columns="year", values="value").to_numpy())
    grown = wide[:, 4:].mean(axis=1) - wide[:, 3]
    found = growth_over_years(yearly_panel(rows, growth="log"), evidence=BEFORE_AND_AFTER).table.iloc[0]
    assert found["term"] == "difference_in_differences"
    assert found["estimand"] == "growth_effect"
    assert found["method"] == "cr2_satterthwaite"
    assert found["estimate"] == pytest.approx(grown[:15].mean() - grown[15:].mean())


def test_the_words_follow_the_evidence():
    found = growth_over_years(yearly_panel(accounts(TOGETHER), growth="log"), evidence=WEAK).table
    assert set(found["estimand"]) == {"growth_difference"}


def test_different_starts_recover_an_effect_without_noise():
    panel = yearly_panel(accounts(STAGGERED, noise=0.0), growth="log")
    assert growth_over_years(panel, evidence=BEFORE_AND_AFTER).table["estimate"].round(9).tolist() == [
        0.2,
        0.0,
        0.2,
    ]
    by_length = growth_by_length(panel).table.set_index("wave")["estimate"]
    assert by_length["since_-2"] == pytest.approx(0, abs=1e-9)
    assert by_length["since_3"] == pytest.approx(0.2)
    assert growth_by_start(panel).table["estimate"].round(9).tolist() == [0.2, 0.2]


def test_the_path_is_zero_in_the_last_year_before_the_start():
    together = growth_by_year(yearly_panel(accounts(TOGETHER), growth="log")).table.set_index("wave")
    assert together.index.tolist() == [str(year) for year in YEARS]
    assert together.loc["2018", ["mean_level", "mean_reference"]].tolist() == [0, 0]
    apart = growth_by_year(yearly_panel(accounts(STAGGERED), growth="log")).table.set_index("wave")
    assert apart.loc["since_-1", "estimate"] == 0
    assert apart.loc["since_0", "n_level"] == 20
    assert apart.loc["since_4", "n_level"] == 10


def test_definitions_of_growth_agree_where_little_happens():
    rows = accounts(STAGGERED, effect=0.002, noise=0.0)
    found = [
        growth_over_years(yearly_panel(rows, growth=growth), evidence=WEAK).table["estimate"].iloc[0]
        for growth in ("log", "symmetric", "percentage")
    ]
    assert found == pytest.approx([0.002] * 3, rel=0.12)


def test_a_mean_over_negative_and_missing_amounts_uses_who_can_be_told():
    rows = accounts(TOGETHER)
    rows.loc[(rows["organisation"] == 0) & (rows["year"] == 2018), "value"] = -5.0
    rows.loc[(rows["organisation"] == 1) & (rows["year"] == 2022), "value"] = np.nan
    for growth in ("log", "symmetric", "percentage"):
        found = growth_over_years(yearly_panel(rows, growth=growth), evidence=WEAK).table.iloc[0]
        assert found["n_level"] == 14


def test_few_on_a_side_are_told_without_an_interval():
    few = growth_over_years(
        yearly_panel(accounts([2018] * 5 + [0] * 4), growth="log"), evidence=WEAK, matched=False
    ).table
    assert few["method"].tolist() == ["too_few_clusters"] * 2
    assert few["conf_low"].isna().all()
    assert few["estimate"].notna().all()


def test_five_to_seven_have_the_wild_bootstrap():
    found = growth_over_years(yearly_panel(accounts([2018] * 6 + [0] * 30), growth="log"), evidence=WEAK)
    assert found.table["method"].iloc[0] == "wild_bootstrap"


def test_starting_years_of_fewer_than_five_are_left_out():
    panel = yearly_panel(accounts([2018] * 10 + [2020] * 4 + [0] * 30), growth="log")
    assert panel.starts.tolist() == [2018]


def test_nobody_to_compare_with_is_refused():
    with pytest.raises(EstimationError, match="comparison group"):
        yearly_panel(accounts([2018] * 10))


def test_a_large_difference_tolerates_more_hidden_bias():
    small, large = (
        hidden_bias_in_pairs(yearly_panel(accounts(TOGETHER, effect=effect), growth="log")).table.iloc[0]
        for effect in (0.08, 0.4)
    )
    assert large["estimate"] > small["estimate"] >= 1
    assert large["n"] == 15


def test_pairs_are_of_the_same_cell():
    rows = accounts(TOGETHER)
    kind = np.r_[np.repeat(["a", "b"], [10, 5]), np.repeat(["a", "b"], [20, 20])]
    rows["kind"] = np.repeat(kind, len(YEARS))
    rows.loc[rows["kind"] == "b", "value"] *= np.exp(0.3 * (rows["year"] - 2015))
    panel = yearly_panel(rows, growth="log", cells=["kind"])
    found = growth_over_years(panel, evidence=WEAK).table.set_index("term")["estimate"]
    assert found["difference_in_differences"] == pytest.approx(0.2, abs=0.1)
    assert found["matched_pairs"] == pytest.approx(0.2, abs=0.12)


def test_pairs_of_different_starts_are_observed_over_the_same_years():
    """Growth of all jumps in 2019: pairs with another start's years would be off by the jump."""
    rows = accounts(STAGGERED, noise=0.01)
    rows.loc[rows["year"] >= 2019, "value"] *= np.e
    gaps = matched_gaps(yearly_panel(rows, growth="log"))
    assert gaps.size == 20
    assert gaps.mean() == pytest.approx(0.2, abs=0.02)


def test_nobody_is_in_two_pairs():
    panel = yearly_panel(accounts([2018] * 10 + [2020] * 7 + [0] * 12), growth="log")
    assert matched_gaps(panel).size == 12
    found = growth_over_years(panel, evidence=WEAK).table.set_index("term").loc["matched_pairs"]
    assert found[["n", "n_level", "n_reference"]].tolist() == [24, 12, 12]


def test_intervals_of_pairs_of_different_starts_hold_the_truth():
    """Of 200 intervals at 95 per cent, 181 to 198 hold the truth (Monte Carlo error 1.5 per cent)."""
    held = 0
    for seed in range(200):
        panel = yearly_panel(accounts(STAGGERED, seed=seed), growth="log")
        row = growth_over_years(panel, evidence=WEAK).table.set_index("term").loc["matched_pairs"]
        held += row["conf_low"] <= 0.2 <= row["conf_high"]
    assert 181 <= held <= 198


def test_hidden_bias_is_told_where_starts_differ():
    panel = yearly_panel(accounts(STAGGERED, effect=0.4), growth="log")
    found = hidden_bias_in_pairs(panel).table.iloc[0]
    assert found["n"] == 20
    assert found["estimate"] == pytest.approx(tolerated_bias(matched_gaps(panel), 0.05))
    assert found["estimate"] > 1
