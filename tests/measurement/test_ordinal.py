"""Polychoric correlations and factor models of ordered items."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from evaluation.measurement.efa import parallel_analysis
from evaluation.measurement.ordinal import categorical_omega, ordinal_cfa, ordinal_invariance
from evaluation.measurement.ordinal_sample import ordinal_sample
from evaluation.measurement.polychoric import bivariate_normal, cells, polychoric, polychoric_matrix
from evaluation.vocabulary.errors import EstimationError

from .made_up import ordered

SEEDS = st.integers(0, 2**32 - 1)


@given(st.floats(-4, 4), st.floats(-4, 4), st.floats(-0.98, 0.98))
@settings(max_examples=40)
def test_bivariate_probabilities_agree_with_scipy(h, k, r):
    expected = stats.multivariate_normal(cov=[[1, r], [r, 1]]).cdf([h, k])
    assert bivariate_normal(h, k, r) == pytest.approx(expected, abs=1e-6)


def test_zero_and_infinity():
    assert bivariate_normal(0.0, 0.0, -0.5) == pytest.approx(1 / 6)
    assert bivariate_normal(np.inf, 0.3, 0.4) == pytest.approx(stats.norm.cdf(0.3))
    assert bivariate_normal(-np.inf, 0.3, 0.4) == pytest.approx(0)
    assert bivariate_normal(0.0, -1.0, 0.0) == pytest.approx(stats.norm.cdf(-1) / 2)


def test_derivatives_of_cells_are_those_of_differences():
    rows, columns, step = np.array([-0.5, 0.7]), np.array([0.1]), 1e-6
    found = cells(rows, columns, 0.4)
    by = (cells(rows, columns, 0.4 + step).share - cells(rows, columns, 0.4 - step).share) / (2 * step)
    assert found.by_correlation == pytest.approx(by, abs=1e-8)
    move = np.array([0, step])
    by = (cells(rows + move, columns, 0.4).share - cells(rows - move, columns, 0.4).share) / (2 * step)
    assert found.by_rows[1] == pytest.approx(by, abs=1e-8)
    by = (cells(rows, columns + step, 0.4).share - cells(rows, columns - step, 0.4).share) / (2 * step)
    assert found.by_columns[0] == pytest.approx(by, abs=1e-8)


@given(SEEDS)
@settings(max_examples=20)
def test_a_correlation_turns_with_its_table(seed):
    counts = np.random.default_rng(seed).integers(3, 30, size=(3, 4))
    found = polychoric(counts)
    assert polychoric(counts.T).estimate == pytest.approx(found.estimate, abs=1e-7)
    assert polychoric(counts[::-1]).estimate == pytest.approx(-found.estimate, abs=1e-7)
    assert polychoric(counts, "ml").log_likelihood >= found.log_likelihood - 1e-9


def test_known_correlations_are_found():
    """Truth 0.56 and 0.42 from loadings 0.8, 0.7 and 0.6; 20,000 people, standard error about 0.007."""
    x = ordered(np.random.default_rng(1), 20_000, (0.8, 0.7, 0.6))
    found = polychoric_matrix(x)
    assert found[0, 1] == pytest.approx(0.56, abs=0.025)
    assert found[1, 2] == pytest.approx(0.42, abs=0.025)


def test_empty_rows_and_constant_items_are_refused():
    with pytest.raises(EstimationError, match="every row"):
        polychoric([[1, 2], [0, 0]])
    with pytest.raises(EstimationError, match="same answer"):
        polychoric_matrix([[1, 1], [1, 2]])


def test_a_perfect_table_ends_at_the_limit():
    assert polychoric([[20, 0], [0, 20]]).estimate > 0.99


def test_covariances_of_the_statistics_are_their_spread():
    """200 samples of 300; the relative standard error of a spread is 0.05."""
    rng = np.random.default_rng(2)
    found = [ordinal_sample(ordered(rng, 300, (0.8, 0.7), (-0.7, 0.7))) for _ in range(200)]
    spread = np.std([one.statistics for one in found], axis=0)
    promised = np.mean([np.sqrt(np.diag(one.gamma) / one.n) for one in found], axis=0)
    assert promised == pytest.approx(spread, rel=0.2)


@given(SEEDS)
@settings(max_examples=10)
def test_the_factor_model_does_not_depend_on_order_or_direction(seed):
    rng = np.random.default_rng(seed)
    x = ordered(rng, 250)
    found, factors = ordinal_cfa(x, [[0, 1, 2, 3]]), [[0, 1, 2, 3]]
    for other in (x[rng.permutation(len(x))], 6 - x):
        again = ordinal_cfa(other, factors)
        assert again.standardised == pytest.approx(found.standardised, abs=1e-6)
        assert again.estimates.scaled.chi2 == pytest.approx(found.estimates.scaled.chi2, abs=1e-4)


def test_known_loadings_and_the_size_of_the_statistic():
    """60 samples of 500; the mean of chi2 with 2 degrees of freedom has a standard error of 0.26."""
    rng = np.random.default_rng(3)
    found = [ordinal_cfa(ordered(rng, 500), [[0, 1, 2, 3]]) for _ in range(60)]
    loadings = np.mean([one.standardised[:, 0] for one in found], axis=0)
    assert loadings == pytest.approx([0.8, 0.7, 0.75, 0.6], abs=0.02)
    assert np.mean([one.estimates.scaled.chi2 for one in found]) == pytest.approx(2, abs=0.9)


def test_omega_of_answers_is_their_reliability():
    """Truth by the correlation of two sums with the same trait; 40,000 people."""
    rng = np.random.default_rng(4)
    trait, loadings = rng.normal(size=(40_000, 1)), np.array([0.8, 0.7, 0.75, 0.6])
    sums = [
        np.digitize(trait * loadings + np.sqrt(1 - loadings**2) * rng.normal(size=(40_000, 4)), [-0.5, 1])
        for _ in range(2)
    ]
    truth = np.corrcoef(sums[0].sum(axis=1), sums[1].sum(axis=1))[0, 1]
    found = categorical_omega(sums[0][:4000])
    assert found.estimate == pytest.approx(truth, abs=0.02)
    assert found.of_model == pytest.approx(truth, abs=0.02)
    assert found.latent > found.estimate


def test_groups_that_use_other_answers_are_refused():
    rng = np.random.default_rng(5)
    x, y = ordered(rng, 200), ordered(rng, 200)
    assert all(step.holds for step in ordinal_invariance([x, y]))
    with pytest.raises(EstimationError, match="same answers"):
        ordinal_invariance([x, np.minimum(y, 4)])
    with pytest.raises(EstimationError, match="three or more"):
        ordinal_invariance([(x > 3) * 1, (y > 3) * 1])


def test_parallel_analysis_of_ordered_answers():
    rng = np.random.default_rng(6)
    found = parallel_analysis(ordered(rng, 250), rng, 20, correlate=polychoric_matrix)
    assert found.n_factors == 1
