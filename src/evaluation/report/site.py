"""A report's pages: chapters and what follows them around the same frame, with contents list and search."""

import re
from collections.abc import Sequence
from html import escape, unescape
from pathlib import Path
from typing import Any

from markupsafe import Markup

from evaluation.report.document import parted, stylesheet
from evaluation.report.edition import Edition, Section
from evaluation.report.formats import Format
from evaluation.report.headings import HEADING
from evaluation.report.page import render
from evaluation.text.catalogue import say
from evaluation.vocabulary.message import msg, pmsg

NAMES = {"sv": "Svenska", "en": "English"}
"""Each language's own name, for the switch."""
SEARCH = "search"
SNIPPET = 240
"""How many letters of a text the search page shows."""
NAMED = re.compile(
    r'<(?:figure|section|p) class="[^"]*" id="([^"]+)"[^>]*>\s*(?:<h[23][^>]*>(.*?)</h[23]>)?', re.DOTALL
)


def write_site(edition: Edition, others: Sequence[Format], folder: Path) -> None:
    """Write the pages of one edition.

    Parameters
    ----------
    edition
        What to show.
    others
        The other formats that were made, to link to.
    folder
        The folder of the pages.
    """
    sections = [_numbered(section) for section in (_opened(edition), *edition.sections[1:])]
    search = Section(SEARCH, pmsg("chapter", "Search"), _search(sections, edition))
    for section in (*sections, search):
        html = _framed(section, (*sections, search), edition, others)
        (folder / f"{section.key}.html").write_text(edition.pictures.inlined(html), encoding="utf-8")


def _opened(edition: Edition) -> Section:
    """Return the first page, with every later chapter's answer after its own."""
    first = edition.sections[0]
    summary, rest = parted(first.body)
    in_short = edition.in_short(lambda key: f"{key}.html")
    return Section(first.key, first.name, summary + in_short + rest, first.exhibits)


def _numbered(section: Section) -> Section:
    """Give the chapter's parts names, so that the contents list can lead to them."""
    count = iter(range(1, 1000))

    def named(found: re.Match[str]) -> str:
        if found[1] != "2":
            return found[0]
        return f'<h2 id="part-{next(count)}"{found[2]}>{found[3]}</h2>'

    return Section(section.key, section.name, HEADING.sub(named, section.body), section.exhibits)


def _parts(section: Section) -> list[tuple[str, str]]:
    found = re.findall(r'<h2 id="(part-\d+)"[^>]*>(.*?)</h2>', section.body, re.DOTALL)
    return [(anchor, _text(heading)) for anchor, heading in found]


def _framed(section: Section, sections: Sequence[Section], edition: Edition, others: Sequence[Format]) -> str:
    study, lang = edition.study, edition.lang
    first = section.key == edition.sections[0].key
    return render(
        "page",
        lang,
        heading=say(section.name, lang),
        project=study.project.name[lang],
        audience=say(edition.readers.name, lang),
        css=Markup(stylesheet()),
        large=edition.readers.large,
        simulated=study.simulated,
        compared=study.comparison is not None,
        about=study.project.about.get(lang, "") if first else "",
        links=_links(section, edition, others),
        contents=[
            {
                "href": f"{other.key}.html",
                "text": say(other.name, lang),
                "here": other is section,
                "parts": _parts(other) if other is section else [],
            }
            for other in sections
        ],
        body=Markup(edition.linked(section.body, lambda key: f"{key}.html")),
    )


def _links(section: Section, edition: Edition, others: Sequence[Format]) -> list[dict[str, Any]]:
    lang = edition.lang
    languages = [other for other in edition.study.project.languages if other != lang]
    switch = [
        {"href": f"../{other}/{section.key}.html", "text": NAMES.get(other, other), "lang": other}
        for other in languages
    ]
    return [*switch, *({"href": one.file, "text": say(one.name, lang), "lang": ""} for one in others)]


def _search(sections: Sequence[Section], edition: Edition) -> str:
    """Render the list of everything that the pages say, which a script in the page narrows down."""
    lang = edition.lang
    return render(
        "search",
        lang,
        title=say(msg("Search the report"), lang),
        label=say(msg("Words to look for"), lang),
        found=say(msg("Places found: {places}", places="#"), lang),
        entries=[entry for section in sections for entry in _entries(section, lang)],
    )


def _entries(section: Section, lang: str) -> list[dict[str, str]]:
    """List the places of one page: its beginning, its exhibits and its words."""
    chapter = section.question or say(section.name, lang)
    places = list(NAMED.finditer(section.body))
    ends = [found.start() for found in places[1:]] + [len(section.body)] * bool(places)
    head = section.body[: places[0].start()] if places else section.body
    entries = [{"href": f"{section.key}.html", "title": chapter, "text": _text(head)}]
    for found, end in zip(places, ends, strict=True):
        part = section.body[found.end() : end]
        caption = re.search(r"<caption>(.*?)</caption>", part, re.DOTALL)
        title = _text(found[2] or (caption[1] if caption else "")) or chapter
        text = _text(part)
        entries.append({"href": f"{section.key}.html#{escape(found[1])}", "title": title, "text": text})
    return [entry | {"snippet": _cut(entry["text"]), "chapter": chapter} for entry in entries]


def _text(html: str) -> str:
    """Return what a part of a page says, without its first heading."""
    rest = re.sub(r"<h1[^>]*>.*?</h1>", "", html, flags=re.DOTALL)
    words = re.sub("[\N{WORD JOINER}\N{SOFT HYPHEN}]", "", unescape(re.sub(r"<[^>]*>", " ", rest)))
    return re.sub(r"[ \t\r\n]+", " ", words).strip(" ")


def _cut(text: str) -> str:
    return text if len(text) <= SNIPPET else text[:SNIPPET].rsplit(" ", 1)[0] + " …"
