"""Reasons that single chapters and methods give by themselves are each reached by a table made for them."""

from dataclasses import replace
from math import nan
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from evaluation.impact.balance import baseline_difference
from evaluation.measurement.reliability import reliability
from evaluation.project.measure import ColumnMeasure
from evaluation.result import Result
from evaluation.rules import accounts, evaluate, scale
from evaluation.rules.alike import wave_shifts
from evaluation.rules.fund_indicator import common_indicators
from evaluation.rules.impact import judge as judge_comparison
from evaluation.rules.network import judge as judge_network
from evaluation.rules.scale import reliabilities, reliable_shares
from evaluation.rules.sensitivity import conclusions
from tests.rules.build import answers, people, study

SCALE = {"chapter": "change", "measure": {"scale": "s"}}
WAVES = {"kind": "change", "from": "w1", "to": "w3", "smallest_important": 0.5}


def asked_twice(tmp_path, correlation: float, *, items: str = "ab", count: int = 200, unit: str = "person"):
    """Return a study in which questions that correlate so much were answered at both waves."""
    rng, register = np.random.default_rng(3), people(count, firms=20)
    covariance = correlation + (1 - correlation) * np.eye(len(items))
    values = rng.multivariate_normal([3.0] * len(items), covariance, count)
    given = [
        answers(register, wave, list(np.clip(np.rint(values[:, place] + shift), 1, 5)), item)
        for wave, shift in (("w1", 0.0), ("w3", 0.6))
        for place, item in enumerate(items)
    ]
    table = pd.concat(given)
    scores = table.groupby(["person", "organisation", "wave"], as_index=False).agg(
        score=("value", "mean"), n_items=("value", "size")
    )
    return study(
        tmp_path,
        {**SCALE, "unit": unit, "rule": WAVES},
        people=register,
        answers=table,
        scores=scores.assign(scale="s"),
    )


@pytest.mark.parametrize(
    ("correlation", "verdict", "reason"),
    [
        (0.9, "consistent", "reliability_enough"),
        (0.1, "inconsistent", "reliability_short"),
        (0.44, "perhaps_consistent", "reliability_unclear"),
    ],
)
def test_how_well_a_scale_measures_has_a_reason(tmp_path, correlation, verdict, reason):
    table = reliabilities(asked_twice(tmp_path, correlation, items="abc")).table
    row = table[table["scale"] == "t"].iloc[0]
    assert (row["verdict"], row["reason"]) == (verdict, reason)


def test_a_coefficient_of_two_questions_has_no_interval(tmp_path):
    row = reliabilities(asked_twice(tmp_path, 0.9)).table.iloc[0]
    assert (row["verdict"], row["reason"]) == ("undecided", "no_interval_of_two")


def test_a_coefficient_without_interval_is_not_judged(tmp_path, monkeypatch):
    monkeypatch.setattr(scale, "reliability", lambda *given, **options: unbounded(*given, **options))
    table = reliabilities(asked_twice(tmp_path, 0.9, items="abc")).table
    row = table[table["scale"] == "t"].iloc[0]
    assert (row["verdict"], row["reason"]) == ("undecided", "no_interval")


def unbounded(*given, **options):
    """Return a scale's coefficients as if no draw of companies had given one."""
    found = reliability(*given, **options)
    return Result(found.table.assign(conf_low=nan, conf_high=nan), found.meta)


def test_two_questions_are_too_few_to_compare(tmp_path):
    table = wave_shifts(asked_twice(tmp_path, 0.5)).table
    assert table.loc[table["scale"] == "s", "reason"].tolist() == ["two_questions"]


def test_single_questions_and_organisations_have_no_reliable_change(tmp_path):
    made = study(tmp_path, {"chapter": "change", "measure": {"item": "a"}, "rule": WAVES}, people=people(9))
    assert reliable_shares(made).table["reason"].tolist() == ["one_question"]


def test_organisations_have_no_reliable_change(tmp_path):
    made = asked_twice(tmp_path, 0.5, unit="organisation")
    assert reliable_shares(made).table["reason"].tolist() == ["not_of_people"]


def test_without_reliability_there_is_no_reliable_change(tmp_path):
    made = asked_twice(tmp_path, 0.5, count=20)
    assert reliable_shares(made).table["reason"].tolist() == ["reliability_unknown"]


NETWORK = {"n": 20, "estimate": 0.1, "conf_low": 0.05, "conf_high": 0.15, "smallest_important": 0.05}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({}, "network_grew"),
        ({"estimate": -0.1, "conf_low": -0.15, "conf_high": -0.05}, "network_shrank"),
        ({"smallest_important": 0.2}, "network_moved_little"),
        ({"n": 7}, "too_few_actors"),
    ],
)
def test_a_network_has_its_reasons(row, reason):
    assert judge_network(NETWORK | row, wanted="increase")[1] == reason


