"""Means and shares from samples of organisations."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.stats.paired import mean_t
from evaluation.stats.share_limits import SCALES, share_limits, share_test, survey_interval
from evaluation.stats.survey_mean import survey_mean
from evaluation.vocabulary.errors import EstimationError

SEEDS = st.integers(0, 2**32 - 1)


def sample(seed, clusters=9):
    rng = np.random.default_rng(seed)
    cluster = np.concatenate([np.arange(clusters), rng.integers(0, clusters, 40)])
    return rng, cluster, (rng.random(cluster.size) < 0.3 + 0.05 * cluster).astype(float)


@given(SEEDS)
def test_people_drawn_one_by_one_are_the_t_test(seed):
    rng, _, _ = sample(seed)
    y = rng.normal(size=12)
    found, plain = survey_mean(y), mean_t(y)
    assert (found.estimate, found.std_error, found.df) == pytest.approx(
        (plain.estimate, plain.std_error, plain.df)
    )
    assert found.design_effect == pytest.approx(1)


@given(SEEDS)
def test_neither_order_nor_names_nor_the_unit_of_weights_matter(seed):
    rng, cluster, y = sample(seed)
    weights = rng.uniform(0.5, 3, y.size)
    order = rng.permutation(y.size)
    first = survey_mean(y, cluster=cluster, weights=weights)
    second = survey_mean(
        y[order], cluster=[f"firm {100 - c}" for c in cluster[order]], weights=weights[order] * 7
    )
    for name in ("estimate", "std_error", "design_effect", "df"):
        assert getattr(first, name) == pytest.approx(getattr(second, name)), name


@given(SEEDS, st.sampled_from(sorted(SCALES)))
def test_limits_hold_the_share_and_turn_with_it(seed, method):
    _, cluster, y = sample(seed)
    yes, no = survey_mean(y, cluster=cluster), survey_mean(1 - y, cluster=cluster)
    one, other = survey_interval(yes, method=method), survey_interval(no, method=method)
    assert one.conf_low <= one.estimate <= one.conf_high
    assert (one.conf_low, one.conf_high) == pytest.approx((1 - other.conf_high, 1 - other.conf_low), abs=1e-9)
    if method != "mean":
        assert one.conf_low >= 0 and one.conf_high <= 1


@pytest.mark.parametrize("method", sorted(SCALES))
def test_all_scales_agree_when_the_standard_error_is_small(method):
    low, high = share_limits(0.6, 1e-5, 1e6, 10**9, method=method)
    assert (low, high) == pytest.approx((0.6 - 1.96e-5, 0.6 + 1.96e-5), abs=1e-8)


def test_a_census_has_no_interval():
    _, cluster, y = sample(1)
    found = survey_interval(survey_mean(y, cluster=cluster, n_clusters_total=9))
    assert found.std_error == 0
    assert found.conf_low == found.conf_high == found.estimate


def test_all_alike_has_no_limits():
    found = survey_interval(survey_mean([1, 1, 1], cluster=list("abc")))
    assert np.isnan(found.conf_low) and np.isnan(found.conf_high)


def test_the_test_turns_with_its_direction():
    up, down, both = (share_test(0.8, 0.05, 20, 0.7, way)[1] for way in ("greater", "less", "two_sided"))
    assert up + down == pytest.approx(1)
    assert both == pytest.approx(2 * up)
    assert np.isnan(share_test(0.8, 0.0, 20, 0.7)[0])


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ({"weights": [1, 0, 1]}, "weight above 0"),
        ({"weights": [1, 1]}, "weight above 0"),
        ({"cluster": ["a", "b"]}, "one cluster for each"),
        ({"cluster": ["a", "a", "a"]}, "one cluster"),
        ({"cluster": list("abc"), "n_clusters_total": 2}, "2 in all"),
    ],
)
def test_what_cannot_be_computed_is_refused(arguments, text):
    with pytest.raises(EstimationError, match=text):
        survey_mean([1, 0, 1], **arguments)
    with pytest.raises(EstimationError, match="target"):
        share_test(0.8, 0.05, 20, 70)
