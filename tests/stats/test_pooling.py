"""Several imputed tables put together."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.stats.pooling import pool, pool_test
from evaluation.vocabulary.errors import EstimationError

SEEDS = st.integers(0, 2**32 - 1)


@given(SEEDS, st.integers(2, 40), st.sampled_from([5.0, 25.0, np.inf]))
def test_tables_may_come_in_any_order_and_unit(seed, m, df):
    rng = np.random.default_rng(seed)
    q, u = rng.normal(size=(m, 3)), rng.uniform(0.1, 2, (m, 3))
    found, order = pool(q, u, df), rng.permutation(m)
    again = pool(q[order] * -3, u[order] * 9, df)
    assert again.estimate == pytest.approx(-3 * found.estimate)
    assert again.df == pytest.approx(found.df)
    assert again.conf_low == pytest.approx(-3 * found.conf_high)
    assert np.all((found.conf_low < found.estimate) & (found.estimate < found.conf_high))
    assert np.all(found.total >= found.within)
    assert np.all(found.df <= min(df, np.inf))
    assert np.all((found.missing_share >= 0) & (found.missing_share < 1))


def test_nothing_missing_is_the_complete_table():
    found = pool([2.0, 2.0, 2.0], [0.25, 0.25, 0.25])
    assert (found.estimate, found.std_error, found.missing_share) == (2.0, 0.5, 0.0)
    assert found.df == np.inf
    assert pool([2.0, 2.0], [0.25, 0.25], 20).df == pytest.approx(21 / 23 * 20)


@given(SEEDS)
def test_several_coefficients_may_be_mixed(seed):
    rng = np.random.default_rng(seed)
    q = rng.normal(size=(10, 2))
    u = np.array([np.cov(rng.normal(size=(2, 30))) for _ in range(10)])
    turn = rng.normal(size=(2, 2)) + 3 * np.eye(2)
    found, again = pool_test(q, u, 30), pool_test(q @ turn.T, turn @ u @ turn.T, 30)
    assert again.statistic == pytest.approx(found.statistic)
    assert again.df_residual == pytest.approx(found.df_residual)
    assert pool_test(q, u, 1e9).df_residual > found.df_residual > 4
    assert 0 <= pool_test(q, u).p_value <= 1


@pytest.mark.parametrize(
    ("estimates", "variances", "text"),
    [([1.0], [1.0], "two imputed"), ([1.0, 2.0], [1.0], "variance"), ([1.0, np.nan], [1.0, 1.0], "missing")],
)
def test_what_cannot_be_pooled_is_refused(estimates, variances, text):
    with pytest.raises(EstimationError, match=text):
        pool(estimates, variances)


def test_too_few_tables_for_a_joint_test():
    with pytest.raises(EstimationError, match="Too few imputed"):
        pool_test(np.ones((3, 2)), [np.eye(2)] * 3)
