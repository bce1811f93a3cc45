"""What each kind of reader is shown, and what is withheld from them."""

import re

import pandas as pd
import pytest

from evaluation.report.audience import AUDIENCES
from evaluation.report.edition import make_edition
from evaluation.report.exhibit import Exhibit
from evaluation.report.headings import HEADING, without_gaps
from evaluation.result import Result
from evaluation.text.catalogue import say
from evaluation.vocabulary.errors import ReportError
from tests.report.conftest import QUESTION, attained

LANGUAGES = ("sv", "en")


def keys(edition):
    return [exhibit.key for exhibit in edition.exhibits]


def text(edition):
    return " ".join(section.body for section in edition.sections)


def test_evaluators_see_everything_and_the_methods(edition):
    whole = edition("sv")
    assert keys(whole) == ["lead", "objectives", "described", "targets-lead", "attainment", "few", "other"]
    assert [section.key for section in whole.sections] == [
        "index",
        "targets",
        "methods",
        "glossary",
        "provenance",
    ]
    assert "<details>" in text(whole)


def test_funders_see_what_bears_a_verdict_and_a_text_to_take_over(edition):
    short = edition("sv", "funder")
    assert keys(short) == ["lead", "objectives", "targets-lead", "attainment", "few"]
    assert [section.key for section in short.sections] == [
        "index",
        "targets",
        "final_report",
        "limits",
        "provenance",
    ]
    assert "<h2>Alla</h2>" not in text(short), "a heading without anything under it"
    final = short.sections[2].body
    assert "67\N{NO-BREAK SPACE}% av de företag som svarade" in final
    assert "Bedömning: Nått." in final
    assert "(Simulerade data)" in final


def test_funders_have_fewer_words_than_evaluators(edition):
    assert len(text(edition("sv", "funder"))) < len(text(edition("sv")))


def test_workshops_have_a_stricter_threshold_and_no_tables(edition, halland_study):
    few = next(one for one in edition("sv").exhibits if one.key == "few")
    assert not few.result.table["suppressed"].any()
    posters = edition("sv", "workshop")
    assert keys(posters) == ["lead", "targets-lead", "attainment"], "what is withheld altogether is left out"
    assert "<table" not in text(posters)
    assert "Ord om målen" not in text(posters)
    assert 'class="poster"' in text(posters)
    shown = [
        row for one in posters.exhibits for row in one.result.records() if row.get("unit") == "organisation"
    ]
    assert all(
        row["n"] >= halland_study.project.privacy.min_cell_workshop for row in shown if not row["suppressed"]
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_easy_sentences_are_short_and_have_no_per_cent(edition, lang):
    easy = edition(lang, level="easy")
    assert {exhibit.layout for exhibit in easy.exhibits} <= {"easy", "lead"}
    bodies = " ".join(section.body for section in easy.sections if section.exhibits)
    paragraphs = re.findall(r"<(?:p|br)[^>]*>([^<]+)", bodies.replace("</strong>", "<p>"))
    sentences = [part for one in paragraphs for part in re.split(r"(?<=[.?!])\s", one) if part.strip()]
    assert len(sentences) > 3
    assert max(len(sentence.split()) for sentence in sentences) <= 12
    assert "%" not in bodies


@pytest.mark.parametrize("level", ["short", "report"])
def test_a_level_is_the_one_of_every_finding(edition, level):
    assert {exhibit.level for exhibit in edition("en", level=level).exhibits} == {level}


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_headings_skip_no_level_and_names_are_said(edition, lang, audience):
    made = edition(lang, audience)
    for section in made.sections:
        levels = [int(found[1]) for found in HEADING.finditer(section.body)]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert max(later - earlier for earlier, later in zip(levels, [*levels[1:], 1], strict=True)) <= 1
        assert say(section.name, lang)
    assert say(made.readers.name, lang)


def test_without_gaps_keeps_what_has_none():
    whole = "<h1>a</h1><h2 id='x'>b</h2><h3>c</h3><h2>d</h2>"
    assert without_gaps(whole) == whole
    assert (
        without_gaps("<h1>a</h1><h3>b</h3><h3>c</h3><h2>d</h2>") == "<h1>a</h1><h2>b</h2><h2>c</h2><h2>d</h2>"
    )


def test_an_edition_with_nothing_to_show_is_refused(halland_study, names):
    with pytest.raises(ReportError, match="nothing to show"):
        make_edition(halland_study, {}, names, "sv")


def test_workshops_are_shown_no_row_of_a_single_company(halland_study):
    whole, company = attained(40, 20, 80), attained(30, 20, 80, group="organisation", level="F01")
    table = pd.concat([whole.table, company.table], ignore_index=True)
    card = Exhibit("both", "card", QUESTION, Result(table, whole.meta), {})
    shown = AUDIENCES["workshop"].exhibit(card, halland_study)
    assert shown.result.table["n"].tolist() == [60]
    alone = Exhibit("one", "card", QUESTION, company, {})
    assert AUDIENCES["workshop"].exhibit(alone, halland_study) is None
