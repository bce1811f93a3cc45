"""From files with personal data to tables without: refused, hashed, dropped or kept apart."""

import os
from pathlib import Path

import pytest

from evaluation.data.ingest import ingest, ingest_and_store
from evaluation.data.linkage.hashed import create_key
from evaluation.data.store import read_processed
from evaluation.vocabulary.errors import LinkageError, MissingFileError, PrivacyError
from tests.data.build import SURVEY, problems

NUMBER = "811218-9876"
HEADER = ["id", "A", "B", "C"]
ROWS = [HEADER, ["p1", "1", "2", "3"], ["p2", "4", "", "5"]]
PARTS = ("8112189876", "9876", "811218")


def with_extra(make_project, header, *cells, **parts):
    one = [[*row, cell] for row, cell in zip(ROWS, (header, *cells), strict=True)]
    return make_project({"one.csv": one, "two.csv": ROWS}, **parts)


@pytest.mark.parametrize(
    "cell", [NUMBER, "19811218-9876", "Jag heter Bo, 811218 9876.", "811278-9873", "811218-T873"]
)
def test_a_file_with_an_identity_number_is_refused_without_saying_it(make_project, cell):
    with pytest.raises(PrivacyError) as caught:
        ingest(with_extra(make_project, "Övrigt", "", cell))
    assert "one.csv:3 “Övrigt”: A cell holds what looks like a Swedish" in problems(caught)
    assert not any(part in problems(caught) for part in PARTS)
    assert caught.value.exit_code == 11


def test_every_column_and_file_is_told(make_project):
    rows = [HEADER, [NUMBER, "1", "2", NUMBER], ["p2", "4", "", "5"]]
    with pytest.raises(PrivacyError) as caught:
        ingest(make_project({"one.csv": rows, "two.csv": rows}))
    assert [problem.where for problem in caught.value.problems] == [
        "one.csv:2 “id”",
        "one.csv:2 “C”",
        "two.csv:2 “id”",
        "two.csv:2 “C”",
    ]


def test_a_header_and_a_joined_identifier_are_refused(make_project):
    with pytest.raises(PrivacyError, match="A header holds"):
        ingest(with_extra(make_project, NUMBER, "", ""))
    sources = {"one": {**SURVEY["one"], "columns": {"person": ["born", "last"]}}, "two": SURVEY["two"]}
    rows = [["born", "last", *HEADER[1:]], ["811218", "9876", "1", "2", "3"], ["811219", "1", "1", "2", "3"]]
    with pytest.raises(PrivacyError, match=r"one\.csv:2: The columns of `person` together make"):
        ingest(make_project({"one.csv": rows, "two.csv": ROWS}, sources=sources))


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / "secret" / "key"
    path.parent.mkdir()
    create_key(path)
    return path


def hashing(make_project, key, one, two):
    privacy = {"identity_numbers": "hash", "key_file": str(key)}
    return make_project({"one.csv": one, "two.csv": two}, privacy=privacy)


def test_hashes_link_every_spelling_and_leave_no_number_behind(make_project, key):
    one = [[*HEADER, "D"], [NUMBER, "1", "2", "3", f"Jag är {NUMBER}"], ["p2", "4", "", "5", ""]]
    two = [HEADER, ["19811218 9876", "1", "2", "3"], ["p2", "4", "", "5"]]
    project = hashing(make_project, key, one, two)
    tables = ingest_and_store(project)
    assert len(tables.people) == 2
    assert sorted(map(len, tables.people["person"])) == [2, 32]
    assert any("keyed hash" in str(note) for note in tables.manifest.notes)
    everything = b"".join(path.read_bytes() for path in project.processed_folder.iterdir())
    assert not any(part.encode() in everything for part in PARTS)


def test_another_key_gives_other_hashes(make_project, key, tmp_path):
    rows = [HEADER, [NUMBER, "1", "2", "3"]]
    first = ingest(hashing(make_project, key, rows, rows)).people["person"][0]
    create_key(tmp_path / "secret" / "other")
    assert (
        ingest(hashing(make_project, tmp_path / "secret" / "other", rows, rows)).people["person"][0] != first
    )


def test_a_key_that_others_can_read_or_that_is_not_there_is_refused(make_project, key):
    project = hashing(make_project, key, ROWS, ROWS)
    key.chmod(0o644)
    if os.name == "posix":
        with pytest.raises(LinkageError, match="chmod 600"):
            ingest(project)
    key.unlink()
    with pytest.raises(MissingFileError, match="evaluation key"):
        ingest(project)


def test_contact_columns_are_dropped_with_a_note_that_holds_no_values(make_project):
    tables = ingest(with_extra(make_project, "E-post", "a@b.se", ""))
    told = [str(note) for note in tables.manifest.notes]
    assert "one.csv: e-mail addresses were not read (1 cell): E-post." in told
    assert not any("a@b.se" in note for note in told)


def test_a_mapped_column_with_contact_data_is_kept_with_a_warning(make_project):
    rows = [HEADER, ["a@b.se", "1", "2", "3"], ["c@d.se", "4", "", "5"]]
    tables = ingest(make_project({"one.csv": rows, "two.csv": rows}))
    assert any(
        "the column id holds e-mail addresses and is stored" in str(note) for note in tables.manifest.notes
    )


def test_open_answers_stand_apart_and_say_of_nobody_who_wrote_them(make_project):
    questions = [("a", "one two", "A"), ("why", "one", "Varför?", "", "text")]
    texts = ("ring mig på 070-123 45 67", "  för att\nden var bra ")
    project = with_extra(make_project, "Varför?", *texts, questions=questions)
    tables = ingest_and_store(project)
    assert tables.texts.to_dict("list") == {
        "source": ["one", "one"],
        "wave": ["before", "before"],
        "item": ["why", "why"],
        "text": ["för att den var bra", "ring mig på […]"],
    }
    assert "texts" not in tables.frames()
    assert set(tables.answers["item"]) == {"a"}
    assert read_processed(project.processed_folder).texts.equals(tables.texts)


def test_free_text_that_is_not_declared_is_not_stored(make_project):
    rows = [[*HEADER, "Övrigt"], *([f"p{i}", "1", "2", "3", f"det här är svar nummer {i}"] for i in range(9))]
    tables = ingest(make_project({"one.csv": rows, "two.csv": ROWS}))
    assert tables.texts is None
    assert any("free text that the codebook does not list" in str(note) for note in tables.manifest.notes)
