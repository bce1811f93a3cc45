"""Every sentence of a finished report is read for claims above its design's step, in both languages."""

import re
from html import unescape

import pytest

from evaluation.impact.evidence import evidence_of, overclaims
from evaluation.vocabulary.references import REFERENCES

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("halland")]

ALONE = evidence_of(waves=2, comparison=False)
ENDS = re.compile(r"</(?:p|li|t[dh]|h\d|figcaption|caption|d[td]|summary|div|a|button|option|label|title)>")
NOT_READ = ("search.html", "report.html", "workshop.html")
"""They hold the same texts once more."""
PLANTED = {"sv": "Projektet har lett till bättre ledarskap.", "en": "The programme led to better leadership."}


def sentences(page: str) -> str:
    """Return the text of a page, with a stop where an element ends."""
    page = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", ENDS.sub(". ", page))).split())


@pytest.fixture(scope="module")
def texts(halland):
    return {
        lang: {
            path.name: sentences(path.read_text(encoding="utf-8"))
            for path in sorted((halland / lang).glob("*.html"))
            if path.name not in NOT_READ
        }
        for lang in PLANTED
    }


@pytest.mark.parametrize("lang", PLANTED)
def test_no_page_claims_an_effect(texts, lang):
    assert len(texts[lang]) > 8
    found = {
        name: [claim for claim in overclaims(text, lang, ALONE) if not is_publication(claim.sentence)]
        for name, text in texts[lang].items()
    }
    assert {name: claims for name, claims in found.items() if claims} == {}


@pytest.mark.parametrize("lang", PLANTED)
def test_a_planted_sentence_is_found_on_every_page(texts, lang):
    for text in texts[lang].values():
        claims = [claim.sentence for claim in overclaims(f"{text} {PLANTED[lang]}", lang, ALONE)]
        assert PLANTED[lang] in claims


def is_publication(sentence: str) -> bool:
    """Tell whether a sentence is the title of a publication in the list of references."""
    return any(sentence.rstrip(".:") in reference for reference in REFERENCES.values())
