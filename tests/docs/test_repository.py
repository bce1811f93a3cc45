"""Files about the repository: citation, changelog and hooks."""

import re
import subprocess
import sys

import pytest
import yaml

from evaluation.vocabulary.version import VERSION

from .pages import ROOT


def test_the_citation_has_what_the_format_demands_and_this_version():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["cff-version"] == "1.2.0"
    assert {"message", "title", "authors"} <= citation.keys()
    assert citation["authors"] == [{"name": "The skills-evaluation authors"}]
    assert citation["version"] == VERSION


def test_the_changelog_speaks_of_this_version():
    headings = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert VERSION in headings[0]


def test_every_make_target_is_explained():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):.*?## ", makefile, re.MULTILINE)) - {"help"}
    said = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert [target for target in sorted(targets) if f"make {target}" not in said] == []


def test_every_folder_of_tests_is_explained():
    said = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    package = {path.stem for path in (ROOT / "src" / "evaluation").iterdir()}
    folders = {path.name for path in (ROOT / "tests").iterdir() if (path / "__init__.py").is_file()}
    assert [name for name in sorted(folders - package) if f"`{name}`" not in said] == []


def test_hooks_are_local_and_their_scripts_exist():
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert [repo["repo"] for repo in config["repos"]] == ["local"]
    for hook in config["repos"][0]["hooks"]:
        assert hook["language"] == "system"
        assert all((ROOT / part).is_file() for part in hook["entry"].split() if part.endswith(".py"))


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("data.CSV", 1),
        ("data/raw/mine/answers.xlsx", 1),
        ("notebooks/table.parquet", 1),
        ("src/evaluation/project/answers.sav", 1),
        ("projects/mine/codebook.csv", 0),
        ("tests/reference/cases/data/sleep.csv", 0),
        ("src/evaluation/project/template/codebook.csv", 0),
        ("docs/methods.md", 0),
    ],
)
def test_data_files_are_refused(name, code):
    script = ROOT / "tools" / "refuse_data.py"
    done = subprocess.run([sys.executable, str(script), name], capture_output=True, text=True, check=False)
    assert done.returncode == code
    assert (name in done.stderr) is bool(code)
