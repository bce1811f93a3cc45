"""On what terms women and men take part: the way through the programme, time and money, and follow-up."""

from collections.abc import Iterable
from datetime import date

import pandas as pd

from evaluation.equality.funnel import stage_gap, stage_rates
from evaluation.equality.resources import resource_inequality, resource_means, resource_shares
from evaluation.project.equality import PLACES, PRINCIPLES
from evaluation.report.exhibit import Exhibit, Exhibits, absent, exhibit
from evaluation.result import Meta, Result
from evaluation.rules.levels import compared_levels
from evaluation.rules.measure import positives
from evaluation.study import Study
from evaluation.vocabulary.message import Message, msg

COUNT = Meta(method="count")
WORKSHOP = msg(
    "For the workshop: Why does it look like this? What are the consequences? Which women and which men is "
    "it about?"
)
NO_BACKGROUND = msg(
    "The programme has not collected which group people belong to, so nothing is shown, and nothing is guessed."
)
NO_STAGES = msg("Nothing is known of a stage that some people passed and others did not.")
NO_TIME = msg("The log says of nobody how much time they had, so nothing can be shown.")
FOUR_R = ("realia", "whose_needs", "realise_goals", "realise_measures")


NOT_ALL = msg(
    "Where shares of groups do not add up to everyone, those of another group, or of whom it is not known, are "
    "part of the total only."
)
WHOLE = 0.9995
"""Shares that add up to less leave somebody out."""


def not_all(result: Result | None) -> tuple[Message, ...]:
    """Say it where the shares of a classification's groups leave somebody out."""
    if result is None or "level" not in result.table.columns:
        return ()
    table = result.table[result.table["level"].notna()]
    keys = [name for name in ("indicator", "item", "term", "group") if name in table.columns]
    sums = table.groupby(keys, dropna=False)["estimate"].agg(["sum", "size"])
    return (NOT_ALL,) if ((sums["sum"] < WHOLE) & (sums["size"] > 1)).any() else ()


def main_group(study: Study) -> str | None:
    """Return the classification that every breakdown has, sex for example; None if it was not collected."""
    groups = study.project.groups.items()
    return next(
        (
            key
            for key, group in groups
            if group.of == "person" and group.show_always and not group.special and _known(study, key)
        ),
        None,
    )


def _known(study: Study, key: str) -> bool:
    return key in study.people.columns and bool(study.participants[key].notna().any())


def funnel(study: Study) -> Exhibit:
    """Show which share of each group passes each stage, of those who passed the stage before."""
    group, title = main_group(study), msg("How far did women and men get, stage by stage?")
    if group is None:
        return absent("stage-rates", study, title=title, why=NO_BACKGROUND)
    table, stages = stages_of(study)
    if not stages:
        return absent("stage-rates", study, title=title, why=NO_STAGES)
    levels = compared_levels(table[group], group, study)
    result = stage_rates(table, stages=stages, group=group, levels=levels, cluster=_cluster(table))
    return exhibit(
        "stage-rates",
        _of_people(result, group),
        study,
        title=title,
        notes=(
            msg("Each share is of those who passed the stage before. Line: {level_percent} interval."),
            WORKSHOP,
        ),
    )


def stages_of_the_gap(study: Study) -> Exhibit:
    """Show at which stage the final difference between groups arises."""
    group, title = main_group(study), msg("At which stage does the difference arise?")
    if group is None:
        return absent("stage-gap", study, title=title, why=NO_BACKGROUND)
    table, stages = stages_of(study)
    pairs = _pairs(study, group)
    if not pairs or len(stages) < 2:
        why = msg("There are fewer than two groups or two stages to compare.")
        return absent("stage-gap", study, title=title, why=why)
    first, *others = [
        stage_gap(
            table, stages=stages, group=group, level=level, reference=reference, cluster=_cluster(table)
        )
        for level, reference in pairs
    ]
    return exhibit(
        "stage-gap",
        _of_people(first.stack(*others), group),
        study,
        title=title,
        notes=(
            msg(
                "The parts add up to the whole, and do not depend on the order in which stages are looked at."
            ),
            WORKSHOP,
        ),
    )


