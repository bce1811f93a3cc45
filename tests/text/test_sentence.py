"""A row said in words: the sentences whose fields have values, in numbers of the language."""

import pytest

from evaluation.text.sentence import capital, describe, fields_of, level_percent
from evaluation.vocabulary.errors import ReportError
from evaluation.vocabulary.reasons import REASONS
from tests.text.rows import WORDS, compared, goal, moved

NBSP = "\N{NO-BREAK SPACE}"


def said(row, lang="en", level="report", **options) -> str:
    return str(describe(row, lang=lang, level=level, words=WORDS, **options)).replace(NBSP, " ")


def test_the_journey_of_one_answer():
    row = goal(verdict="reached", reason="reached_whatever_silent")
    assert said(row, "sv") == (
        "21 av de 27 företag som svarade (78 %) uppger att de arbetar strategiskt. Projektet har 30 företag, så "
        "andelen bland alla är minst 70 % och högst 80 %. Målet var 70 %. Om de som inte svarade liknar dem som "
        "svarade ligger andelen bland alla mellan 73 % och 80 %. Målet är nått, hur de 3 som inte svarade än "
        "skulle ha svarat."
    )
    assert said(row, "sv", "easy") == "21 av 27 företag säger ja. Målet är nått."
    assert said(row, "en", "short") == "78% of the companies who answered state that they work strategically."


def test_everyone_answered_needs_no_interval_and_no_bounds():
    text = said(goal(21, 30, 30, verdict="reached", reason="reached_everyone_answered"))
    assert "All 30 answered." in text
    assert "at least" not in text
    assert "like those who did" not in text


def test_nobody_answered():
    text = said(goal(0, 0, 30, conf_low=None, conf_high=None, verdict="undecided", reason="no_answers"))
    assert text.startswith("The programme has 30 companies")
    assert text.endswith("Nobody has answered, so nothing can be said.")
    assert "like those who did" not in text


def test_nobody_registered_is_not_everybody():
    text = said(goal(0, 0, 0, conf_low=None, conf_high=None, verdict="undecided", reason="none_registered"))
    assert "All 0" not in text
    assert "register" in text


def test_a_share_beside_the_target_is_not_written_as_the_target():
    assert "(69.6%)" in said(goal(133, 191, 191))
    assert "(70%)" in said(goal(21, 30, 30))


def test_one_silent_company_is_said_in_the_singular():
    text = said(goal(20, 29, 30, verdict="undecided", reason="silent_decide", n_needed=1, tipping_share=1.0))
    assert "the one who did not answer decides" in text


def test_all_of_the_silent_are_said_as_all():
    text = said(goal(15, 24, 30, verdict="undecided", reason="all_silent_needed"))
    assert "all 6 who did not answer would have to" in text


def test_a_share_that_more_than_the_silent_would_have_to_hold_is_no_share():
    assert fields_of(goal(15, 24, 30, tipping_share=1.33), lang="en", words={}, conf_level=0.95)[
        "tipping_share"
    ] == ("more than all")


@pytest.mark.parametrize(("adjusted", "told"), [(0.049, False), (0.06, True)])
def test_a_verdict_that_may_be_chance_among_several_says_so(adjusted, told):
    row = moved(p_value=0.02, p_adjusted=adjusted, verdict="increased", reason="increase_clear")
    assert ("it may be chance (p after Holm 0.060)" in said(row)) is told
    assert "Holm" not in said(moved(p_value=0.2, p_adjusted=0.6, verdict="no_certain_change"))


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [
        (3.08, 3.98, "from 3.08 to 3.98, a change of +0.90 steps"),
        (61.03, 69.79, "from 61.0 to 69.8, a change of +8.8 steps"),
        (4440.52, 5103.1, "from 4,441 to 5,103, a change of +663 steps"),
    ],
)
def test_decimals_follow_the_size(before, after, text):
    assert text in said(moved(mean_before=before, mean_after=after, estimate=after - before))


def test_a_change_in_how_many_say_yes_is_written_in_per_cent():
    row = moved(mean_before=41.67, mean_after=58.33, estimate=16.67, indicator="uses")
    text = str(describe(row, lang="en", words={"percent.uses": {}}))
    assert "from 42% to 58%, a change of +16.7 percentage points" in text


def test_a_reading_is_named():
    assert said(goal(term="any"), level="short").endswith("in at least one of the areas.")
    assert said(goal(term="a"), level="short").endswith("(Digitalisation (of all kinds)).")


@pytest.mark.parametrize("level", ["short", "report", "easy"])
def test_a_withheld_row_says_only_that(level):
    row = goal(suppressed=True, estimate=None, k=None, n=None)
    assert said(row, level=level) == str(REASONS["too_few_to_show"])


def test_a_change_has_signs_interval_and_standardised_change():
    text = said(moved(verdict="increased", reason="increase_clear"), "sv")
    assert (
        "från 2,90 till 3,52, en förändring med +0,62 steg (95-procentigt intervall +0,40 till +0,84)" in text
    )
    assert "+0,71" in text
    assert "(0,5 steg)" in text


def test_a_change_without_an_interval_still_says_what_was_found():
    text = said(
        moved(conf_low=None, conf_high=None, std_change=None, verdict="undecided", reason="no_spread")
    )
    assert "a change of +0.62 steps." in text
    assert "interval" not in text
    assert "standard deviations" not in text
    of_women = said(moved(conf_low=None, level="women", group="sex"))
    assert of_women.startswith("Among the 120 women who answered both times")


def test_a_change_just_below_what_matters_is_not_written_as_that():
    row = moved(estimate=0.4996, verdict="small_change", reason="smaller_than_important")
    assert "+0.4996 steps" in said(row)
    assert "(0.5 steps)" in said(row)
    assert "−0.498 steps" in said(moved(estimate=-0.498))


