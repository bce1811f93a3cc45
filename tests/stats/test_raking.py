"""Weights that agree with known numbers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.stats.raking import raked_mean, raked_weights
from evaluation.stats.survey_mean import survey_mean
from evaluation.vocabulary.errors import EstimationError


def people(seed):
    rng = np.random.default_rng(seed)
    sex = np.concatenate([[0, 1, 0, 1], rng.integers(0, 2, 40)])
    age = np.concatenate([[0, 0, 1, 1], rng.integers(0, 2, 40)])
    return rng, sex, age, rng.normal(size=44) + sex


@given(st.integers(0, 2**32 - 1))
def test_weights_sum_to_what_is_known(seed):
    rng, sex, age, y = people(seed)
    found = raked_weights([sex, age], [{0: 60, 1: 40}, {0: 30, 1: 70}])
    assert np.all(found.weights > 0)
    assert found.design_effect >= 1
    assert np.bincount(sex, found.weights) == pytest.approx([60, 40])
    assert np.bincount(age, found.weights) == pytest.approx([30, 70])
    order = rng.permutation(44)
    again = raked_weights(
        [np.array(["m", "w"])[sex[order]], age[order]], [{"m": 60, "w": 40}, {0: 30, 1: 70}]
    )
    assert again.weights == pytest.approx(found.weights[order])
    mean, other = raked_mean(y, found), raked_mean(y[order], again)
    assert (mean.estimate, mean.std_error) == pytest.approx((other.estimate, other.std_error))


def test_weights_that_agree_already_stay():
    found = raked_weights([["a", "b", "b"]], [{"a": 1, "b": 2}])
    assert found.weights.tolist() == [1, 1, 1]


def test_what_the_classification_explains_is_not_left_to_chance():
    _, sex, _, _ = people(1)
    counts = np.bincount(sex)
    weights = raked_weights([sex], [{0: int(counts[0]), 1: int(counts[1])}])
    assert raked_mean(sex.astype(float), weights).std_error == pytest.approx(0, abs=1e-12)
    assert survey_mean(sex.astype(float)).std_error > 0.05


@pytest.mark.parametrize(
    ("margins", "totals", "text"),
    [
        ([], [], "there must be one"),
        ([["a", "b"]], [{"a": 1}], "every category|Every category|missing"),
        ([["a", "b"]], [{"a": 1, "b": 2, "c": 3}], "Every category"),
        ([["a", "b"]], [{"a": 1, "b": 0}], "Every category"),
        ([["a", "b"], ["a", "b"]], [{"a": 1, "b": 2}, {"a": 2, "b": 2}], "different totals"),
        ([["a", "b"], ["a", "b"]], [{"a": 1, "b": 2}, {"a": 2, "b": 1}], "No weights"),
        ([["a", "b"], ["a", "b", "a"]], [{"a": 1, "b": 2}, {"a": 1, "b": 2}], "one category per row"),
    ],
)
def test_what_cannot_be_weighted_is_refused(margins, totals, text):
    with pytest.raises(EstimationError, match=text):
        raked_weights(margins, totals)
