"""How many of a kind got a verdict, as people say it."""

import pytest

from evaluation.text.sentence import describe
from evaluation.vocabulary.tally import EVERY
from evaluation.vocabulary.verdicts import VERDICTS


def said(verdict: str, count: int, total: int, lang: str) -> str:
    row = {"estimand": "verdict_count", "n": total, "n_total": total, "estimate": count, "verdict": verdict}
    return str(describe(row, lang=lang))


def test_every_verdict_has_its_sentences():
    assert list(EVERY) and set(EVERY) == set(VERDICTS)


@pytest.mark.parametrize(
    ("verdict", "count", "total", "swedish", "english"),
    [
        ("reached", 1, 1, "Det enda målet är nått.", "The only target is reached."),
        ("reached", 1, 2, "Ett av två mål är nått.", "One of two targets is reached."),
        ("reached", 2, 2, "Båda målen är nådda.", "Both targets are reached."),
        ("covered", 4, 4, "Alla fyra kraven är uppfyllda.", "All four requirements are met."),
        ("not_covered", 3, 3, "Inget av de tre kraven är uppfyllt.", "Not one of the three requirements is met."),
        ("described", 1, 1, "Ett påstående beskrivs utan bedömning.", "One statement is only described."),
        ("increased", 4, 7, "Fyra av sju mått har ökat.", "Four of seven measures have increased."),
        ("holds", 3, 13, "3 av 13 bedömningar håller vad man än antar om dem som saknas.",
         "3 of 13 verdicts hold under every assumption about those who are missing."),
    ],
)  # fmt: skip
def test_a_tally_is_said_as_people_say_it(verdict, count, total, swedish, english):
    assert said(verdict, count, total, "sv") == swedish
    assert said(verdict, count, total, "en") == english


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("verdict", VERDICTS)
def test_no_tally_counts_one_of_one_or_all_of_all(verdict, lang):
    for count, total in ((1, 1), (2, 2), (5, 5)):
        text = said(verdict, count, total, lang)
        assert text[0].isupper() and text.endswith(".")
        assert f" {count} av {total} " not in f" {text} " and f" {count} of {total} " not in f" {text} "
