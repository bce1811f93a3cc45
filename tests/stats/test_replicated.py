"""Many data sets at once give what one at a time gives."""

import numpy as np
import pytest

from evaluation.stats.cluster_mean import cluster_mean
from evaluation.stats.replicated import replicated_means


@pytest.fixture
def drawn():
    rng = np.random.default_rng(4)
    cluster = np.repeat(np.arange(12), rng.integers(1, 9, 12))
    values = rng.normal(0.3, 1.0, (20, cluster.size)) + rng.normal(0, 0.4, (20, 12))[:, cluster]
    values[rng.random(values.shape) < 0.2] = np.nan
    shuffled = rng.permutation(cluster.size)
    return values[:, shuffled], cluster[shuffled]


def test_every_row_is_that_of_cluster_mean(drawn):
    values, cluster = drawn
    found = replicated_means(values, cluster)
    for place, row in enumerate(values):
        there = ~np.isnan(row)
        one = cluster_mean(row[there], cluster[there])
        for name in ("estimate", "std_error", "df", "conf_low", "conf_high", "n", "n_clusters"):
            assert getattr(found, name)[place] == pytest.approx(getattr(one, name), rel=1e-10), name


def test_too_few_organisations_get_no_interval():
    found = replicated_means(np.arange(7.0)[None, :], np.arange(7))
    assert found.estimate[0] == 3.0
    assert np.isnan(found.conf_low[0])


def test_without_spread_there_is_no_interval():
    assert np.isnan(replicated_means(np.ones((1, 20)), np.arange(20) // 2).std_error[0])
