"""Data are kept until their date, and deleted after it; nothing else is touched."""

from datetime import date

import pytest

from evaluation.data.ingest import ingest_and_store
from evaluation.data.privacy.retention import is_expired, purge, refuse_expired
from evaluation.vocabulary.errors import PrivacyError

HEADER = ["id", "A", "B", "C"]
ROWS = [HEADER, ["p1", "1", "2", "3"], ["p2", "4", "", "5"]]
LAST, AFTER = date(2090, 6, 30), date(2090, 7, 1)


@pytest.fixture
def kept(make_project):
    """Return a function that makes a project whose data are on the disk."""

    def make(**parts):
        privacy = {"keep_until": LAST}
        project = make_project({"one.csv": ROWS, "two.csv": ROWS}, **{"privacy": privacy, **parts})
        ingest_and_store(project)
        return project

    return make


def test_before_the_date_nothing_is_deleted(kept):
    project = kept()
    with pytest.raises(PrivacyError, match="kept until 2090-06-30; nothing was deleted"):
        purge(project, LAST, raw=True)
    assert project.processed_folder.is_dir()


def test_after_the_date_tables_go_and_exports_if_asked_for(kept):
    project = kept()
    (done,) = purge(project, AFTER)
    assert (done.folder, done.files) == (project.processed_folder, 9)
    assert not project.processed_folder.exists()
    assert project.raw_folder.exists()
    (raw,) = purge(project, AFTER, raw=True)
    assert (raw.files, raw.folder.exists()) == (2, False)
    assert purge(project, AFTER, raw=True) == []


def test_remains_of_interrupted_runs_are_deleted(kept):
    project = kept()
    left = project.processed_folder.with_name(".small.123")
    left.mkdir()
    (left / "people.parquet").write_text("x")
    purge(project, AFTER)
    assert not left.exists()


def test_what_a_programme_keeps_of_a_project_is_deleted(kept):
    project = kept()
    counts = project.processed_folder.with_name(".small.programme")
    counts.mkdir()
    (counts / "0.json").write_text("{}")
    assert [entry.folder for entry in purge(project, AFTER)] == [project.processed_folder, counts]
    assert not counts.exists()


def test_without_a_date_it_must_be_asked_for_now(kept):
    project = kept(privacy={})
    with pytest.raises(PrivacyError, match="does not say until when"):
        purge(project, AFTER)
    assert purge(project, AFTER, now=True)


def test_a_folder_elsewhere_loses_only_its_own_files(kept, tmp_path):
    project = kept(paths={"processed": str(tmp_path / "shared")})
    (tmp_path / "shared" / "thesis.docx").write_text("mine")
    (done,) = purge(project, AFTER)
    assert (done.left, sorted(path.name for path in done.folder.iterdir())) == (
        ("thesis.docx",),
        ["thesis.docx"],
    )


def test_exports_are_refused_after_the_date(kept):
    project = kept()
    refuse_expired(project, LAST)
    with pytest.raises(PrivacyError, match=r"project\.yaml privacy\.keep_until: .* 2090-06-30"):
        refuse_expired(project, AFTER)


def test_made_up_files_may_be_kept(kept):
    from evaluation.data.manifest import SIMULATED, file_sha256

    project = kept()
    files = {name: file_sha256(project.raw_folder / name) for name in ("one.csv", "two.csv")}
    (project.raw_folder / SIMULATED).write_text(__import__("json").dumps({"files": files}))
    assert not is_expired(project, AFTER)


@pytest.mark.parametrize("elsewhere", [False, True])
def test_executed_chapters_go_with_the_tables(kept, elsewhere):
    project = kept()
    if elsewhere:
        paths = project.definition.paths.model_copy(update={"processed": str(project.processed_folder)})
        definition = project.definition.model_copy(update={"paths": paths})
        project = project.model_copy(update={"definition": definition})
    chapters = project.processed_folder.with_name(f".{project.processed_folder.name}.chapters")
    chapters.mkdir()
    (chapters / "00_overview-1.ipynb").write_text("{}")
    assert (chapters, 1) in [(one.folder, one.files) for one in purge(project, AFTER)]
    assert not chapters.exists()
