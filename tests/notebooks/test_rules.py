"""Notebooks stay thin: parameters, setup, then one call a cell; prose in every language, without numbers."""

import ast
import re
from pathlib import Path

import nbformat
import pytest

from evaluation.chapters import CHAPTERS, NOTEBOOKS
from evaluation.programme.chapter import NOTEBOOK
from evaluation.text.catalogue import languages

FOLDER = Path(__file__).resolve().parents[2] / "notebooks"
FILES = sorted(FOLDER.glob("[0-9]*.ipynb"))


def cells(path: Path, kind: str):
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == kind]


def tags(cell) -> list[str]:
    return cell.metadata.get("tags", [])


def test_every_chapter_has_its_notebook():
    assert set(NOTEBOOKS) == set(CHAPTERS)
    assert sorted([*NOTEBOOKS.values(), NOTEBOOK]) == [path.stem for path in FILES]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
class TestNotebook:
    def test_begins_with_parameters_and_setup(self, path):
        code = cells(path, "code")
        assert tags(code[0]) == ["parameters"]
        assert tags(code[1]) == ["setup"]
        assert len(code) <= 14

    def test_every_other_cell_is_exactly_one_call(self, path):
        for cell in cells(path, "code")[2:]:
            body = ast.parse(cell.source).body
            assert len(body) == 1
            assert isinstance(body[0], ast.Expr)
            assert isinstance(body[0].value, ast.Call)

    def test_holds_no_outputs(self, path):
        assert all(not cell.outputs and cell.execution_count is None for cell in cells(path, "code"))

    def test_prose_stands_in_every_language(self, path):
        prose = cells(path, "markdown")
        order = [tags(cell) for cell in prose]
        expected = {f"lang-{lang}" for lang in languages()}
        size = len(expected)
        assert len(order) % size == 0
        for start in range(0, len(order), size):
            assert {tag for found in order[start : start + size] for tag in found} == expected

    def test_prose_holds_no_numbers(self, path):
        assert not [cell.source for cell in cells(path, "markdown") if re.search(r"\d", cell.source)]
