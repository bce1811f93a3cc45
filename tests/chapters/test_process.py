"""Who was at workshops is part of how the programme was carried out; nothing tells of too few."""

import json
from dataclasses import replace

import pytest

from evaluation.chapters import process
from evaluation.report.executed import KeptChapters
from evaluation.report.workshop.store import add_comments
from tests.conftest import elsewhere
from tests.report.workshop.conftest import page_of

LARGE = [
    {"role": "participant", "women": 9, "men": 7, "other": 0},
    {"role": "trainer", "women": 6, "men": 8, "other": 0},
]
SMALL = [*LARGE, {"role": "funder", "women": 1, "men": 1, "other": 0}]


@pytest.fixture
def study(halland_study, tmp_path):
    return replace(halland_study, loaded=elsewhere(halland_study.loaded, tmp_path / "data"))


@pytest.fixture
def held(study, tmp_path):
    """Return a function that keeps who was at a workshop and returns the chapter's table."""

    def hold(people):
        path = tmp_path / "table.jsonld"
        path.write_text(json.dumps(page_of(["a"], [], people)), encoding="utf-8")
        add_comments(study.loaded, [path])
        return process.workshops(replace(study))

    return hold


def test_without_a_workshop_it_says_so(study):
    assert process.workshops(study).layout == "absent"


def test_women_and_men_and_roles_are_counted(held):
    rows = {row["term"]: row for row in held(LARGE).result.records()}
    assert {name: (row["k"], row["n"]) for name, row in rows.items()} == {
        "workshop_women": (15, 30),
        "workshop_men": (15, 30),
        "workshop_participant": (16, 30),
        "workshop_trainer": (14, 30),
    }
    assert not any(row["suppressed"] for row in rows.values())


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_it_can_be_read_in_both_languages(held, lang):
    html = held(LARGE).to_html(lang)
    assert {"sv": "50\N{NO-BREAK SPACE}% (15 av 30)", "en": "50% (15 of 30)"}[lang] in html
    assert {"sv": "30 personer deltog", "en": "30 people took part"}[lang] in html


def test_a_role_of_two_is_left_out_and_cannot_be_reckoned(held):
    exhibit = held(SMALL)
    shown = [row for row in exhibit.result.records() if not row["suppressed"]]
    assert "workshop_funder" not in {row["term"] for row in shown}
    roles = [row["k"] for row in shown if row["term"] not in ("workshop_women", "workshop_men")]
    left = 32 - sum(roles)
    assert left == 0 or left >= 5


def test_the_chapter_is_run_again_when_a_workshop_has_been_held(study, held):
    def cell(source):
        return {"cells": [{"cell_type": "code", "source": source}]}

    chapters = ("process.workshops(study)", "targets.lead(study)")
    kept = KeptChapters(study.loaded)
    before = [kept.key(cell(source), {}) for source in chapters]
    held(LARGE)
    kept = KeptChapters(study.loaded)
    after = [kept.key(cell(source), {}) for source in chapters]
    assert before[0] != after[0]
    assert before[1] == after[1]
