"""What else is withheld is enough, is little, and does not depend on chance."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from benchmarks.disclosure import programme

from evaluation.disclosure import Policy, SignedOff, protect, withheld_pattern
from evaluation.disclosure.complementary import told_beside
from evaluation.disclosure.pattern import Before
from evaluation.result import Result

POLICY = Policy(5, {"background": 10})


def rate(k: int, n: int, **more) -> dict:
    fixed = {"estimand": "response_rate", "unit": "person", "wave": "w1", "group": None, "level": None}
    return {**fixed, "estimate": k / n, "k": k, "n": n, **more}


def pattern(*tables: list[dict], policy: Policy = POLICY, **options):
    shown = [protect(Result(pd.DataFrame(rows)), policy).table for rows in tables]
    return withheld_pattern(shown, policy, **options)


def levels(**counts: tuple[int, int]) -> list[dict]:
    return [rate(k, n, group="sex", level=name) for name, (k, n) in counts.items()]


def test_nothing_is_withheld_where_nothing_is_small():
    found = pattern([rate(80, 100)], levels(women=(40, 50), men=(40, 50)))
    assert not found.withheld.any()


def test_a_remainder_of_three_takes_one_of_the_levels():
    found = pattern([rate(150, 191)], levels(women=(60, 74), men=(90, 114)))
    assert not found.primary.any()
    assert found.complementary.tolist() == [False, True, False]


def test_a_remainder_that_is_signed_off_takes_nothing():
    signed = Policy(
        5, signed_off=(SignedOff({"group": "sex", "level": "*"}, "not stated", "the steering group"),)
    )
    found = pattern([rate(150, 191)], levels(women=(60, 74), men=(90, 114)), policy=signed)
    assert not found.withheld.any()


def test_special_groups_are_protected_up_to_their_own_threshold():
    rows = [
        rate(k, n, group="background", level=name)
        for name, k, n in (("foreign", 30, 42), ("swedish", 100, 142))
    ]
    found = pattern([rate(135, 191)], rows)
    assert found.complementary.sum() == 1


def test_levels_that_are_shown_together_are_withheld_together_or_not_at_all():
    together = Policy(5, together={"sex": ("women", "men")})
    answers = {"estimand": "described_share", "indicator": "q"}
    asked = [rate(90, 145, **answers)]
    split = [row | answers for row in levels(women=(40, 60), men=(48, 82))]
    assert pattern(asked, split, policy=together).complementary.tolist() == [False, True, True]


def test_how_many_take_part_without_a_level_is_no_secret_where_levels_are_shown_together():
    together = Policy(5, together={"sex": ("women", "men")})
    found = pattern([rate(150, 191)], levels(women=(60, 74), men=(88, 114)), policy=together)
    assert not found.withheld.any()


def test_public_indicators_are_never_withheld():
    row = rate(30, 30, estimand="described_share", indicator="size", wave=None)
    shown = protect(Result(pd.DataFrame([row])), Policy(5, public=frozenset({"size"}))).table
    assert not shown["suppressed"].any()


def test_a_row_is_withheld_in_every_table_that_holds_it():
    rows = levels(women=(60, 74), men=(90, 114))
    found = pattern([rate(150, 191)], rows, list(reversed(rows)))
    assert found.complementary.tolist() == [False, True, False, False, True]


def test_a_level_is_protected_by_its_number_in_another_table():
    composition = [
        {"estimand": "group_share", "unit": "person", "indicator": "who", "group": "sex", "level": name}
        | {"k": k, "n": 191, "estimate": k / 191}
        for name, k in (("women", 74), ("men", 114))
    ]
    assert pattern([rate(150, 191)], composition).complementary.sum() == 1


def test_a_single_answer_takes_another_with_it_also_through_those_who_say_yes():
    fixed = {"unit": "person", "indicator": "q", "wave": "w1"}
    counts = {"1": 1, "2": 7, "3": 6, "4": 10, "5": 5}
    options = [
        {**fixed, "estimand": "answer_share", "item": "q", "term": term, "k": k, "n": 29, "estimate": k / 29}
        for term, k in counts.items()
    ]
    yes = {**fixed, "estimand": "described_share", "k": 15, "n": 29, "n_total": 30, "estimate": 15 / 29}
    found = pattern(options, [yes], positives={"q": ["4", "5"]})
    assert found.primary.tolist() == [True, False, False, False, False, False]
    assert found.complementary[1:3].sum() == 1


def test_counts_of_something_else_are_not_linked():
    odd = rate(80, 100) | {
        "estimand": "stage_count",
        "term": "answered",
        "n": 20,
        "estimate": 20,
        "k": np.nan,
    }
    assert pattern([rate(80, 100)], [odd]).unlinked.sum() == 1


REMAINDER = [rate(150, 191)], levels(women=(60, 74), men=(90, 114))
"""Three state no sex."""


def known(**limits: tuple[float, float]) -> Before:
    return replace(Before.nothing(3), between={1: limits})


def test_limits_that_are_known_from_elsewhere_narrow_what_is_withheld():
    assert pattern(*REMAINDER).complementary.tolist() == [False, True, False]
    assert pattern(*REMAINDER, before=known(n=(60, 74))).complementary.tolist() == [False, True, False]
    assert pattern(*REMAINDER, before=known(n=(73, 74))).complementary.tolist()[2]


def test_limits_that_contradict_the_rows_are_left_out():
    found = pattern(*REMAINDER, before=known(n=(500, 600)))
    assert not found.unlinked.any()
    assert found.complementary.tolist() == pattern(*REMAINDER).complementary.tolist()


def test_limits_tell_what_a_published_report_withholds():
    rows = [*REMAINDER[0], *REMAINDER[1]]
    table = pd.DataFrame(rows).assign(suppressed=[False, True, False])
    assert not told_beside([table], POLICY, {})
    assert not told_beside([table], POLICY, {1: {"n": (60, 74)}})
    assert ("person", "sex") in told_beside([table], POLICY, {1: {"n": (73, 74)}})


@pytest.mark.parametrize("seed", [5, 6])
def test_the_pattern_is_the_same_every_time_and_stays_when_it_is_sought_again(seed):
    made = programme(np.random.default_rng(seed), people=70, questions=1)
    tables = [protect(result, made.policy).table for result in made.tables]
    first = withheld_pattern(tables, made.policy, positives=made.positives)
    again = withheld_pattern(tables, made.policy, positives=made.positives)
    assert (first.withheld == again.withheld).all()


def test_a_report_without_counts_of_units_withholds_nothing():
    rows = [{"estimand": "verdict_count", "unit": "statement", "estimate": 2.0, "n": 2, "verdict": "covered"}]
    assert not pattern(rows).withheld.any()
    assert withheld_pattern([], POLICY).withheld.size == 0
