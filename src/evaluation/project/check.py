"""Cross references of a project definition: all problems at once.

This works on the raw mapping, because a model's own validators stop at the first broken field
and would show wrong references only in a second round.
"""

from collections.abc import Iterator
from typing import Any

from evaluation.project.accounts import account_problems, panel_problems
from evaluation.project.codebook import TEXT, Codebook, Entry
from evaluation.project.equality import equality_problems
from evaluation.project.impact import impact_problems
from evaluation.project.indicator import indicator_problems
from evaluation.project.linkage import linkage_problems, linked_sources
from evaluation.project.profile import profile_problems
from evaluation.project.raw import (
    GROUPS,
    LEVELS,
    QUESTIONS,
    RESPONSES,
    SOURCES,
    WAVES,
    Raw,
    Where,
    levels,
    listed,
    mapping,
    unknown,
)
from evaluation.project.words import words_in
from evaluation.vocabulary.errors import Problem, one_of
from evaluation.vocabulary.message import msg


def _roles(raw: Raw, codebook: Codebook | None, where: Where) -> Iterator[Problem]:
    known = levels(raw, "role")
    for level in listed(raw, "participant_roles"):
        yield from unknown(level, known, where("participant_roles"), LEVELS)
    for key, source in mapping(raw, "sources").items():
        for level in listed(source, "roles"):
            yield from unknown(level, known, where("sources", key, "roles"), LEVELS)


def find_problems(raw: Raw, codebook: Codebook | None, where: Where) -> list[Problem]:
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
    checks = (
        _words,
        _sources,
        _groups,
        _scales,
        _roles,
        indicator_problems,
        _simulation,
        linkage_problems,
        equality_problems,
        impact_problems,
        panel_problems,
        profile_problems,
        _privacy,
        _codebook,
    )
    return [problem for check in checks for problem in check(raw, codebook, where)]


TEXTS = {
    "waves": ("label",),
    "sources": ("label",),
    "groups": ("label",),
    "scales": ("label",),
    "indicators": ("statement", "label", "respondents"),
}
"""Which parts of the definition are texts that readers see."""


def texts(raw: Raw) -> Iterator[tuple[Raw, tuple[str, ...]]]:
    """Give every text of a definition that readers see, in all its languages, and the path of its key."""
    for name in ("name", "about"):
        yield mapping(raw, name), (name,)
    for section, names in TEXTS.items():
        for key, entry in mapping(raw, section).items():
            for name in names:
                yield mapping(entry, name), (section, key, name)
    for key, group in mapping(raw, "groups").items():
        for level, entry in mapping(group, "levels").items():
            yield mapping(entry, "label"), ("groups", key, "levels", level, "label")
    impact = mapping(raw, "impact")
    yield mapping(mapping(impact, "comparison"), "found"), ("impact", "comparison", "found")
    for key, outcome in mapping(mapping(impact, "accounts"), "outcomes").items():
        yield mapping(outcome, "label"), ("impact", "accounts", "outcomes", key, "label")
    for key, outcome in mapping(mapping(impact, "panel"), "outcomes").items():
        yield mapping(outcome, "label"), ("impact", "panel", "outcomes", key, "label")


def _words(raw: Raw, codebook: Codebook | None, where: Where) -> Iterator[Problem]:
    languages = [str(lang) for lang in listed(raw, "languages")]
    for words, path in texts(raw):
        for lang in words_in(words, languages) if words else ():
            what, do = (
                msg("The text lacks the language {lang}.", lang=lang),
                msg("Add `{lang}: …`.", lang=lang),
            )
            yield Problem(what, where(*path), do)


NEEDED = {
    "answers": ("person",),
    "people": ("person",),
    "organisations": ("organisation",),
    "log": ("effort",),
    "ties": ("actor", "to", "frequency"),
    "accounts": ("organisation",),
}
"""The columns that each kind of source must have."""


def _sources(raw: Raw, codebook: Codebook | None, where: Where) -> Iterator[Problem]:
    for key, source in mapping(raw, "sources").items():
        if not isinstance(source, dict):
            continue
        for wave in listed(source, "waves"):
            yield from unknown(wave, mapping(raw, "waves"), where("sources", key, "waves"), WAVES)
        if source.get("kind") == "answers" and not source.get("waves"):
            yield Problem(
                msg("The source does not say which wave it holds answers from."),
                where("sources", key),
                msg("Add `waves: [...]`."),
            )
        if source.get("kind") == "ties" and len(listed(source, "waves")) != 1:
            what = msg("A file of ties holds one wave.")
            yield Problem(what, where("sources", key), msg("Add `waves: [...]` with one wave."))
        if source.get("linkable") is False and source.get("kind") != "answers":
            what = msg("Only answers can be what is not linkable to the register.")
            yield Problem(what, where("sources", key, "linkable"), msg("Delete `linkable`."))
        yield from _columns(raw, key, source, where)
        yield from account_problems(key, source, where)


