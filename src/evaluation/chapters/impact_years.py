"""Yearly accounts in the chapter on change or effect: paths, differences, and what would have to be wrong."""

from collections.abc import Iterator

from evaluation.chapters.evaluate import adjusted
from evaluation.impact.growth import GROWTH
from evaluation.report.exhibit import Exhibit, absent, exhibit
from evaluation.result import Result
from evaluation.rules.yearly import (
    bends,
    bounds,
    events,
    firms,
    judged_growth,
    odds,
    other_growth,
    outcomes,
    panel_deflator,
    panel_evidence,
    panel_of,
    path,
    started_growth,
    tolerated,
)
from evaluation.study import Study
from evaluation.vocabulary.message import Message, msg
from evaluation.vocabulary.terms import TERMS

GROWTHS = {
    "symmetric": msg(
        "Growth is the difference divided by the mean of both years (Davis and Haltiwanger): whoever doubles has "
        "grown by two thirds, and whoever starts with nothing by two."
    ),
    "log": msg(
        "Growth is the difference of logarithms; organisations with nothing in one of the years are left out."
    ),
    "percentage": msg(
        "Growth is the difference divided by the earlier year; organisations with nothing in it are left out."
    ),
}
"""What growth means, printed where it is used."""

NEGATIVE = msg("A negative amount has no growth: the organisation is left out of the years that need it.")
ENDED = {
    "left_out": msg("Organisations whose accounts end are left out from then on."),
    "zero": msg("Organisations whose accounts end count as having nothing from then on."),
}
WHY_NO_EFFECT = {
    "no_years_before": msg(
        "There are too few years before the start to see whether both sides grew alike, so a difference is shown, "
        "not an effect."
    ),
    "apart_before": msg(
        "The sides did not grow alike before the start, so a difference is shown, not an effect."
    ),
}


FEWER = msg("Years far from the start rest on fewer organisations; the table says on how many.")


def growth_notes(kinds: set[str]) -> list[Message]:
    """Return what growth means, for each definition that is used."""
    return [GROWTHS[kind] for kind in GROWTH if kind in kinds]


def yearly(study: Study) -> Iterator[Exhibit]:
    """Show how amounts in yearly accounts developed on both sides; nothing if the definition follows none."""
    if study.project.impact.panel is None:
        return
    if panel_of(study) is None or not outcomes(study):
        yield absent(
            "impact-yearly",
            study,
            title=msg("How did organisations grow from year to year?"),
            why=msg(
                "Yearly accounts cannot be compared: five organisations that start in the same year and have "
                "accounts, and a comparison group, are needed."
            ),
        )
        return
    yield from _judged(study)
    for key in outcomes(study):
        yield from _of_outcome(key, study)
    yield from _folded(study)


def _judged(study: Study) -> Iterator[Exhibit]:
    notes = (*_design(study), *_definitions(study))
    for kind, result in judged_growth(study).items():
        yield exhibit(
            f"impact-yearly-{kind}",
            adjusted(result),
            study,
            title=TITLES[kind],
            layout="table",
            columns=COLUMNS,
            notes=notes,
        )


TITLES = {
    "growth_effect": msg("How large is the estimated effect on growth, by yearly accounts?"),
    "growth_difference": msg("How much does growth differ, by yearly accounts?"),
}
COLUMNS = ("points", "interval", "p_adjusted", "in_programme", "in_comparison", "verdict")


def _design(study: Study) -> Iterator[Message]:
    """Say what the design of the accounts is and which words it allows."""
    found = [panel_evidence(key, study) for key in outcomes(study)]
    yield TERMS[f"with_comparison_{study.project.impact.comparison.assignment}"]
    step = max(evidence.step for evidence, _ in found)
    yield msg("Step {step} of 5 on the Maryland scale, by the design of the accounts.", step=step)
    for words in ("effect", "association"):
        if words in {evidence.words for evidence, _ in found}:
            yield TERMS[f"words_{words}"]
    for why in WHY_NO_EFFECT:
        if why in {reason for _, reason in found}:
            yield WHY_NO_EFFECT[why]


