"""Every entry of every registry is complete: words, sentences, figure, columns and a proof of its numbers."""

import ast
import doctest
import importlib
import inspect
import json
import pkgutil
import re
from pathlib import Path

import pytest

import evaluation
from evaluation.chapters import CHAPTERS
from evaluation.figures import FIGURES
from evaluation.report.workbook import PATTERNS
from evaluation.result import Result
from evaluation.text.alt import KINDS
from evaluation.text.catalogue import languages, say
from evaluation.text.format import FORMATS
from evaluation.text.sentence import describe
from evaluation.text.table import COLUMNS
from evaluation.vocabulary.columns import GLOSSARY
from evaluation.vocabulary.errors import ERRORS, EvaluationError
from evaluation.vocabulary.estimands import ESTIMANDS
from evaluation.vocabulary.estimands.gaps import GAPS
from evaluation.vocabulary.estimands.impact import IMPACT
from evaluation.vocabulary.estimands.participation import PARTICIPATION
from evaluation.vocabulary.estimands.planning import PLANNING
from evaluation.vocabulary.methods import ASSUMPTIONS, METHODS
from evaluation.vocabulary.reasons import REASONS
from evaluation.vocabulary.references import REFERENCES
from evaluation.vocabulary.terms import TERMS
from evaluation.vocabulary.verdicts import MARKS, VERDICTS

ROOT = Path(__file__).resolve().parents[2]
FULL = {
    **dict.fromkeys(GLOSSARY, 0.4),
    **dict.fromkeys(("n", "n_level", "n_reference"), 40),
    "estimate": 0.4,
    "k": 16,
    "n_total": 60,
    "n_groups": 9,
    "n_needed": 3,
    "indicator": "x",
    "unit": "person",
    "usual": "increased",
    "changes_under": "imputed bounds",
    "wave": "w3",
    "group": "sex",
    "level": "women",
    "contrast": "women - men",
    "term": "any",
    "verdict": "undecided",
    "reason": "silent_decide",
    "scale": None,
    "item": None,
    "project": None,
    "suppressed": None,
}
SPECIAL = {
    "dropped_rows": {"reason": "row_duplicate"},
    "verdict_count": {"estimate": 3, "verdict": "reached"},
}
LEFT_OUT = ([], ["level", "contrast", "group"], ["term"], ["wave"], ["level", "contrast", "group", "term"])
ABOUT_A_PART = (
    "answer_share",
    "stage_count",
    "kept_share",
    "dropped_rows",
    *PARTICIPATION,
    *GAPS,
    *IMPACT,
    *PLANNING,
)
SPOKEN = (
    "stats",
    "targets",
    "change",
    "equality",
    "missing",
    "measurement",
    "organisation",
    "network",
    "needs",
    "impact",
    "planning",
)


def modules(*folders: str):
    for info in pkgutil.walk_packages(evaluation.__path__, "evaluation."):
        if info.name != "evaluation.__main__" and (not folders or info.name.split(".")[1] in folders):
            yield importlib.import_module(info.name)


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("key", ESTIMANDS)
def test_every_quantity_can_be_said_at_every_level(key, lang):
    estimand = ESTIMANDS[key]
    assert say(estimand.label, lang)
    row = FULL | {"estimand": key} | SPECIAL.get(key, {})
    for level in ("short", "report", *(["easy"] if estimand.easy else [])):
        for left_out in LEFT_OUT if key not in ABOUT_A_PART else LEFT_OUT[:1]:
            text = str(describe({k: v for k, v in row.items() if k not in left_out}, lang=lang, level=level))
            assert text.strip(), (level, left_out)
            assert not re.search(r"[{}]|\bnan\b|\bNone\b", text), text


@pytest.mark.parametrize("key", ESTIMANDS)
def test_every_quantity_is_complete(key):
    estimand = ESTIMANDS[key]
    assert estimand.unit in FORMATS
    assert estimand.figure in FIGURES
    assert set(estimand.columns) <= set(COLUMNS)


@pytest.mark.parametrize("key", ESTIMANDS)
def test_every_quantity_has_a_proof(key):
    cases = json.loads((ROOT / "tests" / "reference" / "cases" / "cases.json").read_text(encoding="utf-8"))
    proven = {case["estimator"] for case in cases}
    assert ESTIMANDS[key].checked_by
    for name in ESTIMANDS[key].checked_by:
        assert name in proven or name.startswith("closed form"), name


def test_easy_sentences_are_short():
    for key, estimand in ESTIMANDS.items():
        assert all(len(line.message.text.split()) <= 12 for line in estimand.easy), key
    for lang in languages():
        for verdict in VERDICTS.values():
            for sentence in say(verdict.easy, lang).split("."):
                assert len(sentence.split()) <= 12


@pytest.mark.parametrize("lang", languages())
def test_every_word_of_the_package_is_said(lang):
    for message in [
        *GLOSSARY.values(),
        *TERMS.values(),
        *CHAPTERS.values(),
        *KINDS.values(),
        *ASSUMPTIONS.values(),
    ]:
        assert say(message, lang)
    for verdict in VERDICTS.values():
        assert say(verdict.label, lang)
        assert say(verdict.counted, lang, count=2, n_total=3)
        assert verdict.tone in MARKS
    for name, text in METHODS.values():
        assert say(name, lang)
        assert say(text, lang)
    assert REASONS


def test_every_error_kind_has_an_exit_code_of_its_own():
    codes = [error.exit_code for error in ERRORS]
    assert len(set(codes)) == len(codes)
    assert min(codes) > 2
    assert all(issubclass(error, EvaluationError) for error in ERRORS)


def functions():
    for module in modules(*SPOKEN):
        for name, function in vars(module).items():
            if (
                inspect.isfunction(function)
                and function.__module__ == module.__name__
                and not name.startswith("_")
            ):
                yield pytest.param(function, id=f"{module.__name__.removeprefix('evaluation.')}.{name}")


@pytest.mark.parametrize("function", list(functions()))
def test_public_functions_are_documented(function):
    text = inspect.getdoc(function) or ""
    assert re.match(r"[A-Z].*\.$", text.splitlines()[0]), "the first line is a sentence"
    if inspect.signature(function).parameters:
        assert "Parameters\n----------" in text
    for names in re.findall(r"References\n----------\n((?:\S.*\n?)+)", text):
        for key in re.split(r"[,\s]+", names.strip()):
            assert key in REFERENCES, key


def estimators():
    for case in functions():
        (function,) = case.values
        if inspect.signature(function).return_annotation in (Result, "Result"):
            yield case


@pytest.mark.parametrize("function", list(estimators()))
def test_whoever_estimates_shows_an_example(function):
    assert "\nExamples\n--------\n" in inspect.getdoc(function)
    assert ">>> " in inspect.getdoc(function)


@pytest.mark.slow
def test_every_example_runs():
    failed = {module.__name__: doctest.testmod(module).failed for module in modules()}
    assert not {name: count for name, count in failed.items() if count}


def test_every_reference_that_is_cited_in_a_result_exists():
    for path in (ROOT / "src" / "evaluation").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.keyword)
                and node.arg == "references"
                and isinstance(node.value, ast.Tuple)
            ):
                for element in node.value.elts:
                    assert not isinstance(element, ast.Constant) or element.value in REFERENCES, element.value


@pytest.mark.parametrize("unit", sorted({estimand.unit for estimand in ESTIMANDS.values()}))
def test_every_unit_can_be_written_in_a_workbook(unit):
    assert unit in PATTERNS
