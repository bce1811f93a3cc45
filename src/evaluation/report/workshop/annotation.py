"""Files of comments in the form of W3C Web Annotation: reading, checking and writing them."""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from evaluation.data.privacy.contact import MASK, masked
from evaluation.data.privacy.identity_number import comparable_form, identity_numbers
from evaluation.report.workshop.words import (
    COLUMNS,
    COUNT,
    FIELD,
    FILE,
    PER_FIGURE,
    PURPOSES,
    REACTIONS,
    ROLES,
    TABLES,
    WHOLE_TABLE,
)
from evaluation.vocabulary.errors import MissingFileError, Problem, ReportError
from evaluation.vocabulary.message import msg

CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"evaluation": "urn:evaluation:"}]
IDENTIFIER = re.compile(r"urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
KEY = re.compile(r"[\w.:-]{1,120}")
SHA256 = re.compile(r"[0-9a-f]{64}")
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})?")


@dataclass(frozen=True, slots=True)
class Seats:
    """One table of a workshop.

    Attributes
    ----------
    id
        Its name, made by the page.
    date
        The workshop's date as YYYY-MM-DD; empty if none was given.
    number
        The table's number.
    people
        By role, how many women, men and others sat there.
    """

    id: str
    date: str = ""
    number: int = 0
    people: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Remark:
    """What was said about one figure.

    Attributes
    ----------
    id, table
        Its name and its table's.
    figure, sha256
        The key of the figure and the fingerprint of its data as they were seen.
    role
        Who said it: a key of `ROLES`, or `table`.
    reaction
        A key of `REACTIONS`, or empty.
    see, why, act
        Answers to the questions.
    lang
        The language in which it was written.
    """

    id: str
    table: str
    figure: str
    sha256: str
    role: str
    reaction: str
    see: str = ""
    why: str = ""
    act: str = ""
    lang: str = "en"


@dataclass(frozen=True, slots=True)
class Comments:
    """What was said at workshops of one project."""

    project: str
    tables: tuple[Seats, ...] = ()
    remarks: tuple[Remark, ...] = ()


class _Wrong(Exception):
    """Something in a file has not the form that it must have."""


def read_comments(path: Path, project: str) -> Comments:
    """Read and check one file of comments.

    Parameters
    ----------
    path
        A file that a workshop's page has saved; at most `FILE` bytes.
    project
        The key of the project that it must belong to.

    Returns
    -------
    Comments
        Texts are plain: signs that do not print are gone; what has the form of a contact or of an
        identity number is replaced by a mark.

    Raises
    ------
    MissingFileError, ReportError
        If the file is not there, is too large, is not of this project or has another form.
    """
    if not path.is_file():
        raise MissingFileError(msg("The file of comments is not there."), where=str(path))
    if path.stat().st_size > FILE:
        raise ReportError(
            msg("The file is larger than one megabyte."),
            where=path.name,
            do=msg("Let the tables save a file each."),
        )
    try:
        page = json.loads(path.read_text(encoding="utf-8-sig"))
        return _comments(page, project)
    except (ValueError, RecursionError) as error:
        raise ReportError(_not_comments(path)) from error
    except _Wrong as error:
        raise ReportError(_not_comments(path, str(error))) from error


def _not_comments(path: Path, place: str = "") -> Sequence[Problem]:
    where = f"{path.name} {place}".strip()
    do = msg("Use the file that the workshop's page saved, as it is.")
    return [Problem(msg("This is not a file of comments, or something in it is too long."), where, do)]


def _comments(page: Any, project: str) -> Comments:
    about = _mapping(_mapping(page, "").get("evaluation:workshop"), "evaluation:workshop")
    _check(page.get("type") == "AnnotationPage", "type")
    if about.get("project") != project:
        raise ReportError(msg("The file belongs to another project."), where=str(about.get("project"))[:60])
    tables = tuple(
        _seats(entry, f"tables[{n}]") for n, entry in enumerate(_list(about.get("tables"), "tables"))
    )
    items = _list(page.get("items"), "items")
    remarks = tuple(_remark(entry, f"items[{n}]") for n, entry in enumerate(items))
    known = {table.id for table in tables}
    _check(len(known) == len(tables) <= TABLES, "tables")
    _check(len({remark.id for remark in remarks}) == len(remarks), "items")
    pairs = [(remark.table, remark.figure) for remark in remarks]
    _check(all(remark.table in known for remark in remarks), "evaluation:table")
    _check(all(pairs.count(pair) <= PER_FIGURE for pair in set(pairs)), "items")
    return Comments(project, tables, remarks)


def _seats(entry: Any, place: str) -> Seats:
    entry = _mapping(entry, place)
    day = _text(entry.get("date"), place, 10)
    if day:
        try:
            date.fromisoformat(day)
        except ValueError as error:
            raise _Wrong(f"{place}.date") from error
    people: dict[str, dict[str, int]] = {}
    for counts in _list(entry.get("people"), f"{place}.people"):
        role = _one_of(_mapping(counts, place).get("role"), ROLES, f"{place}.role")
        _check(role not in people, f"{place}.role")
        people[role] = {name: _count(counts.get(name), f"{place}.{name}") for name in COLUMNS}
    number = _count(entry.get("number"), f"{place}.number")
    return Seats(_matching(IDENTIFIER, entry.get("id"), place), day, number, people)


