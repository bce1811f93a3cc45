"""One edition of a report: what one audience reads in one language, before it becomes files."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from html import unescape
from pathlib import Path
from typing import Any

from evaluation.report.audience import AUDIENCES, Audience
from evaluation.report.exhibit import DRAWN, Exhibit
from evaluation.report.glossary import glossary_page
from evaluation.report.history_page import history_facts, history_page
from evaluation.report.in_short import answer, shown_keys
from evaluation.report.methods import methods_page
from evaluation.report.page import render
from evaluation.report.pictures import Pictures
from evaluation.report.provenance import provenance_page
from evaluation.report.render import Chapter, render_chapter
from evaluation.report.workshop.readings import readings_page, remarks_on
from evaluation.study import Study
from evaluation.text.catalogue import say
from evaluation.vocabulary.errors import ReportError
from evaluation.vocabulary.message import Message, msg, pmsg
from evaluation.vocabulary.row import Key
from evaluation.vocabulary.verdicts import VERDICTS

FIRST = "index"


@dataclass(frozen=True, slots=True)
class Section:
    """One page of a site, or one chapter of a document.

    Attributes
    ----------
    key
        Its name in addresses.
    name
        Its name in the contents list.
    body
        Its content as HTML: one heading of the first level, pictures with placeholder addresses.
    exhibits
        What it shows.
    """

    key: str
    name: Message
    body: str
    exhibits: tuple[Exhibit, ...] = ()

    @property
    def question(self) -> str:
        """Return the first heading."""
        found = re.search(r"<h1[^>]*>(.*?)</h1>", self.body, re.DOTALL)
        return unescape(re.sub(r"<[^>]+>", "", found[1])).strip() if found else ""


@dataclass(frozen=True)
class Edition:
    """What one audience reads in one language.

    Attributes
    ----------
    study
        The programme.
    lang
        The language.
    audience
        The kind of readers: a key of `AUDIENCES`.
    sections
        Chapters and the pages after them, in reading order.
    """

    study: Study
    lang: str
    audience: str
    sections: tuple[Section, ...]

    @property
    def readers(self) -> Audience:
        """Return the kind of readers."""
        return AUDIENCES[self.audience]

    @property
    def exhibits(self) -> tuple[Exhibit, ...]:
        """Return everything that is shown, in reading order."""
        return tuple(exhibit for section in self.sections for exhibit in section.exhibits)

    @property
    def title(self) -> str:
        """Return the document's title."""
        return say(msg("{project}: evaluation", project=self.study.project.name), self.lang)

    @cached_property
    def content(self) -> list[Any]:
        """Return what formats without the notebooks' texts depend on, as plain values."""
        exhibits = [
            [section.key, one.to_dict(), one.remarks] for section in self.sections for one in section.exhibits
        ]
        study = self.study
        return [self.lang, self.audience, study.definition_fingerprint, study.manifest.to_dict(), exhibits]

    @cached_property
    def pictures(self) -> Pictures:
        """Return the figures, each drawn once."""
        return Pictures({one.key: one for one in self.exhibits if one.layout in DRAWN}, self.lang)

    def linked(self, html: str, address: Callable[[str], str]) -> str:
        """Give links between sections their addresses; to a section that these readers lack there is no link.

        Parameters
        ----------
        html
            Links have addresses such as "section:history".
        address
            Returns the address of a section.
        """
        keys = {section.key for section in self.sections}

        def led(found: re.Match[str]) -> str:
            return f'<a href="{address(found[1])}">{found[2]}</a>' if found[1] in keys else ""

        return re.sub(r'<a href="section:(\w+)">(.*?)</a>', led, html)

    def in_short(self, address: Callable[[str], str]) -> str:
        """Render every later chapter's question with its answer, by name where a verdict fell to few.

        What the first chapter has said of the design is not said again.

        Parameters
        ----------
        address
            Returns the address of a section.
        """
        chapters = [
            {"href": address(section.key), "question": section.question, "answer": found}
            for section in self.sections[1:]
            if (found := self._answer(section))
        ]
        if not chapters:
            return ""
        return render(
            "summary", self.lang, title=say(msg("The report in short"), self.lang), chapters=chapters
        )

    def _answer(self, section: Section) -> str:
        leads = [exhibit for exhibit in section.exhibits if exhibit.layout == "lead"]
        said = answer(leads, self._shown, self.study, self.lang)
        return " ".join(sentence for sentence in said if sentence not in self._above)

    @cached_property
    def _above(self) -> set[str]:
        """Return what the first chapter says of the design."""
        found = [exhibit for exhibit in self.sections[0].exhibits if exhibit.key == "design"]
        return {sentence for one in found for said in one.findings(self.lang) for sentence in said.finding}

    @cached_property
    def _shown(self) -> set[Key]:
        return shown_keys(self.exhibits, self.study)


