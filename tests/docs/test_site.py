"""What the pages of the reference are built from; `make docs` builds them and fails on every warning."""

import importlib.util
import re
from pathlib import Path

import pytest

from evaluation.vocabulary.references import REFERENCES

from .pages import ROOT

PACKAGE = ROOT / "src" / "evaluation"


@pytest.fixture(scope="module")
def conf():
    spec = importlib.util.spec_from_file_location("docs_conf", ROOT / "docs" / "conf.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_package_is_shown_or_named_as_machinery(conf):
    found = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    shown = {name.rpartition(".")[2] for name in conf.public_modules()} - {"evaluation"}
    assert shown | set(conf.MACHINERY) == found
    assert not shown & set(conf.MACHINERY)


def test_every_module_of_a_shown_package_has_a_page(conf):
    shown = {module for modules in conf.public_modules().values() for module in modules}
    for package in ("stats", "change", "network"):
        stems = {path.stem for path in (PACKAGE / package).glob("*.py")} - {"__init__"}
        assert {f"evaluation.{package}.{stem}" for stem in stems} <= shown


def test_references_are_spelled_out_and_formulas_are_left_as_written(conf):
    lines = [
        "|t| of `x_y*` is t*.",
        "",
        "References",
        "----------",
        "bell2002,",
        "manski1989",
        "",
        "Examples",
    ]
    lines += ["--------", ">>> 2 * 3 | 1", "7"]
    conf.ready_docstring(None, "function", "x", None, None, lines)
    text = "\n".join(lines)
    assert r"\|t\| of `x_y*` is t\*." in text
    assert ">>> 2 * 3 | 1" in text
    assert f"* {REFERENCES['bell2002']}\n* {REFERENCES['manski1989']}\n" in text


def test_the_menu_names_pages_that_are_there(conf):
    named = set(re.findall(r"^[\w./-]+$", conf.GUIDE, re.MULTILINE))
    assert {"reading", "methods", "api/index"} <= named
    assert all((ROOT / "docs" / f"{name}.md").is_file() for name in named - {"api/index"})


def test_the_guide_leads_to_every_page_or_a_page_that_does():
    start = ROOT / "docs" / "index.md"
    seen, waiting = set(), [start]
    while waiting:
        page = waiting.pop()
        if page in seen:
            continue
        seen.add(page)
        links = re.findall(r"\]\(([^)#\s]+\.md)", page.read_text(encoding="utf-8"))
        waiting += [
            (page.parent / link).resolve() for link in links if (page.parent / link).resolve().is_file()
        ]
    assert sorted(path.name for path in set(Path(ROOT / "docs").glob("*.md")) - seen) == []
