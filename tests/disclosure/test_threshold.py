"""Nothing is shown about too few, and nothing is given away by what stands beside it."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.disclosure import Policy, protect
from evaluation.result import Result
from evaluation.rules import evaluate
from evaluation.vocabulary.columns import STATISTICS

POLICY = Policy(5, {"background": 10})


def shown(rows: list[dict], policy: Policy = POLICY) -> pd.DataFrame:
    return protect(Result(pd.DataFrame(rows)), policy).table


def row(n: int, **more) -> dict:
    return {"estimand": "attained_share", "unit": "person", "estimate": 0.5, "n": n, **more}


def level(name: str, n: int, group: str = "sex", **more) -> dict:
    return row(n, group=group, level=name, **more)


def test_below_the_threshold_is_withheld_and_at_it_is_not():
    assert shown([row(4), row(5)])["suppressed"].tolist() == [True, False]


def test_nobody_at_all_is_no_secret():
    assert not shown([row(0)])["suppressed"].any()


def test_sensitive_groups_have_the_stricter_threshold():
    table = shown([level("a", 9, "background"), level("b", 40, "background"), level("c", 40, "background")])
    assert table["suppressed"].tolist()[0]
    assert not shown([level("a", 9), level("b", 40)])["suppressed"].any()


def test_one_small_group_takes_the_next_smallest_with_it():
    table = shown([level("women", 40), level("men", 30), level("other", 2)])
    assert table["suppressed"].tolist() == [False, True, True]


def test_two_small_groups_hide_each_other():
    table = shown([level("women", 40), level("men", 30), level("other", 2), level("unknown", 3)])
    assert table["suppressed"].tolist() == [False, False, True, True]


def test_a_group_of_one_mind_is_withheld():
    table = shown([level("women", 20, k=20, estimate=1.0), level("men", 20, k=12, estimate=0.6)])
    assert table["suppressed"].iloc[0]


def test_both_sides_of_a_comparison_must_be_large_enough():
    assert shown([row(24, n_level=4, n_reference=20)])["suppressed"].all()


@pytest.mark.parametrize("unit", ["statement", "effort", "row"])
def test_what_counts_nobody_is_left_alone(unit):
    assert not shown([row(2) | {"unit": unit}])["suppressed"].any()


def test_a_withheld_row_keeps_no_number_verdict_or_reason():
    table = shown(
        [row(3, k=2, conf_low=0.1, conf_high=0.9, verdict="reached", reason="reached_everyone_answered")]
    )
    numbers = [name for name in table.columns if name in STATISTICS]
    assert table[numbers].isna().all(axis=None)
    assert table[["verdict", "reason"]].isna().all(axis=None)


def test_the_given_result_is_not_changed():
    result = Result(pd.DataFrame([row(3)]))
    before = result.table.copy()
    protect(result, POLICY)
    pd.testing.assert_frame_equal(result.table, before)


def test_the_rules_that_were_applied_are_told():
    told = protect(Result(pd.DataFrame([row(3), row(30)])), POLICY).meta.protected
    assert (told.min_cell, told.suppressed) == (5, 1)


@settings(max_examples=150)
@given(st.lists(st.integers(0, 30), min_size=1, max_size=6))
def test_no_breakdown_shows_a_small_cell_or_lets_one_be_computed(sizes):
    table = shown([level(f"l{i}", n) for i, n in enumerate(sizes)])
    open_rows = table[~table["suppressed"]]
    assert not ((open_rows["n"] > 0) & (open_rows["n"] < 5)).any()
    withheld = [n for n, hidden in zip(sizes, table["suppressed"], strict=True) if hidden]
    assert len(withheld) != 1 or len(sizes) == 1


def composition(**counts: int) -> list[dict]:
    total = sum(counts.values())
    fixed = {"estimand": "group_share", "unit": "person", "group": "sex", "n": total}
    return [{**fixed, "level": name, "k": k, "estimate": k / total} for name, k in counts.items()]


def test_a_small_group_among_many_is_withheld_by_its_own_number():
    assert shown(composition(women=40, men=30, other=3))["suppressed"].tolist() == [False, True, True]


def test_a_group_of_nobody_cannot_hide_another():
    """If the empty group were withheld instead, the total would still give the small one away."""
    table = shown(composition(women=3, men=40, other=0))
    assert table["suppressed"].tolist() == [True, True, False]


def test_a_withheld_row_does_not_say_how_many_there_could_have_been():
    rows = [row | {"reference": 0.02} for row in composition(women=3, men=40)]
    assert shown(rows)["reference"].isna().all()


def test_a_small_group_among_those_compared_with_is_withheld():
    """None of the three took part: the zero is no secret, but the share among all would be."""
    rows = [row | {"n_reference": n} for row, n in zip(composition(women=0, men=40), (3, 90), strict=True)]
    assert shown(rows)["suppressed"].tolist() == [True, True]


@pytest.mark.parametrize("estimate", [0.0, 1.0])
def test_shares_of_nobody_and_everybody_expose_a_group(estimate):
    table = shown(
        [level("women", 20, k=20 * estimate, estimate=estimate), level("men", 30, k=9, estimate=0.3)]
    )
    assert table["suppressed"].tolist() == [True, True]
    assert shown([row(20, k=20 * estimate, estimate=estimate)])["suppressed"].all()


@pytest.mark.parametrize("k", [1, 4, 26, 29])
def test_few_who_say_yes_or_no_are_withheld_about_everybody_too(k):
    assert shown([row(30, k=k)])["suppressed"].all()
    assert not shown([row(30, k=5), row(30, k=25)])["suppressed"].any()


def test_that_all_meet_a_requirement_or_few_did_not_take_part_is_no_secret():
    rows = [row(30, k=30) | {"estimand": "eligible_share"}, row(191, k=188) | {"estimand": "response_rate"}]
    assert not any(shown([one])["suppressed"].any() for one in rows)


def test_one_who_dominates_a_sum_is_withheld_and_the_share_never_shown():
    table = shown([row(20, largest_share=0.71), row(20, largest_share=0.7)])
    assert table["suppressed"].tolist() == [True, False]
    assert "largest_share" not in table.columns


def test_a_share_of_the_lowest_answer_tells_how_many_gave_it():
    assert shown([row(40, share_lowest=0.05)])["suppressed"].all()
    assert not shown([row(40, share_lowest=0.5)])["suppressed"].any()


def test_everybody_or_nobody_in_a_composition_is_no_answer():
    assert not shown(composition(women=0, men=40))["suppressed"].any()


def test_the_siblings_are_those_of_the_same_breakdown():
    rows = [
        level("women", 40, wave="w1"),
        level("men", 3, wave="w1"),
        level("women", 40, wave="w3"),
        level("men", 30, wave="w3"),
    ]
    assert shown(rows)["suppressed"].tolist() == [True, True, False, False]


def test_protecting_again_changes_nothing():
    once = protect(Result(pd.DataFrame(composition(women=40, men=30, other=3))), POLICY)
    again = protect(once, POLICY)
    pd.testing.assert_frame_equal(again.table, once.table)
    assert again.meta == once.meta


def test_what_was_withheld_stays_withheld_under_a_milder_policy():
    once = protect(Result(pd.DataFrame(composition(women=40, men=30, other=3))), POLICY)
    assert protect(once, Policy(1)).table["suppressed"].tolist() == [False, True, True]


def test_rows_may_have_any_index_and_columns_any_type():
    frame = pd.DataFrame(composition(women=40, men=30, other=3)).set_axis([7, 7, 7])
    frame = frame.astype({"group": "category", "level": "category", "unit": "category", "k": "Int64"})
    table = protect(Result(frame), POLICY).table
    assert table["suppressed"].tolist() == [False, True, True]
    assert table["k"].isna().tolist() == [False, True, True]


def test_groups_without_a_name_have_the_usual_threshold():
    frame = pd.DataFrame([level("a", 4), level("b", 40)])
    for missing in (None, float("nan"), pd.NA):
        table = protect(Result(frame.assign(group=pd.Series([missing] * 2, dtype="category"))), POLICY).table
        assert table["suppressed"].tolist() == [True, True]


def test_everything_a_halland_report_can_show_is_protected(halland_study):
    policy = Policy(25, {"background": 40})
    hidden = 0
    for key in halland_study.project.indicators:
        table = protect(evaluate(key, halland_study), policy).table
        hidden += int(table["suppressed"].sum())
        about_units = table["unit"].isin(["person", "organisation"]) & ~table["suppressed"]
        for name in ("n", "n_level", "n_reference"):
            if name in table.columns:
                seen = table.loc[about_units, name]
                assert not ((seen > 0) & (seen < policy.min_cell)).any(), key
    assert hidden > 3
