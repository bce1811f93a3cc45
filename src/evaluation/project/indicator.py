"""Whether every indicator can be evaluated: its measure, its rule, and what both need from the data."""

from collections.abc import Iterator
from typing import Any

from evaluation.project.codebook import Codebook
from evaluation.project.measure import KINDS
from evaluation.project.raw import (
    ANSWERS,
    GROUPS,
    LEVELS,
    QUESTIONS,
    SCALES,
    WAVES,
    Raw,
    Where,
    levels,
    listed,
    mapping,
    unknown,
)
from evaluation.vocabulary.errors import Problem
from evaluation.vocabulary.message import msg

Path = tuple[str, ...]

MEASURES = {
    "target": ("item", "items", "scale", "needed"),
    "change": ("item", "scale", "needed", "network"),
    "coverage": ("item", "items", "scale", "needed", "records", "hours", "column", "matrix"),
    "gap": ("item", "scale", "needed"),
    "representation": ("column",),
    "describe": ("item", "scale", "needed", "records", "hours", "column", "network"),
    "eligibility": ("column",),
}
"""The measures that each kind of rule can judge; any of them may lack its data (`not_collected`)."""

NEEDS_YES = ("target", "coverage")
"""The rules that count units that say yes."""

WITH_COLUMN = ("records", "hours")
"""Measures whose `column` belongs to them and is no measure of its own."""

WAVE_NAMES = ("wave", "from", "to", "then")


def indicator_problems(raw: Raw, codebook: Codebook | None, where: Where) -> Iterator[Problem]:
    """List what keeps indicators from being evaluated."""
    for key, indicator in mapping(raw, "indicators").items():
        path = ("indicators", str(key))
        for check in (_references, _kinds, _answers, _pairs, _units, _columns, _limits, _waves, _ties):
            yield from check(raw, indicator, codebook, where, path)


def _references(
    raw: Raw, indicator: Any, codebook: Codebook | None, where: Where, path: Path
) -> Iterator[Problem]:
    rule, measure = mapping(indicator, "rule"), mapping(indicator, "measure")
    at = (*path, "measure")
    for name in ("item", "items", "needed", "current") if codebook else ():
        for item in [measure[name]] if name == "item" and name in measure else listed(measure, name):
            yield from unknown(item, codebook.items, where(*at, name), QUESTIONS)
    yield from unknown(measure.get("scale"), mapping(raw, "scales"), where(*at, "scale"), SCALES)
    for area in listed(measure, "areas"):
        yield from unknown(area, levels(raw, "area"), where(*at, "areas"), LEVELS)
    if "hours" in measure or listed(measure, "has") or listed(measure, "and_one_of"):
        yield from unknown(measure.get("column"), mapping(raw, "groups"), where(*at, "column"), GROUPS)
    for name in ("has", "and_one_of", "hours"):
        for level in listed(measure, name):
            yield from unknown(level, levels(raw, measure.get("column")), where(*at, name), LEVELS)
    for name in WAVE_NAMES:
        yield from unknown(rule.get(name), mapping(raw, "waves"), where(*path, "rule", name), WAVES)
    yield from unknown(rule.get("group"), mapping(raw, "groups"), where(*path, "rule", "group"), GROUPS)
    for level in listed(rule, "levels"):
        yield from unknown(level, levels(raw, rule.get("group")), where(*path, "rule", "levels"), LEVELS)
    for level in mapping(rule, "reference"):
        yield from unknown(
            level, levels(raw, rule.get("group")), where(*path, "rule", "reference", level), LEVELS
        )
    condition = mapping(indicator, "among")
    if "column" in condition:
        texts = levels(raw, condition["column"])
        for level in listed(condition, "one_of") if texts else ():
            yield from unknown(level, texts, where(*path, "among", "one_of"), LEVELS)
    for role in listed(indicator, "roles"):
        yield from unknown(role, levels(raw, "role"), where(*path, "roles"), LEVELS)


