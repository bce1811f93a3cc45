"""How participants read the results: their remarks beside every figure, a page of its own, and who was there."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date as Date
from typing import Any

from evaluation.report.exhibit import Exhibit
from evaluation.report.history import Change, changes, record_of, stored_records
from evaluation.report.page import render
from evaluation.report.workshop.annotation import Comments, Remark, Seats
from evaluation.report.workshop.attendance import Attendance, attendance
from evaluation.report.workshop.figure import sha256_at_workshop
from evaluation.report.workshop.store import STATUS, actions, stored_comments
from evaluation.report.workshop.words import QUESTIONS, REACTIONS, ROLES
from evaluation.study import Study
from evaluation.text.catalogue import say
from evaluation.text.format import date
from evaluation.text.sentence import fields_of
from evaluation.text.table import FlatTable, row_name
from evaluation.vocabulary.message import Message, msg, nmsg, pmsg

UNSORTED = msg("Other remarks")
SOMEBODY = msg("A table")
Group = tuple[str, tuple[str, ...]]
"""A reaction, and what was said with it."""


def comments_of(study: Study) -> Comments:
    """Return what was said at the project's workshops, read once.

    Parameters
    ----------
    study
        The programme.
    """
    return study.once(("workshops",), lambda: stored_comments(study.loaded))


def remarks_on(exhibit: Exhibit, study: Study, lang: str) -> tuple[Group, ...]:
    """Return what workshops said of an exhibit, by reaction; what is said against it stays beside the rest.

    Parameters
    ----------
    exhibit
        The exhibit as the whole report shows it.
    study
        The programme.
    lang
        The language of the page; remarks stay in the language in which they were written.
    """
    comments = comments_of(study)
    here = [remark for remark in comments.remarks if remark.figure == exhibit.key and _words(remark, lang)]
    if not here:
        return ()
    now = sha256_at_workshop(exhibit, study)
    known = attendance(comments, study.project.privacy.min_cell).roles
    kinds = {**REACTIONS, "": UNSORTED}
    groups = {key: [remark for remark in here if remark.reaction == key] for key in kinds}
    return tuple(
        (say(kinds[key], lang), tuple(_said(one, comments, known, lang) + _since(one, now, exhibit, study, lang)
                                      for one in found))
        for key, found in groups.items() if found
    )  # fmt: skip


def _words(remark: Remark, lang: str) -> str:
    """Return the answers of a remark, each after its question; only the reaction's name if there is none."""
    told = [(say(QUESTIONS[name], lang), getattr(remark, name)) for name in QUESTIONS]
    answered = " ".join(f"{question} {' '.join(text.split())}" for question, text in told if text)
    return answered or (say(REACTIONS[remark.reaction], lang) if remark.reaction else "")


def _said(remark: Remark, comments: Comments, known: Mapping[str, int], lang: str) -> str:
    who = ROLES[remark.role] if remark.role in known else SOMEBODY
    seats = next(table for table in comments.tables if table.id == remark.table)
    if not seats.date:
        return say(msg("{who}: {words}"), lang, who=who, words=_words(remark, lang))
    return say(
        msg("{who}, {date}: {words}"), lang, who=who, date=_day(seats, lang), words=_words(remark, lang)
    )


def _day(seats: Seats, lang: str) -> str:
    return date(Date.fromisoformat(seats.date), lang)


def _since(remark: Remark, now: str, exhibit: Exhibit, study: Study, lang: str) -> str:
    """Say that the figure has changed since a remark was made, with its numbers before and after."""
    if remark.sha256 == now:
        return ""
    moved = [change for change in _moved(remark, exhibit, study) if not change.hidden]
    told = [_pair(change.before, change.after, exhibit, lang) for change in moved]
    shown = "; ".join(told)
    if not told:
        return " " + say(msg("(The figure has changed since this was said.)"), lang)
    return " " + say(msg("(The figure has changed since this was said. {changes}.)", changes=shown), lang)


def _moved(remark: Remark, exhibit: Exhibit, study: Study) -> list[Change]:
    """Return how the exhibit's rows differ from those that the table saw, if they were kept."""
    after = record_of([exhibit], study)
    for record in reversed(stored_records(study.loaded)):
        if record["figures"].get(exhibit.key, {}).get("workshop") == remark.sha256:
            return changes(record, after, study.policy)
    return []


def _pair(before: Mapping[str, Any], after: Mapping[str, Any], exhibit: Exhibit, lang: str) -> str:
    name = row_name(after, lang, exhibit.words)
    old, new = (estimate(row, exhibit, lang) for row in (before, after))
    return say(msg("{row}: before {old}, now {new}", row=name, old=old, new=new), lang)


