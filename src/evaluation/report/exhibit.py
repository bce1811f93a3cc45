"""The only thing that can be shown: a protected result as figure, finding and table.

An exhibit carries its own data and words as JSON, so that a notebook runs once and every
language and format is rendered from what it stored.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from evaluation.disclosure import protect
from evaluation.figures import draw, to_png, to_svg
from evaluation.report.exhibit_words import words_of
from evaluation.report.kept import kept, kept_text
from evaluation.report.page import render
from evaluation.result import Meta, Result
from evaluation.study import Study
from evaluation.text.alt import alt_text
from evaluation.text.catalogue import say
from evaluation.text.format import NEAR, listing
from evaluation.text.lexicon import Lexicon
from evaluation.text.sentence import Finding, level_percent
from evaluation.text.table import FlatTable, flat_table, row_name, short_name
from evaluation.vocabulary.columns import MANDATORY
from evaluation.vocabulary.errors import ReportError, one_of
from evaluation.vocabulary.estimands import ESTIMANDS
from evaluation.vocabulary.message import Message, msg
from evaluation.vocabulary.verdicts import VERDICTS

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MIME = "application/vnd.evaluation.exhibit+json"
ROUNDED = msg("Numbers marked ≈ are rounded, to protect individuals.")
SPOKEN = ("lead", "list", "easy")
"""Layouts that say rounded numbers in words, without the mark."""
UNSEEN = "EVALUATION_UNSEEN"
"""Set where notebooks run for a report: nobody looks at what they show before it is protected together."""


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A protected result that is ready to be shown in any language.

    Attributes
    ----------
    key
        The exhibit's stable name in the report, for example "goals".
    layout
        `card` (figure, finding, how sure, numbers behind it), `brief` (a card without the numbers),
        `poster` (question, figure and finding, for a page of its own), `table` (an open table), `folded` (a
        table under its title), `lead` (the chapter's first paragraph), `list` (one finding per row), `easy`
        (short sentences, one to a line), `withheld` (that every row is withheld) or `absent` (why there is
        nothing).
    title
        The question that the exhibit answers.
    result
        What is shown; disclosure control has seen it.
    words
        The project's words that the rows need, in every language.
    columns
        Which columns the table shows; the estimand's own if empty.
    notes
        Sentences under the figure: how to read it, what is left out.
    level
        The reading level of the findings.
    simulated
        Whether any of the data are made up.
    lang
        The language in which a notebook shows it.
    remarks
        What workshops said of it: reactions, each with what was said, in the language of the page.
    strict
        The rows that are withheld in a workshop's edition, so that all its figures together tell no more than
        each of them.
    """

    key: str
    layout: str
    title: Message
    result: Result
    words: Lexicon
    columns: tuple[str, ...] = ()
    notes: tuple[Message, ...] = ()
    level: str = "report"
    simulated: bool = False
    lang: str = "en"
    remarks: tuple[tuple[str, tuple[str, ...]], ...] = ()
    strict: tuple[int, ...] = ()

    @property
    def rounded(self) -> bool:
        """Tell whether any of its numbers are rounded."""
        table = self.result.table
        return "rounded" in table.columns and bool(table["rounded"].notna().any())

    def all_notes(self, lang: str) -> tuple[Message, ...]:
        """Return its notes, with what the mark of rounded numbers means where it stands."""
        if not self.rounded or self.layout in SPOKEN:
            return self.notes
        marked = any(NEAR in cell for row in self.table(lang).rows for cell in row)
        return (*self.notes, ROUNDED) if marked else self.notes

    def findings(self, lang: str, level: str | None = None) -> list[Finding]:
        """Say every row in words, each sentence once."""
        return self.result.describe(lang, level or self.level, self.words)

    def table(self, lang: str) -> FlatTable:
        """Write the rows as a flat table; columns that no row fills are left out."""
        estimand = ESTIMANDS[self.result.table["estimand"].iloc[0]]
        records = self.result.records()
        flat = flat_table(
            records,
            self.columns or estimand.columns,
            lang=lang,
            words=self.words,
            conf_level=self.result.meta.conf_level,
        )
        return flat.without_empty()

    def figure(self, lang: str) -> Figure:
        """Draw the exhibit."""
        return draw(self.result.table, self.result.figure_kind, self.result.labels(lang, self.words))

    def svg(self, lang: str, drawn: Callable[[], Figure] | None = None) -> str:
        """Draw the exhibit's figure as SVG, unless it was drawn before.

        Parameters
        ----------
        lang
            The language.
        drawn
            Returns the figure where somebody keeps it; else it is drawn here.
        """
        make = drawn or (lambda: self.figure(lang))
        content, salt = self.picture(lang), f"{self.key}-{lang}"
        return kept_text("svg", content, lambda: to_svg(make(), salt), templates=False, lang="")

    def png(self, lang: str, drawn: Callable[[], Figure] | None = None) -> bytes:
        """Draw the exhibit's figure as PNG, unless it was drawn before."""
        make = drawn or (lambda: self.figure(lang))
        return kept("png", self.picture(lang), lambda: to_png(make()), templates=False, lang="")

    def picture(self, lang: str) -> list[object]:
        """Return all that the exhibit's figure is drawn from, as plain values."""
        result = self.result
        labels = result.labels(lang, self.words).plain()
        return [self.key, lang, result.figure_kind, list(result.table.columns), result.records(), labels]

    def alt(self, lang: str) -> str:
        """Say the figure in words: what kind it is, and what it shows."""
        return alt_text(self.result.table, self.result.figure_kind, self.findings(lang), lang)

    def to_html(self, lang: str, *, image: str = "") -> str:
        """Render the exhibit as a fragment of a page.

        Parameters
        ----------
        lang
            The language.
        image
            The address of the figure; if empty, the address holds the whole picture.
        """
        if self.layout not in LAYOUTS:
            raise ReportError(
                msg("There is no layout {layout}.", layout=self.layout), do=one_of(self.layout, LAYOUTS)
            )
        content = [self.to_dict(), self.remarks, lang, image]
        return kept_text("exhibit", content, lambda: self._to_html(lang, image), lang=lang)

    def _to_html(self, lang: str, image: str) -> str:
        percent = level_percent(self.result.meta.conf_level, lang)
        notes = [say(note, lang, level_percent=percent) for note in self.all_notes(lang)]
        context = {**LAYOUTS[self.layout](self, lang), "remarks": self.remarks}
        if self.layout in DRAWN:
            context["image"] = image or self.image(lang)
        return render(self.layout, lang, key=self.key, title=say(self.title, lang), notes=notes, **context)

    def image(self, lang: str) -> str:
        """Return the figure as an address that holds the whole picture."""
        return svg_address(self.svg(lang))

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain values for JSON."""
        return {
            "key": self.key,
            "layout": self.layout,
            "title": self.title.to_dict(),
            "result": self.result.to_dict(),
            "words": {key: dict(texts) for key, texts in self.words.items()},
            "columns": list(self.columns),
            "notes": [note.to_dict() for note in self.notes],
            "level": self.level,
            "simulated": self.simulated,
            "strict": list(self.strict),
        }

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Exhibit:
        """Rebuild an exhibit from `to_dict`."""
        return cls(
            key=stored["key"],
            layout=stored["layout"],
            title=Message.from_dict(stored["title"]),
            result=Result.from_dict(stored["result"]),
            words=stored["words"],
            columns=tuple(stored["columns"]),
            notes=tuple(Message.from_dict(note) for note in stored["notes"]),
            level=stored["level"],
            simulated=stored["simulated"],
            strict=tuple(stored.get("strict", ())),
        )

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return bundle([self])


def svg_address(svg: str) -> str:
    """Return an address that holds a whole picture."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


