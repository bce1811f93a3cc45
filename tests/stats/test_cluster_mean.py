"""Means for people within organisations."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.stats.cluster_mean import cluster_mean, cluster_means
from evaluation.stats.paired import mean_t, paired_t
from evaluation.vocabulary.errors import EstimationError


@given(st.integers(2, 200), st.integers(0, 2**32 - 1))
def test_every_person_a_cluster_is_the_paired_t_test(n, seed):
    rng = np.random.default_rng(seed)
    pre, post = rng.normal(3, 1, n), rng.normal(3.3, 1, n)
    cluster, paired = cluster_mean(post - pre, np.arange(n)), paired_t(pre, post)
    for name in ("estimate", "std_error", "statistic", "df", "p_value", "conf_low", "conf_high"):
        assert getattr(cluster, name) == pytest.approx(getattr(paired, name), rel=1e-9, abs=1e-12), name


@given(st.integers(2, 12), st.integers(1, 9), st.integers(0, 2**32 - 1))
def test_equal_clusters_are_the_t_test_on_their_means(clusters, size, seed):
    rng = np.random.default_rng(seed)
    cluster = np.repeat(np.arange(clusters), size)
    y = rng.normal(size=clusters)[cluster] + rng.normal(size=cluster.size)
    found, summary = cluster_mean(y, cluster, reference=0.2), mean_t(cluster_means(y, cluster).mean, 0.2)
    for name in ("estimate", "std_error", "statistic", "df", "p_value"):
        assert getattr(found, name) == pytest.approx(getattr(summary, name), rel=1e-7, abs=1e-10), name


def test_degrees_of_freedom_fall_when_clusters_are_unequal():
    rng = np.random.default_rng(4)
    cluster = np.repeat(np.arange(10), [50, 20, 5, 5, 2, 2, 1, 1, 1, 1])
    assert 1 < cluster_mean(rng.normal(size=cluster.size), cluster).df < 5


def test_a_share_and_its_target():
    found = cluster_mean([1, 1, 0, 1, 0, 1, 1], ["a", "a", "a", "b", "b", "c", "c"], reference=0.7)
    assert found.estimate == pytest.approx(5 / 7)
    assert found.statistic == pytest.approx((5 / 7 - 0.7) / found.std_error)


def test_it_covers_the_true_mean():
    """Known truth: mean 0, ICC 0.2, 12 unequal firms. 400 samples, Monte Carlo standard error 0.011."""
    rng = np.random.default_rng(11)
    cluster = np.repeat(np.arange(12), [20, 15, 12, 10, 8, 6, 5, 4, 3, 2, 2, 1])
    inside = 0
    for _ in range(400):
        y = math.sqrt(0.2) * rng.normal(size=12)[cluster] + math.sqrt(0.8) * rng.normal(size=cluster.size)
        found = cluster_mean(y, cluster)
        inside += found.conf_low <= 0 <= found.conf_high
    assert inside / 400 == pytest.approx(0.95, abs=0.035)


def test_a_hundred_thousand_clusters():
    rng = np.random.default_rng(12)
    found = cluster_mean(rng.normal(size=1_000_000), rng.integers(0, 100_000, 1_000_000))
    assert found.std_error == pytest.approx(1e-3, rel=0.02)
    assert found.df > 80_000


def test_means_of_clusters():
    found = cluster_means([1.0, 3.0, 10.0], np.array([2, 2, 1]))
    assert found.cluster.tolist() == [1, 2]
    assert found.mean.tolist() == [10.0, 2.0]
    assert found.n.tolist() == [1, 2]
    assert cluster_means([1.0, 2.0], np.array(["b", "a"], dtype=object)).cluster.tolist() == ["a", "b"]


@pytest.mark.parametrize("function", [cluster_mean, cluster_means])
def test_one_cluster_and_missing_values_are_refused(function):
    with pytest.raises(EstimationError, match="one cluster"):
        function([1.0, 2.0], ["a", "a"])
    with pytest.raises(EstimationError, match="missing"):
        function([1.0, math.nan], ["a", "b"])
    with pytest.raises(EstimationError, match="at least 1"):
        function([], [])


def test_a_constant_outcome_has_no_interval():
    found = cluster_mean([2.0, 2.0, 2.0], ["a", "b", "b"])
    assert (found.estimate, found.std_error) == (pytest.approx(2.0), 0.0)
    assert math.isnan(found.conf_low)
