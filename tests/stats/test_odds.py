"""Odds ratios and Fisher's exact test, compared with an independent solver."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats as scipy_stats
from scipy.stats import contingency

from evaluation.stats.odds import fisher_exact, odds_ratio


@st.composite
def groups(draw):
    sizes = [draw(st.integers(1, 60)) for _ in range(2)]
    return draw(st.integers(0, sizes[0])), sizes[0], draw(st.integers(0, sizes[1])), sizes[1]


def table(k, n, m, size):
    return [[k, n - k], [m, size - m]]


@settings(max_examples=60)
@given(groups())
def test_fisher_agrees_with_scipy(counts):
    found = fisher_exact(*counts)
    assert found.p_value == pytest.approx(scipy_stats.fisher_exact(table(*counts)).pvalue, rel=1e-7)


@pytest.mark.parametrize("counts", [(9, 15, 22, 24), (38, 62, 141, 190), (2, 30, 5, 9), (1, 8, 7, 8)])
@pytest.mark.parametrize("conf_level", [0.8, 0.95])
def test_the_exact_limits_agree_with_scipy(counts, conf_level):
    found = fisher_exact(*counts, conf_level)
    reference = contingency.odds_ratio(table(*counts), kind="conditional")
    limits = reference.confidence_interval(conf_level)
    assert found.estimate == pytest.approx(reference.statistic, rel=1e-9)
    assert (found.conf_low, found.conf_high) == pytest.approx((limits.low, limits.high), rel=1e-9)


def test_the_ends_of_what_is_possible():
    assert fisher_exact(0, 5, 3, 3).estimate == 0
    assert fisher_exact(0, 5, 3, 3).conf_low == 0
    assert fisher_exact(5, 5, 0, 3).conf_high == math.inf
    nothing = fisher_exact(0, 5, 0, 3)
    assert math.isnan(nothing.estimate) and (nothing.conf_low, nothing.conf_high) == (0, math.inf)
    assert nothing.p_value == 1


@settings(max_examples=60)
@given(groups())
def test_the_odds_ratio_turns_upside_down(counts):
    k, n, m, size = counts
    found, turned = odds_ratio(*counts), odds_ratio(m, size, k, n)
    if 0 in (k, n - k, m, size - m):
        assert (found.conf_low, found.conf_high) == (0, math.inf)
    else:
        assert found.estimate == pytest.approx(1 / turned.estimate)
        assert found.conf_low == pytest.approx(1 / turned.conf_high)
        assert math.sqrt(found.conf_low * found.conf_high) == pytest.approx(found.estimate)