def _remark(entry: Any, place: str) -> Remark:
    entry = _mapping(entry, place)
    target = _mapping(entry.get("target"), f"{place}.target")
    selector = _mapping(target.get("selector"), f"{place}.target.selector")
    source = _text(target.get("source"), f"{place}.target.source", 80)
    _check(entry.get("type") == "Annotation" and source.startswith("urn:sha256:"), place)
    bodies = [_mapping(body, f"{place}.body") for body in _list(entry.get("body"), f"{place}.body")]
    values = {str(body.get("purpose")): body.get("value") for body in bodies}
    spoken = next((body["language"] for body in bodies if "language" in body), "en")
    role = _mapping(entry.get("creator"), f"{place}.creator").get("nickname")
    return Remark(
        _matching(IDENTIFIER, entry.get("id"), f"{place}.id"),
        _matching(IDENTIFIER, entry.get("evaluation:table"), f"{place}.evaluation:table"),
        _matching(KEY, selector.get("value"), f"{place}.target.selector.value"),
        _matching(SHA256, source.removeprefix("urn:sha256:"), f"{place}.target.source"),
        _one_of(role, (WHOLE_TABLE, *ROLES), f"{place}.creator"),
        _one_of(values.get("assessing", ""), ("", *REACTIONS), f"{place}.body"),
        **{name: _answer(values.get(purpose, ""), place) for name, purpose in PURPOSES.items()},
        lang=_matching(LANGUAGE, spoken, f"{place}.body.language"),
    )  # fmt: skip


def _answer(value: Any, place: str) -> str:
    return plain_text(_text(value, f"{place}.body", FIELD))


def plain_text(text: str) -> str:
    r"""Return a text without signs that steer how others are shown, and without contacts or identity numbers.

    Examples
    --------
    >>> plain_text("Vi\u202e ser  det.")
    'Vi ser  det.'
    """
    kept = "".join(sign for sign in text if sign == "\n" or unicodedata.category(sign) not in ("Cc", "Cf"))
    if numbers := identity_numbers(kept):
        kept = comparable_form(kept)
        for found in reversed(numbers):
            kept = kept[: found.start] + MASK + kept[found.end :]
    return masked(kept).strip()


def write_comments(comments: Comments, path: Path) -> None:
    """Write comments as one page of annotations; equal comments give equal bytes.

    Parameters
    ----------
    comments
        What to write.
    path
        The file.
    """
    tables = [
        {"id": table.id, "date": table.date, "number": table.number,
         "people": [{"role": role, **counts} for role, counts in table.people.items()]}
        for table in comments.tables
    ]  # fmt: skip
    page = {
        "@context": CONTEXT,
        "type": "AnnotationPage",
        "evaluation:workshop": {"project": comments.project, "tables": tables},
        "items": [_annotation(remark) for remark in comments.remarks],
    }
    text = json.dumps(page, ensure_ascii=False, separators=(",", ":"))
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.fresh")
    fresh.write_text(text, encoding="utf-8", newline="\n")
    fresh.replace(path)


def _annotation(remark: Remark) -> dict[str, Any]:
    return {
        "id": remark.id,
        "type": "Annotation",
        "motivation": "assessing",
        "creator": {"type": "Organization", "nickname": remark.role},
        "evaluation:table": remark.table,
        "body": list(_bodies(remark)),
        "target": {
            "source": f"urn:sha256:{remark.sha256}",
            "selector": {"type": "FragmentSelector", "value": remark.figure},
        },
    }


def _bodies(remark: Remark) -> Iterator[dict[str, str]]:
    if remark.reaction:
        yield {"type": "TextualBody", "purpose": "assessing", "value": remark.reaction}
    for name, purpose in PURPOSES.items():
        if value := getattr(remark, name):
            shown = {"format": "text/plain", "language": remark.lang, "value": value}
            yield {"type": "TextualBody", "purpose": purpose, **shown}


def _check(holds: bool, place: str) -> None:
    if not holds:
        raise _Wrong(place)


def _mapping(value: Any, place: str) -> Mapping[str, Any]:
    _check(isinstance(value, dict), place)
    return value  # type: ignore[no-any-return]


def _list(value: Any, place: str) -> list[Any]:
    _check(isinstance(value, list), place)
    return value  # type: ignore[no-any-return]


def _text(value: Any, place: str, longest: int) -> str:
    _check(isinstance(value, str) and len(value) <= longest, place)
    return str(value)


def _count(value: Any, place: str) -> int:
    _check(isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= COUNT, place)
    return int(value)


def _one_of(value: Any, allowed: Any, place: str) -> str:
    _check(isinstance(value, str) and value in allowed, place)
    return str(value)


def _matching(pattern: re.Pattern[str], value: Any, place: str) -> str:
    _check(isinstance(value, str) and pattern.fullmatch(value) is not None, place)
    return str(value)
