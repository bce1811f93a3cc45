"""A result in a notebook: words and units, whatever the method, in every language."""

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from evaluation.change.paired import mean_change
from evaluation.disclosure import Policy, protect
from evaluation.equality.gap import mean_gap
from evaluation.result import Meta, Result
from evaluation.targets.attainment import attained_share
from evaluation.text.catalogue import languages
from evaluation.text.notebook import MANY, Shown, notebook_html, notebook_text, provenance
from evaluation.vocabulary.columns import GLOSSARY
from evaluation.vocabulary.methods import ASSUMPTIONS, METHODS
from evaluation.vocabulary.references import cite


@pytest.fixture
def change() -> Result:
    rng = np.random.default_rng(5)
    people = pd.DataFrame({"person": np.arange(60), "organisation": np.arange(60) % 12, "wave": "before"})
    before = people.assign(value=rng.integers(1, 5, 60) * 1.0)
    after = before.assign(wave="after", value=before["value"] + rng.integers(0, 2, 60))
    return mean_change(pd.concat([before, after]), before="before", after="after")


@pytest.fixture
def gap() -> Result:
    rng = np.random.default_rng(6)
    sex = ["women", "men"] * 30
    people = pd.DataFrame({"sex": sex, "organisation": np.arange(60) // 5, "value": rng.normal(3, 1, 60)})
    return mean_gap(people, group="sex", reference="men")


def visible(page: str) -> str:
    return re.sub(r"<[^>]+>", " ", page.split("</style>")[1])


def test_a_researcher_sees_what_the_report_leaves_out(change):
    page = visible(change._repr_html_())
    for name in ("std_error", "df", "p_value", "n_groups"):
        assert GLOSSARY[name].text in page
    assert "Verdict" not in page


def test_the_quantity_has_its_unit_where_the_cells_do_not(change):
    assert "Mean change (steps on the scale)" in visible(change._repr_html_())
    share = attained_share(pd.DataFrame({"positive": [1, 1, 0]}))
    assert "Share who reached it <" in share._repr_html_().replace("</caption>", " <")


def test_method_assumptions_and_references_are_told(change):
    page = change._repr_html_()
    said = [METHODS[change.meta.method][0].text, *(ASSUMPTIONS[key].text for key in change.meta.assumptions)]
    assert all(text in page for text in [*said, *map(cite, change.meta.references[:1])])


def test_a_gap_of_a_table_of_ones_own_is_said_between_groups(gap):
    sentence = str(gap.describe("en")[0])
    assert "among women" in sentence
    assert "among men" in sentence
    assert "women minus men" in visible(gap._repr_html_())


def test_words_of_ones_own_need_no_project(change):
    words = {"statement": {"en": "the work"}, "respondents": {"en": "nurses"}, "label": {"en": "Work"}}
    assert "60 nurses who answered both times, the work went" in str(change.describe("en", words=words)[0])
    assert "Work" in [text.get_text() for axes in change.plot("en", words).axes for text in axes.texts]


def test_the_language_is_that_of_the_work(change, monkeypatch):
    monkeypatch.setenv("EVALUATION_LANG", "sv")
    assert "Inte skyddat" in repr(change)
    monkeypatch.delenv("EVALUATION_LANG")
    assert "Not protected" in repr(change)


@pytest.mark.parametrize("lang", languages())
def test_nothing_is_left_unsaid_in_any_language(change, gap, lang):
    for result in (change, gap, protect(gap, Policy(min_cell=1000))):
        shown = result._shown()
        for text in (notebook_html(shown, lang), notebook_text(shown, lang), *provenance(shown, lang)):
            assert text.strip()
            assert not re.search(r"\bnan\b|\bNone\b|\{\w+\}", text.split("</style>")[-1])


def test_the_mark_goes_when_disclosure_control_has_seen_it(gap):
    kept = protect(gap, Policy(min_cell=10))
    assert "Not protected" in repr(gap)
    assert "Not protected" not in repr(kept) + kept._repr_html_()
    assert "3." not in visible(protect(gap, Policy(min_cell=1000))._repr_html_()).split("How it was")[0]


def test_many_sentences_are_folded_away(gap):
    rows = pd.concat([gap.table] * (MANY + 1))
    assert "The findings in words" in Result(rows, gap.meta)._repr_html_()
    assert "The findings in words" not in gap._repr_html_()


def test_a_result_without_rows_or_with_an_unknown_method_can_be_shown():
    empty = Result(pd.DataFrame(columns=["estimand", "estimate", "n"]), Meta("x"))
    assert "The result has no rows." in empty._repr_html_()
    assert "The result has no rows." in repr(empty)


def test_different_quantities_share_a_table(change, gap):
    shown = replace(change._shown(), rows=[*change.records(), *gap.records()])
    assert isinstance(shown, Shown)
    assert "Mean change (steps on the scale); Difference in means" in notebook_html(shown, "en")
