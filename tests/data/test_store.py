"""Processed tables are replaced as a whole or not at all."""

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from evaluation.data.ingest import ingest, ingest_and_store
from evaluation.data.manifest import is_current
from evaluation.data.store import Tables, read_processed, write_processed
from evaluation.vocabulary.errors import AnswerError, MissingFileError
from tests.data.build import SEX, write_table

HEADER = ["id", "A", "B", "C", "Kön"]
ROWS = [HEADER, ["p1", "1", "", "Vet ej", "Kvinna"], ["p2", "5", "2", "", "Man"]]
SOURCES = {
    "one": {
        "kind": "answers",
        "file": "one.csv",
        "waves": ["before"],
        "columns": {"person": "id", "sex": "Kön"},
    }
}
QUESTIONS = [("a", "one", "A"), ("b", "one", "B"), ("c", "one", "C")]
SCALES = {"s": {"label": {"sv": "x", "en": "x"}, "items": ["a", "b"], "min_items": 1}}


@pytest.fixture
def project(make_project):
    return make_project(
        {"one.csv": ROWS}, sources=SOURCES, questions=QUESTIONS, groups={"sex": SEX}, scales=SCALES
    )


def content(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_tables_survive_the_disk_unchanged(project):
    tables = ingest_and_store(project)
    again = read_processed(project.processed_folder)
    for name, frame in tables.frames().items():
        assert_frame_equal(again.frames()[name], frame)
    assert again.manifest == tables.manifest


def test_two_runs_give_the_same_bytes(project):
    ingest_and_store(project)
    first = content(project.processed_folder)
    ingest_and_store(project)
    assert content(project.processed_folder) == first
    assert sorted(first) == [
        "accounts.parquet",
        "answers.parquet",
        "links.parquet",
        "log.parquet",
        "manifest.json",
        "organisations.parquet",
        "people.parquet",
        "scores.parquet",
        "ties.parquet",
    ]


def test_a_failing_write_leaves_the_old_tables(project, monkeypatch):
    tables = ingest_and_store(project)
    before = content(project.processed_folder)

    def fail(self, path, **options):
        path.write_bytes(b"half")
        raise OSError("no space left")

    monkeypatch.setattr(pd.DataFrame, "to_parquet", fail)
    with pytest.raises(OSError, match="no space left"):
        write_processed(tables, project.processed_folder)
    assert content(project.processed_folder) == before
    assert [path.name for path in project.processed_folder.parent.iterdir()] == [project.key]


def test_a_failing_rename_puts_the_old_tables_back(project, monkeypatch):
    tables = ingest_and_store(project)
    before = content(project.processed_folder)
    rename = type(project.processed_folder).rename

    def fail(self, target):
        if self.name.startswith(f".{project.key}.") and not self.name.endswith("previous"):
            raise OSError("in use")
        return rename(self, target)

    monkeypatch.setattr(type(project.processed_folder), "rename", fail)
    with pytest.raises(OSError, match="in use"):
        write_processed(tables, project.processed_folder)
    assert content(project.processed_folder) == before


def test_a_run_cut_off_between_its_renamings_is_repaired(project):
    ingest_and_store(project)
    folder = project.processed_folder
    before = content(folder)
    folder.rename(folder.with_name(f".{folder.name}.previous"))
    assert read_processed(folder).manifest.project == "small"
    assert content(folder) == before


def test_an_error_in_the_answers_leaves_the_old_tables(project):
    ingest_and_store(project)
    before = content(project.processed_folder)
    write_table(project.raw_folder / "one.csv", [HEADER, ["p1", "fel", "", "", ""]])
    with pytest.raises(AnswerError):
        ingest_and_store(project)
    assert content(project.processed_folder) == before
    assert not is_current(project)


def test_nothing_is_written_by_ingest_alone(project):
    ingest(project)
    assert not project.processed_folder.exists()


def test_absent_or_incomplete_tables_are_missing(project):
    with pytest.raises(MissingFileError, match="no complete processed tables"):
        read_processed(project.processed_folder)
    ingest_and_store(project)
    (project.processed_folder / "log.parquet").unlink()
    with pytest.raises(MissingFileError, match="evaluation ingest"):
        read_processed(project.processed_folder)


def test_other_files_beside_the_folder_are_left_alone(project):
    project.processed_folder.parent.mkdir(parents=True)
    note = project.processed_folder.parent / "README.md"
    note.write_text("x", encoding="utf-8")
    ingest_and_store(project)
    assert note.exists()
    assert isinstance(read_processed(project.processed_folder), Tables)
