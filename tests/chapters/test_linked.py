"""A programme linked by code: link rates, how sure the links are, and the results under every rule."""

import json

import pytest

from evaluation.chapters import data_quality
from evaluation.chapters.accounts import linked_people
from evaluation.chapters.linked import (
    chance_matches,
    company_links,
    link_rates,
    link_steps,
    relinked_results,
    same_or_not,
    study_under,
)
from evaluation.data.linkage.match import RULES
from evaluation.rules import evaluate
from evaluation.simulate.folder import TRUTH


def test_most_who_answered_twice_are_found_again(coded_study):
    table = link_rates(coded_study, ["sex"]).table
    everyone = table[table["level"].isna()].set_index("wave")
    assert everyone.loc["before", "k"] == everyone.loc["after", "k"]
    assert everyone.loc["after", "estimate"] > 0.8
    by_sex = table[table["level"].notna()].groupby("wave")[["k", "n"]].sum()
    assert (by_sex == everyone[["k", "n"]].loc[by_sex.index].astype(int)).all(axis=None)


def test_link_rates_come_close_to_the_truth(coded_study):
    path = coded_study.loaded.raw_folder / TRUTH
    true = json.loads(path.read_text(encoding="utf-8"))["in_several_linked"]
    found = len(linked_people(coded_study))
    assert 0.8 * true <= found <= true


def test_every_link_is_counted_once(coded_study):
    table = link_steps(coded_study).table
    assert table["k"].sum() == table["n"].iloc[0] == (coded_study.links["step"] != "").sum()
    assert set(table["term"]) <= {"exact", "folded", "edited"}


def test_companies_are_counted_and_not_named(coded_study):
    table = company_links(coded_study).table
    assert table["k"].sum() == table["n"].iloc[0] == len(coded_study.organisations)
    assert "level" not in table.columns


def test_chance_matches_are_those_of_the_manifest(coded_study):
    how = coded_study.manifest.linkage
    assert list(chance_matches(how).table["estimate"]) == [how.expected_exact, how.expected_one_edit]


def test_the_chosen_rule_gives_the_results_of_the_report(coded_study):
    table = relinked_results(coded_study).table
    assert set(table["estimand"]) == {"relinked_change", "relinked_share"}
    for key in coded_study.project.indicators:
        own = evaluate(key, coded_study).table.iloc[0]
        again = table[(table["indicator"] == key) & (table["term"] == "default")].iloc[0]
        assert again["estimate"] == pytest.approx(own["estimate"])
        assert (again["n"], again["verdict"]) == (own["n"], own["verdict"])
        assert list(table[table["indicator"] == key]["term"]) == list(RULES)


def test_fewer_are_followed_under_the_strict_rule(coded_study):
    table = relinked_results(coded_study).table
    n = table[table["estimand"] == "relinked_change"].set_index("term")["n"]
    assert n["strict"] < n["default"] <= n["loose"]
    strict = study_under(coded_study, "strict")
    assert len(strict.people) > len(coded_study.people)
    assert len(strict.answers) == len(coded_study.answers)


def test_a_verdict_that_depends_on_the_rule_is_told(coded_study):
    result = relinked_results(coded_study)
    assert "No verdict" in str(same_or_not(result))
    result.table.loc[0, "verdict"] = "no_certain_change"
    assert "For one of 2 statements" in str(same_or_not(result)).format(n_total=2)


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_the_page_says_it_in_words(coded_study, lang):
    shown = {exhibit.key: exhibit for exhibit in data_quality.linkage(coded_study)}
    assert list(shown) == [
        "link-rate",
        "link-codes",
        "link-steps",
        "link-chance",
        "link-companies",
        "link-rules",
    ]
    for exhibit in shown.values():
        page = exhibit.to_html(lang)
        assert "None" not in page and "{" not in page
    rows = shown["link-rules"].table(lang).rows
    assert len(rows) == 6


def test_a_programme_that_does_not_link_shows_nothing(halland_study):
    assert data_quality.linkage(halland_study) == ()
    assert data_quality.linkage(halland_study)._repr_mimebundle_()["text/html"] == ""
