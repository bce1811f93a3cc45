"""Cumulative, random-intercept and conditional logits."""

import numpy as np
import pytest
from scipy import integrate, special
from statsmodels.discrete.conditional_models import ConditionalLogit as ReferenceConditional
from statsmodels.discrete.discrete_model import Logit
from statsmodels.miscmodels.ordinal_model import OrderedModel

from evaluation.stats.conditional_logit import conditional_logit
from evaluation.stats.ordinal_logit import cumulative_logit, log_chance, ordinal_rows
from evaluation.stats.random_intercept_logit import random_intercept_logit
from evaluation.vocabulary.errors import EstimationError


def some(n=160, clusters=12, seed=1, spread=0.8):
    rng = np.random.default_rng(seed)
    cluster = rng.integers(0, clusters, n)
    x = np.column_stack([rng.integers(0, 2, n), rng.normal(size=n)])
    latent = x @ [0.7, -0.4] + rng.normal(0, spread, clusters)[cluster] + rng.logistic(size=n)
    return np.digitize(latent, [-1, 0, 1.2]) + 1, x, cluster


def test_cumulative_logit_agrees_with_statsmodels():
    y, x, _ = some()
    found = cumulative_logit(y, x)
    reference = OrderedModel(y, x, distr="logit").fit(method="bfgs", gtol=1e-8, disp=False)
    assert found.coefficients == pytest.approx(reference.params[:2], abs=1e-5)
    assert found.log_likelihood == pytest.approx(reference.llf)
    assert found.std_error == pytest.approx(reference.bse[:2], rel=1e-3)
    assert found.determined


def test_two_categories_are_the_logit():
    y, x, _ = some()
    found = cumulative_logit(y > 2, x)
    reference = Logit(y > 2, np.column_stack([np.ones(len(y)), x])).fit(disp=False)
    assert (-found.thresholds[0], *found.coefficients) == pytest.approx(reference.params, rel=1e-6)
    assert found.std_error == pytest.approx(reference.bse[1:], rel=1e-6)


def test_order_units_constants_and_the_direction_of_the_scale():
    y, x, _ = some()
    plain = cumulative_logit(y, x)
    order = np.random.default_rng(2).permutation(len(y))
    assert cumulative_logit(y[order], x[order]).coefficients == pytest.approx(plain.coefficients)
    assert cumulative_logit(10 * y, 2 * x + 3).coefficients == pytest.approx(plain.coefficients / 2)
    turned = cumulative_logit(5 - y, x)
    assert turned.coefficients == pytest.approx(-plain.coefficients)
    assert turned.thresholds == pytest.approx(-plain.thresholds[::-1])


def test_effects_of_their_own_fit_at_least_as_well():
    y, x, _ = some()
    plain, free = cumulative_logit(y, x), cumulative_logit(y, x[:, 1:], x[:, :1])
    assert free.nominal.shape == (3, 1)
    assert free.log_likelihood >= plain.log_likelihood - 1e-9


def test_answers_told_apart_perfectly_are_not_determined():
    assert not cumulative_logit([1, 1, 2, 2, 3, 3], np.array([[0, 0, 1, 1, 2, 2]]).T).determined


def test_chances_far_out_keep_their_digits():
    edges = np.array([-np.inf, -40.0, -2.0, 0.0, 2.0, 40.0, np.inf])
    chances = np.exp(log_chance(edges[1:], edges[:-1]))
    assert chances.sum() == pytest.approx(1)
    assert chances[0] == pytest.approx(chances[-1])


def test_models_need_complete_columns_and_two_answers():
    with pytest.raises(EstimationError, match="two different answers"):
        ordinal_rows([1, 1, 1], np.empty((3, 0)))
    with pytest.raises(EstimationError, match="repeat one another"):
        ordinal_rows([1, 2, 1], np.ones((3, 1)))


def test_the_likelihood_is_the_integral_over_the_clusters():
    y, x, cluster = some(60, 5)
    found = random_intercept_logit(y, x, cluster, nodes=25)
    edges = np.concatenate([[-np.inf], found.thresholds, [np.inf]])
    centre = x @ found.coefficients

    def chance(level, rows):
        above, below = (
            special.expit(edges[y[rows] - side] - centre[rows] - found.std_between * level) for side in (0, 1)
        )
        return np.prod(above - below) * np.exp(-(level**2) / 2) / np.sqrt(2 * np.pi)

    expected = sum(np.log(integrate.quad(chance, -8, 8, args=(cluster == g,), epsabs=0)[0]) for g in range(5))
    assert found.log_likelihood == pytest.approx(expected, abs=1e-6)
    assert found.std_between > 0


