"""The only words in which a result is judged."""

from string import Formatter

import pytest

from evaluation.vocabulary.columns import GLOSSARY
from evaluation.vocabulary.reasons import REASONS
from evaluation.vocabulary.verdicts import MARKS, VERDICTS

SAID_BESIDE = {"count", "n_silent", "ratio", "steps"}


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("key", VERDICTS)
def test_a_verdict_has_its_words_and_a_mark(key):
    verdict = VERDICTS[key]
    assert verdict.tone in MARKS
    assert verdict.label.context == "verdict"
    assert not fields(verdict.label.text) | fields(verdict.easy.text)
    assert fields(verdict.counted.text) == {"n_total"}
    assert fields(verdict.counted.plural) == {"count", "n_total"}


def test_labels_tell_verdicts_apart():
    assert len({str(verdict.label) for verdict in VERDICTS.values()}) == len(VERDICTS)
    assert len(set(MARKS.values())) == len(MARKS)


@pytest.mark.parametrize("key", REASONS)
def test_a_reason_names_only_what_a_row_can_hold(key):
    message = REASONS[key]
    assert fields(message.text) | fields(message.plural) <= set(GLOSSARY) | SAID_BESIDE
    assert message.text.endswith(".")
