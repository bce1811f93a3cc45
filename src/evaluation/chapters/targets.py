"""Whether the declared targets are reached."""

from evaluation.chapters.evaluate import main_rows, results_of, shown, stacked, tally
from evaluation.project.measure import ItemsMeasure
from evaluation.report.exhibit import Exhibit
from evaluation.rules import evaluate
from evaluation.study import Study
from evaluation.vocabulary.message import msg


def lead(study: Study) -> Exhibit:
    """Say how many targets are reached."""
    return shown(
        "targets-lead", tally(results_of(study, kind="target")), study, title=msg("In short"), layout="lead"
    )


def objectives(study: Study) -> Exhibit:
    """Show every target, planned and actual."""
    result = stacked([main_rows(result) for result in results_of(study, kind="target")])
    return shown(
        "targets-table",
        result,
        study,
        title=msg("Targets, outcome and verdict"),
        layout="table",
        columns=("target", "answer", "bounds", "verdict"),
    )


def attainment(study: Study) -> Exhibit:
    """Show the share who reached each target, among those who answered and among all."""
    result = stacked([main_rows(result) for result in results_of(study, kind="target")])
    return shown(
        "attainment",
        result,
        study,
        title=msg("How large a share reaches the target, among those who answered and among all?"),
    )


def readings(study: Study) -> Exhibit:
    """Show every reading of the targets that several questions belong to."""
    results = [
        evaluate(key, study)
        for key, indicator in study.indicators(kind="target").items()
        if isinstance(indicator.measure, ItemsMeasure)
    ]
    return shown(
        "readings",
        stacked(results),
        study,
        title=msg("What if the target is read in another way?"),
        notes=(msg("The first row is the reading that was fixed before the data were seen."),),
    )
