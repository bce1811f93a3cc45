"""A rounded row tells an interval that the truth is in, and nothing beside it."""

from math import inf

import numpy as np
import pandas as pd
import pytest
from benchmarks.disclosure import attacked, kept, near_rows, programme, protected, rounded_unchecked
from hypothesis import given, settings
from hypothesis import strategies as some

from evaluation.disclosure import Policy, protect, rounded, withheld_pattern, withhold
from evaluation.disclosure.cells import linked_cells
from evaluation.disclosure.links import LINKS
from evaluation.disclosure.rounding import (
    COUNTED,
    MEANS,
    NUMBERS,
    SHARES,
    can_be_rounded,
    decimals,
    keeps_verdict,
    known_of,
    limits,
    rounded_count,
)
from evaluation.result import Result
from evaluation.vocabulary.estimands import ESTIMANDS

POLICY = Policy(5, {"background": 10}, rounds=True)
COUNTS = ("n", "k", "n_total")


def share(k: int, n: int, **more) -> dict:
    fixed = {"estimand": "described_share", "unit": "person", "indicator": "q", "wave": "w1"}
    return {**fixed, "group": None, "level": None, "estimate": k / n, "k": k, "n": n, **more}


def mean(n: int, **more) -> dict:
    fixed = {"estimand": "described_mean", "unit": "person", "indicator": "q", "group": None}
    numbers = {"estimate": 3.3478, "conf_low": 2.9123, "conf_high": 3.7833, "std_error": 0.21, "df": 22.0}
    return {**fixed, **numbers, "p_value": 0.04, "n": n, "verdict": "met", "reason": None, **more}


def near(*rows: dict, policy: Policy = POLICY, **options) -> pd.DataFrame:
    result = withhold(Result(pd.DataFrame(rows)), pd.Series([False] * len(rows)), policy, ())
    return rounded(result, pd.Series([True] * len(rows)), policy, **options).table


@given(count=some.integers(0, 10_000), base=some.integers(1, 40))
def test_a_count_is_one_of_as_many_as_the_base_that_are_told_by_the_same_number(count, base):
    told = rounded_count(count, base)
    low, high = limits(told, base)
    assert told % base == 0
    assert low <= count <= high
    assert high - low == base - 1 or (told == 0 and low == 0)
    assert {rounded_count(one, base) for one in range(int(low), int(high) + 1)} == {told}


@given(part=some.integers(0, 3000), more=some.integers(0, 3000), base=some.integers(1, 40))
def test_a_part_stays_within_its_whole(part, more, base):
    assert rounded_count(part, base) <= rounded_count(part + more, base)


@given(fewest=some.integers(1, 5000), unit=some.sampled_from([1.0, 100.0]), place=some.integers(-500, 500))
def test_every_number_of_answers_could_have_given_a_told_mean(fewest, unit, place):
    step = 10.0 ** -decimals(fewest, unit)
    told = place * step
    for n in (fewest, fewest + 1, 2 * fewest + 3):
        nearest = round(told * n / unit) * unit / n
        assert abs(nearest - told) <= step / 2 + 1e-9
    assert fewest * step / 10 < unit


@settings(max_examples=300)
@given(n=some.integers(13, 400), part=some.floats(0, 1), silent=some.integers(0, 60), special=some.booleans())
def test_the_truth_is_within_what_a_rounded_row_tells(n, part, silent, special):
    group = {"group": "background", "level": "foreign"} if special else {}
    row = share(round(part * n), n, n_total=n + silent, **group)
    if not can_be_rounded(row, POLICY):
        return
    told = near(row).to_dict("records")[0]
    again = {name: told[name] for name in row}
    for seen in (row, {**again, "rounded": told["rounded"]}):
        for one in known_of(seen, POLICY, COUNTS):
            value = sum(weight * row[name] for name, weight in one.weights.items())
            assert one.low - 1e-6 <= value <= one.high + 1e-6


def test_a_rounded_row_has_multiples_of_its_threshold_and_few_decimals():
    told = near(share(17, 26, n_total=41), share(33, 44, group="background", level="foreign"))
    assert told[["k", "n", "rounded"]].to_numpy().tolist() == [[15, 25, 5], [30, 40, 10]]
    assert told["n_total"].iloc[0] == 40
    assert told["estimate"].tolist() == [0.7, 0.8]
    assert not told["suppressed"].any()


def test_a_rounded_mean_keeps_its_interval_and_its_verdict_and_nothing_else():
    told = near(mean(23)).iloc[0]
    assert [told[name] for name in ("estimate", "conf_low", "conf_high", "n")] == [3.3, 2.9, 3.8, 25]
    assert told["verdict"] == "met"
    assert told[["std_error", "df", "p_value"]].isna().all()


def test_a_rounded_share_has_no_interval_and_no_verdict():
    row = {**share(17, 26), "conf_low": 0.46, "conf_high": 0.81, "bound_low": 0.4, "verdict": "met"}
    assert near(row)[["conf_low", "conf_high", "bound_low", "verdict"]].isna().all(axis=None)
    assert not keeps_verdict(row)