def _kinds(
    raw: Raw, indicator: Any, codebook: Codebook | None, where: Where, path: Path
) -> Iterator[Problem]:
    rule, measure = mapping(indicator, "rule"), mapping(indicator, "measure")
    belongs = any(kind in measure for kind in WITH_COLUMN)
    given = [kind for kind in KINDS if kind in measure and not (kind == "column" and belongs)]
    if len(given) > 1:
        what, do = msg("The measure names more than one thing."), msg("Keep one of them.")
        yield Problem(what, where(*path, "measure"), do)
    allowed = (*MEASURES.get(str(rule.get("kind")), tuple(KINDS)), "not_collected")
    if len(given) == 1 and given[0] not in allowed:
        yield Problem(
            msg(
                "A rule of the kind {kind} cannot judge a measure of the kind {found}.",
                kind=rule["kind"],
                found=given[0],
            ),
            where(*path, "measure", given[0]),
            msg("Give one of: {allowed}.", allowed=", ".join(allowed)),
        )


def _answers(
    raw: Raw, indicator: Any, codebook: Codebook | None, where: Where, path: Path
) -> Iterator[Problem]:
    rule, measure, at = mapping(indicator, "rule"), mapping(indicator, "measure"), (*path, "measure")
    asked = {"item": "positive", "scale": "at_least", "needed": "at_least"}
    lacking = [kind for kind, name in asked.items() if kind in measure and measure.get(name) in (None, [])]
    if rule.get("kind") in NEEDS_YES and lacking:
        yield Problem(
            msg("The rule needs to know which answers count as yes."),
            where(*at),
            msg("Add `positive: [...]` or, for a scale, `at_least: …`."),
        )
    for item in [measure.get("item"), *listed(measure, "items")]:
        known = _options(raw, item, codebook)
        for value in listed(measure, "positive") if known else ():
            yield from unknown(_written(value), known, where(*at, "positive"), ANSWERS)
    items, areas = listed(measure, "items"), listed(measure, "areas")
    if (areas or measure.get("main") == "trained") and len(areas) != len(items):
        yield Problem(
            msg("{count} questions need as many areas; found {found}.", count=len(items), found=len(areas)),
            where(*at, "areas"),
            msg("Give one area for each question, in the same order."),
        )


def _pairs(
    raw: Raw, indicator: Any, codebook: Codebook | None, where: Where, path: Path
) -> Iterator[Problem]:
    """Tell of needs and competences that do not belong together."""
    measure, at = mapping(indicator, "measure"), (*path, "measure")
    needed, current = listed(measure, "needed"), listed(measure, "current")
    if len(needed) != len(current):
        yield Problem(
            msg(
                "{count} needs are compared with {found} competences.", count=len(needed), found=len(current)
            ),
            where(*at, "current"),
            msg("Give one question of each kind for every area, in the same order."),
        )
        return
    for need, have in zip(needed, current, strict=True) if codebook else ():
        scales = [codebook.of_item(item).response for item in (need, have) if item in codebook.items]
        if len(set(scales)) > 1:
            yield Problem(
                msg("The questions {need} and {have} have different response scales.", need=need, have=have),
                where(*at),
                msg("Ask both on the same scale; otherwise there is no difference to compute."),
            )


def _options(raw: Raw, item: Any, codebook: Codebook | None) -> list[str]:
    if codebook is None or item not in codebook.items:
        return []
    response = mapping(mapping(raw, "responses"), codebook.of_item(item).response)
    return [
        _written(option.get("value")) for option in listed(response, "options") if isinstance(option, dict)
    ]


def _written(value: Any) -> str:
    return f"{value:g}" if isinstance(value, int | float) else str(value)


def _units(
    raw: Raw, indicator: Any, codebook: Codebook | None, where: Where, path: Path
) -> Iterator[Problem]:
    rule, measure = mapping(indicator, "rule"), mapping(indicator, "measure")
    unit = indicator.get("unit") if isinstance(indicator, dict) else None
    if unit == "effort" and not (
        measure.get("records") == "log" or {"hours", "not_collected"} & set(measure)
    ):
        what = msg("Efforts stand only in the log.")
        yield Problem(what, where(*path, "unit"), msg("Give `records: log`, or another unit."))
    if (unit == "actor") != ("network" in measure) and "not_collected" not in measure:
        what = msg("A network is about actors, and nothing else is.")
        yield Problem(what, where(*path, "unit"), msg("Write `unit: actor` where the measure is `network`."))
    if (unit == "cell") != ("matrix" in measure) and "not_collected" not in measure:
        what = msg("A matrix is about cells, and nothing else is.")
        yield Problem(what, where(*path, "unit"), msg("Write `unit: cell` where the measure is `matrix`."))
    if unit != "person" and (listed(measure, "areas") or rule.get("among") == "designers"):
        what = msg("Areas and designers are known for people only.")
        yield Problem(what, where(*path, "unit"), msg("Write `unit: person`."))
    classified = mapping(mapping(raw, "groups"), rule.get("group")).get("of", "person")
    fits = (unit, "organisation") if rule.get("kind") == "gap" else (unit,)
    if rule.get("group") in mapping(raw, "groups") and classified not in fits:
        yield Problem(
            msg("The group is of the kind {found}, but the unit is {unit}.", found=classified, unit=unit),
            where(*path, "rule", "group"),
            msg("Choose another group or another unit."),
        )


