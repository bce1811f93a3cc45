"""Change between two measurements of the same people."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst
from scipy import stats as scipy_stats

from evaluation.stats.paired import mean_t, paired_t, pairs, tango
from evaluation.vocabulary.errors import EstimationError

ANSWERS = npst.arrays(np.float64, st.integers(2, 40), elements=st.integers(1, 5))


def some(seed=1, n=25):
    rng = np.random.default_rng(seed)
    return rng.normal(3, 1, n), rng.normal(3.4, 1, n)


@pytest.mark.parametrize("alternative", ["two_sided", "greater", "less"])
def test_paired_t_agrees_with_scipy(alternative):
    pre, post = some()
    found = paired_t(pre, post, 0.9, alternative)
    reference = scipy_stats.ttest_rel(post, pre, alternative=alternative.replace("_", "-"))
    assert found.statistic == pytest.approx(reference.statistic, rel=1e-12)
    assert found.p_value == pytest.approx(reference.pvalue, rel=1e-10)
    interval = scipy_stats.ttest_rel(post, pre).confidence_interval(0.9)
    assert (found.conf_low, found.conf_high) == pytest.approx((interval.low, interval.high), rel=1e-10)


def test_the_change_is_later_minus_earlier():
    found = paired_t([1.0, 2.0, 4.0], [2.0, 4.0, 4.0])
    assert found.estimate == 1.0
    assert (found.mean_pre, found.mean_post) == pytest.approx((7 / 3, 10 / 3))
    assert found.df == 2
    turned = paired_t([2.0, 4.0, 4.0], [1.0, 2.0, 4.0])
    assert (turned.conf_low, turned.conf_high) == (-found.conf_high, -found.conf_low)


@given(ANSWERS, st.floats(-10, 10), st.floats(0.1, 10))
def test_the_test_does_not_depend_on_the_scale(answers, shift, factor):
    post = np.roll(answers, 1)
    plain, scaled = paired_t(answers, post), paired_t(shift + factor * answers, shift + factor * post)
    if plain.std_error > 0:
        assert scaled.statistic == pytest.approx(plain.statistic, rel=1e-6, abs=1e-6)
        assert scaled.std_error == pytest.approx(factor * plain.std_error, rel=1e-6)


@pytest.mark.parametrize("pre", [[1.0, 2.0, 3.0], [0.1, 0.2, 0.3], [10 / 3, 11 / 3, 4.0]])
def test_without_spread_there_is_no_test(pre):
    found = paired_t(pre, np.add(pre, 0.3))
    assert found.estimate == pytest.approx(0.3)
    assert (found.std_error, found.std_dev) == (0.0, 0.0)
    assert all(
        math.isnan(value) for value in (found.statistic, found.p_value, found.conf_low, found.conf_high)
    )


def test_one_pair_has_an_estimate_only():
    found = paired_t([1.0], [3.0])
    assert (found.estimate, found.n, found.df) == (2.0, 1, 0.0)
    assert all(math.isnan(value) for value in (found.std_error, found.p_value, found.conf_low))


def test_the_fields_are_python_numbers():
    found = paired_t(*some())
    assert {type(getattr(found, name)) for name in ("estimate", "std_error", "statistic", "conf_low")} == {
        float
    }


def test_missing_values_and_unequal_lengths_are_refused():
    with pytest.raises(EstimationError, match="Earlier values has 1 values that are missing"):
        paired_t([1.0, math.nan], [1.0, 2.0])
    with pytest.raises(EstimationError, match="2 earlier and 3 later"):
        pairs([1.0, 2.0], [1.0, 2.0, 3.0])
    with pytest.raises(EstimationError, match="at least 1 are needed"):
        paired_t([], [])


def test_mean_t_compares_with_a_reference():
    values = some()[0]
    reference = scipy_stats.ttest_1samp(values, 3.2)
    assert mean_t(values, 3.2).statistic == pytest.approx(reference.statistic)
    assert mean_t(values, 3.2).p_value == pytest.approx(reference.pvalue)


@st.composite
def changes(draw):
    n = draw(st.integers(1, 500))
    up = draw(st.integers(0, n))
    return up, draw(st.integers(0, n - up)), n


@given(changes(), st.sampled_from([0.5, 0.95, 0.999]))
def test_tango_holds_its_estimate_and_turns(counts, conf_level):
    up, down, n = counts
    found, turned = tango(up, down, n, conf_level), tango(down, up, n, conf_level)
    assert -1 <= found.conf_low <= found.estimate <= found.conf_high <= 1
    assert found.conf_low == pytest.approx(-turned.conf_high, abs=1e-9)


@given(changes())
def test_tango_agrees_with_mcnemar_about_zero(counts):
    up, down, n = counts
    found = tango(up, down, n)
    if up + down:
        z = abs(up - down) / math.sqrt(up + down)
        if abs(z - 1.959964) > 1e-6:
            assert (found.conf_low <= 0 <= found.conf_high) == (z < 1.959964)


@pytest.mark.parametrize(
    ("counts", "conf_level", "low", "high"),
    [
        # R: uniroot on Tango's score, checked with ratesci 0.4.0 (Bentur et al. 2009; Agresti and Min 2005).
        ((1, 7, 21), 0.95, -0.5172322764213773, -0.026003032480868667),
        ((16, 8, 86), 0.9, -0.0007041400512164239, 0.1878873650905972),
    ],
)
def test_tango_agrees_with_r(counts, conf_level, low, high):
    found = tango(*counts, conf_level)
    assert (found.conf_low, found.conf_high) == pytest.approx((low, high), rel=1e-8)


@pytest.mark.parametrize("counts", [(3, 3, 5), (0, 0, 0), (1, -1, 5)])
def test_tango_refuses_impossible_counts(counts):
    with pytest.raises(EstimationError):
        tango(*counts)
