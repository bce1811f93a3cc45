"""The sentences in docs/project.md are those that the reports say."""

import pytest

from evaluation.project.load import load_project
from evaluation.text.sentence import describe

from .pages import ROOT, plain, text

LANGUAGES = ("sv", "en")
TARGET = {"estimand": "attained_share", "k": 21, "n": 27, "estimate": 21 / 27}
CHANGE = {"estimand": "mean_change", "n": 24, "mean_before": 3.0, "mean_after": 3.9, "estimate": 0.9}
GAP = {"estimand": "mean_gap", "group": "sex", "level": "women", "contrast": "women - men", "mean_level": 4.0}
GAP |= {
    "mean_reference": 3.8,
    "n_level": 59,
    "n_reference": 86,
    "estimate": 0.2,
    "conf_low": -0.1,
    "conf_high": 0.5,
}
COVERED = {"estimand": "covered_share", "k": 28, "n": 30, "n_total": 30, "estimate": 28 / 30, "target": 1.0}
ROWS = {
    "target": TARGET,
    "reading": TARGET | {"term": "any"},
    "coverage": COVERED | {"verdict": "not_covered", "reason": "requirement_not_met"},
    "change": CHANGE | {"conf_low": 0.7, "conf_high": 1.1},
    "gap": GAP,
    "representation": {"estimand": "group_share", "group": "sex", "level": "women", "k": 74, "n": 191}
    | {"estimate": 74 / 191},
}
STATEMENTS = {
    "target": {
        "sv": "uppger att de arbetar mer strategiskt",
        "en": "state that they work more strategically",
    },
    "coverage": {"sv": "har minst en chef som deltar", "en": "have at least one manager who takes part"},
    "change": {"sv": "det strategiska arbetet med kompetens", "en": "the strategic work with skills"},
    "gap": {"sv": "påverkan på insatsens innehåll", "en": "influence on the content of the effort"},
    "representation": {"sv": "bland deltagarna", "en": "among the participants"},
}
STATEMENTS["reading"] = STATEMENTS["target"]


@pytest.fixture(scope="module")
def words():
    groups = load_project(ROOT / "projects" / "halland").definition.groups
    levels = {f"level.sex.{key}": level.label for key, level in groups["sex"].levels.items()}
    statements = {f"statement.{key}": statement for key, statement in STATEMENTS.items()}
    respondents = {f"respondents.{key}": {"sv": "företag", "en": "companies"} for key in ROWS}
    return levels | statements | respondents


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", ROWS)
def test_sentences_are_those_of_the_reports(kind, lang, words):
    found = describe(ROWS[kind] | {"indicator": kind}, lang=lang, words=words)
    assert plain(str(found)) in text("docs/project.md")


def test_short_form_begins_with_a_capital(words):
    found = describe(ROWS["change"] | {"indicator": "change"}, lang="sv", level="short", words=words)
    assert plain(str(found)) in text("docs/project.md")


@pytest.mark.parametrize("kind", STATEMENTS)
def test_the_statements_that_lead_to_them_are_shown(kind):
    for part in STATEMENTS[kind].values():
        assert part in text("docs/project.md")
