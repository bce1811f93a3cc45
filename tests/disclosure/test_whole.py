"""The least value of sums is what scipy finds, asked in any order, and the solver says nothing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from evaluation.disclosure.whole import Conditions

MANY = 10_000


def puzzle(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Make up sums that some whole numbers fit, and weights."""
    rng = np.random.default_rng(seed)
    matrix = (rng.integers(0, 2, (5, 8)) * rng.integers(1, 4, (5, 8))).astype(float)
    sums = matrix @ rng.integers(0, 5, 8)
    return matrix, sums, np.full(8, 6.0), rng.integers(-4, 5, (6, 8)).astype(float)


def conditions(seed: int) -> tuple[Conditions, LinearConstraint, np.ndarray, np.ndarray]:
    matrix, sums, high, weights = puzzle(seed)
    made = Conditions(sparse.csr_matrix(matrix), sums - 1, sums, np.zeros(8), high)
    return made, LinearConstraint(matrix, sums - 1, sums), high, weights


@given(st.integers(0, 10_000))
def test_the_least_value_is_that_of_scipy_after_other_questions_too(seed):
    made, sums, high, weights = conditions(seed)
    for aim in weights:
        found = made.least(aim)
        assert found.bound == pytest.approx(milp(aim, bounds=Bounds(0, high), constraints=sums).fun, abs=1e-7)
        assert found.bound == pytest.approx(aim @ found.point, abs=1e-7)


@given(st.integers(0, 10_000))
def test_the_least_value_in_whole_numbers_is_that_of_scipy_between_questions_in_parts(seed):
    made, sums, high, weights = conditions(seed)
    for aim in weights:
        parts, found = made.least(aim).bound, made.least_whole(aim, MANY)
        whole = milp(aim, integrality=np.ones(8), bounds=Bounds(0, high), constraints=sums)
        assert found.bound == pytest.approx(whole.fun, abs=1e-6)
        assert np.abs(found.point - np.round(found.point)).max() < 1e-6
        assert made.least(aim).bound == pytest.approx(parts, abs=1e-7)


def test_where_nothing_fits_there_is_no_solution():
    made = Conditions(sparse.csr_matrix(np.ones((1, 2))), *(np.array([5.0]),) * 2, np.zeros(2), np.ones(2))
    assert made.least(np.ones(2)).point is None
    assert made.least_whole(np.ones(2), MANY).point is None


def test_the_solver_writes_nothing(capfd):
    made, _, _, weights = conditions(1)
    made.least(weights[0])
    made.least_whole(weights[0], MANY)
    assert capfd.readouterr() == ("", "")
