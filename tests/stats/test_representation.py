"""Groups among the participants compared with a reference population."""

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats as scipy_stats

from evaluation.stats.binomial import binomial_test
from evaluation.stats.representation import representation
from evaluation.vocabulary.errors import EstimationError

SHARES = np.array([0.3, 0.45, 0.25])
COUNTS = st.lists(st.integers(0, 12), min_size=3, max_size=3).filter(any)


@given(COUNTS)
def test_chi_square_and_g_agree_with_scipy(counts):
    found, expected = representation(counts, SHARES), sum(counts) * SHARES
    assert found.statistic == pytest.approx(scipy_stats.chisquare(counts, expected).statistic)
    assert found.p_value == pytest.approx(scipy_stats.chisquare(counts, expected).pvalue)
    g = scipy_stats.power_divergence(counts, expected, lambda_="log-likelihood")
    assert found.likelihood_ratio == pytest.approx(g.statistic, abs=1e-9)
    assert found.cohen_w == pytest.approx(math.sqrt(found.statistic / sum(counts)))


@given(COUNTS)
def test_the_exact_p_adds_all_results_that_are_no_more_likely(counts):
    n = sum(counts)
    results = np.array([(a, b, n - a - b) for a, b in product(range(n + 1), repeat=2) if a + b <= n])
    pmf = scipy_stats.multinomial.pmf(results, n, SHARES)
    observed = scipy_stats.multinomial.pmf(counts, n, SHARES)
    found = representation(counts, SHARES)
    assert found.exact_method == "enumeration" and found.exact_reason is None
    assert found.exact_p == pytest.approx(min(1.0, pmf[pmf <= observed * (1 + 1e-7)].sum()), rel=1e-8)


def test_two_groups_are_the_binomial_test():
    found = representation([14, 6], [0.5, 0.5])
    assert found.exact_p == pytest.approx(binomial_test(14, 20, 0.5, "min_likelihood").p_value)
    assert found.groups.residual.tolist() == pytest.approx(
        [math.sqrt(found.statistic), -math.sqrt(found.statistic)]
    )


def test_groups_by_hand():
    groups = representation([14, 38, 28], SHARES).groups
    np.testing.assert_allclose(groups.share, [0.175, 0.475, 0.35])
    np.testing.assert_allclose(groups.ratio, [0.175 / 0.3, 0.475 / 0.45, 0.35 / 0.25])
    assert np.all((groups.conf_low < groups.share) & (groups.share < groups.conf_high))
    assert groups.p_value[0] == pytest.approx(scipy_stats.binomtest(14, 80, 0.3).pvalue)


def test_the_same_composition_has_no_distance():
    found = representation([30, 45, 25], SHARES)
    assert found.statistic == pytest.approx(0, abs=1e-12)
    assert found.dissimilarity == pytest.approx(0, abs=1e-12)
    assert found.exact_p == pytest.approx(1)
    assert found.likelihood_ratio >= 0


def test_all_in_one_group():
    found = representation([0, 0, 9], SHARES)
    assert found.dissimilarity == pytest.approx(0.75)
    assert found.exact_p == pytest.approx(0.25**9, rel=1e-6)


def test_too_many_results_are_not_listed_and_it_says_so():
    counts, shares = [60, 138, 128, 40, 10], [0.2, 0.35, 0.25, 0.1, 0.1]
    found = representation(counts, shares)
    assert math.isnan(found.exact_p) and found.exact_method == "none"
    assert "376 participants in 5 groups" in str(found.exact_reason)
    assert found.p_value < 0.01


def test_very_many_groups_do_not_overflow():
    assert representation([50] * 200, [1 / 200] * 200).exact_method == "none"


def test_simulation_only_with_random_numbers_and_the_same_twice():
    counts = [14, 38, 28]
    exact = representation(counts, SHARES).exact_p
    found = [representation(counts, SHARES, rng=np.random.default_rng(4), largest=100) for _ in range(2)]
    assert found[0].exact_method == "simulation"
    assert found[0].exact_p == found[1].exact_p
    # 20 000 draws: Monte Carlo standard error 0.001.
    assert found[0].exact_p == pytest.approx(exact, abs=0.004)


@pytest.mark.parametrize(
    ("counts", "shares", "words"),
    [
        ([1, 2], [0.3, 0.3, 0.4], "2 counts for 3"),
        ([1, 2], [0.5, 0.6], "add up to 1"),
        ([1, 2], [0.0, 1.0], "above 0"),
        ([0, 0], [0.5, 0.5], "no participants"),
        ([1], [1.0], "at least 2"),
        ([1, math.nan], [0.5, 0.5], "whole numbers"),
        ([1, 2], [0.5, math.nan], "missing"),
    ],
)
def test_what_cannot_be_compared_is_refused(counts, shares, words):
    with pytest.raises(EstimationError, match=words):
        representation(counts, shares)
