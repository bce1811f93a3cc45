"""A codebook held against the exports."""

import numpy as np
import pytest

from evaluation.data.drafting.audit import audit_codebook
from evaluation.vocabulary.errors import AnswerError, ExportError
from tests.data.build import SURVEY

SCALE = {"s": {"label": {"sv": "S", "en": "S"}, "items": ["a", "b", "c"], "min_items": 2}}


def told(project):
    return "\n".join(map(str, audit_codebook(project).notes))


def values(turned):
    trait = np.tile([1, 2, 3, 4, 5], 8)
    near = np.clip(trait + np.tile([0, 1, 0, -1], 10), 1, 5)
    third = 6 - near if turned else near
    return [[f"p{row}", *cells] for row, cells in enumerate(zip(trait, near, third, strict=True))]


def files(one, two, extra=()):
    header = ["id", "A", "B", "C", *extra]
    return {"one.csv": [header, *one], "two.csv": [["id", "A", "B", "C"], *two]}


def test_a_codebook_that_fits(make_project):
    audit = audit_codebook(make_project(files(values(False), values(False)), scales=SCALE))
    audit.findings.raise_if_any()
    assert audit.notes == ()


def test_an_item_that_runs_against_its_scale(make_project):
    said = told(make_project(files(values(True), values(False)), scales=SCALE))
    assert "c runs against the rest of the scale s in one.csv at before" in said
    assert "n = 40). Should it be turned round" in said
    assert "two.csv" not in said


def test_an_item_that_was_turned_wrongly(make_project):
    questions = [("a", "one two", "A"), ("b", "one two", "B"), ("c", "one two", "C", "", "AG5", "x")]
    project = make_project(files(values(False), values(True)), scales=SCALE, questions=questions)
    assert "c is turned round, but runs against the rest of the scale s in one.csv at before" in told(project)
    assert "two.csv" not in told(project)


def test_unknown_labels_and_values_out_of_range_must_be_mended(make_project):
    project = make_project(files([["p1", 1, "Instämmer heltt", 9]], [["p1", 1, 2, 3]]))
    with pytest.raises(AnswerError) as caught:
        audit_codebook(project).findings.raise_if_any()
    assert "one.csv:2 “B”: “Instämmer heltt” is not an answer of the response scale AG5" in str(caught.value)
    assert "one.csv:2 “C”: “9” is outside the range 1 to 5" in str(caught.value)


def test_columns_on_one_side_only(make_project):
    one = [["p1", 1, 2, 3, "x"], ["p2", 2, 3, 4, "y"]]
    project = make_project(
        files(one, [["p1", 1, 2, 3]], ["More"]), questions=[("a", "one two", "A"), ("d", "one", "D")]
    )
    audit = audit_codebook(project)
    assert "Columns of one.csv that neither the definition nor the codebook names (3): B; C; More." in map(
        str, audit.notes
    )
    with pytest.raises(ExportError, match="There is no column “D”, which line 3 of the codebook names"):
        audit.findings.raise_if_any()


def test_an_item_that_everybody_answers_alike(make_project):
    rows = [[f"p{row}", 4, row % 5 + 1, 3 - row % 2] for row in range(6)]
    assert "Everybody gave the same answer to a in one.csv (n = 6)." in told(make_project(files(rows, rows)))


def test_a_wording_that_changed(make_project):
    one = [["id", "Jag får stöd."], ["p1", 1], ["p2", 2]]
    two = [["id", "Jag har gott stöd"], ["p1", 1], ["p2", 2]]
    questions = [("a", "one", "Jag får stöd."), ("a", "two", "Jag har gott stöd")]
    project = make_project({"one.csv": one, "two.csv": two}, questions=questions)
    assert "The wording of a differs between line 2 and line 3 of the codebook" in told(project)
    questions[1] = ("a", "two", "JAG FÅR  STÖD")
    two[0][1] = "jag får stöd"
    same = make_project({"one.csv": one, "two.csv": two}, questions=questions)
    assert told(same) == ""


def test_files_that_are_not_there_are_told(make_project):
    audit = audit_codebook(make_project({}, sources=SURVEY))
    with pytest.raises(Exception, match=r"There is no file one.csv"):
        audit.findings.raise_if_any()
