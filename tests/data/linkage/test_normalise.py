import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.data.linkage.normalise import comparable, comparable_name, folded, normalised


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("ÅSA", "åsa"),
        ("A\u030asa", "åsa"),
        (" Åsa\u00a0", "åsa"),
        ("Anna-Karin", "anna karin"),
        ("07", "7"),
        ("7,0", "7"),
        ("7.00", "7"),
        ("٧", "7"),
        ("⑦", "7"),
        ("VII".lower(), "vii"),
        ("sju", "7"),
        ("Seven", "7"),
        ("000", "0"),
        ("an\u200bna", "anna"),
        ("ﬁa", "fia"),
    ],
)
def test_two_ways_of_writing_the_same(one, two):
    assert comparable(one) == comparable(two)


def test_letters_are_kept_apart_first_and_folded_second():
    assert len({comparable(text) for text in ("ås", "äs", "as")}) == 3
    assert {folded(text) for text in ("ås", "äs", "as")} == {"as"}
    assert folded("Ö") == folded("ø") == folded("o")


def test_numbers_that_differ_stay_apart():
    assert len({comparable(text) for text in ("7", "70", "7.5", "0.7", "en", "1")}) >= 5
    assert comparable("en") == "en"


def test_names_of_columns():
    assert comparable_name("Mammas  förnamn (2 bokstäver):") == comparable_name(
        "mammas_förnamn – 2 bokstäver"
    )
    assert comparable_name("Åre AB") != comparable_name("Are AB")


@given(st.text(max_size=12))
def test_comparing_twice_changes_nothing(text):
    once = comparable(text)
    assert comparable(once) == once
    assert folded(folded(text)) == folded(text)
    assert comparable_name(comparable_name(text)) == comparable_name(text)


@given(st.text(max_size=12))
def test_composition_and_spaces_do_not_matter(text):
    assert comparable(unicodedata.normalize("NFD", text)) == comparable(text)
    assert comparable(f"  {text}\t") == comparable(text)


def test_missing_texts_are_empty():
    assert normalised([None, float("nan"), " "]).tolist() == ["", "", ""]
