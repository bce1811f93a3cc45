"""Dates are read in one way, or as the project file states."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.data.dates import certain_date, stated_date
from evaluation.project.layout import Dates

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    "text", ["2024-03-05", "2024.3.5", "2024/03/05", "20240305", "5.3.2024", "2024-03-05 08:00"]
)
def test_certain_dates(text):
    assert certain_date(text) == date(2024, 3, 5)


@pytest.mark.parametrize("text", ["5/3 2024", "05-03-2024", "240305", "45356", "5/3", "20241305", "mars", ""])
def test_the_rest_is_not_guessed(text):
    assert certain_date(text) is None
    assert stated_date(text, Dates()) is None


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("5/3 2024", "dmy"), ("05/03-24", "dmy"), ("5.3.24", "dmy"), ("5-3-2024", "dmy"), ("5/3", "dmy"),
        ("03-05-2024", "mdy"), ("3/5/24", "mdy"), ("240305", "yymmdd"), ("45356", "serial"), ("45356.75", "serial"),
    ],
)  # fmt: skip
def test_stated_forms(text, form):
    assert stated_date(text, Dates(forms=(form,), year=2024)) == date(2024, 3, 5)


def test_forms_are_tried_in_their_order():
    assert stated_date("3/5 2024", Dates(forms=("mdy", "dmy"))) == date(2024, 3, 5)
    assert stated_date("13/5 2024", Dates(forms=("mdy", "dmy"))) == date(2024, 5, 13)


@given(DAYS)
def test_every_day_comes_back_in_every_form(day):
    serial = (day - date(1899, 12, 30)) // timedelta(days=1)
    assert certain_date(day.isoformat()) == day
    assert certain_date(f"{day:%d.%m.%Y}") == day
    assert stated_date(f"{day:%d/%m-%y}", Dates(forms=("dmy",))) == day
    assert stated_date(f"{day:%m-%d-%Y}", Dates(forms=("mdy",))) == day
    assert stated_date(f"{day:%y%m%d}", Dates(forms=("yymmdd",))) == day
    assert stated_date(str(serial), Dates(forms=("serial",))) == day
