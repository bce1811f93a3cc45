"""Whether a difference is too small to matter."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.stats.equivalence import two_one_sided
from evaluation.vocabulary.errors import EstimationError


@given(st.floats(-1, 1), st.floats(0.01, 1), st.floats(2, 300), st.floats(0.05, 1))
def test_equivalence_is_the_interval_within_the_margin(estimate, error, df, margin):
    found = two_one_sided(estimate, error, df, margin)
    assert found.p_value == max(found.p_low, found.p_high)
    assert found.conf_level == pytest.approx(0.9)
    if abs(found.p_value - 0.05) > 1e-9:
        assert (found.p_value < 0.05) == (-margin < found.conf_low and found.conf_high < margin)


@given(st.floats(-1, 1), st.floats(0.01, 1))
def test_the_sign_does_not_matter(estimate, error):
    one, other = two_one_sided(estimate, error, 20, 0.3), two_one_sided(-estimate, error, 20, 0.3)
    assert one.p_value == pytest.approx(other.p_value)
    assert one.statistic_low == pytest.approx(-other.statistic_high)


@pytest.mark.parametrize("error", [0.0, math.nan])
def test_without_a_standard_error_there_is_no_answer(error):
    found = two_one_sided(0.1, error, 20, 0.3)
    assert math.isnan(found.p_value) and math.isnan(found.conf_low)


@pytest.mark.parametrize("margin", [0, -0.3, math.nan])
def test_the_margin_is_above_zero(margin):
    with pytest.raises(EstimationError, match="smallest important"):
        two_one_sided(0.1, 0.1, 20, margin)


def test_the_error_is_below_a_half():
    with pytest.raises(EstimationError, match="confidence level"):
        two_one_sided(0.1, 0.1, 20, 0.3, alpha=0.5)