def _columns(raw: Raw, key: str, source: Raw, where: Where) -> Iterator[Problem]:
    for column in NEEDED.get(str(source.get("kind")), ()):
        needless = column == "person" and (key in linked_sources(raw) or source.get("linkable") is False)
        if column not in mapping(source, "columns") and not needless:
            yield Problem(
                msg("The source does not say which column holds the {column}.", column=column),
                where("sources", key, "columns"),
                msg("Add `{column}: HEADER` under `columns`.", column=column),
            )


def _groups(raw: Raw, codebook: Codebook | None, where: Where) -> Iterator[Problem]:
    for key, group in mapping(raw, "groups").items():
        if isinstance(group, dict):
            known = mapping(group, "levels")
            yield from unknown(group.get("reference"), known, where("groups", key, "reference"), LEVELS)
            for level in listed(group, "show_always"):
                yield from unknown(level, known, where("groups", key, "show_always"), LEVELS)
            yield from _derived(raw, group, codebook, where, key)


def _derived(raw: Raw, group: Raw, codebook: Codebook | None, where: Where, key: str) -> Iterator[Problem]:
    """Tell what a classification made from numbers lacks."""
    made, known = (
        [name for name in ("column", "item") if group.get(name) is not None],
        mapping(group, "levels"),
    )
    spans = [level for level, entry in known.items() if "between" in mapping({"entry": entry}, "entry")]
    if len(made) > 1 or (made and group.get("of") == "log"):
        what = msg("The levels can be made from one number of a person or an organisation.")
        yield Problem(what, where("groups", key), msg("Give either `column`, or `item` and `wave`."))
    if bool(made) != bool(spans) or (made and len(spans) < len(known)):
        what = msg(
            "Levels that are made from numbers need `column` or `item`, and `between` for each of them."
        )
        yield Problem(what, where("groups", key), msg("Add what is missing, or take it away."))
    if group.get("item") is not None:
        for item in (group["item"],) if codebook else ():
            yield from unknown(item, codebook.items, where("groups", key, "item"), QUESTIONS)
        yield from unknown(group.get("wave"), mapping(raw, "waves"), where("groups", key, "wave"), WAVES)
        if group.get("wave") is None:
            what = msg("It is not said at which wave the question was answered.")
            yield Problem(what, where("groups", key), msg("Add `wave: …`."))


def _scales(raw: Raw, codebook: Codebook | None, where: Where) -> Iterator[Problem]:
    for key, scale in mapping(raw, "scales").items():
        items = listed(scale, "items")
        for item in items if codebook else ():
            yield from unknown(item, codebook.items, where("scales", key, "items"), QUESTIONS)
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


def _simulation(raw: Raw, codebook: Codebook | None, where: Where) -> Iterator[Problem]:
    path = ("simulation", "change")
    for name in mapping(mapping(raw, "simulation"), "change") if codebook else ():
        known = {*mapping(raw, "scales"), *codebook.items}
        yield from unknown(name, known, where(*path, name), QUESTIONS)
    path = ("simulation", "group_change")
    for group, changes in mapping(mapping(raw, "simulation"), "group_change").items():
        yield from unknown(group, mapping(raw, "groups"), where(*path, group), GROUPS)
        for level in changes if isinstance(changes, dict) else {}:
            yield from unknown(level, levels(raw, group), where(*path, group, level), LEVELS)


def _privacy(raw: Raw, codebook: Codebook | None, where: Where) -> Iterator[Problem]:
    section = mapping(raw, "privacy")
    if section.get("identity_numbers") == "hash" and not section.get("key_file"):
        what = msg("Hashes need the file with the secret key.")
        do = msg("Add `key_file:` with a path outside the project's folder.")
        yield Problem(what, where("privacy", "identity_numbers"), do)


def _codebook(raw: Raw, codebook: Codebook | None, where: Where) -> Iterator[Problem]:
    seen: dict[tuple[str, str, str], int] = {}
    for entry in (*codebook, *codebook.texts) if codebook else ():
        place = f"{codebook.file.name}:{entry.line}"
        yield from unknown(entry.source, mapping(raw, "sources"), place, SOURCES)
        if entry.response != TEXT:
            yield from unknown(entry.response, mapping(raw, "responses"), place, RESPONSES)
        yield from _wave_of(entry, listed(mapping(mapping(raw, "sources"), entry.source), "waves"), place)
        key = (entry.item, entry.source, entry.wave)
        if key in seen:
            yield Problem(
                msg("The question {item} stands in line {line} already.", item=entry.item, line=seen[key]),
                place,
                msg("Delete one of the rows, or give them different waves."),
            )
        seen.setdefault(key, entry.line)


def _wave_of(entry: Entry, waves: list[Any], place: str) -> Iterator[Problem]:
    if entry.wave:
        yield from unknown(entry.wave, waves, place, WAVES)
    elif len(waves) > 1:
        what = msg("The source holds several waves; the row does not say which.")
        yield Problem(what, place, one_of("", waves))
