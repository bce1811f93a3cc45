"""Cross references of a project definition: all problems at once.

This works on the raw mapping, because a model's own validators stop at the first broken field
and would show wrong references only in a second round.
"""

from collections.abc import Callable, Iterator
from typing import Any

from evaluation.project.codebook import Codebook
from evaluation.project.measure import KINDS
from evaluation.project.words import words_in
from evaluation.vocabulary.errors import Problem, one_of
from evaluation.vocabulary.message import Message, msg, pmsg

Where = Callable[..., str]


def find_problems(raw: dict[str, Any], codebook: Codebook | None, where: Where) -> list[Problem]:
    """List every reference that leads nowhere and every text that lacks a language.

    Parameters
    ----------
    raw
        The definition as read from YAML; parts of the wrong shape are skipped, for pydantic names them.
    codebook
        The codebook, or None if it could not be read.
    where
        Turns a path of keys into file, line and dotted path.
    """
    checks = (_words, _sources, _groups, _scales, _indicators, _simulation)
    problems = [problem for check in checks for problem in check(raw, codebook, where)]
    return problems + list(_codebook(raw, codebook))


def _mapping(raw: Any, key: str) -> dict[str, Any]:
    value = raw.get(key) if isinstance(raw, dict) else None
    return value if isinstance(value, dict) else {}


WAVES = pmsg("among", "the waves")
LEVELS = pmsg("among", "the levels of the group")
QUESTIONS = pmsg("among", "the questions of the codebook")
SCALES = pmsg("among", "the scales")
GROUPS = pmsg("among", "the groups")
SOURCES = pmsg("among", "the sources")
RESPONSES = pmsg("among", "the response scales")


def _unknown(name: Any, allowed: Any, where: str, among: Message) -> Iterator[Problem]:
    if name is not None and name not in allowed:
        yield Problem(
            msg("“{name}” is not among {things}.", name=name, things=among), where, one_of(name, allowed)
        )


def _levels(raw: dict[str, Any], group: Any) -> dict[str, Any]:
    return _mapping(_mapping(raw, "groups").get(group), "levels")


def _languages(raw: dict[str, Any]) -> list[str]:
    languages = raw.get("languages")
    return [str(lang) for lang in languages] if isinstance(languages, list) else []


TEXTS = {
    "waves": ("label",),
    "groups": ("label",),
    "scales": ("label",),
    "indicators": ("statement", "label", "respondents"),
}
"""Which parts of the definition are texts that readers see."""


def _texts(raw: dict[str, Any]) -> Iterator[tuple[Any, tuple[str, ...]]]:
    yield raw.get("name"), ("name",)
    for section, names in TEXTS.items():
        for key, entry in _mapping(raw, section).items():
            for name in names:
                yield (entry.get(name) if isinstance(entry, dict) else None), (section, key, name)
    for key, group in _mapping(raw, "groups").items():
        for level, entry in _mapping(group, "levels").items():
            yield (
                (entry.get("label") if isinstance(entry, dict) else None),
                ("groups", key, "levels", level, "label"),
            )


def _words(raw: dict[str, Any], codebook: Codebook | None, where: Where) -> Iterator[Problem]:
    for words, path in _texts(raw):
        if not isinstance(words, dict):
            continue
        for lang in words_in(words, _languages(raw)):
            yield Problem(
                msg("The text lacks the language {lang}.", lang=lang),
                where(*path),
                msg("Add `{lang}: …`.", lang=lang),
            )


def _sources(raw: dict[str, Any], codebook: Codebook | None, where: Where) -> Iterator[Problem]:
    waves = _mapping(raw, "waves")
    for key, source in _mapping(raw, "sources").items():
        if not isinstance(source, dict):
            continue
        stated = source.get("waves") or []
        for wave in stated if isinstance(stated, list) else []:
            yield from _unknown(wave, waves, where("sources", key, "waves"), WAVES)
        if source.get("kind") == "answers" and not stated:
            yield Problem(
                msg("The source does not say which wave it holds answers from."),
                where("sources", key),
                msg("Add `waves: [...]`."),
            )
        needed = {"answers": "person", "people": "person", "organisations": "organisation", "log": "effort"}
        column = needed.get(str(source.get("kind")))
        if column and column not in _mapping(source, "columns"):
            yield Problem(
                msg("The source does not say which column holds the {column}.", column=column),
                where("sources", key, "columns"),
                msg("Add `{column}: HEADER` under `columns`.", column=column),
            )


def _groups(raw: dict[str, Any], codebook: Codebook | None, where: Where) -> Iterator[Problem]:
    for key, group in _mapping(raw, "groups").items():
        levels = _mapping(group, "levels")
        if isinstance(group, dict):
            yield from _unknown(group.get("reference"), levels, where("groups", key, "reference"), LEVELS)
            for level in group.get("show_always") or []:
                yield from _unknown(level, levels, where("groups", key, "show_always"), LEVELS)


def _scales(raw: dict[str, Any], codebook: Codebook | None, where: Where) -> Iterator[Problem]:
    for key, scale in _mapping(raw, "scales").items():
        items = scale.get("items") if isinstance(scale, dict) else None
        items = items if isinstance(items, list) else []
        for item in items:
            yield from _item(item, codebook, where("scales", key, "items"))
        least = scale.get("min_items") if isinstance(scale, dict) else None
        if isinstance(least, int) and items and least > len(items):
            yield Problem(
                msg(
                    "{least} answers are needed, but the scale has {count} questions.",
                    least=least,
                    count=len(items),
                ),
                where("scales", key, "min_items"),
                msg("Write at most {count}.", count=len(items)),
            )


