"""How the programme was carried out: phases, time, co-production, and the statements about them."""

import pandas as pd

from evaluation.chapters.statements import lead as lead_of
from evaluation.chapters.statements import results
from evaluation.report.exhibit import Exhibit, Exhibits, absent, exhibit
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
