"""What the results rest on: who was registered, who answered, and what was left out."""

from collections.abc import Sequence

import pandas as pd

from evaluation.chapters.evaluate import results_of, shown, stacked
from evaluation.data.manifest import Accounting
from evaluation.report.exhibit import Exhibit, absent, exhibit
from evaluation.result import Meta, Result
from evaluation.rules.levels import compared_levels
from evaluation.study import Study
from evaluation.vocabulary.message import msg

COUNT = Meta(method="count")


def lead(study: Study) -> Exhibit:
    """Say how many answered in each wave."""
    return exhibit(
        "data-lead", _response(study, [None]), study, title=msg("In short"), layout="lead", level="short"
    )


def flow(study: Study) -> Exhibit:
    """Show how many there were at each step, from the register to answers in every wave."""
    return exhibit(
        "flow",
        Result(pd.DataFrame(_stages(study)), COUNT),
        study,
        title=msg("How many took part at each step?"),
    )


def response(study: Study) -> Exhibit:
    """Show how many answered in each wave, by group where groups are shown always."""
    groups = [
        key for key, group in study.project.groups.items() if group.show_always and group.of == "person"
    ]
    return exhibit(
        "response",
        _response(study, [None, *[key for key in groups if key in study.people.columns]]),
        study,
        title=msg("Who answered, and who is missing?"),
        layout="table",
    )


def accounting(study: Study) -> Exhibit:
    """Show for every file how many rows were read and kept."""
    rows = [
        {
            "estimand": "kept_share",
            **_file(row),
            "k": row.kept,
            "n": row.read,
            "estimate": _share(row.kept, row.read),
        }
        for row in study.manifest.accounting
    ]
    return exhibit(
        "accounting",
        Result(pd.DataFrame(rows), COUNT),
        study,
        title=msg("What was read and kept from each file"),
        layout="table",
    )


def left_out(study: Study) -> Exhibit:
    """Say for every file which rows were left out, and why."""
    rows = [
        {"estimand": "dropped_rows", **_file(row), "reason": f"row_{reason}", "n": count, "estimate": count}
        for row in study.manifest.accounting
        for reason, count in row.dropped.items()
        if count
    ]
    title = msg("What was left out, and why")
    if not rows:
        return absent("left-out", study, title=title, why=msg("No row was left out."))
    return exhibit("left-out", Result(pd.DataFrame(rows), COUNT), study, title=title, layout="list")


def _file(row: Accounting) -> dict[str, object]:
    return {"unit": "row", "term": row.source, "wave": row.wave or None}


def _share(part: int, whole: int) -> float:
    return part / whole if whole else float("nan")


def coverage(study: Study) -> Exhibit:
    """Show whether enough units are covered by what the programme declared."""
    return shown(
        "coverage", stacked(results_of(study, kind="coverage")), study, title=msg("Was everybody reached?")
    )


def eligibility(study: Study) -> Exhibit:
    """Show whether everybody meets the conditions for taking part."""
    return shown(
        "eligibility",
        stacked(results_of(study, kind="eligibility")),
        study,
        title=msg("Do all meet the conditions for taking part?"),
        layout="table",
    )


def _stages(study: Study) -> list[dict[str, object]]:
    answered = {
        wave: set(
            study.answers.loc[
                (study.answers["wave"] == wave) & (study.answers["missing"] == "none"), "person"
            ]
        )
        for wave, definition in study.project.waves.items()
        if definition.kind != "then_test"
    }
    people = set(study.people["person"])
    rows = [_stage("registered", len(people))]
    rows += [_stage("answered", len(persons & people), wave) for wave, persons in answered.items()]
    if len(answered) > 1:
        rows.append(_stage("answered_every", len(set.intersection(people, *answered.values()))))
    return rows


def _stage(term: str, count: int, wave: str | None = None) -> dict[str, object]:
    row = {"estimand": "stage_count", "unit": "person", "term": term, "estimate": count, "n": count}
    return row | {"wave": wave}


def _response(study: Study, groups: Sequence[str | None]) -> Result:
    rows = [
        {
            "estimand": "response_rate",
            "unit": "person",
            "wave": wave,
            "group": group,
            "level": level,
            **counts,
        }
        for wave, definition in study.project.waves.items()
        if definition.kind != "then_test"
        for group in groups
        for level, counts in _counts(study, wave, group)
    ]
    return Result(pd.DataFrame(rows), COUNT)


def _counts(study: Study, wave: str, group: str | None) -> list[tuple[str | None, dict[str, float]]]:
    answers = study.answers
    present = set(answers.loc[(answers["wave"] == wave) & (answers["missing"] == "none"), "person"])
    people = study.people.assign(answered=study.people["person"].isin(present))
    levels = [] if group is None else compared_levels(people[group], group, study)
    parts = {level: people[people[group] == level] for level in levels} or {None: people}
    return [
        (level, {"k": int(part["answered"].sum()), "n": len(part), "estimate": part["answered"].mean()})
        for level, part in parts.items()
        if len(part)
    ]
