"""Plans keep what they promise: planned power against simulated power, and chances against counting."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.planning.change import detectable_change, planned_power
from evaluation.planning.target import answers_for_verdict, verdict_chances
from evaluation.stats.cluster import cluster_fit, satterthwaite_df
from evaluation.stats.cluster_choice import mean_inference
from evaluation.stats.planned import planned_change
from evaluation.stats.power import design_effect
from evaluation.stats.power_share import exact_power, paired_share_power
from evaluation.stats.verdict_chance import n_for_verdict, verdict_chance
from evaluation.vocabulary.errors import EstimationError

SIZES = np.repeat([1, 2, 3, 4, 6, 8, 10, 12, 15, 19], 3)


def test_power_and_detectable_change_are_each_others_inverse():
    design = {"sd": 0.8, "correlation": 0.6, "icc": 0.1, "attrition": 0.2, "linkage_loss": 0.1}
    found = detectable_change(SIZES, **design).table.iloc[0]
    power = planned_power(SIZES, change=found["estimate"], **design).table.iloc[0]
    assert power["estimate"] == pytest.approx(0.8, abs=1e-9)
    assert power["n"] == found["n"] == round(SIZES.sum() * 0.72)


@pytest.mark.slow
@pytest.mark.parametrize("kept", [1.0, 0.7])
def test_simulated_power_is_within_two_points_of_the_planned(kept):
    plan = planned_change(SIZES, sd=0.8, correlation=0.6, icc=0.1, kept=kept)
    rng, company, hits, draws = np.random.default_rng(7), np.repeat(np.arange(SIZES.size), SIZES), 0, 4000
    for _ in range(draws):
        own = np.sqrt(0.1) * rng.normal(size=SIZES.size)[company] + np.sqrt(0.9) * rng.normal(
            size=company.size
        )
        there = rng.random(company.size) < kept
        change = plan.detectable + plan.sd_change * own
        hits += mean_inference(change[there], company[there]).p_value < 0.05
    assert hits / draws == pytest.approx(0.8, abs=0.02)


def test_the_degrees_of_freedom_are_those_of_the_mean():
    company = np.repeat(np.arange(SIZES.size), SIZES)
    fit = cluster_fit(np.arange(company.size, dtype=float), np.ones((company.size, 1)), company)
    assert design_effect(SIZES, 0.1).df == pytest.approx(satterthwaite_df(fit, [1.0]))


@given(st.lists(st.integers(1, 30), min_size=2, max_size=20), st.floats(0, 0.9))
def test_unequal_sizes_never_help(sizes, icc):
    found = design_effect(sizes, icc)
    assert found.unequal >= found.equal - 1e-9
    assert 1 - 1e-9 <= found.n_effective <= found.n + 1e-9


@settings(max_examples=30)
@given(st.integers(5, 60), st.floats(0.3, 1.0), st.floats(0, 1), st.data())
def test_certain_verdicts_are_rarer_than_likely_ones_and_never_wrong(n_total, target, share, data):
    n = data.draw(st.integers(1, n_total))
    found = verdict_chance(n, n_total, target, share)
    assert found.reached <= found.likely_reached + 1e-9
    assert found.not_reached <= found.likely_not_reached + 1e-9
    true = round(share * n_total) / n_total >= target - 1e-12
    assert (found.not_reached if true else found.reached) == 0


def test_a_verdict_chance_is_what_counting_gives():
    everyone = [1] * 4 + [0] * 2
    picks = [sum(pair) for pair in product(everyone, repeat=1)]
    assert verdict_chance(1, 6, 1 / 6, 4 / 6).reached == pytest.approx(np.mean(np.array(picks) >= 1))


def test_everybody_answering_settles_every_verdict():
    for share in (0.0, 0.5, 0.69, 0.71, 1.0):
        found = verdict_chances(191, n=191, target=0.7, share=share).table["estimate"].to_numpy()
        assert found[:2].sum() == pytest.approx(1)
        assert 1 <= n_for_verdict(191, 0.7, share) <= 191


def test_answers_for_a_verdict_fall_as_the_share_leaves_the_target():
    rows = answers_for_verdict(191, target=0.7, shares=[0.72, 0.8, 0.95]).table
    for _, own in rows.groupby("term"):
        assert np.all(np.diff(own["estimate"]) < 0)
    assert (
        rows.pivot_table(index="mean_share", columns="term", values="estimate")
        .eval("for_certain > for_likely")
        .all()
    )


def test_exact_tests_keep_their_level():
    assert all(exact_power(n, 0.7, 0.8).size <= 0.05 for n in range(5, 200, 7))
    found = paired_share_power(0.25, 0.12, 80)
    assert found.exact <= found.mid_p


@pytest.mark.parametrize("wrong", [{"sd": 0.0}, {"correlation": 1.0}, {"icc": 1.5}, {"attrition": 1.0}])
def test_impossible_designs_are_refused(wrong):
    with pytest.raises(EstimationError):
        detectable_change(SIZES, **({"sd": 0.8, "correlation": 0.6, "icc": 0.1} | wrong))
