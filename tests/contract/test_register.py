"""Every statement that the two programmes make has an indicator, with a verdict that can be reached."""

import csv
from pathlib import Path

import pytest

from evaluation.chapters import overview
from evaluation.project.load import load_project
from evaluation.rules import evaluate
from evaluation.vocabulary.reasons import REASONS
from evaluation.vocabulary.verdicts import VERDICTS
from tests.conftest import rehearsed

PROJECTS = Path(__file__).resolve().parents[2] / "projects"
STATEMENTS = {"halland": 43, "almi": 55}


def register(name: str) -> list[str]:
    with (PROJECTS / name / "register.csv").open(encoding="utf-8", newline="") as file:
        return [row["id"] for row in csv.DictReader(file)]


@pytest.mark.parametrize(("name", "count"), STATEMENTS.items())
def test_the_register_is_complete(name, count):
    ids = register(name)
    assert len(ids) == len(set(ids)) == count


@pytest.mark.parametrize("name", STATEMENTS)
def test_every_statement_has_an_indicator_and_none_is_made_up(name):
    indicators = load_project(PROJECTS / name).definition.indicators.values()
    assert {indicator.id for indicator in indicators} == set(register(name))


@pytest.mark.parametrize("name", STATEMENTS)
def test_what_is_not_collected_is_the_exception(name):
    indicators = load_project(PROJECTS / name).definition.indicators.values()
    absent = {indicator.id for indicator in indicators if hasattr(indicator.measure, "not_collected")}
    assert len(absent) <= 2


@pytest.fixture(scope="module", params=STATEMENTS)
def study(request, tmp_path_factory):
    return rehearsed(PROJECTS / request.param, tmp_path_factory.mktemp(request.param))


@pytest.mark.slow
def test_every_indicator_gets_a_verdict_and_a_reason(study):
    for key in study.indicators():
        table = evaluate(key, study).table
        judged = table[table["verdict"].notna()]
        assert len(judged), key
        assert set(judged["verdict"]) <= set(VERDICTS), key
        assert set(judged["reason"].dropna()) <= set(REASONS), key


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_the_first_page_lists_every_statement_in_order(study, lang):
    rows = overview.statements(study).table(lang).rows
    ids = list(dict.fromkeys(row[0].partition(" ")[0] for row in rows))
    assert ids == sorted(register(study.loaded.key))
