"""Shares as distributions, and the people who are still silent."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats as scipy_stats

from evaluation.stats.proportion import response_bounds
from evaluation.stats.share_posterior import (
    beta_posterior,
    predict_unseen,
    predicted_counts,
    probability_at_least,
)
from evaluation.vocabulary.errors import EstimationError

COUNTS = st.lists(
    st.integers(0, 5).flatmap(lambda k: st.tuples(st.just(k), st.integers(0, 4), st.integers(0, 4))),
    min_size=1,
    max_size=5,
).filter(lambda rows: all(map(sum, rows)))


@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 15))
def test_predictions_are_the_beta_binomial(k, rest, more):
    posterior = beta_posterior(k, k + rest)
    expected = scipy_stats.betabinom.pmf(np.arange(more + 1), more, k + 1, rest + 1)
    np.testing.assert_allclose(predicted_counts(posterior, more), expected, rtol=1e-9)
    assert posterior.conf_low <= posterior.conf_high
    assert probability_at_least(posterior, posterior.conf_low) == pytest.approx(0.975)


@settings(max_examples=25)
@given(COUNTS, st.integers(0, 2**32 - 1))
def test_the_prediction_is_a_distribution_within_what_is_possible(rows, seed):
    k, n, total = np.array([(k, k + no, k + no + silent) for k, no, silent in rows]).T
    found = predict_unseen(k, n, total, 0.7)
    bounds = response_bounds(k.sum(), n.sum(), total.sum())
    assert found.probability.sum() == pytest.approx(1)
    assert found.probability.size == (total - n).sum() + 1
    assert bounds.bound_low <= found.conf_low <= found.conf_high <= bounds.bound_high + 1e-12
    assert bounds.bound_low - 1e-9 <= found.estimate <= bounds.bound_high + 1e-9
    order = np.random.default_rng(seed).permutation(len(rows))
    assert predict_unseen(k[order], n[order], total[order], 0.7).p_target == pytest.approx(found.p_target)


def test_the_prediction_by_adding_up_every_outcome():
    k, n, silent = np.array([3, 1]), np.array([4, 3]), np.array([2, 1])
    found = predict_unseen(k, n, n + silent, 0.7, grid=(9, 7))
    weights, outcomes = [], []
    for mean in (np.arange(9) + 0.5) / 9:
        for icc in (np.arange(7) + 0.5) / 7:
            a, b = mean * (1 - icc) / icc, (1 - mean) * (1 - icc) / icc
            prior = scipy_stats.beta.pdf(icc, 1, 10)
            weights.append(prior * np.prod(scipy_stats.betabinom.pmf(k, n, a, b)))
            parts = [
                scipy_stats.betabinom.pmf(np.arange(u + 1), u, a + k[i], b + n[i] - k[i])
                for i, u in enumerate(silent)
            ]
            outcomes.append(np.convolve(*parts))
    expected = np.average(outcomes, axis=0, weights=weights)
    np.testing.assert_allclose(found.probability, expected, rtol=1e-9)
    assert found.p_target == pytest.approx(expected[3:].sum())


def test_everyone_answered_is_certain():
    assert predict_unseen([7], [10], [10], 0.7).p_target == 1
    found = predict_unseen([6], [10], [10], 0.7)
    assert (found.p_target, found.conf_low, found.conf_high) == (0, 0.6, 0.6)


def test_unlike_organisations_say_less_of_the_silent():
    alike = predict_unseen([7] * 10, [10] * 10, [20] * 10, 0.65)
    unlike = predict_unseen([10] * 7 + [0] * 3, [10] * 10, [20] * 10, 0.65)
    assert unlike.icc > alike.icc + 0.2
    silent = predict_unseen([10] * 7 + [0] * 4, [10] * 10 + [0], [10] * 10 + [100], 0.65)
    assert silent.conf_high - silent.conf_low > alike.conf_high - alike.conf_low


def test_a_prior_is_above_zero():
    with pytest.raises(EstimationError, match="prior"):
        beta_posterior(1, 2, prior=(0.0, 1.0))
