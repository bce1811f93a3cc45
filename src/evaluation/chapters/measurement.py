"""Whether the scales measure well: consistently, and alike over time and between groups."""

from collections.abc import Iterator

import pandas as pd

from evaluation.chapters.evaluate import rows_where, shown, tally
from evaluation.report.exhibit import Exhibit, Exhibits, absent, exhibit
from evaluation.result import Result
from evaluation.rules.alike import equality_steps, group_shifts, ordinal_shifts, wave_shifts
from evaluation.rules.response_shift import question_changes
from evaluation.rules.scale import (
    item_rows,
    reliabilities,
    reliable_shares,
    retrospect_shifts,
)
from evaluation.study import Study
from evaluation.vocabulary.message import Message, msg
from evaluation.vocabulary.terms import TERMS

MAIN = ("alpha", "spearman_brown")
"""The coefficients that a scale is judged by; the others stand beside."""

NOT_ALIKE = msg("Questions that measure differently can move a mean although nobody has changed.")

UNEQUAL = msg(
    "Unequal measurement is how far the answers of people at the same level lie apart because the question "
    "measures differently. It is never below 0, so chance alone makes it larger than 0. With few questions, "
    "one of them may be 0 only because the others are compared with it."
)


def lead(study: Study) -> Exhibit:
    """Say how many scales are consistent enough."""
    found = tally([_main(study)])
    return shown("measurement-lead", found, study, title=msg("In short"), layout="lead")


def consistency(study: Study) -> Exhibit:
    """Show how consistent every scale is in every wave."""
    return exhibit(
        "consistency",
        _main(study),
        study,
        title=msg("Alpha of every scale, every time"),
        level="short",
        notes=(
            msg(
                "Alpha says how much of the differences in a score are differences between people, from none to all. "
                "At or above 0.70 is the usual least for comparing groups. Line: {level_percent} interval."
            ),
        ),
    )


def _main(study: Study) -> Result:
    found = reliabilities(study)
    kept = rows_where(found, found.table["term"].isin(MAIN))
    return found if kept is None else kept


def other_coefficients(study: Study) -> Exhibit:
    """Show the coefficients that assume less, or more, than alpha, where there are answers enough for them."""
    found = reliabilities(study)
    others, known = ~found.table["term"].isin(MAIN), found.table["estimate"].notna()
    title = msg("Other measures of consistency")
    notes = tuple(_not_assessed(found.table[others]))
    result = rows_where(found, others & known)
    if result is None:
        return absent(
            "omega", study, title=title, why=msg("Not assessed for any scale: too few complete answers.")
        )
    return exhibit(
        "omega", result, study, title=title, layout="folded", columns=("estimate", "n"), notes=notes
    )


def _not_assessed(table: pd.DataFrame) -> Iterator[Message]:
    """Say of each coefficient that it is not assessed everywhere, instead of a row wherever it is not."""
    for term, rows in table.groupby("term", sort=False):
        missing = rows["estimate"].isna()
        if missing.all():
            yield msg(
                "Not assessed for any scale, mostly for too few complete answers: {term}.",
                term=TERMS[str(term)],
            )
        elif missing.any():
            yield msg("Only where there are complete answers enough for it: {term}.", term=TERMS[str(term)])


def questions(study: Study) -> Exhibit:
    """Show how each question goes with the others, and how many are at its ends."""
    return exhibit(
        "questions",
        item_rows(study),
        study,
        title=msg("Question by question"),
        layout="folded",
        notes=(
            msg(
                "A question with a low correlation measures something else than the others. Where many chose the "
                "highest answer before, there is little room to rise."
            ),
        ),
    )


def over_time(study: Study) -> Exhibits:
    """Show how much of each mean change comes from how questions measure, answers as numbers and as ordered."""
    found = wave_shifts(study)
    title = msg("Did the questions mean the same both times?")
    if found is None:
        why = msg("Not applicable: no scale was asked twice.")
        return Exhibits([absent("alike-over-time", study, title=title, why=why)])
    whole = rows_where(found, found.table["item"].isna())
    plain = shown(
        "alike-over-time",
        whole,
        study,
        title=title,
        layout="table",
        columns=("mean_change", "from_questions", "n", "reason"),
        notes=(NOT_ALIKE,),
    )
    ordered, fit = ordinal_shifts(study), equality_steps(study)
    return Exhibits(
        [plain, *([_ordered(ordered, study)] if ordered else []), *([_fit(fit, study)] if fit else [])]
    )


def _ordered(found: Result, study: Study) -> Exhibit:
    title = msg("The same, with answers as ordered and not as numbers")
    assessed = found.table["estimate"].notna().any()
    return exhibit(
        "ordered-over-time",
        rows_where(found, found.table["item"].isna()),
        study,
        title=title if assessed else msg("With answers as ordered and not as numbers: not assessed"),
        layout="table" if assessed else "folded",
        columns=("mean_change", "from_questions", "n", "reason"),
        notes=(
            msg(
                "From one answer to the next it need not be as far everywhere. Here only their order counts. A fit "
                "that gets no worse does not prove that a scale measures alike: with few people little is found."
            ),
        ),
    )


