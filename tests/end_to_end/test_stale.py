"""No chapter is kept that would come out differently: every column of every raw file is changed in turn."""

import ast
import csv
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from evaluation.chapters import NOTEBOOKS, chapters_of
from evaluation.data.ingest import ingest
from evaluation.report.exhibit import Exhibit
from evaluation.report.watched import HandedOut, watched
from evaluation.study import Study, handed_down, study_of
from evaluation.vocabulary.errors import EvaluationError
from tests.conftest import rehearsed

ROOT = Path(__file__).parents[2]
PROGRAMMES = ("compared", "linked", "example")
HIDDEN = "import check_parameters"
"""Parameters are checked by the shell, which there is none of here."""


def shown(chapter: str, study: Study) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """Run a chapter's cells as its notebook does; return its exhibits, and what it read with fingerprints."""
    path = ROOT / "notebooks" / f"{NOTEBOOKS[chapter]}.ipynb"
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    space: dict[str, Any] = {"project_file": str(study.loaded.file), "In": []}
    exhibits: list[Exhibit] = []
    with handed_down(study), watched() as reads:
        for cell in cells:
            if cell["cell_type"] == "code" and "parameters" not in cell["metadata"].get("tags", []):
                found = value("".join(cell["source"]), space)
                exhibits += [found] if isinstance(found, Exhibit) else found or ()
    read = {one: HandedOut(study).fingerprint(one) for one in reads()}
    return [exhibit.to_dict() for exhibit in exhibits], read


def value(source: str, space: dict[str, Any]) -> Any:
    """Run a cell and return the value of its last line."""
    *before, last = ast.parse(source).body
    exec(compile(ast.Module(before, []), "cell", "exec"), space)
    if isinstance(last, ast.Expr):
        return eval(compile(ast.Expression(last.value), "cell", "eval"), space)
    exec(compile(ast.Module([last], []), "cell", "exec"), space)
    return None


def swapped(rows: list[list[Any]], column: int) -> list[list[Any]]:
    """Exchange the first two cells of a column that differ, below the header."""
    first = rows[1][column]
    other = next((row for row in rows[2:] if row[column] != first), rows[1])
    rows[1][column], other[column] = other[column], first
    return rows


def with_csv(path: Path, change: Callable[[list[list[Any]]], list[list[Any]]]) -> None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        delimiter = ";" if ";" in file.readline() else ","
        file.seek(0)
        rows = change(list(csv.reader(file, delimiter=delimiter)))
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)


def with_workbook(path: Path, change: Callable[[list[list[Any]]], list[list[Any]]]) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book.active
    rows = change([list(row) for row in sheet.iter_rows(values_only=True)])
    for number, row in enumerate(rows, 1):
        for place, cell in enumerate(row, 1):
            sheet.cell(number, place).value = cell
    book.save(path)


CHANGED = {".csv": with_csv, ".xlsx": with_workbook}


def columns(folder: Path) -> Iterator[tuple[Path, int]]:
    for path in sorted(folder.iterdir()):
        if path.suffix in CHANGED:
            widths: list[int] = []
            shutil.copy(path, folder / f".{path.name}")
            CHANGED[path.suffix](path, lambda rows, widths=widths: widths.append(len(rows[0])) or rows)
            shutil.move(folder / f".{path.name}", path)
            yield from ((path, column) for column in range(widths[0]))


@pytest.mark.slow
@pytest.mark.parametrize("programme", PROGRAMMES)
def test_what_is_kept_is_what_comes_out(programme, tmp_path):
    study = rehearsed(ROOT / "tests" / programme, tmp_path)
    before = {chapter: shown(chapter, study) for chapter in chapters_of(study.loaded.definition)}
    kept = changed = 0
    for path, column in columns(study.loaded.raw_folder):
        whole = path.read_bytes()
        CHANGED[path.suffix](path, lambda rows, column=column: swapped(rows, column))
        try:
            now = study_of(study.loaded, ingest(study.loaded), study.lang)
        except EvaluationError:
            continue
        finally:
            path.write_bytes(whole)
        handed_out = HandedOut(now)
        for chapter, (exhibits, read) in before.items():
            if handed_out.are(read):
                kept += 1
                assert shown(chapter, now)[0] == exhibits, (path.name, column, chapter)
            else:
                changed += 1
    assert kept > 0
    assert changed > 0
