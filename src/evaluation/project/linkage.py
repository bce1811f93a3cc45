"""How the waves are linked where files hold no common identifier: by a self-made code or a keyed hash."""

from collections.abc import Iterator
from typing import Any, Literal

from evaluation.project.codebook import Codebook
from evaluation.project.raw import SOURCES, Raw, Where, listed, mapping, unknown
from evaluation.project.words import Key, Model
from evaluation.vocabulary.errors import Problem
from evaluation.vocabulary.message import msg

LINKABLE = ("answers", "people")
"""The kinds of source whose rows are about one person each."""


class Linkage(Model):
    """Which columns say who is the same person at another wave.

    Attributes
    ----------
    by
        `code` (people made it up themselves from things that do not change) or `hash` (an identifier that
        is replaced by its keyed hash).
    columns
        By source, the headers of the code's elements in the same order, or of the identifier.
    company
        By source, the header of the company within which codes are compared; the source's column
        `organisation` if there is one.
    rule
        Which codes count as the same: equal ones, also those one edit apart, or also the ambiguous.
    decisions
        The evaluator's file of accepted and rejected pairs, in the folder of raw data.
    key_file
        The secret key of the hashes, outside the project's folder.
    """

    by: Literal["code", "hash"]
    columns: dict[Key, str | tuple[str, ...]]
    company: dict[Key, str] = {}
    rule: Literal["strict", "default", "loose"] = "default"
    decisions: str = "linkage.csv"
    key_file: str = ""

    def headers(self, source: str) -> tuple[str, ...]:
        """Return the headers of the code's elements, or of the identifier, in one source."""
        stated = self.columns[source]
        return (stated,) if isinstance(stated, str) else stated


def linked_sources(raw: Raw) -> set[str]:
    """Return the sources whose people are found by linking, so that they need no column `person`."""
    return {str(key) for key in mapping(mapping(raw, "linkage"), "columns")}


def linkage_problems(raw: Raw, codebook: Codebook | None, where: Where) -> Iterator[Problem]:
    """Yield everything in the section `linkage` that contradicts the rest of the definition.

    Parameters
    ----------
    raw
        The definition as read from YAML.
    codebook
        Not needed here.
    where
        Turns a path of keys into file, line and dotted path.
    """
    section = mapping(raw, "linkage")
    if not section:
        return
    for part in ("columns", "company"):
        for key in mapping(section, part):
            yield from unknown(key, mapping(raw, "sources"), where("linkage", part, key), SOURCES)
    linked = [key for key in mapping(section, "columns") if key in mapping(raw, "sources")]
    for key in linked:
        yield from _column_problems(raw, key, where)
    yield from BY.get(str(section.get("by")), _nothing)(raw, linked, where)
    yield from _contact_problems(raw, where)


def _nothing(raw: Raw, linked: list[str], where: Where) -> Iterator[Problem]:
    yield from ()


def _column_problems(raw: Raw, key: str, where: Where) -> Iterator[Problem]:
    source = mapping(mapping(raw, "sources"), key)
    if source.get("kind") not in LINKABLE:
        yield Problem(
            msg("Rows of the source {source} are not about one person each.", source=key),
            where("linkage", "columns", key),
            msg("Link sources of the kinds {kinds} only.", kinds=", ".join(LINKABLE)),
        )
    if "person" in mapping(source, "columns"):
        yield Problem(
            msg("The source names a column for the person, and its people are linked as well."),
            where("sources", key, "columns", "person"),
            msg("Delete `person`: linking says who a row belongs to."),
        )


def _code_problems(raw: Raw, linked: list[str], where: Where) -> Iterator[Problem]:
    sources = mapping(raw, "sources")
    for key, source in sources.items():
        apart = all(mapping(sources, name).get("linkable") is False for name in linked)
        if isinstance(source, dict) and source.get("kind") == "people" and not apart:
            yield Problem(
                msg("A register of people cannot be joined with people who are linked by code."),
                where("sources", key),
                msg(
                    "Leave the register out, link by an identifier that the register has too, or write "
                    "`linkable: false` for every linked source."
                ),
            )
    widths = {len(_stated(raw, key)) for key in linked}
    if len(linked) < 2 or len(widths) > 1:
        yield Problem(
            msg("The code must have the same elements in at least two sources."),
            where("linkage", "columns"),
            msg("List the headers of the same elements, in the same order, for every wave."),
        )
    yield from _twice(sources, linked, where)
    yield from _company_problems(raw, linked, where)


def _twice(sources: Raw, linked: list[str], where: Where) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for key in linked:
        for wave in map(str, listed(mapping(sources, key), "waves")):
            if first.setdefault(wave, key) != key:
                yield Problem(
                    msg("The wave {wave} stands in {source} already.", wave=wave, source=first[wave]),
                    where("sources", key, "waves"),
                    msg("Put the answers of a wave that is linked by code into one file."),
                )


def _company_problems(raw: Raw, linked: list[str], where: Where) -> Iterator[Problem]:
    stated = mapping(mapping(raw, "linkage"), "company")
    known = [key for key in linked if key in stated or _organisation(raw, key)]
    without = [key for key in linked if key not in known]
    if known and without:
        yield Problem(
            msg("The company is known in {known} but not in {without}.", **_lists(known, without)),
            where("linkage", "company"),
            msg("Name its header for every linked source, or for none."),
        )


def _lists(known: list[str], without: list[str]) -> dict[str, str]:
    return {"known": ", ".join(known), "without": ", ".join(without)}


def _organisation(raw: Raw, key: str) -> bool:
    columns = mapping(mapping(mapping(raw, "sources"), key), "columns")
    return isinstance(columns.get("organisation"), str)


def _hash_problems(raw: Raw, linked: list[str], where: Where) -> Iterator[Problem]:
    for key, source in mapping(raw, "sources").items():
        if isinstance(source, dict) and source.get("kind") in LINKABLE and key not in linked:
            yield Problem(
                msg(
                    "The people of the source {source} are not hashed, so nobody else can be them.",
                    source=key,
                ),
                where("linkage", "columns"),
                msg("Add `{source}: HEADER`.", source=key),
            )
    for key in linked:
        if len(_stated(raw, key)) != 1:
            yield Problem(
                msg("An identifier that is hashed must stand in one column."),
                where("linkage", "columns", key),
                msg("Name one header."),
            )
    if not mapping(raw, "linkage").get("key_file"):
        yield Problem(
            msg("Hashes need the file with the secret key."),
            where("linkage"),
            msg("Add `key_file:` with a path outside the project's folder."),
        )


def _contact_problems(raw: Raw, where: Where) -> Iterator[Problem]:
    for key, indicator in mapping(raw, "indicators").items():
        if isinstance(indicator, dict) and indicator.get("answered_by") == "named_contact":
            yield Problem(
                msg("A named contact cannot be found among people who are linked."),
                where("indicators", key, "answered_by"),
                msg("Write `answered_by: mean`."),
            )


def _stated(raw: Raw, key: str) -> list[Any]:
    stated = mapping(mapping(raw, "linkage"), "columns").get(key)
    return stated if isinstance(stated, list) else [stated]


BY = {"code": _code_problems, "hash": _hash_problems}
"""What must hold for each way of linking."""