def hours(study: Study) -> Exhibit:
    """Show how much time and money a person of each group gets."""
    group, title = main_group(study), msg("How much time and money goes to each person?")
    table, resources = _resources(study)
    why = NO_BACKGROUND if group is None else NO_TIME
    if group is None or not resources:
        return absent("resources", study, title=title, why=why)
    levels = compared_levels(table[group], group, study)
    result = resource_means(table, resources=resources, group=group, levels=levels, cluster=_cluster(table))
    return exhibit(
        "resources",
        _of_people(result, group),
        study,
        title=title,
        layout="table",
        notes=(msg("People without logged time count with zero hours."), WORKSHOP),
    )


def hours_shared(study: Study) -> Exhibit:
    """Show each group's share of the time beside its share of the participants."""
    group, title = main_group(study), msg("Does each group get its share of the time?")
    table, resources = _resources(study)
    why = NO_BACKGROUND if group is None else NO_TIME
    if group is None or not resources:
        return absent("resource-shares", study, title=title, why=why)
    levels = compared_levels(table[group], group, study)
    result = resource_shares(table, resources=resources, group=group, levels=levels)
    notes = (*not_all(result), WORKSHOP)
    return exhibit("resource-shares", _of_people(result, group), study, title=title, notes=notes)


def hours_evenness(study: Study) -> Exhibit:
    """Show how evenly hours are shared out, and how much of that lies between companies."""
    title = msg("How evenly are the hours shared out?")
    table, resources = _resources(study)
    if not resources or _cluster(table) is None:
        return absent("resource-inequality", study, title=title, why=NO_TIME)
    result = resource_inequality(table, resources=["logged_hours"])
    plain = Result(result.table.drop(columns="item").assign(unit="person"), result.meta)
    return exhibit("resource-inequality", plain, study, title=title, layout="table")


def workshop(study: Study) -> Exhibit:
    """Give the questions of 4R that no data answer, with room for the workshop's answers."""
    rows = [{"estimand": "workshop_field", "unit": "statement", "term": term, "n": 1} for term in FOUR_R]
    return exhibit(
        "four-r",
        Result(pd.DataFrame(rows).assign(estimate=float("nan")), COUNT),
        study,
        title=msg("What the figures cannot say: realia and realise"),
        layout="table",
        notes=(
            msg("Representation and resources stand above; these two of the four Rs are filled in together."),
        ),
    )


def permeation(study: Study) -> Exhibit:
    """Show in which places of the programme's documents each principle is written in."""
    title, stated = msg("Where are the principles written in?"), study.project.equality.permeation
    if stated is None:
        why = msg("Nobody has entered yet where the principles are written in.")
        return absent("permeation", study, title=title, why=why)
    rows = [
        {
            "term": f"place_{place}",
            "level": principle,
            "verdict": "covered" if principle in stated.get(place, ()) else "not_covered",
        }
        for place in PLACES
        for principle in PRINCIPLES
    ]
    filled = sum(row["verdict"] == "covered" for row in rows)
    fixed = {"estimand": "permeation", "unit": "statement", "group": "principle", "estimate": 1.0, "n": 1}
    return exhibit(
        "permeation",
        Result(pd.DataFrame([fixed | row for row in rows]), COUNT),
        study,
        title=title,
        layout="table",
        notes=(
            msg("{filled} of {count} are filled.", filled=filled, count=len(rows)),
            msg("Written in is not the same as carried out."),
        ),
    )


def follow_up(study: Study) -> Exhibit:
    """Show for every half-year whether women and men could be followed."""
    group, title = main_group(study), msg("Is every half-year followed up by group?")
    if group is None:
        return absent("follow-up", study, title=title, why=NO_BACKGROUND)
    known = study.participants.loc[study.participants[group].notna(), "person"]
    seen = {"answers_by_sex": _answering(study, known), "hours_by_sex": _logged(study, known)}
    halves = _between(half for found in seen.values() for half in found)
    if not halves:
        why = msg("Neither waves nor the log have dates, so half-years cannot be told apart.")
        return absent("follow-up", study, title=title, why=why)
    fixed = {"estimand": "followed_up", "unit": "person", "group": "half_year"}
    rows = [
        fixed | {"term": term, "level": half, "n": found.get(half, 0), "estimate": float(found.get(half, 0))}
        for term, found in seen.items()
        for half in halves
    ]
    table = pd.DataFrame(rows)
    table["verdict"] = table["n"].gt(0).map({True: "covered", False: "not_covered"}).astype("object")
    return exhibit("follow-up", Result(table, COUNT), study, title=title, layout="table")


def way(study: Study) -> Exhibits:
    """Show how far each group got, and at which stage the difference arises."""
    several = main_group(study) is not None and len(stages_of(study)[1]) > 1
    return Exhibits([funnel(study), *([stages_of_the_gap(study)] if several else [])])


