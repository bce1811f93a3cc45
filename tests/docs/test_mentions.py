"""The docs mention every word a reader can meet: columns, rules, verdicts, commands, keys and codes."""

import csv
import json
import re

import pytest
from pydantic import BaseModel
from typer.main import get_command

from evaluation.cli import app
from evaluation.data.answer_text import MISSING
from evaluation.data.manifest import TABLES, Accounting, Cells, Input, Linked, Manifest
from evaluation.data.tables import SCHEMAS
from evaluation.project import impact, layout, linkage, measure, model, rule, simulation, source
from evaluation.text.catalogue import say
from evaluation.vocabulary.columns import GLOSSARY
from evaluation.vocabulary.errors import ERRORS
from evaluation.vocabulary.references import REFERENCES
from evaluation.vocabulary.terms import CAUSES
from evaluation.vocabulary.verdicts import MARKS, VERDICTS

from .pages import ROOT, text


def _unmentioned(words, *pages):
    """Return the words that no page has as `code`."""
    code = {
        part for page in pages for span in re.findall(r"`([^`\n]+)`", text(page)) for part in _parts(span)
    }
    return [word for word in words if word not in code]


def _parts(span):
    return {span, *re.findall(r"[A-Za-z_][A-Za-z0-9_]*", span)}


def test_every_column_is_explained():
    assert _unmentioned(GLOSSARY, "docs/glossary.md") == []


def test_every_rule_kind_is_explained():
    for page in ("docs/project.md", "docs/methods.md", "docs/glossary.md"):
        assert _unmentioned(rule.RULE_KINDS, page) == []


@pytest.mark.parametrize(("page", "lang"), [("docs/reading.md", "en"), ("docs/reading.sv.md", "sv")])
def test_every_verdict_is_explained_to_readers(page, lang):
    labels = {say(verdict.label, lang): MARKS[verdict.tone] for verdict in VERDICTS.values()}
    rows = [line for line in text(page).splitlines() if line.startswith("|")]
    missing = [word for word, mark in labels.items() if not any(f"{mark} {word} |" in row for row in rows)]
    assert missing == []


def test_every_verdict_stands_in_the_glossary_in_both_languages():
    glossary = text("docs/glossary.md")
    for key, verdict in VERDICTS.items():
        assert f"| `{key}` | {say(verdict.label, 'sv')} | {say(verdict.label, 'en')} |" in glossary


def test_every_verdict_has_its_condition_in_the_methods():
    assert _unmentioned(VERDICTS, "docs/methods.md") == []


def test_every_command_is_mentioned():
    commands = get_command(app).commands
    said = text("README.md")
    assert [name for name in commands if f"`evaluation {name} " not in said] == []


MODELS = (model, rule, measure, source, layout, simulation, linkage, impact)


def _keys(module):
    for found in vars(module).values():
        if isinstance(found, type) and issubclass(found, BaseModel) and found.__module__ == module.__name__:
            yield from (field.alias or name for name, field in found.model_fields.items())


def test_every_key_of_the_definition_is_explained():
    keys = {key for module in MODELS for key in _keys(module)} - {"definition"}
    assert _unmentioned(sorted(keys), "docs/project.md") == []


def test_every_column_of_the_codebook_is_explained():
    template = ROOT / "src" / "evaluation" / "project" / "template" / "codebook.csv"
    header = next(csv.reader(template.read_text(encoding="utf-8-sig").splitlines()))
    assert _unmentioned(header, "docs/project.md") == []


def test_every_exit_code_is_explained():
    said = text("docs/project.md")
    assert [error.__name__ for error in ERRORS if f"\n| {error.exit_code} | " not in said] == []


def test_tables_and_their_columns_are_explained():
    columns = {column for schema in SCHEMAS.values() for column in schema.columns}
    assert _unmentioned([*TABLES, *sorted(columns)], "docs/data.md") == []


def test_the_manifest_is_explained():
    fields = {
        name for kind in (Manifest, Input, Accounting, Cells, Linked) for name in kind.__dataclass_fields__
    }
    assert _unmentioned(sorted(fields), "docs/data.md") == []


def test_kinds_of_missing_answers_and_reasons_are_explained():
    reasons = [cause.removeprefix("row_") for cause in CAUSES]
    assert _unmentioned([*MISSING, *reasons], "docs/data.md") == []


def test_references_of_the_methods_are_the_packages_own():
    body, _, listed = text("docs/methods.md").partition("## References")
    keys = sorted(set(re.findall(r"`([a-z]+\d{4}[a-z]?)`", body)))
    found = dict(re.findall(r"^- `(\w+)`: (.+(?:\n  .+)*)", listed, re.MULTILINE))
    assert sorted(found) == keys
    assert {key: re.sub(r"\s+", " ", found[key]) for key in keys} == {key: REFERENCES[key] for key in keys}


def test_every_kind_of_reference_case_is_named_in_the_methods():
    cases = json.loads((ROOT / "tests" / "reference" / "cases" / "cases.json").read_text(encoding="utf-8"))
    assert _unmentioned({case["estimator"] for case in cases}, "docs/methods.md") == []
