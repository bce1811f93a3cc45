"""Who counts as yes: readings of several questions, named contacts, and what is not known."""

import pandas as pd
import pytest

from evaluation.rules import evaluate
from evaluation.rules.measure import positives
from tests.rules.build import answers, people, study

SEVERAL = {"items": ["a", "b"], "areas": ["x", "y"], "positive": [4, 5], "main": "trained"}
TARGET = {"measure": SEVERAL, "rule": {"kind": "target", "wave": "w3", "share": 0.7}}
YES, NO = 5.0, 1.0


@pytest.fixture
def readings(tmp_path):
    """Six people: who answered what, and where they spent time."""
    register = people(6)
    a = [YES, YES, NO, YES, None, NO]
    b = [YES, NO, NO, None, None, None]
    areas = {"p0": "xy", "p1": "x", "p2": "y", "p3": "xy", "p4": "x"}  # p5 has no time in any area
    log = [
        {"effort": "e", "person": person, "area": area, "hours": 2.0}
        for person, both in areas.items()
        for area in both
    ]
    made = study(
        tmp_path,
        TARGET,
        people=register,
        answers=pd.concat([answers(register, "w3", a, "a"), answers(register, "w3", b, "b")]),
        log=pd.DataFrame(log),
    )
    found = positives(made.indicator("x"), made, "w3")
    return {
        name: (dict(zip(r.table["person"], r.table["positive"], strict=True)), r.n_total)
        for name, r in found.items()
    }


def test_main_reading_comes_first_and_all_are_there(readings):
    assert list(readings) == ["trained", "any", "all", "a", "b"]


def test_any_is_known_as_soon_as_one_is_yes(readings):
    assert readings["any"][0] == {"p0": True, "p1": True, "p2": False, "p3": True}


def test_all_is_known_as_soon_as_one_is_no(readings):
    assert readings["all"][0] == {"p0": True, "p1": False, "p2": False, "p5": False}


def test_trained_looks_only_at_areas_with_time(readings):
    yes, total = readings["trained"]
    assert yes == {"p0": True, "p1": True, "p2": False}
    assert total == 5, "a person without time in any area is not asked for"


def test_single_questions_count_everybody(readings):
    assert readings["b"] == ({"p0": True, "p1": False, "p2": False}, 6)


def firm(tmp_path, answered_by: str):
    register = people(6, firms=3)
    firms = pd.DataFrame(
        {"organisation": ["o0", "o1", "o2"], "size": "9", "contact_person": ["p0", "p1", "p2"]}
    )
    indicator = {
        "unit": "organisation",
        "answered_by": answered_by,
        "measure": {"item": "a", "positive": [4, 5]},
        "rule": {"kind": "target", "wave": "w3", "share": 0.7},
    }
    given = answers(register, "w3", [5.0, 1.0, None, 4.0, 5.0, 5.0])
    return evaluate(
        "x", study(tmp_path, indicator, people=register, organisations=firms, answers=given)
    ).table.iloc[0]


def test_named_contact_speaks_for_the_firm(tmp_path):
    row = firm(tmp_path, "named_contact")
    assert (row["k"], row["n"], row["n_total"]) == (1, 2, 3)


def test_mean_of_all_answers_speaks_for_the_firm(tmp_path):
    """o0: 5 and 4, o1: 1 and 5, o2: only 5; a mean between two options that both count is a yes."""
    row = firm(tmp_path, "mean")
    assert (row["k"], row["n"], row["n_total"]) == (2, 3, 3)


def test_only_the_named_roles_are_counted(tmp_path):
    register = people(10)
    register["role"] = ["manager"] * 4 + ["employee"] * 6
    indicator = {
        "roles": ["manager"],
        "measure": {"item": "a", "positive": [4, 5]},
        "rule": {"kind": "target", "wave": "w3", "share": 0.7},
    }
    row = evaluate(
        "x", study(tmp_path, indicator, people=register, answers=answers(register, "w3", [5.0] * 10))
    ).table.iloc[0]
    assert (row["n"], row["n_total"]) == (4, 4)


def test_then_test_is_shown_and_never_judged(tmp_path):
    register = people(30, firms=10)
    parts = [
        answers(register, wave, [value] * 15 + [value + 0.5] * 15)
        for wave, value in (("w1", 3.0), ("w3", 4.0), ("then", 2.0))
    ]
    parts[1]["value"] += [0.1 * (i % 5) for i in range(30)]
    rule = {"kind": "change", "from": "w1", "to": "w3", "smallest_important": 0.5, "then": "then"}
    indicator = {"chapter": "change", "measure": {"item": "a"}, "rule": rule}
    table = evaluate("x", study(tmp_path, indicator, people=register, answers=pd.concat(parts))).table
    assert table["contrast"].tolist() == ["w3 - w1", "w3 - then"]
    assert table["verdict"].notna().tolist() == [True, False]
    assert table["estimate"].iloc[1] > table["estimate"].iloc[0]


