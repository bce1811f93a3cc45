"""Every statement of the register is named in the report, in both languages."""

import re

import pytest

from evaluation.chapters import CHAPTERS
from evaluation.project.load import load_project
from tests.conftest import HALLAND
from tests.contract.test_register import register
from tests.end_to_end.test_report import LANGUAGES, exhibits, page

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("halland")]


def numbers(text: str) -> set[str]:
    """Return the numbers of statements that a page names."""
    return set(re.findall(r"\bH\d\d\b", text))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_first_page_names_every_statement(halland, lang):
    assert numbers(page(halland, lang, "index").text) >= set(register("halland"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_chapter_names_its_own_statements(halland, lang):
    indicators = load_project(HALLAND).definition.indicators.values()
    for chapter in CHAPTERS:
        own = {one.id for one in indicators if one.chapter == chapter}
        if own:
            assert numbers(page(halland, lang, chapter).text) >= own, chapter


def test_every_indicator_stands_in_an_exhibit_with_a_verdict_or_is_withheld(halland):
    keys = set(load_project(HALLAND).definition.indicators)
    judged = {
        row["indicator"]
        for exhibit in exhibits(halland)
        for row in exhibit.result.records()
        if row.get("indicator") and (row.get("verdict") or row.get("suppressed"))
    }
    assert judged >= keys
