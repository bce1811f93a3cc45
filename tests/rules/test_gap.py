"""R4: a difference is certain, possible, or not to be told apart from chance; never "equal"."""

import math

import pandas as pd
import pytest

from evaluation.rules import evaluate
from evaluation.rules.gap import judge
from evaluation.vocabulary.verdicts import VERDICTS
from tests.rules.build import answers, people, study

BASE = {
    "n_level": 20,
    "n_reference": 20,
    "n_groups": 8,
    "estimate": 0.4,
    "conf_low": -0.1,
    "conf_high": 0.9,
    "smallest_important": 0.5,
    "method": "wild_bootstrap",
}
RULE = {"kind": "gap", "wave": "w3", "group": "sex", "important": 0.5}
INDICATOR = {"chapter": "equality", "measure": {"item": "a"}, "rule": RULE}


@pytest.mark.parametrize(
    ("changes", "verdict", "reason"),
    [
        ({}, "no_certain_gap", "gap_small_uncertain"),
        ({"conf_low": 0.01}, "gap", "gap_clear"),
        ({"conf_low": 0.0}, "no_certain_gap", "gap_small_uncertain"),
        ({"estimate": -0.4, "conf_low": -0.7, "conf_high": -0.1}, "gap", "gap_clear"),
        ({"estimate": 0.5}, "possible_gap", "gap_large_uncertain"),
        ({"estimate": -0.1 - 0.2 - 0.2}, "possible_gap", "gap_large_uncertain"),
        ({"estimate": 0.2, "conf_low": 0.1, "conf_high": 0.3}, "small_gap", "gap_clear_but_small"),
        ({"estimate": 0.1, "conf_low": -0.1, "conf_high": 0.3}, "negligible_gap", "gap_within_margin"),
        ({"estimate": 0.1, "conf_low": -0.1, "conf_high": 0.5}, "no_certain_gap", "gap_small_uncertain"),
        (
            {"estimate": 0.1, "conf_low": -0.32, "conf_high": 0.52, "method": "cr2_satterthwaite"}
            | {"std_error": 0.2, "df": 19.0},
            "negligible_gap",
            "gap_within_margin",
        ),
        ({"n_level": 4}, "undecided", "too_few_in_group"),
        ({"n_level": 0, "estimate": math.nan, "conf_low": math.nan}, "undecided", "too_few_in_group"),
        ({"n_reference": 4, "conf_low": 0.01}, "undecided", "too_few_in_group"),
        ({"n_level": 5, "n_reference": 5, "conf_low": 0.01}, "gap", "gap_clear"),
        ({"n_groups": 4, "conf_low": 0.01}, "undecided", "too_few_clusters_in_group"),
        ({"estimate": 1.0, "conf_low": math.nan, "conf_high": math.nan}, "undecided", "no_spread"),
        ({"estimate": 0.0, "conf_low": math.nan, "conf_high": math.nan}, "no_certain_gap", "no_spread"),
    ],
)
def test_the_order_of_the_questions(changes, verdict, reason):
    assert judge({**BASE, **changes}, smallest=5, clustered=True) == (verdict, reason)


@pytest.mark.parametrize(
    ("wanted", "verdict"),
    [(None, "gap"), ("higher", "association_shown"), ("lower", "association_unwanted")],
)
def test_a_difference_can_be_what_was_wanted(wanted, verdict):
    row = {**BASE, "conf_low": 0.01}
    assert judge(row, smallest=5, clustered=True, wanted=wanted) == (verdict, "gap_clear")


def test_people_without_organisations_are_never_too_few_organisations():
    few = {**BASE, "n_level": 4, "n_groups": 4}
    assert judge(few, smallest=3, clustered=False) == ("undecided", "too_few_in_group")


def test_no_verdict_says_that_groups_are_equal():
    reached = ("gap", "possible_gap", "no_certain_gap", "negligible_gap", "small_gap")
    assert not any("equal" in str(VERDICTS[key].label).lower() for key in reached)


def compared(tmp_path, counts: dict[str, int], *, firms: int = 8, indicator=INDICATOR):
    sex = [level for level, count in counts.items() for _ in range(count)]
    register = people(len(sex), firms=firms, sex=sex or ["men"])
    values = [3.0 + (i * 7) % 3 * 0.5 for i in range(len(sex))]
    made = study(tmp_path, indicator, people=register, answers=answers(register, "w3", values))
    return evaluate("x", made), made


