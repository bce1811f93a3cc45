"""References by key: author and year, and what can be looked up."""

import re
import unicodedata

import pytest

from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.references import REFERENCES, cite


@pytest.mark.parametrize("key", REFERENCES)
def test_the_key_is_the_first_author_and_the_year(key):
    name, year = re.fullmatch(r"([a-z]+?)(\d{4})[a-z]?", key).groups()
    text = cite(key)
    author = unicodedata.normalize("NFKD", text.partition("(")[0].replace("ø", "o")).casefold()
    letters = re.sub(r"[^a-z]", "", author)
    initials = "".join(word[0] for word in author.split())
    assert letters.startswith(name) or initials == name, text
    assert f"({year})" in text
    assert text.endswith(".")
    assert "  " not in text


def test_no_reference_stands_twice():
    assert len(set(REFERENCES.values())) == len(REFERENCES)


def test_an_unknown_key_is_refused_with_the_nearest():
    with pytest.raises(EstimationError, match="Did you mean holm1979"):
        cite("holm1978")
