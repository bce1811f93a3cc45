"""The command line as a user meets it: exit codes, messages in both languages, nothing half-written."""

import csv
import shutil
from pathlib import Path

import pytest
import yaml

from tests.end_to_end.conftest import copy_programme, evaluation

pytestmark = pytest.mark.slow


@pytest.fixture
def programme(tmp_path: Path) -> Path:
    return copy_programme(tmp_path)


@pytest.fixture
def rehearsed(programme: Path) -> Path:
    """Return the folder of simulated raw exports."""
    done = evaluation("simulate", programme, cwd=programme.parents[1])
    assert done.returncode == 0, done.stderr
    return programme.parents[1] / "data" / "raw" / "halland"


def edit(programme: Path, **changes) -> None:
    path = programme / "project.yaml"
    definition = yaml.safe_load(path.read_text(encoding="utf-8"))
    definition.update(changes)
    path.write_text(yaml.safe_dump(definition, allow_unicode=True), encoding="utf-8")


def check(programme: Path, lang: str = "en"):
    return evaluation("check", programme, cwd=programme.parents[1], lang=lang)


def test_new_makes_a_definition_that_passes(tmp_path):
    assert evaluation("new", "projects/mine", cwd=tmp_path).returncode == 0
    done = evaluation("check", "projects/mine", cwd=tmp_path)
    assert done.returncode == 0
    assert "3 statements" in done.stderr


def test_new_does_not_overwrite(tmp_path):
    (tmp_path / "mine").mkdir()
    assert evaluation("new", "mine", cwd=tmp_path).returncode == 9


def test_wrong_use_has_exit_code_two(tmp_path):
    assert evaluation("report", cwd=tmp_path).returncode == 2
    assert evaluation("reprot", "x", cwd=tmp_path).returncode == 2


def test_missing_project(tmp_path):
    done = evaluation("check", "nowhere", cwd=tmp_path)
    assert done.returncode == 4
    assert "Traceback" not in done.stderr


def test_several_mistakes_in_the_definition_are_told_at_once(programme):
    path = programme / "project.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("share: 0.70", "share: 70").replace("group: sex, important", "group: sx, important"),
        encoding="utf-8",
    )
    done = check(programme)
    assert done.returncode == 3
    assert done.stderr.count("Write 0.70.") == 2
    assert done.stderr.count("Did you mean sex?") == 3
    assert "project.yaml:" in done.stderr


def test_messages_are_swedish_when_asked_for(programme):
    edit(programme, languages=["sv"], name={"en": "x"})
    for words in (("--lang", "sv", "check", programme), ("check", programme, "--lang=sv")):
        done = evaluation(*words, cwd=programme.parents[1], lang="en")
        assert done.returncode == 3
        assert "saknas" in done.stderr or "saknar" in done.stderr


def test_missing_export(rehearsed, programme):
    (rehearsed / "deltagare.xlsx").unlink()
    done = check(programme)
    assert done.returncode == 4
    assert "deltagare.xlsx" in done.stderr


def test_empty_export(rehearsed, programme):
    (rehearsed / "foretag.csv").write_bytes(b"")
    assert check(programme).returncode == 4


def test_unknown_column(rehearsed, programme):
    path = rehearsed / "foretag.csv"
    path.write_text(path.read_text(encoding="utf-8-sig").replace("Kommunkod", "Kommun"), encoding="utf-8")
    done = check(programme)
    assert done.returncode == 5
    assert "Kommunkod" in done.stderr


def test_unknown_answer(rehearsed, programme):
    path = rehearsed / "deltagarenkat_fore.csv"
    text = path.read_text(encoding="utf-8-sig").replace("Instämmer helt", "Instämer helt")
    path.write_text(text, encoding="utf-8")
    done = check(programme)
    assert done.returncode == 6
    assert "Instämmer helt" in done.stderr
    assert "deltagarenkat_fore.csv:" in done.stderr


def test_duplicate_respondent(rehearsed, programme):
    path = rehearsed / "deltagarenkat_fore.csv"
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    path.write_text("\n".join([*lines, lines[1]]) + "\n", encoding="utf-8")
    assert check(programme).returncode == 6


