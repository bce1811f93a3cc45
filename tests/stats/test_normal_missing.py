"""Means, covariances and regression with missing values."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize

from evaluation.stats.normal_missing import (
    little_test,
    missing_patterns,
    normal_estimate,
    normal_regression,
    observed_information,
)
from evaluation.vocabulary.errors import EstimationError

SEEDS = st.integers(0, 2**32 - 1)


def table(seed, n=60, share=0.25):
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(n, 3)) @ np.array([[1.0, 0.5, 0.3], [0, 1, 0.4], [0, 0, 1]]) + [3, 1, -2]
    gone = rng.random(values.shape) < share
    gone[:, 0] &= ~gone[:, 1:].all(axis=1)
    return rng, np.where(gone, np.nan, values)


@given(SEEDS)
def test_complete_values_are_described_as_ever(seed):
    _, values = table(seed, share=0)
    found = normal_estimate(values)
    assert found.mean == pytest.approx(values.mean(axis=0))
    assert found.covariance == pytest.approx(np.cov(values.T, bias=True))
    assert found.n_patterns == 1
    assert np.isnan(little_test(values).p_value)


@given(SEEDS)
def test_order_and_units_do_not_matter(seed):
    rng, values = table(seed)
    one, other = normal_estimate(values), normal_estimate(values[rng.permutation(60)] * [2, -1, 10] + 5)
    assert other.mean == pytest.approx(one.mean * [2, -1, 10] + 5, rel=1e-6)
    first, second = little_test(values), little_test(values * [2, -1, 10] + 5)
    assert first.statistic == pytest.approx(second.statistic, rel=1e-6)
    assert first.df == second.df == sum(len(p.seen) for p in missing_patterns(values)) - 3


def test_the_estimate_is_a_maximum():
    _, values = table(3)
    found, patterns = normal_estimate(values), missing_patterns(values)

    def likelihood(theta):
        covariance = np.zeros((3, 3))
        covariance[np.triu_indices(3)] = theta[3:]
        covariance = np.triu(covariance) + np.triu(covariance, 1).T
        total = 0.0
        for pattern in patterns:
            part = covariance[np.ix_(pattern.seen, pattern.seen)]
            gap = pattern.values - theta[pattern.seen]
            total -= len(gap) * np.linalg.slogdet(2 * np.pi * part)[1] / 2
            total -= np.sum(gap @ np.linalg.inv(part) * gap) / 2
        return total

    theta = np.concatenate([found.mean, found.covariance[np.triu_indices(3)]])
    assert likelihood(theta) == pytest.approx(found.log_likelihood)
    slope = optimize.approx_fprime(theta, likelihood, 1e-6)
    assert slope == pytest.approx(np.zeros(9), abs=1e-3)
    steps = np.eye(9) * 1e-4
    bend = [
        [
            (
                likelihood(theta + a + b)
                - likelihood(theta + a - b)
                - likelihood(theta - a + b)
                + likelihood(theta - a - b)
            )
            / 4e-8
            for a in steps
        ]
        for b in steps
    ]
    information = observed_information(patterns, found.mean, found.covariance)
    assert -np.array(bend) == pytest.approx(information, rel=1e-3, abs=2e-3)


@given(SEEDS)
def test_regression_of_complete_values_is_least_squares(seed):
    _, values = table(seed, share=0)
    found = normal_regression(values[:, 2], values[:, :2])
    design = np.column_stack([np.ones(60), values[:, :2]])
    b, rest = np.linalg.lstsq(design, values[:, 2], rcond=None)[:2]
    errors = np.sqrt(np.diag(np.linalg.inv(design.T @ design)) * rest / 60)
    assert [found.intercept, *found.coefficients] == pytest.approx(b)
    assert found.std_error == pytest.approx(errors[1:], rel=1e-6)


def test_little_rejects_when_the_silent_differ():
    rng, values = table(5, n=400, share=0)
    values[values[:, 0] + rng.normal(size=400) > 3.5, 2] = np.nan
    assert little_test(values).p_value < 1e-6
    assert normal_estimate(values).mean[2] == pytest.approx(-2, abs=0.2)


def test_little_holds_its_level():
    """Values missing at random chance: 300 tables, Monte Carlo standard error 0.013."""
    rejected = [little_test(table(seed, n=120)[1]).p_value < 0.05 for seed in range(300)]
    assert np.mean(rejected) == pytest.approx(0.05, abs=0.04)


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ([[1.0, np.nan], [2.0, np.nan]], "Every column"),
        ([[1.0, np.inf], [2.0, 1.0]], "Every column"),
        ([[1.0, 2.0], [1.0, 3.0]], "same value"),
        (np.column_stack([np.arange(5.0)] * 2), "repeat one another"),
    ],
)
def test_what_cannot_be_estimated_is_refused(values, text):
    with pytest.raises(EstimationError, match=text):
        little_test(values)