def test_no_nearby_parameters_are_likelier():
    y, x, cluster = some()
    found = random_intercept_logit(y, x, cluster)
    plain = cumulative_logit(y, x)
    assert found.log_likelihood > plain.log_likelihood
    assert found.likelihood_ratio == pytest.approx(2 * (found.log_likelihood - plain.log_likelihood))
    assert 0 < found.p_value < 0.5
    coarse = random_intercept_logit(y, x, cluster, nodes=1)
    assert coarse.coefficients == pytest.approx(found.coefficients, rel=0.05)


def test_random_intercepts_order_labels_and_direction():
    y, x, cluster = some()
    plain = random_intercept_logit(y, x, cluster, nodes=9)
    order = np.random.default_rng(2).permutation(len(y))
    moved = random_intercept_logit(
        y[order], x[order], np.array(list("qwertyuiopas"))[cluster[order]], nodes=9
    )
    turned = random_intercept_logit(5 - y, x, cluster, nodes=9)
    assert moved.coefficients == pytest.approx(plain.coefficients, rel=1e-4)
    assert turned.coefficients == pytest.approx(-plain.coefficients, rel=1e-4)
    assert turned.std_between == pytest.approx(plain.std_between, rel=1e-4)


def test_without_spread_between_clusters_it_is_the_plain_model():
    y, x, _ = some(spread=0)
    cluster = np.empty(len(y), dtype=int)
    cluster[np.argsort(y, kind="stable")] = np.arange(len(y)) % 8
    found, plain = random_intercept_logit(y, x, cluster), cumulative_logit(y, x)
    assert (found.std_between, found.p_value, found.likelihood_ratio) == (0.0, 1.0, 0.0)
    assert found.std_error == pytest.approx(plain.std_error)
    with pytest.raises(EstimationError, match="quadrature"):
        random_intercept_logit(y, x, cluster, nodes=0)


def test_conditional_logit_agrees_with_statsmodels():
    rng = np.random.default_rng(4)
    person = np.repeat(np.arange(60), rng.integers(1, 5, 60))
    x = rng.normal(size=(person.size, 2))
    y = (x @ [0.8, -0.5] + rng.normal(0, 1, 60)[person] + rng.logistic(size=person.size) > 0).astype(float)
    found = conditional_logit(y, x, person)
    informative = [g for g in range(60) if 0 < y[person == g].mean() < 1]
    kept = np.isin(person, informative)
    reference = ReferenceConditional(y[kept], x[kept], groups=person[kept]).fit(disp=False)
    assert found.coefficients == pytest.approx(reference.params, rel=1e-4)
    assert found.std_error == pytest.approx(reference.bse, rel=1e-4)
    assert found.n_informative == len(informative)
    order = rng.permutation(person.size)
    assert conditional_logit(y[order], x[order], -person[order]).coefficients == pytest.approx(
        found.coefficients
    )
    assert conditional_logit(1 - y, x, person).coefficients == pytest.approx(-found.coefficients)
    shifted = conditional_logit(y, x + rng.normal(size=60)[person, None], person)
    assert shifted.coefficients == pytest.approx(found.coefficients)


def test_conditional_logit_says_what_is_in_the_way():
    person = np.repeat(np.arange(4), 2)
    with pytest.raises(EstimationError, match="both yes and no"):
        conditional_logit([1, 1, 0, 0], np.ones((4, 1)), [1, 1, 2, 2])
    with pytest.raises(EstimationError, match="do not vary within people"):
        conditional_logit([1, 0] * 4, person[:, None] * 1.0, person)
    with pytest.raises(EstimationError, match="0 or 1"):
        conditional_logit([1, 2] * 4, person[:, None], person)
    with pytest.raises(EstimationError, match="at most 16"):
        conditional_logit([1, 0] * 10, np.arange(20.0)[:, None], [1] * 18 + [2] * 2)
