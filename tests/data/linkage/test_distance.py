import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from evaluation.data.linkage.distance import differing_elements, edits

WORDS = st.text("abå", max_size=5)


def slow(a: str, b: str) -> int:
    if not a or not b:
        return len(a) + len(b)
    best = min(slow(a[1:], b) + 1, slow(a, b[1:]) + 1, slow(a[1:], b[1:]) + (a[0] != b[0]))
    if len(a) > 1 and len(b) > 1 and a[0] == b[1] and a[1] == b[0]:
        best = min(best, slow(a[2:], b[2:]) + 1)
    return best


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=6))
def test_edits_agree_with_the_definition(pairs):
    first, second = zip(*pairs, strict=True)
    assert edits(first, second).tolist() == [slow(a, b) for a, b in pairs]
    assert edits(second, first).tolist() == edits(first, second).tolist()


def test_edits_of_nothing():
    assert edits([], []).tolist() == []
    assert edits(["", "ab"], ["", ""]).tolist() == [0, 2]


def test_an_empty_element_agrees_with_nothing():
    empty = np.array([["", "7"]], dtype=object)
    assert differing_elements(empty, empty).tolist() == [1]
