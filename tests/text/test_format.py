"""Numbers as each language writes them, and never rounded to say something else."""

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


def test_p_values_never_become_zero():
    assert write.p_value(0.00001, "sv") == f"<{NBSP}0,001"
    assert write.p_value(0.04, "en") == "0.040"


def test_interval_names_the_unit_once_and_keeps_signs_apart():
    assert write.interval(f"73{NBSP}%", f"80{NBSP}%", "sv") == f"73–80{NBSP}%"
    assert write.interval("−0.4", "+0.2", "en") == "−0.4 to +0.2"
    assert write.interval("−0,4", "+0,2", "sv") == "−0,4 till +0,2"
    assert write.interval("–", "80%", "en") == "–"
