"""Shares among everyone registered, targets, and two groups."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats as scipy_stats

from evaluation.stats.proportion import (
    hypergeometric,
    needed_positive,
    newcombe,
    response_bounds,
    tipping_share,
    wilson,
)
from evaluation.vocabulary.errors import EstimationError

# Every number of positive answers, answers and registered up to 60.
ALL = np.array([(k, n, total) for total in range(1, 61) for n in range(total + 1) for k in range(n + 1)]).T


@st.composite
def register(draw, largest=2000):
    total = draw(st.integers(1, largest))
    n = draw(st.integers(0, total))
    return draw(st.integers(0, n)), n, total


@pytest.mark.parametrize("conf_level", [0.05, 0.5, 0.8, 0.9, 0.95, 0.999])
def test_the_interval_never_leaves_what_is_possible(conf_level):
    found, bounds = hypergeometric(*ALL, conf_level), response_bounds(*ALL)
    answered = ALL[1] > 0
    assert np.all(bounds.bound_low <= found.conf_low)
    assert np.all(found.conf_low[answered] <= found.estimate[answered])
    assert np.all(found.estimate[answered] <= found.conf_high[answered])
    assert np.all(found.conf_high <= bounds.bound_high)


def test_everyone_answered_is_a_census():
    everyone = ALL[:, ALL[1] == ALL[2]]
    found = hypergeometric(*everyone)
    np.testing.assert_array_equal(found.conf_low, found.estimate)
    np.testing.assert_array_equal(found.conf_high, found.estimate)


def test_nobody_answered_leaves_everything_possible():
    found = hypergeometric(0, 0, 7)
    assert math.isnan(found.estimate)
    assert (found.conf_low, found.conf_high) == (0.0, 1.0)


def test_the_interval_is_the_totals_that_no_test_rejects():
    for k, n, total in ALL[:, ALL[2] == 23].T:
        kept = [
            positives
            for positives in range(k, total - n + k + 1)
            if scipy_stats.hypergeom.sf(k - 1, total, positives, n) > 0.025
            and scipy_stats.hypergeom.cdf(k, total, positives, n) > 0.025
        ]
        found = hypergeometric(k, n, total)
        assert (found.conf_low * total, found.conf_high * total) == pytest.approx((kept[0], kept[-1]))


@given(register(), st.sampled_from([0.8, 0.95]))
def test_yes_and_no_mirror_each_other(counts, conf_level):
    k, n, total = counts
    yes, no = hypergeometric(k, n, total, conf_level), hypergeometric(n - k, n, total, conf_level)
    assert round(yes.conf_low * total) == total - round(no.conf_high * total)
    assert round(yes.conf_high * total) == total - round(no.conf_low * total)


@given(register(largest=300))
def test_limits_do_not_fall_with_more_positive_answers(counts):
    _, n, total = counts
    found = hypergeometric(np.arange(n + 1), n, total)
    assert np.all(np.diff(found.conf_low) >= 0)
    assert np.all(np.diff(found.conf_high) >= 0)


def test_it_covers_at_every_true_total():
    total, n = 60, 20
    k = np.arange(n + 1)
    found = hypergeometric(k, n, total)
    for positives in range(total + 1):
        inside = (found.conf_low * total <= positives + 1e-9) & (positives - 1e-9 <= found.conf_high * total)
        assert scipy_stats.hypergeom.pmf(k, total, positives, n)[inside].sum() >= 0.95


def test_it_is_close_to_the_exact_interval_in_a_large_register():
    assert hypergeometric(24, 30, 1_000_000).conf_low == pytest.approx(0.6143334890033928, abs=2e-5)


@pytest.mark.parametrize(
    ("k", "n", "total"), [(350_000, 500_000, 1_000_000), (0, 999_999, 1_000_000), (1, 1, 1_000_000)]
)
def test_a_register_of_a_million_is_quick_and_within_its_bounds(k, n, total):
    found, bounds = hypergeometric(k, n, total), response_bounds(k, n, total)
    assert bounds.bound_low <= found.conf_low <= found.estimate <= found.conf_high <= bounds.bound_high


def test_the_worked_example_of_thirty_firms():
    found, bounds = hypergeometric(21, 27, 30), response_bounds(21, 27, 30)
    assert (bounds.bound_low, bounds.bound_high) == (0.7, 0.8)
    assert (round(found.conf_low, 2), round(found.conf_high, 2)) == (0.73, 0.8)
    assert hypergeometric(18, 24, 30).conf_low == pytest.approx(20 / 30)


@given(register())
def test_the_bounds_hold_whatever_the_silent_say(counts):
    k, n, total = counts
    bounds = response_bounds(k, n, total)
    for yes in {0, (total - n) // 2, total - n}:
        assert bounds.bound_low <= (k + yes) / total <= bounds.bound_high
    assert bounds.bound_high - bounds.bound_low == pytest.approx((total - n) / total)


@pytest.mark.parametrize(
    ("total", "target", "needed"),
    [
        (30, 0.7, 21),
        (29, 0.7, 21),
        (10, 0.7, 7),
        (100, 0.07, 7),
        (100, 0.29, 29),
        (10, 0.1 + 0.2, 3),
        (3, 1 / 3, 1),
        (3, 2 / 3, 2),
        (1_000_000, 0.7, 700_000),
        (30, 1, 30),
        (0, 0.7, 0),
    ],
)
def test_needed_positive_is_not_misled_by_floats(total, target, needed):
    assert needed_positive(total, target) == needed


def test_needed_positive_of_every_percentage_and_size():
    totals = np.arange(1, 301)
    for percent in range(1, 101):
        exact = [-(-(Fraction(percent, 100) * int(total)) // 1) for total in totals]
        np.testing.assert_array_equal(needed_positive(totals, percent / 100), exact)


@pytest.mark.parametrize("target", [0, -0.1, 1.01, 70, math.nan])
def test_a_target_is_a_share(target):
    with pytest.raises(EstimationError, match=r"Write 70 of 100 as 0\.70"):
        needed_positive(30, target)


@given(register(), st.integers(1, 100))
def test_the_tipping_share_agrees_with_the_bounds(counts, percent):
    k, n, total = counts
    tipping, needed = tipping_share(k, n, total, percent / 100), needed_positive(total, percent / 100)
    if n == total:
        assert math.isnan(tipping)
    else:
        assert (tipping <= 0) == (k >= needed)
        assert (tipping > 1) == (k + total - n < needed)


def test_the_tipping_share_by_hand():
    assert tipping_share(18, 24, 30, 0.7) == 0.5
    assert tipping_share(21, 27, 30, 0.7) == 0.0
    np.testing.assert_array_equal(tipping_share([30, 0], 30, [30, 31], 0.7), [np.nan, 21.7])


@given(register(50), register(50))
def test_newcombe_turns_with_the_groups(one, two):
    (k, n, _), (m, size, _) = one, two
    found, turned = newcombe(k, n, m, size), newcombe(m, size, k, n)
    if n == 0 or size == 0:
        assert math.isnan(found.estimate) and math.isnan(found.conf_low) and math.isnan(found.conf_high)
    else:
        assert -1 <= found.conf_low <= found.estimate <= found.conf_high <= 1
        assert found.conf_low == pytest.approx(-turned.conf_high)


def test_newcombe_against_nobody_else_is_wilson():
    share = wilson(7, 10)
    found = newcombe(7, 10, 0, 10**9)
    assert found.conf_low == pytest.approx(share.conf_low, abs=1e-6)
    assert found.conf_high == pytest.approx(share.conf_high, abs=1e-6)


def test_newcombe_by_arrays():
    found = newcombe([56, 9], [70, 10], [48, 3], [80, 10])
    # Newcombe (1998), examples (a) and (b), method 10.
    np.testing.assert_allclose(found.conf_low, [0.0524, 0.1705], atol=5e-5)
    np.testing.assert_allclose(found.conf_high, [0.3339, 0.8090], atol=5e-5)
