"""R5: a group's share is even, proportionate, or smaller or larger than expected."""

import math

import pandas as pd
import pytest

from evaluation.rules import evaluate
from evaluation.rules.representation import judge_even, judge_ratio
from tests.rules.build import people, study

EVEN = {"bound_low": 0.4, "bound_high": 0.6, "n": 10, "level": "women"}


@pytest.mark.parametrize(
    ("estimate", "verdict", "reason"),
    [
        (2 / 5, "even", "within_even"),
        (3 / 5, "even", "within_even"),
        (1 - 0.4, "even", "within_even"),
        (0.1 * 3 + 0.1, "even", "within_even"),
        (0.3999, "under_represented", "outside_even"),
        (0.6001, "over_represented", "outside_even"),
    ],
)
def test_even_includes_its_ends(estimate, verdict, reason):
    assert judge_even({**EVEN, "estimate": estimate}, distribution={"women": estimate}) == (verdict, reason)


def test_a_share_within_the_bounds_is_not_even_beside_one_outside():
    shares = {"women": 0.39, "men": 0.6}
    found = {
        level: judge_even({**EVEN, "level": level, "estimate": share}, distribution=shares)
        for level, share in shares.items()
    }
    assert found == {
        "women": ("under_represented", "outside_even"),
        "men": ("uneven", "other_outside_even"),
    }


def test_levels_outside_the_distribution_are_only_described():
    row = {**EVEN, "level": "other", "estimate": 0.02}
    assert judge_even(row, distribution={"women": 0.45, "men": 0.53}) == ("described", "only_described")


@pytest.mark.parametrize("reference", [0.05, 0.1, 0.3, 0.35, 0.7])
@pytest.mark.parametrize(
    ("ratio", "verdict", "reason"),
    [
        (0.8, "proportionate", "ratio_within"),
        (1.25, "proportionate", "ratio_within"),
        (0.79, "under_represented", "ratio_outside"),
        (1.26, "over_represented", "ratio_outside"),
        (0.0, "under_represented", "ratio_outside"),
    ],
)
def test_ratio_includes_its_ends(reference, ratio, verdict, reason):
    row = {"n": 40, "estimate": ratio * reference, "ratio": ratio}
    bounds = {"bound_low": reference * 0.8, "bound_high": reference * 1.25}
    assert judge_ratio({**row, **bounds}) == (verdict, reason)


def test_nobody_there_and_nothing_to_compare_with():
    nobody = {**EVEN, "n": 0, "estimate": math.nan}
    assert judge_even(nobody, distribution={"women": math.nan}) == ("undecided", "none_registered")
    assert judge_ratio({"n": 0, "ratio": math.nan}) == ("undecided", "none_registered")
    assert judge_ratio({"n": 9, "ratio": math.nan}) == ("described", "only_described")


def composed(tmp_path, rule: dict, register: pd.DataFrame, log: pd.DataFrame | None = None):
    indicator = {
        "chapter": "equality",
        "measure": {"column": "sex"},
        "rule": {"kind": "representation", "group": "sex", **rule},
    }
    made = study(tmp_path, indicator, people=register, **({} if log is None else {"log": log}))
    return evaluate("x", made), made


def register(**counts: int) -> pd.DataFrame:
    sex = [level for level, count in counts.items() for _ in range(count)]
    return people(len(sex), sex=sex)


def designers(*names: str) -> pd.DataFrame:
    return pd.DataFrame({"effort": "e", "person": names, "hours": 1.0, "design_role": "participant"})


def verdicts(found) -> dict:
    return dict(zip(found.table["level"], found.table["verdict"], strict=True))


def test_a_sex_without_anybody_is_still_shown(tmp_path):
    found, made = composed(tmp_path, {"even": [0.4, 0.6]}, register(men=12))
    assert verdicts(found) == {"women": "under_represented", "men": "over_represented"}
    assert "0 of 12 are women (0%)" in str(found.describe("en", words=made.words)[0])


def test_a_third_level_is_shown_when_it_is_large_enough(tmp_path):
    found, _ = composed(tmp_path, {"even": [0.4, 0.6]}, register(women=50, men=45, other=4))
    assert list(verdicts(found)) == ["women", "men"]
    found, _ = composed(tmp_path, {"even": [0.4, 0.6]}, register(women=50, men=45, other=5))
    assert verdicts(found)["other"] == "under_represented"


def test_a_stated_population(tmp_path):
    rule = {"reference": {"women": 0.6, "men": 0.4}}
    found, made = composed(tmp_path, rule, register(women=45, men=50, other=5))
    assert verdicts(found) == {"women": "under_represented", "men": "proportionate", "other": "described"}
    said = [str(finding) for finding in found.describe("en", words=made.words)]
    assert "The share is 0.75 times the one it is compared with" in said[0]
    assert "between 48% and 75%" in said[0]
    assert "{" not in "".join(said)


def test_a_population_without_the_group_has_no_ratio(tmp_path):
    rule = {"reference": {"women": 0.0, "men": 1.0}}
    found, made = composed(tmp_path, rule, register(women=10, men=10))
    assert verdicts(found) == {"women": "described", "men": "under_represented"}
    assert str(found.describe("sv", words=made.words)[0]).strip()


def test_designers_are_counted_once_and_compared_with_participants(tmp_path):
    log = designers(*[f"p{i}" for i in (0, 0, 1, 2, 3, 4, 20, 21)])
    rule = {"among": "designers", "against": "participants"}
    found, _ = composed(tmp_path, rule, register(women=20, men=20), log)
    table = found.table.set_index("level")
    assert table["k"].to_dict() == {"women": 5, "men": 2}
    assert table["n_reference"].to_dict() == {"women": 20, "men": 20}
    assert verdicts(found) == {"women": "over_represented", "men": "under_represented"}


def test_nobody_designed(tmp_path):
    rule = {"among": "designers", "against": "participants"}
    found, made = composed(tmp_path, rule, register(women=20, men=20))
    assert set(found.table["reason"]) == {"none_registered"}
    assert "hold nothing" in str(found.describe("en", words=made.words)[0])