def _columns(
    raw: Raw, indicator: Any, codebook: Codebook | None, where: Where, path: Path
) -> Iterator[Problem]:
    for kinds, column, at in _needed(raw, indicator, path):
        sources = [source for source in mapping(raw, "sources").values() if isinstance(source, dict)]
        group = mapping(mapping(raw, "groups"), column)
        if "item" in group:
            continue
        column = group.get("column", column)
        if isinstance(column, str) and not any(
            source.get("kind") in kinds and column in mapping(source, "columns") for source in sources
        ):
            yield Problem(
                msg("No source says which column holds the {column}.", column=column),
                where(*at),
                msg(
                    "Add `{column}: HEADER` under `columns` of a source of the kind {kinds}.",
                    column=column,
                    kinds=", ".join(kinds),
                ),
            )


def _needed(raw: Raw, indicator: Any, path: Path) -> Iterator[tuple[tuple[str, ...], Any, Path]]:
    """Yield what an indicator needs from registers and logs: kinds of source, column, and who asks for it."""
    rule, measure = mapping(indicator, "rule"), mapping(indicator, "measure")
    unit = indicator.get("unit") if isinstance(indicator, dict) else None
    if unit == "organisation" and indicator.get("answered_by") == "named_contact":
        yield ("organisations",), "contact_person", (*path, "answered_by")
    if "column" in mapping(indicator, "among"):
        kinds = ("organisations",) if unit == "organisation" else ("people", "answers")
        yield kinds, indicator["among"]["column"], (*path, "among", "column")
    if rule.get("among") == "designers":
        yield ("log",), "design_role", (*path, "rule", "among")
    if listed(measure, "areas"):
        yield ("log",), "area", (*path, "measure", "areas")
        yield ("log",), "person", (*path, "measure", "areas")
    if "records" in measure:
        kind = "log" if measure["records"] == "log" else "people"
        yield (kind,), measure.get("column"), (*path, "measure", "column")
    elif "hours" in measure:
        yield ("log",), measure.get("column"), (*path, "measure", "column")
        yield ("log",), "hours", (*path, "measure", "hours")
    elif "column" in measure:
        registers = ("organisations",) if unit == "organisation" else ("people", "answers")
        grouped = measure["column"] in mapping(raw, "groups") and unit == "organisation"
        yield (
            (*registers, "people", "answers", "log") if grouped else registers,
            measure["column"],
            (*path, "measure", "column"),
        )


def _limits(
    raw: Raw, indicator: Any, codebook: Codebook | None, where: Where, path: Path
) -> Iterator[Problem]:
    rule, at = mapping(indicator, "rule"), (*path, "rule")
    group = mapping(mapping(raw, "groups"), rule.get("group"))
    if rule.get("kind") == "gap" and group and not group.get("reference"):
        what = msg("The group has no reference level to compare with.")
        yield Problem(what, where("groups", rule["group"]), msg("Add `reference: LEVEL`."))
    if rule.get("kind") == "representation" and "not_collected" not in mapping(indicator, "measure"):
        yield from _composition(rule, where, at)
        yield from _same_column(rule, mapping(indicator, "measure"), where, path)
    if rule.get("kind") == "coverage":
        yield from _wanted(rule, mapping(indicator, "measure"), where, at)
    conditions = [
        rule.get("one_of") not in (None, []),
        any(rule.get(name) is not None for name in ("at_least", "at_most")),
    ]
    if rule.get("kind") == "eligibility" and sum(conditions) != 1:
        what = msg("The rule must say in one way what is required.")
        yield Problem(
            what, where(*at), msg("Give either `one_of`, or `at_least` and `at_most` or one of them.")
        )
    pairs = (listed(rule, "even"), [rule.get("at_least"), rule.get("at_most")])
    if any(
        len(pair) == 2 and all(isinstance(end, int | float) for end in pair) and pair[0] > pair[1]
        for pair in pairs
    ):
        yield Problem(
            msg("The lower limit is above the upper one."), where(*at), msg("Write the lower one first.")
        )


