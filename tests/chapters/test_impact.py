"""The chapter on change or effect, with a comparison group and without."""

from dataclasses import replace

import pytest

from evaluation.chapters import NOTEBOOKS, chapters_of, impact
from evaluation.impact.evidence import overclaims
from evaluation.rules.impact import evidence

SHOWN = (
    "lead", "label", "needed", "groups", "baseline", "verdicts", "estimated", "accounts",
    "placebo", "regression", "doubts", "companies",
)  # fmt: skip


def exhibits(study):
    made = [getattr(impact, name)(study) for name in SHOWN]
    return [one for part in made for one in (part if isinstance(part, tuple) else [part])]


@pytest.fixture(scope="module")
def compared(compared_study):
    return {one.key: one for one in exhibits(compared_study)}


@pytest.fixture(scope="module")
def alone(halland_study):
    return {one.key: one for one in exhibits(halland_study)}


def test_names_are_unique_and_all_can_be_shown(compared, alone, compared_study, halland_study):
    for study, found in ((compared_study, compared), (halland_study, alone)):
        assert len(found) == len(exhibits(study))
        for one in found.values():
            for lang in ("sv", "en"):
                assert one.to_html(lang)


def test_every_programme_with_changes_has_the_chapter(halland_study, compared_study):
    for study in (halland_study, compared_study):
        assert "impact" in chapters_of(study.project)
    assert NOTEBOOKS["impact"] == "09_impact"


def test_a_comparison_is_shown_with_effects_and_differences(compared):
    assert {"impact-verdicts-effect", "impact-verdicts-association", "impact-balance"} <= set(compared)
    assert compared["impact-balance"].result.figure_kind == "love"
    lead = " ".join(map(str, compared["impact-lead"].findings("en")))
    assert lead == "One of two comparisons shows an effect. One of two comparisons shows a wanted difference."


def test_no_organisation_is_named(compared, compared_study):
    names = {
        *compared_study.organisations["organisation"],
        *compared_study.comparison.organisations["organisation"],
    }
    for one in compared.values():
        assert not names & set(one.result.table.astype("str").to_numpy().ravel())


def test_accounts_print_growth_prices_and_years(compared):
    notes = " ".join(str(note) for note in compared["impact-accounts"].notes)
    assert "Davis and Haltiwanger" in notes
    assert "Påhittat prisindex" in notes
    assert "From 2022 to 2024." in notes


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_without_a_comparison_group_nothing_claims_an_effect(alone, halland_study, lang):
    label = evidence(halland_study)
    assert label.words == "change"
    for one in alone.values():
        text = " ".join([*map(str, one.findings(lang)), *map(str, one.notes)])
        assert overclaims(text, lang, label) == [], one.key


def test_without_a_comparison_group_it_says_what_would_be_needed(alone):
    said = " ".join(map(str, alone["impact-needed"].findings("en")))
    assert "to others like those who take part" in said
    assert "waiting list" in said
    assert alone["impact-groups"].layout == "absent"
    assert "impact-verdicts" not in alone
    assert "impact-balance" not in alone


@pytest.fixture(scope="module")
def yearly(yearly_study):
    return {one.key: one for one in impact.accounts(yearly_study)}


def test_yearly_accounts_are_shown_year_by_year(yearly):
    wanted = {"impact-yearly-growth_effect", "impact-path-turnover", "impact-since-start-employees"}
    assert wanted | {"impact-yearly-bounds", "impact-yearly-starts", "impact-yearly-firms"} <= set(yearly)
    assert {f"impact-yearly-{name}" for name in ("bends", "tolerated", "ways", "odds")} <= set(yearly)
    assert yearly["impact-path-turnover"].result.figure_kind == "path"
    assert yearly["impact-since-start-turnover"].result.figure_kind == "event"
    for one in yearly.values():
        for lang in ("sv", "en"):
            assert one.to_html(lang)


def test_yearly_accounts_print_design_growth_and_money(yearly):
    notes = yearly["impact-yearly-growth_effect"].to_html("en")
    for said in (
        "Step 3 of 5 on the Maryland scale",
        "Words that the design allows: estimated effect",
        "difference of logarithms",
        "Davis and Haltiwanger",
        "Turnover: real, in money of 2023.",
        "Employees: nominal",
        "Påhittat prisindex",
    ):
        assert said in notes, said


def test_accounts_of_two_years_and_of_none_stay_as_they_were(compared_study, halland_study):
    assert [one.key for one in impact.accounts(compared_study)] == ["impact-accounts"]
    (nothing,) = impact.accounts(halland_study)
    assert (nothing.key, nothing.layout) == ("impact-accounts", "absent")


def test_yearly_accounts_that_cannot_be_compared_say_so(yearly_study):
    alone = replace(yearly_study, comparison=None)
    (told,) = impact.accounts(alone)
    assert (told.key, told.layout) == ("impact-yearly", "absent")
