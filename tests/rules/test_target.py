"""R1: a target is judged by what the silent could still change, and by nothing else."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.rules import evaluate
from evaluation.rules.target import judge
from evaluation.targets.attainment import attained_share
from tests.rules.build import answers, people, study

RULE = {"kind": "target", "wave": "w3", "share": 0.7}
TARGET = {"measure": {"item": "a", "positive": [4, 5]}, "rule": RULE}


def row(k: int, n: int, n_total: int, target: float = 0.7) -> dict:
    table = pd.DataFrame({"positive": [True] * k + [False] * (n - k)}, dtype=bool)
    return attained_share(table, n_total=n_total, target=target).table.to_dict("records")[0]


@pytest.mark.parametrize(
    ("k", "n", "n_total", "verdict", "reason"),
    [
        (21, 27, 30, "reached", "reached_whatever_silent"),
        (18, 24, 30, "undecided", "silent_decide"),
        (15, 24, 30, "undecided", "all_silent_needed"),
        (16, 24, 30, "undecided", "silent_decide"),
        (16, 26, 30, "not_reached", "missed_whatever_silent"),
        (120, 150, 191, "undecided", "silent_decide"),
        (134, 191, 191, "reached", "reached_everyone_answered"),
        (133, 191, 191, "not_reached", "missed_everyone_answered"),
        (134, 134, 191, "reached", "reached_whatever_silent"),
        (133, 190, 191, "undecided", "silent_decide"),
        (0, 0, 191, "undecided", "no_answers"),
        (0, 0, 0, "undecided", "none_registered"),
    ],
)
def test_examples(k, n, n_total, verdict, reason):
    assert judge(row(k, n, n_total)) == (verdict, reason)


@given(
    st.integers(1, 300).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))),
    st.floats(0, 1),
    st.integers(1, 100),
)
def test_the_verdict_is_what_every_possible_answer_of_the_silent_says(sizes, share, percent):
    n, n_total = sizes
    k = round(share * n)
    verdict, _ = judge(row(k, n, n_total, percent / 100))
    possible = {100 * total >= percent * n_total for total in (k, k + n_total - n)}
    known = {frozenset({True}): "reached", frozenset({False}): "not_reached"}
    assert verdict == ("undecided" if n == 0 else known.get(frozenset(possible), "undecided"))


def test_nobody_with_the_role_is_told_as_such(tmp_path):
    register = people(5)
    made = study(
        tmp_path, {**TARGET, "roles": ["manager"]}, people=register, answers=answers(register, "w3", [5.0])
    )
    found = evaluate("x", made)
    assert found.table[["verdict", "reason"]].to_numpy().tolist() == [["undecided", "none_registered"]]
    assert "hold nothing that this is about" in str(found.describe("en", words=made.words)[0])
    assert "All 0" not in str(found.describe("en", words=made.words)[0])


def test_a_scale_counts_as_yes_from_its_limit_on(tmp_path):
    register = people(4)
    scores = register.assign(wave="w3", scale="s", score=[3.9, 4.0, 4.1, 0.1 + 0.2 + 3.7], n_items=2)
    made = study(
        tmp_path,
        {"measure": {"scale": "s", "at_least": 4}, "rule": RULE},
        people=register,
        scores=scores[["person", "organisation", "wave", "scale", "score", "n_items"]],
    )
    assert evaluate("x", made).table["k"].tolist() == [3]


def test_the_sentences_say_both_the_bounds_and_the_interval(tmp_path):
    register = people(191)
    given_answers = answers(register, "w3", [5.0] * 120 + [1.0] * 30)
    made = study(tmp_path, TARGET, people=register, answers=given_answers)
    said = str(evaluate("x", made).describe("en", words=made.words)[0])
    assert "120 of the 150 participants who answered (80%) say yes." in said
    assert "at least 63% and at most 84%" in said
    assert "If those who did not answer are like those who did" in said
    assert "at least 14 of the 41 who did not answer (34%) would have to meet the condition" in said
