"""The whole report as one document: the single page, and what PDF and Word are made from."""

import re
from dataclasses import dataclass
from html import escape, unescape

from markupsafe import Markup

from evaluation.report.edition import Edition, Section
from evaluation.report.headings import HEADING, heading
from evaluation.report.page import TEMPLATES, render
from evaluation.text.catalogue import say

PART = re.compile(r"(?:<(?:figure|section)[^>]*>\s*)?<h2")
CONTENTS = "<!-- contents -->"
DEPTH = 3
"""The contents list holds the chapters (level 2) and their parts (level 3)."""


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading of a document, for its contents list."""

    level: int
    anchor: str
    text: str


def single_page(edition: Edition) -> str:
    """Render the whole report as one page that needs no other file.

    Parameters
    ----------
    edition
        What to show.
    """
    body, headings = document(edition)
    body = body.replace(CONTENTS, contents_list(headings, edition))
    html = render(
        "single",
        edition.lang,
        title=edition.title,
        css=Markup(stylesheet()),
        simulated=edition.study.simulated,
        large=edition.readers.large,
        body=Markup(body),
    )
    return edition.pictures.inlined(html)


def stylesheet() -> str:
    """Return the style rules of every page."""
    return (TEMPLATES / "report.css").read_text(encoding="utf-8")


def document(edition: Edition) -> tuple[str, list[Heading]]:
    """Return the content of the whole report, and its headings.

    The first page is the summary: what the first chapter says before its first part, and every
    later chapter's answer. The place of the contents list is marked with `CONTENTS`.

    Parameters
    ----------
    edition
        What to show.
    """
    first, *later = edition.sections
    summary, rest = parted(first.body)
    in_short = edition.in_short(lambda key: f"#{anchor(key)}")
    parts = [_chapter(first, summary + in_short + CONTENTS + rest)]
    parts += [_chapter(section, section.body) for section in later]
    html = render(
        "document",
        edition.lang,
        title=edition.title,
        about=edition.study.project.about.get(edition.lang, ""),
        compared=edition.study.comparison is not None,
        audience_name=say(edition.readers.name, edition.lang),
        chapters=[Markup(part) for part in parts],
    )
    return _anchored(edition.linked(html, lambda key: f"#{anchor(key)}"))


def anchor(key: str) -> str:
    """Return the name of a chapter inside a document."""
    return f"chapter-{key}"


def parted(body: str) -> tuple[str, str]:
    """Divide a chapter before its first part, so that a summary can stand there."""
    found = PART.search(body)
    return (body[: found.start()], body[found.start() :]) if found else (body, "")


def contents_list(headings: list[Heading], edition: Edition) -> str:
    """Render the contents list: chapters, and their parts below them."""
    tops: list[tuple[Heading, list[Heading]]] = []
    for one in headings:
        if one.level == DEPTH - 1:
            tops.append((one, []))
        elif one.level == DEPTH and tops:
            tops[-1][1].append(one)
    return render("contents", edition.lang, chapters=tops)


def _chapter(section: Section, body: str) -> str:
    """Put a chapter one level below the document's title, and name it."""
    lower = HEADING.sub(lambda found: heading(int(found[1]) + 1, found[2], found[3]), body)
    return re.sub(r"<h2(\s[^>]*)?>", f'<h2 id="{escape(anchor(section.key))}">', lower, count=1)


def _anchored(html: str) -> tuple[str, list[Heading]]:
    """Give every heading a name of its own."""
    headings: list[Heading] = []

    def named(found: re.Match[str]) -> str:
        level, given = int(found[1]), re.search(r'id="([^"]*)"', found[2])
        name = given[1] if given else f"part-{len(headings)}"
        headings.append(Heading(level, name, unescape(re.sub(r"<[^>]+>", "", found[3])).strip()))
        return found[0] if given else heading(level, f'{found[2]} id="{name}"', found[3])

    return HEADING.sub(named, html), headings