def make_edition(
    study: Study,
    notebooks: Mapping[str, Path],
    names: Mapping[str, Message],
    lang: str,
    *,
    audience: str = "evaluator",
    level: str = "",
) -> Edition:
    """Choose and render what one audience reads in one language.

    Parameters
    ----------
    study
        The programme, for its words, thresholds and manifest.
    notebooks
        The executed notebook of every chapter, in reading order.
    names
        The chapters' names in the contents list.
    lang
        A language of the project.
    audience
        A key of `AUDIENCES`.
    level
        A reading level for all findings; each exhibit's own if empty.

    Raises
    ------
    ReportError
        If nothing is left to show.
    """
    readers = AUDIENCES[audience]

    def choose(exhibit: Exhibit) -> Exhibit | None:
        chosen = readers.exhibit(exhibit, study, level)
        return chosen and replace(chosen, remarks=remarks_on(exhibit, study, lang))

    prose = readers.prose and level != "easy"
    made = [render_chapter(name, path, lang, choose, prose=prose) for name, path in notebooks.items()]
    chapters = [chapter for chapter in made if chapter.exhibits]
    if not chapters:
        raise ReportError(
            msg("There is nothing to show in this edition."), do=msg("Choose another audience or level.")
        )
    sections = [
        Section(FIRST if place == 0 else chapter.name, names[chapter.name], chapter.body, chapter.exhibits)
        for place, chapter in enumerate(chapters)
    ]
    back = EASY_BACK if level == "easy" else readers.back
    pages = [Section(key, BACK[key][0], BACK[key][1](chapters, names, study, lang)) for key in back]
    return Edition(study, lang, audience, (*sections, *(page for page in pages if page.body)))


def _final_report(chapters: Sequence[Chapter], names: Mapping[str, Message], study: Study, lang: str) -> str:
    """Render the judged findings as running text that can be taken into the final report.

    What the first chapter says of everything is said in the chapters that it belongs to.
    """
    said: set[str] = set()
    texts = []
    for chapter in (*chapters[1:], *chapters[:1]):
        sentences = [text for text in _short(chapter.exhibits, lang) if text not in said]
        said.update(sentences)
        if sentences:
            texts.append((say(names[chapter.name], lang), sentences))
    return render(
        "final_report",
        lang,
        title=say(msg("Text for the final report"), lang),
        use=say(msg("The findings that bear a verdict, as running text to take over."), lang),
        chapters=texts,
        tables=[_open_table(exhibit, lang) for exhibit in _named(chapters, FOR_FINAL_REPORT)],
        heading=say(msg("Results, goals and indicators"), lang),
        simulated=study.simulated,
    )


FOR_FINAL_REPORT = ("deviations", "unforeseen")
"""Tables of the first chapter that a fund's form asks for, in its order."""


def _named(chapters: Sequence[Chapter], keys: Sequence[str]) -> list[Exhibit]:
    found = {exhibit.key: exhibit for chapter in chapters for exhibit in chapter.exhibits}
    return [found[key] for key in keys if key in found and found[key].layout != "absent"]


def _open_table(exhibit: Exhibit, lang: str) -> dict[str, object]:
    return {
        "caption": say(exhibit.title, lang),
        "table": exhibit.table(lang),
        "notes": [say(note, lang) for note in exhibit.all_notes(lang)],
    }


def _short(exhibits: Sequence[Exhibit], lang: str) -> list[str]:
    """Say every judged row in short, with its verdict."""
    said = [
        _judged(str(finding), str(row["verdict"]), lang)
        for exhibit in exhibits
        if exhibit.layout != "lead"
        for row, finding in zip(exhibit.result.records(), exhibit.findings(lang, "short"), strict=True)
        if row.get("verdict") and str(finding)
    ]
    return list(dict.fromkeys(said))


def _judged(finding: str, verdict: str, lang: str) -> str:
    if verdict not in VERDICTS or VERDICTS[verdict].tone == "plain":
        return finding
    label = VERDICTS[verdict].label
    return say(msg("{finding} Verdict: {verdict}.", finding=finding, verdict=label), lang)


Page = Callable[[Sequence[Chapter], Mapping[str, Message], Study, str], str]

BACK: dict[str, tuple[Message, Page]] = {
    "methods": (
        pmsg("chapter", "Methods and limits"),
        lambda chapters, names, study, lang: methods_page(_shown(chapters), study, lang),
    ),
    "limits": (
        pmsg("chapter", "Limits"),
        lambda chapters, names, study, lang: methods_page(_shown(chapters), study, lang, brief=True),
    ),
    "final_report": (pmsg("chapter", "Text for the final report"), _final_report),
    "readings": (
        pmsg("chapter", "How participants read it"),
        lambda chapters, names, study, lang: readings_page(_shown(chapters), study, lang),
    ),
    "history": (
        pmsg("chapter", "What has changed"),
        lambda chapters, names, study, lang: history_page(_shown(chapters), study, lang),
    ),
    "glossary": (
        pmsg("chapter", "Words"),
        lambda chapters, names, study, lang: glossary_page(lang),
    ),
    "provenance": (
        pmsg("chapter", "Where the numbers come from"),
        lambda chapters, names, study, lang: provenance_page(
            study, lang, history_facts(_shown(chapters), study, lang)
        ),
    ),
}
"""The pages after the chapters: their names and what makes them; a page without content is left out."""

EASY_BACK = ("glossary",)
"""The pages after the chapters of an easy-to-read edition."""


def _shown(chapters: Sequence[Chapter]) -> list[Exhibit]:
    return [exhibit for chapter in chapters for exhibit in chapter.exhibits]
