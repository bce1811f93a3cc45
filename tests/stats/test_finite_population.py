"""Shares among everyone registered: exact tails and the survey formula."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats as scipy_stats

from evaluation.stats.finite_population import at_least, finite_wald
from evaluation.vocabulary.errors import EstimationError


def test_the_tail_agrees_with_scipy():
    rng = np.random.default_rng(7)
    total = rng.integers(1, 500, 2000)
    n, positives = ((rng.random(2000) * (total + 1)).astype(int) for _ in range(2))
    k = (rng.random(2000) * (n + 2)).astype(int)
    np.testing.assert_allclose(
        at_least(k, positives, n, total), scipy_stats.hypergeom.sf(k - 1, total, positives, n), atol=1e-11
    )


def test_the_far_tail_is_right_relatively():
    found = float(at_least(95, 200, 100, 400))
    assert found == pytest.approx(scipy_stats.hypergeom.sf(94, 400, 200, 100), rel=1e-9)
    assert 0 < found < 1e-15


@given(st.integers(1, 10**6), st.data())
def test_the_tail_is_a_probability_at_any_size(total, data):
    n, positives = (data.draw(st.integers(0, total)) for _ in range(2))
    k = data.draw(st.integers(0, n))
    assert 0 <= float(at_least(k, positives, n, total)) <= 1
    assert float(at_least(0, positives, n, total)) == 1
    assert float(at_least(n + 1, positives, n, total)) == 0


def test_wald_by_hand():
    found = finite_wald(18, 24, 30)
    error = math.sqrt(0.75 * 0.25 / 23 * (1 - 24 / 30))
    assert found.std_error == pytest.approx(error)
    assert found.conf_low == pytest.approx(0.75 - 1.959963984540054 * error)
    assert found.conf_high > 24 / 30  # outside what is possible, which is why it is not the default


def test_wald_without_enough_answers():
    none, one = finite_wald(0, 0, 5), finite_wald(1, 1, 5)
    assert math.isnan(none.estimate) and math.isnan(none.conf_low)
    assert one.estimate == 1.0 and math.isnan(one.std_error) and math.isnan(one.conf_high)


def test_wald_of_everyone_has_no_width():
    found = finite_wald([3, 7], 10, 10)
    assert found.conf_low.tolist() == found.conf_high.tolist() == [0.3, 0.7]
    assert found.std_error.tolist() == [0, 0]


def test_more_answers_than_people_is_refused():
    with pytest.raises(EstimationError, match="Check for duplicates"):
        finite_wald(3, 7, 5)
