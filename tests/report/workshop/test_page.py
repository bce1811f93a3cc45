import base64
import hashlib
import json
import re
from dataclasses import replace

import pytest

from evaluation.report.formats import write_files
from evaluation.report.workshop.page import write_workshop
from evaluation.report.workshop.words import REACTIONS
from evaluation.vocabulary.errors import FormatError


@pytest.fixture(scope="module", params=["sv", "en"])
def html(edition, request, tmp_path_factory):
    path = tmp_path_factory.mktemp("workshop") / "workshop.html"
    write_workshop(edition(request.param), path)
    return path.read_text(encoding="utf-8")


def test_only_the_pages_own_style_and_script_are_allowed(html):
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)[1].replace("&#39;", "'")
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for tag, rule in (("style", "style-src"), ("script", "script-src")):
        (text,) = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        sha256 = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{rule} 'sha256-{sha256}'" in policy


def test_no_address_outside_the_file_and_no_look_in_attributes(html):
    assert not re.findall(r'(?:src|href)="(?!#|data:)[^"]*"', html)
    assert not re.findall(r"<[^>]*\sstyle=", html)
    assert "innerHTML" not in html


def test_a_figure_that_only_the_evaluator_may_see_has_no_number(html):
    assert 'data-figure="attainment"' in html
    assert "few" not in re.findall(r'data-figure="([^"]+)"', html)


def test_identifiers_are_unique(html):
    found = re.findall(r'\sid="([^"]+)"', html)
    assert len(found) == len(set(found))


def test_the_page_of_another_audience_shows_the_same_figures(edition, tmp_path):
    keys = []
    for audience in ("evaluator", "workshop", "funder"):
        write_workshop(edition("sv", audience), tmp_path / f"{audience}.html")
        text = (tmp_path / f"{audience}.html").read_text(encoding="utf-8")
        keys.append(re.findall(r'data-figure="([^"]+)" data-hash="([^"]+)"', text))
    assert keys[0] == keys[1] == keys[2] != []


def test_words_of_the_script_are_json(html):
    words = json.loads(
        re.search(r'<script type="application/json" id="words">(.*?)</script>', html, re.DOTALL)[1]
    )
    assert [key for key, _ in words["reactions"]] == list(REACTIONS)


def test_an_edition_without_figures_has_no_such_page(edition, tmp_path):
    assert write_files(edition("sv", level="easy"), ["workshop"], tmp_path) == ([], [])
    assert list(tmp_path.iterdir()) == []


def test_no_figure_above_the_threshold_is_told(edition, tmp_path):
    whole = edition("sv")
    strict = whole.study.project.privacy.model_copy(update={"min_cell_workshop": 1_000})
    project = whole.study.project.model_copy(update={"privacy": strict})
    study = replace(whole.study, loaded=whole.study.loaded.model_copy(update={"definition": project}))
    with pytest.raises(FormatError, match="No figure"):
        write_workshop(replace(whole, study=study), tmp_path / "workshop.html")
