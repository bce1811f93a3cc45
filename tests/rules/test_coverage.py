"""R3: a requirement is met or not only if nothing unknown could change it."""

import pandas as pd
import pytest

from evaluation.rules import evaluate
from evaluation.rules.coverage import judge
from tests.rules.build import answers, people, study

THREE = {"measure": {"records": "log", "column": "phase", "has": ["before", "during", "after"]}}
ROLES = {"unit": "organisation", "measure": {"records": "people", "column": "role", "has": ["manager"]}}


@pytest.mark.parametrize(
    ("low", "high", "n_total", "verdict", "reason"),
    [
        (0.9, 0.9, 10, "covered", "requirement_met"),
        (0.9, 1.0, 10, "covered", "requirement_met"),
        (0.8, 0.8, 10, "not_covered", "requirement_not_met"),
        (0.8, 0.9, 10, "undecided", "unknown_decide"),
        (0.1 + 0.2 + 0.6, 0.9, 10, "covered", "requirement_met"),
        (float("nan"), float("nan"), 0, "undecided", "none_registered"),
    ],
)
def test_what_is_known_decides(low, high, n_total, verdict, reason):
    row = {"bound_low": low, "bound_high": high, "n_total": n_total, "target": 0.9}
    assert judge(row) == (verdict, reason)


def entries(*rows: tuple[str, str, float | None]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["person", "phase", "hours"])
    return frame.assign(effort="e", organisation=None)


def covered(tmp_path, indicator, share: float = 1.0, **tables) -> pd.Series:
    rule = {"kind": "coverage", "share": share}
    made = study(tmp_path, {"chapter": "data_quality", **indicator, "rule": rule}, **tables)
    return evaluate("x", made).table.iloc[0]


def test_a_person_is_covered_by_every_listed_level(tmp_path):
    log = entries(("p0", "before", 1), ("p0", "during", 1), ("p0", "after", 1), ("p1", "before", 9))
    row = covered(tmp_path, THREE, people=people(3), log=log)
    assert (row["k"], row["n"], row["n_total"]) == (1, 3, 3)
    assert row["verdict"] == "not_covered"


def test_hours_of_zero_are_no_time_and_hours_that_nobody_noted_are(tmp_path):
    full = [("p0", "before", None), ("p0", "during", None), ("p0", "after", None)]
    none = [("p1", "before", 1.0), ("p1", "during", 1.0), ("p1", "after", 0.0)]
    row = covered(tmp_path, THREE, people=people(2), log=entries(*full, *none))
    assert row["k"] == 1


def test_a_level_that_is_listed_twice_is_needed_once(tmp_path):
    measure = {"measure": {**THREE["measure"], "has": ["before", "before"]}}
    row = covered(tmp_path, measure, people=people(1), log=entries(("p0", "before", 1)))
    assert row["verdict"] == "covered"


def test_one_of_several_levels_can_be_needed_beside_those_that_all_are(tmp_path):
    measure = {"measure": {**THREE["measure"], "has": ["before"], "and_one_of": ["during", "after"]}}
    log = entries(("p0", "before", 1), ("p0", "after", 1), ("p1", "before", 1), ("p2", "during", 1))
    row = covered(tmp_path, measure, people=people(3), log=log)
    assert (row["k"], row["n"]) == (1, 3)


def test_parts_of_a_checklist_that_are_left_unanswered_leave_open_what_they_could_change(tmp_path):
    given = {"p0": (15.0, 3), "p1": (10.0, 2), "p2": (2.0, 2), "p3": (11.0, 3)}
    rows = [
        {"person": person, "organisation": None, "wave": "w3", "scale": "list", "n_items": parts}
        | {"score": total / parts * 3}
        for person, (total, parts) in given.items()
    ]
    asked = {
        "chapter": "change",
        "measure": {"scale": "list", "at_least": 12},
        "rule": {"kind": "coverage", "share": 0.5, "wave": "w3"},
    }
    made = study(tmp_path, asked, people=people(4), scores=pd.DataFrame(rows))
    row = evaluate("x", made).table.iloc[0]
    assert (row["k"], row["n"], row["n_total"]) == (1, 3, 4)
    assert (row["bound_low"], row["bound_high"]) == (0.25, 0.5)


def test_an_empty_log_covers_nobody(tmp_path):
    row = covered(tmp_path, THREE, people=people(4))
    assert (row["k"], row["n"], row["reason"]) == (0, 4, "requirement_not_met")


def test_companies_are_covered_by_their_people(tmp_path):
    register = people(6, firms=3).assign(
        role=["manager", "employee", "employee", "manager", "manager", "employee"]
    )
    firms = pd.DataFrame({"organisation": ["o0", "o1", "o2", "o3"], "size": "9"})
    row = covered(tmp_path, ROLES, share=0.5, people=register, organisations=firms)
    assert (row["k"], row["n_total"], row["verdict"]) == (2, 4, "covered")


def test_nothing_registered_is_told_as_such(tmp_path):
    assert covered(tmp_path, ROLES)["reason"] == "none_registered"


def test_answers_leave_the_silent_open(tmp_path):
    register = people(10)
    rule = {"kind": "coverage", "share": 0.6, "wave": "w3"}
    indicator = {"measure": {"item": "a", "positive": [5]}, "rule": rule}
    for yes, verdict in ((6, "covered"), (5, "undecided"), (4, "not_covered")):
        given = answers(register, "w3", [5.0] * yes + [1.0] * (9 - yes))
        made = study(tmp_path, indicator, people=register, answers=given)
        assert evaluate("x", made).table["verdict"].tolist() == [verdict]


def test_nobody_answered_is_unknown(tmp_path):
    rule = {"kind": "coverage", "share": 0.6, "wave": "w3"}
    made = study(tmp_path, {"measure": {"item": "a", "positive": [5]}, "rule": rule}, people=people(9))
    assert evaluate("x", made).table["reason"].tolist() == ["unknown_decide"]
