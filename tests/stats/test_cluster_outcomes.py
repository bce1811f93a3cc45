"""Many outcomes at once give what they give one by one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.stats.cluster import cluster_fit, contrast
from evaluation.stats.cluster_outcomes import outcome_contrasts
from evaluation.vocabulary.errors import EstimationError

NAMES = ("estimate", "std_error", "statistic", "p_value", "conf_low", "conf_high")


@given(seed=st.integers(0, 10_000), clusters=st.integers(2, 12), level=st.sampled_from([0.8, 0.95]))
def test_each_outcome_is_as_by_itself(seed, clusters, level):
    rng = np.random.default_rng(seed)
    cluster = np.repeat(np.arange(clusters), rng.integers(2, 8, clusters))
    x = np.column_stack([np.ones(cluster.size), cluster % 2, rng.normal(size=cluster.size)])
    y = rng.normal(size=(cluster.size, 4)) * [1.0, 1e6, 1e-6, 3.0] + [0.0, 1e6, 0.0, -2.0]
    y[:, 3] = 2.0 * x[:, 2]
    found = outcome_contrasts(y, x, cluster, [0.5, 1.0, 0.0], level, reference=0.25)
    for column, outcome in enumerate(y.T):
        alone = contrast(cluster_fit(outcome, x, cluster), [0.5, 1.0, 0.0], level, reference=0.25)
        several = [getattr(found, name)[column] for name in NAMES]
        expected = [getattr(alone, name) for name in NAMES]
        np.testing.assert_allclose(several, expected, rtol=1e-10, atol=1e-12 * max(1, abs(outcome).max()))
    assert (found.n, found.n_clusters) == (cluster.size, clusters)


def test_the_order_of_rows_does_not_matter():
    rng = np.random.default_rng(1)
    cluster, y = np.repeat(list("abcd"), 5), rng.normal(size=(20, 3))
    order = rng.permutation(20)
    one = outcome_contrasts(y, np.ones((20, 1)), cluster, [1.0])
    other = outcome_contrasts(y[order], np.ones((20, 1)), cluster[order], [1.0])
    np.testing.assert_allclose(one.conf_low, other.conf_low, rtol=1e-12)


@pytest.mark.parametrize("y", [[1.0, 2.0, 3.0], [[1.0], [np.nan], [2.0]], np.empty((3, 0))])
def test_what_is_no_table_of_numbers_is_refused(y):
    with pytest.raises(EstimationError, match="a column for each"):
        outcome_contrasts(y, np.ones((3, 1)), list("aab"), [1.0])
