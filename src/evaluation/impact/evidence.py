"""How strong the evidence of a design is, which words it allows, and a reader that finds the others."""

import re
from dataclasses import dataclass
from typing import Literal

Assignment = Literal["none", "self_selected", "quasi_random", "random"]
Words = Literal["level", "association", "change", "effect"]

EFFECT_STEP = 3
"""The lowest Maryland step at which a report may speak of an effect."""

EFFECT_WORDS: dict[str, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(?:effects?|impacts?|caus(?:e|es|ed|ing|al)|led to|leads to|lead to|resulted in|results in"
        r"|thanks to|due to the programme|because of the programme|made (?:people|them) (?:more|less|better))\b",
        re.IGNORECASE,
    ),
    "sv": re.compile(
        r"\b(?:effekt(?:en|er|erna)?|påverkat|påverkade|påverkar|orsakat|orsakade|orsakar|lett till|ledde till"
        r"|leder till|resulterat i|resulterade i|bidragit till att|tack vare"
        r"|beror på (?:projektet|programmet|insatsen))\b",
        re.IGNORECASE,
    ),
}
"""Words that say that one thing made another, by language."""

DENIALS: dict[str, re.Pattern[str]] = {
    "en": re.compile(r"\b(?:not|no|never|cannot|without|nor|change, never|neither)\b", re.IGNORECASE),
    "sv": re.compile(r"\b(?:inte|ingen|inga|inget|aldrig|utan|varken|ej)\b", re.IGNORECASE),
}
"""Words by which a sentence says that it claims no effect."""

TECHNICAL = re.compile(
    r"\b(?:design effects?|effect sizes?|(?:random|fixed|mixed)[- ]effects?|change or effect"
    r"|designeffekt(?:en|er)?|slumpeffekt(?:en|er)?|effektstorlek(?:en|ar)?|förändring eller effekt)\b",
    re.IGNORECASE,
)
"""Names of methods, and of a chapter, that hold such a word and claim nothing."""

SENTENCES = re.compile(r"(?<=[.!?:;])\s+")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a design can show.

    Attributes
    ----------
    step
        On the Maryland scale, 0 (nothing) to 5 (randomised).
    nesta
        Of Nesta's standards, 1 to 3; the higher ones are about replication and spread.
    words
        The strongest claim allowed: "level", "change", "association" or "effect".
    """

    step: int
    nesta: int
    words: Words


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence that claims more than its design allows.

    Attributes
    ----------
    word
        The word that claims it.
    sentence
        Where it stands.
    """

    word: str
    sentence: str


def evidence_of(
    *,
    waves: int,
    comparison: bool,
    assignment: Assignment = "none",
    adjusted: bool = False,
    low_attrition: bool = True,
) -> Evidence:
    """Place a design on the ladders of evidence, and say which words it allows.

    Parameters
    ----------
    waves
        How many times the outcome was measured, one or more.
    comparison
        Whether others who did not take part were measured too.
    assignment
        How it was decided who took part.
    adjusted
        Whether those who took part were made comparable with the others.
    low_attrition
        Whether so few left, and so alike on both sides, that a random draw still counts.

    Returns
    -------
    Evidence
        Step 1: before and after, or a plain comparison; 2: an adjusted comparison afterwards; 3: before and
        after in both groups; 4: as good as random; 5: drawn at random, with little loss.

    References
    ----------
    sherman1998, puttick2013

    Examples
    --------
    >>> evidence_of(waves=2, comparison=False)
    Evidence(step=1, nesta=2, words='change')
    >>> evidence_of(waves=2, comparison=True, assignment="random").step
    5
    """
    repeated = waves >= 2
    if not comparison:
        return Evidence(int(repeated), 2 if repeated else 1, "change" if repeated else "level")
    ladder = {"random": 5 if low_attrition else 3, "quasi_random": 4}
    step = ladder.get(assignment, 3 if repeated else 1 + adjusted)
    if assignment in ladder and not low_attrition and not repeated:
        step = 2
    return Evidence(step, 3 if step >= EFFECT_STEP else 2, "effect" if step >= EFFECT_STEP else "association")


def overclaims(text: str, lang: str, evidence: Evidence) -> list[Claim]:
    """Find the sentences that claim an effect where the design shows none.

    Parameters
    ----------
    text
        Plain text.
    lang
        "en" or "sv".
    evidence
        From `evidence_of`.

    Returns
    -------
    list of Claim
        Empty where the design allows effects. A sentence that denies an effect, and a
        question, are let through.

    Examples
    --------
    >>> label = evidence_of(waves=2, comparison=False)
    >>> [claim.word for claim in overclaims("The course led to more skills. They rose.", "en", label)]
    ['led to']
    """
    if evidence.step >= EFFECT_STEP:
        return []
    found = []
    for sentence in SENTENCES.split(text):
        claim = EFFECT_WORDS[lang].search(TECHNICAL.sub("…", sentence))
        if claim and not sentence.rstrip().endswith("?") and not _denied(claim, lang):
            found.append(Claim(claim.group(), sentence.strip()))
    return found


def _denied(claim: re.Match[str], lang: str) -> bool:
    """Tell whether a denial stands before the word that claims, or at most three words after it."""
    sentence = claim.string
    after = " ".join(sentence[claim.end() :].split()[:3])
    return any(DENIALS[lang].search(part) for part in (sentence[: claim.start()], after))
