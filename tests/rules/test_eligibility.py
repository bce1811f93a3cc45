"""R7: every unit meets a condition, or some do not, or it is not known."""

import pandas as pd
import pytest

from evaluation.rules import evaluate
from tests.rules.build import people, study

LIMITS = {"at_least": 1, "at_most": 249}


def eligible(tmp_path, values: list[str | None], **condition) -> tuple[str, str, int, int]:
    firms = pd.DataFrame({"organisation": [f"o{i}" for i in range(len(values))], "size": values})
    indicator = {
        "chapter": "data_quality",
        "unit": "organisation",
        "measure": {"column": "size"},
        "rule": {"kind": "eligibility", **condition},
    }
    row = evaluate("x", study(tmp_path, indicator, organisations=firms.astype("str"))).table.iloc[0]
    return row["verdict"], row["reason"], row["k"], row["n"]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["1", "249", "12,5", " 3 ", "3.0"], ("all_eligible", "all_meet", 5, 5)),
        (["249,5"], ("exceptions", "some_do_not", 0, 1)),
        (["0,5", "2"], ("exceptions", "some_do_not", 1, 2)),
        (["-3"], ("exceptions", "some_do_not", 0, 1)),
        (["−3"], ("exceptions", "some_do_not", 0, 1)),
        (["2", "about ten"], ("undecided", "unknown_decide", 1, 1)),
        (["2", None], ("undecided", "unknown_decide", 1, 1)),
        (["2", ""], ("undecided", "unknown_decide", 1, 1)),
        (["300", None], ("exceptions", "some_do_not", 0, 1)),
        ([None, None], ("undecided", "unknown_decide", 0, 0)),
        ([], ("undecided", "none_registered", 0, 0)),
    ],
)
def test_limits_of_a_number(tmp_path, values, expected):
    assert eligible(tmp_path, values, **LIMITS) == expected


def test_one_limit_is_enough(tmp_path):
    assert eligible(tmp_path, ["250"], at_least=1)[0] == "all_eligible"
    assert eligible(tmp_path, ["0"], at_most=249)[0] == "all_eligible"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["1380", " 1315 "], ("all_eligible", "all_meet", 2, 2)),
        (["1380", "0180"], ("exceptions", "some_do_not", 1, 2)),
        (["1380", None, " "], ("undecided", "unknown_decide", 1, 1)),
    ],
)
def test_one_of_several_texts(tmp_path, values, expected):
    assert eligible(tmp_path, values, one_of=["1380", "1315"]) == expected


def test_levels_of_a_group_are_its_keys(tmp_path):
    register = people(4).assign(role=pd.Categorical(["manager", "manager", "employee", None]))
    indicator = {"measure": {"column": "role"}, "rule": {"kind": "eligibility", "one_of": ["manager"]}}
    row = evaluate("x", study(tmp_path, indicator, people=register)).table.iloc[0]
    assert (row["k"], row["n"], row["n_total"]) == (2, 3, 4)


def test_the_sentence_counts_those_who_do_not(tmp_path):
    register = people(30).assign(age=["30"] * 27 + ["9"] * 3)
    indicator = {"measure": {"column": "age"}, "rule": {"kind": "eligibility", "at_least": 18}}
    made = study(tmp_path, indicator, people=register)
    assert "3 do not meet the requirement." in str(evaluate("x", made).describe("en", words=made.words)[0])
