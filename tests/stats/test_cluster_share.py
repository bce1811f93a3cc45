"""Shares of people within few organisations, and the answers that are still needed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.stats.answers_needed import answers_needed
from evaluation.stats.cluster_mean import cluster_mean
from evaluation.stats.cluster_share import cluster_share
from evaluation.stats.proportion import hypergeometric, needed_positive, response_bounds
from evaluation.vocabulary.errors import EstimationError

SIZES = np.array([40, 30, 20, 15, 12, 10, 8, 8, 6, 6, 5, 5, 4, 4, 4, 3, 3, 3, 2, 2])
CLUSTER = np.repeat(np.arange(20), SIZES)


def drawn(rng, icc=0.1, share=0.7):
    size = (1 - icc) / icc
    return (rng.random(CLUSTER.size) < rng.beta(share * size, (1 - share) * size, 20)[CLUSTER]).astype(float)


@given(st.integers(0, 2**32 - 1), st.sampled_from(["logit", "korn_graubard"]), st.integers(0, 300))
def test_limits_hold_the_share_and_stay_within_what_is_possible(seed, method, silent):
    rng = np.random.default_rng(seed)
    y, total = drawn(rng), CLUSTER.size + silent
    wide, narrow = (
        cluster_share(y, CLUSTER, method=method),
        cluster_share(y, CLUSTER, method=method, n_total=total),
    )
    bounds = response_bounds(int(y.sum()), y.size, total)
    assert 0 <= wide.conf_low <= narrow.conf_low <= narrow.estimate + 1e-12
    assert narrow.estimate - 1e-12 <= narrow.conf_high <= wide.conf_high <= 1
    assert bounds.bound_low <= narrow.conf_low and narrow.conf_high <= bounds.bound_high
    order = rng.permutation(y.size)
    again = cluster_share(y[order], (20 - CLUSTER)[order], method=method)
    assert again.conf_low == pytest.approx(wide.conf_low)


def test_the_standard_error_is_that_of_the_mean():
    y = drawn(np.random.default_rng(3))
    found, mean = cluster_share(y, CLUSTER), cluster_mean(y, CLUSTER)
    assert (found.std_error, found.df) == (mean.std_error, mean.df)


def test_everyone_answered_is_a_census():
    y = drawn(np.random.default_rng(4))
    found = cluster_share(y, CLUSTER, n_total=y.size)
    assert found.conf_low == pytest.approx(found.estimate) == found.conf_high


def test_all_alike():
    assert np.isnan(cluster_share(np.ones(CLUSTER.size), CLUSTER).conf_low)
    found = cluster_share(np.ones(CLUSTER.size), CLUSTER, n_total=CLUSTER.size * 2)
    assert (found.conf_low, found.conf_high) == (0.5, 1.0)


@pytest.mark.parametrize("method", ["logit", "korn_graubard"])
def test_it_covers_the_true_share(method):
    """Known truth 0.7, ICC 0.1, 20 unequal firms. 400 samples, Monte Carlo standard error 0.011."""
    rng = np.random.default_rng(8)
    found = [cluster_share(drawn(rng), CLUSTER, method=method) for _ in range(400)]
    inside = np.mean([one.conf_low <= 0.7 <= one.conf_high for one in found])
    assert inside == pytest.approx(0.95, abs=0.035)


def test_answers_must_be_yes_or_no():
    with pytest.raises(EstimationError, match="0 or 1"):
        cluster_share([0, 2, 1], ["a", "b", "c"])


@given(st.integers(1, 60), st.data())
def test_after_the_answers_that_are_needed_the_target_is_settled(total, data):
    n = data.draw(st.integers(1, total))
    k = data.draw(st.integers(0, n))
    found = answers_needed(k, n, total, 0.7)
    assert 0 <= found.n_likely <= found.n_certain <= total - n
    for more, limits in ((found.n_certain, response_bounds), (found.n_likely, hypergeometric)):
        yes = k + (2 * more * k + n) // (2 * n)
        low, high = (getattr(limits(yes, n + more, total), name) for name in FIELDS[limits])
        needed = needed_positive(total, 0.7)
        assert round(low * total) >= needed if found.reached else round(high * total) < needed


FIELDS = {response_bounds: ("bound_low", "bound_high"), hypergeometric: ("conf_low", "conf_high")}


def test_a_settled_target_needs_no_more_answers():
    assert answers_needed(21, 27, 30, 0.7).n_certain == 0
    with pytest.raises(EstimationError, match="Nobody"):
        answers_needed(0, 0, 30, 0.7)
