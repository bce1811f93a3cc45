"""Real programmes: their definitions are here, their data lie outside the repository."""

from collections.abc import Callable
from pathlib import Path

import pytest

from evaluation.data.ingest import ingest
from evaluation.data.store import Tables
from evaluation.project.load import load_project
from evaluation.project.model import LoadedProject

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def real() -> Callable[[str], tuple[LoadedProject, Tables]]:
    """Return a real programme and its tables; skip where its data are not on the machine."""
    known: dict[str, tuple[LoadedProject, Tables]] = {}

    def load(name: str) -> tuple[LoadedProject, Tables]:
        project = load_project(HERE / name)
        if not project.raw_folder.is_dir():
            pytest.skip(f"the public data of {project.raw_folder.name} are not on this machine")
        if name not in known:
            known[name] = (project, ingest(project))
        return known[name]

    return load
