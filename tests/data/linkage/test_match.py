import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.data.linkage.candidates import Candidates
from evaluation.data.linkage.match import RULES, Decided, assigned, linked_waves
from evaluation.vocabulary.errors import LinkageError

from .build import listed, named, wave

CODE = st.tuples(*[st.sampled_from("aåb")] * 3).map(" ".join)
ROWS = st.lists(st.tuples(st.sampled_from("xy"), CODE), min_size=1, max_size=9)


def people(rows, letter="p"):
    return [(f"{letter}{place}", *row) for place, row in enumerate(rows)]


def test_steps_in_turn():
    before = wave(
        [("1", "x", "an 7 st"), ("2", "x", "bo 3 gö"), ("3", "x", "eva 9 lu"), ("4", "x", "ia 1 ma")]
    )
    after = wave(
        [("a", "x", "AN 07 St"), ("b", "x", "bo 3 go"), ("c", "x", "eva 8 lu"), ("d", "x", "ia 2 mo")]
    )
    found = linked_waves(before, after)
    assert named(found) == {("1", "a"), ("2", "b"), ("3", "c")}
    assert found.step.tolist() == ["exact", "folded", "edited"]
    assert named(linked_waves(before, after, rule="strict")) == {("1", "a")}


def test_never_across_companies_or_without_one():
    before = wave([("1", "x", "an 7 st"), ("2", "", "bo 3 gö")])
    after = wave([("a", "y", "an 7 st"), ("b", "", "bo 3 gö")])
    assert not len(linked_waves(before, after, rule="loose").links)


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        (["an 7 st"], ["an 7 st", "an 7 st"], "several_after"),
        (["an 7 st", "an 7 st"], ["an 7 st"], "several_before"),
        (["an 7 st"] * 2, ["an 7 st"] * 2, "several_both"),
        (["an 7 st"], ["an 8 st", "an 9 st"], "several_after"),
    ],
)
def test_twins_are_listed_and_only_the_loose_rule_guesses(before, after, reason):
    waves = wave(people([("x", c) for c in before], "b")), wave(people([("x", c) for c in after], "a"))
    found = linked_waves(*waves)
    assert not len(found.links)
    assert set(listed(found).values()) == {reason}
    loose = linked_waves(*waves, rule="loose")
    assert named(loose) == {(f"b{n}", f"a{n}") for n in range(min(len(before), len(after)))}
    assert set(loose.step) == {"guessed"}
    assert not len(loose.review)


def test_an_exact_partner_is_no_rival():
    before = wave([("1", "x", "an 7 st"), ("2", "x", "an 8 st")])
    after = wave([("a", "x", "an 7 st"), ("b", "x", "an 9 st")])
    assert named(linked_waves(before, after)) == {("1", "a"), ("2", "b")}


def test_an_undecided_twin_stays_a_rival():
    before = wave([("1", "x", "an 7 st"), ("2", "x", "an 7 st"), ("3", "x", "an 8 st")])
    after = wave([("a", "x", "an 7 st")])
    found = linked_waves(before, after)
    assert not len(found.links)
    assert listed(found)[("3", "a")] == "better_open"
    assert listed(found)[("1", "a")] == "several_before"


def test_codes_of_different_length():
    with pytest.raises(LinkageError, match=r"3 elements .* 2 at"):
        linked_waves(wave([("1", "x", "a b c")]), wave([("1", "x", "a b")]))


def test_an_unknown_rule():
    with pytest.raises(LinkageError, match="no rule"):
        linked_waves(wave([("1", "x", "a b")]), wave([("1", "x", "a b")]), rule="best")


@given(ROWS, ROWS, st.sampled_from(RULES))
def test_one_to_one_within_companies(one, two, rule):
    before, after = wave(people(one)), wave(people(two))
    found = linked_waves(before, after, rule=rule)
    assert all(len(set(side)) == len(side) for side in found.links.T.tolist())
    assert (before.block[found.links[:, 0]] == after.block[found.links[:, 1]]).all()
    assert not set(map(tuple, found.links.tolist())) & set(map(tuple, found.review.tolist()))


@given(ROWS, ROWS, st.sampled_from(RULES[:2]))
def test_symmetric(one, two, rule):
    before, after = wave(people(one, "b")), wave(people(two, "a"))
    there, back = linked_waves(before, after, rule=rule), linked_waves(after, before, rule=rule)
    assert named(there) == {(i, j) for j, i in named(back)}
    assert set(listed(there)) == {(i, j) for j, i in listed(back)}


@given(ROWS, ROWS, st.sampled_from(RULES), st.randoms())
def test_the_order_of_rows_does_not_matter(one, two, rule, random):
    first, second = people(one, "b"), people(two, "a")
    expected = linked_waves(wave(first), wave(second), rule=rule)
    random.shuffle(first)
    random.shuffle(second)
    found = linked_waves(wave(first), wave(second), rule=rule)
    assert named(found) == named(expected)
    assert listed(found) == listed(expected)


@given(ROWS, ROWS, st.sampled_from(RULES), st.data())
def test_decisions_win(one, two, rule, data):
    before, after = wave(people(one)), wave(people(two))
    place = st.tuples(st.integers(0, len(one) - 1), st.integers(0, len(two) - 1))
    accepted = np.array([data.draw(place)])
    rejected = np.array(
        [pair for pair in data.draw(st.lists(place, max_size=4)) if list(pair) != accepted[0].tolist()],
        dtype=np.int64,
    ).reshape(-1, 2)
    found = linked_waves(before, after, rule=rule, decided=Decided(accepted, rejected))
    links = found.links.tolist()
    assert accepted[0].tolist() in links
    assert not [pair for pair in rejected.tolist() if pair in links]
    assert found.step[links.index(accepted[0].tolist())] == "accepted"
    assert all(len(set(side)) == len(side) for side in found.links.T.tolist())


@given(ROWS, ROWS)
def test_each_rule_keeps_the_links_of_the_one_before(one, two):
    before, after = wave(people(one)), wave(people(two))
    strict, default, loose = (named(linked_waves(before, after, rule=rule)) for rule in RULES)
    assert strict <= default <= loose


@given(st.sets(st.tuples(st.integers(0, 4), st.integers(0, 4))))
def test_as_many_as_possible_are_assigned(pairs):
    ordered = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)
    zero = np.zeros(len(ordered), dtype=np.int64)
    found = assigned(Candidates(ordered[:, 0], ordered[:, 1], zero), (5, 5)).tolist()
    assert {tuple(pair) for pair in found} <= pairs
    assert len(found) == most(frozenset(pairs))


def most(pairs):
    if not pairs:
        return 0
    first = min(i for i, _ in pairs)
    rest = frozenset(pair for pair in pairs if pair[0] != first)
    taken = [1 + most(frozenset(p for p in rest if p[1] != j)) for i, j in pairs if i == first]
    return max(most(rest), *taken)
