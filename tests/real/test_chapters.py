"""The chapters of two real programmes show the numbers that were published, or computed by hand, from raw files."""

import math

import pandas as pd
import pytest

from evaluation.chapters import change, chapters_of, equality
from evaluation.rules import evaluate
from evaluation.rules.alike import equality_steps, ordinal_shifts, wave_shifts
from evaluation.rules.sensitivity import conclusions
from evaluation.study import Study

PRINTED = {
    # Means before and after, change and its standard deviation, as printed for all complete pairs.
    "C1": (2497, 4.277, 4.406, 0.129, 1.242),
    "C2": (2479, 4.950, 5.022, 0.072, 1.092),
    "C3": (2470, 5.235, 4.990, -0.245, 1.025),
    "C4": (2487, 3.601, 3.718, 0.118, 0.847),
    "C5": (2524, 4.888, 4.473, -0.415, 1.243),
    "C6": (2562, 6.402, 6.012, -0.390, 1.152),
}


def study_of(programme) -> Study:
    loaded, tables = programme
    return Study(
        loaded,
        tables.people,
        tables.organisations,
        tables.answers,
        tables.scores,
        tables.log,
        tables.manifest,
        "en",
    )


def test_all_26_published_tests_stand_in_the_chapter(real):
    programme = real("biodiversity")
    published = pd.read_csv(programme[0].raw_folder / "published_pre-post-results.csv").set_index(
        "question_id"
    )
    study = study_of(programme)
    shown = change.table(study).result.table.set_index("indicator")
    ids = {key: indicator.id for key, indicator in study.project.indicators.items()}
    assert len(shown) == 26
    for key, row in shown.iterrows():
        expected = published.loc[ids[key]]
        assert -row["statistic"] == pytest.approx(expected["t"], rel=1e-6)
        assert row["df"] == pytest.approx(expected["df"], rel=1e-6)
        assert row["p_value"] == pytest.approx(expected["p"], rel=1e-6)
        assert row["p_adjusted"] == pytest.approx(expected["adj_p"], rel=1e-6)
        assert row["estimate"] == pytest.approx(expected["mean_delta"], rel=1e-6)


def test_a_programme_without_targets_has_no_such_chapter(real):
    found = chapters_of(real("biodiversity")[0].definition)
    assert found == ["overview", "data_quality", "change", "impact", "sensitivity"]


def test_six_changes_agree_to_the_printed_digits(real):
    study = study_of(real("sats"))
    for key, indicator in study.indicators(kind="change").items():
        row = evaluate(key, study).table.iloc[0]
        n, before, after, moved, _ = PRINTED[indicator.id]
        assert row["n"] == n
        assert (round(row["mean_before"], 3), round(row["mean_after"], 3)) == (before, after)
        assert round(row["estimate"], 3) == pytest.approx(moved, abs=1e-9)
        assert row["n_groups"] > 90, "sections are the clusters"


def test_clusters_widen_the_interval(real):
    """3,730 students are not 3,730 independent answers: the sections matter."""
    study = study_of(real("sats"))
    for key, indicator in study.indicators(kind="change").items():
        row = evaluate(key, study).table.iloc[0]
        alone = PRINTED[indicator.id][4] / math.sqrt(row["n"])
        assert row["std_error"] > alone


def test_equality_is_shown_by_sex_and_by_citizenship(real):
    study = study_of(real("sats"))
    table = equality.gaps(study)[0].result.table
    assert set(table["group"]) == {"sex", "citizenship"}
    assert (table["n_level"] >= 5).all()
    assert set(table["verdict"]) <= {
        "gap",
        "small_gap",
        "possible_gap",
        "no_certain_gap",
        "negligible_gap",
        "undecided",
    }


def test_the_liking_for_statistics_rose_by_two_questions_alone(real):
    table = wave_shifts(study_of(real("sats"))).table
    whole = table[table["item"].isna()].set_index("scale").loc["affect"]
    assert whole["reference"] == pytest.approx(0.129, abs=0.0005)
    assert abs(whole["estimate"] - whole["reference"]) < 0.01
    questions = table[(table["scale"] == "affect") & table["item"].notna()].set_index("item")["estimate"]
    assert set(questions[questions > 0.5].index) == {"a18", "a28"}


def test_answers_as_ordered_say_which_scales_measure_alike(real):
    """Nothing is published; the shifts are those with answers as numbers, to two hundredths of a step."""
    study = study_of(real("sats"))
    ordered, plain = (
        found.table[found.table["item"].isna()].set_index("scale")
        for found in (ordinal_shifts(study), wave_shifts(study))
    )
    assert (ordered["estimate"] - plain["estimate"]).abs().max() < 0.02
    assert ordered["reference"].tolist() == plain["reference"].tolist()
    assert ordered["reason"].to_dict() == {
        "affect": "alike_none",
        "competence": "alike_none",
        "value": "alike_scalar",
        "difficulty": "alike_configural",
        "interest": "alike_metric",
        "effort": "alike_configural",
    }
    fit = equality_steps(study).table
    assert fit[fit["scale"] == "affect"]["rmsea"].min() > 0.10


def test_where_nobody_left_no_verdict_depends_on_who_left(real):
    table = conclusions(study_of(real("biodiversity"))).table
    everyone = table["n"] == table["n_total"]
    assert everyone.sum() >= 20
    assert set(table.loc[everyone, "reason"]) == {"nobody_left"}
