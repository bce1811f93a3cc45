"""Who takes part, and whether groups differ in what they say and in how much they change."""

from dataclasses import replace

import numpy as np
import pandas as pd

from evaluation.change.paired import mean_change
from evaluation.chapters import statements
from evaluation.chapters.equality_terms import NO_BACKGROUND, WORKSHOP, main_group, not_all
from evaluation.chapters.evaluate import adjusted, results_of, shown, stacked, tally
from evaluation.data.population import population_shares, read_population
from evaluation.equality.adjusted import closing_scores, gap_closing
from evaluation.equality.steps import step_rates, step_shares
from evaluation.project.measure import AbsentMeasure
from evaluation.report.exhibit import Exhibit, Exhibits, absent, exhibit
from evaluation.result import Result
from evaluation.rules.levels import compared_levels
from evaluation.rules.measure import scores
from evaluation.stats.cluster_choice import FEWEST, SEED
from evaluation.stats.step_down import westfall_young
from evaluation.study import Study
from evaluation.vocabulary.message import Message, msg

CHAPTER = "equality"

SOURCE = msg("The shares of {label} are compared with: {source}.")


def lead(study: Study) -> Exhibit:
    """Say how many groups and comparisons stand out."""
    results = results_of(study, kind="representation") + results_of(study, kind="gap", chapter=CHAPTER)
    return shown("equality-lead", tally(results), study, title=msg("In short"), layout="lead")


def composition(study: Study) -> Exhibit:
    """Show each group's share of those who take part, beside what it is compared with."""
    found = stacked(results_of(study, kind="representation"))
    return shown(
        "composition",
        found,
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
        ]
        + [*not_all(found), WORKSHOP],
    )


def gaps(study: Study) -> Exhibits:
    """Show how far each group's mean, or share of yes, lies from the reference group's, and other statements."""
    title, found = msg("Do groups differ in what they say?"), results_of(study, kind="gap", chapter=CHAPTER)
    notes = (
        msg("Line: {level_percent} interval."),
        msg("That no certain difference can be seen does not mean that the groups are equal."),
        WORKSHOP,
    )
    kinds = {
        key: [result for result in found if result.table["estimand"].iloc[0] == estimand]
        for key, estimand in (("gaps", "mean_gap"), ("share-gaps", "share_gap"))
    }
    drawn = [
        shown(key, adjusted(stacked(results)), study, title=title, notes=notes)
        for key, results in kinds.items()
        if results
    ]
    return Exhibits([*(drawn or [shown("gaps", None, study, title=title)]), *_others(study)])


def change_by_group(study: Study) -> Exhibit:
    """Show the change of every group that is always shown, side by side."""
    return shown(
        "change-by-group",
        stacked([result for group in _groups(study) for result in _changes(study, group)]),
        study,
        title=msg("Did groups change alike?"),
        level="short",
        notes=(WORKSHOP,),
    )


def who(study: Study) -> Exhibits:
    """Show each group's share at every step: in the population, among participants, and in co-creation."""
    group, title = main_group(study), msg("Who is there at each step?")
    if group is None:
        return Exhibits([absent("steps", study, title=title, why=NO_BACKGROUND)])
    table, steps = _steps(study)
    levels = compared_levels(table[group], group, study)
    shares, notes = _population(study, group, levels)
    composed = step_shares(table, steps=steps, group=group, levels=levels, population=shares)
    found = [
        exhibit(
            "steps", _named(composed, group), study, title=title, notes=(*notes, *not_all(composed), WORKSHOP)
        )
    ]
    if len(steps) > 1:
        rates = _named(step_rates(table, steps=steps, group=group, levels=levels), group)
        asked = msg("How large a share of each group takes the step?")
        found.append(exhibit("step-ratios", rates, study, title=asked, layout="table"))
    return Exhibits(found)