def test_a_stated_number_is_written_with_all_its_decimals():
    assert "(0.25 steps)" in said(
        moved(smallest_important=0.25, verdict="increased", reason="increase_clear")
    )
    assert "(0.05 steps)" in said(
        moved(smallest_important=0.05, verdict="increased", reason="increase_clear")
    )
    assert "(1 steps)" in said(moved(smallest_important=1.0, verdict="increased", reason="increase_clear"))


def test_the_retrospect_is_said_beside():
    text = said(moved(term="then", mean_before=2.5, estimate=1.02))
    assert text.startswith("Strategic work: judged in retrospect, before was 2.50")


def test_a_difference_names_both_groups_and_their_numbers():
    text = said(compared(verdict="no_certain_gap", reason="gap_small_uncertain"), "sv")
    assert "3,25 bland kvinnor (60 svar)" in text
    assert "3,50 bland män (1 200 svar)" in text
    assert "−0,25 steg" in text
    assert "−0,50 till +0,004" in text
    assert "3.25 among women (60 answers)" in said(compared(conf_low=None, conf_high=None))


def test_a_group_name_with_a_minus_in_it_is_no_direction():
    row = compared(level="a - b", contrast="a - b - men")
    assert "among men" in said(row)


def test_a_field_without_a_value_leaves_out_its_sentence():
    for name in ("estimate", "k"):
        assert "who answered (" not in said(goal(**{name: None}))
    assert "The target was" not in said(goal(target=None))
    assert "The target was" not in said(goal(target=float("nan")))


def test_a_reason_without_its_numbers_is_left_out():
    assert said(goal(verdict="undecided", reason="silent_decide", n_needed=None)).count("would have to") == 0
    assert said(moved(smallest_important=None, reason="increase_clear")).count("agreed to matter") == 0
    assert said(goal(reason="no_such_reason"))


def test_a_short_sentence_is_the_reason_where_nothing_was_found():
    row = moved(estimate=None, mean_before=None, mean_after=None, reason="too_few_pairs")
    assert said(row, level="short") == "Too few answered both times for a judgement."


def test_an_unknown_reading_level_is_refused():
    with pytest.raises(ReportError, match="easy, report, short"):
        said(goal(), level="long")


@pytest.mark.parametrize(
    ("level", "sv", "en"),
    [
        (0.95, "95-procentigt", "95-percent"),
        (0.9, "90-procentigt", "90-percent"),
        (0.975, "97,5-procentigt", "97.5-percent"),
        (0.999, "99,9-procentigt", "99.9-percent"),
    ],
)
def test_the_level_of_an_interval(level, sv, en):
    assert (level_percent(level, "sv"), level_percent(level, "en")) == (sv, en)
    assert en in said(moved(), conf_level=level)


def test_words_of_the_package_stand_in_for_those_of_a_project():
    fields = fields_of({**goal(), "indicator": None}, lang="sv", words={}, conf_level=0.95)
    assert fields["respondents"]
    assert fields["statement"]
    assert "goal" not in said({**goal(), "indicator": None})
    scored = fields_of({**moved(), "indicator": None}, lang="en", words={}, conf_level=0.95)
    assert scored["Statement"] == "The measured score"


def test_capital_letters():
    assert [capital(text) for text in ("ökning", "H19", "")] == ["Ökning", "H19", ""]


@pytest.mark.parametrize(
    ("key", "low", "high"), [("assumed_change", "−0.40", "+0.90"), ("attained_share", "40%", "90%")]
)
def test_bounds_are_written_in_the_unit_of_their_quantity(key, low, high):
    row = {"estimand": key, "bound_low": -0.4 if low[0] == "−" else 0.4, "bound_high": 0.9}
    fields = fields_of(row, lang="en", words={}, conf_level=0.95)
    assert (fields["bound_low"], fields["bound_high"]) == (low, high)


def test_a_pattern_of_answering_names_its_waves():
    words = {"wave.w1": {"en": "Before"}, "wave.w2": {"en": "After"}}
    row = {"estimand": "response_pattern", "k": 3, "n": 9, "estimate": 1 / 3}
    said = [str(describe({**row, "term": term}, lang="en", words=words)) for term in ("w1 w2", "w1", "never")]
    assert said == ["Before and after: 3 of 9 (33%).", "Only before: 3 of 9 (33%).", "Never: 3 of 9 (33%)."]


def near(row: dict) -> dict:
    return {**row, "rounded": 5}


def test_numbers_of_a_rounded_row_are_said_to_be_about_so_many():
    row = near(goal(20, 25, 30, conf_low=None, conf_high=None, bound_low=None, bound_high=None))
    assert said(row, "en", "easy") == "About 20 of about 25 companies say yes."
    assert said(row, "sv", "easy") == "Ungefär 20 av ungefär 25 företag säger ja."
    assert "about 80%" in said(row).lower()
    assert "did not answer" not in said(row)


def test_a_rounded_mean_is_written_with_the_decimals_that_it_has():
    row = near(compared(estimate=-0.3, mean_level=3.2, mean_reference=3.5, conf_low=-0.5, conf_high=0.0))
    assert "about 3.2 among women (about 60 answers)" in said(row)
    assert "ungefär −0,5 till 0,0" in said(row, "sv")


def test_what_was_stated_is_not_rounded():
    fields = fields_of(near(goal()), lang="en", words=WORDS, conf_level=0.95)
    assert fields["target"] == "70%"
    assert fields["k"] == f"≈{NBSP}21"
    assert {"n_silent", "n_everyone"}.isdisjoint(fields)
