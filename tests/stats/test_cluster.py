"""Cluster-robust inference, compared with its definition written out with full matrices."""

import math

import numpy as np
import pytest

from evaluation.stats.cluster import ADJUSTMENTS, cluster_covariance, cluster_fit, contrast, satterthwaite_df
from evaluation.stats.cluster_wald import wald_htz
from evaluation.vocabulary.errors import EstimationError

POWERS = {"CR0": 0.0, "CR1": 0.0, "CR1S": 0.0, "CR2": -0.5, "CR3": -1.0}


def firms(seed=0, n_clusters=9, columns=2):
    """Unequal firms, a column that is constant in each, and columns that are not."""
    rng = np.random.default_rng(seed)
    cluster = np.repeat(np.arange(n_clusters), rng.integers(1, 9, n_clusters))
    programme = (np.arange(n_clusters) % 3 == 0)[cluster]
    x = np.column_stack([np.ones(cluster.size), programme, rng.normal(size=(cluster.size, columns))])
    y = x @ rng.normal(size=x.shape[1]) + rng.normal(size=n_clusters)[cluster] + rng.normal(size=cluster.size)
    return y, x, cluster


def symmetric_power(matrix, power):
    """Power of a symmetric matrix, with zero for directions without room."""
    values, vectors = np.linalg.eigh(matrix)
    free = values > 1e-10
    return (vectors * np.where(free, np.where(free, values, 1.0) ** power, 0.0)) @ vectors.T


def written_out(y, x, cluster, kind):
    """Coefficients, covariance, and the vectors p_g for any contrast, from n x n matrices."""
    n, p = x.shape
    bread = np.linalg.inv(x.T @ x)
    beta, hat = bread @ x.T @ y, x @ bread @ x.T
    residual, meat, blocks = y - x @ beta, np.zeros((p, p)), []
    groups = [np.flatnonzero(cluster == g) for g in np.unique(cluster)]
    for rows in groups:
        room = np.eye(len(rows)) - hat[np.ix_(rows, rows)]
        adjustment = symmetric_power(room, POWERS[kind]) if POWERS[kind] else np.eye(len(rows))
        score = x[rows].T @ adjustment @ residual[rows]
        meat += np.outer(score, score)
        blocks.append((np.eye(n) - hat)[:, rows] @ adjustment @ x[rows] @ bread)
    g = len(groups)
    factor = {"CR1": g / (g - 1), "CR1S": g / (g - 1) * (n - 1) / (n - p)}.get(kind, 1.0)
    return beta, factor * bread @ meat @ bread, blocks


@pytest.mark.parametrize("kind", sorted(ADJUSTMENTS))
@pytest.mark.parametrize("seed", range(4))
def test_the_covariance_is_that_of_the_definition(kind, seed):
    y, x, cluster = firms(seed)
    fit = cluster_fit(y, x, cluster)
    beta, covariance, _ = written_out(y, x, cluster, kind)
    np.testing.assert_allclose(fit.coefficients, beta, rtol=1e-9)
    np.testing.assert_allclose(cluster_covariance(fit, kind), covariance, rtol=1e-8)


@pytest.mark.parametrize("kind", ["CR0", "CR2", "CR3"])
@pytest.mark.parametrize("seed", range(4))
def test_the_degrees_of_freedom_are_those_of_the_definition(kind, seed):
    y, x, cluster = firms(seed)
    blocks = written_out(y, x, cluster, kind)[2]
    for weights in ([1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, -1.5]):
        p = np.stack([block @ weights for block in blocks], axis=1)
        gram = p.T @ p
        expected = np.trace(gram) ** 2 / np.sum(gram**2)
        assert satterthwaite_df(cluster_fit(y, x, cluster), weights, kind) == pytest.approx(
            expected, rel=1e-8
        )


def test_firms_that_alone_decide_a_coefficient():
    """A column of ones for one firm makes its leverage 1; the pseudo-inverse leaves it out."""
    y, x, cluster = firms(3, columns=1)
    x = np.column_stack([x, cluster == 4])
    fit = cluster_fit(y, x, cluster)
    assert fit.leverage.max() == pytest.approx(1)
    _, covariance, blocks = written_out(y, x, cluster, "CR2")
    np.testing.assert_allclose(cluster_covariance(fit), covariance, rtol=1e-7, atol=1e-14)
    p = np.stack([block @ [0, 1, 0, 0] for block in blocks], axis=1)
    expected = np.trace(p.T @ p) ** 2 / np.sum((p.T @ p) ** 2)
    assert satterthwaite_df(fit, [0, 1, 0, 0]) == pytest.approx(expected, rel=1e-7)


