"""What two reports let a reader know of each other's counts."""

import numpy as np
import pytest

from evaluation.disclosure.newcomers import Arrived, belonging

TOTAL = {
    "estimand": "described_share",
    "unit": "person",
    "indicator": "q",
    "wave": "w1",
    "k": 50.0,
    "n": 108.0,
}
WOMEN = {**TOTAL, "group": "sex", "level": "women", "k": 30.0, "n": 60.0}
HIDDEN = {**WOMEN, "k": np.nan, "n": np.nan}
WAVE = {"estimand": "response_rate", "unit": "person", "wave": "w1", "k": 120.0, "n": 150.0}


def test_a_count_is_between_what_it_was_and_that_with_everybody_who_has_come():
    arrived = Arrived([TOTAL, HIDDEN], [{"k": 3.0, "n": 8.0}, None])
    assert arrived.since([TOTAL, HIDDEN], {1: {"n": (54.0, 54.0)}}) == {1: {"n": (54.0, 62.0)}}
    assert arrived.before([HIDDEN], {0: {"n": (60.0, 60.0)}}) == {0: {"n": (52.0, 60.0)}}
    assert arrived.before([HIDDEN], {0: {"n": (5.0, 5.0)}}) == {0: {"n": (0.0, 5.0)}}


def test_the_wave_tells_how_many_have_come_where_the_question_does_not():
    arrived = Arrived([WAVE, HIDDEN], [{"k": 6.0, "n": 0.0}, None])
    assert arrived.since([WAVE, HIDDEN], {1: {"k": (30.0, 30.0)}}) == {1: {"k": (30.0, 36.0)}}
    assert Arrived([HIDDEN], [None]).since([HIDDEN], {0: {"k": (30.0, 30.0)}}) == {0: {"k": (30.0, np.inf)}}


def test_limits_are_wide_enough_for_what_the_count_is():
    arrived = Arrived([TOTAL, WOMEN], [{"n": 2.0}, {"n": 9.0}])
    assert arrived.since([TOTAL, WOMEN], {1: {"n": (51.0, 51.0)}}) == {1: {"n": (51.0, 60.0)}}
    assert arrived.since([TOTAL, WOMEN], {1: {"n": (66.0, 66.0)}}) == {1: {"n": (60.0, 68.0)}}


def test_who_was_there_before_can_be_any_number_more():
    rate = {**WAVE, "group": "sex", "level": "women", "k": np.nan, "n": np.nan}
    found = Arrived([WAVE, rate], [{"k": 6.0}, None]).since(
        [WAVE, rate], {1: {"k": (30.0, 30.0), "n": (40.0, 40.0)}}
    )
    assert found == {1: {"k": (30.0, 36.0), "n": (40.0, np.inf)}}


@pytest.mark.parametrize("estimand", ["attrition", "leaver_gap", "response_pattern", "compared_attrition"])
def test_nothing_is_known_of_those_who_are_missing(estimand):
    row = {**HIDDEN, "estimand": estimand, "term": "1"}
    assert not Arrived([TOTAL], [{"n": 2.0}]).since([row], {0: {"n": (60.0, 60.0)}})


def test_a_row_belongs_to_its_question_and_its_classification():
    whole, women, nobody = belonging([TOTAL, WOMEN, {"estimand": "verdict_count", "unit": "statement"}])
    assert whole & women and ("person", "sex") in women and not nobody
