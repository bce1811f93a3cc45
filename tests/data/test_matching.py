"""Spelling that does not matter is evened out; what identifies a person never reaches a message."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.data.matching import as_number, as_numbered, nearest, plain, shorten


@pytest.mark.parametrize(
    "text",
    [
        "Instämmer i hög grad",
        "INSTÄMMER I HÖG GRAD",
        "  Instämmer  i hög\u00a0grad. ",
        "Insta\u0308mmer i ho\u0308g grad",
        "Instämmer i hög grad .",
    ],
)
def test_spellings_of_one_answer_are_the_same(text):
    assert plain(text) == "instämmer i hög grad"


def test_apostrophes_are_the_same():
    assert plain("Don’t know") == plain("Don't know")


@given(st.text())
def test_plain_twice_changes_only_further_full_stops(text):
    assert plain(plain(text)).rstrip(". ") == plain(text).rstrip(". ")


@pytest.mark.parametrize(
    ("text", "number"),
    [("4", 4.0), ("4,0", 4.0), ("4.50", 4.5), (" -3 ", -3.0), ("−3", -3.0), ("４", 4.0)],
)
def test_numbers_have_a_point_or_a_comma(text, number):
    assert as_number(text) == number


@pytest.mark.parametrize("text", ["", "fyra", "1.000,5", "4 5", "1e3", "nan", "inf", "4.", "٣a"])
def test_other_texts_are_no_numbers(text):
    assert as_number(text) is None


@pytest.mark.parametrize(
    "text",
    ["4 Agree", "4 - Agree", "4 – agree", "4. Agree.", "4: Agree", "4) Agree", "4= Agree", "4,0 Agree"],
)
def test_a_number_may_stand_before_its_words(text):
    assert as_numbered(text) == (4.0, "agree")


@pytest.mark.parametrize("text", ["Agree", "10-12", "4", "Agree 4", ""])
def test_other_texts_are_not_numbered(text):
    assert as_numbered(text) is None


def test_messages_are_short_and_name_nobody():
    assert shorten("x" * 41) == "x" * 39 + "…"
    assert len(shorten("word " * 40)) <= 40
    assert shorten("anna.ek@example.org") == "…"
    assert shorten("19850312-1234") == "…"
    assert shorten("ring 070-123 45 67 tack") == "ring … tack"


def test_the_nearest_spelling_is_suggested():
    assert (
        nearest("Instämer i hög grad", ["Instämmer helt", "Instämmer i hög grad"]) == "Instämmer i hög grad"
    )
    assert nearest("xyz", ["Instämmer helt"]) is None


def test_an_address_after_a_number_is_hidden_whole():
    assert shorten("0701234567 12@example.se") == "… …"
