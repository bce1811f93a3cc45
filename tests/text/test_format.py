"""Numbers as each language writes them, and never rounded to say something else."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.text import format as write

NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("value", "sv", "en"),
    [
        (0.7, f"70{NBSP}%", "70%"),
        (0.996, f"99,6{NBSP}%", "99.6%"),
        (0.004, f"0,4{NBSP}%", "0.4%"),
        (1.0, f"100{NBSP}%", "100%"),
        (float("nan"), "–", "–"),
    ],
)
def test_share(value, sv, en):
    assert (write.share(value, "sv"), write.share(value, "en")) == (sv, en)


def test_a_share_just_below_the_target_is_not_written_as_the_target():
    assert write.share(0.696, "sv", apart_from=(0, 1, 0.7)) == f"69,6{NBSP}%"
    assert write.share(0.6996, "en", apart_from=(0, 1, 0.7)) == "69.96%"


@given(st.floats(0, 1), st.sampled_from([0.5, 0.7, 0.9]))
def test_equal_texts_mean_equal_shares(value, target):
    text = write.share(value, "en", apart_from=(0, 1, target))
    for other in (0, 1, target):
        if abs(value - other) > 1e-5:
            assert text != write.share(other, "en", apart_from=(0, 1, target))


def test_signs_and_thousands():
    assert write.score_difference(-0.5, "sv") == "−0,50"
    assert write.score_difference(0.5, "en") == "+0.50"
    assert write.count(12345, "sv") == f"12{NBSP}345"
    assert write.count(12345, "en") == "12,345"


def test_a_limit_beside_zero_is_not_written_as_zero():
    assert write.score_difference(-0.004, "sv") == "−0,004"
    assert write.score_difference(0.0, "sv") == "0,00"


def test_an_estimate_that_is_all_but_zero_is_written_as_zero():
    assert write.signed(-0.0003, "en", 2, most=1) == "0.00"
    assert write.signed(0.004, "en", 2, most=1) == "+0.004"
    assert write.signed(0.4996, "en", 2, apart_from=(0.5, -0.5), most=1) == "+0.4996"


def test_p_values_never_become_zero():
    assert write.p_value(0.00001, "sv") == f"<{NBSP}0,001"
    assert write.p_value(0.04, "en") == "0.040"


def test_interval_names_the_unit_once_and_keeps_signs_apart():
    assert write.interval(f"73{NBSP}%", f"80{NBSP}%", "sv") == f"73–80{NBSP}%"
    assert write.interval("−0.4", "+0.2", "en") == "−0.4 to +0.2"
    assert write.interval("−0,4", "+0,2", "sv") == "−0,4 till +0,2"
    assert write.interval("–", "80%", "en") == "–"


LANGUAGES = st.sampled_from(["sv", "en"])
COUNTS = st.integers(1, 2000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(COUNTS, st.integers(1, 99), LANGUAGES)
def test_a_count_is_written_like_the_target_only_if_it_is_the_target(counts, percent, lang):
    k, n = counts
    others = (0.0, 1.0, percent / 100)
    text = write.share(k / n, lang, apart_from=others)
    for other, equal in zip(others, (k == 0, k == n, 100 * k == percent * n), strict=True):
        assert (text == write.share(other, lang, apart_from=())) == equal


def test_halves_that_round_to_the_target():
    """0.695 is a little less than 69.5 % in the machine, but is written as 70 % with whole per cent."""
    assert write.share(0.695, "en", apart_from=(0, 1, 0.7)) == "69.5%"
    assert write.share(0.995, "en") == "99.5%"
    assert write.share(0.005, "en") == "0.5%"


@given(st.floats(-1e6, 1e6, allow_nan=False), LANGUAGES)
def test_signs_are_never_lost_or_invented(value, lang):
    text = write.signed(value, lang)
    assert text.startswith("+") <= (value > 0)
    assert text.startswith("\N{MINUS SIGN}") <= (value < 0)
    assert "-" not in text
    if abs(value) > 1e-8:
        assert text[0] == ("+" if value > 0 else "\N{MINUS SIGN}")


@given(st.floats(-9, 9), st.sampled_from([0.25, 0.3, 0.5, 1.0]))
def test_a_difference_is_written_like_what_matters_only_if_it_is_that(value, limit):
    text = write.score_difference(value, "en", apart_from=(limit, -limit))
    for other in (limit, -limit):
        if abs(value - other) > 1e-8:
            assert text != write.score_difference(other, "en")


@pytest.mark.parametrize("writer", [*write.FORMATS.values(), write.signed, write.number, write.std])
@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_what_is_no_number_is_a_dash(writer, lang, value):
    assert writer(value, lang) == write.NOTHING


@given(st.integers(0, 10**9), LANGUAGES)
def test_counts_are_grouped_in_threes(value, lang):
    separator = {"sv": NBSP, "en": ","}[lang]
    text = write.count(value, lang)
    assert text.replace(separator, "") == str(value)
    assert all(len(part) == 3 for part in text.split(separator)[1:])


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.5, "0.5"),
        (0.25, "0.25"),
        (1.0, "1"),
        (0.05, "0.05"),
        (0.125, "0.125"),
        (0.1 + 0.2, "0.3"),
        (100 * 0.57, "57"),
    ],
)
def test_a_stated_number_keeps_its_decimals(value, text):
    assert write.trimmed(value, "en") == text
    assert write.trimmed(value, "sv") == text.replace(".", ",")


@given(st.floats(0, 1), LANGUAGES)
def test_a_p_value_is_never_nothing_and_never_below_a_thousandth(value, lang):
    text = write.p_value(value, lang)
    assert (text[0] == "<") == (value < 0.001)
    assert any(digit in "123456789" for digit in text)


def test_equal_limits_are_written_once():
    assert write.interval("70%", "70%", "en") == "70%"
    assert write.interval("3.20", "3.40", "en") == "3.20–3.40"
    assert write.interval("+0.20", "+0.40", "sv") == "+0.20 till +0.40"


def test_points_dates_and_lists():
    assert write.points(-0.051, "sv") == "−5,1"
    assert write.points(0.0004, "en") == "+0.04"
    assert write.date(date(2024, 11, 1), "sv") == "1 november 2024"
    assert write.date(date(2024, 11, 1), "en") == "1 November 2024"
    assert write.listing(["a", "b", "c"], "sv") == "a, b och c"
    assert write.listing(["a", "b", "c"], "en") == "a, b and c"
    assert write.listing(["a"], "sv") == "a"
