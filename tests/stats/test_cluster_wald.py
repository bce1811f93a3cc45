"""Joint tests of several contrasts."""

import math

import numpy as np
import pytest

from evaluation.stats.cluster import cluster_covariance, cluster_fit, contrast
from evaluation.stats.cluster_wald import wald_htz
from evaluation.vocabulary.errors import EstimationError

from .test_cluster import firms, written_out


@pytest.mark.parametrize("seed", range(4))
def test_one_contrast_is_the_t_test(seed):
    fit = cluster_fit(*firms(seed))
    joint, single = wald_htz(fit, [0, 1, 0, 0]), contrast(fit, [0, 1, 0, 0])
    assert joint.statistic == pytest.approx(single.statistic**2, rel=1e-8)
    assert joint.df_denominator == pytest.approx(single.df, rel=1e-7)
    assert joint.p_value == pytest.approx(single.p_value, rel=1e-6)


@pytest.mark.parametrize("seed", range(3))
def test_the_degrees_of_freedom_are_those_of_the_definition(seed):
    """Variances of the elements of the standardised covariance, by sums over pairs of firms."""
    y, x, cluster = firms(seed, n_clusters=12)
    rows = np.array([[0, 1, 0, 0], [0, 0, 1, -1], [0, 0, 0, 2.0]])
    blocks = written_out(y, x, cluster, "CR2")[2]
    spread = rows @ np.linalg.inv(x.T @ x) @ rows.T
    root = np.linalg.inv(np.linalg.cholesky(spread)).T
    vectors = np.stack([block @ rows.T @ root for block in blocks])  # firm, row of the data, contrast
    products = np.einsum("gns,hnt->ghst", vectors, vectors)
    q = len(rows)
    total = sum(
        np.sum(products[:, :, s, s] * products[:, :, t, t] + products[:, :, s, t] * products[:, :, t, s])
        for s in range(q)
        for t in range(q)
    )
    found = wald_htz(cluster_fit(y, x, cluster), rows)
    assert found.df_denominator == pytest.approx(q * (q + 1) / total - q + 1, rel=1e-7)


def test_the_statistic_by_hand_and_whatever_the_basis():
    fit = cluster_fit(*firms(2, n_clusters=15))
    rows = np.array([[0, 1, 0, 0], [0, 0, 1, 0.0]])
    value = rows @ fit.coefficients
    chi_square = value @ np.linalg.inv(rows @ cluster_covariance(fit) @ rows.T) @ value
    found, mixed = wald_htz(fit, rows), wald_htz(fit, [[0, 1, 1, 0], [0, 2, -1, 0]])
    assert found.chi_square == pytest.approx(chi_square)
    assert (mixed.statistic, mixed.df_denominator) == pytest.approx((found.statistic, found.df_denominator))
    m = found.df_denominator + 1
    assert found.statistic == pytest.approx((m - 1) / (2 * m) * chi_square)


def test_too_few_firms_for_so_many_contrasts():
    y, x, cluster = firms(1, n_clusters=4)
    found = wald_htz(cluster_fit(y, x, cluster), np.eye(4)[1:])
    assert found.df_denominator < 0
    assert math.isnan(found.p_value) and math.isnan(found.statistic)


def test_no_spread_no_test():
    _, x, cluster = firms(2)
    found = wald_htz(cluster_fit(np.zeros(cluster.size), x, cluster), np.eye(4)[1:3])
    assert math.isnan(found.chi_square) and math.isnan(found.p_value)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([[0, 1, 0]], "one weight for each"),
        ([[0, 1, 0, math.nan]], "one weight for each"),
        ([[0, 1, 0, 0], [0, 2, 0, 0]], "follow from the others"),
        (np.ones((5, 4)), "follow from the others"),
        ([[0, 0, 0, 0]], "follow from the others"),
    ],
)
def test_contrasts_that_cannot_be_tested_are_refused(rows, words):
    with pytest.raises(EstimationError, match=words):
        wald_htz(cluster_fit(*firms()), rows)
