"""Resampling whole organisations."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy import stats as scipy_stats

from evaluation.stats.cluster import cluster_fit, contrast
from evaluation.stats.cluster_bootstrap import (
    cluster_bootstrap,
    cluster_jackknife,
    cluster_replicates,
    cluster_totals,
    mean_of_totals,
    resampled_clusters,
    resampled_totals,
)
from evaluation.vocabulary.errors import EstimationError


def some(clusters=20, seed=1, m=3):
    rng = np.random.default_rng(seed)
    cluster = np.repeat(np.arange(clusters), rng.integers(1, 12, clusters))
    y = np.round(rng.normal(3, 1, (cluster.size, m)) + rng.normal(0, 0.5, (clusters, m))[cluster], 2)
    y[rng.random(y.shape) < 0.1] = np.nan
    return y, cluster


def boot(totals, seed=1, **settings):
    return cluster_bootstrap(totals, rng=np.random.default_rng(seed), **settings)


def test_a_replicate_is_the_mean_of_the_rows_of_the_clusters_drawn():
    y, cluster = some()
    counts = resampled_clusters(20, 50, np.random.default_rng(2))
    found = cluster_replicates(cluster_totals(y, cluster), mean_of_totals, counts)
    for row, drawn in zip(found, counts, strict=True):
        rows = np.concatenate([y[cluster == g] for g in np.repeat(np.arange(20), drawn.astype(int))])
        assert row == pytest.approx(np.nanmean(rows, axis=0))


@pytest.mark.parametrize("method", ["percentile", "bca"])
def test_clusters_of_one_give_the_intervals_of_scipy(method):
    y = np.random.default_rng(3).exponential(size=40)
    found = boot(cluster_totals(y, np.arange(40)), method=method, draws=20_000)
    label = {"percentile": "percentile", "bca": "BCa"}[method]
    reference = scipy_stats.bootstrap(
        (y,), np.mean, method=label, n_resamples=20_000, rng=np.random.default_rng(4)
    )
    limits = reference.confidence_interval
    assert (found.conf_low, found.conf_high) == pytest.approx(tuple(limits), abs=0.03)
    assert found.std_error == pytest.approx(reference.standard_error, rel=0.03)


def test_many_outcomes_are_the_single_ones():
    y, cluster = some()
    together = boot(cluster_totals(y, cluster), draws=400)
    alone = boot(cluster_totals(y[:, 1], cluster), draws=400)
    assert isinstance(alone.conf_low, float)
    assert (together.conf_low[1], together.conf_high[1], together.std_error[1]) == pytest.approx(
        (alone.conf_low, alone.conf_high, alone.std_error)
    )


@pytest.mark.parametrize("method", ["percentile", "bca"])
def test_row_order_constants_and_the_direction_of_the_scale(method):
    y, cluster = some()
    plain = boot(cluster_totals(y, cluster), method=method, draws=999)
    order = np.random.default_rng(5).permutation(len(y))
    shuffled = boot(cluster_totals(y[order], cluster[order]), method=method, draws=999)
    shifted = boot(cluster_totals(y + 2, cluster), method=method, draws=999)
    turned = boot(cluster_totals(6 - y, cluster), method=method, draws=999)
    assert shuffled.conf_low == pytest.approx(plain.conf_low)
    assert shifted.conf_low == pytest.approx(plain.conf_low + 2)
    assert turned.conf_low == pytest.approx(6 - plain.conf_high)
    assert turned.std_error == pytest.approx(plain.std_error)


def test_without_spread_the_limits_are_the_estimate():
    found = boot(cluster_totals(np.full(9, 4.0), np.repeat([1, 2, 3], 3)), method="percentile", draws=99)
    assert (found.conf_low, found.estimate, found.conf_high) == (4.0, 4.0, 4.0)


def test_a_cluster_without_answers_is_no_reason_to_stop():
    totals = cluster_totals([1.0, 2.0, np.nan], ["a", "b", "c"])
    assert cluster_jackknife(totals).replicates.tolist() == [2.0, 1.0, 1.5]


def test_the_jackknife_is_near_cr3():
    y, cluster = some(m=1)
    known = ~np.isnan(y[:, 0])
    fit = cluster_fit(y[known, 0], np.ones((known.sum(), 1)), cluster[known])
    g = fit.n_clusters
    found = cluster_jackknife(cluster_totals(y[known, 0], cluster[known]))
    exact = contrast(fit, [1.0], covariance="CR3").std_error * np.sqrt((g - 1) / g)
    assert found.std_error == pytest.approx(exact, rel=0.01)
    assert found.df == g - 1
    assert found.estimate == pytest.approx(np.nanmean(y))


def test_totals_need_rows_that_fit_and_two_clusters():
    with pytest.raises(EstimationError, match="one row per person"):
        cluster_totals([1.0, 2.0], ["a"])
    with pytest.raises(EstimationError, match="at least two clusters"):
        boot([[1.0, 2.0]])
    with pytest.raises(EstimationError, match="no bootstrap interval"):
        boot([[1.0, 2.0], [2.0, 2.0]], method="studentised")


def test_blocks_of_replicates_are_those_drawn_at_once(monkeypatch):
    totals = np.random.default_rng(2).normal(size=(37, 2, 3))
    whole = resampled_totals(totals, 50, np.random.default_rng(7))
    assert_allclose(
        whole, np.tensordot(resampled_clusters(37, 50, np.random.default_rng(7)), totals, axes=1), rtol=1e-12
    )
    monkeypatch.setattr("evaluation.stats.cluster_bootstrap.BLOCK", 37 * 4)
    assert_allclose(resampled_totals(totals, 50, np.random.default_rng(7)), whole, rtol=1e-12)
