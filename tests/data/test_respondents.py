"""Which rows count, and what is told of those that do not."""

import pandas as pd
import pytest

from evaluation.data.read import read_export
from evaluation.data.respondents import identifier, keep_entries, keep_rows
from evaluation.project.source import Source
from tests.data.build import write_table

ROWS = [
    ["id", "del", "a"],
    ["p1", "x", "1"],
    [" p2 ", "", "2"],
    ["", "y", "3"],
    ["p1", "z", "4"],
    ["p3", "w", "5"],
]


def source(**parts):
    return Source(kind="answers", file="x.csv", **{"columns": {"person": "id"}, "waves": ["w"], **parts})


@pytest.fixture
def export(tmp_path):
    write_table(tmp_path / "x.csv", ROWS)
    return read_export(tmp_path / "x.csv", source())


def test_identifiers_are_tidied_and_joined(export):
    assert identifier(export, "id").tolist() == ["p1", "p2", "", "p1", "p3"]
    assert identifier(export, ("id", "del")).tolist() == ["p1-x", "", "", "p1-z", "p3-w"]


def test_a_person_twice_is_an_error_that_names_both_rows(export):
    kept = keep_rows(export, source())
    assert [str(problem) for problem in kept.problems] == [
        "x.csv:5: The row has the same identifier as row 2. Delete one of them, "
        "or write `duplicates: keep_first` or `keep_last` for the source."
    ]


@pytest.mark.parametrize(("rule", "rows"), [("keep_first", [2, 3, 6]), ("keep_last", [3, 5, 6])])
def test_a_person_twice_may_be_kept_once(export, rule, rows):
    kept = keep_rows(export, source(duplicates=rule))
    assert kept.problems == ()
    assert kept.export.frame.index.tolist() == rows
    assert kept.dropped == {"no_person": 1, "duplicate": 1}
    assert kept.read == len(rows) + sum(kept.dropped.values())


def test_people_outside_the_register_are_left_out(export):
    kept = keep_rows(export, source(duplicates="keep_first"), registered=pd.Index(["p1", "p7"]))
    assert kept.export.frame.index.tolist() == [2]
    assert kept.dropped == {"no_person": 1, "duplicate": 1, "not_registered": 2}


def test_organisations_have_their_own_reason(export):
    register = Source(kind="organisations", file="x.csv", columns={"organisation": "del"})
    assert keep_rows(export, register, "organisation").dropped == {"no_organisation": 1}


def test_log_entries_need_an_effort_only(export):
    log = Source(kind="log", file="x.csv", columns={"effort": "id"})
    kept = keep_entries(export, log)
    assert (len(kept.export.frame), kept.dropped) == (4, {"no_effort": 1})
