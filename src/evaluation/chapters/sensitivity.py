"""Whether the verdicts would be others if those who are missing differed from those who answered."""

from evaluation.chapters.evaluate import (
    NOTHING,
    adjusted,
    main_rows,
    results_of,
    rows_where,
    shown,
    stacked,
    tally,
)
from evaluation.report.exhibit import Exhibit, Exhibits, absent, exhibit
from evaluation.rules.response import (
    differential_attrition,
    leavers,
    overall_attrition,
    patterns,
)
from evaluation.rules.sensitivity import assumable, assumed_changes, conclusions
from evaluation.study import Study
from evaluation.vocabulary.message import msg

MANY = 8
"""With more changes than this, only those get a card whose verdict depends on those who left."""

NOBODY_LEFT = msg("Nobody left between the waves.")
ATTRITION_ALONE = msg(
    "The boundary for attrition is made for two groups that are compared; there is no comparison group."
)
ATTRITION_ELSEWHERE = msg(
    "Here only those who take part; the chapter on change or effect compares both groups."
)
ONE_WAVE = msg("There is only one wave, so nobody can have left.")


def lead(study: Study) -> Exhibit:
    """Say how many verdicts hold."""
    found = conclusions(study)
    title = msg("In short")
    return shown("sensitivity-lead", tally([found]) if found else None, study, title=title, layout="lead")


def verdicts(study: Study) -> Exhibit:
    """Say for every change and target whether its verdict would be another."""
    return shown(
        "sensitivity-verdicts",
        conclusions(study),
        study,
        title=msg("Would the verdict be another?"),
        layout="table",
        notes=(
            msg("About those who answered before. Who never answered is not in it; the targets count them."),
        ),
    )


def shifts(study: Study) -> Exhibit:
    """Show how different those who left would have to be for another verdict."""
    title = msg("How different would those who left have to be?")
    found = conclusions(study)
    moving = found and "delta" in found.table and rows_where(found, found.table["delta"].notna())
    if not moving:
        why = msg(
            "No shift of those who left would give another verdict, or the verdict depends on more than that."
        )
        return absent("shifts", study, title=title, why=why)
    return exhibit(
        "shifts",
        moving,
        study,
        title=title,
        layout="folded",
        columns=("usual", "tipping"),
        notes=(
            msg(
                "The shift is how many steps more or less, than their filled-in scores, those who left would have to "
                "have changed for another verdict."
            ),
        ),
    )


def response(study: Study) -> Exhibit:
    """Show in which waves people answered."""
    return exhibit(
        "response-patterns", patterns(study), study, title=msg("Who answered when?"), layout="table"
    )


def stayed_and_left(study: Study) -> Exhibit:
    """Show whether those who left had answered differently from the start."""
    title = msg("Did those who left differ from the start?")
    found = leavers(study)
    if found is None:
        return absent("stayed-and-left", study, title=title, why=NOBODY_LEFT)
    return exhibit(
        "stayed-and-left",
        adjusted(found),
        study,
        title=title,
        level="short",
        notes=(
            msg("Answers before, of those who left and of those who stayed. Line: {level_percent} interval."),
            msg("That they were alike before does not mean that they would have changed alike."),
        ),
    )


def attrition(study: Study) -> Exhibit:
    """Show how many left between the first and the last wave."""
    title = msg("How many left?")
    if len(study.survey_waves) < 2:
        return absent("attrition", study, title=title, why=ONE_WAVE)
    return exhibit(
        "attrition",
        overall_attrition(study),
        study,
        title=title,
        layout="table",
        notes=(ATTRITION_ELSEWHERE if study.comparison else ATTRITION_ALONE,),
    )


def attrition_of_groups(study: Study) -> Exhibit:
    """Show whether compared groups lost unequally many."""
    title = msg("Did groups lose unequally many?")
    found = differential_attrition(study) if len(study.survey_waves) > 1 else None
    if found is None:
        why = msg("Not applicable: there is no comparison group, and no groups are compared with each other.")
        return absent("attrition-groups", study, title=title, why=why)
    return exhibit(
        "attrition-groups",
        found,
        study,
        title=title,
        layout="table",
        notes=(
            msg(
                "The boundary of the What Works Clearinghouse was made for studies with a comparison group. Here it "
                "says whether a difference between the groups' changes may come from who left; the cautious "
                "assumption is used."
            ),
        ),
    )


def changes(study: Study) -> Exhibits:
    """Show for each change what follows under every assumption about those who left."""
    keys = [key for key in study.indicators(kind="change") if assumable(key, study)]
    found = conclusions(study)
    if not keys or found is None:
        return Exhibits([absent("sensitivity", study, title=msg("Changes"), why=NOTHING)])
    table = found.table.set_index("indicator")
    moved = [key for key in keys if table.loc[key, "n"] < table.loc[key, "n_total"]]
    if len(moved) > MANY:
        moved = [key for key in moved if table.loc[key, "reason"] == "verdict_depends"]
    if not moved:
        why = msg("No verdict on a change depends on those who left.")
        return Exhibits([absent("sensitivity", study, title=msg("Changes"), why=why)])
    return Exhibits(_card(key, study) for key in moved)


def _card(key: str, study: Study) -> Exhibit:
    return exhibit(
        f"if-{key}",
        assumed_changes(key, study),
        study,
        title=msg("{label}", label=study.indicator(key).label),
        notes=(msg("Change in steps under each assumption. Line: {level_percent} interval."),),
    )


def targets(study: Study) -> Exhibit:
    """Show for each target what would have to hold among those who did not answer."""
    result = stacked([main_rows(result) for result in results_of(study, kind="target")])
    return shown(
        "sensitivity-targets",
        result,
        study,
        title=msg("What would those who did not answer have to say?"),
        layout="table",
        columns=("target", "answer", "bounds", "n_needed", "tipping_share", "verdict"),
    )
