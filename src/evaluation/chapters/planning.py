"""What the programme could be expected to show, and how that compares with what came out."""

from collections.abc import Iterable
from functools import reduce

from evaluation.chapters.evaluate import NOTHING
from evaluation.report.exhibit import Exhibit, Exhibits, absent, exhibit
from evaluation.result import Result
from evaluation.rules.plan import assumptions_for, chances, other_units, plan, precision
from evaluation.study import Study
from evaluation.text import format as write
from evaluation.vocabulary.message import Message, msg

NO_ANSWERS = msg("Nobody has answered yet.")


def changes(study: Study) -> Exhibit:
    """Show the smallest change that each statement is likely to find."""
    return _planned(
        "planned-changes",
        "detectable_change",
        study,
        title=msg("Which changes are likely to be found?"),
        notes=(
            _assumed(study),
            msg(
                "The smallest change is in steps of the scale: the interval leaves out zero with a chance of "
                "80 per cent if the true change is that large."
            ),
            *_elsewhere(study),
            msg("A smaller true change may be found too, but it is more likely to be missed."),
        ),
    )


def targets(study: Study) -> Exhibit:
    """Show how many answers a verdict about each target needs."""
    return _planned(
        "planned-targets",
        "needed_answers",
        study,
        title=msg("How many answers does each target need?"),
        notes=(
            msg(
                "For true shares ten percentage points below and above the target; so many answers give a verdict with "
                "a chance of 80 per cent."
            ),
        ),
    )


def verdicts(study: Study) -> Exhibit:
    """Show how likely the right verdict about each target is with the answers that are expected."""
    return _stacked(
        "planned-verdicts",
        chances(study.project, assumptions_for(study)),
        study,
        title=msg("How likely is a verdict about each target?"),
        notes=(
            msg(
                "If those who answer are a random part of everyone. The wrong verdict never comes: a verdict is given "
                "only if the silent could not change it, and otherwise it cannot be determined."
            ),
        ),
    )


def outcome(study: Study) -> Exhibit:
    """Show what was planned beside what came out: precision, who was kept, and the spread."""
    found = precision(study)
    title = msg("Did it come out as planned?")
    if found is None:
        return absent("planned-outcome", study, title=title, why=NO_ANSWERS)
    return exhibit(
        "planned-outcome",
        found,
        study,
        title=title,
        layout="table",
        columns=("planned_error", "df", "both_times", "kept"),
        notes=(
            msg(
                "The standard error says how precise a change is. The power that was planned is not computed anew from "
                "what came out: that would only repeat the p value."
            ),
        ),
    )


def spread(study: Study) -> Exhibits:
    """Show how much changes differed between people and how alike colleagues changed; nothing without answers."""
    found = precision(study)
    if found is None:
        return Exhibits()
    shown = exhibit(
        "planned-spread",
        found,
        study,
        title=msg("Did people change as differently as planned?"),
        layout="table",
        columns=("n_groups", "sd_change", "icc", "variance_ratio"),
        notes=(
            msg(
                "The intraclass correlation says how alike colleagues changed. With few organisations what came out is "
                "uncertain, and it can be below zero; it is no reason to compute as if people were independent."
            ),
        ),
    )
    return Exhibits([shown])


def _planned(key: str, estimand: str, study: Study, *, title: Message, notes: tuple[Message, ...]) -> Exhibit:
    results = (
        result
        for result in plan(study.loaded, assumptions_for(study))
        if result.table["estimand"].iloc[0] == estimand
    )
    return _stacked(key, results, study, title=title, notes=notes)


def _stacked(
    key: str, found: Iterable[Result], study: Study, *, title: Message, notes: tuple[Message, ...]
) -> Exhibit:
    results = list(found)
    if not results:
        return absent(key, study, title=title, why=NOTHING)
    stacked: Result = reduce(lambda first, other: first.stack(other), results)
    return exhibit(key, stacked, study, title=title, layout="table", notes=notes)


def _elsewhere(study: Study) -> tuple[Message, ...]:
    """Name the changes that are not in steps of a scale, and so are not planned."""
    labels = [study.indicator(key).label for key in other_units(study.loaded)]
    if not labels:
        return ()
    listed = {
        lang: write.listing([label[lang] for label in labels], lang) for lang in study.project.languages
    }
    return (msg("Not planned, because they are measured in another unit than steps: {list}.", list=listed),)


def _assumed(study: Study) -> Message:
    assumed, lang = assumptions_for(study), study.lang
    return msg(
        "Assumed: {n} people in {n_groups} organisations, {kept} of them kept and linked; standard deviation {sd}, "
        "correlation {correlation}, intraclass correlation of the change {icc}.",
        n=sum(assumed.sizes),
        n_groups=len(assumed.sizes),
        kept=msg("{percent} per cent", percent=round(100 * assumed.kept)),
        sd=_plain(assumed.sd, lang),
        correlation=_plain(assumed.correlation, lang),
        icc=_plain(assumed.icc, lang),
    )


def _plain(value: float, lang: str) -> dict[str, str]:
    """Write a number in every language that a report may have."""
    return {one: write.trimmed(value, one) for one in ("sv", "en", lang)}
