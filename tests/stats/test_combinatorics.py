"""Logarithms of binomial coefficients."""

from math import comb, lgamma

import numpy as np

from evaluation.stats.combinatorics import log_choose


def test_log_choose_counts():
    for many in range(12):
        few = np.arange(many + 1)
        np.testing.assert_allclose(np.exp(log_choose(many, few)), [comb(many, f) for f in few], rtol=1e-12)


def test_log_choose_stays_exact_for_a_million():
    exact = lgamma(1e6 + 1) - 2 * lgamma(5e5 + 1)
    assert abs(float(log_choose(1_000_000, 500_000)) - exact) < 1e-7
