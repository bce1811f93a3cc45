"""What evaluations that were cut off left is deleted, and nothing that is in use."""

import os
import subprocess
import sys

import pytest

from evaluation.programme import work
from evaluation.programme.work import HERE, clear_remains


@pytest.fixture
def gone():
    """Return the number of a process that is not there any more."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    return ended.pid


def folders(place):
    return sorted(path.name for path in place.iterdir())


def test_only_what_nobody_uses_is_deleted(tmp_path, gone):
    names = [
        f".processed.{HERE}-{os.getpid()}",
        f".processed.other-{gone}",
        ".processed.programme",
        "processed",
    ]
    for name in [*names, f".processed.{HERE}-{gone}"]:
        (tmp_path / name).mkdir()
    clear_remains(tmp_path / "processed")
    assert folders(tmp_path) == sorted(names)


def test_what_another_computer_left_is_deleted_when_it_is_old(tmp_path, gone, monkeypatch):
    left = tmp_path / f".processed.other-{gone}"
    left.mkdir()
    begun = left.stat().st_mtime
    monkeypatch.setattr(work.time, "time", lambda: begun + work.DAY - 60)
    clear_remains(tmp_path / "processed")
    assert left.exists()
    monkeypatch.setattr(work.time, "time", lambda: begun + work.DAY + 60)
    clear_remains(tmp_path / "processed")
    assert not left.exists()


def test_what_is_kept_is_replaced(tmp_path):
    work._store({"status": "evaluated"}, tmp_path / "kept", "one.json")
    work._store({"status": "evaluated"}, tmp_path / "kept", "two.json")
    assert folders(tmp_path / "kept") == ["two.json"]
