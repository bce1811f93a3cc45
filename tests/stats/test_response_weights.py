"""Who answers, and weights from it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.stats.logistic import logistic_fit, logistic_weighted
from evaluation.stats.response_weights import kish_effect, response_weights
from evaluation.vocabulary.errors import EstimationError

SEEDS = st.integers(0, 2**32 - 1)


def people(seed, n=150):
    rng = np.random.default_rng(seed)
    x = np.column_stack([np.ones(n), rng.normal(size=n), rng.integers(0, 2, n)])
    y = (rng.random(n) < 1 / (1 + np.exp(-x @ [0.8, 0.5, -0.4]))).astype(float)
    return rng, x, y


@given(SEEDS)
def test_order_units_and_names_of_columns_do_not_matter(seed):
    rng, x, y = people(seed)
    found, order = logistic_fit(y, x), rng.permutation(150)
    again = logistic_fit(y[order], (x * [1, 1000, 1])[order])
    assert again.probability == pytest.approx(found.probability[order])
    assert again.coefficients * [1, 1000, 1] == pytest.approx(found.coefficients)
    turned = logistic_fit(1 - y, x)
    assert turned.coefficients == pytest.approx(-found.coefficients, abs=1e-9)
    assert turned.statistic == pytest.approx(found.statistic)
    assert found.probability.sum() == pytest.approx(y.sum())


def test_weightings_are_the_same_as_repeated_rows():
    rng, x, y = people(3)
    times = rng.multinomial(150, np.full(150, 1 / 150), size=5)
    found = logistic_weighted(y, x, times.astype(float))
    for row, weights in zip(found, times, strict=True):
        rows = np.repeat(np.arange(150), weights)
        assert row == pytest.approx(logistic_fit(y[rows], x[rows]).coefficients)


def test_a_category_is_its_own_log_odds():
    y, x = np.array([1.0, 0, 0, 0, 1, 1, 1, 0]), np.repeat([0.0, 1.0], 4)
    fit = logistic_fit(y, np.column_stack([np.ones(8), x]))
    assert fit.coefficients == pytest.approx([np.log(1 / 3), np.log(9)])
    assert fit.std_error[0] == pytest.approx(np.sqrt(1 + 1 / 3))


@pytest.mark.parametrize(
    ("y", "x", "text"),
    [
        ([0, 0, 1, 1], [0, 0, 1, 1], "without error"),
        ([1, 1, 1, 1], [0, 1, 0, 1], "some of each"),
        ([0, 1, 0, 1], [1, 1, 1, 1], "repeat one another"),
        ([0, 1, 0, 1], [1, np.nan, 1, 2], "complete row"),
    ],
)
def test_what_cannot_be_modelled_is_refused(y, x, text):
    with pytest.raises(EstimationError, match=text):
        logistic_fit(y, np.column_stack([np.ones(4), x]))


def test_a_weighting_without_maximum_can_be_left_out():
    x = np.column_stack([np.ones(4), [0, 0, 1, 1]])
    y = np.array([0.0, 1, 0, 1])
    found = logistic_weighted(y, x, np.array([[1.0, 0, 0, 1], [1, 1, 1, 1]]), strict=False)
    assert np.isnan(found[0]).all()
    assert found[1] == pytest.approx([0, 0])


@given(SEEDS)
def test_weights_stand_for_everybody(seed):
    _, x, y = people(seed)
    chance = logistic_fit(y, x).probability
    found, stable = response_weights(y, chance), response_weights(y, chance, stabilised=True)
    assert np.all(found.weights[y == 0] == 0) and np.all(found.weights[y == 1] >= 1)
    assert found.weights.sum() == pytest.approx(150, rel=0.1)
    assert stable.weights[y == 1].mean() == pytest.approx(1, abs=0.1)
    assert stable.design_effect == pytest.approx(found.design_effect) and found.design_effect >= 1
    cut = response_weights(y, chance, trim=(0.05, 0.95))
    assert cut.weights.max() <= found.weights.max() and cut.n_trimmed > 0
    assert cut.design_effect <= found.design_effect


def test_equal_weights_cost_nothing():
    assert kish_effect([3.0, 3.0]) == 1
    assert response_weights([1, 1, 0], [0.5, 0.5, 0.5]).n_effective == 2


@pytest.mark.parametrize(
    ("responded", "chance"), [([0, 0], [0.5, 0.5]), ([1, 2], [0.5, 0.5]), ([1, 1], [0.0, 0.5])]
)
def test_impossible_chances_are_refused(responded, chance):
    with pytest.raises(EstimationError):
        response_weights(responded, chance)
