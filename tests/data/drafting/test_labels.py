"""Response scales are recognised from how answers are written."""

import pytest

from evaluation.data.answer_text import spellings
from evaluation.data.drafting.labels import bare, recognise, says_nothing
from evaluation.project.responses import standard_responses

SCALES = standard_responses()
WORDED = [key for key, response in SCALES.items() if response.options]


def once(*texts):
    return dict.fromkeys(texts, 5)


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("key", WORDED)
def test_every_scale_is_recognised_from_its_own_labels(key, lang):
    found = recognise(once(*(option.label[lang] for option in SCALES[key].options)))
    labels = {lang: {option.label[lang] for option in SCALES[key].options}}
    assert labels[lang] <= {word for option in SCALES[found.response].options for word in spellings(option)}
    assert len(SCALES[found.response].options) == len(SCALES[key].options)
    assert (found.meant, found.unknown, found.unused) == ({}, (), ())


@pytest.mark.parametrize("key", WORDED)
def test_no_text_of_a_scale_means_two_things(key):
    meanings = {}
    for option in SCALES[key].options:
        for text in spellings(option):
            assert meanings.setdefault(bare(text), option.value) == option.value
    assert not {bare(text) for text in (*SCALES[key].dont_know, *SCALES[key].not_applicable)} & set(meanings)


def test_typing_errors_capitals_and_diacritics():
    found = recognise(
        once("INSTÄMMER HELT", " Instämer delvis", "Instammer i hog grad", "vet ej", "Instämmer inte alls")
    )
    assert found.response == "AG5"
    assert found.meant == {
        " Instämer delvis": "Instämmer delvis",
        "Instammer i hog grad": "Instämmer i hög grad",
    }


def test_numbers_before_labels():
    found = recognise(once("1 – Aldrig", "2 – Sällan", "4 – Alltid"))
    assert found.response == "FQ4"


def test_opposites_are_no_typing_errors():
    assert recognise(once("Mycket osannolikt", "Ganska sannolikt", "Ganska osannolikt")).response == "LI4"
    assert recognise(once("Ganska osäker", "Mycket säker", "Helt säker")).response != "CF5"
    assert recognise(once("Instämmer inte", "Instämmer i liten grad", "Instämmer delvis")).response != "AG5"


def test_what_fits_as_well_is_named():
    found = recognise(once("Never", "Rarely", "Often"))
    assert (found.response, found.unused, found.rivals) == ("FQ4", ("Alltid",), ("FQ5", "FQ6"))


def test_rare_texts_do_not_rule_a_scale_out():
    many = {"Ja": 60, "Nej": 40, "N.A./Prefer not to answer": 2, "?": 1}
    found = recognise(many)
    assert (found.response, found.missing, found.unknown) == ("YN", ("N.A./Prefer not to answer",), ("?",))
    assert recognise({"Ja": 6, "Nej": 4, "Kanske": 5}).response == ""


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ("12345", "N1_5"),
        ("1234567", "N1_7"),
        ("01", "YN"),
        ("0123456", "N0_6"),
        ("2345", "N1_5"),
        ("12", ""),
        ("1", ""),
    ],
)
def test_numbers(values, key):
    assert recognise(once(*values)).response == key


def test_numbers_that_are_no_answers():
    assert recognise(once("1.5", "2", "3")).response == ""
    assert recognise(once("18", "25", "44")).response == ""
    assert recognise(once("1", "2", "3", "ibland")).response == ""


def test_texts_that_say_nothing():
    assert says_nothing("N/A") and says_nothing("vill ej svara") and not says_nothing("ja/nej")