def closing(study: Study) -> Exhibit:
    """Show whether gaps have grown or shrunk, counted in two ways."""
    title = msg("Have gaps grown or shrunk?")
    found = [
        _closing(study, key, group, level)
        for group in _groups(study)
        for key, indicator in study.indicators(kind="change").items()
        if indicator.unit == "person" and not isinstance(indicator.measure, AbsentMeasure)
        for level in study.project.groups[group].show_always
        if level != _reference(study, group)
    ]
    if not found:
        return absent("gap-closing", study, title=title, why=NO_BACKGROUND)
    return shown(
        "gap-closing",
        _stepped_down(adjusted(stacked([result for result, _ in found])), [scores for _, scores in found]),
        study,
        title=title,
        notes=(
            msg(
                "The two ways answer different questions when the groups started apart: whether they have come "
                "closer, and whether people who stood alike have come equally far."
            ),
            msg("That no movement can be seen does not mean that there is none."),
            WORKSHOP,
        ),
    )


def _steps(study: Study) -> tuple[pd.DataFrame, list[str]]:
    """Return everyone in the registers with a column for each step of which anything is known."""
    people, log = study.registered, study.log
    table = people.assign(taking_part=people["person"].isin(study.participants["person"]))
    if "design_role" in log.columns and log["design_role"].notna().any():
        designing = log.loc[log["design_role"].notna(), "person"]
        return table.assign(co_creation=table["person"].isin(designing)), ["taking_part", "co_creation"]
    return table, ["taking_part"]


def _population(study: Study, group: str, levels: list[str]) -> tuple[dict[str, float] | None, list[Message]]:
    """Return the shares of the reference population, and a note on where they come from."""
    stated = study.project.equality.population
    if stated is None or stated.group != group:
        return None, []
    definition = study.project.groups[group]
    written = {
        level: stated.written.get(level, (level, *dict(definition.levels[level])["values"]))
        for level in definition.show_always
    }
    table = read_population(study.loaded.file.parent / stated.file)
    shares, row = population_shares(
        table, area=stated.area, measure=stated.measure, levels=written, date=stated.at, ages=stated.ages
    )
    source = msg(
        "Reference population: {measure}, {area}, {date}. Source: {source}. Published parts need not add up.",
        **{name: str(row[name]) for name in ("measure", "area", "date", "source")},
    )
    return shares, [source]


def _named(result: Result, group: str) -> Result:
    return Result(result.table.assign(unit="person", group=group), result.meta)


def _reference(study: Study, group: str) -> str:
    definition = study.project.groups[group]
    return definition.reference or definition.show_always[-1]


def _stepped_down(result: Result, scores: list[pd.DataFrame]) -> Result:
    """Add p values that lean on the same companies having answered all the questions, where these are enough."""
    together = pd.concat(scores, axis=1).fillna(0.0).to_numpy()
    if len(together) < FEWEST:
        return result
    values = westfall_young(together[np.lexsort(together.T)], rng=np.random.default_rng(SEED))
    values[result.table["p_value"].isna().to_numpy()] = np.nan
    references = tuple(dict.fromkeys((*result.meta.references, "westfall1993")))
    return Result(result.table.assign(p_step_down=values), replace(result.meta, references=references))


def _closing(study: Study, key: str, group: str, level: str) -> tuple[Result, pd.DataFrame]:
    indicator = study.indicator(key)
    rule = indicator.rule
    table = scores(indicator, study, [rule.before, rule.after])
    table = table.assign(level=table["person"].map(study.people.set_index("person")[group]))
    pair = {"group": "level", "level": level, "reference": _reference(study, group)}
    waves = {"before": rule.before, "after": rule.after}
    cluster = "organisation" if table["organisation"].notna().any() else None
    result = gap_closing(table, **pair, **waves, cluster=cluster)
    companies = closing_scores(table, **pair, **waves, cluster=cluster or "person")
    named = result.table.assign(indicator=key, unit=indicator.unit, group=group)
    return Result(named, result.meta), companies


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


def _others(study: Study) -> Exhibits:
    """Show the chapter's statements that are neither gaps nor compositions."""
    return statements.others(study, CHAPTER, "mean_gap", "share_gap", "group_share")
