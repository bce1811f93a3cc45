"""Steps, stages and resources: shares add up, parts add up, and what is unknown stays unknown."""

import numpy as np
import pandas as pd
import pytest

from evaluation.equality.funnel import stage_gap, stage_rates
from evaluation.equality.resources import resource_inequality, resource_means, resource_shares
from evaluation.equality.steps import step_rates, step_shares
from evaluation.vocabulary.errors import EstimationError

PAIR = {"group": "sex", "level": "women", "reference": "men"}


@pytest.fixture
def people():
    rng = np.random.default_rng(7)
    sex = np.where(rng.random(300) < 0.4, "women", "men")
    women = sex == "women"
    table = pd.DataFrame({"organisation": np.arange(300) // 10, "sex": sex})
    table["started"] = rng.random(300) < 0.9
    table["answered"] = rng.random(300) < np.where(women, 0.5, 0.8)
    table["reached"] = rng.random(300) < 0.6
    table["hours"] = rng.gamma(2, 5, 300) * np.where(women, 0.8, 1.0)
    return table


def test_stages_are_counted_among_those_who_passed_the_one_before(people):
    found = stage_rates(people, stages=["started", "answered"], group="sex", levels=["women", "men"]).table
    women = people[people["sex"] == "women"]
    last = found[(found["term"] == "answered") & (found["level"] == "women")].iloc[0]
    assert last["n"] == women["started"].sum()
    assert last["k"] == (women["started"] & women["answered"]).sum()
    assert last["conf_low"] < last["estimate"] < last["conf_high"]


def test_the_parts_of_the_final_gap_add_up_and_point_at_the_right_stage(people):
    found = stage_gap(people, stages=["started", "answered", "reached"], **PAIR).table.set_index("term")
    parts = found["estimate"].drop("all_stages")
    assert parts.sum() == pytest.approx(found.loc["all_stages", "estimate"])
    assert parts.idxmin() == "answered"
    assert found.loc["answered", "conf_high"] < 0


def test_a_stage_with_nobody_left_is_unknown(people):
    nobody = people.assign(started=people["started"] & (people["sex"] == "men"))
    found = stage_gap(nobody, stages=["started", "answered"], **PAIR).table
    assert found["estimate"].isna().all()
    with pytest.raises(EstimationError):
        stage_gap(people, stages=[], **PAIR)


def test_few_companies_give_no_interval(people):
    few = people.assign(organisation=people["organisation"] % 4)
    assert stage_gap(few, stages=["started", "answered"], **PAIR).table["conf_low"].isna().all()
    rates = stage_rates(few, stages=["answered"], group="sex", levels=["women", "men"]).table
    assert rates["conf_low"].isna().all()


def test_both_shares_are_named_and_add_up(people):
    found = resource_shares(people, resources=["hours"], group="sex", levels=["women", "men"]).table
    assert found["estimate"].sum() == pytest.approx(1)
    assert found["reference"].sum() == pytest.approx(1)
    assert found["ratio"].iloc[0] < 1 < found["ratio"].iloc[1]
    means = resource_means(people, resources=["hours"], group="sex", levels=["women", "men"]).table
    assert means["estimate"].iloc[0] < means["estimate"].iloc[1]


def test_one_company_holds_no_unevenness_between(people):
    found = resource_inequality(people.assign(organisation=1), resources=["hours"]).table.set_index("term")
    assert found.loc["between_companies", "estimate"] == pytest.approx(0, abs=1e-12)
    assert 0 < found.loc["gini", "estimate"] < 1


def test_three_steps_with_a_population_that_does_not_add_up(people):
    table = people.assign(taking_part=True, co_creation=people["reached"])
    steps = ["taking_part", "co_creation"]
    found = step_shares(
        table, steps=steps, group="sex", levels=["women", "men"], population={"women": 0.5, "men": 0.48}
    ).table
    assert found.groupby("term")["estimate"].sum().round(9).to_dict() == {
        "population": 0.98, "taking_part": 1.0, "co_creation": 1.0
    }  # fmt: skip
    rates = step_rates(table, steps=steps, group="sex", levels=["women", "men"]).table
    assert rates["estimate"].prod() == pytest.approx(1)
    assert ((rates["conf_low"] < rates["estimate"]) & (rates["estimate"] < rates["conf_high"])).all()