def _wanted(rule: Raw, measure: Raw, where: Where, at: Path) -> Iterator[Problem]:
    """Tell of a coverage rule that does not say once how much is wanted."""
    if sum(rule.get(name) is not None for name in ("share", "count")) != 1:
        what = msg("The rule must say once how much is wanted.")
        yield Problem(what, where(*at), msg("Give either `share` or `count`."))
    elif rule.get("count") is not None and ("hours" in measure or rule.get("limit") == "at_most"):
        what = msg("A number can only be the least that is wanted, and only of units.")
        yield Problem(what, where(*at, "count"), msg("Give `share` instead."))


def _same_column(rule: Raw, measure: Raw, where: Where, path: Path) -> Iterator[Problem]:
    """Refuse to look at one column and judge by the levels of another."""
    column, group = measure.get("column"), rule.get("group")
    if column is not None and group is not None and column != group:
        yield Problem(
            msg(
                "The measure looks at {column}, but the rule judges {group}.",
                column=str(column),
                group=str(group),
            ),
            where(*path, "measure", "column"),
            msg("Write the same classification in both."),
        )


def _composition(rule: Raw, where: Where, at: Path) -> Iterator[Problem]:
    stated = [name for name in ("even", "reference", "against") if rule.get(name) is not None]
    if len(stated) != 1:
        yield Problem(
            msg("The rule must say what the distribution is compared with."),
            where(*at),
            msg("Give exactly one of: even, reference, against."),
        )
    if "against" in stated and rule.get("among", "participants") == rule["against"]:
        what = msg("The participants would be compared with themselves.")
        yield Problem(
            what, where(*at, "against"), msg("Add `among: designers`, or give `even` or `reference`.")
        )


def _waves(
    raw: Raw, indicator: Any, codebook: Codebook | None, where: Where, path: Path
) -> Iterator[Problem]:
    rule, measure, at = mapping(indicator, "rule"), mapping(indicator, "measure"), (*path, "rule")
    if rule.get("from") is not None and rule.get("from") in (rule.get("to"), rule.get("then")):
        what = msg("A wave would be compared with itself.")
        yield Problem(what, where(*at, "from"), msg("Give two different waves."))
    answered = any(name in measure for name in ("item", "items", "scale", "needed", "network"))
    if rule.get("kind") in ("coverage", "describe") and answered and rule.get("wave") is None:
        yield Problem(msg("The rule does not say at which wave."), where(*at), msg("Add `wave: …`."))
    scale = mapping(mapping(raw, "scales"), measure.get("scale"))
    asked = ("items", "needed", "current")
    items = [
        measure.get("item"),
        *listed(scale, "items"),
        *(i for name in asked for i in listed(measure, name)),
    ]
    for name in WAVE_NAMES if codebook else ():
        wave = rule.get(name)
        for item in items if isinstance(wave, str) and wave in mapping(raw, "waves") else ():
            if item in codebook.items and wave not in _asked(raw, item, codebook):
                yield Problem(
                    msg("The question {item} is not asked at the wave {wave}.", item=item, wave=wave),
                    where(*at, name),
                    msg("Add it to the codebook, or choose another wave."),
                )


def _ties(raw: Raw, indicator: Any, codebook: Codebook | None, where: Where, path: Path) -> Iterator[Problem]:
    """Tell of waves without a file of ties."""
    rule, measure = mapping(indicator, "rule"), mapping(indicator, "measure")
    sources = (mapping(mapping(raw, "sources"), key) for key in mapping(raw, "sources"))
    held = {wave for source in sources if source.get("kind") == "ties" for wave in listed(source, "waves")}
    for name in WAVE_NAMES if "network" in measure else ():
        wave = rule.get(name)
        if wave in mapping(raw, "waves") and wave not in held:
            yield Problem(
                msg("No source of the kind ties holds the wave {wave}.", wave=str(wave)),
                where(*path, "rule", name),
                msg("Add such a source, or choose another wave."),
            )


def _asked(raw: Raw, item: str, codebook: Codebook) -> set[Any]:
    """Return the waves at which a question is asked."""
    entries = [entry for entry in codebook if entry.item == item]
    sources = mapping(raw, "sources")
    return {
        wave
        for entry in entries
        for wave in ([entry.wave] if entry.wave else listed(mapping(sources, entry.source), "waves"))
        if isinstance(wave, str)
    }