def test_women_and_men_are_shown_however_few(tmp_path):
    found, _ = compared(tmp_path, {"women": 1, "men": 30})
    assert found.table["level"].tolist() == ["women"]
    assert found.table["mean_level"].notna().all()


def test_another_group_is_shown_when_it_is_large_enough(tmp_path):
    few, _ = compared(tmp_path, {"women": 20, "men": 20, "other": 4})
    assert few.table["level"].tolist() == ["women"]
    enough, _ = compared(tmp_path, {"women": 20, "men": 20, "other": 5})
    assert enough.table["level"].tolist() == ["women", "other"]
    assert enough.table["contrast"].tolist() == ["women - men", "other - men"]


@pytest.mark.parametrize("counts", [{"women": 20}, {"men": 20}, {}])
def test_nobody_in_a_group_is_a_row_with_a_reason(tmp_path, counts):
    found, made = compared(tmp_path, counts)
    assert found.table[["verdict", "reason"]].to_numpy().tolist() == [["undecided", "too_few_in_group"]]
    assert str(found.describe("sv", words=made.words)[0]).strip()


def test_all_women_in_one_company_say_nothing_of_women(tmp_path):
    sex = ["women"] * 20 + ["men"] * 40
    register = people(60, firms=10, sex=sex)
    register.loc[:19, "organisation"] = "o0"
    values = [4.5 + 0.1 * (i % 3) for i in range(20)] + [2.5 + 0.2 * (i % 4) for i in range(40)]
    made = study(tmp_path, INDICATOR, people=register, answers=answers(register, "w3", values))
    row = evaluate("x", made).table.iloc[0]
    assert (row["verdict"], row["reason"], row["n_groups"]) == ("undecided", "too_few_clusters_in_group", 1)
    assert row["estimate"] > 1.5


def test_a_sensitive_group_needs_more_answers(tmp_path):
    groups = {
        "background": {
            "label": {"sv": "Bakgrund", "en": "Background"},
            "reference": "swedish",
            "special": True,
            "show_always": ["foreign", "swedish"],
            "levels": {
                "foreign": {"label": {"sv": "utländsk", "en": "foreign"}},
                "swedish": {"label": {"sv": "svensk", "en": "Swedish"}},
            },
        }
    }
    register = people(40, firms=8).assign(background=["foreign"] * 9 + ["swedish"] * 31)
    made = study(
        tmp_path,
        {**INDICATOR, "rule": {**RULE, "group": "background"}},
        people=register,
        answers=answers(register, "w3", [3.0 + i % 2 for i in range(40)]),
        groups=groups,
        columns={"background": "B"},
    )
    assert evaluate("x", made).table["reason"].tolist() == ["too_few_in_group"]


def test_companies_are_compared_by_their_own_groups(tmp_path):
    groups = {
        "branch": {
            "label": {"sv": "Bransch", "en": "Branch"},
            "of": "organisation",
            "reference": "trade",
            "show_always": ["industry", "trade"],
            "levels": {
                "industry": {"label": {"sv": "industri", "en": "industry"}},
                "trade": {"label": {"sv": "handel", "en": "trade"}},
            },
        }
    }
    register = people(24, firms=12)
    firms = pd.DataFrame({"organisation": [f"o{i}" for i in range(12)]})
    firms["branch"] = pd.Categorical(["industry", "trade"] * 6, ["industry", "trade"])
    given = answers(register, "w3", [4.0 - i % 2 + 0.2 * (i % 5) for i in range(24)])
    for unit, counted in (("organisation", 6), ("person", 12)):
        made = study(
            tmp_path,
            {**INDICATOR, "unit": unit, "rule": {**RULE, "group": "branch"}},
            people=register,
            organisations=firms,
            answers=given,
            groups=groups,
            columns={"branch": "B"},
        )
        row = evaluate("x", made).table.iloc[0]
        assert (row["level"], row["n_level"], row["n_reference"], row["n_groups"]) == (
            "industry",
            counted,
            counted,
            6,
        )
        assert row["verdict"] == "gap"


def test_answers_that_count_as_yes_are_compared_as_shares(tmp_path):
    counted = {**INDICATOR, "measure": {"item": "a", "positive": [4, 5]}}
    result, _ = compared(tmp_path, {"women": 20, "men": 20}, indicator=counted)
    assert set(result.table["estimand"]) == {"share_gap"}
    assert result.table["mean_level"].between(0, 1).all()