class Exhibits(tuple[Exhibit, ...]):
    """Several exhibits that one call shows, one after the other."""

    __slots__ = ()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return bundle(self)


def bundle(exhibits: Sequence[Exhibit]) -> dict[str, Any]:
    """Return what a notebook stores of exhibits: a page to look at, if anybody does, names, and their data."""
    seen = not os.environ.get(UNSEEN)
    page = {"text/html": "".join(exhibit.to_html(exhibit.lang) for exhibit in exhibits)} if seen else {}
    return page | {
        "text/plain": ", ".join(f"<exhibit {exhibit.key}>" for exhibit in exhibits),
        MIME: [exhibit.to_dict() for exhibit in exhibits],
    }


def exhibit(
    key: str,
    result: Result,
    study: Study,
    *,
    title: Message,
    layout: str = "card",
    columns: Sequence[str] = (),
    notes: Sequence[Message] = (),
    level: str = "report",
) -> Exhibit:
    """Protect a result and make it showable; there is no other way to show anything.

    Parameters
    ----------
    key
        A stable name, unique in the report.
    result
        What to show.
    study
        The programme, for its thresholds and words.
    title
        The question that the exhibit answers.
    layout, columns, notes, level
        As in `Exhibit`.
    """
    protected = protect(result, study.policy)
    words = words_of(key, protected, study)
    return Exhibit(
        key, layout, title, protected, words, tuple(columns), tuple(notes), level, study.simulated, study.lang
    )


