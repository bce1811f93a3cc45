"""What the results rest on: who was registered, who answered, and what was left out."""

from collections.abc import Iterator, Sequence

import pandas as pd

from evaluation.chapters.accounts import cells, stages
from evaluation.chapters.linked import (
    chance_matches,
    coded_shares,
    company_links,
    link_rates,
    link_steps,
    relinked_results,
    same_or_not,
)
from evaluation.chapters.statements import results
from evaluation.data.linkage.match import RULES
from evaluation.data.manifest import Accounting, Linked
from evaluation.report.exhibit import Exhibit, Exhibits, absent, exhibit
from evaluation.result import Meta, Result
from evaluation.rules.levels import compared_levels
from evaluation.study import Study
from evaluation.vocabulary.message import Message, msg

COUNT = Meta(method="count")


def lead(study: Study) -> Exhibit:
    """Say how many answered in each wave."""
    return exhibit(
        "data-lead",
        _response(study, [None]),
        study,
        title=msg("In short"),
        layout="lead",
        level="short",
        notes=_without_register(study),
    )


def flow(study: Study) -> Exhibit:
    """Show how many there were at each step, from those planned to those who are part of a result."""
    rows = stages(study)
    return exhibit(
        "flow",
        Result(pd.DataFrame(rows), COUNT),
        study,
        title=msg("How many took part at each step?"),
        notes=[NOBODY_EXCLUDED] if any(row["term"] == "eligible" for row in rows) else [],
    )


NOBODY_EXCLUDED = msg("Answers of those who do not meet the conditions are part of the results too.")


def linkage(study: Study) -> Exhibits:
    """Show how well the waves could be linked, and whether the results depend on it; nothing if not linked."""
    how = study.manifest.linkage
    if how is None:
        return Exhibits()
    rates = exhibit(
        "link-rate",
        link_rates(study, _shown_always(study)),
        study,
        title=msg("How many could be followed from one time to another?"),
        layout="table",
        notes=[_RULE_USED[how.by, how.rule]],
    )
    return Exhibits([rates, *(_code_quality(study, how) if how.by == "code" else ())])


_RULE_USED = {
    ("code", "strict"): msg("Answers were linked by a code that people made up: equal codes only."),
    ("code", "default"): msg(
        "Answers were linked by a code that people made up: equal codes, and codes that differ in one place."
    ),
    ("code", "loose"): msg(
        "Answers were linked by a code that people made up: equal codes, codes that differ in one place, and codes "
        "that several people share, in the order in which they stand."
    ),
    **dict.fromkeys(
        [("hash", rule) for rule in RULES],
        msg("Answers were linked by an identifier that was replaced by a secret number."),
    ),
}


def _code_quality(study: Study, how: Linked) -> Iterator[Exhibit]:
    """Show how sure links by code are: tables first, then the results under every rule."""
    parts: list[tuple[str, Result | None, Message, str]] = [
        ("link-codes", coded_shares(study), msg("How many wrote a code?"), "table"),
        ("link-steps", link_steps(study), msg("How alike are the codes that were linked?"), "table"),
        ("link-chance", chance_matches(how), ALIKE, "list"),
        ("link-companies", company_links(study), msg("In how many companies were few linked?"), "table"),
    ]
    for key, result, title, layout in parts:
        if result is not None and len(result.table):
            yield exhibit(key, result, study, title=title, layout=layout)
    relinked = relinked_results(study)
    if relinked is not None:
        notes = [same_or_not(relinked)]
        yield exhibit("link-rules", relinked, study, title=OTHER_RULE, layout="table", notes=notes)


ALIKE = msg("How many different people have codes that are alike by chance?")
OTHER_RULE = msg("Would the conclusion change with another linking rule?")


def _shown_always(study: Study) -> list[str]:
    """Return the groups of people that are part of every breakdown."""
    groups = study.project.groups.items()
    always = [key for key, group in groups if group.show_always and group.of == "person"]
    return [key for key in always if key in study.people.columns]


def response(study: Study) -> Exhibit:
    """Show how many answered in each wave, by group where groups are shown always."""
    return exhibit(
        "response",
        _response(study, [None, *_shown_always(study)]),
        study,
        title=msg("Who answered, and who is missing?"),
        layout="table",
        notes=_without_register(study),
    )


def _without_register(study: Study) -> list[Message]:
    """Say what all are where nobody is registered and links may have failed."""
    if len(study.apart):
        return [APART]
    linked = study.manifest.linkage is not None and not study.people["registered"].any()
    return [NO_REGISTER] if linked else []


APART = msg(
    "The answers cannot be linked to the register of participants. It only says how many there are; that nobody "
    "answered twice is taken for granted."
)
NO_REGISTER = msg(
    "There is no register. Everybody who answered at any time counts as one of all; whoever could not be linked "
    "counts at each time anew."
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


def all_cells(study: Study) -> Exhibit:
    """Show what became of every cell that was read."""
    return exhibit(
        "cells",
        Result(pd.DataFrame(cells(study)), COUNT),
        study,
        title=msg("What became of every cell"),
        layout="table",
        notes=[
            msg("A cell is one question in one row. Only cells with a value are part of means and shares.")
        ],
    )


def _file(row: Accounting) -> dict[str, object]:
    return {"unit": "row", "term": row.source, "wave": row.wave or None}


def _share(part: int, whole: int) -> float:
    return part / whole if whole else float("nan")


def coverage(study: Study) -> Exhibits:
    """Show whether enough units are covered by what the programme declared."""
    return results(study, "data_quality", *COVERED)


COVERED = ("covered_share", "covered_count", "limited_share", "time_share", "not_collected")


def eligibility(study: Study) -> Exhibits:
    """Show whether everybody meets the conditions for taking part."""
    return results(study, "data_quality", "eligible_share")


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
        for wave in study.survey_waves
        for group in groups
        for level, counts in _counts(study, wave, group)
    ]
    return Result(pd.DataFrame(rows), COUNT)


def _counts(study: Study, wave: str, group: str | None) -> list[tuple[str | None, dict[str, float]]]:
    present = study.present(wave)
    apart = int((present.get_indexer(study.apart["person"]) >= 0).sum())
    if apart and group is not None:
        return []
    people = study.participants
    people = people.assign(answered=present.get_indexer(people["person"]) >= 0)
    if apart:
        k = apart + int(people["answered"].sum())
        return [(None, {"k": k, "n": len(people), "estimate": k / len(people)})]
    levels = [] if group is None else compared_levels(people[group], group, study)
    parts = {level: people[people[group] == level] for level in levels} or {None: people}
    return [
        (level, {"k": int(part["answered"].sum()), "n": len(part), "estimate": part["answered"].mean()})
        for level, part in parts.items()
        if len(part)
    ]
