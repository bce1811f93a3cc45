"""One answer text at a time: value, kind of missing, or what is wrong with it."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.data.answer_text import (
    BLANK,
    DONT_KNOW,
    FAULTS,
    NONE,
    NOT_APPLICABLE,
    NOT_WHOLE,
    OUT_OF_RANGE,
    UNKNOWN,
    fault,
    response_scale,
)
from evaluation.project.source import Option, Response

OPTIONS = Response(
    options=(
        Option(value=1, label={"sv": "Instämmer inte alls", "en": "Do not agree at all"}),
        Option(value=2, label={"sv": "Instämmer delvis", "en": "Partly agree"}, also=("Delvis",)),
        Option(value=4, label={"sv": "Instämmer helt", "en": "Fully agree"}),
    ),
    dont_know=("Vet ej", "99"),
    not_applicable=("Ej aktuellt",),
)
SCALE = response_scale("AG3", OPTIONS)
HOURS = response_scale("hours", Response(range=(0, 40)))
STEPS = response_scale("steps", Response(range=(1, 5), whole=True, dont_know=("9",)))


@pytest.mark.parametrize(
    "text", ["Partly agree", "instämmer  DELVIS.", "delvis", "2", "2,0", "2.0", "2 Partly agree"]
)
@pytest.mark.parametrize("around", ["{}", " {}", "{}\u00a0"])
def test_every_way_to_write_an_option_means_its_value(text, around):
    assert SCALE.meaning(around.format(text)) == (2.0, NONE)


@pytest.mark.parametrize("text", ["2 - Delvis", "2. Instämmer delvis", "2: Delvis.", "2) Partly agree"])
def test_a_number_before_the_words_must_agree_with_them(text):
    assert SCALE.meaning(text) == (2.0, NONE)
    assert SCALE.meaning("1" + text[1:])[1] == UNKNOWN


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", BLANK),
        (" \u00a0", BLANK),
        ("vet ej.", DONT_KNOW),
        ("99", DONT_KNOW),
        ("99,0", DONT_KNOW),
        ("5 Vet ej", DONT_KNOW),
        ("Ej aktuellt", NOT_APPLICABLE),
        ("3", NOT_WHOLE),
        ("5", OUT_OF_RANGE),
        ("-1", OUT_OF_RANGE),
        ("kanske", UNKNOWN),
        (".", UNKNOWN),
    ],
)
def test_what_is_no_value_has_a_reason(text, code):
    value, found = SCALE.meaning(text)
    assert math.isnan(value)
    assert found == code


def test_numbers_have_decimals_where_the_scale_allows_them():
    assert HOURS.meaning("3,25") == (3.25, NONE)
    assert STEPS.meaning("3,0") == (3.0, NONE)
    assert STEPS.meaning("3,5")[1] == NOT_WHOLE
    assert STEPS.meaning("9")[1] == DONT_KNOW


@given(st.floats(0, 40).map(lambda number: round(number, 3)))
def test_point_and_comma_mean_the_same(number):
    text = f"{number:.3f}"
    assert HOURS.meaning(text) == HOURS.meaning(text.replace(".", ",")) == (number, NONE)


@pytest.mark.parametrize("code", FAULTS)
@pytest.mark.parametrize("scale", [SCALE, HOURS])
@pytest.mark.parametrize("text", ["7", "Instämer delvis", "helt främmande"])
def test_every_fault_is_explained_with_a_remedy(code, scale, text):
    for count in (1, 3):
        what, do = fault(scale, code, text, count)
        assert f"“{text}”" in str(what)
        assert ("3 rows" in str(what)) == (count == 3)
        assert str(do).endswith((".", "?"))


def test_remedies_name_the_nearest_answer_or_all():
    assert "Did you mean “Instämmer delvis”?" in str(fault(SCALE, UNKNOWN, "Instämer delvis", 1)[1])
    assert "Instämmer inte alls, Instämmer delvis" in str(fault(SCALE, UNKNOWN, "xyz", 1)[1])
    assert "from 0 to 40" in str(fault(HOURS, UNKNOWN, "xyz", 1)[1])
    assert "range 0 to 40" in str(fault(HOURS, OUT_OF_RANGE, "41", 1)[0])