def test_waves_without_anybody_in_common(rehearsed, programme):
    survey, earlier = rehearsed / "deltagarenkat_efter.csv", rehearsed / "deltagarenkat_fore.csv"
    _keep_rows(earlier, lambda index: index % 2 == 0)
    answered = {row[_place(earlier)] for row in _rows(earlier)[1:]}
    _keep_rows(survey, lambda index: _rows(survey)[index + 1][_place(survey)] not in answered)
    done = check(programme)
    assert done.returncode == 7
    assert "Traceback" not in done.stderr


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=";"))


def _place(path: Path) -> int:
    return _rows(path)[0].index("Deltagare")


def _keep_rows(path: Path, wanted) -> None:
    header, *rows = _rows(path)
    kept = [row for index, row in enumerate(rows) if wanted(index)]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([header, *kept])


def test_no_exports_and_no_simulation(programme):
    path = programme / "project.yaml"
    definition = yaml.safe_load(path.read_text(encoding="utf-8"))
    del definition["simulation"]
    path.write_text(yaml.safe_dump(definition, allow_unicode=True), encoding="utf-8")
    done = evaluation("report", programme, cwd=programme.parents[1])
    assert done.returncode == 4
    assert not (programme.parents[1] / "reports").exists()


def test_failing_run_leaves_the_last_good_report(rehearsed, programme):
    root = programme.parents[1]
    assert evaluation("report", programme, "--only", "overview", "--out", "out", cwd=root).returncode == 0
    before = (root / "out" / "sv" / "index.html").read_bytes()
    path = rehearsed / "deltagarenkat_fore.csv"
    path.write_text(
        path.read_text(encoding="utf-8-sig").replace("Instämmer helt", "Instämer helt"), encoding="utf-8"
    )
    assert evaluation("report", programme, "--only", "overview", "--out", "out", cwd=root).returncode == 6
    assert (root / "out" / "sv" / "index.html").read_bytes() == before


def test_failing_notebook_is_kept_and_nothing_else_is_left(rehearsed, programme):
    root = programme.parents[1]
    notebook = root / "notebooks" / "00_overview.ipynb"
    text = notebook.read_text(encoding="utf-8")
    notebook.write_text(text.replace("overview.lead(study)", "overview.nothing(study)"), encoding="utf-8")
    done = evaluation("report", programme, "--only", "overview", "--out", "out", cwd=root)
    assert done.returncode == 9
    assert "out-failed" in done.stderr
    assert (root / "out-failed" / "00_overview.ipynb").is_file()
    assert not [path for path in root.iterdir() if path.name.startswith(".out")]
    notebook.write_text(text, encoding="utf-8")
    words = ("--only", "overview", "--out", "out", "--format", "page", "--audience", "funder")
    assert evaluation("report", programme, *words, cwd=root).returncode == 0
    assert not (root / "out-failed").exists()
    assert sorted(path.name for path in (root / "out").iterdir()) == ["funder", "notebooks", "run.json"]
    assert [path.name for path in (root / "out" / "funder" / "sv").iterdir()] == ["report.html"]


def test_unknown_format_is_refused_before_anything_is_run(programme):
    done = evaluation("report", programme, "--format", "wrd", cwd=programme.parents[1])
    assert done.returncode == 9
    assert "Did you mean word?" in done.stderr
    assert not (programme.parents[1] / "data").exists()


def test_only_takes_a_chapter_of_the_programme(rehearsed, programme):
    done = evaluation("run", programme, "--only", "tagrets", cwd=programme.parents[1])
    assert done.returncode == 9
    assert "Did you mean targets?" in done.stderr


def test_simulation_never_overwrites_real_exports(rehearsed, programme):
    path = rehearsed / "foretag.csv"
    path.write_text(path.read_text(encoding="utf-8-sig") + "\n", encoding="utf-8")
    kept = path.read_bytes()
    done = evaluation("simulate", programme, cwd=programme.parents[1])
    assert done.returncode > 2
    assert path.read_bytes() == kept
    assert "Traceback" not in done.stderr


def test_rendering_again_needs_no_run(rehearsed, programme):
    root = programme.parents[1]
    assert evaluation("run", programme, "--only", "overview", "--out", "out", cwd=root).returncode == 0
    shutil.rmtree(root / "out" / "sv", ignore_errors=True)
    done = evaluation("render", programme, "--out", "out", cwd=root)
    assert done.returncode == 0, done.stderr
    assert (root / "out" / "sv" / "index.html").is_file()