def absent(key: str, study: Study, *, title: Message, why: Message) -> Exhibit:
    """Say why there is nothing to show, so that a missing part is never silent."""
    nothing = Result(pd.DataFrame(columns=list(MANDATORY)), Meta(method="none"))
    return Exhibit(
        key, "absent", title, nothing, {}, notes=(why,), simulated=study.simulated, lang=study.lang
    )


MANY = 4
"""From more findings than this they are folded away under the figure."""
FEW = 3
"""From more reasons than this they are folded away, and the verdicts stand alone."""


def _card(exhibit: Exhibit, lang: str) -> dict[str, Any]:
    found = exhibit.findings(lang)
    said, sure = (
        _once(" ".join(finding.finding) for finding in found if finding.finding),
        _sure(exhibit, found, lang),
    )
    return {
        "alt": exhibit.alt(lang),
        "findings": said,
        "many": len(said) > MANY,
        "sure": sure,
        "verdicts": _verdicts(exhibit, lang) if len(sure) > FEW else [],
        "table": exhibit.table(lang),
        "caption": say(ESTIMANDS[exhibit.result.table["estimand"].iloc[0]].label, lang),
    }


def _sure(exhibit: Exhibit, found: Sequence[Finding], lang: str) -> list[tuple[str, str]]:
    """Say how sure the rows are; rows of which the same is said are named together, all parts of one by its name."""
    rows, names = exhibit.result.records(), _names(exhibit, lang)
    stems = [short_name({**row, "term": None}, lang, exhibit.words) for row in rows]
    by_text: dict[str, list[int]] = {}
    parts: dict[str, set[int]] = {}
    for place, finding in enumerate(found):
        if finding.sure:
            by_text.setdefault(" ".join(finding.sure), []).append(place)
            parts.setdefault(stems[place], set()).add(place)
    if len(by_text) == 1 and len(rows) == sum(map(len, by_text.values())):
        return [("", text) for text in by_text]
    told = []
    for text, places in by_text.items():
        whole = {stem for stem, its in parts.items() if stem and len(its) > 1 and its <= set(places)}
        named = [stems[place] if stems[place] in whole else names[place] for place in places]
        told.append((listing(_once(named), lang), text))
    return told


def _names(exhibit: Exhibit, lang: str) -> list[str]:
    """Name every row as shortly as tells it from the others."""
    rows = exhibit.result.records()
    short = [short_name(row, lang, exhibit.words) for row in rows]
    return [
        name if short.count(name) == 1 else row_name(row, lang, exhibit.words)
        for name, row in zip(short, rows, strict=True)
    ]


def _verdicts(exhibit: Exhibit, lang: str) -> list[tuple[str, str, str]]:
    """Return every verdict with its tone and the rows that have it."""
    by_verdict: dict[str, list[str]] = {}
    for row, name in zip(exhibit.result.records(), _names(exhibit, lang), strict=True):
        if row.get("verdict") in VERDICTS and not row.get("suppressed"):
            by_verdict.setdefault(str(row["verdict"]), []).append(name)
    return [
        (say(VERDICTS[key].label, lang), VERDICTS[key].tone, listing(_once(by_verdict[key]), lang))
        for key in VERDICTS
        if key in by_verdict
    ]


def _table(exhibit: Exhibit, lang: str) -> dict[str, Any]:
    return {"table": exhibit.table(lang)}


def _sentences(exhibit: Exhibit, lang: str) -> dict[str, Any]:
    return {"paragraphs": _once(str(finding) for finding in exhibit.findings(lang))}


def _easy(exhibit: Exhibit, lang: str) -> dict[str, Any]:
    """Group the sentences by what they are about, one to a line."""
    groups: dict[str, list[str]] = {}
    for row, finding in zip(exhibit.result.records(), exhibit.findings(lang, "easy"), strict=True):
        name = row_name(row, lang, exhibit.words)
        groups.setdefault(name, []).extend((*finding.finding, *finding.sure))
    return {"groups": [(name, _once(said)) for name, said in groups.items() if said]}


def _once(sentences: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(sentences))


LAYOUTS: dict[str, Callable[[Exhibit, str], dict[str, Any]]] = {
    "card": _card,
    "brief": _card,
    "poster": _card,
    "table": _table,
    "folded": _table,
    "lead": _sentences,
    "list": _sentences,
    "easy": _easy,
    "withheld": _sentences,
    "absent": lambda exhibit, lang: {},
}
"""How an exhibit can be laid out: what its template needs besides key, title and notes."""
DRAWN = frozenset({"card", "brief", "poster"})
"""Layouts that show the figure."""
