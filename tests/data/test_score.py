"""Scale scores: means after reversal, missing where too few questions were answered."""

import math

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from evaluation.data.answers import join_answers
from evaluation.data.score import reverse_items, score_scales
from tests.data.test_answers import parts, people

WORDS = {"sv": "x", "en": "x"}
SCALES = {
    "all_three": {"label": WORDS, "items": ["a", "b", "c"], "min_items": 2},
    "pair": {"label": WORDS, "items": ["b", "c"], "min_items": 2},
}
REVERSED = [
    ("a", "one two", "A"),
    ("b", "one", "B", "", "AG5", "ja"),
    ("b", "two", "B"),
    ("c", "one two", "C"),
]


def tables(make_project, one, two=None, **parts_):
    header = ["id", "A", "B", "C"]
    files = {"one.csv": [header, *one], "two.csv": [header, *(two or [["p1", "1", "1", "1"]])]}
    project = make_project(files, scales=SCALES, questions=REVERSED, **parts_)
    answers = join_answers(parts(project), people(p1="X", p2="Y"), project)
    return project, answers


def score(table, person, wave, scale):
    row = table[(table["person"] == person) & (table["wave"] == wave) & (table["scale"] == scale)].iloc[0]
    return row["score"], int(row["n_items"])


def test_scores_are_means_of_the_answered_questions_after_reversal(make_project):
    rows = [["p1", "5", "2", "3"], ["p2", "5", "Vet ej", "4"]]
    project, answers = tables(make_project, rows, [["p1", "5", "2", "3"]])
    table = score_scales(answers, project)
    assert list(table.columns) == ["person", "organisation", "wave", "scale", "score", "n_items"]
    assert score(table, "p1", "before", "all_three") == ((5 + 4 + 3) / 3, 3)
    assert score(table, "p1", "after", "all_three") == ((5 + 2 + 3) / 3, 3)
    assert score(table, "p2", "before", "all_three") == (4.5, 2)
    value, n_items = score(table, "p2", "before", "pair")
    assert math.isnan(value)
    assert n_items == 1
    assert table["organisation"].astype("object").tolist()[:2] == ["X", "Y"]
    keys = list(
        zip(table["wave"].cat.codes, table["scale"].cat.codes, table["person"].cat.codes, strict=True)
    )
    assert keys == sorted(keys)


def test_reversal_leaves_the_answers_alone(make_project):
    project, answers = tables(make_project, [["p1", "5", "2", "3"]])
    before = answers.copy(deep=True)
    turned = reverse_items(answers, project)
    assert_frame_equal(answers, before)
    assert_frame_equal(reverse_items(turned, project), answers)
    changed = turned.loc[turned["value"] != answers["value"], ["source", "item"]].drop_duplicates()
    assert changed.to_numpy().tolist() == [["one", "b"]]


def test_nothing_reversed_is_nothing_changed(make_project):
    project = make_project(
        {"one.csv": [["id", "A", "B", "C"], ["p1", "1", "2", "3"]]},
        sources=_only("one"),
        questions=[("a", "one", "A"), ("b", "one", "B")],
    )
    answers = join_answers(parts(project), people(p1=None), project)
    assert reverse_items(answers, project) is answers


def _only(key):
    return {key: {"kind": "answers", "file": f"{key}.csv", "waves": ["before"], "columns": {"person": "id"}}}


def test_no_scales_give_an_empty_table(make_project):
    project = make_project(
        {"one.csv": [["id", "A"], ["p1", "1"]]}, sources=_only("one"), questions=[("a", "one", "A")]
    )
    answers = join_answers(parts(project), people(p1=None), project)
    table = score_scales(answers, project)
    assert len(table) == 0
    assert table["score"].dtype == float


CELL = st.sampled_from(["", "1", "2", "3", "4", "5", "Vet ej"])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells=st.lists(CELL, min_size=3, max_size=3).filter(any))
def test_a_score_is_the_mean_of_what_was_answered(make_project, cells):
    project, answers = tables(make_project, [["p1", *cells]])
    table = score_scales(answers, project)
    turned = [
        6 - float(cell) if place == 1 else float(cell) for place, cell in enumerate(cells) if cell.isdigit()
    ]
    found, n_items = score(table, "p1", "before", "all_three")
    assert n_items == len(turned)
    assert found == pytest.approx(np.mean(turned)) if len(turned) >= 2 else math.isnan(found)
