"""Standardised change, and the chance to be higher later."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from evaluation.stats.effect_size import (
    PAIRED_STANDARDISERS,
    d_average,
    d_rm,
    d_z,
    glass_delta,
    hedges_correction,
    probability_of_superiority,
)
from evaluation.vocabulary.errors import EstimationError

EFFECTS = [d_z, d_average, d_rm, glass_delta]


def some(seed=3, n=30):
    rng = np.random.default_rng(seed)
    person = rng.normal(3, 0.8, n)
    return person + rng.normal(0, 0.5, n), person + rng.normal(0.4, 0.7, n)


def test_by_hand():
    pre, post = some()
    change = post - pre
    r = np.corrcoef(pre, post)[0, 1]
    s1, s2 = pre.std(ddof=1), post.std(ddof=1)
    assert d_z(pre, post).estimate == pytest.approx(change.mean() / change.std(ddof=1))
    assert d_average(pre, post).estimate == pytest.approx(change.mean() / math.sqrt((s1**2 + s2**2) / 2))
    mean_of_sds = d_average(pre, post, standardiser="mean_of_sds").estimate
    assert mean_of_sds == pytest.approx(change.mean() / ((s1 + s2) / 2))
    assert d_rm(pre, post).estimate == pytest.approx(
        change.mean() / change.std(ddof=1) * math.sqrt(2 * (1 - r))
    )
    assert glass_delta(pre, post).estimate == pytest.approx(change.mean() / s1)


@pytest.mark.parametrize("effect", EFFECTS)
def test_turning_the_measurements_turns_d(effect):
    pre, post = some()
    if effect is not glass_delta:
        found, turned = effect(pre, post), effect(post, pre)
        assert found.estimate == pytest.approx(-turned.estimate)
        assert found.conf_low == pytest.approx(-turned.conf_high)
    assert effect(pre, post).conf_low < effect(pre, post).estimate < effect(pre, post).conf_high


@pytest.mark.parametrize("effect", EFFECTS)
@given(shift=st.floats(-10, 10), factor=st.floats(0.1, 10))
def test_the_unit_does_not_matter(effect, shift, factor):
    pre, post = some()
    plain, scaled = effect(pre, post), effect(shift + factor * pre, shift + factor * post)
    assert scaled.estimate == pytest.approx(plain.estimate, rel=1e-9)
    assert scaled.conf_high == pytest.approx(plain.conf_high, rel=1e-9)


@pytest.mark.parametrize("effect", EFFECTS)
def test_the_correction_multiplies_everything(effect):
    pre, post = some(n=8)
    plain, corrected = effect(pre, post), effect(pre, post, corrected=True)
    factor = hedges_correction(7)
    for name in ("estimate", "conf_low", "conf_high"):
        assert getattr(corrected, name) == pytest.approx(factor * getattr(plain, name))
    assert corrected.corrected and not plain.corrected


def test_the_interval_contains_zero_exactly_when_the_t_test_does_not_reject():
    from evaluation.stats.paired import paired_t

    for seed in range(20):
        pre, post = some(seed, 12)
        found = d_z(pre, post)
        assert (found.conf_low > 0 or found.conf_high < 0) == (paired_t(pre, post).p_value < 0.05)


def test_the_intervals_cover_the_true_effect():
    """Known truth: d_z 0.5, average SD 1. 400 samples, Monte Carlo standard error 0.011."""
    rng = np.random.default_rng(20)
    share, n = {"d_z": 0, "d_average": 0}, 25
    for _ in range(400):
        pre = rng.normal(0, 1, n)
        post = 0.5 * pre + rng.normal(0.5, math.sqrt(0.75), n)  # correlation 0.5, so sd of the change is 1
        z, average = d_z(pre, post), d_average(pre, post)
        share["d_z"] += z.conf_low <= 0.5 <= z.conf_high
        share["d_average"] += average.conf_low <= 0.5 <= average.conf_high
    assert share["d_z"] / 400 == pytest.approx(0.95, abs=0.035)
    assert share["d_average"] / 400 == pytest.approx(0.95, abs=0.035)


def test_everyone_changed_equally():
    pre = np.array([1.0, 2.0, 4.0])
    assert math.isnan(d_z(pre, pre + 1).estimate)
    average = d_average(pre, pre + 1)
    assert average.estimate == pytest.approx(1 / pre.std(ddof=1))
    assert math.isnan(average.conf_low) and math.isnan(average.conf_high)
    assert math.isnan(d_rm(pre, pre + 1).estimate)


def test_no_spread_before():
    assert math.isnan(glass_delta([2.0, 2.0, 2.0], [2.0, 3.0, 4.0]).estimate)
    assert math.isnan(d_rm([2.0, 2.0, 2.0], [2.0, 3.0, 4.0]).estimate)
    assert math.isfinite(d_average([2.0, 2.0, 2.0], [2.0, 3.0, 4.0]).estimate)
    assert math.isnan(d_average([2.0, 2.0], [2.0, 2.0]).estimate)


@pytest.mark.parametrize("effect", EFFECTS)
def test_two_pairs_are_needed(effect):
    with pytest.raises(EstimationError, match="at least 2"):
        effect([1.0], [2.0])
    with pytest.raises(EstimationError, match="missing"):
        effect([1.0, math.nan], [2.0, 3.0])


def test_an_unknown_standardiser_is_refused():
    assert "change" in PAIRED_STANDARDISERS
    with pytest.raises(EstimationError, match="no standardiser called pooled"):
        d_average(*some(), standardiser="pooled")


def test_hedges_correction():
    df = np.array([2, 5, 9, 50, 1e6])
    found = hedges_correction(df)
    assert np.all(np.diff(found) > 0)
    # The familiar approximation is within 0.0007 from 5 degrees of freedom on.
    np.testing.assert_allclose(found[1:], 1 - 3 / (4 * df[1:] - 1), atol=2e-3)
    assert hedges_correction(2) == pytest.approx(1 / math.sqrt(math.pi))
    assert hedges_correction(1) == 0
    assert math.isnan(hedges_correction(0.5))


ITEMS = npst.arrays(np.int64, st.integers(1, 60), elements=st.integers(1, 5))


@given(ITEMS)
def test_superiority_counts_ties_half(before):
    after = np.roll(before, 1)
    found = probability_of_superiority(before, after)
    share = np.mean(after > before) + np.mean(after == before) / 2
    assert found.estimate == pytest.approx(share)
    assert 0 <= found.conf_low <= found.estimate <= found.conf_high <= 1
    assert found.n_up + found.n_tied + found.n_down == found.n == before.size
    turned = probability_of_superiority(after, before)
    assert turned.conf_low == pytest.approx(1 - found.conf_high, abs=1e-9)


def test_superiority_does_not_promise_when_all_rose():
    found = probability_of_superiority([1, 2, 3], [2, 3, 4])
    assert found.estimate == 1.0
    assert 0.3 < found.conf_low < 0.6
