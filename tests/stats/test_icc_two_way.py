"""Intraclass correlation, and two groupings at once."""

import numpy as np
import pytest

from evaluation.stats.cluster import cluster_covariance, cluster_fit
from evaluation.stats.icc import cluster_icc
from evaluation.stats.two_way import two_way_covariance
from evaluation.vocabulary.errors import EstimationError


def some(icc=0.3, seed=1):
    rng = np.random.default_rng(seed)
    cluster = np.repeat(np.arange(25), rng.integers(2, 15, 25))
    return rng.normal(0, np.sqrt(1 - icc), cluster.size) + rng.normal(0, np.sqrt(icc), 25)[cluster], cluster


def test_with_equal_sizes_reml_is_the_analysis_of_variance():
    rng = np.random.default_rng(2)
    cluster = np.repeat(np.arange(12), 6)
    y = rng.normal(size=72) + rng.normal(0, 1, 12)[cluster]
    found = cluster_icc(y, cluster)
    assert found.reml == pytest.approx(found.anova, rel=1e-6)
    assert found.ml < found.reml
    assert found.conf_low < found.anova < found.conf_high
    assert found.design_effect == pytest.approx(found.design_effect_unequal)


def test_order_labels_shift_and_scale():
    y, cluster = some()
    plain = cluster_icc(y, cluster)
    order = np.random.default_rng(3).permutation(len(y))
    for other in (cluster_icc(y[order], -cluster[order]), cluster_icc(5 - 2 * y, cluster)):
        assert (other.anova, other.reml, other.p_value) == pytest.approx(
            (plain.anova, plain.reml, plain.p_value), rel=1e-5
        )


def test_likelihood_stops_at_zero():
    y = np.tile([1.0, 2.0, 3.0], 6) + np.repeat(np.arange(6), 3) * 1e-3
    found = cluster_icc(y, np.repeat(np.arange(6), 3))
    assert found.anova < 0
    assert (found.reml, found.ml, found.likelihood_ratio, found.p_value) == (0.0, 0.0, 0.0, 1.0)


def test_one_person_in_each_organisation_says_nothing():
    with pytest.raises(EstimationError, match="do not differ"):
        cluster_icc([1.0, 2.0, 3.0], ["a", "b", "c"])


@pytest.mark.parametrize("kind", ["CR0", "CR1", "CR1S"])
def test_twice_the_same_grouping_is_one_grouping(kind):
    y, cluster = some()
    x = np.ones((len(y), 1))
    expected = cluster_covariance(cluster_fit(y, x, cluster), kind)
    assert two_way_covariance(y, x, cluster, cluster, kind) == pytest.approx(expected)


def test_both_groupings_count_the_same_and_cr2_is_not_offered():
    y, cluster = some()
    other = np.random.default_rng(4).integers(0, 12, len(y))
    x = np.ones((len(y), 1))
    found = two_way_covariance(y, x, cluster, other)
    assert found == pytest.approx(two_way_covariance(y, x, other, cluster))
    with pytest.raises(EstimationError, match="no cluster covariance"):
        two_way_covariance(y, x, cluster, other, "CR2")
