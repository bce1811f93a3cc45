"""Shares, order, ranks, waves, hours and effect sizes: closed forms, kernels and known truths."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from evaluation.change.answers import binary_change, share_improved
from evaluation.change.dose import dose_response
from evaluation.change.ordinal import marginal_homogeneity, ordinal_change, ordinal_odds
from evaluation.change.paired import mean_change
from evaluation.change.ranks import change_checks, rank_change
from evaluation.change.standardised import _sizes_of, ceiling, effect_sizes
from evaluation.change.waves import wave_contrasts, wave_means
from evaluation.stats.cluster_choice import cluster_inference
from evaluation.stats.effect_size import d_average, d_rm, d_z, probability_of_superiority
from evaluation.vocabulary.errors import EstimationError

WAVES = {"before": "w1", "after": "w3"}


def programme(seed=1, firms=12, size=6, change=0.5, between=0.3, per_hour=0.0) -> pd.DataFrame:
    """Scores of people in organisations, with hours that may move them."""
    rng = np.random.default_rng(seed)
    firm = np.repeat(np.arange(firms), size)
    person = np.arange(firm.size)
    first = 3 + rng.normal(0, 0.4, firms)[firm] + rng.normal(0, 0.7, firm.size)
    hours = rng.uniform(0, 40, firm.size)
    moved = change + rng.normal(0, between, firms)[firm] + per_hour * hours + rng.normal(0, 0.6, firm.size)
    fixed = {"person": person, "organisation": [f"f{i}" for i in firm], "hours": hours}
    waves = [
        pd.DataFrame({**fixed, "wave": w, "value": v}) for w, v in (("w1", first), ("w3", first + moved))
    ]
    return pd.concat(waves, ignore_index=True)


def steps(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(value=table["value"].round().clip(1, 5))


def test_rose_stayed_and_fell_are_everybody():
    found = share_improved(steps(programme()), **WAVES).table.set_index("term")
    assert found["estimate"].sum() == pytest.approx(1)
    assert (found["k"] == found["estimate"] * found["n"]).all()
    assert (found["conf_low"] < found["estimate"]).all() and (found["estimate"] < found["conf_high"]).all()
    net = ordinal_change(steps(programme()), **WAVES).table.iloc[0]
    assert net["estimate"] == pytest.approx(found.loc["rose", "estimate"] - found.loc["fell", "estimate"])


def test_few_organisations_have_shares_without_interval():
    found = share_improved(steps(programme(firms=4)), **WAVES).table
    assert found["estimate"].notna().all() and found["conf_low"].isna().all()
    assert set(found["method"]) == {"too_few_clusters"}


def test_a_change_of_yes_is_the_mean_change_of_zeros_and_ones():
    table = programme()
    table = table.assign(value=(table["value"] > 3.2).astype(float))
    row, mean = (f(table, **WAVES).table.iloc[0] for f in (binary_change, mean_change))
    for name in ("estimate", "conf_low", "conf_high", "p_value", "df", "mean_before"):
        assert row[name] == pytest.approx(mean[name])


def test_independent_yes_and_no_is_mcnemar():
    first, later = [0] * 9 + [1] * 11, [1] * 7 + [0] * 2 + [0] + [1] * 10
    waves = [
        pd.DataFrame({"person": range(20), "wave": w, "value": v}) for w, v in (("w1", first), ("w3", later))
    ]
    row = binary_change(pd.concat(waves), **WAVES, cluster=None).table.iloc[0]
    exact = 2 * stats.binom.cdf(1, 8, 0.5)
    assert row["p_value"] == pytest.approx(exact - stats.binom.pmf(1, 8, 0.5))
    assert (row["estimate"], row["k"], row["method"]) == (pytest.approx(0.3), 7, "mcnemar")


def test_answers_that_are_not_yes_or_no_are_refused():
    with pytest.raises(EstimationError, match="neither 0 nor 1"):
        binary_change(programme(), **WAVES)


def test_odds_rise_with_the_scores():
    table = steps(programme(change=0.8))
    row = ordinal_odds(table, **WAVES).table.iloc[0]
    assert row["conf_low"] > 1
    assert ordinal_odds(table, before="w3", after="w1").table["estimate"].iloc[0] == pytest.approx(
        1 / row["estimate"], rel=1e-4
    )


def test_equal_answers_have_no_odds():
    row = ordinal_odds(programme().assign(value=3.0), **WAVES).table.iloc[0]
    assert np.isnan(row["estimate"]) and row["n"] == 144


def test_two_categories_are_mcnemar_without_correction():
    table = programme()
    table = table.assign(value=(table["value"] > 3.2).astype(float))
    found = marginal_homogeneity(table, **WAVES).table
    assert found["statistic"].iloc[0] == pytest.approx(found["statistic"].iloc[1])
    assert found["df"].tolist() == [1, 1]


def test_ranks_of_organisations_are_those_of_their_means():
    table = programme()
    wide = table.pivot_table(index=["organisation", "person"], columns="wave", values="value")
    means = (wide["w3"] - wide["w1"]).groupby("organisation").mean()
    found = rank_change(table, **WAVES).table.set_index("term")
    assert found.loc["signed_rank", "p_value"] == pytest.approx(stats.wilcoxon(means).pvalue)
    assert found.loc["sign_test", "estimate"] == pytest.approx(means.median())
    assert found.loc["sign_flip", "estimate"] == pytest.approx((wide["w3"] - wide["w1"]).mean())
    assert set(found["n"]) == {72} and set(found["n_groups"]) == {12}


def test_too_few_organisations_have_no_other_ways():
    found = change_checks(programme(firms=4), **WAVES).table
    assert found[["estimate", "conf_low", "p_value"]].isna().all().all()


def test_all_ways_find_a_large_change():
    found = change_checks(programme(change=1.0), **WAVES).table.set_index("term")
    assert list(found.index) == [
        "signed_rank", "sign_test", "trimmed", "sign_flip", "wild", "group_means", "mixed_model",
    ]  # fmt: skip
    assert (found["p_value"] < 0.05).all()
    assert ((found["estimate"] - 1).abs() < 0.35).all()


def test_with_nobody_missing_the_model_is_the_clustered_change():
    table = programme(firms=20)
    row, mean = (
        wave_contrasts(table, waves=["w1", "w3"]).table.iloc[0],
        mean_change(table, **WAVES).table.iloc[0],
    )
    assert row["estimate"] == pytest.approx(mean["estimate"])
    assert row[["conf_low", "conf_high", "df"]].tolist() == pytest.approx(
        mean[["conf_low", "conf_high", "df"]].tolist()
    )
    assert row["method"] == "cr2_satterthwaite"


def test_those_who_left_are_like_those_who_began_as_they_did():
    """Only those with high answers stay; the change of everyone falls with the answer before."""
    rng = np.random.default_rng(2)
    before = rng.normal(size=4000)
    after = 1 + 0.5 * before + 0.5 * rng.normal(size=4000)
    after[before < 0] = np.where(rng.random((before < 0).sum()) < 0.8, np.nan, after[before < 0])
    sides = {"w1": before, "w2": after}
    people = [
        pd.DataFrame({"person": range(4000), "organisation": np.arange(4000) % 40, "wave": wave, "value": y})
        for wave, y in sides.items()
    ]
    found = wave_contrasts(pd.concat(people), waves=["w1", "w2"]).table.iloc[0]
    assert found["estimate"] == pytest.approx(1.0, abs=0.04)
    assert found["n"] == 4000
    kept = ~np.isnan(after)
    assert (after - before)[kept].mean() < 0.85


def test_where_nobody_answered_twice_nothing_is_made_up():
    table = pd.DataFrame({"person": range(20), "wave": ["w1", "w2"] * 10, "value": np.arange(20.0) % 5})
    found = wave_contrasts(table, waves=["w1", "w2"], cluster=None).table.iloc[0]
    assert np.isnan(found["estimate"]) and found["n"] == 0


def test_three_waves_have_three_contrasts_that_add_up():
    table = programme()
    middle = table[table["wave"] == "w1"].assign(wave="w2", value=lambda rows: rows["value"] + 0.2)
    noise = np.random.default_rng(3).normal(0, 0.4, len(middle))
    table = pd.concat([table, middle.assign(value=middle["value"] + noise)], ignore_index=True)
    found = wave_contrasts(table, waves=["w1", "w2", "w3"]).table
    assert found["contrast"].tolist() == ["w2 - w1", "w3 - w2", "w3 - w1"]
    assert found["estimate"].iloc[:2].sum() == pytest.approx(found["estimate"].iloc[2])
    means = wave_means(table, waves=["w1", "w2", "w3"]).table
    assert means["estimate"].diff().dropna().tolist() == pytest.approx(found["estimate"].iloc[:2].tolist())


def test_a_wave_nobody_answered_is_named():
    with pytest.raises(EstimationError, match="Nobody answered in the wave w9"):
        wave_contrasts(programme(), waves=["w1", "w9"])


def test_hours_that_move_scores_are_found_within_and_between():
    found = dose_response(programme(firms=30, per_hour=0.03, between=0.05), **WAVES).table.set_index("term")
    assert found.loc[["dose_all", "dose_within"], "estimate"].tolist() == pytest.approx([0.3, 0.3], abs=0.1)
    assert found.loc["dose_within", "conf_low"] > 0
    assert (found["conf_low"] < 0.3).all() and (found["conf_high"] > 0.3).all()


def test_a_difference_between_organisations_is_no_difference_between_colleagues():
    """Hours belong to the organisation, and so does the change: colleagues with more hours change no more."""
    table = programme(firms=30, change=0, between=0)
    own = table.groupby("organisation")["hours"].transform("mean")
    moved = table.assign(value=table["value"] + (table["wave"] == "w3") * 0.1 * (own - 20))
    found = dose_response(moved, **WAVES).table.set_index("term")
    assert found.loc["dose_between", "estimate"] == pytest.approx(1.0, abs=0.3)
    assert found.loc["dose_within", "conf_low"] < 0 < found.loc["dose_within", "conf_high"]


def test_equal_hours_have_no_slope():
    found = dose_response(programme().assign(hours=8.0), **WAVES).table
    assert found["estimate"].isna().all()


def test_moments_give_the_effect_sizes_of_the_kernels():
    table = programme()
    wide = table.pivot_table(index="person", columns="wave", values="value")
    first, later = wide["w1"].to_numpy(), wide["w3"].to_numpy()
    found = effect_sizes(table, **WAVES).table.set_index("term")["estimate"]
    for term, kernel in (("d_average", d_average), ("d_rm", d_rm), ("d_z", d_z)):
        assert found[term] == pytest.approx(kernel(first, later).estimate)
    won = np.where(later > first, 1.0, np.where(later == first, 0.5, 0.0))
    columns = np.column_stack([first, later, first**2, later**2, first * later, won])
    sizes = [found["d_average"], found["g_average"], found["d_rm"], found["d_z"], found["superiority"]]
    assert _sizes_of(columns.mean(axis=0), 72).tolist() == pytest.approx(sizes)
    assert found["superiority"] == pytest.approx(probability_of_superiority(first, later).estimate)


@pytest.mark.parametrize(("firms", "known"), [(7, False), (8, True), (24, True)])
def test_effect_sizes_have_intervals_from_eight_organisations(firms, known):
    found = effect_sizes(programme(firms=firms), **WAVES).table.set_index("term")
    assert found.loc["g_average", ["conf_low", "conf_high"]].notna().all() == known
    assert np.isnan(found.loc["rank_biserial", "conf_low"])


@pytest.mark.parametrize(("wanted", "best", "k"), [("increase", 5.0, 1), ("decrease", 1.0, 2)])
def test_who_is_at_the_best_value_has_no_room(wanted, best, k):
    table = pd.DataFrame(
        {"person": list(range(4)) * 2, "wave": ["w1"] * 4 + ["w3"] * 4, "value": [1, 1, 3, 5] * 2}
    )
    row = ceiling(table, **WAVES, best=best, wanted=wanted).table.iloc[0]
    assert (row["k"], row["headroom"]) == (k, 2.5 if wanted == "increase" else 1.5)


def test_values_beyond_the_best_are_refused():
    with pytest.raises(EstimationError, match="better than the best"):
        ceiling(programme(), **WAVES, best=1)


@pytest.mark.slow
def test_few_organisations_seldom_find_a_change_that_is_not_there():
    """Six organisations, no change: the chosen interval misses zero in about 5 of 100 programmes."""
    rng = np.random.default_rng(5)
    missed = 0
    for _ in range(400):
        firm = np.repeat(np.arange(6), 8)
        y = rng.normal(0, 0.4, 6)[firm] + rng.normal(0, 1, firm.size)
        found = cluster_inference(y, np.ones((48, 1)), firm, [1.0], draws=999)
        missed += not found.conf_low <= 0 <= found.conf_high
    assert 0.02 < missed / 400 < 0.085  # Monte Carlo error 0.011
