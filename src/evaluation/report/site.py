"""A report's pages in every language: chapters, methods and provenance around the same frame."""

import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from evaluation.report.methods import methods_page
from evaluation.report.page import TEMPLATES, render
from evaluation.report.provenance import provenance_page
from evaluation.report.render import Chapter, render_chapter
from evaluation.report.workbook import write_workbook
from evaluation.study import Study
from evaluation.text.catalogue import say
from evaluation.vocabulary.message import Message, pmsg

NAMES = {"sv": "Svenska", "en": "English"}
"""Each language's own name, for the switch."""
EXTRA: dict[str, Message] = {
    "methods": pmsg("chapter", "Methods and limits"),
    "provenance": pmsg("chapter", "Where the numbers come from"),
}
WORKBOOK = "tables.xlsx"


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a site: its file, its name in the contents list and its content."""

    file: str
    name: Message
    body: str


def write_report(
    study: Study, notebooks: Mapping[str, Path], names: Mapping[str, Message], out: Path
) -> list[Path]:
    """Write the whole report: for every language a site and a workbook.

    The folder is made beside the earlier report and takes its place only when it is complete.

    Parameters
    ----------
    study
        The programme, for its words, thresholds and manifest.
    notebooks
        The executed notebook of every chapter, in reading order.
    names
        The chapters' names in the contents list.
    out
        The folder of the report.

    Returns
    -------
    list of pathlib.Path
        The first page in every language.
    """
    made = out.with_name(f".{out.name}-{os.getpid()}")
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir(parents=True)
    for lang in study.project.languages:
        chapters = [render_chapter(name, path, lang) for name, path in notebooks.items()]
        _write_site(study, chapters, names, lang, made / lang)
    kept = made / "notebooks"
    kept.mkdir()
    for path in notebooks.values():
        shutil.copy2(path, kept / path.name)
    _swap(made, out)
    return [out / lang / "index.html" for lang in study.project.languages]


def _write_site(
    study: Study, chapters: Sequence[Chapter], names: Mapping[str, Message], lang: str, folder: Path
) -> None:
    folder.mkdir()
    exhibits = [exhibit for chapter in chapters for exhibit in chapter.exhibits]
    pages = [Page(_file(chapter.name), names[chapter.name], chapter.body) for chapter in chapters]
    pages.append(Page("methods.html", EXTRA["methods"], methods_page(exhibits, study, lang)))
    pages.append(Page("provenance.html", EXTRA["provenance"], provenance_page(study, lang)))
    for page in pages:
        (folder / page.file).write_text(_framed(page, pages, study, lang), encoding="utf-8")
    write_workbook(exhibits, lang, folder / WORKBOOK)


def _file(chapter: str) -> str:
    return "index.html" if chapter == "overview" else f"{chapter}.html"


def _framed(page: Page, pages: Sequence[Page], study: Study, lang: str) -> str:
    return render(
        "page",
        lang,
        heading=say(page.name, lang),
        project=study.project.name[lang],
        css=Markup((TEMPLATES / "report.css").read_text(encoding="utf-8")),
        simulated=study.simulated,
        about=study.project.about.get(lang, "") if page.file == "index.html" else "",
        links=_links(page, study, lang),
        contents=[
            {"href": other.file, "text": say(other.name, lang), "here": other is page} for other in pages
        ],
        body=Markup(page.body),
    )


def _links(page: Page, study: Study, lang: str) -> list[dict[str, Any]]:
    others = [other for other in study.project.languages if other != lang]
    switch = [
        {"href": f"../{other}/{page.file}", "text": NAMES.get(other, other), "lang": other}
        for other in others
    ]
    return [*switch, {"href": WORKBOOK, "text": "Excel", "lang": ""}]


def _swap(made: Path, out: Path) -> None:
    earlier = out.with_name(f".{out.name}-earlier-{os.getpid()}")
    if out.exists():
        out.rename(earlier)
    made.rename(out)
    shutil.rmtree(earlier, ignore_errors=True)
