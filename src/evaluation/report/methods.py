"""The page on methods and limits, made from what the exhibits say of themselves."""

from collections.abc import Sequence

from evaluation.report.exhibit import Exhibit
from evaluation.report.page import render
from evaluation.study import Study
from evaluation.text.catalogue import say
from evaluation.vocabulary.message import Message, msg
from evaluation.vocabulary.methods import ASSUMPTIONS, METHODS
from evaluation.vocabulary.references import cite

ALONE = msg(
    "There is no comparison group. The report therefore speaks of change and never says that the programme "
    "caused it."
)
COMPARED = msg(
    "There is a comparison group. Only the chapter on change or effect compares with it; all other numbers are about "
    "those who take part, and what changed among them need not come from the programme."
)
ROUNDS = msg(
    "Some numbers are not withheld but rounded, and marked ≈, where that protects as well: counts to the nearest "
    "multiple of the smallest number that may be shown, shares and means to fewer decimals."
)
LIMITS: tuple[Message, ...] = (
    msg("Answers are what people say of themselves; nobody has tested their skills."),
    msg(
        "Numbers about fewer than {min_cell} people or companies are withheld ({special} for sensitive groups), "
        "and so are shares with fewer than that who say yes, or who say no."
    ),
    msg(
        "A number that would let a reader work out a withheld one, from any tables of the report together, is "
        "withheld too. What somebody knows from elsewhere, or from earlier reports, is not taken into account."
    ),
    msg(
        "Differences are computed before rounding, so a written difference can deviate by one in the last decimal."
    ),
    msg(
        "Verdicts follow rules that were written in the programme's definition; they are listed with each statement."
    ),
)


def methods_page(exhibits: Sequence[Exhibit], study: Study, lang: str, *, brief: bool = False) -> str:
    """Render the page on methods, assumptions, limits and references.

    Parameters
    ----------
    exhibits
        Everything that the report shows.
    study
        The programme, for its thresholds.
    lang
        The language.
    brief
        Whether to leave it at the limits.
    """
    metas = [] if brief else [exhibit.result.meta for exhibit in exhibits]
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
            say(text, lang, min_cell=privacy.min_cell, special=privacy.min_cell_special)
            for text in (
                COMPARED if study.comparison else ALONE,
                *LIMITS,
                *([ROUNDS] if privacy.complementary == "round" else []),
            )
        ],
        references=references,
    )


HEADINGS: dict[str, Message] = {
    "limits": msg("Limits"),
    "methods": msg("Methods"),
    "assumptions": msg("What is assumed"),
    "references": msg("References"),
}
