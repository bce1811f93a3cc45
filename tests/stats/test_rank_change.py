"""Signed ranks, signs, trimmed means and dominance."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst
from scipy import stats as scipy_stats

from evaluation.stats.dominance import cliffs_delta, rank_biserial
from evaluation.stats.effect_size import probability_of_superiority
from evaluation.stats.paired import paired_t
from evaluation.stats.sign_flip import sign_flip
from evaluation.stats.sign_test import sign_test
from evaluation.stats.signed_rank import METHODS, ZEROS, rounded_changes, signed_rank
from evaluation.stats.trimmed import yuen
from evaluation.vocabulary.errors import EstimationError

ANSWERS = npst.arrays(np.float64, st.integers(4, 25), elements=st.integers(1, 5).map(float))
LABELS = {"drop": "wilcox", "pratt": "pratt"}


def some(seed=1, n=25):
    rng = np.random.default_rng(seed)
    return rng.normal(3, 1, n), rng.normal(3.4, 1, n)


@pytest.mark.parametrize("alternative", ["two_sided", "greater", "less"])
@pytest.mark.parametrize("zeros", sorted(ZEROS))
@pytest.mark.parametrize("method", sorted(METHODS))
def test_signed_rank_agrees_with_scipy(alternative, zeros, method):
    pre, post = some()
    post[:3] = pre[:3] if method == "normal" else post[:3]
    found = signed_rank(pre, post, method=method, zeros=zeros)
    reference = scipy_stats.wilcoxon(
        post,
        pre,
        zero_method=LABELS[zeros],
        method={"exact": "exact", "normal": "asymptotic"}[method],
        correction=True,
        alternative=alternative.replace("_", "-"),
    )
    name = "p_value" if alternative == "two_sided" else f"p_{alternative}"
    assert getattr(found, name) == pytest.approx(reference.pvalue)


@given(ANSWERS)
def test_the_exact_test_turns_the_signs_of_the_ranks(pre):
    post = np.roll(pre, 1)
    change = rounded_changes(pre, post)
    ranks = scipy_stats.rankdata(np.abs(change[change != 0]))
    turned = sign_flip(
        np.sign(change[change != 0]) * ranks if ranks.size else [0.0], rng=np.random.default_rng(1)
    )
    found = signed_rank(pre, post)
    assert found.p_value == pytest.approx(turned.p_value)
    assert found.p_greater == pytest.approx(turned.p_greater)


@pytest.mark.parametrize("method", [signed_rank, sign_test, rank_biserial, yuen])
@given(pre=ANSWERS, shift=st.integers(-3, 3), random=st.randoms(use_true_random=False))
def test_order_constants_and_the_direction_of_the_scale(method, pre, shift, random):
    post = np.roll(pre, 1)
    order = random.sample(range(pre.size), pre.size)
    names = [
        n for n in ("p_value", "p_greater", "estimate", "median", "conf_low") if hasattr(method(pre, post), n)
    ]
    plain, turned = method(pre, post), method(6 - pre, 6 - post)
    for other in (method(pre[order], post[order]), method(pre + shift, post + shift)):
        for name in names:
            assert getattr(other, name) == pytest.approx(getattr(plain, name), abs=1e-9, nan_ok=True)
    for name, mirror in (("p_greater", "p_less"), ("p_value", "p_value")):
        if name in names and hasattr(plain, mirror):
            assert getattr(turned, name) == pytest.approx(getattr(plain, mirror), abs=1e-9, nan_ok=True)
    if "estimate" in names:
        assert turned.estimate == pytest.approx(-plain.estimate, abs=1e-9, nan_ok=True)
        assert turned.conf_low == pytest.approx(-plain.conf_high, abs=1e-9, nan_ok=True)


def test_exact_and_normal_meet_in_large_samples():
    pre, post = some(n=300)
    post = post - 0.25
    exact, normal = (signed_rank(pre, post, method=method) for method in ("exact", "normal"))
    assert exact.p_value == pytest.approx(normal.p_value, rel=0.1)


def test_the_interval_holds_the_changes_that_the_test_does_not_reject():
    pre, post = some(3, 14)
    found = signed_rank(pre, post)
    for limit, outwards in ((found.conf_low, -1), (found.conf_high, 1)):
        inside, outside = (
            signed_rank(pre + limit + side * 1e-6, post).p_value for side in (-outwards, outwards)
        )
        assert inside > 0.05 >= outside


def test_limits_of_many_pairs_use_the_normal_distribution():
    pre, post = some(n=401)
    found, fewer = signed_rank(pre, post), signed_rank(pre[:400], post[:400])
    assert found.method == "normal"
    assert found.conf_high - found.conf_low == pytest.approx(fewer.conf_high - fewer.conf_low, rel=0.05)


def test_few_pairs_have_no_limits():
    found, signs = signed_rank([1, 2], [2, 4]), sign_test([1, 2], [2, 4])
    assert (found.conf_low, found.conf_high) == (-math.inf, math.inf)
    assert (signs.median_low, signs.median_high) == (-math.inf, math.inf)
    assert math.isnan(signs.median_coverage)


def test_nobody_changed():
    found, signs, effect = (
        method([1, 2, 3], [1, 2, 3]) for method in (signed_rank, sign_test, rank_biserial)
    )
    assert (found.p_value, found.estimate, signs.p_value) == (1.0, 0.0, 1.0)
    assert math.isnan(signs.share_up)
    assert math.isnan(effect.estimate)


def test_sign_test_agrees_with_scipy():
    pre, post = some()
    found = sign_test(pre, post, 0.9)
    reference = scipy_stats.binomtest(found.n_up, found.n_up + found.n_down)
    assert found.p_value == pytest.approx(reference.pvalue)
    limits = reference.proportion_ci(0.9)
    assert (found.share_low, found.share_high) == pytest.approx((limits.low, limits.high))
    assert found.median_low <= found.median <= found.median_high
    assert found.median_coverage >= 0.9


def test_yuen_without_trimming_is_the_paired_t_test():
    pre, post = some()
    found, plain = yuen(pre, post, trim=0), paired_t(pre, post)
    assert (found.statistic, found.conf_low) == pytest.approx((plain.statistic, plain.conf_low))


def test_trimmed_means_are_those_of_scipy_and_need_values():
    pre, post = some()
    found = yuen(pre, post, trim=0.1)
    assert found.mean_pre == pytest.approx(scipy_stats.trim_mean(pre, 0.1))
    assert math.isnan(yuen([1.0, 2, 3, 4], [2.0, 3, 4, 5], trim=0.0).statistic)
    with pytest.raises(EstimationError, match="fewer than two"):
        yuen([1, 2, 3], [2, 3, 4], trim=0.4)
    with pytest.raises(EstimationError, match="fewer than two"):
        yuen(pre, post, trim=0.5)


def test_rank_biserial_at_its_ends():
    found = rank_biserial([1, 2, 3], [2, 4, 6])
    assert (found.estimate, found.conf_low, found.conf_high, found.superiority) == (1.0, 1.0, 1.0, 1.0)


@given(ANSWERS, ANSWERS)
def test_cliffs_delta_is_that_of_mann_and_whitney(x, y):
    found, turned = cliffs_delta(x, y), cliffs_delta(y, x)
    u = scipy_stats.mannwhitneyu(x, y).statistic
    assert found.superiority == pytest.approx(u / (x.size * y.size))
    assert -1 <= found.conf_low <= found.estimate <= found.conf_high <= 1 or found.std_error == 0
    assert turned.conf_low == pytest.approx(-found.conf_high)


def test_paired_superiority_counts_the_direction():
    pre, post = some()
    found = probability_of_superiority(pre, post)
    signs = sign_test(pre, post)
    assert found.n_up == signs.n_up
