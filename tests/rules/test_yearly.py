"""Yearly accounts through the whole way: the truth is recovered from the files, and words follow the design."""

import json
from dataclasses import replace

import numpy as np
import pytest

from evaluation.data.ingest import ingest
from evaluation.project.load import load_project
from evaluation.rules.yearly import (
    amounts_by_year,
    bends,
    bounds,
    events,
    firms,
    judged_growth,
    odds,
    outcomes,
    panel,
    panel_evidence,
    path,
    started_growth,
    tolerated,
)
from evaluation.simulate import simulate, write_simulated
from evaluation.study import study_of
from tests.conftest import YEARLY, elsewhere

KEYS = ("turnover", "employees")


def made(folder, *, accounts=None, panel=None, outcome=None, compared="self_selected"):
    """Return the programme with other assumptions, made up and read again from its files."""
    project = elsewhere(load_project(YEARLY), folder)
    definition = project.definition
    stated = definition.impact.panel.model_copy(update=panel or {})
    followed = {key: one.model_copy(update=outcome or {}) for key, one in stated.outcomes.items()}
    stated = stated.model_copy(update={"outcomes": followed})
    comparison = definition.impact.comparison.model_copy(update={"assignment": compared})
    impact = definition.impact.model_copy(update={"panel": stated, "comparison": comparison})
    assumed = definition.simulation.accounts.model_copy(update=accounts or {})
    simulation = definition.simulation.model_copy(update={"accounts": assumed})
    definition = definition.model_copy(update={"impact": impact, "simulation": simulation})
    project = project.model_copy(update={"definition": definition})
    write_simulated(simulate(project, np.random.default_rng(3)), project.raw_folder)
    return study_of(project, ingest(project))


def truth_of(study):
    return json.loads((study.loaded.raw_folder / "truth.json").read_text(encoding="utf-8"))["accounts"]


@pytest.fixture(scope="module")
def exact(tmp_path_factory):
    """Return accounts without noise and in large numbers, so that only rounding is between truth and estimate."""
    calm = {"noise": 0.0, "ended": 0.0, "entered": 0.0, "spread": 0.1}
    return made(tmp_path_factory.mktemp("exact"), accounts=calm)


@pytest.mark.parametrize("key", KEYS)
def test_without_noise_the_truth_is_recovered_from_the_files(key, exact):
    truth, place = truth_of(exact)[key], outcomes(exact).index(key)
    row = judged_growth(exact)["growth_effect"].table.iloc[place]
    assert row["estimate"] == pytest.approx(truth["average"], abs=0.004)
    lengths = events(key, exact).table.set_index("wave")["estimate"]
    for length, effect in truth["by_length"].items():
        assert lengths[f"since_{length}"] == pytest.approx(effect, abs=0.006)


@pytest.mark.parametrize("key", KEYS)
def test_with_noise_the_truth_lies_in_the_interval(key, yearly_study):
    truth, place = truth_of(yearly_study)[key]["average"], outcomes(yearly_study).index(key)
    row = judged_growth(yearly_study)["growth_effect"].table.iloc[place]
    assert row["conf_low"] < truth < row["conf_high"]
    assert row["conf_high"] - row["conf_low"] < 0.06


def test_one_start_for_all_is_the_difference_in_differences(tmp_path):
    study = made(tmp_path, panel={"start": 2020})
    rows = judged_growth(study)["growth_effect"].table
    truth = truth_of(study)
    for row, key in zip(rows.to_dict("records"), KEYS, strict=True):
        assert row["method"] == "cr2_satterthwaite"
        assert row["conf_low"] < truth[key]["average"] < row["conf_high"]
    assert path("turnover", study).table["wave"].tolist() == [str(year) for year in range(2014, 2024)]
    assert started_growth(study) is None
    assert (odds(study).table["estimate"] > 1).all()


def test_sides_that_grew_apart_before_the_start_show_no_effect(tmp_path):
    study = made(tmp_path, accounts={"pre_trend": 0.05})
    assert panel_evidence("turnover", study)[1] == "apart_before"
    assert set(judged_growth(study)) == {"growth_difference"}


def test_without_years_before_the_start_no_effect_is_said(tmp_path):
    study = made(tmp_path, panel={"start": 2015})
    assert panel_evidence("turnover", study)[1] == "no_years_before"
    assert bounds(study) is bends(study) is tolerated(study) is None
    drawn = made(tmp_path / "drawn", panel={"start": 2015}, compared="random")
    assert panel_evidence("turnover", drawn)[0].words == "effect"


def test_amounts_are_put_in_money_of_the_last_year(yearly_study):
    real = amounts_by_year("turnover", yearly_study)
    written = yearly_study.accounts.query("amount == 'turnover' and year == 2014").set_index("organisation")
    firm = written.index[0]
    assert real.loc[firm, 2014] == pytest.approx(written.loc[firm, "value"] * 119.5 / 100)


def test_whoever_ended_may_count_as_nothing(tmp_path):
    ended = {"ended": 0.4, "entered": 0.0}
    left_out = made(tmp_path / "a", accounts=ended)
    zero = made(tmp_path / "b", accounts=ended, outcome={"growth": "symmetric", "ended": "zero"})
    last = 2023
    missing = amounts_by_year("employees", left_out)[last].isna().sum()
    assert missing > 50
    assert panel("employees", left_out).amounts[last].isna().sum() == missing
    assert panel("employees", zero).amounts[last].isna().sum() == 0
    assert (panel("employees", zero).amounts[last] == 0).sum() == missing
    told = firms(left_out).table.set_index(["term", "level"])["estimate"]
    assert told["accounts_employees", "ended"] == missing


def test_organisations_without_a_start_are_told_and_left_out(yearly_study):
    organisations = yearly_study.organisations.copy()
    organisations.loc[:5, "started"] = None
    study = replace(yearly_study, organisations=organisations)
    told = firms(study).table.set_index(["term", "level"])
    assert told.loc[("accounts_turnover", "no_start"), "n_level"] == 6
    assert len(panel("turnover", study).amounts) == len(panel("turnover", yearly_study).amounts) - 6


def test_without_a_comparison_group_nothing_is_compared(yearly_study):
    alone = replace(yearly_study, comparison=None)
    assert outcomes(alone) == []
    assert firms(alone) is None
