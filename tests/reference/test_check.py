"""The comparison itself: what passes, what fails, and what is printed."""

import json
import math

import pytest

from . import check
from .adapters import ADAPTERS, CONVENTIONS_NOT_OFFERED
from .compare import run_case
from .formula import model, terms

CASE = {
    "id": "one",
    "area": "1_made_up",
    "estimator": "double",
    "data": [],
    "columns": {},
    "arguments": {"x": 2.0},
    "expected": {"twice": 4.0, "nothing": 0.0},
    "tolerance": 1e-8,
    "abs_tolerance": 1e-12,
}


def run(found, **changes):
    return run_case(
        CASE | changes, None, {"double": lambda case, frames: found}, changes.get("not_offered", {})
    )


@pytest.mark.parametrize(
    ("found", "failed"),
    [
        ({"twice": 4.0, "nothing": 0.0}, False),
        ({"twice": 4.0 + 3e-8, "nothing": 9e-13}, False),
        ({"twice": 4.0 + 5e-8, "nothing": 0.0}, True),
        ({"twice": 4.0, "nothing": 2e-12}, True),
        ({"twice": math.nan, "nothing": 0.0}, True),
        ({"twice": math.inf, "nothing": 0.0}, True),
        ({"twice": 4.0}, True),
        ({}, True),
    ],
)
def test_a_number_must_be_there_and_within_its_tolerance(found, failed):
    assert run(found).failed is failed


def test_a_name_has_its_own_tolerances():
    found = {"twice": 4.1, "nothing": 0.5}
    assert not run(found, tolerances={"twice": 0.1}, abs_tolerances={"nothing": 1.0}).failed


def test_a_missing_number_is_expected_to_be_missing():
    assert not run({"twice": math.nan, "nothing": 0.0}, expected={"twice": None, "nothing": 0}).failed
    assert run({"twice": 4.0, "nothing": 0.0}, expected={"twice": None, "nothing": 0}).failed


def test_only_a_declared_name_may_be_left_out_and_its_reason_is_kept():
    outcome = run({"twice": 4.0}, not_offered={"double": {"noth*": "No one asks."}})
    assert not outcome.failed
    assert outcome.not_offered == (("nothing", "No one asks."),)
    assert "nothing: not offered. No one asks." in "\n".join(check.case_lines(outcome))


def test_a_declared_name_is_compared_all_the_same_when_it_is_there():
    assert run({"twice": 4.0, "nothing": 1.0}, not_offered={"double": {"nothing": "No one asks."}}).failed


def test_leaving_out_every_number_is_no_pass():
    assert run({}, not_offered={"double": {"*": "No one asks."}}).failed


def test_an_adapter_that_stops_fails_its_case_only():
    def stops(case, frames):
        raise ZeroDivisionError("no")

    outcome = run_case(CASE, None, {"double": stops}, {})
    assert outcome.failed
    assert outcome.problem == "ZeroDivisionError: no"


def test_an_uncovered_case_is_neither_passed_nor_failed():
    outcomes = [run({"twice": 4.0, "nothing": 0.0}), run_case(CASE | {"estimator": "triple"}, None, {}, {})]
    lines = list(check.report(outcomes))
    assert lines[-2:] == ["1 not covered: triple", "1 passed, 0 failed"]


@pytest.mark.parametrize(
    ("value", "closing", "code"), [(2.5, "1 passed, 0 failed", 0), (3.5, "0 passed, 1 failed", 1)]
)
def test_the_command_ends_with_the_count_and_an_exit_code(tmp_path, capsys, value, closing, code):
    case = CASE | {
        "estimator": "p_adjust",
        "arguments": {"p": [0.25]},
        "expected": {"holm_1": value / 10},
    }
    (tmp_path / "cases.json").write_text(json.dumps([case]), encoding="utf-8")
    assert check.main([str(tmp_path)]) == code
    assert capsys.readouterr().out.splitlines()[-1] == closing


def test_the_command_asks_for_a_folder(tmp_path, capsys):
    assert check.main([]) == 2
    assert check.main([str(tmp_path)]) == 2
    assert "cases.json" in capsys.readouterr().err


def test_declared_names_belong_to_estimators_with_an_adapter():
    assert CONVENTIONS_NOT_OFFERED.keys() <= ADAPTERS.keys()
    assert all(reason for names in CONVENTIONS_NOT_OFFERED.values() for reason in names.values())


def test_terms_are_in_the_order_of_r():
    assert terms("a * b + c") == ["a", "b", "c", "a:b"]
    assert terms("1") == []
    assert terms("I(a + b) + c") == ["I(a + b)", "c"]
    with pytest.raises(ValueError, match="intercept"):
        terms("0 + a")


def test_a_model_has_the_columns_and_names_of_r():
    import pandas as pd

    frame = pd.DataFrame({"y": [1.0, 2, 3, None], "a": [1, 2, 3, 4], "g": ["v", "u", "v", "u"]})
    found = model("I(y - a^2) ~ g * a", frame)
    assert found.names == ("Intercept", "gv", "a", "gv:a")
    assert found.outcome.tolist() == [0, -2, -6]
    assert found.columns.tolist() == [[1, 1, 1, 1], [1, 0, 2, 0], [1, 1, 3, 3]]
    assert model("y ~ factor(a)", frame).names == ("Intercept", "factora2", "factora3")
    with pytest.raises(ValueError, match="cannot read"):
        model("y > 1 ~ a", frame)
