"""No text that is written to a spreadsheet begins like a formula."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.vocabulary.cell import FORMULA, guarded


@given(st.text())
def test_nothing_begins_like_a_formula(text):
    assert not guarded(text).lstrip().startswith(FORMULA)
    assert all(sign.isprintable() or sign == "\n" for sign in guarded(text))


@pytest.mark.parametrize("text", ["Ja", "4 – Instämmer", "två\nrader", "a=b", "'x", ""])
def test_other_texts_stay_as_they_are(text):
    assert guarded(text) == text


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", "\r=1", " =1", "\x0b=1"])
def test_formulas_become_texts(text):
    assert guarded(text) == "'" + text.strip()
