import itertools

from hypothesis import given
from hypothesis import strategies as st

from evaluation.data.linkage.candidates import candidate_pairs, code_cost, linkable

from .build import wave

LETTER = st.sampled_from(["a", "å", "b", "-"])
CODES = st.one_of(st.tuples(LETTER, LETTER, LETTER).map(" ".join))
ROWS = st.lists(st.tuples(st.sampled_from(["x", "y", ""]), CODES), max_size=8)
WHOLE = st.lists(st.tuples(st.sampled_from(["x", "y"]), st.text("abå", max_size=3)), max_size=8)


def people(rows, letter):
    return wave([(f"{letter}{place}", *row) for place, row in enumerate(rows)] or [(letter, "z", "q q q")])


def by_trying_all(before, after):
    able = linkable(before), linkable(after)
    for i, j in itertools.product(range(len(before.block)), range(len(after.block))):
        if able[0][i] and able[1][j] and before.block[i] == after.block[j]:
            equal = (before.kept[i] == after.kept[j]).all() and "" not in before.kept[i]
            cost = int(code_cost(before.folded[[i]], after.folded[[j]])[0])
            step = 0 if equal else 1 + cost
            if step <= 2:
                yield i, j, step


@given(ROWS, ROWS)
def test_pairs_are_those_found_by_trying_all(one, two):
    before, after = people(one, "b"), people(two, "a")
    if before.kept.shape[1] == after.kept.shape[1]:
        found = candidate_pairs(before, after)
        assert list(zip(found.before, found.after, found.step, strict=True)) == list(
            by_trying_all(before, after)
        )
        strict = candidate_pairs(before, after, one_edit=False)
        assert len(strict.step) == (found.step == 0).sum()


@given(WHOLE, WHOLE)
def test_pairs_of_codes_in_one_piece(one, two):
    rows = [
        [(f"{letter}{n}", *row) for n, row in enumerate(part)] for letter, part in (("b", one), ("a", two))
    ]
    before, after = (wave(part or [("z", "z", "q")]) for part in rows)
    found = candidate_pairs(before, after)
    assert list(zip(found.before, found.after, found.step, strict=True)) == list(by_trying_all(before, after))


def test_who_can_be_linked():
    rows = [("1", "x", "a b c d"), ("2", "x", "a b c -"), ("3", "x", "a b - -"), ("4", "", "a b c d")]
    assert linkable(wave(rows)).tolist() == [False, True, True, False]  # sorted by company: 4, 1, 2, 3
