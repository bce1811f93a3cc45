"""The manifest says what tables were made from, and whether that is still so."""

import ast
import json
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.data import manifest as manifest_module
from evaluation.data.ingest import ingest_and_store
from evaluation.data.manifest import (
    Accounting,
    Cells,
    Input,
    Manifest,
    file_sha256,
    is_current,
    read_manifest,
    simulated_files,
    write_manifest,
)
from evaluation.vocabulary.errors import ExportError
from evaluation.vocabulary.message import nmsg
from tests.data.build import write_table

ROWS = [["id", "A", "B", "C"], ["p1", "1", "2", "3"], ["p2", "1", "2", "3"]]
FILES = {"one.csv": ROWS, "two.csv": ROWS}


def entry(simulated, source="one"):
    return Input(source, "x.csv", "abc", "utf-8", ",", "", 2, 4, simulated)


def manifest(*simulated):
    return Manifest(
        "small",
        "1.0",
        "a",
        "b",
        inputs=tuple(entry(flag) for flag in simulated),
        accounting=(Accounting("one", "before", 3, 2, {"duplicate": 1}),),
        cells=(Cells("one", "before", {"none": 5, "skipped": 1}),),
        unused={"x.csv": ("Tid", "Språk")},
        notes=(nmsg("{count} row", "{count} rows", count=2),),
    )


@given(st.lists(st.booleans(), max_size=4))
def test_some_is_neither_none_nor_all(flags):
    wanted = "none" if not any(flags) else "all" if all(flags) else "some"
    assert manifest(*flags).simulated == wanted


def test_it_survives_the_disk_unchanged(tmp_path):
    stored = manifest(True, False)
    write_manifest(stored, tmp_path)
    assert read_manifest(tmp_path) == stored
    assert json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))["simulated"] == "some"
    assert "Språk" in (tmp_path / "manifest.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"project": 1}'])
def test_what_cannot_be_read_is_no_manifest(tmp_path, content):
    assert read_manifest(tmp_path) is None
    (tmp_path / "manifest.json").write_text(content, encoding="utf-8")
    assert read_manifest(tmp_path) is None


def test_tables_are_current_until_something_changes(make_project):
    project = make_project(FILES)
    assert not is_current(project)
    ingest_and_store(project)
    assert is_current(project)
    assert is_current(make_project(FILES))


def changed_answer(project):
    write_table(project.raw_folder / "one.csv", [ROWS[0], ["p1", "5", "2", "3"]])


def changed_definition(project):
    project.file.write_text(project.file.read_text(encoding="utf-8") + "# x\n", encoding="utf-8")


def changed_codebook(project):
    file = project.codebook.file
    file.write_text(file.read_text(encoding="utf-8") + "\n", encoding="utf-8")


def marked_as_simulated(project):
    marked = {"files": {"any": file_sha256(project.raw_folder / "one.csv")}}
    (project.raw_folder / "simulated.json").write_text(json.dumps(marked), encoding="utf-8")


def lost_file(project):
    (project.raw_folder / "two.csv").unlink()


def lost_table(project):
    (project.processed_folder / "scores.parquet").unlink()


@pytest.mark.parametrize(
    "change",
    [changed_answer, changed_definition, changed_codebook, marked_as_simulated, lost_file, lost_table],
)
def test_tables_are_not_current_after_a_change(make_project, change):
    project = make_project(FILES)
    ingest_and_store(project)
    change(project)
    assert not is_current(project)


def test_another_version_is_not_current(make_project, monkeypatch):
    project = make_project(FILES)
    ingest_and_store(project)
    monkeypatch.setattr("evaluation.data.manifest.VERSION", "99")
    assert not is_current(project)


def test_simulated_files_are_known_by_content(make_project):
    project = make_project(FILES)
    marked_as_simulated(project)
    tables = ingest_and_store(project)
    assert [entry.simulated for entry in tables.manifest.inputs] == [True, True]
    assert tables.manifest.simulated == "all"


def test_a_broken_list_of_simulated_files_is_an_error(tmp_path):
    assert simulated_files(tmp_path) == frozenset()
    for content in ("", "[]", '{"files": 3}', "{}"):
        (tmp_path / "simulated.json").write_text(content, encoding="utf-8")
        with pytest.raises(
            ExportError, match=r"simulated\.json: The list of simulated files cannot be read\."
        ):
            simulated_files(tmp_path)


def test_asking_whether_tables_are_current_needs_no_pandas():
    tree = ast.parse(Path(manifest_module.__file__).read_text(encoding="utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {getattr(node, "module", None) or node.names[0].name for node in imports}
    allowed = ("evaluation.project", "evaluation.vocabulary")
    assert all(name.startswith(allowed) or name.split(".")[0] in sys.stdlib_module_names for name in names)
