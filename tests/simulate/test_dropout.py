"""Who is lost; tolerances are four Monte Carlo standard errors."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.simulate.dropout import DONT_KNOW, GIVEN, NOT_REACHED, SKIPPED, leaving_probability
from tests.simulate.parts import parts_of
from tests.simulate.projects import assuming

PEOPLE = 6000
MECHANISMS = ("completely_at_random", "by_baseline", "by_outcome")


@pytest.fixture(scope="module")
def lost(halland):
    found = {}
    for mechanism in MECHANISMS:
        attrition = {"mechanism": mechanism, "share": 0.3, "strength": 1.0}
        project = assuming(
            halland, people=PEOPLE, organisations=600, attrition=attrition, change={}, group_change={}
        )
        found[mechanism] = parts_of(project, 21)
    return found


def standing(parts, wave):
    """Return the mean standardised answer to the questions that everybody is asked, high being wanted."""
    columns = [
        (-1 if item.startswith("need") else 1) * (values - values.mean()) / values.std()
        for (item, when), values in parts.answers.items()
        if when == wave and np.isfinite(values).all()
    ]
    mean = np.mean(columns, axis=0)
    return (mean - mean.mean()) / mean.std()


@given(st.floats(0, 1), st.floats(0, 1e9), st.integers(1, 50), st.integers(0, 1000))
def test_probabilities_have_the_wanted_mean(share, strength, people, seed):
    low = np.random.default_rng(seed).normal(size=people)
    probability = leaving_probability(low, share, strength)
    assert ((probability >= 0) & (probability <= 1)).all()
    assert abs(probability.mean() - share) < 1e-6
    assert (np.diff(probability[np.argsort(low)]) <= 1e-12).all()


@pytest.mark.parametrize("mechanism", MECHANISMS)
def test_the_stated_share_is_lost(lost, mechanism):
    gone = lost[mechanism].silence.lost
    assert not gone["before"].any()
    assert abs(gone["after"].mean() - 0.3) < 4 * np.sqrt(0.3 * 0.7 / PEOPLE)
    np.testing.assert_array_equal(gone["then"], gone["after"])


@pytest.mark.parametrize(("mechanism", "low"), list(zip(MECHANISMS, (0, 1, 1), strict=True)))
def test_those_with_low_values_are_lost_unless_chance_decides(lost, mechanism, low):
    parts = lost[mechanism]
    gone, before = parts.silence.lost["after"], standing(parts, "before")
    difference = before[gone].mean() - before[~gone].mean()
    error = 4 * np.sqrt(1 / gone.sum() + 1 / (~gone).sum())
    assert (difference < -error) == bool(low)
    assert low or abs(difference) < error


@pytest.mark.parametrize(("mechanism", "depends"), [("by_baseline", False), ("by_outcome", True)])
def test_only_by_outcome_depends_on_what_would_be_answered(lost, mechanism, depends):
    """Given the baseline, the outcome tells of the loss only if it decides it."""
    parts = lost[mechanism]
    before, after = standing(parts, "before"), standing(parts, "after")
    rest = after - np.polyval(np.polyfit(before, after, 1), before)
    gone = parts.silence.lost["after"]
    probability = leaving_probability(before, gone.mean(), 1.0)
    correlation = np.corrcoef(rest, gone - probability)[0, 1]
    assert (abs(correlation) > 4 / np.sqrt(PEOPLE)) == depends


def test_a_later_wave_loses_more(course):
    project = assuming(course, people=PEOPLE, attrition={"share": 0.2, "mechanism": "by_outcome"})
    gone = parts_of(project, 3).silence.lost
    assert abs(gone["middle"].mean() - 0.2) < 4 * np.sqrt(0.2 * 0.8 / PEOPLE)
    assert abs(gone["end"].mean() - 0.36) < 4 * np.sqrt(0.36 * 0.64 / PEOPLE)
    assert (gone["end"] >= gone["middle"]).all()
    np.testing.assert_array_equal(gone["back"], gone["end"])


def test_single_answers_are_missing_as_often_as_stated(halland):
    project = assuming(halland, people=PEOPLE, organisations=600, missing_items=0.10, dont_know=0.05)
    silence = parts_of(project, 5).silence
    gaps, cells = silence.gaps["participants_after"], silence.gaps["participants_after"].size
    reached = gaps != NOT_REACHED
    assert abs((gaps[reached] == SKIPPED).mean() - 0.10) < 4 * np.sqrt(0.10 * 0.90 / cells)
    assert abs((gaps[reached] == DONT_KNOW).mean() - 0.05 * 0.90) < 4 * np.sqrt(0.045 * 0.955 / cells)
    left = silence.broke_off["participants_after"]
    assert abs(left.mean() - 0.02) < 4 * np.sqrt(0.02 * 0.98 / PEOPLE)
    np.testing.assert_array_equal((~reached).any(axis=1), left)
    assert reached[:, 0].all()


def test_nothing_is_missing_if_nothing_shall_be(halland):
    project = assuming(halland, missing_items=0, dont_know=0, attrition={"share": 0})
    silence = parts_of(project, 5).silence
    assert all((gaps == GIVEN).all() for gaps in silence.gaps.values())
    assert not any(gone.any() for gone in silence.lost.values())


def test_numbers_have_no_dont_know(course):
    gaps = parts_of(assuming(course, dont_know=1), 5).silence.gaps["first"]
    assert [(gaps[:, place] == DONT_KNOW).any() for place in range(4)] == [False, True, True, False]
