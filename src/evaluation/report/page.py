"""Pages and fragments from templates: semantic HTML, the same for every format."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from evaluation.text.catalogue import say
from evaluation.vocabulary.message import Message, msg, pmsg
from evaluation.vocabulary.verdicts import MARKS

if TYPE_CHECKING:
    pass

TEMPLATES = Path(__file__).with_name("templates")

PHRASES: dict[str, Message] = {
    "how_sure": msg("How sure is it?"),
    "said": msg("What workshops said"),
    "why_so": msg("The reasons, one by one"),
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
    "design_compared": msg(
        "Design: with a comparison group. Which words it allows stands in the chapter on change or effect."
    ),
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


def render(template: str, lang: str, **context: Any) -> str:
    """Render a template with the words of pages in a language."""
    return environment().get_template(f"{template}.html.j2").render(lang=lang, say=phrases(lang), **context)
