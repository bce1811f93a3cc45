"""Sign-flip tests."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.stats.sign_flip import METHODS, cluster_sign_flip, sign_flip, sign_flip_distribution
from evaluation.vocabulary.errors import EstimationError

CHANGES = st.lists(st.integers(-4, 4).map(lambda value: value / 4), min_size=1, max_size=9)


def flip(values, seed=1, **settings):
    return sign_flip(values, rng=np.random.default_rng(seed), **settings)


def shares(found):
    return (found.p_value, found.p_greater, found.p_less)


@given(CHANGES)
def test_all_patterns_are_counted(values):
    sums = np.array([np.dot(signs, values) for signs in itertools.product((-1, 1), repeat=len(values))])
    observed = sum(values)
    expected = (
        np.mean(np.abs(sums) >= abs(observed) - 1e-9),
        np.mean(sums >= observed - 1e-9),
        np.mean(sums <= observed + 1e-9),
    )
    assert shares(flip(values)) == pytest.approx(expected)


@given(CHANGES)
def test_the_exact_methods_agree(values):
    if any(values):
        by = [shares(flip(values, method=method)) for method in ("convolution", "enumeration")]
        assert by[0] == pytest.approx(by[1])


@given(CHANGES, st.randoms(use_true_random=False))
def test_order_and_the_direction_of_the_scale(values, random):
    plain = flip(values)
    random.shuffle(values)
    assert shares(flip(values)) == pytest.approx(shares(plain))
    turned = flip([-value for value in values])
    assert (turned.p_value, turned.p_greater) == pytest.approx((plain.p_value, plain.p_less))


@pytest.mark.parametrize("seed", range(5))
def test_exact_and_drawn_agree_within_monte_carlo_error(seed):
    values = np.random.default_rng(seed).integers(-3, 5, 60) / 3
    exact, drawn = flip(values), flip(values, method="monte_carlo", draws=20_000)
    assert (exact.method, drawn.method, drawn.draws) == ("convolution", "monte_carlo", 20_001)
    for p, q in zip(shares(exact), shares(drawn), strict=True):
        assert abs(p - q) < 4 * np.sqrt(p * (1 - p) / 20_000) + 1e-4


def test_the_method_follows_from_the_values():
    rng = np.random.default_rng(1)
    assert flip([10 / 3 - 3, 4 - 10 / 3, 1.0]).method == "convolution"
    assert flip(rng.normal(size=8)).method == "enumeration"
    assert flip(rng.normal(size=40), draws=99).method == "monte_carlo"
    with pytest.raises(EstimationError, match="common step"):
        flip(rng.normal(size=8), method="convolution")
    assert set(METHODS) == {"convolution", "enumeration", "monte_carlo"}


def test_nobody_changed():
    found = flip([0.0, 0.0])
    assert (*shares(found), found.n_nonzero, found.estimate) == (1.0, 1.0, 1.0, 0, 0.0)


def test_a_distribution_sums_to_one():
    chances = sign_flip_distribution(np.array([3, 1, 4, 1, 5]))
    assert chances.sum() == pytest.approx(1)
    assert chances == pytest.approx(chances[::-1])


@pytest.mark.parametrize("weighting", ["person", "cluster"])
def test_clusters_are_turned_as_a_whole(weighting):
    rng = np.random.default_rng(2)
    cluster = np.repeat(np.arange(8), rng.integers(1, 9, 8))
    values = rng.normal(0.4, 1, cluster.size)
    found = cluster_sign_flip(values, cluster, rng=rng, weighting=weighting)
    table = {"person": np.bincount(cluster, values)}
    table["cluster"] = table["person"] / np.bincount(cluster)
    assert found.p_value == pytest.approx(flip(table[weighting]).p_value)
    relabelled = cluster_sign_flip(values, np.array(list("zyxwvuts"))[cluster], rng=rng, weighting=weighting)
    assert relabelled.p_value == pytest.approx(found.p_value)
    expected = values.mean() if weighting == "person" else table["cluster"].mean()
    assert found.estimate == pytest.approx(expected)


def test_every_person_a_cluster_is_the_plain_test():
    values = np.random.default_rng(4).integers(-2, 4, 30)
    clustered = cluster_sign_flip(values, np.arange(30), rng=np.random.default_rng(1))
    assert shares(clustered) == pytest.approx(shares(flip(values)))
