"""Who answered, who left, and the boundary for studies with a comparison group."""

import doctest
import importlib
import pkgutil

import numpy as np
import pandas as pd
import pytest

from evaluation import missing
from evaluation.disclosure import Policy, protect
from evaluation.missing.attrition import BOUNDARY, attrition, attrition_limit
from evaluation.missing.response import leaver_gap, response_map
from evaluation.vocabulary.errors import EstimationError

from .people import followed_people

MODULES = [
    importlib.import_module(f"evaluation.missing.{found.name}")
    for found in pkgutil.iter_modules(missing.__path__)
]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_the_examples_run(module):
    assert doctest.testmod(module).failed == 0


def test_response_by_wave_and_group():
    asked = pd.DataFrame(
        {"wave": ["w1"] * 4 + ["w3"] * 4, "value": [1, 2, 3, 4, 1, None, None, 4], "sex": list("ffmmffmm")}
    )
    found = response_map(asked, by="sex").table
    assert found["k"].tolist() == [4, 2, 2, 2, 1, 1]
    assert found["n"].tolist() == [4, 4, 2, 2, 2, 2]
    assert found["level"].iloc[2:].tolist() == ["f", "m", "f", "m"]
    shuffled = response_map(asked.sample(frac=1, random_state=1), by="sex").table
    assert sorted(shuffled["estimate"]) == sorted(found["estimate"])
    assert protect(response_map(asked, by="sex"), Policy(min_cell=5)).table["suppressed"].all()
    with pytest.raises(EstimationError, match="no column"):
        response_map(asked, by="age")


def test_those_with_low_scores_left():
    table = followed_people(1, strength=2)
    found = leaver_gap(table).table.iloc[0]
    left = table["after"].isna()
    expected = table.loc[left, "before"].mean() - table.loc[~left, "before"].mean()
    assert found["estimate"] == pytest.approx(expected)
    assert found["conf_high"] < 0
    assert (found["n_level"], found["n_reference"]) == (left.sum(), (~left).sum())
    scaled = leaver_gap(table.assign(before=table["before"] * 10), standardised=True).table.iloc[0]
    plain = leaver_gap(table, standardised=True).table.iloc[0]
    assert scaled["estimate"] == pytest.approx(plain["estimate"])
    assert plain["statistic"] == pytest.approx(found["statistic"])


def test_nobody_left_leaves_nothing_to_compare():
    table = followed_people(2)
    found = leaver_gap(table[table["after"].notna()]).table.iloc[0]
    assert np.isnan(found["estimate"]) and found["n_level"] == 0


def test_a_gap_needs_its_columns():
    with pytest.raises(EstimationError, match="no column"):
        leaver_gap(followed_people(3), values=["age"])


def test_the_boundary_is_the_published_table():
    assert [len(BOUNDARY[name]) for name in ("cautious", "optimistic")] == [58, 66]
    for overall, cautious, optimistic in [
        (0, 5.7, 10.0),
        (10, 6.3, 10.9),
        (20, 5.4, 10.0),
        (40, 2.6, 6.0),
        (57, 0.0, 2.1),
    ]:
        assert attrition_limit(overall / 100) == pytest.approx(cautious / 100)
        assert attrition_limit(overall / 100, "optimistic") == pytest.approx(optimistic / 100)
    assert np.isnan(attrition_limit(0.58)) and np.isnan(attrition_limit(0.66, "optimistic"))
    assert attrition_limit(0.65, "optimistic") == pytest.approx(0.003)
    assert attrition_limit(0.195) == attrition_limit(0.2) == attrition_limit(0.204)
    with pytest.raises(EstimationError, match="between 0 and 1"):
        attrition_limit(20)
    with pytest.raises(EstimationError, match="assumption"):
        attrition_limit(0.2, "hopeful")


def arms(left_one, left_zero, n=100):
    answered = np.concatenate([np.arange(n) >= left_one, np.arange(n) >= left_zero]).astype(int)
    return pd.DataFrame({"answered": answered, "arm": ["course"] * n + ["none"] * n})


@pytest.mark.parametrize(
    ("one", "zero", "verdict"), [(22, 17, "low"), (23, 17, "high"), (17, 22, "low"), (70, 70, "high")]
)
def test_arms_are_judged(one, zero, verdict):
    found = attrition(arms(one, zero), arm="arm", reference="none").table.iloc[0]
    assert found["verdict"] == f"{verdict}_attrition"
    assert found["reason"] == {"low": "attrition_within", "high": "attrition_beyond"}[verdict]
    assert found["estimate"] == pytest.approx((one - zero) / 100)


def test_one_group_has_no_such_verdict():
    found = attrition(arms(20, 20).drop(columns="arm"))
    row = found.table.iloc[0]
    assert (row["verdict"], row["reason"], row["estimate"]) == ("not_applicable", "no_comparison_group", 0.2)
    assert found.describe("en")


@pytest.mark.parametrize("change", [{"reference": "other"}, {"arm": "answered", "reference": 1}])
def test_arms_must_be_two(change):
    table = arms(20, 20) if "arm" not in change else arms(0, 0)
    with pytest.raises(EstimationError, match="two arms"):
        attrition(table, **{"arm": "arm", "reference": "none", **change})
