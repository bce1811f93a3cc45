"""Small projects on the disk, written by the test that needs them."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from evaluation.project.model import LoadedProject
from tests.data.build import QUESTIONS, SURVEY, WAVES, indicator, write_table
from tests.unchecked import load_unchecked


@pytest.fixture
def make_project(tmp_path: Path) -> Callable[..., LoadedProject]:
    """Write a project and its raw files; every part can be replaced."""

    def make(
        files: dict[str, Sequence[Sequence[Any]]] | None = None,
        *,
        sources: dict[str, Any] = SURVEY,
        questions: Sequence[Sequence[str]] = QUESTIONS,
        response: str = "AG5",
        delimiter: str = ",",
        encoding: str = "utf-8",
        **parts: Any,
    ) -> LoadedProject:
        folder = tmp_path / "projects" / "small"
        folder.mkdir(parents=True, exist_ok=True)
        definition = {
            "name": {"sv": "Liten", "en": "Small"},
            "languages": ["sv", "en"],
            "waves": WAVES,
            "sources": sources,
            "indicators": {"one": indicator(questions[0][0])},
            **parts,
        }
        (folder / "project.yaml").write_text(
            yaml.safe_dump(definition, allow_unicode=True, sort_keys=False), encoding="utf-8"
        )
        rows = [[*question, *("", response, "", "")[len(question) - 3 :]][:6] for question in questions]
        header = ["item", "source", "column", "wave", "response", "reverse"]
        write_table(folder / "codebook.csv", [header, *rows])
        for name, table in (files or {}).items():
            write_table(
                tmp_path / "data" / "raw" / "small" / name, table, delimiter=delimiter, encoding=encoding
            )
        return load_unchecked(folder)

    return make


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """Return the folder of raw files of the small project."""
    folder = tmp_path / "data" / "raw" / "small"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
