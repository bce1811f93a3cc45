"""Tests of one share against a target."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats as scipy_stats

from evaluation.stats.binomial import EXACT_TESTS, binomial_test, cohens_h, score_test, target_test
from evaluation.stats.proportion import wilson
from evaluation.vocabulary.errors import EstimationError


@st.composite
def question(draw):
    n = draw(st.integers(1, 300))
    return draw(st.integers(0, n)), n, draw(st.integers(1, 99)) / 100


@pytest.mark.parametrize("method", sorted(EXACT_TESTS))
@given(question())
def test_p_is_a_probability_and_mirrors(method, asked):
    k, n, target = asked
    p = binomial_test(k, n, target, method).p_value
    turned = {
        "greater": "less",
        "less": "greater",
        "mid_p_greater": "mid_p_less",
        "mid_p_less": "mid_p_greater",
    }
    assert 0 <= p <= 1
    mirror = binomial_test(n - k, n, 1 - target, turned.get(method, method)).p_value
    if method not in ("blaker", "min_likelihood"):  # where ties decide, the last digit of 1 - target counts
        assert p == pytest.approx(mirror, rel=1e-7, abs=1e-12)


@given(question())
def test_one_sided_and_minimum_likelihood_agree_with_scipy(asked):
    k, n, target = asked
    for ours, theirs in {"greater": "greater", "less": "less", "min_likelihood": "two-sided"}.items():
        reference = scipy_stats.binomtest(k, n, target, theirs).pvalue
        assert binomial_test(k, n, target, ours).p_value == pytest.approx(reference, rel=1e-6, abs=1e-12)


@given(question())
def test_blaker_is_never_above_central(asked):
    assert binomial_test(*asked, "blaker").p_value <= binomial_test(*asked, "central").p_value + 1e-12


def test_blaker_by_its_definition():
    n, target = 17, 0.3
    counts = np.arange(n + 1)
    pmf = scipy_stats.binom.pmf(counts, n, target)
    depth = np.minimum(scipy_stats.binom.cdf(counts, n, target), scipy_stats.binom.sf(counts - 1, n, target))
    for k in counts:
        expected = min(1.0, pmf[depth <= depth[k] * (1 + 1e-7)].sum())
        assert binomial_test(k, n, target, "blaker").p_value == pytest.approx(expected, rel=1e-9)


def test_mid_p_counts_half_of_the_observed_result():
    mid, full = (binomial_test(24, 30, 0.7, method).p_value for method in ("mid_p_greater", "greater"))
    assert full - mid == pytest.approx(scipy_stats.binom.pmf(24, 30, 0.7) / 2)


def test_everyone_and_nobody():
    assert binomial_test(5, 5, 0.7, "greater").p_value == pytest.approx(0.7**5)
    assert binomial_test(0, 5, 0.7, "less").p_value == pytest.approx(0.3**5)
    assert binomial_test(0, 5, 0.7, "greater").p_value == 1
    assert binomial_test(7, 10, 0.7, "min_likelihood").p_value == 1


@pytest.mark.parametrize("method", ["greater", "min_likelihood", "blaker"])
def test_a_million_answers(method):
    assert binomial_test(700_800, 1_000_000, 0.7, method).p_value == pytest.approx(
        scipy_stats.binomtest(700_800, 1_000_000, 0.7, "greater").pvalue * (1 if method == "greater" else 2),
        rel=0.02,
    )


@given(question())
def test_the_score_test_agrees_with_wilson(asked):
    k, n, target = asked
    found, interval = score_test(k, n, target), wilson(k, n)
    if abs(found.p_value - 0.05) > 1e-9:
        assert (found.p_value > 0.05) == (interval.conf_low < target < interval.conf_high)
    assert score_test(k, n, target, continuity=True).p_value >= found.p_value


def test_the_score_test_keeps_its_sign_and_stops_at_zero():
    assert score_test(3, 10, 0.7).statistic < 0 < score_test(9, 10, 0.7).statistic
    assert score_test(7, 10, 0.71, continuity=True).p_value == 1


def test_target_test_of_one_missing_person():
    # 21 of 30 are needed. If 20 were positive, 18 or more of 24 answers:
    assert target_test(18, 24, 30, 0.7).p_value == pytest.approx(scipy_stats.hypergeom.sf(17, 30, 20, 24))
    assert target_test([21, 20], 30, 30, 0.7).p_value.tolist() == [0.0, 1.0]
    none = target_test(0, 0, 30, 0.7)
    assert math.isnan(none.estimate) and none.p_value == 1


def test_cohens_h():
    assert cohens_h(1, 0) == pytest.approx(math.pi)
    assert cohens_h(0.4, 0.6) == pytest.approx(-cohens_h(0.6, 0.4))
    with pytest.raises(EstimationError, match="between 0 and 1"):
        cohens_h(70, 0.5)


@pytest.mark.parametrize(
    ("k", "n", "target"), [(0, 0, 0.5), ([1, 2], 3, 0.5), (1, 2, 0), (1, 2, 1), (1, 2, 70)]
)
def test_what_cannot_be_tested_is_refused(k, n, target):
    with pytest.raises(EstimationError):
        binomial_test(k, n, target)


def test_an_unknown_test_is_refused():
    with pytest.raises(EstimationError, match="no exact test called wald"):
        binomial_test(1, 2, 0.5, "wald")
