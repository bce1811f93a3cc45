"""A figure in words: what kind it is, then the sentences that stand beside it."""

import pandas as pd
import pytest

from evaluation.figures import FIGURES
from evaluation.text.alt import KINDS, alt_text
from evaluation.text.catalogue import languages
from evaluation.text.sentence import Finding, describe
from tests.text.rows import WORDS, goal


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("kind", FIGURES)
def test_every_kind_of_figure_is_named(kind, lang):
    text = alt_text(pd.DataFrame(), kind, [Finding(("One.",))], lang)
    assert text.endswith(" One.")
    assert len(text) > len(" One.") + 5


def test_no_other_kind_is_named():
    assert set(KINDS) == set(FIGURES)


def test_it_is_the_sentence_of_the_page():
    finding = describe(goal(), lang="sv", words=WORDS)
    text = alt_text(pd.DataFrame([goal()]), "target", [finding], "sv")
    assert all(sentence in text for sentence in finding.finding)
    assert not any(sentence in text for sentence in finding.sure)


def test_each_sentence_is_said_once():
    twice = [Finding(("The target was 70%.", "One.")), Finding(("The target was 70%.", "Two."))]
    assert alt_text(pd.DataFrame(), "flow", twice, "en").count("The target") == 1
