"""What lies behind gaps: background, combinations of groups, and what cannot be shown at all."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from evaluation.chapters.equality_terms import NO_BACKGROUND, WORKSHOP, main_group, stages_of
from evaluation.chapters.evaluate import stacked
from evaluation.disclosure import protect
from evaluation.equality.adjusted import adjusted_gap, gap_movement
from evaluation.equality.decomposition import gap_parts
from evaluation.equality.intersection import strata_map, strata_means, strata_shares
from evaluation.project.model import Indicator
from evaluation.report.exhibit import Exhibit, Exhibits, absent, exhibit
from evaluation.result import Result
from evaluation.rules.measure import scores
from evaluation.study import Study
from evaluation.vocabulary.message import Message, msg

ENOUGH = 50
"""People in each group below which a gap is not adjusted."""
NOT_STATED = msg(
    "The definition does not say what is known from before the programme, so no gap is adjusted."
)
TOO_FEW = msg("Fewer than {count} people in one of the groups, so no gap is adjusted.", count=ENOUGH)

ONE_STAGE = msg(
    "Fewer than two stages are known that some people passed and others did not, so nothing is said about the "
    "stage at which a difference arises."
)
ALIKE = msg("How large is the gap between people who were alike beforehand?")
NOT_TRUER = msg(
    "An adjusted difference answers another question than the difference itself; it is not truer."
)
NOT_FAIR = msg(
    "“Goes together with background” does not mean fair, and the rest is not thereby discrimination: it "
    "is what the figures hold nothing about."
)
ADDING_UP = msg(
    "The parts add up to the whole difference. Line: {level_percent} interval, companies drawn anew."
)


def behind(study: Study) -> Exhibits:
    """Show gaps between people who were alike beforehand, and the part that goes together with background."""
    stated = study.project.equality.adjust_for
    why = NO_BACKGROUND if main_group(study) is None else TOO_FEW if stated else NOT_STATED
    found = list(_cases(study)) if why is TOO_FEW else []
    if not found:
        return Exhibits([absent("adjusted-gaps", study, title=ALIKE, why=why)])
    asked = msg("Which part of the gap goes together with background?")
    moved = msg("How far does each kind of background move the gap?")
    gaps, parts, movement = (_stack(found, method) for method in (adjusted_gap, gap_parts, gap_movement))
    notes = (NOT_FAIR, ADDING_UP, WORKSHOP)
    return Exhibits(
        [
            exhibit("adjusted-gaps", gaps, study, title=ALIKE, layout="table", notes=(NOT_TRUER, WORKSHOP)),
            exhibit("gap-parts", _whole(parts), study, title=asked, notes=notes),
            exhibit("gap-movement", movement, study, title=moved, layout="table"),
        ]
    )


def intersections(study: Study) -> Exhibits:
    """Show which combinations of groups can be shown at all, and how the largest of them differ."""
    combined = _combined(study)
    title = msg("Which combinations of groups can be shown at all?")
    if not combined:
        why = msg("The definition names no combinations, or they were not collected.")
        return Exhibits([absent("intersections", study, title=title, why=why)])
    maps = [_of(strata_map(study.participants, groups=groups)) for groups in combined]
    shown = [
        exhibit(
            "intersections",
            stacked(maps),
            study,
            title=title,
            layout="table",
            notes=(msg("The table counts participants before anything is said about them."), WORKSHOP),
        )
    ]
    case = next(iter(_scored(study)), None)
    return Exhibits([*shown, *(_means(study, combined[0], *case) if case else [])])


def not_shown(study: Study) -> Exhibit:
    """Say what the chapter cannot show, so that nothing missing is silent."""
    sentences = [*_uncollected(study), *_one_stage(study), *_hidden(study), *_unadjusted(study)]
    sentences.append(msg("No figure is shown for the women or the men of a single company."))
    first, *others = sentences
    shown = absent("equality-not-shown", study, title=msg("What cannot be shown here?"), why=first)
    return replace(shown, notes=(first, *others))


def _uncollected(study: Study) -> list[Message]:
    return [
        msg("{label}: not collected, so nothing is said and nothing is guessed.", label=group.label)
        for key, group in study.project.groups.items()
        if group.of == "person" and (group.show_always or group.special) and not _has(study, key)
    ]


def _one_stage(study: Study) -> list[Message]:
    return [ONE_STAGE] if main_group(study) is not None and len(stages_of(study)[1]) < 2 else []


def _hidden(study: Study) -> list[Message]:
    found = []
    for groups in _combined(study):
        table = protect(_of(strata_map(study.participants, groups=groups)), study.policy).table
        hidden, (first, *_, last) = int(table["suppressed"].sum()), list(groups)
        if hidden:
            found.append(
                msg(
                    "{first} and {last} together: {hidden} of {count} combinations have too few people.",
                    first=study.project.groups[first].label,
                    last=study.project.groups[last].label,
                    hidden=hidden,
                    count=len(table),
                )
            )
    return found


def _unadjusted(study: Study) -> list[Message]:
    if not study.project.equality.adjust_for:
        return [NOT_STATED]
    return [TOO_FEW] if main_group(study) is not None and not list(_cases(study)) else []


def _has(study: Study, key: str) -> bool:
    return key in study.people.columns and bool(study.participants[key].notna().any())


def _of(result: Result) -> Result:
    return Result(result.table.assign(unit="person"), result.meta)


def _combined(study: Study) -> list[Mapping[str, Sequence[str]]]:
    """Return the combinations whose classifications were collected, with the levels that are combined."""
    groups = study.project.groups
    return [
        {key: groups[key].show_always or tuple(groups[key].levels) for key in combined}
        for combined in study.project.equality.intersections
        if all(_has(study, key) for key in combined)
    ]


def _scored(study: Study) -> list[tuple[str, pd.DataFrame]]:
    """Return the scores that gaps are looked for in, with what is known of the people."""
    found = []
    for key, indicator in study.indicators(kind="gap").items():
        known = study.project.groups[indicator.rule.group].of == "person"
        if indicator.unit == "person" and known and not indicator.says_yes:
            table = scores(indicator, study, [indicator.rule.wave])
            people = study.people.drop(columns=["organisation"])
            found.append((key, table.drop(columns="wave").merge(people, on="person")))
    return found


def _means(study: Study, groups: Mapping[str, Sequence[str]], key: str, table: pd.DataFrame) -> list[Exhibit]:
    cluster = _cluster(table)
    means = strata_means(table, groups=groups, cluster=cluster)
    shares = strata_shares(table, groups=groups, cluster=cluster)
    label = study.indicator(key).label
    notes = (
        msg(
            "Means are drawn towards that of all, the more the fewer answered. They describe; nothing is tested."
        ),
        WORKSHOP,
    )
    named = [Result(_of(found).table.assign(indicator=key), found.meta) for found in (means, shares)]
    told = msg("How do combinations differ: {label}?", label=label)
    caution = (
        msg("With so few combinations both shares are very unsure."),
        msg("That the single groups account for most does not mean that there is no inequality."),
    )
    return [
        exhibit("intersection-means", named[0], study, title=told, notes=notes),
        exhibit(
            "intersection-shares",
            named[1],
            study,
            title=msg("Is there more to combinations than the sum of the groups?"),
            layout="table",
            notes=caution,
        ),
    ]


def _cluster(table: pd.DataFrame) -> str | None:
    return "organisation" if table["organisation"].notna().any() else None


def _cases(study: Study):
    """Yield every gap that is large enough in people to be adjusted, with its people and background."""
    group = main_group(study)
    definition = study.project.groups[group]
    reference = definition.reference or definition.show_always[-1]
    for key, table in _scored(study):
        indicator = study.indicator(key)
        if indicator.rule.group != group:
            continue
        table, extra = _with_before(study, indicator, table)
        background = [*(name for name in study.project.equality.adjust_for if name != group), *extra]
        background = [
            name for name in background if name in table.columns and len(table[name].dropna().unique()) > 1
        ]
        complete = table.dropna(subset=background)
        for level in definition.show_always:
            sizes = [int((complete[group] == name).sum()) for name in (level, reference)]
            if level != reference and min(sizes) >= ENOUGH and background:
                yield key, complete, {"group": group, "level": level, "reference": reference}, background


def _with_before(study: Study, indicator: Indicator, table: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Add the answer to the same question before the programme, where it was asked."""
    waves = [key for key, wave in study.project.waves.items() if wave.kind == "baseline"]
    before = scores(indicator, study, waves)[["person", "value"]].drop_duplicates("person")
    if before.empty or indicator.rule.wave in waves:
        return table, []
    return table.merge(before.rename(columns={"value": "value_before"}), on="person", how="left"), [
        "value_before"
    ]


def _whole(parts: Result) -> Result:
    """Return the gap and its two parts; how each kind of background moves it stands in a table of its own."""
    table = parts.table[parts.table["term"].isin(("gap", "explained", "unexplained"))]
    return Result(table.reset_index(drop=True), parts.meta)


def _stack(found, method) -> Result:
    results = []
    for key, table, pair, background in found:
        result = method(table, **pair, covariates=background, cluster=_cluster(table))
        named = result.table.assign(indicator=key, unit="person", group=pair["group"])
        results.append(Result(named, result.meta))
    return stacked(results)