def trained(tmp_path, log: list[dict]) -> tuple[dict, int]:
    register = people(3)
    given = [answers(register, "w3", [YES, NO, YES], item) for item in ("a", "b")]
    made = study(tmp_path, TARGET, people=register, answers=pd.concat(given), log=pd.DataFrame(log))
    found = positives(made.indicator("x"), made, "w3")["trained"]
    return dict(zip(found.table["person"], found.table["positive"], strict=True)), found.n_total


def test_a_log_without_hours_is_a_log_of_who_was_there(tmp_path):
    log = [{"effort": "e", "person": person, "area": "x", "hours": None} for person in ("p0", "p1")]
    assert trained(tmp_path, log) == ({"p0": True, "p1": False}, 2)


def test_hours_of_zero_are_not_training(tmp_path):
    log = [
        {"effort": "e", "person": person, "area": "x", "hours": i} for i, person in enumerate(("p0", "p1"))
    ]
    assert trained(tmp_path, log) == ({"p1": False}, 1)


def test_a_target_of_the_trained_without_a_log_is_about_nobody(tmp_path):
    register = people(3)
    given = [answers(register, "w3", [YES, NO, YES], item) for item in ("a", "b")]
    table = evaluate("x", study(tmp_path, TARGET, people=register, answers=pd.concat(given))).table
    assert table["reason"].iloc[0] == "none_registered"
    assert table["term"].tolist() == ["trained", "any", "all", "a", "b"]
    assert table["verdict"].tolist()[1:] == ["not_reached"] * 4


def test_readings_are_ordered_by_how_much_they_ask(readings):
    """Whoever says yes in all areas says so in any; the single questions lie between."""
    yes = {
        name: {person for person, positive in found.items() if positive}
        for name, (found, _) in readings.items()
    }
    assert yes["all"] <= yes["a"] & yes["b"]
    assert yes["a"] | yes["b"] <= yes["any"]


def test_answers_of_companies_may_come_from_some_roles_only(tmp_path):
    register = people(6, firms=3).assign(role=["manager"] * 3 + ["employee"] * 3)
    indicator = {
        "unit": "organisation",
        "roles": ["manager"],
        "measure": {"item": "a", "positive": [4, 5]},
        "rule": {"kind": "target", "wave": "w3", "share": 0.7},
    }
    firms = pd.DataFrame({"organisation": ["o0", "o1", "o2"], "size": "9"})
    given = answers(register, "w3", [YES] * 3 + [NO] * 3)
    row = evaluate(
        "x", study(tmp_path, indicator, people=register, organisations=firms, answers=given)
    ).table.iloc[0]
    assert (row["k"], row["n"], row["n_total"]) == (3, 3, 3)


def test_people_without_a_company_do_not_answer_for_one(tmp_path):
    register = people(4, firms=2).assign(organisation=["o0", None, None, "o1"])
    indicator = {
        "unit": "organisation",
        "measure": {"item": "a", "positive": [4, 5]},
        "rule": {"kind": "target", "wave": "w3", "share": 0.7},
    }
    firms = pd.DataFrame({"organisation": ["o0", "o1"], "size": "9"})
    given = answers(register, "w3", [YES, NO, NO, YES])
    row = evaluate(
        "x", study(tmp_path, indicator, people=register, organisations=firms, answers=given)
    ).table.iloc[0]
    assert (row["k"], row["n"], row["n_total"]) == (2, 2, 2)


@pytest.mark.parametrize(
    ("contact", "expected"),
    [("p1", (0, 1)), ("p9", (0, 0)), (None, (0, 0))],
    ids=["named", "stranger", "nobody"],
)
def test_a_contact_who_is_not_known_has_not_answered(tmp_path, contact, expected):
    register = people(2, firms=1)
    indicator = {
        "unit": "organisation",
        "answered_by": "named_contact",
        "measure": {"item": "a", "positive": [4, 5]},
        "rule": {"kind": "target", "wave": "w3", "share": 0.7},
    }
    firms = pd.DataFrame({"organisation": ["o0"], "size": "9", "contact_person": [contact]})
    made = study(
        tmp_path, indicator, people=register, organisations=firms, answers=answers(register, "w3", [YES, NO])
    )
    row = evaluate("x", made).table.iloc[0]
    assert (row["k"], row["n"]) == expected
