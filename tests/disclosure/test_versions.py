"""A report and one published before tell together no more than each of them alone."""

import numpy as np
import pandas as pd
import pytest
from benchmarks.disclosure import grown, near_rows, programme, protected, protected_after, recovered_from_both

from evaluation.disclosure import Earlier, Policy, earlier_rows, protect, withheld_after, withheld_pattern
from evaluation.result import Result

POLICY = Policy(5)


def share(k: int, n: int, **more) -> dict:
    fixed = {"estimand": "described_share", "unit": "person", "indicator": "q", "wave": "w1"}
    return {**fixed, "group": None, "level": None, "estimate": k / n, "k": k, "n": n, **more}


def level(name: str, k: int, n: int) -> dict:
    return share(k, n, group="sex", level=name)


def after(earlier: Earlier, *rows: dict):
    table = protect(Result(pd.DataFrame(rows)), POLICY).table
    return withheld_after([table], POLICY, earlier).withheld.tolist()


def test_one_more_answer_is_not_shown():
    earlier = earlier_rows([share(40, 80)], [])
    assert after(earlier, share(41, 81)) == [True]
    assert after(earlier, share(40, 80)) == [False]
    assert after(earlier, share(47, 95)) == [False]


def test_many_more_of_whom_few_say_no_are_not_shown():
    assert after(earlier_rows([share(40, 80)], []), share(58, 100)) == [True]


def test_who_has_come_is_not_the_total_less_the_others():
    before = [share(60, 120), level("women", 30, 60), level("men", 30, 60)]
    now = [share(75, 151), level("women", 44, 89), level("men", 31, 62)]
    assert after(earlier_rows(before, []), *now)[1:] != [False, False]
    assert after(earlier_rows(before, []), *now)[2]


def test_what_was_withheld_stays_withheld_while_few_have_come():
    before = [share(60, 120)]
    hidden = [level("women", 30, 60), level("men", 30, 60)]
    now = [share(60, 120), level("women", 30, 60), level("men", 30, 60)]
    assert after(earlier_rows(before, hidden), *now) == [False, True, True]


def test_without_an_earlier_report_nothing_changes():
    table = protect(Result(pd.DataFrame([share(40, 80), level("women", 20, 50)])), POLICY).table
    alone = withheld_pattern([table], POLICY)
    assert (withheld_after([table], POLICY, Earlier()).withheld == alone.withheld).all()


@pytest.mark.parametrize(("by", "seed"), [(1, 0), (1, 3), (1, 6), (8, 1), (8, 31), (20, 2)])
def test_more_respondents_tell_nothing_in_two_reports(by, seed):
    earlier, later = programme(np.random.default_rng(seed)), grown(np.random.default_rng(seed), by=by)
    first = protected(earlier)
    assert recovered_from_both(earlier, first, protected(later)) > 0
    assert recovered_from_both(earlier, first, protected_after(later, first)) == 0


def test_a_later_report_would_tell_what_the_earlier_withheld_if_nobody_looked_back(monkeypatch):
    nobody = lambda records, shown, *rest, **more: np.zeros(len(records), dtype=bool)  # noqa: E731
    monkeypatch.setattr("evaluation.disclosure.versions.rows_looking_back", nobody)
    earlier, later = programme(np.random.default_rng(1)), grown(np.random.default_rng(1), by=8)
    first = protected(earlier)
    assert recovered_from_both(earlier, first, protected_after(later, first)) > 0


ROUNDING = Policy(5, rounds=True)


def again(earlier: Earlier, *rows: dict, policy: Policy = ROUNDING):
    table = protect(Result(pd.DataFrame(rows)), policy).table
    return withheld_after([table], policy, earlier)


def of_three_levels() -> list[dict]:
    """Return a table in which one level is withheld for its number, and another for the first's."""
    return [share(60, 120), level("a", 20, 40), level("b", 28, 57), level("c", 12, 20)]


def told_before(*rows: dict) -> list[dict]:
    """Return rows as a report has told them, rounded."""
    return [{**row, "k": 5 * round(row["k"] / 5), "n": 5 * round(row["n"] / 5), "rounded": 5} for row in rows]


def test_a_rounded_row_is_kept_as_an_interval():
    earlier = earlier_rows(told_before(level("women", 31, 62)), [])
    assert not earlier.shown
    assert list(earlier.rounded.values()) == [{"n": (58, 62), "k": (28, 32)}]


def test_what_was_rounded_is_never_shown_as_it_is():
    rows = of_three_levels()
    earlier = earlier_rows([rows[0], *told_before(*rows[1:])], [])
    assert not again(Earlier(), *rows).complementary[2] or again(Earlier(), *rows).rounded[2]
    found = again(earlier, *rows)
    assert (found.withheld | found.rounded)[1:].all()


def test_what_was_rounded_is_rounded_again_only_to_the_same_numbers():
    rows = of_three_levels()
    same = again(earlier_rows([rows[0], *told_before(*rows[1:])], []), *rows)
    assert same.rounded.any()
    moved = [rows[0], *[level(row["level"], row["k"], row["n"] + 6) for row in rows[1:]]]
    assert not again(earlier_rows([rows[0], *told_before(*rows[1:])], []), *moved).rounded.any()


def test_what_was_shown_as_it_is_is_not_rounded():
    rows = of_three_levels()
    assert not again(earlier_rows(rows, []), *rows).rounded.any()


def test_without_rounding_now_what_was_rounded_is_withheld():
    rows = of_three_levels()
    found = again(earlier_rows([rows[0], *told_before(*rows[1:])], []), *rows, policy=POLICY)
    assert found.withheld[1:].all()
    assert not found.rounded.any()


@pytest.mark.parametrize("by", [0, 1])
def test_one_more_respondent_tells_nothing_in_two_reports_that_round(by):
    earlier = programme(np.random.default_rng(4))
    later = grown(np.random.default_rng(4), by=by) if by else earlier
    first = protected(earlier, rounds=True)
    again = protected_after(later, first, rounds=True)
    assert near_rows(first) > 0
    assert near_rows(again) == (0 if by else near_rows(first))
    assert recovered_from_both(earlier, first, again) == 0