def test_hours_that_nobody_logged_decide_nothing(tmp_path):
    indicator = {
        "chapter": "process",
        "measure": {"hours": ["before"], "column": "phase"},
        "rule": {"kind": "coverage", "share": 0.5},
    }
    row = evaluate("x", study(tmp_path, indicator, people=people(5))).table.iloc[0]
    assert (row["verdict"], row["reason"]) == ("undecided", "no_hours")


@pytest.mark.parametrize(
    ("apart", "reason"), [(0.0, "baseline_alike"), (0.15, "baseline_adjust"), (0.6, "baseline_apart")]
)
def test_groups_are_alike_or_apart_at_the_start(apart, reason):
    values = np.tile(np.linspace(-1.7, 1.7, 40), 2)
    taking_part = np.repeat([True, False], 40)
    table = pd.DataFrame({"before": values + apart * values.std() * taking_part, "treated": taking_part})
    assert baseline_difference(table, treated="treated", covariates=["before"]).table["reason"].tolist() == [
        reason
    ]


def followed(tmp_path, moved: list[float], left: int):
    """Return a study of one question in which so many left after the first wave."""
    register = people(len(moved) + left, firms=20)
    before = [3.0] * len(register)
    after = [3.0 + step for step in moved]
    waves = [answers(register, "w1", before), answers(register, "w3", after)]
    indicator = {"chapter": "change", "measure": {"item": "a"}, "rule": WAVES}
    return study(tmp_path, indicator, people=register, answers=pd.concat(waves))


def steps(mean: float, count: int = 160) -> list[float]:
    noise = np.random.default_rng(5).normal(0, 0.3, count).clip(-0.4, 0.4)
    return list(mean + noise - noise.mean())


@pytest.mark.parametrize(
    ("mean", "left", "verdict", "reason"),
    [
        (1.5, 2, "holds", "verdict_holds"),
        (0.9, 40, "holds_but_extremes", "verdict_holds_but_extremes"),
        (0.55, 80, "depends", "verdict_depends"),
    ],
)
def test_a_verdict_holds_or_depends_on_those_who_left(tmp_path, mean, left, verdict, reason):
    row = conclusions(followed(tmp_path, steps(mean), left)).table.iloc[0]
    assert (row["verdict"], row["reason"]) == (verdict, reason)


def test_without_a_verdict_nothing_can_depend(tmp_path):
    row = conclusions(followed(tmp_path, [0.5, 0.4, 0.6], 20)).table.iloc[0]
    assert (row["verdict"], row["reason"]) == ("undecided", "no_verdict_to_change")


def test_a_number_whose_wording_was_not_compared_says_so(halland_study):
    definition = halland_study.project
    enterprises = {"enterprises": ColumnMeasure(column="industry", one_of=["25620"])}
    changed = definition.model_copy(update={"profile_items": {**definition.profile_items, **enterprises}})
    loaded = halland_study.loaded.model_copy(update={"definition": changed})
    table = common_indicators(replace(halland_study, loaded=loaded)).table.set_index("term")
    assert table.loc["common_enterprises", "reason"] == "check_wording"


COMPARED = {"estimate": 0.8, "conf_low": 0.4, "conf_high": 1.2, "n_groups": 12}


@pytest.mark.parametrize(
    ("row", "wanted", "words", "verdict", "reason"),
    [
        ({}, "increase", "effect", "effect_shown", "difference_clear"),
        ({}, "decrease", "effect", "effect_unwanted", "difference_clear"),
        ({"estimate": 0.3, "conf_low": 0.1}, "increase", "effect", "effect_small", "difference_small"),
        ({"conf_low": -0.1}, "increase", "effect", "effect_uncertain", "difference_includes_zero"),
        ({}, "increase", "association", "association_shown", "difference_clear"),
        ({}, "decrease", "association", "association_unwanted", "difference_clear"),
        (
            {"estimate": 0.3, "conf_low": 0.1},
            "increase",
            "association",
            "association_small",
            "difference_small",
        ),
        ({"conf_low": -0.1}, "increase", "association", "association_uncertain", "difference_includes_zero"),
        ({"n_groups": 4}, "increase", "effect", "undecided", "too_few_clusters_in_group"),
        ({"estimate": nan}, "increase", "effect", "undecided", "not_comparable"),
    ],
)
def test_a_comparison_is_judged_in_the_words_that_its_design_allows(
    tmp_path, row, wanted, words, verdict, reason
):
    rule = {**WAVES, "wanted": wanted}
    made = study(tmp_path, {"chapter": "change", "measure": {"item": "a"}, "rule": rule}, people=people(9))
    assert judge_comparison(COMPARED | row, made.indicator("x"), words) == (verdict, reason)


@pytest.mark.parametrize(
    ("estimate", "verdict"), [(0.05, "association_shown"), (-0.05, "association_unwanted")]
)
def test_growth_is_called_a_difference(estimate, verdict):
    row = {"estimate": estimate, "conf_low": estimate - 0.01, "conf_high": estimate + 0.01}
    assert accounts._judged(row, SimpleNamespace(smallest_important=None)) == (verdict, "growth_clear")
