"""One whole report of Skills Halland, made once by the command line as a user would."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def copy_programme(folder: Path, name: str = "halland") -> Path:
    """Copy what a report needs, without data: the definition and the notebooks."""
    shutil.copytree(ROOT / "projects" / name, folder / "projects" / name)
    shutil.copytree(
        ROOT / "notebooks", folder / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints")
    )
    return folder / "projects" / name


def evaluation(*words: object, cwd: Path, lang: str = "en") -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    env = {**os.environ, "EVALUATION_LANG": lang, "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-m", "evaluation", *map(str, words)],
        cwd=cwd,
        env=env,
        capture_output=True,
        text=True,
        timeout=300,
    )


def _report(name: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp(name)
    project = copy_programme(root, name)
    done = evaluation("report", project, "--out", root / "out", cwd=root)
    assert done.returncode == 0, done.stderr
    return root / "out"


@pytest.fixture(scope="session")
def halland(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a report that was made from nothing but the definition."""
    return _report("halland", tmp_path_factory)


@pytest.fixture(scope="session")
def almi(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the other programme's report, made once for all tests."""
    return _report("almi", tmp_path_factory)


GROUPED = {
    name: pytest.param(name, marks=pytest.mark.xdist_group(name), id=name) for name in ("halland", "almi")
}


@pytest.fixture(scope="session", params=GROUPED.values())
def programme_report(request: pytest.FixtureRequest) -> Path:
    """Return the folder of either programme's report."""
    return request.getfixturevalue(request.param)
