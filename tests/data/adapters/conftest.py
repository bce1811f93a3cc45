"""Public exports from outside the repository, and small ones written by the tests."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from evaluation.data.export import Export
from evaluation.data.read import read_export
from evaluation.project.source import Source
from tests.data.build import write_table

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"


def source(**parts) -> Source:
    """Return a source with answers."""
    return Source(**{"kind": "answers", "file": "x.csv", "waves": ["w"], **parts})


@pytest.fixture
def public() -> Callable[[str], Path]:
    """Return a public file; skip where it is not on the machine."""

    def find(name: str) -> Path:
        path = SHARED / name
        if not path.exists():
            pytest.skip(f"the public file {name} is not on this machine")
        return path

    return find


@pytest.fixture
def reading(tmp_path: Path) -> Callable[..., Export]:
    """Write rows to a file and read it as an export."""

    def read(rows, name: str = "x.csv", *, encoding: str = "utf-8", delimiter: str = ",", **parts) -> Export:
        write_table(tmp_path / name, rows, encoding=encoding, delimiter=delimiter)
        return read_export(tmp_path / name, source(**parts))

    return read


@pytest.fixture
def put(raw: Path, public) -> Callable[[str, str], None]:
    """Copy a public file to the raw folder of the small project."""

    def copy(name: str, to: str) -> None:
        shutil.copyfile(public(name), raw / to)

    return copy