def resources(study: Study) -> Exhibits:
    """Show who gets the time and the money, how evenly, and what only a workshop can answer."""
    first = hours(study)
    further = [] if first.layout == "absent" else [hours_shared(study), hours_evenness(study)]
    return Exhibits([first, *further, workshop(study)])


def commitments(study: Study) -> Exhibits:
    """Show where the principles are written in, and whether every half-year is followed up."""
    return Exhibits([permeation(study), follow_up(study)])


def _of_people(result: Result, group: str) -> Result:
    return Result(result.table.assign(unit="person", group=group), result.meta)


def _cluster(table: pd.DataFrame) -> str | None:
    return "organisation" if table["organisation"].notna().any() else None


def _pairs(study: Study, group: str) -> list[tuple[str, str]]:
    definition = study.project.groups[group]
    reference = definition.reference or definition.show_always[-1]
    return [(level, reference) for level in definition.show_always if level != reference]


def stages_of(study: Study) -> tuple[pd.DataFrame, list[str]]:
    """Return the participants with a column for each stage that some of them passed, and some did not."""
    table = study.participants.copy()
    if "started" in table.columns:
        table["has_started"] = table["started"].notna()
    if "hours" in study.log.columns and "person" in study.log.columns and len(study.log):
        time = study.log.loc[study.log["hours"].gt(0), "person"]
        table["has_time"] = table["person"].isin(time)
    waves = [key for key, wave in study.project.waves.items() if wave.kind == "follow_up"]
    if waves:
        given = study.given
        table["answered_last"] = table["person"].isin(given.loc[given["wave"] == waves[-1], "person"])
        _add_target(table, study, waves[-1])
    stages = ("has_started", "has_time", "answered_last", "reached_target")
    return table, [stage for stage in stages if stage in table.columns and len(table[stage].unique()) > 1]


def _add_target(table: pd.DataFrame, study: Study, wave: str) -> None:
    for indicator in study.indicators(kind="target").values():
        if indicator.unit == "person" and indicator.rule.wave == wave:
            main = next(iter(positives(indicator, study, wave).values())).table
            reached = main.loc[main["positive"].fillna(False).astype(bool), "person"]
            table["reached_target"] = table["person"].isin(reached)
            return


def _resources(study: Study) -> tuple[pd.DataFrame, list[str]]:
    """Return the participants with hours, parts of them and cost."""
    table, log, stated = study.participants.copy(), study.log, study.project.equality
    if not {"person", "hours"} <= set(log.columns) or not log["hours"].gt(0).any():
        return table, []
    log = log[log["hours"].gt(0)]
    parts = {"logged_hours": log} | {
        key: log[log[resource.column].isin(resource.has)]
        for key, resource in stated.resources.items()
        if resource.column in log.columns
    }
    for key, part in parts.items():
        sums = part.groupby("person")["hours"].sum()
        table[key] = table["person"].map(sums).fillna(0.0).astype(float)
    if stated.cost_per_hour is not None:
        table["logged_cost"] = table["logged_hours"] * stated.cost_per_hour
    return table, [*parts, *(["logged_cost"] if stated.cost_per_hour is not None else [])]


def _answering(study: Study, known: pd.Series) -> dict[str, int]:
    given = study.given[study.given["person"].isin(known)]
    found: dict[str, int] = {}
    for key, wave in study.project.waves.items():
        if wave.when is not None:
            half = _half(wave.when)
            found[half] = max(found.get(half, 0), given.loc[given["wave"] == key, "person"].nunique())
    return found


def _logged(study: Study, known: pd.Series) -> dict[str, int]:
    if not {"date", "person"} <= set(study.log.columns):
        return {}
    log = study.log[study.log["date"].notna() & study.log["person"].isin(known)]
    half = pd.to_datetime(log["date"], errors="coerce").dropna().map(_half)
    return log.loc[half.index].groupby(half)["person"].nunique().to_dict()


def _half(day: date) -> str:
    return f"{day.year}:{1 if day.month <= 6 else 2}"


def _between(found: Iterable[str]) -> list[str]:
    """Return every half-year from the first to the last, also those in which nothing was seen."""
    halves = sorted(found)
    if not halves:
        return []
    first, last = (2 * int(half[:-2]) + int(half[-1]) - 1 for half in (halves[0], halves[-1]))
    return [f"{number // 2}:{number % 2 + 1}" for number in range(first, last + 1)]
