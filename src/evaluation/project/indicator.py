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
    "target": ("item", "items", "scale"),
    "change": ("item", "scale"),
    "coverage": ("item", "items", "scale", "records"),
    "gap": ("item", "scale"),
    "representation": ("column",),
    "describe": ("item",),
    "eligibility": ("column",),
}
"""The measures that each kind of rule can judge."""

NEEDS_YES = ("target", "coverage", "describe")
"""The rules that count units that say yes."""

WAVE_NAMES = ("wave", "from", "to", "then")


def indicator_problems(raw: Raw, codebook: Codebook | None, where: Where) -> Iterator[Problem]:
    """List what keeps indicators from being evaluated."""
    for key, indicator in mapping(raw, "indicators").items():
        path = ("indicators", str(key))
        for check in (_references, _kinds, _answers, _units, _columns, _limits, _waves):
            yield from check(raw, indicator, codebook, where, path)


def _references(
    raw: Raw, indicator: Any, codebook: Codebook | None, where: Where, path: Path
) -> Iterator[Problem]:
    rule, measure = mapping(indicator, "rule"), mapping(indicator, "measure")
    at = (*path, "measure")
    for item in [measure.get("item"), *listed(measure, "items")] if codebook else ():
        yield from unknown(
            item, codebook.items, where(*at, "item" if "item" in measure else "items"), QUESTIONS
        )
    yield from unknown(measure.get("scale"), mapping(raw, "scales"), where(*at, "scale"), SCALES)
    for area in listed(measure, "areas"):
        yield from unknown(area, levels(raw, "area"), where(*at, "areas"), LEVELS)
    if "records" in measure:
        yield from unknown(measure.get("column"), mapping(raw, "groups"), where(*at, "column"), GROUPS)
    for level in listed(measure, "has"):
        yield from unknown(level, levels(raw, measure.get("column")), where(*at, "has"), LEVELS)
    for name in WAVE_NAMES:
        yield from unknown(rule.get(name), mapping(raw, "waves"), where(*path, "rule", name), WAVES)
    yield from unknown(rule.get("group"), mapping(raw, "groups"), where(*path, "rule", "group"), GROUPS)
    for level in mapping(rule, "reference"):
        yield from unknown(
            level, levels(raw, rule.get("group")), where(*path, "rule", "reference", level), LEVELS
        )
    for role in listed(indicator, "roles"):
        yield from unknown(role, levels(raw, "role"), where(*path, "roles"), LEVELS)


def _kinds(
    raw: Raw, indicator: Any, codebook: Codebook | None, where: Where, path: Path
) -> Iterator[Problem]:
    rule, measure = mapping(indicator, "rule"), mapping(indicator, "measure")
    given = [kind for kind in KINDS if kind in measure and not (kind == "column" and "records" in measure)]
    if len(given) > 1:
        what, do = msg("The measure names more than one thing."), msg("Keep one of them.")
        yield Problem(what, where(*path, "measure"), do)
    allowed = MEASURES.get(str(rule.get("kind")), tuple(KINDS))
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
    asked = {"item": "positive", "scale": "at_least"}
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
    if unit == "effort" and measure.get("records") != "log":
        what = msg("Efforts stand only in the log.")
        yield Problem(what, where(*path, "unit"), msg("Give `records: log`, or another unit."))
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
    if rule.get("among") == "designers":
        yield ("log",), "design_role", (*path, "rule", "among")
    if listed(measure, "areas"):
        yield ("log",), "area", (*path, "measure", "areas")
        yield ("log",), "person", (*path, "measure", "areas")
    if "records" in measure:
        kind = "log" if measure["records"] == "log" else "people"
        yield (kind,), measure.get("column"), (*path, "measure", "column")
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
    if rule.get("kind") == "representation":
        yield from _composition(rule, where, at)
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
    if rule.get("kind") == "coverage" and "records" not in measure and rule.get("wave") is None:
        yield Problem(msg("The rule does not say at which wave."), where(*at), msg("Add `wave: …`."))
    scale = mapping(mapping(raw, "scales"), measure.get("scale"))
    items = [measure.get("item"), *listed(measure, "items"), *listed(scale, "items")]
    for name in WAVE_NAMES if codebook else ():
        wave = rule.get(name)
        for item in items if isinstance(wave, str) and wave in mapping(raw, "waves") else ():
            if item in codebook.items and wave not in _asked(raw, item, codebook):
                yield Problem(
                    msg("The question {item} is not asked at the wave {wave}.", item=item, wave=wave),
                    where(*at, name),
                    msg("Add it to the codebook, or choose another wave."),
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
