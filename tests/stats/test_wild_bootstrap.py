"""Wild cluster bootstrap."""

import numpy as np
import pytest

from evaluation.stats.cluster import cluster_fit, contrast
from evaluation.stats.wild_bootstrap import MULTIPLIERS, usual_multipliers, wild_bootstrap, wild_weights
from evaluation.vocabulary.errors import EstimationError


def some(clusters=9, seed=1, m=None):
    rng = np.random.default_rng(seed)
    sizes = rng.integers(2, 12, clusters)
    cluster = np.repeat(np.arange(clusters), sizes)
    shape = (cluster.size,) if m is None else (cluster.size, m)
    y = rng.normal(0.3, 1, shape) + rng.normal(0, 0.4, (clusters, *shape[1:]))[cluster]
    x = np.column_stack([np.ones(cluster.size), cluster < clusters // 2, rng.normal(size=cluster.size)])
    return y, x, cluster


def wild(y, x, cluster, weights=(0, 1, 0), seed=1, **settings):
    return wild_bootstrap(y, x, cluster, weights, rng=np.random.default_rng(seed), **settings)


def by_refitting(y, x, cluster, place, patterns, reference=0.0):
    """Refit every bootstrap sample in full."""
    weights = np.eye(x.shape[1])[place]
    others = np.delete(x, place, axis=1)
    target = y - reference * x[:, place]
    fitted = others @ np.linalg.lstsq(others, target, rcond=None)[0]
    residual = target - fitted
    fitted = fitted + reference * x[:, place]
    stars = []
    for pattern in patterns:
        fit = cluster_fit(fitted + pattern[cluster] * residual, x, cluster)
        stars.append(contrast(fit, weights, covariance="CR1S", reference=reference).statistic)
    return np.array(stars)


@pytest.mark.parametrize("kind", sorted(MULTIPLIERS))
@pytest.mark.parametrize("reference", [0.0, 0.4])
def test_the_draws_are_those_of_full_refits(kind, reference):
    y, x, cluster = some(6)
    patterns, exact = wild_weights(6, kind, 300, np.random.default_rng(3))
    assert exact is (kind == "rademacher")
    stars = by_refitting(y, x, cluster, 1, patterns, reference)
    found = wild(y, x, cluster, seed=3, multipliers=kind, draws=300, reference=reference)
    assert found.p_value == pytest.approx(np.mean(np.abs(stars) >= abs(found.statistic) - 1e-9))
    assert found.p_strict == pytest.approx(np.mean(np.abs(stars) > abs(found.statistic) + 1e-9))
    assert found.p_strict <= found.p_value


def test_the_statistic_is_that_of_cr1s():
    y, x, cluster = some()
    plain = contrast(cluster_fit(y, x, cluster), [0, 1, 0], covariance="CR1S")
    found = wild(y, x, cluster)
    assert (found.estimate, found.std_error, found.statistic) == pytest.approx(
        (plain.estimate, plain.std_error, plain.statistic)
    )


@pytest.mark.parametrize("conf_level", [0.9, 0.95])
@pytest.mark.parametrize("seed", range(4))
def test_the_interval_holds_what_the_test_does_not_reject(seed, conf_level):
    y, x, cluster = some(12, seed)
    found = wild(y, x, cluster, conf_level=conf_level, draws=2_000)
    assert found.conf_low < found.estimate < found.conf_high
    assert (found.conf_low <= 0 <= found.conf_high) == (found.p_value > 1 - conf_level)
    for limit, outwards in ((found.conf_low, -1), (found.conf_high, 1)):
        step = 1e-6 * found.std_error * outwards
        tests = [wild(y, x, cluster, draws=2_000, reference=limit + side * step).p_value for side in (-1, 1)]
        assert tests[0] > 1 - conf_level >= tests[1]


def test_many_outcomes_are_the_single_ones():
    y, x, cluster = some(10, m=4)
    together = wild(y, x, cluster, draws=500)
    for column in range(4):
        alone = wild(y[:, column], x, cluster, draws=500)
        assert together.p_value[column] == alone.p_value
        assert together.conf_low[column] == pytest.approx(alone.conf_low)
    assert isinstance(alone.p_value, float)


def test_row_order_labels_constants_and_the_direction_of_the_scale():
    y, x, cluster = some()
    plain = wild(y, x, cluster, multipliers="rademacher")
    order = np.random.default_rng(5).permutation(len(y))
    shuffled = wild(y[order], x[order], cluster[order], multipliers="rademacher")
    relabelled = wild(y, x, np.array(list("qwertyuio"))[cluster], multipliers="rademacher")
    shifted = wild(y + 7, x, cluster, multipliers="rademacher")
    for other in (shuffled, relabelled, shifted):
        assert other.p_value == pytest.approx(plain.p_value)
        assert other.conf_high == pytest.approx(plain.conf_high)
    turned = wild(6 - y, x, cluster, multipliers="rademacher")
    assert turned.p_value == pytest.approx(plain.p_value)
    assert (turned.conf_low, turned.conf_high) == pytest.approx((-plain.conf_high, -plain.conf_low))


def test_all_patterns_and_a_sample_agree_within_monte_carlo_error():
    y, x, cluster = some(11)
    exact = wild(y, x, cluster, multipliers="rademacher")
    drawn = wild(y, x, cluster, multipliers="rademacher", draws=1_500)
    assert (exact.exact, drawn.exact, exact.draws) == (True, False, 2048)
    error = np.sqrt(exact.p_value * (1 - exact.p_value) / 1_500)
    assert abs(exact.p_value - drawn.p_value) < 4 * error + 1 / 1_500


def test_with_five_clusters_of_two_values_nothing_is_rejected():
    y, _, cluster = some(5)
    found = wild(y, np.ones((len(y), 1)), cluster, [1.0], multipliers="rademacher")
    assert (found.conf_low, found.conf_high) == (-np.inf, np.inf)
    assert found.p_value >= 2 / 32


def test_without_spread_there_is_no_test():
    found = wild(np.ones(12), np.ones((12, 1)), np.repeat(np.arange(6), 2), [1.0])
    assert found.estimate == pytest.approx(1.0)
    assert np.isnan([found.statistic, found.p_value, found.conf_low, found.critical]).all()


def test_weights_have_mean_zero_and_variance_one():
    for values in MULTIPLIERS.values():
        assert np.mean(values) == pytest.approx(0, abs=1e-15)
        assert np.mean(np.square(values)) == pytest.approx(1)
    assert usual_multipliers(5) == "webb"
    with pytest.raises(EstimationError, match="no kind of weights"):
        wild_weights(5, "mammen", 10, np.random.default_rng(1))


def test_outcomes_must_be_columns():
    with pytest.raises(EstimationError, match="one or more columns"):
        wild(np.zeros((2, 2, 2)), np.ones((2, 1)), [1, 2], [1.0])
