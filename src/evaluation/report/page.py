"""Pages and fragments from templates: semantic HTML, the same for every format."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from evaluation.text.catalogue import say
from evaluation.text.format import listing
from evaluation.text.sentence import level_percent
from evaluation.text.table import short_name
from evaluation.vocabulary.errors import ReportError, one_of
from evaluation.vocabulary.estimands import ESTIMANDS
from evaluation.vocabulary.message import Message, msg, pmsg
from evaluation.vocabulary.verdicts import MARKS

if TYPE_CHECKING:
    from evaluation.report.exhibit import Exhibit
    from evaluation.text.sentence import Finding

TEMPLATES = Path(__file__).with_name("templates")

PHRASES: dict[str, Message] = {
    "how_sure": msg("How sure is it?"),
    "as_table": msg("The numbers as a table"),
    "in_words": msg("The findings in words"),
    "to_content": msg("To the content"),
    "contents": msg("Contents"),
    "language_and_formats": msg("Language and formats"),
    "simulated": msg(
        "Simulated data: a rehearsal of the report before the answers have come in. No number is about real "
        "people or companies."
    ),
    "simulated_label": msg("Simulated data"),
    "evaluation": pmsg("page", "Evaluation"),
    "chapter": pmsg("page", "Chapter {number}"),
    "design": msg(
        "Design: before and after without a comparison group. The report says what changed, not what caused it."
    ),
}
"""The words of pages and cards."""


@cache
def environment() -> Environment:
    """Return the templates; every value is escaped and a missing one is an error."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["marks"] = MARKS
    return made


def phrases(lang: str) -> dict[str, str]:
    """Return the words of pages in a language."""
    return {name: say(message, lang) for name, message in PHRASES.items() if "{" not in message.text}


def fragment(exhibit: Exhibit, lang: str) -> str:
    """Render one exhibit."""
    layouts = {"card": _card, "table": _table, "lead": _sentences, "list": _sentences, "absent": _notes}
    if exhibit.layout not in layouts:
        raise ReportError(
            msg("There is no layout {layout}.", layout=exhibit.layout), do=one_of(exhibit.layout, layouts)
        )
    context = layouts[exhibit.layout](exhibit, lang)
    template = environment().get_template(f"{exhibit.layout}.html.j2")
    return template.render(
        key=exhibit.key, lang=lang, title=say(exhibit.title, lang), say=phrases(lang), **context
    )


def _card(exhibit: Exhibit, lang: str) -> dict[str, Any]:
    found = exhibit.findings(lang)
    percent = level_percent(exhibit.result.meta.conf_level, lang)
    return {
        "image": exhibit.image(lang),
        "alt": exhibit.alt(lang),
        "findings": once(" ".join(finding.finding) for finding in found),
        "many": len(found) > MANY,
        "sure": _sure(exhibit, found, lang),
        "notes": [say(note, lang, level_percent=percent) for note in exhibit.notes],
        "table": exhibit.table(lang),
        "caption": table_caption(exhibit, lang),
    }


MANY = 6
"""From more rows than this the findings in words are folded away under the figure."""


def _sure(exhibit: Exhibit, found: Sequence[Finding], lang: str) -> list[tuple[str, str]]:
    """Say how sure the rows are; rows of which the same is said are named together."""
    rows = exhibit.result.records()
    by_text: dict[str, list[str]] = {}
    for row, finding in zip(rows, found, strict=True):
        if finding.sure:
            by_text.setdefault(" ".join(finding.sure), []).append(short_name(row, lang, exhibit.words))
    if len(by_text) == 1 and len(rows) == sum(map(len, by_text.values())):
        return [("", text) for text in by_text]
    return [(listing(list(dict.fromkeys(names)), lang), text) for text, names in by_text.items()]


def _table(exhibit: Exhibit, lang: str) -> dict[str, Any]:
    return {"table": exhibit.table(lang), "notes": [say(note, lang) for note in exhibit.notes]}


def _sentences(exhibit: Exhibit, lang: str) -> dict[str, Any]:
    return {"paragraphs": once(str(finding) for finding in exhibit.findings(lang))}


def _notes(exhibit: Exhibit, lang: str) -> dict[str, Any]:
    return {"notes": [say(note, lang) for note in exhibit.notes]}


def once(sentences: Iterable[str]) -> list[str]:
    """Return the sentences in order, each only once."""
    return list(dict.fromkeys(sentences))


def table_caption(exhibit: Exhibit, lang: str) -> str:
    """Say what the numbers of a table are."""
    return say(ESTIMANDS[exhibit.result.table["estimand"].iloc[0]].label, lang)
