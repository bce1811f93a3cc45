"""What a measure looks at: shortfalls, hours, register columns, records of any kind, and what is not collected."""

import pandas as pd
import pytest

from evaluation.rules import evaluate
from evaluation.rules.coverage import judge, judge_hours
from evaluation.rules.measure import hours, scores
from evaluation.text.sentence import describe
from tests.rules.build import answers, people, study

SHORTFALL = {"measure": {"needed": ["a"], "current": ["b"], "at_least": 1}}
HOURS = {"measure": {"hours": ["before", "after"], "column": "phase"}}


def row_of(tmp_path, indicator, **tables) -> pd.Series:
    return evaluate("x", study(tmp_path, indicator, **tables)).table.iloc[0]


def test_a_surplus_of_competence_is_no_negative_need(tmp_path):
    register = people(3)
    given = [answers(register, "w3", [5, 2, 4]), answers(register, "w3", [3, 4, None], item="b")]
    made = study(
        tmp_path,
        {**SHORTFALL, "rule": {"kind": "target", "wave": "w3", "share": 0.5}},
        people=register,
        answers=pd.concat(given),
    )
    values = scores(made.indicator("x"), made, ["w3"]).set_index("person")["value"]
    assert values.to_dict() == {"p0": 2.0, "p1": 0.0}
    row = evaluate("x", made).table.iloc[0]
    assert (row["k"], row["n"], row["n_total"]) == (1, 2, 3)


def test_hours_are_summed_over_people_and_shown_for_each_as_well(tmp_path):
    log = pd.DataFrame(
        {
            "effort": "e",
            "person": ["p0", "p0", "p1", "p2", "p9"],
            "organisation": None,
            "phase": ["before", "during", "after", None, "after"],
            "hours": [6.0, 4.0, 10.0, 50.0, 99.0],
        }
    )
    rule = {"kind": "coverage", "share": 0.5}
    row = row_of(tmp_path, {**HOURS, "chapter": "process", "rule": rule}, people=people(4), log=log)
    assert row["estimate"] == pytest.approx(16 / 20)
    assert row["mean_share"] == pytest.approx((0.6 + 1) / 2)
    assert (row["n"], row["n_total"], row["verdict"]) == (2, 4, "covered")


@pytest.mark.parametrize(
    ("estimate", "n", "expected"),
    [(0.5, 3, "not_covered"), (0.51, 3, "covered"), (float("nan"), 0, "undecided")],
)
def test_most_of_the_time_is_more_than_half(estimate, n, expected):
    assert judge_hours({"estimate": estimate, "n": n, "target": 0.5})[0] == expected


@pytest.mark.parametrize(
    ("condition", "k", "n"),
    [
        ({}, 3, 4),
        ({"one_of": ["30", "31"]}, 2, 3),
        ({"at_least": 31}, 2, 3),
        ({"at_least": 31, "at_most": 40}, 1, 3),
    ],
)
def test_a_register_column_counts_by_its_condition(tmp_path, condition, k, n):
    register = people(4).assign(age=["30", "31", "55", None])
    indicator = {"measure": {"column": "age", **condition}, "rule": {"kind": "coverage", "share": 1.0}}
    row = row_of(tmp_path, indicator, people=register)
    assert (row["k"], row["n"], row["n_total"]) == (k, n, 4)


def test_any_record_with_time_is_enough_where_no_column_is_named(tmp_path):
    log = pd.DataFrame(
        {
            "effort": "e",
            "person": ["p0", "p1"],
            "organisation": ["o0", "o1"],
            "phase": None,
            "hours": [2.0, 0.0],
        }
    )
    firms = pd.DataFrame({"organisation": ["o0", "o1", "o2"]})
    indicator = {
        "unit": "organisation",
        "measure": {"records": "log"},
        "rule": {"kind": "coverage", "count": 2},
    }
    row = row_of(tmp_path, indicator, organisations=firms, log=log)
    assert (row["estimand"], row["estimate"], row["target"]) == ("covered_count", 1, 2)
    assert row["verdict"] == "not_covered"


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [(0.1, 0.2, "covered"), (0.3, 0.4, "not_covered"), (0.1, 0.3, "undecided"), (0.2, 0.2, "covered")],
)
def test_an_upper_limit_is_judged_by_what_is_certain(low, high, verdict):
    row = {"bound_low": low, "bound_high": high, "n_total": 10, "target": 0.2}
    assert judge(row, most=True)[0] == verdict


