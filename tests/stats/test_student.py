"""Student's t: p-values, limits, noncentrality."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special
from scipy import stats as scipy_stats

from evaluation.stats.student import noncentrality_limits, t_limits, t_p_value
from evaluation.vocabulary.errors import EstimationError


@pytest.mark.parametrize("df", [0.7, 3, 17.43, 235, 1e6])
@pytest.mark.parametrize("t", [-40.0, -2.0, 0.0, 0.5, 9.0])
def test_p_values_agree_with_scipy(t, df):
    reference = scipy_stats.t(df)
    assert t_p_value(t, df) == pytest.approx(2 * reference.sf(abs(t)), rel=1e-9)
    assert t_p_value(t, df, "greater") == pytest.approx(reference.sf(t), rel=1e-9)
    assert t_p_value(t, df, "less") == pytest.approx(reference.cdf(t), rel=1e-9)


def test_limits_are_symmetric_and_wider_with_confidence():
    low, high = t_limits(2.0, 0.5, 7.5)
    assert (low + high) / 2 == pytest.approx(2.0)
    assert t_limits(2.0, 0.5, 7.5, 0.99)[1] > high > t_limits(2.0, 0.5, 7.5, 0.5)[1]


def test_missing_numbers_go_through():
    assert math.isnan(t_p_value(math.nan, 3))
    assert all(math.isnan(limit) for limit in t_limits(1.0, math.nan, 3))


def test_an_unknown_alternative_is_refused():
    with pytest.raises(EstimationError, match="no alternative called bigger"):
        t_p_value(1.0, 3, "bigger")


@given(st.floats(-200, 200), st.floats(1, 1000), st.sampled_from([0.5, 0.9, 0.95, 0.999]))
def test_noncentrality_limits_have_the_promised_tails(t, df, conf_level):
    t = t if abs(t) > 1e-12 else 0.0
    low, high = noncentrality_limits(t, df, conf_level)
    tail = (1 - conf_level) / 2
    sign = 1 if t >= 0 else -1
    # Asked on the side where t is not negative, on which the distribution can be computed.
    inner, outer = (low, high) if t >= 0 else (-high, -low)
    assert special.nctdtr(df, inner, sign * t) == pytest.approx(1 - tail, abs=1e-8)
    assert special.nctdtr(df, outer, sign * t) == pytest.approx(tail, abs=1e-8)


@given(st.floats(0, 100), st.floats(1, 500))
def test_noncentrality_limits_mirror(t, df):
    low, high = noncentrality_limits(t, df)
    assert noncentrality_limits(-t, df) == (-high, -low) or t == 0


@pytest.mark.parametrize("t", [0.0, 1e-130, 1e-13, -1e-200])
def test_noncentrality_near_zero_is_the_normal_quantile(t):
    z = special.ndtri(0.975)
    assert noncentrality_limits(t, 12) == pytest.approx((-z, z), rel=1e-11)


@pytest.mark.parametrize(("t", "df"), [(math.nan, 5), (math.inf, 5), (1.0, 0), (1.0, math.nan), (1e6, 20)])
def test_noncentrality_is_nan_where_it_cannot_be_computed(t, df):
    assert all(np.isnan(noncentrality_limits(t, df)))