def _fit(found: Result, study: Study) -> Exhibit:
    return exhibit(
        "fit-over-time",
        found,
        study,
        title=msg("How well the models of equal measurement fit"),
        layout="folded",
        notes=(
            msg(
                "Each model takes more as equal than the one before. CFI is best near 1, RMSEA near 0; both allow for "
                "answers that are ordered. A model is not kept if it fits worse by more than chance (p below 0.05 "
                "divided by three) and by an error of 0.05 or more per equality. Above an RMSEA of 0.10 even the first "
                "fits too poorly to judge by."
            ),
        ),
    )


def questions_over_time(study: Study) -> Exhibit:
    """Show how far each question moved beyond what the others explain."""
    found = wave_shifts(study)
    return _folded(
        "questions-over-time", found, study, title=msg("Question by question, over time"), by="item"
    )


def parts_of_change(study: Study) -> Exhibit:
    """Show what the change of each question consists of."""
    found = question_changes(study)
    title = msg("What the change of each question consists of")
    if found is None:
        why = msg("Not applicable: no scale of three or more questions was asked twice.")
        return absent("parts-of-change", study, title=title, why=why)
    notes = (
        msg(
            "The three parts add up to the change. Each question has its own weight at each wave here; above, one for "
            "both, so the numbers differ a little. The parts have no intervals: small ones can be chance."
        ),
        UNEQUAL,
    )
    return _folded("parts-of-change", found, study, title=title, by="item", notes=notes)


def between_groups(study: Study) -> Exhibit:
    """Show for each comparison of groups the question that matters most to the difference."""
    found = group_shifts(study)
    title = msg("Do the questions mean the same to all?")
    if found is None:
        why = msg("Not applicable: no groups are compared with each other.")
        return absent("alike-between-groups", study, title=title, why=why)
    assessed = found.table["estimate"].notna().any()
    return exhibit(
        "alike-between-groups",
        Result(_largest(found.table), found.meta),
        study,
        title=title
        if assessed
        else msg("Do the questions mean the same to all? Not assessed: too few answers"),
        layout="table" if assessed else "folded",
        columns=("contrast", "item", "without_item", "reason"),
        notes=(
            msg(
                "The question that matters most, and by how many steps the difference would change without it."
            ),
        ),
    )


def questions_between_groups(study: Study) -> Exhibit:
    """Show what each question does to the difference between groups."""
    found = group_shifts(study)
    title = msg("Question by question, between groups")
    return _folded("questions-between-groups", found, study, title=title, by="item", notes=(UNEQUAL,))


def _largest(table: pd.DataFrame) -> pd.DataFrame:
    """Return for each scale and group the question that moves the difference most, or why there is none."""
    size = table["estimate"].abs().fillna(0.0)
    places = size.groupby([table["scale"], table["group"], table["level"]], sort=False).idxmax()
    return table.loc[places].reset_index(drop=True)


def _folded(
    key: str,
    result: Result | None,
    study: Study,
    *,
    title: Message,
    by: str,
    notes: tuple[Message, ...] = (),
) -> Exhibit:
    rows = None if result is None else rows_where(result, result.table[by].notna())
    if rows is None:
        return absent(
            key, study, title=title, why=msg("Not assessed for any scale; the reasons stand above.")
        )
    return exhibit(key, rows, study, title=title, layout="folded", notes=notes)


def retrospect(study: Study) -> Exhibit:
    """Show how far the retrospect lies from what was answered before."""
    title = msg("Did people come to see “before” differently?")
    found = retrospect_shifts(study)
    if found is None:
        why = msg("Not applicable: nothing was judged in retrospect.")
        return absent("retrospect-shift", study, title=title, why=why)
    return exhibit("retrospect-shift", found, study, title=title, layout="list")


def beyond_error(study: Study) -> Exhibit:
    """Show how many people changed by more than measurement error explains."""
    found = reliable_shares(study)
    return _or_absent(
        "beyond-error",
        found and rows_where(found, found.table["estimate"].notna()),
        study,
        title=msg("How many changed by more than measurement error?"),
        notes=(
            msg(
                "About single people, one by one. If nobody had changed at all, one in forty would still seem to have "
                "gone up and one in forty down."
            ),
        ),
    )


def without_error(study: Study) -> Exhibit:
    """Say for which changes measurement error is not known, and why."""
    found = reliable_shares(study)
    return _or_absent(
        "without-error",
        found and rows_where(found, found.table["estimate"].isna()),
        study,
        title=msg("Changes whose measurement error is not known"),
        layout="folded",
        columns=("reason",),
    )


def _or_absent(
    key: str, result: Result | None, study: Study, *, title: Message, **options: object
) -> Exhibit:
    if result is None:
        return absent(key, study, title=title, why=msg("None of the programme's changes."))
    return exhibit(key, result, study, title=title, **options)