def test_a_mean_of_yes_and_no_in_per_cent_is_told_in_tens_without_its_interval():
    told = near(mean(23, estimate=63.4), unit=lambda row: 100.0).iloc[0]
    assert told["estimate"] == 60
    assert told[["conf_low", "verdict"]].isna().all()


def test_what_is_not_rounded_stays_as_it_is_and_rounding_twice_changes_nothing():
    result = withhold(
        Result(pd.DataFrame([share(17, 26), share(18, 29)])), pd.Series([False, False]), POLICY, ()
    )
    once = rounded(result, pd.Series([True, False]), POLICY)
    assert once.table.loc[1, "estimate"] == 18 / 29
    assert np.isnan(once.table.loc[1, "rounded"])
    pd.testing.assert_frame_equal(rounded(once, pd.Series([True, False]), POLICY).table, once.table)
    assert rounded(result, pd.Series([False, False]), POLICY) is result


def test_withholding_a_rounded_row_leaves_nothing_of_it():
    gone = withhold(Result(near(share(17, 26))), pd.Series([True]), POLICY, ())
    assert gone.table[["k", "n", "estimate", "rounded"]].isna().all(axis=None)


@pytest.mark.parametrize(
    "row",
    [
        share(7, 12),
        share(17, 26, estimate=0.6),
        share(17, 26, estimand="odds_ratio"),
        share(17, 26, estimate=None),
        mean(11),
        mean(40, rounded=5),
    ],
)
def test_what_cannot_be_told_coarsely_is_not_rounded(row):
    assert not can_be_rounded(row, POLICY)


def test_what_can_be_rounded_is_what_it_is_taken_for():
    unit = {name: ESTIMANDS[name].unit for name in (*SHARES, *MEANS, *NUMBERS)}
    assert {unit[name] for name in SHARES} == {"share"}
    assert all({"n", "k"} <= set(LINKS[name].counts) for name in SHARES)
    assert {unit[name] for name in MEANS} == {"score", "score_difference"}
    assert {unit[name] for name in NUMBERS} == {"count"}
    assert all(set(LINKS[name].counts) <= set(COUNTED) for name in unit)


def test_numbers_that_are_counts_are_rounded_however_small():
    row = {"estimand": "stage_count", "unit": "person", "estimate": 8, "n": 8, "term": "asked"}
    assert can_be_rounded(row, POLICY)
    assert near(row)[["estimate", "n"]].to_numpy().tolist() == [[10, 10]]


def test_a_reader_is_taken_to_know_that_a_rounded_row_is_not_about_few():
    known = {
        tuple(one.weights.items()): (one.low, one.high) for one in known_of(share(8, 14), POLICY, COUNTS)
    }
    assert known[(("n", 1.0),)] == (13, 17)
    assert known[(("k", 1.0),)] == (8, 12)
    assert known[("n", 1.0), ("k", -1.0)] == (5, inf)


def rounding_search(seed: int):
    made = programme(np.random.default_rng(seed))
    policy = Policy(made.policy.min_cell, made.policy.min_cell_by_group, rounds=True)
    tables = [protect(result, policy).table for result in made.tables]
    return made, policy, tables, withheld_pattern(tables, policy, positives=made.positives)


@pytest.mark.parametrize("seed", [2, 4])
def test_rows_are_rounded_of_those_that_would_be_withheld(seed):
    made, policy, tables, found = rounding_search(seed)
    alone = withheld_pattern(tables, made.policy, positives=made.positives)
    assert found.rounded.any()
    assert ((found.complementary | found.rounded) == alone.complementary).all()
    assert not (found.withheld & found.rounded).any()
    again = withheld_pattern(tables, policy, positives=made.positives)
    assert (again.rounded == found.rounded).all()


def test_what_rounded_rows_tell_holds_for_the_people_there_are():
    made, policy, tables, _ = rounding_search(4)
    system = linked_cells(tables, policy, made.positives)
    true = {tuple(sorted(total)): value for told in system.rows for total, value in told}
    lines = [line for near_lines in system.near for line in near_lines if len(line[0]) and _is_sum(line[0])]
    known = [
        (true[tuple(sorted(total))], low, high) for total, low, high in lines if tuple(sorted(total)) in true
    ]
    assert known
    assert all(low <= value <= high for value, low, high in known)


def _is_sum(total: dict) -> bool:
    return set(total.values()) == {1.0}


@pytest.mark.parametrize("seed", [0, 2, 4])
def test_rounding_tells_nothing_and_rounding_without_a_look_at_it_does(seed):
    made = programme(np.random.default_rng(seed))
    careful, careless = protected(made, rounds=True), rounded_unchecked(made)
    assert near_rows(careful) > 0
    assert kept(careful)[1] == kept(protected(made))[1] + near_rows(careful)
    assert attacked(made, careful) == 0
    assert attacked(made, careless) > 0


def test_protecting_rounded_tables_again_changes_nothing():
    made, policy, _, _ = rounding_search(4)
    tables = [result.table for result in protected(made, rounds=True)]
    again = withheld_pattern(tables, policy, positives=made.positives)
    before = pd.concat(tables, ignore_index=True)
    assert (again.withheld == before["suppressed"].to_numpy(dtype=bool)).all()
    assert (again.rounded == before["rounded"].notna().to_numpy()).all()
