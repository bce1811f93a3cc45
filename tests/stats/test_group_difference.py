"""Difference between two groups."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats as scipy_stats

from evaluation.stats.effect_size import hedges_correction
from evaluation.stats.group_difference import STANDARDISERS, balance, mean_difference, standardised_difference
from evaluation.vocabulary.errors import EstimationError


def some(seed=5, n=14, m=22):
    rng = np.random.default_rng(seed)
    return rng.normal(3.5, 1, n), rng.normal(3, 1.6, m)


@pytest.mark.parametrize(("variances", "equal"), [("separate", False), ("pooled", True)])
def test_the_t_test_agrees_with_scipy(variances, equal):
    group, reference = some()
    found = mean_difference(group, reference, 0.9, variances=variances)
    test = scipy_stats.ttest_ind(group, reference, equal_var=equal)
    interval = test.confidence_interval(0.9)
    assert (found.statistic, found.p_value, found.df) == pytest.approx((test.statistic, test.pvalue, test.df))
    assert (found.conf_low, found.conf_high) == pytest.approx((interval.low, interval.high))
    assert found.estimate == pytest.approx(found.mean - found.mean_reference)


def test_the_difference_is_group_minus_reference():
    found, turned = mean_difference(*some()), mean_difference(*reversed(some()))
    assert found.estimate == -turned.estimate
    assert found.conf_low == pytest.approx(-turned.conf_high)


def test_without_spread_there_is_no_test():
    found = mean_difference([1.0, 1.0], [3.0, 3.0, 3.0])
    assert (found.estimate, found.std_error) == (-2.0, 0.0)
    assert math.isnan(found.statistic) and math.isnan(found.p_value) and math.isnan(found.conf_low)
    assert math.isnan(standardised_difference([1.0, 1.0], [3.0, 3.0]).estimate)


def test_one_flat_group_is_enough_spread():
    found = mean_difference([1.0, 1.0, 1.0], [3.0, 4.0, 5.0])
    assert found.df == pytest.approx(2)
    assert math.isfinite(found.p_value)


def test_d_by_hand():
    group, reference = some()
    n, m = group.size, reference.size
    pooled = math.sqrt(((n - 1) * group.var(ddof=1) + (m - 1) * reference.var(ddof=1)) / (n + m - 2))
    found = standardised_difference(group, reference)
    assert found.estimate == pytest.approx((group.mean() - reference.mean()) / pooled)
    corrected = standardised_difference(group, reference, corrected=True)
    assert corrected.estimate == pytest.approx(found.estimate * hedges_correction(n + m - 2))
    delta = standardised_difference(group, reference, standardiser="reference")
    assert delta.estimate == pytest.approx((group.mean() - reference.mean()) / reference.std(ddof=1))


@pytest.mark.parametrize("standardiser", sorted(STANDARDISERS))
@given(shift=st.floats(-10, 10), factor=st.floats(0.1, 10))
def test_the_unit_does_not_matter(standardiser, shift, factor):
    group, reference = some()
    plain = standardised_difference(group, reference, standardiser=standardiser)
    scaled = standardised_difference(
        shift + factor * group, shift + factor * reference, standardiser=standardiser
    )
    assert scaled.estimate == pytest.approx(plain.estimate, rel=1e-9)
    assert scaled.conf_low == pytest.approx(plain.conf_low, rel=1e-9, abs=1e-9)
    assert plain.conf_low < plain.estimate < plain.conf_high


def test_a_flat_reference_has_no_delta():
    assert math.isnan(standardised_difference([1.0, 2.0, 4.0], [3.0, 3.0], standardiser="reference").estimate)


def test_the_intervals_cover_the_true_difference():
    """Known truth: d 0.6 with 20 and 30 people. 400 samples, Monte Carlo standard error 0.011."""
    rng = np.random.default_rng(21)
    inside = 0
    for _ in range(400):
        found = standardised_difference(rng.normal(0.6, 1, 20), rng.normal(0, 1, 30))
        inside += found.conf_low <= 0.6 <= found.conf_high
    assert inside / 400 == pytest.approx(0.95, abs=0.035)


def test_balance_of_a_yes_no_characteristic():
    found = balance([1, 1, 0, 1], [0, 1, 0, 0, 0])
    assert found.estimate == pytest.approx((0.75 - 0.2) / math.sqrt((0.75 * 0.25 + 0.2 * 0.8) / 2))
    assert math.isnan(found.variance_ratio)
    assert found.largest_gap == pytest.approx(0.55)


def test_balance_of_a_scale():
    group, reference = some()
    found = balance(group, reference)
    assert found.variance_ratio == pytest.approx(group.var(ddof=1) / reference.var(ddof=1))
    assert found.largest_gap == pytest.approx(scipy_stats.ks_2samp(group, reference).statistic)
    assert found.estimate == pytest.approx(
        standardised_difference(group, reference, standardiser="average_variance").estimate
    )


def test_balance_without_spread():
    found = balance([2.0, 2.0], [2.0, 2.0])
    assert math.isnan(found.estimate) and math.isnan(found.variance_ratio)
    assert found.largest_gap == 0
    assert math.isnan(balance([1, 1], [1, 1]).estimate)


@pytest.mark.parametrize("function", [mean_difference, standardised_difference, balance])
def test_two_people_in_each_group_are_needed(function):
    with pytest.raises(EstimationError, match="found 1 and 2"):
        function([1.0], [1.0, 2.0])
    with pytest.raises(EstimationError, match="The reference group has 1 values that are missing"):
        function([1.0, 2.0], [1.0, math.nan])


def test_unknown_choices_are_refused():
    with pytest.raises(EstimationError, match="treatment of variances"):
        mean_difference(*some(), variances="equal")
    with pytest.raises(EstimationError, match="no standardiser"):
        balance(*some(), standardiser="treated")