def test_a_firm_for_each_coefficient_tells_nothing():
    """Two firms, two coefficients: no residual, no degrees of freedom, and no false certainty."""
    fit = cluster_fit([1.0, 1.0, 3.0, 3.0], np.column_stack([np.ones(4), [0, 0, 1, 1]]), [1, 1, 2, 2])
    found = contrast(fit, [0.0, 1.0])
    assert found.estimate == pytest.approx(2.0)
    assert found.std_error == 0.0
    assert math.isnan(found.p_value) and math.isnan(found.conf_low) and math.isnan(found.df)


def test_cr2_is_unbiased_when_rows_are_independent():
    """Known truth: expected covariance is (x'x)^-1 for independent rows of variance 1."""
    y, x, cluster = firms(1)
    blocks = written_out(y, x, cluster, "CR2")[2]
    expected = sum(block.T @ block for block in blocks)
    np.testing.assert_allclose(expected, np.linalg.inv(x.T @ x), rtol=1e-9)


def test_corrections_are_in_the_usual_order():
    fit = cluster_fit(*firms(2))
    error = {kind: contrast(fit, [0, 1, 0, 0], covariance=kind).std_error for kind in ADJUSTMENTS}
    assert error["CR0"] < error["CR1"] < error["CR1S"]
    assert error["CR0"] < error["CR2"] < error["CR3"]


def test_a_contrast_agrees_with_the_model_written_another_way():
    y, x, cluster = firms(5)
    turned = x.copy()
    turned[:, 1] = 1 - x[:, 1]
    one, other = (contrast(cluster_fit(y, columns, cluster), [0, 1, 0, 0]) for columns in (x, turned))
    assert one.estimate == pytest.approx(-other.estimate)
    assert (one.std_error, one.df) == pytest.approx((other.std_error, other.df))
    summed = contrast(cluster_fit(y, turned, cluster), [1, 1, 0, 0])
    assert summed.estimate == pytest.approx(contrast(cluster_fit(y, x, cluster), [1, 0, 0, 0]).estimate)


def test_units_and_names_of_clusters_do_not_matter():
    y, x, cluster = firms(6)
    plain = contrast(cluster_fit(y, x, cluster), [0, 0, 1, 0])
    named = contrast(cluster_fit(y, x, [f"firm {c}" for c in cluster]), [0, 0, 1, 0])
    scaled = contrast(cluster_fit(1000 * y, x * [1, 1, 1e-6, 1], cluster), [0, 0, 1, 0])
    assert (named.std_error, named.df) == pytest.approx((plain.std_error, plain.df))
    assert (scaled.statistic, scaled.df) == pytest.approx((plain.statistic, plain.df))


def test_reference_and_confidence():
    fit = cluster_fit(*firms())
    plain, moved = contrast(fit, [1, 0, 0, 0]), contrast(fit, [1, 0, 0, 0], 0.8, reference=1.0)
    assert moved.statistic == pytest.approx((plain.estimate - 1) / plain.std_error)
    assert plain.conf_low < moved.conf_low < plain.estimate
    assert contrast(fit, [1, 0, 0, 0], covariance="CR1").df == fit.n_clusters - 1


def test_a_constant_outcome_has_no_spread():
    _, x, cluster = firms()
    found = contrast(cluster_fit(np.full(cluster.size, 3.1), x, cluster), [1, 0, 0, 0])
    assert found.estimate == pytest.approx(3.1)
    assert found.std_error == 0.0 and math.isnan(found.p_value) and math.isnan(found.conf_high)


def test_as_many_coefficients_as_rows():
    fit = cluster_fit([1.0, 2.0], np.array([[1.0, 0.0], [1.0, 1.0]]), [1, 2])
    assert math.isnan(contrast(fit, [0.0, 1.0], covariance="CR1S").std_error) or fit.n == 2
    assert math.isnan(contrast(fit, [0.0, 1.0], covariance="CR1S").p_value)


@pytest.mark.parametrize("weights", [[1, 0], [0, 0, 0, 0], [1, 0, 0, math.nan]])
def test_a_contrast_needs_weights(weights):
    with pytest.raises(EstimationError):
        contrast(cluster_fit(*firms()), weights)


def test_an_unknown_covariance_is_refused():
    with pytest.raises(EstimationError, match="no cluster covariance called HC1"):
        cluster_covariance(cluster_fit(*firms()), "HC1")


def test_nothing_is_as_large_as_rows_by_rows():
    """20 000 people in 2 000 organisations: a table of people by people would need 3 GB."""
    rng = np.random.default_rng(9)
    x = np.column_stack([np.ones(20_000), rng.normal(size=(20_000, 5))])
    fit = cluster_fit(rng.normal(size=20_000), x, rng.integers(0, 2000, 20_000))
    found = contrast(fit, np.eye(6)[1])
    assert 1000 < found.df < 2000
    assert wald_htz(fit, np.eye(6)[1:]).df_denominator > 1000
