"""What changed between the waves, for those who answered both times."""

from dataclasses import replace
from typing import Any

from evaluation.chapters import statements
from evaluation.chapters.evaluate import NOTHING, adjusted, results_of, rows_where, shown, stacked, tally
from evaluation.project.measure import ItemMeasure
from evaluation.report.exhibit import Exhibit, Exhibits, absent, exhibit
from evaluation.result import Result
from evaluation.rules import change_detail, evaluate
from evaluation.rules.describe import distribution
from evaluation.study import Study
from evaluation.vocabulary.message import Message, msg

CHAPTER = "change"


def lead(study: Study) -> Exhibit:
    """Say how many measures have moved."""
    return shown(
        "change-lead",
        tally(results_of(study, kind="change", chapter=CHAPTER)),
        study,
        title=msg("In short"),
        layout="lead",
    )


def table(study: Study) -> Exhibit:
    """Show every measured change with its verdict."""
    return shown(
        "change-table",
        _judged(study),
        study,
        title=msg("Changes and verdicts"),
        layout="table",
        notes=(msg("The p values are adjusted after Holm for the number of changes in the table."),),
    )


def levels(study: Study) -> Exhibit:
    """Show each mean before and after."""
    return shown(
        "change-levels",
        _judged(study),
        study,
        title=msg("Where were they before, and where are they now?"),
        level="short",
        notes=(msg("Only those who answered both times."),),
    )


def differences(study: Study) -> Exhibit:
    """Show each change with its interval and the smallest change that matters."""
    result = _judged(study)
    drawn = None if result is None else Result(result.table, replace(result.meta, figure="difference"))
    return shown(
        "change-differences",
        drawn,
        study,
        title=msg("How large are the changes, and how sure?"),
        columns=("change", "interval", "n", "n_groups", "df", "method", "verdict"),
        notes=(msg("Line: {level_percent} interval."),),
    )


def directions(study: Study) -> Exhibit:
    """Show how many rose, stayed and fell."""
    return shown(
        "change-directions",
        stacked([change_detail.directions(key, study) for key in _keys(study)]),
        study,
        title=msg("How many rose, and how many fell?"),
        notes=(
            msg("One step is a change here, however little it means. Only those who answered both times."),
        ),
    )


def agreement(study: Study) -> Exhibit:
    """Say for each change how many other ways of computing lead to the same verdict."""
    main = _judged(study)
    rows = [] if main is None else main.table[main.table["n"] >= study.policy.min_cell].to_dict("records")
    return shown(
        "change-agreement",
        stacked([change_detail.agreement(row["indicator"], study, row) for row in rows]),
        study,
        title=msg("Is the verdict the same when the change is computed in other ways?"),
        layout="table",
        columns=("agreeing", "otherwise", "verdict"),
    )


def beside(study: Study) -> Exhibits:
    """Show what is folded away: other ways of computing, standardised changes, and room to improve."""
    return Exhibits([checks(study), sizes(study), room(study)])


def checks(study: Study) -> Exhibit:
    """Show each change computed in other ways, judged by the same rule."""
    return shown(
        "change-checks",
        stacked([change_detail.checks(key, study) for key in _keys(study)]),
        study,
        title=msg("The change computed in other ways"),
        layout="folded",
        notes=(
            msg(
                "Ranks, median and trimmed mean are of the organisations' mean changes, where people work in "
                "organisations. The methods estimate different middles, so the numbers need not agree."
            ),
        ),
    )


def sizes(study: Study) -> Exhibit:
    """Show each change in standard deviations, and as the chance of being higher afterwards."""
    found = stacked([change_detail.sizes(key, study) for key in _keys(study)])
    return shown(
        "change-sizes",
        None if found is None else rows_where(found, found.table["term"].isin(SIZES)),
        study,
        title=msg("The changes in standard deviations"),
        layout="folded",
    )


SIZES = ("g_average", "superiority")
"""The effect sizes on the page; the others are in the table of the function."""


def course(study: Study) -> Exhibit:
    """Show the changes between all waves, where the same was asked more than twice."""
    return _some(
        "change-course",
        [change_detail.course(key, study) for key in _keys(study)],
        study,
        title=msg("What happened between the waves?"),
        why=msg("Nothing was asked in more than two waves, so there is no course to show."),
        columns=("contrast", "change", "interval", "n", "n_groups", "method"),
        layout="table",
    )


def dose(study: Study) -> Exhibit:
    """Show whether those with more hours changed more."""
    return _some(
        "change-dose",
        [change_detail.dose(key, study) for key in _keys(study)],
        study,
        title=msg("Did those with more hours change more?"),
        why=msg("There are no logged hours to compare the changes with."),
        layout="folded",
        notes=(
            msg(
                "At equal answers before. Those with more hours may differ in other ways, so this does not show what "
                "the hours did."
            ),
            msg(
                "Organisations: on how many the comparison rests, of those with many hours or those with few, "
                "whichever are fewer."
            ),
        ),
    )


def room(study: Study) -> Exhibit:
    """Show how many could not improve, because they were at the best value before."""
    return _some(
        "change-room",
        [change_detail.room(key, study) for key in _keys(study)],
        study,
        title=msg("Was there room to improve?"),
        why=NOTHING,
        layout="folded",
        notes=(msg("Where many gave the best answer already before, a mean cannot improve much."),),
    )


def retrospect(study: Study) -> Exhibit:
    """Show the changes that would follow from judging "before" in retrospect."""
    result = stacked(results_of(study, kind="change", chapter=CHAPTER))
    rows = (
        None
        if result is None or "term" not in result.table
        else rows_where(result, result.table["term"] == "then")
    )
    return shown(
        "change-retrospect",
        rows,
        study,
        title=msg("What if “before” is judged in retrospect?"),
        layout="list",
    )


def others(study: Study) -> Exhibits:
    """Show the chapter's statements that are not about change: how many, how large a share."""
    return statements.others(study, CHAPTER, "mean_change", "described_share", "described_mean")


def described(study: Study) -> Exhibits:
    """Show how the answers are distributed to each question without a target, one figure a question."""
    questions = [
        key
        for key, indicator in study.indicators(kind="describe", chapter=CHAPTER).items()
        if isinstance(indicator.measure, ItemMeasure)
    ]
    if not questions:
        return Exhibits([absent("described", study, title=msg("Other questions"), why=NOTHING)])
    return Exhibits(_described(key, study) for key in questions)


def _described(key: str, study: Study) -> Exhibit:
    """Show the distribution over the options of a question, or the one number where there are no options."""
    measure = study.indicator(key).measure
    options = isinstance(measure, ItemMeasure) and study.response(measure.item).options
    name = f"question.{measure.item}" if isinstance(measure, ItemMeasure) else f"label.{key}"
    return exhibit(
        f"described-{key}",
        distribution(key, study) if options else evaluate(key, study),
        study,
        title=msg("{question}", question=study.words[name]),
        level="short",
    )


def _keys(study: Study) -> list[str]:
    return [
        str(key)
        for result in results_of(study, kind="change", chapter=CHAPTER)
        for key in result.table["indicator"].unique()
    ]


def _some(
    key: str, results: list[Result | None], study: Study, *, title: Message, why: Message, **options: Any
) -> Exhibit:
    """Show the results there are, or say why there are none."""
    found = stacked([result for result in results if result is not None])
    if found is None:
        return absent(key, study, title=title, why=why)
    return exhibit(key, found, study, title=title, **options)


def _judged(study: Study) -> Result | None:
    result = stacked(results_of(study, kind="change", chapter=CHAPTER))
    return None if result is None else adjusted(rows_where(result, result.table["verdict"].notna()))
