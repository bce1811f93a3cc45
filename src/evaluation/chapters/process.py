"""How the programme was carried out: phases, time, co-production, workshops, and the statements about them."""

import pandas as pd

from evaluation.chapters.statements import lead as lead_of
from evaluation.chapters.statements import results
from evaluation.report.exhibit import Exhibit, Exhibits, absent, exhibit
from evaluation.report.workshop.attendance import Attendance, attendance
from evaluation.report.workshop.readings import CAME, HELD, comments_of
from evaluation.result import Meta, Result
from evaluation.study import Study
from evaluation.vocabulary.message import msg

CHAPTER = "process"


def lead(study: Study) -> Exhibit:
    """Count the verdicts of the chapter's statements."""
    return lead_of(study, CHAPTER)


def time(study: Study) -> Exhibits:
    """Show how the logged hours are spread over each classification of the log, for participants and others."""
    groups = [key for key, group in study.project.groups.items() if group.of == "log" and key in study.log]
    found = [(key, rows) for key in groups if (rows := _hours(study, key))]
    if not found:
        why = msg("The log has no hours that are classified.")
        return Exhibits([absent("hours", study, title=msg("How were the hours spread?"), why=why)])
    return Exhibits(
        exhibit(
            f"hours-{key.replace('_', '-')}",
            Result(pd.DataFrame(rows), Meta(method="count")),
            study,
            title=msg("How were the hours spread? {label}", label=study.project.groups[key].label),
            layout="table",
        )
        for key, rows in found
    )


def _hours(study: Study, group: str) -> list[dict[str, object]]:
    """Return a row for each level: its share of the hours, and how many people they are from."""
    log = study.log[(study.log["hours"] > 0) & study.log[group].notna()]
    total = log["hours"].sum()
    return [
        {
            "estimand": "hour_share",
            "unit": "person",
            "group": group,
            "level": level,
            "estimate": float(part["hours"].sum() / total),
            "n": int(part["person"].nunique()),
        }
        for level in study.project.groups[group].levels
        if len(part := log[log[group] == level])
    ]


def statements(study: Study) -> Exhibits:
    """Show every statement of the chapter."""
    return results(study, CHAPTER)


def workshops(study: Study) -> Exhibit:
    """Show who took part in workshops, which are an activity of the programme too."""
    comments = comments_of(study)
    title = msg("Who took part in the workshops?")
    if not comments.tables:
        return absent("workshops", study, title=title, why=msg("No workshop has been written down yet."))
    present = attendance(comments, study.project.privacy.min_cell)
    told = [HELD.with_fields(count=present.workshops)]
    if present.total is None or not (rows := _people(present, present.total)):
        return absent("workshops", study, title=title, why=msg("Too few took part to say who they were."))
    told.append(CAME.with_fields(count=present.total))
    result = Result(pd.DataFrame(rows), Meta(method="count"))
    return exhibit("workshops", result, study, title=title, layout="table", notes=[*told, *WORKSHOPS])


WORKSHOPS = (
    msg("Groups of too few are left out. Who came to two workshops is counted twice."),
    msg(
        "A workshop is co-production too. Those who took part are counted here, and not among those who shaped "
        "the activities in the log."
    ),
)


def _people(present: Attendance, total: int) -> list[dict[str, object]]:
    """Return a row for women, men and others, and for each role that can be shown."""
    sexes = {"women": present.women, "men": present.men, "others": present.other}
    counted = {name: count for name, count in {**sexes, **present.roles}.items() if count}
    return [
        {
            "estimand": "workshop_share",
            "unit": "person",
            "term": f"workshop_{name}",
            "estimate": count / total,
            "k": count,
            "n": total,
        }
        for name, count in counted.items()
    ]
