"""Whether the declared targets are reached."""

from evaluation.chapters.evaluate import NOTHING, main_rows, results_of, shown, stacked, tally
from evaluation.project.measure import ItemsMeasure
from evaluation.report.exhibit import Exhibit, Exhibits, absent, exhibit
from evaluation.result import Result
from evaluation.rules import evaluate, target
from evaluation.study import Study
from evaluation.vocabulary.message import msg

CHAPTER = "targets"


def lead(study: Study) -> Exhibit:
    """Say how many targets are reached."""
    return shown(
        "targets-lead",
        tally(results_of(study, kind="target", chapter=CHAPTER)),
        study,
        title=msg("In short"),
        layout="lead",
    )


def objectives(study: Study) -> Exhibit:
    """Show every target, planned and actual."""
    result = stacked([main_rows(result) for result in results_of(study, kind="target", chapter=CHAPTER)])
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
    result = stacked([main_rows(result) for result in results_of(study, kind="target", chapter=CHAPTER)])
    return shown(
        "attainment",
        result,
        study,
        title=msg("How large a share reaches the target, among those who answered and among all?"),
    )


def answers(study: Study) -> Exhibits:
    """Show for each target what may be said, and about whom."""
    keys = [
        str(result.table["indicator"].iloc[0]) for result in results_of(study, kind="target", chapter=CHAPTER)
    ]
    if not keys:
        return Exhibits([absent("target-answers", study, title=ABOUT_WHOM, why=NOTHING)])
    return Exhibits(
        exhibit(
            f"target-answers-{key}",
            _unnamed(target.answers(key, study)),
            study,
            title=msg("{label}: what may be said, and about whom?", label=study.indicator(key).label),
            layout="table",
            columns=("answer_share", "range", "probability"),
            notes=ANSWER_NOTES if key == keys[-1] else (),
        )
        for key in keys
    )


def still_needed(study: Study) -> Exhibit:
    """Show how many more answers would settle the targets that are not settled."""
    results = [
        target.still_needed(str(result.table["indicator"].iloc[0]), study)
        for result in results_of(study, kind="target", chapter=CHAPTER)
        if main_rows(result).table["verdict"].iloc[0] == "undecided"
    ]
    if not results:
        return absent("still-needed", study, title=STILL_NEEDED, why=msg("Every target is settled."))
    return shown(
        "still-needed",
        stacked(results),
        study,
        title=STILL_NEEDED,
        layout="table",
        columns=("answers_more", "n", "n_total"),
        notes=(msg("A plan for reminders, not a forecast: those who answer late often differ."),),
    )


def _unnamed(result: Result) -> Result:
    """Leave out the statement's name, which the title says, and the second interval of the same population."""
    table = result.table[result.table["term"] != "programmes_korn_graubard"]
    return Result(table.drop(columns="indicator").reset_index(drop=True), result.meta)


ABOUT_WHOM = msg("What may be said, and about whom?")
STILL_NEEDED = msg("How many more answers would settle it?")
ANSWER_NOTES = (
    msg("Everyone for certain: whatever those who did not answer would have said."),
    msg(
        "The other ranges are {level_percent} intervals and assume that the silent are like those who answered."
    ),
)


def readings(study: Study) -> Exhibit:
    """Show every reading of the targets that several questions belong to."""
    results = [
        evaluate(key, study)
        for key, indicator in study.indicators(kind="target", chapter=CHAPTER).items()
        if isinstance(indicator.measure, ItemsMeasure)
    ]
    return shown(
        "readings",
        stacked(results),
        study,
        title=msg("What if the target is read in another way?"),
        notes=(msg("The first row is the reading that was fixed before the data were seen."),),
    )
