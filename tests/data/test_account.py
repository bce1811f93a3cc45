"""The manifest of a run holds every source, and a sentence for everything that was left out."""

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from evaluation.data.account import DROPPED
from evaluation.data.ingest import ingest
from evaluation.vocabulary.errors import ExportError, LinkageError, MissingFileError
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


CELLS = st.sampled_from(["", " ", "1", "5", "Instämmer helt", "vet ej", "Ej aktuellt"])
ROWS_OF_A_FILE = st.lists(
    st.tuples(st.sampled_from(["", "p1", "p2", "p3", "p4"]), *[CELLS] * 3), min_size=1, max_size=12
)
SPOKEN = {
    "options": [
        {"value": 1, "label": {"sv": "Instämmer inte", "en": "Disagree"}},
        {"value": 5, "label": {"sv": "Instämmer helt", "en": "Agree"}},
    ],
    "dont_know": ["Vet ej"],
    "not_applicable": ["Ej aktuellt"],
}


@settings(
    max_examples=15,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(one=ROWS_OF_A_FILE, two=ROWS_OF_A_FILE, register=st.booleans(), linked=st.booleans())
def test_every_row_and_every_cell_is_accounted_for(make_project, one, two, register, linked):
    files = {"one.csv": [ROWS[0], *one], "two.csv": [ROWS[0], *two]}
    sources = {key: {**source, "duplicates": "keep_first"} for key, source in SURVEY.items()}
    parts = {"response": "spoken", "responses": {"spoken": SPOKEN}}
    if linked:
        sources = {key: {**source, "columns": {}} for key, source in sources.items()}
        parts["linkage"] = {"by": "code", "columns": {"one": ["id"], "two": ["id"]}}
    elif register:
        files["people.csv"] = [["id"], ["p1"], ["p3"]]
        sources["people"] = {"kind": "people", "file": "people.csv", "columns": {"person": "id"}}
    try:
        tables = ingest(make_project(files, sources=sources, **parts))
    except (LinkageError, MissingFileError, ExportError):
        assume(False)
    manifest = tables.manifest
    for row in manifest.accounting:
        assert row.read == row.kept + sum(row.dropped.values())
    for part in manifest.cells:
        assert part.read == sum(part.dropped.values()) + sum(part.counts.values())
        assert 0 <= part.recoded <= part.counts.get("none", 0)
    assert sum(sum(part.counts.values()) for part in manifest.cells) == len(tables.answers)
    rows = {entry.source: entry.rows for entry in manifest.inputs}
    assert all(part.read == 3 * rows[part.source] for part in manifest.cells)
