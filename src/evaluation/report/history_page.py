"""The page on what has changed since the report before."""

from collections.abc import Sequence

from evaluation.report.exhibit import Exhibit
from evaluation.report.history import Change, changes, previous, reasons, record_of, stored_records
from evaluation.report.page import render
from evaluation.report.workshop.readings import estimate
from evaluation.study import Study
from evaluation.text.catalogue import say
from evaluation.text.table import FlatTable, row_name
from evaluation.vocabulary.message import Message, msg, pmsg
from evaluation.vocabulary.verdicts import VERDICTS

HEADER: tuple[Message, ...] = (
    pmsg("history", "Row"),
    pmsg("history", "Figure"),
    pmsg("history", "Before"),
    pmsg("history", "Now"),
)
FIRST = msg("This is the first report, so there is nothing to compare it with.")
FEW = msg("too few answers differ to show")


def history_page(exhibits: Sequence[Exhibit], study: Study, lang: str) -> str:
    """Render the numbers that are others than in the report before; empty if there is none before.

    Parameters
    ----------
    exhibits
        What the whole report shows.
    study
        The programme, for the records of earlier reports.
    lang
        The language.
    """
    now = record_of(exhibits, study)
    number, before = previous(now, stored_records(study.loaded))
    if before is None:
        return ""
    shown = {one.key: one for one in exhibits}
    found = changes(before, now, study.policy)
    rows = _once([_row(change, shown[change.figure], lang) for change in found])
    return render(
        "history",
        lang,
        title=say(msg("What has changed since the last report?"), lang),
        lead=[say(text, lang) for text in _lead(number, len(rows), reasons(before, now))],
        caption=say(msg("Numbers before and now"), lang),
        table=FlatTable(
            tuple(say(text, lang) for text in HEADER), rows, (False,) * len(HEADER), ("",) * len(rows)
        ),
        appeared=_titles(shown, before, lang),
        new=say(msg("New in this report"), lang),
    )


def history_facts(exhibits: Sequence[Exhibit], study: Study, lang: str) -> list[str]:
    """Say which report this is, how many rows differ from the report before it, and why.

    Parameters
    ----------
    exhibits, study, lang
        As in `history_page`.
    """
    now = record_of(exhibits, study)
    number, before = previous(now, stored_records(study.loaded))
    if before is None:
        return [say(FIRST, lang)]
    shown = {one.key: one for one in exhibits}
    found = changes(before, now, study.policy)
    rows = _once([_row(change, shown[change.figure], lang) for change in found])
    return [say(text, lang) for text in _lead(number, len(rows), reasons(before, now))]


def _once(rows: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """Keep of rows that tell the same in several figures the one in the first figure."""
    first: dict[tuple[str, ...], tuple[str, ...]] = {}
    for row in rows:
        first.setdefault((row[0], *row[2:]), row)
    return tuple(first.values())


def _lead(number: int, rows: int, why: Sequence[Message]) -> list[Message]:
    counted = msg(
        "This is report number {number}. Rows with another number or verdict than in the report before: {rows}.",
        number=number,
        rows=rows,
    )
    return [counted, *why]


def _row(change: Change, exhibit: Exhibit, lang: str) -> tuple[str, ...]:
    name, title = row_name(change.after, lang, exhibit.words), say(exhibit.title, lang)
    if change.hidden:
        return name, title, say(FEW, lang), say(FEW, lang)
    return name, title, *(_outcome(row, exhibit, lang) for row in (change.before, change.after))


def _outcome(row: dict[str, object], exhibit: Exhibit, lang: str) -> str:
    number, verdict = estimate(row, exhibit, lang), VERDICTS.get(str(row.get("verdict")))
    if verdict is None:
        return number
    return say(msg("{number}, {verdict}", number=number, verdict=verdict.label), lang)


def _titles(shown: dict[str, Exhibit], before: dict[str, object], lang: str) -> list[str]:
    return list(dict.fromkeys(
        say(one.title, lang) for key, one in shown.items()
        if key not in before["figures"] and len(one.result.table)
    ))  # fmt: skip
