"""Who answered when, and how many left: counts that add up."""

from dataclasses import replace

import pytest

from evaluation.missing.attrition import attrition_limit
from evaluation.rules.response import (
    answered,
    differential_attrition,
    leavers,
    overall_attrition,
    patterns,
)


def test_patterns_count_everybody_once(halland_study):
    table = patterns(halland_study).table
    assert table["k"].sum() == len(halland_study.participants)
    assert table["estimate"].sum() == pytest.approx(1)
    assert table["term"].is_unique


def test_then_tests_are_no_wave(halland_study):
    kinds = {halland_study.project.waves[wave].kind for wave in halland_study.survey_waves}
    assert "then_test" not in kinds


def test_attrition_is_counted_from_the_first_wave(halland_study):
    seen = answered(halland_study)
    began = seen[seen.iloc[:, 0]]
    row = overall_attrition(halland_study).table.iloc[0]
    assert (row["k"], row["n"]) == (int((~began.iloc[:, -1]).sum()), len(began))
    assert (row["verdict"], row["reason"]) == ("not_applicable", "no_comparison_group")


def test_groups_are_judged_by_the_boundary(halland_study):
    for row in differential_attrition(halland_study).table.to_dict("records"):
        limit = attrition_limit(row["k"] / row["n"])
        assert row["reference"] == limit
        assert row["verdict"] == ("low_attrition" if abs(row["estimate"]) <= limit else "high_attrition")


def test_without_groups_that_are_compared_there_is_nothing_to_judge(halland_study):
    groups = {
        key: group.model_copy(update={"reference": None})
        for key, group in halland_study.project.groups.items()
    }
    definition = halland_study.project.model_copy(update={"groups": groups})
    study = replace(halland_study, loaded=halland_study.loaded.model_copy(update={"definition": definition}))
    assert differential_attrition(study) is None


def test_leavers_are_compared_with_those_who_stayed(halland_study):
    table = leavers(halland_study).table
    assert (table["n_level"] + table["n_reference"] == table["n"]).all()
    assert table["estimate"].to_numpy() == pytest.approx(
        (table["mean_level"] - table["mean_reference"]).to_numpy(float)
    )
    few = table["n_groups"] < 5
    assert table.loc[few, "conf_low"].isna().all()
