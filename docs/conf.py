"""How `make docs` builds the guide and the reference of functions as pages, without a network.

The guide is the Markdown of the repository as it lies. The pages of the reference are written from the
package into docs/api when the build begins, and are not kept in the repository.
"""

import importlib
import inspect
import pkgutil
import re
import shutil
from pathlib import Path
from typing import Any

import evaluation
from evaluation.vocabulary.references import REFERENCES

ROOT = Path(__file__).parents[1]
API = ROOT / "docs" / "api"
MACHINERY = (
    "audit",
    "chapters",
    "cli",
    "data",
    "figures",
    "project",
    "report",
    "rules",
    "text",
    "vocabulary",
)
"""Packages that a researcher calls no function of: they make reports."""

project = "skills-evaluation"
author = copyright = "The skills-evaluation authors"
version = release = evaluation.__version__
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
root_doc = "docs/index"
suppress_warnings = ["toc.not_included"]  # the pages of other folders are reached by links
include_patterns = [
    "*.md",
    "docs/**.md",
    "data/*/README.md",
    "projects/*/README.md",
    "reports/README.md",
    "tests/**/README.md",
]
exclude_patterns = [".*", "build", "**/.venv"]
html_theme = "furo"
html_title = "Evaluation of skills-development programmes"
html_copy_source = False
default_role = "code"
highlight_language = "none"
myst_heading_anchors = 4
autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented"
napoleon_google_docstring = False
napoleon_use_rtype = False

GUIDE = """
```{toctree}
:hidden:
:glob:
:caption: Guide

../README
reading
reading.sv
project
data
codebook
adapters
linkage
data-protection
methods
calibration
glossary
*
../CONTRIBUTING
../CHANGELOG
```

```{toctree}
:hidden:
:caption: Functions

api/index
```
"""
"""The menu: the pages in the order in which they are read, and `*` for those that are not named."""


def public_modules() -> dict[str, list[str]]:
    """List the modules with functions for researchers, by package."""
    packages: dict[str, list[str]] = {"evaluation": ["evaluation.result", "evaluation.study"]}
    for info in pkgutil.walk_packages(evaluation.__path__, "evaluation."):
        parts = info.name.split(".")
        if len(parts) > 2 and parts[1] not in MACHINERY:
            packages.setdefault(".".join(parts[:2]), []).append(info.name)
    return packages


def write_reference(app: Any) -> None:
    """Write a page per module and one per package."""
    shutil.rmtree(API, ignore_errors=True)
    API.mkdir()
    packages = public_modules()
    for package, modules in packages.items():
        for module in modules:
            (API / f"{module}.md").write_text(_module_page(module), encoding="utf-8")
        rows = [f"| [{module}]({module}.md) | {_first_line(module)} |" for module in modules]
        menu = ["```{toctree}", ":hidden:", "", *modules, "```"]
        page = [f"# {package}", "", _first_line(package), "", "| module | |", "|---|---|", *rows, "", *menu]
        (API / f"{package}.md").write_text("\n".join(page) + "\n", encoding="utf-8")
    rows = [f"| [{package}]({package}.md) | {_first_line(package)} |" for package in packages]
    menu = ["```{toctree}", ":hidden:", "", *packages, "```"]
    page = ["# Functions", "", "| package | |", "|---|---|", *rows, "", *menu]
    (API / "index.md").write_text("\n".join(page) + "\n", encoding="utf-8")


def _module_page(module: str) -> str:
    return f"# {module}\n\n```{{eval-rst}}\n.. automodule:: {module}\n   :members:\n```\n"


def _first_line(module: str) -> str:
    return (inspect.getdoc(importlib.import_module(module)) or "").partition("\n")[0].replace("|", "\\|")


def ready_docstring(app: Any, what: str, name: str, obj: object, options: object, lines: list[str]) -> None:
    """Let formulas stand as they are written, and put full references in the place of their keys."""
    lines[:] = _spelled_out(_literal(lines))


def _literal(lines: list[str]) -> list[str]:
    """Escape what reStructuredText would take as markup, outside code and examples."""
    found, example = [], False
    for line in lines:
        example = line.strip().startswith(">>>") or (example and bool(line.strip()))
        parts = [line] if example else re.split(r"(`[^`]*`)", line)
        found.append("".join(part if part[:1] == "`" or example else _escaped(part) for part in parts))
    return found


def _escaped(text: str) -> str:
    return re.sub(r"[|*]|(?<=\w)_(?!\w)", r"\\\g<0>", text)


def _spelled_out(lines: list[str]) -> list[str]:
    """Replace the keys under the heading References."""
    text = "\n".join(lines) + "\n"
    return re.sub(r"(References\n-{10,}\n)((?:.*\S.*\n?)+)", _spelled, text).split("\n")


def _spelled(match: re.Match[str]) -> str:
    keys = [key for key in re.split(r"[,\s]+", match[2].strip()) if key]
    if not set(keys) <= REFERENCES.keys():
        return match[0]
    return match[1] + "".join(f"* {REFERENCES[key]}\n" for key in keys)


def add_menu(app: Any, name: str, source: list[str]) -> None:
    """Add the menu to the first page, which is also read as it lies."""
    if name == root_doc:
        source[0] += GUIDE


def lead_to_the_first_page(app: Any, exception: Exception | None) -> None:
    """Let the folder's own index lead to the first page."""
    page = f'<meta charset="utf-8"><meta http-equiv="refresh" content="0; url={root_doc}.html"><title>{project}</title>'
    (Path(app.outdir) / "index.html").write_text(page + "\n", encoding="utf-8")


def setup(app: Any) -> None:
    """Connect the steps of the build."""
    app.connect("builder-inited", write_reference)
    app.connect("source-read", add_menu)
    app.connect("build-finished", lead_to_the_first_page)
    app.connect("autodoc-process-docstring", ready_docstring, priority=400)
