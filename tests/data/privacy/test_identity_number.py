"""Identity numbers are found in every spelling, and nothing else is taken for one."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.data.privacy.identity_column import numbers_in
from evaluation.data.privacy.identity_number import (
    candidates,
    check_digit,
    identity_numbers,
    suspicious,
)

SPELLINGS = [
    "811218-9876",
    "19811218-9876",
    "8112189876",
    "198112189876",
    "811218+9876",
    "811218 9876",
    "811218 - 9876",
    "19811218 9876",
    "1981-12-18-9876",
    "1981 12 18 9876",
    "1981.12.18-9876",
    "811218–9876",
    "811218−9876",
    "８１１２１８-９８７６",
    "811218\u00a09876",
    "  811218-9876  ",
    "'811218-9876",
]


@pytest.mark.parametrize("text", SPELLINGS)
def test_every_spelling_is_the_same_number(text):
    (found,) = identity_numbers(text)
    assert (found.number, str(found.kind), found.whole) == ("8112189876", "personal identity number", True)


@pytest.mark.parametrize("text", ["Mitt nummer är {}.", "pnr:{}", "({})", "{}, tack", "född {}\noch"])
@pytest.mark.parametrize("number", ["811218-9876", "198112189876"])
def test_numbers_are_found_in_free_text(text, number):
    (found,) = identity_numbers(text.format(number))
    assert (found.number, found.whole) == ("8112189876", False)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("811278-9873", "coordination number"),
        ("19811278-9873", "coordination number"),
        ("811218-T873", "interim personal identity number"),
        ("19811218r873", "interim personal identity number"),
    ],
)
def test_other_kinds_of_numbers(text, kind):
    (found,) = identity_numbers(text)
    assert str(found.kind) == kind


@pytest.mark.parametrize(
    "text",
    [
        "811218-9875",
        "811318-9874",
        "811232-9870",
        "810229-9877",
        "556012-5790",
        "0.8112189876",
        "12,8112189876",
        "18112189876",
        "81121898761",
        "811218-98765",
        "a3f8112189876b",
        "19811218-9876-4f3a",
        "811218-0007",
        "2024-03-01",
        "",
    ],
)
def test_what_is_no_identity_number(text):
    assert identity_numbers(text) == []


def test_the_number_is_not_shown():
    assert "8112189876" not in repr(identity_numbers("811218-9876"))


@given(st.integers(0, 10**9 - 1))
def test_one_wrong_digit_is_always_noticed(number):
    digits = f"{number:09}"
    right = check_digit(digits)
    for place in range(9):
        changed = digits[:place] + str((int(digits[place]) + 1) % 10) + digits[place + 1 :]
        assert check_digit(changed) != right


@given(
    st.dates(min_value=pd.Timestamp("1901-01-01").date(), max_value=pd.Timestamp("2024-12-31").date()),
    st.integers(1, 999),
    st.sampled_from(["", "-", "+", " "]),
    st.booleans(),
    st.sampled_from([0, 60]),
)
def test_every_valid_number_is_found_and_passes_the_quick_look(day, serial, sign, century, shift):
    date = f"{day:%y%m}{day.day + shift:02}"
    last = f"{serial:03}"
    text = f"{day.year // 100 if century else ''}{date}{sign}{last}{check_digit(date + last)}"
    assert [found.checked for found in candidates(text)] == [True]
    assert list(suspicious(["x", text])) == [(1, text)]


def column(texts):
    return pd.Series(pd.Categorical(texts), index=range(2, len(texts) + 2), name="id")


def numbers(rng, n, *, valid):
    dates = pd.to_datetime(rng.integers(0, 20_000, n), unit="D").strftime("%y%m%d")
    nine = [f"{date}{serial:03}" for date, serial in zip(dates, rng.integers(1, 1000, n), strict=True)]
    return [f"{digits}{check_digit(digits) if valid else rng.integers(10)}" for digits in nine]


def test_codes_that_look_like_dates_are_told_from_identity_numbers():
    rng = np.random.default_rng(1)
    assert numbers_in(column(numbers(rng, 400, valid=False))) is None
    found = numbers_in(column(numbers(rng, 400, valid=True)))
    assert (found.count, found.row) == (400, 2)


def test_a_few_numbers_among_other_codes_are_found():
    found = numbers_in(column([*(f"p{i}" for i in range(500)), "8112189876", "811218-9876"]))
    assert (found.count, found.row) == (2, 502)


def test_a_lost_first_zero_is_noticed_beside_other_numbers():
    short = "050318987"
    short = short[1:] + str(check_digit(short))
    assert numbers_in(column([short])) is None
    assert numbers_in(column([short, "8112189876"])).count == 2


def test_texts_that_no_cell_has_do_not_count():
    cells = column(["8112189876", "p1"])
    assert numbers_in(cells[cells == "p1"]) is None
