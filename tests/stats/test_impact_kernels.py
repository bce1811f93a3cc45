"""Comparisons, hidden bias and planning: closed forms, limits, double robustness and refusals."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.stats.doubly_robust import augmented_weighting, robust_change
from evaluation.stats.fixed_effects import fixed_effects
from evaluation.stats.group_time import average_effect, group_time_effects
from evaluation.stats.hidden_bias import e_value, rosenbaum_bounds, tolerated_bias
from evaluation.stats.meta_analysis import BETWEEN, meta_analysis
from evaluation.stats.omitted_variable import robustness_value
from evaluation.stats.propensity import effective_n, entropy_balance, matched_pairs, weighted_difference
from evaluation.stats.randomisation import randomisation_test
from evaluation.stats.regression_to_mean import trend_bounds
from evaluation.vocabulary.errors import EstimationError

RNG = np.random.default_rng(11)
N = 4000


def population(score, outcome):
    """Return outcome, treatment and x of many people, with a true effect of 1 for everybody."""
    rng = np.random.default_rng(5)
    x = rng.normal(size=N)
    took = (rng.random(N) < 1 / (1 + np.exp(-score(x)))).astype(float)
    return outcome(x) + took + rng.normal(size=N), took, np.column_stack([np.ones(N), x])


@pytest.mark.parametrize(
    ("score", "outcome"),
    [(lambda x: x, lambda x: x**2 + x), (lambda x: x**2 - 1, lambda x: 2 * x)],
    ids=["right score, wrong outcome", "wrong score, right outcome"],
)
def test_one_right_model_is_enough(score, outcome):
    y, took, x = population(score, outcome)
    naive = y[took == 1].mean() - y[took == 0].mean()
    found = robust_change(y, took, x).doubly_robust
    also = augmented_weighting(y, took, x).treated
    assert abs(found.estimate - 1) < 4 * found.std_error()
    assert abs(also.estimate - 1) < 4 * also.std_error()
    assert abs(found.influence.mean()) < 1e-9
    if outcome(2) == 6:
        assert abs(naive - 1) > 0.3


@settings(max_examples=25)
@given(st.integers(0, 10_000))
def test_balanced_weights_have_the_means_of_those_who_took_part(seed):
    rng = np.random.default_rng(seed)
    x, took = rng.normal(size=(60, 3)), np.repeat([1, 0], [20, 40])
    weights = entropy_balance(x, took)
    np.testing.assert_allclose(
        np.average(x[20:], axis=0, weights=weights[20:]), x[:20].mean(axis=0), atol=1e-7
    )
    assert weights[20:].sum() == pytest.approx(20)
    assert 1 <= effective_n(weights[20:]) <= 40


def test_means_outside_the_comparison_group_cannot_be_balanced():
    with pytest.raises(EstimationError, match="No weights"):
        entropy_balance([[5.0], [6.0], [0.0], [1.0]], [1, 1, 0, 0])


def test_nobody_is_matched_twice_or_beyond_the_caliper():
    chance, took = RNG.random(50), np.repeat([1, 0], [20, 30])
    found = matched_pairs(took, chance)
    assert len(set(found.comparison)) == len(found.comparison) == 20
    near = matched_pairs(took, chance, caliper=0.01)
    assert np.all(np.abs(chance[near.treated] - chance[near.comparison]) <= 0.01)


def test_two_waves_of_one_starting_time_are_the_difference_in_differences():
    before, took = RNG.normal(size=30), np.repeat([1.0, 0.0], 15)
    after = before + took + RNG.normal(size=30)
    found = group_time_effects(np.column_stack([before, after]), 2 * took, [1, 2])
    gains = weighted_difference(after - before, took, np.ones(30))
    stacked = np.column_stack([np.tile([0.0, 1.0], 30), np.repeat(took, 2) * np.tile([0.0, 1.0], 30)])
    panel = fixed_effects(np.column_stack([before, after]).ravel(), stacked, np.repeat(np.arange(30), 2))
    assert average_effect(found).estimate == pytest.approx(gains)
    assert panel.coefficients[1] == pytest.approx(gains)


def test_the_randomisation_test_is_exact_and_counts_every_draw():
    y, company = RNG.normal(size=8), np.arange(8)
    p_values = []
    for chosen in combinations(range(8), 3):
        took = np.isin(company, chosen).astype(float)
        p_values.append(randomisation_test(y, took, company).p_value)
    ordered = np.sort(p_values)
    assert np.all(np.mean(ordered[:, None] <= ordered, axis=0) <= ordered + 1e-12)
    with pytest.raises(EstimationError, match="on both sides"):
        randomisation_test(y, [1, 0, 0, 0, 1, 1, 0, 0], list("aabbccdd"))


@given(st.floats(1.01, 50), st.floats(0.05, 1.5))
def test_an_e_value_is_the_same_upside_down_and_one_when_chance_suffices(ratio, width):
    low, high = ratio * np.exp(-width), ratio * np.exp(width)
    found, turned = e_value(ratio, low, high), e_value(1 / ratio, 1 / high, 1 / low)
    assert found.estimate == pytest.approx(turned.estimate)
    assert found.limit == pytest.approx(turned.limit)
    assert found.estimate >= ratio
    assert (found.limit == 1) == (low <= 1)


def test_bounds_widen_with_hidden_bias_and_meet_without():
    gains = RNG.normal(0.6, 1, size=60)
    found = [rosenbaum_bounds(gains, gamma) for gamma in (1.0, 1.5, 2.0, 4.0)]
    assert found[0].p_upper == pytest.approx(found[0].p_lower)
    assert np.all(np.diff([one.p_upper for one in found]) > 0)
    assert rosenbaum_bounds(gains, tolerated_bias(gains)).p_upper == pytest.approx(0.05)
    assert tolerated_bias(-gains) == 1


@given(st.floats(0.01, 20), st.integers(5, 500))
def test_robustness_values_are_shares_and_the_one_of_the_limit_is_smaller(t, df):
    found = robustness_value(t, 1.0, df)
    assert 0 <= found.value_significance <= found.value <= 1


@settings(max_examples=30)
@given(st.integers(0, 10_000))
def test_every_mean_lies_among_the_estimates_and_none_depends_on_the_origin(seed):
    rng = np.random.default_rng(seed)
    y, v = rng.normal(size=6), rng.uniform(0.05, 0.5, size=6)
    for between in BETWEEN:
        found, moved = meta_analysis(y, v, between=between), meta_analysis(y + 3, v, between=between)
        assert y.min() <= found.estimate <= y.max()
        assert moved.estimate == pytest.approx(found.estimate + 3)
        assert moved.tau2 == pytest.approx(found.tau2, abs=1e-7)
        assert found.predicted_low <= found.conf_low


def test_an_interval_just_touches_zero_at_the_breakdown():
    for sign in (1, -1):
        low, high = sorted((sign * 0.2, sign * 0.8))
        found = trend_bounds(sign * 0.5, low, high, trend_bounds(sign * 0.5, low, high, 0).breakdown)
        assert min(abs(found.conf_low), abs(found.conf_high)) == pytest.approx(0)
