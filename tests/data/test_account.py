"""The manifest of a run holds every source, and a sentence for everything that was left out."""

import pytest

from evaluation.data.account import DROPPED
from evaluation.data.ingest import ingest
from tests.data.build import SURVEY

ROWS = [["id", "A", "B", "C"], ["p1", "1", "2", "3"]]


@pytest.mark.parametrize("reason", DROPPED)
@pytest.mark.parametrize("count", [1, 2])
def test_every_reason_has_a_sentence(reason, count):
    told = str(DROPPED[reason].with_fields(file="x.csv", count=count))
    assert told.startswith(f"{count} row" + "s" * (count > 1) + " of x.csv ")
    assert told.endswith("left out.")


def test_every_source_is_described_in_the_order_of_the_project(make_project):
    sources = {
        "two": SURVEY["two"],
        "register": {"kind": "people", "file": "one.csv", "columns": {"person": "id"}},
        "one": SURVEY["one"],
    }
    project = make_project(
        {"one.csv": ROWS, "two.csv": ROWS}, sources=sources, delimiter=";", encoding="utf-8-sig"
    )
    manifest = ingest(project).manifest
    assert [entry.source for entry in manifest.inputs] == ["two", "register", "one"]
    assert [row.source for row in manifest.accounting] == ["two", "register", "one"]
    first = manifest.inputs[0]
    assert (first.file, first.encoding, first.delimiter, first.sheet) == ("two.csv", "utf-8-sig", ";", "")
    assert (first.rows, first.columns) == (1, 4)
    assert manifest.inputs[1].sha256 == manifest.inputs[2].sha256
    assert (manifest.project, manifest.simulated, manifest.notes) == ("small", "none", ())


def test_nobody_answering_is_no_error_without_a_change_to_follow(make_project):
    silent = [ROWS[0], ["p1", "", "", ""]]
    tables = ingest(make_project({"one.csv": silent, "two.csv": silent}))
    assert len(tables.people) == len(tables.answers) == 0
    assert all(row.dropped == {"no_answers": 1} for row in tables.manifest.accounting)
