"""The inference that the number of clusters can carry."""

import numpy as np
import pytest

from evaluation.stats.cluster import cluster_fit, contrast
from evaluation.stats.cluster_choice import (
    cluster_inference,
    identifying_clusters,
    method_for,
    ordered_clusters,
)
from evaluation.stats.wild_bootstrap import wild_bootstrap


def some(treated, clusters=30, size=6):
    rng = np.random.default_rng(1)
    cluster = np.repeat(np.arange(clusters), size)
    y = rng.normal(size=cluster.size) + rng.normal(0, 0.4, clusters)[cluster]
    return y, np.column_stack([np.ones(cluster.size), cluster < treated]), cluster


def infer(y, x, cluster, weights=(0, 1), seed=1):
    return cluster_inference(y, x, cluster, weights, rng=np.random.default_rng(seed))


@pytest.mark.parametrize(
    ("treated", "method"),
    [
        (15, "cr2_satterthwaite"),
        (8, "cr2_satterthwaite"),
        (7, "wild_bootstrap"),
        (5, "wild_bootstrap"),
        (4, "too_few_clusters"),
        (27, "too_few_clusters"),
        (1, "too_few_clusters"),
    ],
)
def test_the_clusters_that_identify_the_contrast_decide(treated, method):
    found = infer(*some(treated))
    assert (found.method, found.n_clusters) == (method, 30)
    assert np.isfinite(found.estimate)
    assert np.isnan(found.p_value) == (method == "too_few_clusters")


@pytest.mark.parametrize(
    ("clusters", "method"),
    [(4, "too_few_clusters"), (5, "wild_bootstrap"), (7, "wild_bootstrap"), (8, "cr2_satterthwaite")],
)
def test_for_a_mean_over_equal_clusters_it_is_their_number(clusters, method):
    y, x, cluster = some(0, clusters)
    found = infer(y, x[:, :1], cluster, [1.0])
    assert found.method == method
    assert found.identifying_clusters == clusters


def test_the_numbers_are_those_of_the_method():
    y, x, cluster = some(15)
    usual = contrast(cluster_fit(y, x, cluster), [0, 1])
    found = infer(y, x, cluster)
    assert (found.conf_low, found.p_value, found.df) == (usual.conf_low, usual.p_value, usual.df)
    y, x, cluster = some(6)
    wild = wild_bootstrap(y, x, ordered_clusters(y, x, cluster), [0, 1], rng=np.random.default_rng(1))
    found = infer(y, x, cluster)
    assert (found.conf_low, found.p_value, found.std_error) == (wild.conf_low, wild.p_value, wild.std_error)


def test_the_choice_does_not_look_at_the_outcome():
    _, x, cluster = some(6)
    methods = {infer(np.random.default_rng(k).normal(size=len(cluster)), x, cluster).method for k in range(3)}
    assert methods == {"wild_bootstrap"}


def test_one_treated_cluster_is_not_saved_by_its_degrees_of_freedom():
    found = infer(*some(1))
    assert found.df > 20
    assert (found.identifying_clusters, found.method) == (1, "too_few_clusters")


def test_a_contrast_rests_on_the_smaller_side_even_with_covariates():
    y, x, cluster = some(6)
    women = np.random.default_rng(3).integers(0, 2, len(y))
    full = np.column_stack([x, women])
    assert identifying_clusters(full, cluster, [0, 1, 0]) == 6
    assert identifying_clusters(full, cluster, [0, 0, 1]) >= 28
    assert identifying_clusters(full, cluster, [1, 0, 0]) >= 24


def test_unknown_degrees_of_freedom_do_not_count_as_many():
    assert method_for(9, float("nan")) == "wild_bootstrap"
