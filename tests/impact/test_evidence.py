"""The ladder of evidence, and the reader that refuses words above a design's step."""

import re

import pytest

from evaluation.impact.estimates import impact_estimates
from evaluation.impact.evidence import EFFECT_STEP, evidence_of, overclaims
from evaluation.rules import evaluate
from evaluation.text.catalogue import languages, translations
from evaluation.text.sentence import describe
from evaluation.vocabulary.estimands import ESTIMANDS
from evaluation.vocabulary.tally import EVERY
from evaluation.vocabulary.terms import TERMS
from evaluation.vocabulary.verdicts import VERDICTS

from .people import two_groups

ALONE = evidence_of(waves=2, comparison=False)
ABOUT_EFFECTS = ("effect", "growth_effect")
"""Quantities that exist only where the design shows an effect."""
SAID_OF_EFFECTS = {
    *(ESTIMANDS[key].label.text for key in ABOUT_EFFECTS),
    *(line.message.text for key in ABOUT_EFFECTS for line in (*ESTIMANDS[key].short, *ESTIMANDS[key].report)),
    *(
        message.text
        for key, verdict in VERDICTS.items()
        if key.startswith("effect_")
        for message in (verdict.label, verdict.easy, verdict.counted)
    ),
    TERMS["words_effect"].text,
    *(message.text for key, message in EVERY.items() if key.startswith("effect_")),
}
"""What is said only where the design shows an effect."""
FIELDS = re.compile(r"\{[^}]*\}")
ABOUT_METHODS = re.compile(
    r"design effect|designeffekt|random effects?|random-effects|slumpeffekt|fixed effects?", re.IGNORECASE
)


@pytest.mark.parametrize(
    ("design", "step", "nesta", "words"),
    [
        ({"waves": 1, "comparison": False}, 0, 1, "level"),
        ({"waves": 2, "comparison": False}, 1, 2, "change"),
        ({"waves": 1, "comparison": True}, 1, 2, "association"),
        ({"waves": 1, "comparison": True, "adjusted": True}, 2, 2, "association"),
        ({"waves": 2, "comparison": True}, 3, 3, "effect"),
        ({"waves": 2, "comparison": True, "assignment": "quasi_random"}, 4, 3, "effect"),
        ({"waves": 2, "comparison": True, "assignment": "random"}, 5, 3, "effect"),
        ({"waves": 2, "comparison": True, "assignment": "random", "low_attrition": False}, 3, 3, "effect"),
        (
            {"waves": 1, "comparison": True, "assignment": "random", "low_attrition": False},
            2,
            2,
            "association",
        ),
    ],
)
def test_a_design_stands_on_its_step(design, step, nesta, words):
    found = evidence_of(**design)
    assert (found.step, found.nesta, found.words) == (step, nesta, words)


@pytest.mark.parametrize(
    ("lang", "planted", "word"),
    [
        ("en", "The knowledge of leadership rose. The programme led to better leadership.", "led to"),
        ("en", "The effect was 0.4 steps.", "effect"),
        ("sv", "Kunskapen om ledarskap ökade. Projektet har lett till bättre ledarskap.", "lett till"),
        ("sv", "Effekten var 0,4 steg.", "Effekten"),
        ("sv", "Insatsen påverkade deltagarna.", "påverkade"),
        ("en", "The effect is 0.4 steps, which others did not reach.", "effect"),
    ],
)
def test_a_planted_effect_is_found_below_its_step_and_only_there(lang, planted, word):
    assert [claim.word for claim in overclaims(planted, lang, ALONE)] == [word]
    assert overclaims(planted, lang, evidence_of(waves=2, comparison=True)) == []


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "It shows a change, not an effect."),
        ("en", "It cannot be said what caused it."),
        ("sv", "Det visar en förändring, inte en effekt."),
        ("sv", "Utan jämförelsegrupp syns ingen effekt."),
        ("sv", "Förändringen var 0,4 steg."),
    ],
)
def test_a_sentence_that_denies_an_effect_is_let_through(lang, said):
    assert overclaims(said, lang, ALONE) == []


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("key", [key for key in ESTIMANDS if key not in ABOUT_EFFECTS])
def test_no_sentence_of_a_quantity_claims_an_effect(key, lang):
    estimand = ESTIMANDS[key]
    for line in (*estimand.short, *estimand.report, *estimand.easy):
        text = line.message.text
        if lang != "en":
            entry = translations(lang).get(text)
            text = entry.string if entry is not None and isinstance(entry.string, str) else text
        assert overclaims(FIELDS.sub("…", text), lang, ALONE) == []


@pytest.mark.parametrize("lang", languages())
def test_rows_of_a_weak_design_speak_of_differences_and_of_a_strong_one_of_effects(lang):
    weak = evidence_of(waves=1, comparison=True)
    for evidence in (weak, evidence_of(waves=2, comparison=True)):
        found = impact_estimates(two_groups(), treated="took", evidence=evidence)
        text = " ".join(str(describe(row, lang=lang)) for row in found.records())
        assert bool(overclaims(text, lang, weak)) == (evidence.step >= EFFECT_STEP)


@pytest.mark.parametrize("lang", languages())
def test_no_finding_of_a_programme_without_comparison_claims_an_effect(lang, halland_study):
    for key in halland_study.project.indicators:
        found = evaluate(key, halland_study)
        for level in ("short", "report", "easy"):
            text = " ".join(map(str, found.describe(lang, level, words=halland_study.words)))
            assert overclaims(text, lang, ALONE) == [], key


@pytest.mark.parametrize("lang", languages())
def test_no_message_of_the_program_claims_an_effect_by_chance(lang):
    found = {}
    for entry in translations("sv"):
        source = entry.id[0] if isinstance(entry.id, tuple) else entry.id
        text = source if lang == "en" else entry.string
        for part in text if isinstance(text, tuple) else (text,):
            plain = ABOUT_METHODS.sub("", FIELDS.sub("…", part or ""))
            if source and overclaims(plain, lang, ALONE) and source not in SAID_OF_EFFECTS:
                found[source] = plain
    assert found == {}