def estimate(row: Mapping[str, Any], exhibit: Exhibit, lang: str) -> str:
    """Write a row's number in its unit, with the counts behind a share."""
    conf_level = exhibit.result.meta.conf_level
    fields = fields_of(row, lang=lang, words=exhibit.words, conf_level=conf_level)
    if {"k", "n"} <= fields.keys():
        return say(msg("{estimate} ({k} of {n})"), lang, **fields)
    return str(fields["estimate"])


def readings_page(exhibits: Sequence[Exhibit], study: Study, lang: str) -> str:
    """Render how participants read the results; empty if there has been no workshop.

    Parameters
    ----------
    exhibits
        What the report shows.
    study
        The programme.
    lang
        The language.
    """
    comments = comments_of(study)
    if not comments.tables:
        return ""
    titles = {one.key: say(one.title, lang) for one in exhibits}
    shown = {one.key: groups for one in exhibits if (groups := remarks_on(one, study, lang))}
    present = attendance(comments, study.project.privacy.min_cell)
    gone = sum(remark.figure not in titles for remark in comments.remarks)
    return render(
        "readings",
        lang,
        title=say(msg("How do participants read the results?"), lang),
        lead=[say(text, lang) for text in _lead(present, comments)],
        people=_people(present, lang),
        reactions=_reactions(comments, titles, lang),
        actions=_actions(study, comments, titles, lang),
        figures=[(titles[key], groups) for key, groups in shown.items()],
        gone=say(GONE.with_fields(count=gone), lang) if gone else "",
        words={name: say(text, lang) for name, text in PARTS.items()},
    )


HELD = nmsg("One workshop has been held.", "{count} workshops have been held.")
CAME = nmsg("One person took part.", "{count} people took part.")
GONE = nmsg(
    "One remark is about a figure that this report does not show.",
    "{count} remarks are about figures that this report does not show.",
)
PARTS: dict[str, Message] = {
    "figures": msg("What was said of each figure"),
    "actions": msg("What participants want done"),
    "people": msg("Who was in the room"),
    "reactions": msg("Remarks by figure"),
}


def _lead(present: Attendance, comments: Comments) -> Iterator[Message]:
    yield HELD.with_fields(count=present.workshops)
    yield nmsg("One remark was made.", "{count} remarks were made.", count=len(comments.remarks))
    yield msg("Remarks are shown as they were written, also where they contradict each other. They are readings of "
              "the results, not results.")  # fmt: skip
    if present.total is not None:
        yield CAME.with_fields(count=present.total)
    if present.women is not None:
        yield msg("Women: {women}, men: {men}, other: {other}.", women=present.women, men=present.men,
                  other=present.other)  # fmt: skip
    elif present.counted:
        yield msg("How many were women and how many men is not shown: too few of one of them.")


def _people(present: Attendance, lang: str) -> FlatTable | None:
    if not present.counted:
        return None
    few = say(msg("too few to show"), lang)
    rows = tuple(
        (say(ROLES[role], lang), str(present.roles.get(role, few)))
        for role in ROLES
        if role in present.counted
    )
    header = tuple(say(text, lang) for text in (pmsg("page", "Role"), pmsg("people", "People")))
    return FlatTable(header, rows, (False, True), ("",) * len(rows))


def _reactions(comments: Comments, titles: Mapping[str, str], lang: str) -> FlatTable:
    header = (say(pmsg("column", "Figure"), lang), *(say(text, lang) for text in REACTIONS.values()))
    rows = tuple(
        (title, *(str(sum(one.figure == key and one.reaction == kind for one in comments.remarks))
                  for kind in REACTIONS))
        for key, title in titles.items() if any(one.figure == key for one in comments.remarks)
    )  # fmt: skip
    return FlatTable(header, rows, (False, *(True,) * len(REACTIONS)), ("",) * len(rows))


def _actions(study: Study, comments: Comments, titles: Mapping[str, str], lang: str) -> FlatTable | None:
    listed = actions(study.loaded, comments)
    if not listed:
        return None
    header = (pmsg("action", "Action"), pmsg("column", "Figure"), pmsg("action", "Status"))
    rows = tuple(
        (
            " ".join(one.text.split()),
            titles.get(one.remark.figure, one.remark.figure),
            say(STATUS[one.status], lang),
        )
        for one in listed
    )
    return FlatTable(tuple(say(text, lang) for text in header), rows, (False,) * 3, ("",) * len(rows))
