"""Every Python block of the README and the docs runs, those of one page in their order."""

import re

import pytest

from .pages import ROOT

BLOCK = re.compile(r"^```python\n(.*?)^```", re.DOTALL | re.MULTILINE)
CASES = [
    pytest.param(path, id=path.name)
    for path in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    if BLOCK.search(path.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("page", CASES)
def test_python_blocks_run(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    source = page.read_text(encoding="utf-8")
    names = {"__name__": "docs"}
    for block in BLOCK.finditer(source):
        line = source[: block.start(1)].count("\n")
        exec(compile("\n" * line + block[1], str(page), "exec"), names)
