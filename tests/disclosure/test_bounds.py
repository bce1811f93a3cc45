"""Limits that are passed on never cut off a solution, and find what follows at once."""

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from evaluation.disclosure.bounds import Limits


def test_a_remainder_follows_from_a_total_and_a_part():
    limits = Limits(sparse.csr_matrix([[1.0, 1.0], [1.0, 0.0]]), np.array([9.0, 6.0]), np.array([9.0, 6.0]))
    low, high = limits.tighten(np.zeros(2), np.full(2, 20.0))
    assert low.tolist() == high.tolist() == [6.0, 3.0]


def test_limits_that_contradict_are_given_back():
    limits = Limits(sparse.csr_matrix([[1.0]]), np.array([9.0]), np.array([9.0]))
    low, high = limits.tighten(np.zeros(1), np.ones(1))
    assert (low.tolist(), high.tolist()) == ([0.0], [1.0])


@given(
    st.lists(st.tuples(*[st.integers(-1, 1)] * 3), min_size=1, max_size=4),
    st.tuples(*[st.integers(0, 4)] * 3),
)
def test_no_solution_in_whole_numbers_is_cut_off(weights, truth):
    matrix = np.array(weights, dtype=float)
    value = matrix @ np.array(truth, dtype=float)
    low, high = Limits(sparse.csr_matrix(matrix), value, value).tighten(np.zeros(3), np.full(3, 4.0))
    for point in product(range(5), repeat=3):
        if np.array_equal(matrix @ np.array(point), value):
            assert (low <= point).all()
            assert (np.array(point) <= high).all()
