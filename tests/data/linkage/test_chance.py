import numpy as np
import pytest

from evaluation.data.linkage.candidates import candidate_pairs
from evaluation.data.linkage.chance import expected_chance
from evaluation.data.linkage.match import linked_waves

from .build import wave


def strangers(rng, companies=60, people=12, values=(6, 9, 5)):
    return wave(
        [
            (f"{company}-{n}", f"c{company}", " ".join(f"v{rng.integers(top)}" for top in values))
            for company in range(companies)
            for n in range(people)
        ]
    )


def test_expected_and_actual_agree_among_strangers():
    rng = np.random.default_rng(3)
    differences, exact = [], []
    for _ in range(20):
        before, after = strangers(rng), strangers(rng)
        found = expected_chance(before, after)
        steps = candidate_pairs(before, after).step
        differences.append(len(steps) - found.expected_one_edit)
        exact.append((steps == 0).sum() - found.expected_exact)
    for values in (differences, exact):
        assert abs(np.mean(values)) < 4 * np.std(values, ddof=1) / np.sqrt(len(values))


def test_worked_example():
    before = wave([("1", "x", "a 1"), ("2", "x", "b 1"), ("3", "y", "a 2"), ("4", "z", "- -")])
    after = wave([("5", "x", "a 1"), ("6", "y", "a 1"), ("7", "w", "b 2")])
    found = expected_chance(before, after)
    first = (2 / 3) * (2 / 3) + (1 / 3) * (1 / 3)
    assert found.agreement == pytest.approx([first, first])
    assert found.exact == pytest.approx(first**2)
    assert found.one_edit == pytest.approx(first**2 + 2 * first * (1 - first))
    assert found.blocks["block"].tolist() == ["x", "y"]
    assert found.blocks["pairs"].tolist() == [2, 1]
    assert found.expected_exact == pytest.approx(3 * first**2)


def test_linked_pairs_are_not_of_different_people():
    before = wave([("1", "x", "a 1"), ("2", "x", "b 2")])
    found = expected_chance(before, before, linked_waves(before, before))
    assert found.blocks["pairs"].tolist() == [2]


def test_those_who_answered_twice_do_not_raise_the_expected_number():
    rng = np.random.default_rng(4)
    differences = []
    for _ in range(20):
        before = strangers(rng, companies=5, people=6, values=(40, 60, 50))
        found = expected_chance(before, before, linked_waves(before, before))
        pairs = candidate_pairs(before, before)
        differences.append((pairs.before != pairs.after).sum() - found.expected_one_edit)
    assert abs(np.mean(differences)) < 4 * np.std(differences, ddof=1) / np.sqrt(len(differences)) + 0.05


def test_a_code_in_one_piece_counts_by_signs():
    before, after = wave([("1", "x", "ab"), ("2", "x", "ac")]), wave([("3", "x", "abc"), ("4", "x", "ab")])
    assert expected_chance(before, after).agreement == pytest.approx([1, 0.5, 0.5])


def test_nobody_with_a_code():
    nobody = wave([("1", "x", "- -")])
    assert expected_chance(nobody, nobody).expected_one_edit == 0
