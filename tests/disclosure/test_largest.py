"""The largest part that fits is found by halves, and always the same."""

import pytest

from evaluation.disclosure.largest import TRIALS, largest_part


def test_everything_is_tried_first():
    tried = []
    assert largest_part([3, 1, 2], lambda part: not tried.append(part)) == [3, 1, 2]
    assert tried == [[3, 1, 2]]


@pytest.mark.parametrize(("limit", "found"), [(0, []), (3, [3]), (5, [3, 1]), (6, [3, 1, 2])])
def test_what_is_wanted_most_is_taken_first(limit, found):
    assert largest_part([3, 1, 2], lambda part: sum(part) <= limit) == found


def test_nothing_is_asked_of_nothing():
    assert largest_part([], lambda part: pytest.fail("asked")) == []


def test_only_so_many_parts_are_tried():
    tried = []
    largest_part(list(range(1000)), lambda part: bool(tried.append(part)))
    assert len(tried) == TRIALS