def _item(item: Any, codebook: Codebook | None, where: str) -> Iterator[Problem]:
    if codebook is not None:
        yield from _unknown(item, codebook.items, where, QUESTIONS)


def _indicators(raw: dict[str, Any], codebook: Codebook | None, where: Where) -> Iterator[Problem]:
    for key, indicator in _mapping(raw, "indicators").items():
        path = ("indicators", key)
        rule, measure = _mapping(indicator, "rule"), _mapping(indicator, "measure")
        yield from _measure(raw, codebook, measure, where, (*path, "measure"))
        yield from _rule(raw, rule, measure, where, (*path, "rule"))
        for role in (indicator.get("roles") or []) if isinstance(indicator, dict) else []:
            yield from _unknown(role, _levels(raw, "role"), where(*path, "roles"), LEVELS)


def _measure(
    raw: dict[str, Any],
    codebook: Codebook | None,
    measure: dict[str, Any],
    where: Where,
    path: tuple[str, ...],
) -> Iterator[Problem]:
    if "item" in measure:
        yield from _item(measure["item"], codebook, where(*path, "item"))
    for item in measure.get("items") or []:
        yield from _item(item, codebook, where(*path, "items"))
    if "scale" in measure:
        yield from _unknown(measure["scale"], _mapping(raw, "scales"), where(*path, "scale"), SCALES)
    for area in measure.get("areas") or []:
        yield from _unknown(area, _levels(raw, "area"), where(*path, "areas"), LEVELS)
    if "records" in measure:
        yield from _unknown(measure.get("column"), _mapping(raw, "groups"), where(*path, "column"), GROUPS)
        for level in measure.get("has") or []:
            yield from _unknown(level, _levels(raw, measure.get("column")), where(*path, "has"), LEVELS)
    if len(KINDS.keys() & measure.keys()) > 1 and "records" not in measure:
        yield Problem(msg("The measure names more than one thing."), where(*path), msg("Keep one of them."))


POSITIVE_NEEDED = ("target",)


def _rule(
    raw: dict[str, Any], rule: dict[str, Any], measure: dict[str, Any], where: Where, path: tuple[str, ...]
) -> Iterator[Problem]:
    waves, groups = _mapping(raw, "waves"), _mapping(raw, "groups")
    for name in ("wave", "from", "to", "then"):
        yield from _unknown(rule.get(name), waves, where(*path, name), WAVES)
    yield from _unknown(rule.get("group"), groups, where(*path, "group"), GROUPS)
    if rule.get("kind") in POSITIVE_NEEDED and not ({"positive", "at_least"} & measure.keys()):
        yield Problem(
            msg("A target needs to know which answers count as yes."),
            where(*path[:-1], "measure"),
            msg("Add `positive: [...]` or, for a scale, `at_least: …`."),
        )
    if (
        rule.get("kind") == "gap"
        and rule.get("group") in groups
        and not groups[rule["group"]].get("reference")
    ):
        yield Problem(
            msg("The group has no reference level to compare with."),
            where("groups", rule["group"]),
            msg("Add `reference: LEVEL`."),
        )
    if rule.get("kind") == "representation":
        stated = [name for name in ("even", "reference", "against") if rule.get(name) is not None]
        if len(stated) != 1:
            yield Problem(
                msg("The rule must say what the distribution is compared with."),
                where(*path),
                msg("Give exactly one of: even, reference, against."),
            )
        for level in _mapping(rule, "reference"):
            yield from _unknown(
                level, _levels(raw, rule.get("group")), where(*path, "reference", level), LEVELS
            )


def _simulation(raw: dict[str, Any], codebook: Codebook | None, where: Where) -> Iterator[Problem]:
    simulation, scales, groups = _mapping(raw, "simulation"), _mapping(raw, "scales"), _mapping(raw, "groups")
    known = {*scales, *(codebook.items if codebook else ())}
    for name in _mapping(simulation, "change"):
        if codebook:
            yield from _unknown(name, known, where("simulation", "change", name), QUESTIONS)
    for group, levels in _mapping(simulation, "group_change").items():
        yield from _unknown(group, groups, where("simulation", "group_change", group), GROUPS)
        for level in levels if isinstance(levels, dict) else {}:
            yield from _unknown(
                level, _levels(raw, group), where("simulation", "group_change", group, level), LEVELS
            )


def _codebook(raw: dict[str, Any], codebook: Codebook | None) -> Iterator[Problem]:
    if codebook is None:
        return
    sources, responses = _mapping(raw, "sources"), _mapping(raw, "responses")
    seen: dict[tuple[str, str, str], int] = {}
    for entry in codebook:
        place = f"{codebook.file.name}:{entry.line}"
        yield from _unknown(entry.source, sources, place, SOURCES)
        yield from _unknown(entry.response, responses, place, RESPONSES)
        waves = _mapping(sources, entry.source).get("waves") or []
        if entry.wave:
            yield from _unknown(entry.wave, waves, place, WAVES)
        elif len(waves) > 1:
            yield Problem(
                msg("The source holds several waves; the row does not say which."), place, one_of("", waves)
            )
        key = (entry.item, entry.source, entry.wave)
        if key in seen:
            yield Problem(
                msg("The question {item} stands in line {line} already.", item=entry.item, line=seen[key]),
                place,
                msg("Delete one of the rows, or give them different waves."),
            )
        seen.setdefault(key, entry.line)
