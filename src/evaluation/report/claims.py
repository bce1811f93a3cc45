"""Sentences in a report that claim more than its design shows: the evaluator's own and those of workshops."""

from collections.abc import Iterator
from dataclasses import dataclass

from evaluation.impact.evidence import Claim, Evidence, overclaims
from evaluation.project.check import texts
from evaluation.project.load import Source
from evaluation.report.workshop.readings import comments_of
from evaluation.study import Study

SAID = ("see", "why", "act")
"""What a remark of a workshop consists of."""


@dataclass(frozen=True, slots=True)
class Overclaim:
    """A sentence above its design's step, and where it stands."""

    where: str
    claim: Claim


def own_overclaims(study: Study, evidence: Evidence) -> list[Overclaim]:
    """Find the sentences that people wrote and the report prints, and that claim more than the design shows.

    Parameters
    ----------
    study
        The programme.
    evidence
        What its design can show.

    Returns
    -------
    list of Overclaim
        From the definition with line and key, then from remarks of workshops with their figure. Questions of the
        codebook are the respondents' words and left alone.
    """
    found = [*_written(study), *_said(study)]
    return [
        Overclaim(where, claim) for where, lang, text in found for claim in overclaims(text, lang, evidence)
    ]


def _written(study: Study) -> Iterator[tuple[str, str, str]]:
    source = Source(study.loaded.file)
    for words, path in texts(source.value):
        for lang in study.project.languages:
            yield source.where(*path, lang), lang, str(words.get(lang, ""))


def _said(study: Study) -> Iterator[tuple[str, str, str]]:
    for remark in comments_of(study).remarks:
        for name in SAID:
            yield remark.figure, remark.lang, getattr(remark, name)
