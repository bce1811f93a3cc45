"""What a chapter's first paragraph counts, said by name where there are few, for the summary on the first page."""

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any

from evaluation.disclosure import row_key
from evaluation.disclosure.policy import KEY
from evaluation.report.exhibit import Exhibit
from evaluation.report.release import WITHHELD, named
from evaluation.study import Study
from evaluation.text.catalogue import say
from evaluation.text.format import listing
from evaluation.text.lexicon import Lexicon, word
from evaluation.text.sentence import capital
from evaluation.text.table import row_name
from evaluation.vocabulary.message import msg
from evaluation.vocabulary.row import Key
from evaluation.vocabulary.verdicts import VERDICTS

FEW = 5
"""Up to so many with the same verdict are named; more are counted."""
MOST = 15
"""Of a kind that there are more of, none is named: nobody reads a list of measurements on a first page."""


def shown_keys(exhibits: Sequence[Exhibit], study: Study) -> set[Key]:
    """Return what the rows are about that show their verdict.

    Parameters
    ----------
    exhibits
        Everything that the readers are shown.
    study
        The programme, for what an exhibit about one statement leaves unsaid.
    """
    tables = [named(one.result.table, one.key, study.project) for one in exhibits]
    rows = [row for table in tables if "verdict" in table for row in table.to_dict("records")]
    return {row_key(row) for row in rows if row.get("verdict") in VERDICTS and not row.get("suppressed")}


def answer(leads: Sequence[Exhibit], shown: Set[Key], study: Study, lang: str) -> list[str]:
    """Say what first paragraphs say, with the names of what they count where these are few.

    Parameters
    ----------
    leads
        Exhibits with the layout `lead`.
    shown
        What may be named: `shown_keys`. A verdict that the readers are not shown elsewhere is only counted.
    study
        The programme, for its words.
    lang
        The language.
    """
    said = [sentence for lead in leads for sentence in _sentences(lead, shown, study, lang)]
    return list(dict.fromkeys(said))


def _sentences(lead: Exhibit, shown: Set[Key], study: Study, lang: str) -> list[str]:
    counted = [str(finding) for finding in lead.findings(lang)]
    groups = list(_groups(lead))
    if len(groups) != len(counted):
        return [text for finding in lead.findings(lang) for text in (*finding.finding, *finding.sure)]
    rows = lead.result.records()
    return [
        _by_name(row, keys, study.words, lang) if _nameable(row, keys, shown) else sentence
        for row, keys, sentence in zip(rows, groups, counted, strict=True)
    ]


def _groups(lead: Exhibit) -> Iterator[list[Key]]:
    """Yield what is behind each row of a tally: the keys of the rows with that verdict, in its order."""
    counted = lead.result.meta.counted
    for number in dict.fromkeys(number for number, _, _ in counted):
        for verdict in VERDICTS:
            keys = [key for own, found, key in counted if own == number and found == verdict != WITHHELD]
            if keys:
                yield keys


def _nameable(row: Mapping[str, Any], keys: Sequence[Key], shown: Set[Key]) -> bool:
    judged = VERDICTS[row["verdict"]].tone != "plain" and row["n_total"] <= MOST
    return judged and len(keys) <= FEW and set(map(tuple, keys)) <= shown


def _by_name(row: Mapping[str, Any], keys: Sequence[Key], words: Lexicon, lang: str) -> str:
    quoted = [say(msg("“{text}”"), lang, text=name) for name in _names(keys, words, lang)]
    return say(
        msg("{verdict} ({count} of {n_total}): {names}."),
        lang,
        verdict=say(VERDICTS[row["verdict"]].label, lang),
        count=int(row["estimate"]),
        n_total=int(row["n_total"]),
        names=listing(quoted, lang),
    )


def _names(keys: Sequence[Key], words: Lexicon, lang: str) -> list[str]:
    """Name rows by their labels; with the numbers of their statements only where labels are the same."""
    rows = [dict(zip(KEY, key, strict=True)) for key in keys]
    numbered = [row_name(row, lang, words) for row in rows]
    names = [
        capital(name.removeprefix(capital(word(words, f"id.{row['indicator']}", lang))).lstrip())
        for row, name in zip(rows, numbered, strict=True)
    ]
    return names if len(set(names)) == len(names) else numbered
