"""What people wrote is read for claims above the design's step, before a report is told to be ready."""

from dataclasses import replace

import pytest

from evaluation.impact.evidence import evidence_of
from evaluation.report.claims import own_overclaims
from evaluation.report.workshop.annotation import Comments, Remark

ALONE = evidence_of(waves=2, comparison=False)
PLANTED = {"sv": "Projektet har lett till fler jobb.", "en": "The programme led to more jobs."}


def planted(study, folder, lang):
    """Return the study with a sentence planted in its definition."""
    text = study.loaded.file.read_text(encoding="utf-8")
    short = {"sv": "Kort.", "en": "Short."} | {lang: PLANTED[lang]}
    about = f"about: {{sv: {short['sv']}, en: {short['en']}}}"
    lines = [about if line.startswith("about:") else line for line in text.splitlines()]
    (folder / "project.yaml").write_text("\n".join(lines), encoding="utf-8")
    return replace(study, loaded=study.loaded.model_copy(update={"file": folder / "project.yaml"}))


@pytest.mark.parametrize(("lang", "word"), [("sv", "lett till"), ("en", "led to")])
def test_a_sentence_planted_in_the_definition_is_found_with_its_line(compared_study, tmp_path, lang, word):
    found = own_overclaims(planted(compared_study, tmp_path, lang), ALONE)
    assert [(one.where, one.claim.word) for one in found] == [(f"project.yaml:3 about.{lang}", word)]
    assert found[0].claim.sentence == PLANTED[lang]


def test_a_design_that_shows_effects_may_say_so(compared_study, tmp_path):
    strong = evidence_of(waves=2, comparison=True)
    assert own_overclaims(planted(compared_study, tmp_path, "en"), strong) == []


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_a_remark_of_a_workshop_is_read_in_its_own_language(compared_study, lang):
    remark = Remark("r1", "t1", "change-learning", "", "manager", "", why=PLANTED[lang], lang=lang)
    study = replace(compared_study)
    study.kept["workshops",] = Comments("compared", remarks=(remark,))
    found = own_overclaims(study, ALONE)
    assert [one.where for one in found] == ["change-learning"]


def test_the_programmes_of_this_repository_claim_no_effect(halland_study, compared_study):
    for study in (halland_study, compared_study):
        assert own_overclaims(study, ALONE) == []
