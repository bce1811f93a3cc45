"""The page on methods and limits, made from what the exhibits say of themselves."""

from collections.abc import Sequence

from evaluation.report.exhibit import Exhibit
from evaluation.report.page import render
from evaluation.study import Study
from evaluation.text.catalogue import say
from evaluation.vocabulary.message import Message, msg, pmsg
from evaluation.vocabulary.references import cite

METHODS: dict[str, tuple[Message, Message]] = {
    "hypergeometric": (
        pmsg("method", "Share of a programme's own people or companies"),
        msg(
            "The interval inverts the hypergeometric distribution: it contains every number of yes among all that "
            "the answers do not contradict. If all have answered there is no interval, because nothing is unknown. "
            "The bounds assume nothing about the silent."
        ),
    ),
    "clopper_pearson": (
        pmsg("method", "Share in a wider population"),
        msg("The exact binomial interval, for when it is not known how many there are in all."),
    ),
    "count": (
        pmsg("method", "Counts"),
        msg("Registers and logs are counted. A count of everybody has no interval."),
    ),
    "exact_counts": (
        pmsg("method", "Who takes part"),
        msg(
            "Everybody who takes part is counted, so the shares have no interval. The p value is exact: Fisher's "
            "test against the other participants, or the binomial test against a population."
        ),
    ),
    "cr2_satterthwaite": (
        pmsg("method", "Means, changes and differences between groups"),
        msg(
            "People in the same company resemble each other. The standard errors take this into account and are "
            "corrected for few and unequal companies (CR2), with degrees of freedom after Satterthwaite. With fewer "
            "than five organisations no judgement is made."
        ),
    ),
    "reliability": (
        pmsg("method", "Reliability of scales"),
        msg(
            "Alpha and omega say how much of the differences in a score are differences between people. Alpha "
            "needs 30 complete answers, omega 100, omega of ordered answers 200; the interval draws whole "
            "organisations anew."
        ),
    ),
    "measurement_invariance": (
        pmsg("method", "Whether questions measure alike"),
        msg(
            "Factor models over time, and ordinal regressions of each question on the others between groups, show "
            "whether questions are understood alike, and by how many steps they move a difference if they are not."
        ),
    ),
}
ASSUMPTIONS: dict[str, Message] = {
    "silent_like_answered": msg("The interval assumes that those who did not answer are like those who did."),
    "independent_answers": msg("The interval assumes that the answers are independent of each other."),
    "clusters_independent": msg(
        "Answers from different organisations are assumed not to influence each other."
    ),
    "both_waves": msg("Changes are about those who answered both times; those who left may differ."),
}
LIMITS: tuple[Message, ...] = (
    msg(
        "There is no comparison group. The report therefore speaks of change and never says that the programme "
        "caused it."
    ),
    msg("Answers are what people say of themselves; nobody has tested their skills."),
    msg(
        "Numbers about fewer than {min_cell} people or companies are withheld ({special} for sensitive groups)."
    ),
    msg(
        "Where one group of a breakdown is withheld, the next smallest is withheld too. Full protection against "
        "someone who combines several tables is not yet made: look through the report before it is published."
    ),
    msg(
        "Differences are computed before rounding, so a written difference can deviate by one in the last decimal."
    ),
    msg(
        "Verdicts follow rules that were written in the programme's definition; they are listed with each statement."
    ),
)


def methods_page(exhibits: Sequence[Exhibit], study: Study, lang: str) -> str:
    """Render the page on methods, assumptions, limits and references.

    Parameters
    ----------
    exhibits
        Everything that the report shows.
    study
        The programme, for its thresholds.
    lang
        The language.
    """
    metas = [exhibit.result.meta for exhibit in exhibits]
    used = [key for key in METHODS if any(meta.method == key for meta in metas)]
    assumed = [key for key in ASSUMPTIONS if any(key in meta.assumptions for meta in metas)]
    references = sorted({cite(key) for meta in metas for key in meta.references})
    privacy = study.project.privacy
    return render(
        "methods",
        lang,
        title=say(msg("How was it done, and what can it not tell?"), lang),
        headings={name: say(text, lang) for name, text in HEADINGS.items()},
        methods=[(say(METHODS[key][0], lang), say(METHODS[key][1], lang)) for key in used],
        assumptions=[say(ASSUMPTIONS[key], lang) for key in assumed],
        limits=[
            say(text, lang, min_cell=privacy.min_cell, special=privacy.min_cell_special) for text in LIMITS
        ],
        references=references,
    )


HEADINGS: dict[str, Message] = {
    "limits": msg("Limits"),
    "methods": msg("Methods"),
    "assumptions": msg("What is assumed"),
    "references": msg("References"),
}
