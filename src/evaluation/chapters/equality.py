"""Who takes part, and whether groups differ in what they say and in how much they change."""

import pandas as pd

from evaluation.change.paired import mean_change
from evaluation.chapters.evaluate import adjusted, results_of, shown, stacked, tally
from evaluation.report.exhibit import Exhibit
from evaluation.result import Result
from evaluation.rules.measure import scores
from evaluation.study import Study
from evaluation.vocabulary.message import msg

SOURCE = msg("The shares of {label} are compared with: {source}.")


def lead(study: Study) -> Exhibit:
    """Say how many groups and comparisons stand out."""
    results = results_of(study, kind="representation") + results_of(study, kind="gap")
    return shown("equality-lead", tally(results), study, title=msg("In short"), layout="lead")


def composition(study: Study) -> Exhibit:
    """Show each group's share of those who take part, beside what it is compared with."""
    return shown(
        "composition",
        stacked(results_of(study, kind="representation")),
        study,
        title=msg("Who takes part, compared with whom?"),
        notes=[
            msg(
                "The shares of {label} are compared with: {source}.",
                label=indicator.label,
                source=indicator.rule.source,
            )
            for indicator in study.indicators(kind="representation").values()
            if indicator.rule.source
        ],
    )


def gaps(study: Study) -> Exhibit:
    """Show how far each group's mean lies from the reference group's."""
    return shown(
        "gaps",
        adjusted(stacked(results_of(study, kind="gap"))),
        study,
        title=msg("Do groups differ in what they say?"),
        notes=(msg("Line: {level_percent} interval."),),
    )


def change_by_group(study: Study) -> Exhibit:
    """Show the change of every group that is always shown, side by side."""
    return shown(
        "change-by-group",
        stacked([result for group in _groups(study) for result in _changes(study, group)]),
        study,
        title=msg("Did groups change alike?"),
        level="short",
    )


def _groups(study: Study) -> list[str]:
    return [
        key
        for key, group in study.project.groups.items()
        if group.of == "person" and group.show_always and not group.special and key in study.people.columns
    ]


def _changes(study: Study, group: str) -> list[Result]:
    levels = study.project.groups[group].show_always
    return [
        _change(study, key, group, level)
        for key, indicator in study.indicators(kind="change").items()
        if indicator.unit == "person"
        for level in levels
    ]


def _change(study: Study, key: str, group: str, level: str) -> Result:
    indicator = study.indicator(key)
    rule = indicator.rule
    members = study.people.loc[study.people[group] == level, "person"]
    table = scores(indicator, study, [rule.before, rule.after])
    own = table[table["person"].isin(members)]
    cluster = "organisation" if own["organisation"].notna().any() else "person"
    result = mean_change(own, before=rule.before, after=rule.after, cluster=cluster)
    named = result.table.assign(indicator=key, unit=indicator.unit, group=group, level=level)
    return Result(pd.DataFrame(named), result.meta)
