"""What holds for every file of the package: layers, sizes, imports and forbidden words."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "evaluation"
FILES = sorted(SOURCE.rglob("*.py"))


def trees() -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in FILES}


def body_lines(function: ast.FunctionDef) -> int:
    body = function.body[1:] if ast.get_docstring(function) and len(function.body) > 1 else function.body
    return (function.end_lineno or 0) - body[0].lineno + 1


def test_layers_are_kept():
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports; raise SystemExit(lint_imports())"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    "heavy", ["matplotlib", "seaborn", "statsmodels", "papermill", "nbconvert", "pandera"]
)
def test_import_is_light(heavy):
    code = f"import evaluation, sys; raise SystemExit('{heavy}' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], timeout=60).returncode == 0


def test_files_are_short():
    long = {path.name: n for path in FILES if (n := len(path.read_text(encoding="utf-8").splitlines())) > 400}
    assert not long


def test_nine_of_ten_bodies_are_short():
    sizes = [
        body_lines(node)
        for tree in trees().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
    ]
    assert sum(size <= 25 for size in sizes) >= 0.9 * len(sizes)
    assert max(sizes) <= 40


def test_no_assert_no_print_no_bare_except():
    found = []
    for path, tree in trees().items():
        for node in ast.walk(tree):
            bare = isinstance(node, ast.ExceptHandler) and node.type is None
            printed = (
                isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
            )
            if isinstance(node, ast.Assert) or bare or printed:
                found.append(f"{path.name}:{node.lineno}")
    assert not found


def test_no_folder_for_odds_and_ends():
    assert not [path for path in FILES if re.search(r"utils?|helpers?|common|misc", path.stem)]
