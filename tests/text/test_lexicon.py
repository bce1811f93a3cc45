"""The project's words, and what stands in for them."""

import pytest

from evaluation.text.lexicon import DEFAULTS, word
from tests.text.rows import WORDS


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("wave.w1", "Före"),
        ("wave.w9", "w9"),
        ("level.sex.unheard_of", "unheard_of"),
        ("term.any", "inom minst ett av områdena"),
        ("term.effort_seven", "effort_seven"),
    ],
)
def test_words(key, said):
    assert word(WORDS, key, "sv") == said


@pytest.mark.parametrize("kind", DEFAULTS)
def test_the_package_has_words_of_its_own(kind):
    assert word({}, f"{kind}.goal", "sv") not in ("", "goal")
    assert word({}, f"{kind}.goal", "sv") != word({}, f"{kind}.goal", "en")


def test_a_language_that_the_project_lacks_gets_the_packages_word():
    assert word({"label.x": {"sv": "Etikett"}}, "label.x", "en") == "The measure"
    assert word({"wave.x": {"sv": "Före", "en": ""}}, "wave.x", "en") == "x"
