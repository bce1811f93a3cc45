"""Halving finds the change of a monotone condition."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from evaluation.stats.root import bisect, bisect_whole


@given(st.floats(-1e6, 1e6))
def test_bisect_finds_the_point(point):
    found = float(bisect(lambda x: x < point, -1e6 - 1, 1e6 + 1))
    assert abs(found - point) <= 1e-9 * max(abs(point), 1e-3)


def test_bisect_gives_the_end_when_nothing_changes():
    assert float(bisect(lambda x: x < 9, 0.0, 1.0)) == 1.0
    assert float(bisect(lambda x: x < -9, 0.0, 1.0)) == 0.0
    assert float(bisect(lambda x: x < 9, 1.0, 1.0)) == 1.0


def test_bisect_takes_each_element_alone():
    points = np.array([0.25, 0.5, 1e-300])
    np.testing.assert_allclose(bisect(lambda x: x < points, np.zeros(3), np.ones(3)), points, rtol=1e-12)


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=5))
def test_bisect_whole_finds_the_first_number(points):
    wanted = np.array(points)
    asked = []

    def is_left(x):
        asked.append(x)
        return x < wanted

    assert bisect_whole(is_left, -1, 1000).tolist() == points
    assert all(np.all((x >= 0) & (x <= 1000)) for x in asked)


def test_bisect_whole_with_nothing_left_to_ask():
    assert int(bisect_whole(lambda x: x < 5, 3, 4)) == 4
