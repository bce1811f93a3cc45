"""Statements on networks: the known truth of the simulation is found, and each verdict has its reason."""

import json
from math import nan

import pytest

from evaluation.rules import evaluate
from evaluation.rules.network import judge
from evaluation.vocabulary.reasons import REASONS

ROW = {"n": 20, "estimate": 0.1, "conf_low": 0.05, "conf_high": 0.15, "smallest_important": 0.05}


@pytest.mark.parametrize(
    ("row", "wanted", "verdict"),
    [
        ({}, "increase", "increased"),
        ({}, "decrease", "increased_unwanted"),
        ({"estimate": -0.1, "conf_low": -0.15, "conf_high": -0.05}, "increase", "decreased_unwanted"),
        ({"conf_low": -0.01}, "increase", "no_certain_change"),
        ({"smallest_important": 0.2}, "increase", "small_change"),
        ({"n": 7}, "increase", "undecided"),
        ({"conf_low": nan, "conf_high": nan}, "increase", "undecided"),
    ],
)
def test_verdicts(row, wanted, verdict):
    found, reason = judge({**ROW, **row}, wanted=wanted)
    assert found == verdict
    assert reason in REASONS


def test_the_simulated_change_is_found(halland_study):
    truth = json.loads((halland_study.loaded.raw_folder / "truth.json").read_text(encoding="utf-8"))
    for name in ("density", "frequency", "trust"):
        key = f"collaboration_{name}"
        known = truth["indicators"][key]["network"]
        row = evaluate(key, halland_study).table.iloc[0]
        assert row["conf_low"] <= known["after"] - known["before"] <= row["conf_high"]
        assert row["n"] <= row["n_total"] == 30


def test_statements_on_actors_stand_in_no_list_by_rule(halland_study):
    assert not {one.unit for one in halland_study.indicators(kind="change").values()} & {"actor"}
    assert len(halland_study.indicators(chapter="collaboration")) == 5
