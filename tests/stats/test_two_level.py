"""Imputation from a model with a level for each organisation."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.stats.two_level import (
    cluster_levels,
    cluster_sums,
    imputed_means,
    imputed_tables,
    resampled_variance,
    two_level_fits,
)
from evaluation.vocabulary.errors import EstimationError


def people(seed, clusters=30, size=10, icc=0.3, gone=0.3):
    rng = np.random.default_rng(seed)
    cluster = np.repeat(np.arange(clusters), size)
    x = np.column_stack([np.ones(cluster.size), rng.normal(size=cluster.size)])
    y = x @ [2.0, 0.5] + np.sqrt(icc) * rng.normal(size=clusters)[cluster]
    y += np.sqrt(1 - icc) * rng.normal(size=cluster.size)
    return rng, np.where(rng.random(y.size) < gone, np.nan, y), x, cluster


def test_the_moments_find_the_variances():
    _, y, x, cluster = people(2, clusters=400, size=12)
    fit = two_level_fits(cluster_sums(y, x, cluster), np.ones((1, 400)))
    assert fit.coefficients[0] == pytest.approx([2.0, 0.5], abs=0.09)
    assert fit.residual_variance[0] == pytest.approx(0.7, rel=0.05)
    assert fit.cluster_variance[0] == pytest.approx(0.3, rel=0.15)


@given(st.integers(0, 2**32 - 1))
def test_counts_are_repeated_organisations(seed):
    rng, y, x, cluster = people(seed, clusters=6, size=8)
    counts = rng.integers(0, 3, 6).astype(float)
    counts[:2] = 2
    rows = np.concatenate([np.flatnonzero(cluster == g) for g in range(6) for _ in range(int(counts[g]))])
    names = np.concatenate([np.full(8, 10 * g + copy) for g in range(6) for copy in range(int(counts[g]))])
    weighted = two_level_fits(cluster_sums(y, x, cluster), counts[None])
    repeated = two_level_fits(cluster_sums(y[rows], x[rows], names), np.ones((1, np.unique(names).size)))
    assert weighted.coefficients == pytest.approx(repeated.coefficients)
    assert weighted.residual_variance == pytest.approx(repeated.residual_variance)
    assert weighted.cluster_variance == pytest.approx(repeated.cluster_variance, abs=1e-9)


def test_levels_are_drawn_towards_zero_and_unknown_without_answers():
    _, y, x, cluster = people(3)
    y[cluster == 0] = np.nan
    sums = cluster_sums(y, x, cluster)
    fit = two_level_fits(sums, np.ones((1, 30)))
    mean, unsure = cluster_levels(sums, fit)
    residual = (sums.y_seen - sums.x_seen @ fit.coefficients[0]) / np.maximum(sums.n_seen, 1)
    assert np.all(np.abs(mean[0]) <= np.abs(residual) + 1e-12)
    assert mean[0, 0] == 0 and unsure[0, 0] == pytest.approx(fit.cluster_variance[0])
    assert np.all((unsure >= 0) & (unsure <= fit.cluster_variance[0]))


def test_the_sums_tell_the_same_as_the_tables():
    """Means of 4,000 imputations from sums and from tables; Monte Carlo standard error 0.001."""
    rng, y, x, cluster = people(4)
    sums = cluster_sums(y, x, cluster)
    found = imputed_means(sums, rng=rng, draws=2000)
    tables = imputed_tables(y, x, cluster, rng=rng, tables=2000)
    assert np.array_equal(np.isnan(y), (tables[0] != tables[1]))
    assert tables.mean() == pytest.approx(found.mean.mean(), abs=0.01)
    assert np.all((found.missing_share > 0.1) & (found.missing_share < 0.5))


def test_nothing_missing_is_the_company_bootstrap():
    rng, y, x, cluster = people(5, gone=0)
    found = imputed_means(cluster_sums(y, x, cluster), rng=rng, draws=3000)
    assert found.mean[:, 0] == pytest.approx(found.mean[:, 1])
    means = np.array([y[cluster == g].mean() for g in range(30)])
    variance, _ = resampled_variance(found.mean)
    assert variance == pytest.approx(means.var() / 30, rel=0.1)


def test_variance_components_by_hand():
    values = np.array([[1.0, 2.0], [3.0, 5.0], [2.0, 2.5]])
    between, within = 2 * np.var([1.5, 4.0, 2.25], ddof=1), np.mean([0.5, 2.0, 0.125])
    variance, df = resampled_variance(values)
    assert variance == pytest.approx((1 + 1 / 3) * (between - within) / 2 + within / 6)
    assert 0 < df <= 2


def test_too_few_answers_are_refused():
    with pytest.raises(EstimationError, match="Too few answered"):
        cluster_sums([1.0, np.nan], np.ones((2, 1)), ["a", "b"])
