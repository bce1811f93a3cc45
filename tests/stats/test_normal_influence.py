"""Means that use every answer, and what each person adds to them."""

import numpy as np
import pytest

from evaluation.stats.normal_influence import normal_means
from evaluation.stats.normal_missing import normal_regression
from evaluation.vocabulary.errors import EstimationError


def answers(n=200):
    rng = np.random.default_rng(3)
    table = rng.normal(size=(n, 3)) @ np.array([[1, 0.6, 0.4], [0, 0.8, 0.5], [0, 0, 0.7]]) + [1.0, 2.0, 4.0]
    table[table[:, 0] + rng.normal(size=n) < 0.5, 1:] = np.nan
    table[rng.random(n) < 0.2, 2] = np.nan
    return table


def test_complete_values_add_their_distance_from_the_mean():
    table = answers()[:, :1]
    found = normal_means(table)
    assert found.mean == pytest.approx(table.mean(axis=0))
    assert found.influence[:, 0] == pytest.approx((table - table.mean())[:, 0])


def test_two_columns_give_the_regression_estimate():
    """The mean of the second is the regression on the first, at the mean of the first of everybody."""
    table = answers()[:, :2]
    seen = ~np.isnan(table[:, 1])
    slope, intercept = np.polyfit(table[seen, 0], table[seen, 1], 1)
    assert normal_means(table).mean[1] == pytest.approx(intercept + slope * table[:, 0].mean())


def test_influence_is_what_a_little_more_weight_does():
    """A person counted twice among many moves the mean by about their influence over the number of people."""
    table = np.vstack([answers(400)] * 3)
    found = normal_means(table)
    for row in (0, 7, 11):
        moved = normal_means(np.vstack([table, table[row]])).mean - found.mean
        assert moved * len(table) == pytest.approx(found.influence[row], abs=0.02)


def test_influence_sums_to_nothing_whatever_the_unit():
    table = answers()
    found, scaled = normal_means(table), normal_means(table * [1, 100, 1] + [0, 0, 1e4])
    assert np.abs(found.influence.sum(axis=0)).max() < 1e-6
    assert scaled.influence == pytest.approx(found.influence * [1, 100, 1], rel=1e-5, abs=1e-5)
    outcome = normal_regression(table[:, 1], table[:, :1])
    assert normal_means(table[:, :2]).mean[0] == pytest.approx(outcome.predictor_mean[0])


@pytest.mark.parametrize(
    "table",
    [
        np.column_stack([np.ones(9), np.arange(9.0)]),
        np.array([[1.0, np.nan], [2, np.nan], [4, np.nan], [np.nan, 1], [np.nan, 3], [np.nan, 4]]),
    ],
)
def test_what_nobody_tells_is_refused(table):
    with pytest.raises(EstimationError):
        normal_means(table)
