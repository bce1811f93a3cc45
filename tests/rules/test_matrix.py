"""Statements on the two matrices on equality: what is written in, and what is followed up."""

import pandas as pd
import pytest

from evaluation.project.equality import PLACES, PRINCIPLES
from evaluation.rules import evaluate
from tests.rules.build import answers, people, study


def judged(tmp_path, matrix: str, **given) -> pd.Series:
    indicator = {
        "chapter": "equality",
        "unit": "cell",
        "measure": {"matrix": matrix},
        "rule": {"kind": "coverage", "share": 1.0},
    }
    return evaluate("x", study(tmp_path, indicator, **given)).table.iloc[0]


def test_every_place_and_principle_is_a_cell(tmp_path):
    row = judged(
        tmp_path, "permeation", equality={"permeation": {place: list(PRINCIPLES) for place in PLACES}}
    )
    assert (row["k"], row["n"], row["n_total"], row["verdict"]) == (15, 15, 15, "covered")


def test_an_empty_cell_breaks_it(tmp_path):
    row = judged(tmp_path, "permeation", equality={"permeation": {"goals": ["gender_equality"]}})
    assert (row["k"], row["n"], row["verdict"]) == (1, 15, "not_covered")


def test_where_nobody_has_looked_nothing_is_known(tmp_path):
    row = judged(tmp_path, "permeation", people=people(9))
    assert (row["n"], row["n_total"], row["verdict"]) == (0, 15, "undecided")


@pytest.mark.parametrize(
    ("sexes", "filled"),
    [
        (["women", "men"] * 10, 2),
        (["women"] * 16 + ["men"] * 4, 0),
        (["women"] * 20, 0),
    ],
)
def test_a_wave_is_followed_up_where_two_groups_can_be_shown(tmp_path, sexes, filled):
    register = people(20, sex=sexes)
    given = pd.concat([answers(register, wave, [3.0] * 20) for wave in ("w1", "w3")])
    followed = {"followed": {"gender_equality": ["sex"]}}
    row = judged(tmp_path, "follow_up", equality=followed, people=register, answers=given)
    assert (row["k"], row["n_total"]) == (filled, 2 * len(PRINCIPLES))


def test_a_column_that_is_no_classification_counts_as_sensitive(tmp_path):
    followed = {"followed": {"accessibility": ["needs"]}}
    for count, filled in ((9, 0), (10, 1)):
        register = people(40).assign(needs=["yes"] * count + ["no"] * (40 - count))
        given = answers(register, "w1", [3.0] * 40)
        options = {"columns": {"needs": "B"}, "people": register, "answers": given}
        assert judged(tmp_path, "follow_up", equality=followed, **options)["k"] == filled


def test_those_who_did_not_answer_are_not_followed_up(tmp_path):
    register, followed = people(20), {"followed": {"gender_equality": ["sex"]}}
    row = judged(
        tmp_path,
        "follow_up",
        equality=followed,
        people=register,
        answers=answers(register, "w1", [3.0] * 8),
    )
    assert row["k"] == 0
