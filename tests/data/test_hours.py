"""Hours as people write them."""

import pytest

from evaluation.data.hours import hours_of, is_bare_number


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("3", 3), ("3,5", 3.5), ("3.5", 3.5), ("2 h", 2), ("1,5 tim", 1.5), ("1,5tim.", 1.5), ("ca 3 h", 3),
        ("c:a 4 timmar", 4), ("1 250,5", 1250.5), ("1\u00a0250", 1250), ("90 min", 1.5), ("1 h 30 min", 1.5),
        ("2tim 15min", 2.25), ("0", 0), ("2 hours", 2),
    ],
)  # fmt: skip
def test_hours(text, hours):
    assert hours_of(text) == pytest.approx(hours)


@pytest.mark.parametrize(
    "text", ["-1", "sjuk", "X", "-", "3-4", "3 st", "1:30", "2 km", "h", "1 h 75 min", "3 + 2"]
)
def test_what_says_no_hours(text):
    assert hours_of(text) is None


def test_bare_numbers():
    assert [is_bare_number(text) for text in ("3,5", " 4 ", "4 h", "ca 4")] == [True, True, False, False]
