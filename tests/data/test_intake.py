"""Each kind of source is taken in by its own rules."""

import pandas as pd
import pytest

from evaluation.data.intake import KEEP, take_in
from evaluation.data.read import read_export


@pytest.mark.parametrize(
    ("kind", "columns", "kept"),
    [
        ("people", {"person": "id"}, 3),
        ("organisations", {"organisation": "A"}, 3),
        ("log", {"effort": "A"}, 3),
        ("answers", {"person": "id"}, 1),
    ],
)
def test_rows_count_by_kind(make_project, kind, columns, kept):
    rows = [["id", "A"], ["p1", "1"], ["p2", "2"], ["p3", "3"]]
    waves = ["before"] if kind == "answers" else []
    sources = {"one": {"kind": kind, "file": "one.csv", "columns": columns, "waves": waves}}
    project = make_project({"one.csv": rows}, sources=sources, questions=[("a", "one", "A")])
    export = read_export(project.raw_folder / "one.csv", project.definition.sources["one"])
    intake = take_in(export, "one", project, registered=pd.Index(["p2", "p7"]))
    assert len(intake.kept.export.frame) == kept
    assert (intake.coded is not None) == (kind == "answers")
    assert intake.problems == ()
    assert len(intake.export.frame) == 3


def test_every_kind_of_source_has_a_rule():
    assert set(KEEP) == {"people", "organisations", "answers", "log", "ties", "accounts"}
