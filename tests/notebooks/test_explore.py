"""The tutorial runs from the top, in prose of every language.

It shows how one writes code with the library, so unlike in the notebooks of a report a cell may hold several
statements. Numbers in prose are words, because what a cell shows may change.
"""

import re

import nbformat
import pytest
from nbclient import NotebookClient

from evaluation.text.catalogue import languages

from .test_rules import FOLDER, cells, tags

PATH = FOLDER / "explore.ipynb"
SECONDS = 30
"""What a cell may take on a machine with much else to do; alone, none takes more than two."""


@pytest.fixture(scope="module")
def executed():
    notebook = nbformat.read(PATH, as_version=4)
    NotebookClient(notebook, timeout=SECONDS, resources={"metadata": {"path": str(FOLDER)}}).execute()
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_holds_no_outputs():
    assert all(not cell.outputs and cell.execution_count is None for cell in cells(PATH, "code"))


def test_prose_stands_in_every_language():
    order = [tags(cell) for cell in cells(PATH, "markdown")]
    expected = [[f"lang-{lang}"] for lang in sorted(languages(), reverse=True)]
    assert order == expected * (len(order) // len(expected))


def test_prose_holds_no_numbers():
    prose = [re.sub(r"`[^`]*`", "", cell.source) for cell in cells(PATH, "markdown")]
    assert not [text for text in prose if re.search(r"\d", text)]


def test_every_file_it_names_is_there():
    named = {
        name
        for cell in cells(PATH, "markdown")
        for name in re.findall(r"`((?:docs|tests)/[^`]+)`", cell.source)
    }
    assert named
    assert [name for name in named if not (FOLDER.parent / name).exists()] == []


@pytest.mark.slow
def test_runs_from_the_top_without_a_warning(executed):
    streams = [output for cell in executed for output in cell.outputs if output.output_type == "stream"]
    assert [output.text for output in streams if output.name == "stderr"] == []


@pytest.mark.slow
def test_only_the_planned_error_is_met_and_told_in_one_line(executed):
    errors = [
        (tags(cell), output.traceback)
        for cell in executed
        for output in cell.outputs
        if output.output_type == "error"
    ]
    assert [kind for kind, _ in errors] == [["raises-exception"]]
    assert [len("\n".join(lines).splitlines()) for _, lines in errors] == [1]


@pytest.mark.slow
def test_figures_are_pictures_and_results_are_tables(executed):
    for cell in executed:
        kinds = {kind for output in cell.outputs for kind in output.get("data", {})}
        if cell.source.endswith(".plot()"):
            assert "image/png" in kinds
        elif cell.source.splitlines()[-1] in ("change", "gap", "sensitivity"):
            assert "text/html" in kinds


@pytest.mark.slow
def test_what_it_promises_comes_true(executed):
    shown = {
        cell.source: "".join(
            output.get("text", output.get("data", {}).get("text/plain", "")) for output in cell.outputs
        )
        for cell in executed
    }
    hits = next(text for source, text in shown.items() if "intervals contain" in source)
    assert 17 <= int(hits.split()[0]) <= 20
    same = next(text for source, text in shown.items() if "ttest_rel" in source)
    assert len({tuple(line.split()[1:]) for line in same.splitlines()[1:]}) == 1
    gap = next(text for source, text in shown.items() if source.startswith("protect("))
    assert "Not protected" not in gap
