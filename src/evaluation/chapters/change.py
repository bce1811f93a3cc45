"""What changed between the waves, for those who answered both times."""

from dataclasses import replace

from evaluation.chapters.evaluate import NOTHING, adjusted, results_of, rows_where, shown, stacked, tally
from evaluation.report.exhibit import Exhibit, Exhibits, absent, exhibit
from evaluation.result import Result
from evaluation.rules.describe import distribution
from evaluation.study import Study
from evaluation.vocabulary.message import msg


def lead(study: Study) -> Exhibit:
    """Say how many measures have moved."""
    return shown(
        "change-lead", tally(results_of(study, kind="change")), study, title=msg("In short"), layout="lead"
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
        notes=(msg("Line: {level_percent} interval."),),
    )


def retrospect(study: Study) -> Exhibit:
    """Show the changes that would follow from judging "before" in retrospect."""
    result = stacked(results_of(study, kind="change"))
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


def described(study: Study) -> Exhibits:
    """Show how the answers are distributed to each question without a target, one figure a question."""
    questions = study.indicators(kind="describe")
    if not questions:
        return Exhibits([absent("described", study, title=msg("Other questions"), why=NOTHING)])
    return Exhibits(
        exhibit(
            f"described-{key}",
            distribution(key, study),
            study,
            title=msg("{question}", question=study.words[f"question.{indicator.measure.item}"]),
            level="short",
        )
        for key, indicator in questions.items()
    )


def _judged(study: Study) -> Result | None:
    result = stacked(results_of(study, kind="change"))
    return None if result is None else adjusted(rows_where(result, result.table["verdict"].notna()))