def _definitions(study: Study) -> Iterator[Message]:
    stated, index = study.project.impact.panel, panel_deflator(study)
    years = {"first": str(stated.years[0]), "last": str(stated.years[1])}
    yield msg(
        "Mean growth since the last year before the start, over the years from the start on; accounts from {first} to "
        "{last}.",
        **years,
    )
    yield from growth_notes({outcome.growth for outcome in stated.outcomes.values()})
    yield NEGATIVE
    yield from (ENDED[kind] for kind in ENDED if kind in {one.ended for one in stated.outcomes.values()})
    real = [outcome for outcome in stated.outcomes.values() if outcome.deflate]
    for outcome in stated.outcomes.values():
        if outcome.deflate:
            yield msg("{label}: real, in money of {year}.", label=outcome.label, year=years["last"])
        else:
            yield msg("{label}: nominal, as it stands in the accounts.", label=outcome.label)
    if real and index is not None:
        yield msg("Price index: {source}, {date}.", source=index.source, date=index.date)


def _of_outcome(key: str, study: Study) -> Iterator[Exhibit]:
    label = study.project.impact.panel.outcomes[key].label
    yield exhibit(
        f"impact-path-{key}",
        path(key, study),
        study,
        title=msg("Year by year: {label}", label=label),
        level="short",
        notes=(
            msg(
                "Mean growth since the last year before the start, which is therefore zero. The others are weighted to "
                "the mix of those who take part."
            ),
            *((FEWER,) if started_growth(study) is not None else ()),
        ),
    )
    yield exhibit(
        f"impact-since-start-{key}",
        events(key, study),
        study,
        title=msg("Did the difference come with the start? {label}", label=label),
        level="short",
        notes=(
            msg(
                "Left of the broken line each mark is the difference in growth from the year before, and should be "
                "near zero. Right of it each is the difference in growth since the last year before the start. Year 0 "
                "is the year of the start."
            ),
            msg("Line: {level_percent} interval."),
        ),
    )


def _folded(study: Study) -> Iterator[Exhibit]:
    shown: tuple[tuple[str, Result | None, Message, str], ...] = (
        ("ways", other_growth(study), msg("What do other comparisons of the accounts say?"), "table"),
        ("starts", started_growth(study), msg("Is it the same for every year of start?"), "folded"),
        (
            "bounds",
            bounds(study),
            msg("What would remain if the sides would have grown differently?"),
            "table",
        ),
        (
            "bends",
            bends(study),
            msg("What would remain if the trend from before the start went on?"),
            "table",
        ),
        (
            "tolerated",
            tolerated(study),
            msg("How differently may the sides have grown before the finding is uncertain?"),
            "table",
        ),
        ("odds", odds(study), msg("How unlike may matched organisations be?"), "table"),
        ("firms", firms(study), msg("Which organisations are compared?"), "folded"),
    )
    for name, result, title, layout in shown:
        if result is not None:
            yield exhibit(
                f"impact-yearly-{name}",
                result,
                study,
                title=title,
                layout=layout,
                columns=SHOWN.get(name, ()),
                notes=_notes(name, result),
            )


SHOWN = {"ways": ("points", "interval", "p_value", "in_programme", "in_comparison")}


def _notes(name: str, result: Result) -> tuple[Message, ...]:
    """Return what a table needs said; of pairs only where there are any."""
    if name == "ways" and not (result.table["level"] == "matched_pairs").any():
        return ()
    return (NOTES[name],) if name in NOTES else ()


NOTES = {
    "ways": msg(
        "Pairs: each organisation that takes part with one of the same kind that had nearly the same amount in the "
        "last year before its start; nobody is in two pairs."
    ),
    "bounds": msg(
        "The yardstick is the largest difference in growth from one year to the next before the start. Where the "
        "interval leaves out zero, the finding would stand even if the trends differed by so many times as much."
    ),
    "bends": msg(
        "The difference in trends before the start is continued as a straight line and taken off. With 0 its slope may "
        "not change; the other rows let it change every year by so much. They are the same in every report."
    ),
    "tolerated": msg(
        "A dash means that the difference is uncertain even if trends did not differ at all from the start on, or even "
        "if the trend from before the start went on as a straight line. The search ends at 5 times and at 50 "
        "percentage points."
    ),
    "firms": msg("An organisation may be counted in several rows."),
}
