"""Effects by start and period: growth instead of differences, cells, and what is missing."""

import numpy as np
import pytest
from scipy import stats

from evaluation.stats.group_time import average_effect, effect_by_length, group_time_effects
from evaluation.stats.stratified_mean import stratified_inference
from evaluation.vocabulary.errors import EstimationError

START = np.repeat([3, 0], [12, 20])


def outcomes(seed=1):
    return np.random.default_rng(seed).normal(5, 1, (32, 4))


def test_a_unit_without_a_value_is_left_out_of_the_effects_that_need_it():
    values = outcomes()
    values[0, 3] = np.nan
    found = group_time_effects(values, START, [1, 2, 3, 4])
    without = group_time_effects(values[1:], START[1:], [1, 2, 3, 4])
    at = (found.group == 3) & (found.period == 4)
    assert found.estimate[at] == pytest.approx(without.estimate[at])
    assert found.std_error[at] == pytest.approx(without.std_error[at])
    assert found.used[:, at].sum() == 31
    assert found.used[:, found.period == 3].sum() == 32


def test_the_mean_of_the_others_has_the_mix_of_cells_of_the_group():
    cell = np.r_[np.repeat([0, 1], [9, 3]), np.repeat([0, 1], 10)]
    values = outcomes()
    found = group_time_effects(values, START, [1, 2, 3, 4], cell=cell)
    change = values[:, 2] - values[:, 1]
    never = [change[(START == 0) & (cell == one)].mean() for one in (0, 1)]
    at = found.period == 3
    assert found.mean_never[at] == pytest.approx((9 * never[0] + 3 * never[1]) / 12)
    assert found.estimate[at] == pytest.approx(change[:12].mean() - found.mean_never[at])


def test_a_shift_of_a_whole_cell_changes_nothing():
    cell = np.r_[np.repeat([0, 1], 6), np.repeat([0, 1], 10)]
    values = outcomes()
    moved = values + np.arange(4) * 0.7 * cell[:, None]
    plain, shifted = (group_time_effects(one, START, [1, 2, 3, 4], cell=cell) for one in (values, moved))
    assert shifted.estimate == pytest.approx(plain.estimate)
    assert shifted.influence == pytest.approx(plain.influence)


def test_a_cell_without_two_never_treated_is_left_out():
    cell = np.r_[np.repeat([0, 1], [11, 1]), np.zeros(19), 1]
    found = group_time_effects(outcomes(), START, [1, 2, 3, 4], cell=cell)
    assert not found.used[[11, 31]].any()


def test_a_fixed_base_is_zero_in_the_last_period_before_the_start():
    found = group_time_effects(outcomes(), START, [1, 2, 3, 4], fixed_base=True)
    assert found.period.tolist() == [1, 2, 3, 4]
    assert found.mean[1] == found.mean_never[1] == 0


def test_growth_may_be_computed_in_another_way():
    values = np.exp(outcomes())
    found = group_time_effects(
        values, START, [1, 2, 3, 4], change=lambda before, after: np.log(after / before)
    )
    plain = group_time_effects(np.log(values), START, [1, 2, 3, 4])
    assert found.estimate == pytest.approx(plain.estimate)


def test_lengths_without_any_effect_are_not_listed():
    values = outcomes()
    values[:12, 3] = np.nan
    assert list(effect_by_length(group_time_effects(values, START, [1, 2, 3, 4]))) == [-1, 0]


def test_other_shapes_are_refused():
    with pytest.raises(EstimationError, match="missing or not"):
        group_time_effects(outcomes(), START, [1, 2, 3])


def test_without_cells_the_interval_is_that_of_welch():
    values = outcomes()[:, 1:3]
    found = group_time_effects(values, START, [2, 3])
    part = average_effect(found)
    told = stratified_inference(part.estimate, part.influence, START)
    change = values[:, 1] - values[:, 0]
    welch = stats.ttest_ind(change[:12], change[12:], equal_var=False)
    interval = welch.confidence_interval(0.95)
    assert told.p_value == pytest.approx(welch.pvalue)
    assert (told.conf_low, told.conf_high) == pytest.approx((interval.low, interval.high))
    assert told.df == pytest.approx(welch.df)


def test_nothing_that_differs_has_no_interval():
    told = stratified_inference(0.0, [0.0, 0.0, 0.0, 0.0], [1, 1, 0, 0])
    assert np.isnan(told.conf_low)
    assert np.isnan(told.p_value)


def test_the_interval_with_cells_holds_the_truth_about_as_often_as_it_says():
    """Of 300 intervals at 95 per cent, 270 to 299 hold the truth (four Monte Carlo standard errors)."""
    rng, held = np.random.default_rng(5), 0
    start = np.repeat([2, 0], [10, 24])
    cell = np.r_[np.repeat([0, 1], 5), np.repeat([0, 1], 12)]
    for _ in range(300):
        before = rng.normal(0, 1, 34)
        after = before + 0.5 * (start > 0) + 0.8 * cell + rng.normal(0, 1, 34) * np.where(start > 0, 2.0, 1.0)
        part = average_effect(group_time_effects(np.column_stack([before, after]), start, [1, 2], cell=cell))
        told = stratified_inference(part.estimate, part.influence, np.where(start > 0, 2, -1 - cell))
        held += told.conf_low <= 0.5 <= told.conf_high
    assert 270 <= held <= 299