def test_an_upper_limit_is_said_as_one(tmp_path):
    register = people(4).assign(age=["30", "31", "55", "60"])
    rule = {"kind": "coverage", "share": 0.2, "limit": "at_most"}
    row = row_of(tmp_path, {"measure": {"column": "age", "at_least": 50}, "rule": rule}, people=register)
    assert row["verdict"] == "not_covered"
    assert "At most 20% were wanted." in str(describe(dict(row), lang="en"))


def test_a_description_without_yes_is_a_mean(tmp_path):
    register = people(6, firms=3)
    indicator = {"measure": {"item": "a"}, "rule": {"kind": "describe", "wave": "w3"}}
    row = row_of(tmp_path, indicator, people=register, answers=answers(register, "w3", [1, 2, 3, 4, 5, 3]))
    assert (row["estimand"], row["n"], row["n_groups"]) == ("described_mean", 6, 3)
    assert row["estimate"] == pytest.approx(3)
    assert row["verdict"] == "described"


def test_what_is_not_collected_is_undecided_and_says_why(tmp_path):
    why = {"sv": "uppgiften inte finns", "en": "there is no such record"}
    made = study(
        tmp_path,
        {
            "measure": {"not_collected": why},
            "rule": {"kind": "change", "from": "w1", "to": "w3", "smallest_important": 1},
        },
    )
    row = evaluate("x", made).table.iloc[0]
    assert (row["verdict"], row["reason"]) == ("undecided", "not_collected")
    said = str(describe(dict(row), lang="en", words=made.words))
    assert said.startswith("Label: cannot be determined, because there is no such record.")


def test_some_units_may_be_left_out_by_a_condition(tmp_path):
    """Two need an adjustment and one of them got it; the third needs none and is not asked for."""
    register = people(3).assign(role=["employee", "employee", "manager"], age=["30", None, None])
    indicator = {
        "among": {"column": "role", "one_of": ["employee"]},
        "measure": {"column": "age"},
        "rule": {"kind": "coverage", "share": 1.0},
    }
    row = row_of(tmp_path, indicator, people=register)
    assert (row["k"], row["n"], row["n_total"]) == (1, 2, 2)


def test_answers_of_those_left_out_do_not_count(tmp_path):
    register = people(3).assign(role=["employee", "employee", "manager"])
    indicator = {
        "among": {"column": "role", "one_of": ["employee"]},
        "measure": {"item": "a", "positive": [5]},
        "rule": {"kind": "target", "wave": "w3", "share": 0.5},
    }
    row = row_of(tmp_path, indicator, people=register, answers=answers(register, "w3", [5, 1, 5]))
    assert (row["k"], row["n"], row["n_total"]) == (1, 2, 2)


def test_only_participants_count_where_registers_hold_others(tmp_path):
    register = people(4).assign(role=["employee", "employee", "manager", "manager"])
    indicator = {"measure": {"column": "age"}, "rule": {"kind": "coverage", "share": 1.0}}
    made = study(tmp_path, indicator, people=register)
    project = made.project.model_copy(update={"participant_roles": ("employee",)})
    loaded = made.loaded.model_copy(update={"definition": project})
    narrowed = type(made)(
        loaded, made.people, made.organisations, made.answers, made.scores, made.log, made.manifest
    )
    assert evaluate("x", made).table["n_total"].tolist() == [4]
    assert evaluate("x", narrowed).table["n_total"].tolist() == [2]


def test_hours_of_an_effort_belong_to_its_own_row(tmp_path):
    log = pd.DataFrame(
        {
            "effort": ["e1", "e2"],
            "person": "p0",
            "organisation": "o0",
            "phase": ["before", "during"],
            "hours": 2.0,
        }
    )
    made = study(
        tmp_path,
        {**HOURS, "unit": "effort", "rule": {"kind": "coverage", "share": 0.5}},
        people=people(1),
        log=log,
    )
    assert hours(made.indicator("x"), made)["counted"].tolist() == [2.0, 0.0]
