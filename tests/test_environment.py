"""One set of packages: pyproject, the locks and the conda environment agree, and name no index."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from evaluation import __version__

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
LOCKS = {"lock.txt": EXTRAS["test"], "lab.txt": [*EXTRAS["test"], *EXTRAS["lab"]]}


def pinned(name: str) -> dict[str, set[Version]]:
    found: dict[str, set[Version]] = {}
    for line in (ROOT / "requirements" / name).read_text(encoding="utf-8").splitlines():
        if match := re.match(r"([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^ ;\\]+)", line):
            found.setdefault(canonicalize_name(match[1]), set()).add(Version(match[2]))
    return found


@pytest.mark.parametrize("name", LOCKS)
class TestLock:
    def test_holds_everything_that_is_asked_for(self, name):
        versions = pinned(name)
        for text in [*PROJECT["dependencies"], *LOCKS[name]]:
            wanted = Requirement(text)
            found = versions.get(canonicalize_name(wanted.name))
            assert found, f"{wanted.name} is not in {name}; run make lock"
            assert all(version in wanted.specifier for version in found), text

    def test_names_no_index_and_no_address(self, name):
        text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert "--index" not in text
        assert "--find-links" not in text

    def test_every_package_has_fingerprints(self, name):
        text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
        for entry in re.split(r"\n(?=[A-Za-z0-9])", text.strip()):
            assert "--hash=sha256:" in entry, entry.splitlines()[0]


def test_jupyterlab_is_only_in_the_lock_of_its_own():
    assert "jupyterlab" in pinned("lab.txt")
    assert "jupyterlab" not in pinned("lock.txt")


def test_the_locks_agree():
    short, long = pinned("lock.txt"), pinned("lab.txt")
    assert {name: long[name] for name in short} == short


def test_conda_gets_the_same_packages():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    python = next(entry for entry in environment["dependencies"] if str(entry).startswith("python="))
    assert (
        Version(python.removeprefix("python="))
        in Requirement(f"python{PROJECT['requires-python']}").specifier
    )
    pip = next(entry["pip"] for entry in environment["dependencies"] if isinstance(entry, dict))
    assert "-r requirements/lab.txt" in pip


def test_one_version_everywhere():
    assert PROJECT["version"] == __version__
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == __version__
