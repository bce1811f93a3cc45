"""The workshop's page: one file that needs no server and no network, with every figure as a question."""

import base64
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
from markupsafe import Markup

from evaluation.report.edition import Edition
from evaluation.report.exhibit import LAYOUTS, Exhibit
from evaluation.report.kept import kept_text
from evaluation.report.page import TEMPLATES, render
from evaluation.report.workshop.figure import at_workshop, figure_sha256
from evaluation.report.workshop.words import (
    COLUMNS,
    FIELD,
    PAGE,
    PRINTS,
    QUESTIONS,
    REACTIONS,
    ROLES,
    SCRIPT,
)
from evaluation.text.catalogue import say
from evaluation.text.sentence import level_percent
from evaluation.vocabulary.errors import FormatError
from evaluation.vocabulary.message import Message, msg, nmsg


def write_workshop(edition: Edition, path: Path) -> None:
    """Write the page for a workshop.

    Parameters
    ----------
    edition
        What to show; of it, the figures that pass the workshop's threshold.
    path
        The file to write.

    Raises
    ------
    FormatError
        If no figure is left.
    """
    path.write_text(
        kept_text("workshop", edition.content, lambda: _made(edition), lang=edition.lang), encoding="utf-8"
    )


def _made(edition: Edition) -> str:
    figures = list(_figures(edition))
    if not figures:
        raise FormatError(
            msg("No figure can be shown at a workshop."), do=msg("Look at `privacy.min_cell_workshop`.")
        )
    return _page(edition, figures)


def _figures(edition: Edition) -> Iterator[dict[str, Any]]:
    shown = [
        (section.key, exhibit, found)
        for section in edition.sections
        for exhibit in section.exhibits
        if (found := at_workshop(exhibit, edition.study)) is not None
    ]
    for number, (chapter, whole, exhibit) in enumerate(shown, start=1):
        place = msg("Figure {number}/{figures}", number=number, figures=len(shown))
        yield {
            **_figure(exhibit, edition.lang),
            "place": say(place, edition.lang),
            "svg": Markup(_svg(whole, exhibit, edition)),
            "equality": chapter == "equality",
        }


def _svg(whole: Exhibit, exhibit: Exhibit, edition: Edition) -> str:
    """Return the picture, drawn anew only where the stricter threshold has taken something away."""
    same = whole.result.records() == exhibit.result.records()
    svg = edition.pictures.svg[exhibit.key] if same else exhibit.svg(edition.lang)
    return svg.replace("<svg ", f'<svg aria-label="{Markup.escape(exhibit.alt(edition.lang))}" ', 1)


def _figure(exhibit: Exhibit, lang: str) -> dict[str, Any]:
    card = LAYOUTS["card"](exhibit, lang)
    sure = LAYOUTS["card"](replace(exhibit, level="report"), lang)["sure"]
    table = exhibit.result.table
    withheld = int(table["suppressed"].astype(bool).sum())
    percent = level_percent(exhibit.result.meta.conf_level, lang)
    return {
        "key": exhibit.key,
        "sha256": figure_sha256(exhibit),
        "title": say(exhibit.title, lang),
        "findings": _findings(exhibit, lang),
        "notes": [say(note, lang, level_percent=percent) for note in exhibit.all_notes(lang)],
        "sure": sure,
        "table": card["table"],
        "caption": card["caption"],
        "who": say(who, lang) if (who := _who(table)) else "",
        "withheld": say(_WITHHELD.with_fields(count=withheld), lang) if withheld else "",
    }


def _findings(exhibit: Exhibit, lang: str) -> list[str]:
    """Say the rows that are shown; how many are not is said once for all."""
    rows = zip(exhibit.result.records(), exhibit.findings(lang, "short"), strict=True)
    return list(dict.fromkeys(str(finding) for row, finding in rows if not row.get("suppressed")))


_WITHHELD = nmsg(
    "One group is not shown, because too few answered.",
    "{count} groups are not shown, because too few answered.",
)


def _who(table: pd.DataFrame) -> Message | None:
    """Say how many the figure is about, and how many of all are not in it."""
    rows = table[~table["suppressed"].astype(bool)]
    if "level" in rows.columns:
        rows = rows[rows["level"].isna()] if rows["level"].isna().any() else rows
    lowest, highest = rows["n"].min(), rows["n"].max()
    if pd.isna(lowest):
        return None
    whole = "level" not in rows.columns or rows["level"].isna().all()
    totals = rows["n_total"].dropna().unique() if "n_total" in rows.columns else []
    if whole and lowest == highest and len(totals) == 1:
        total = int(totals[0])
        if total > lowest:
            return msg("In the figure: {n} of {total}. Missing: {missing}.",
                       n=int(lowest), total=total, missing=total - int(lowest))  # fmt: skip
    if lowest == highest:
        return msg("In the figure: {n}.", n=int(lowest))
    return msg("Between {low} and {high} answers behind each row; those who did not answer are missing.",
               low=int(lowest), high=int(highest))  # fmt: skip


def _page(edition: Edition, figures: Sequence[dict[str, Any]]) -> str:
    study, lang = edition.study, edition.lang
    css = (TEMPLATES / "workshop.css").read_text(encoding="utf-8")
    script = (TEMPLATES / "workshop.js").read_text(encoding="utf-8")
    words = {name: say(message, lang) for name, message in PAGE.items()}
    words |= {name: say(message, lang) for name, message in COLUMNS.items()}
    words["title"] = say(msg("{project}: workshop", project=study.project.name), lang)
    return render(
        "workshop",
        lang,
        policy=_policy(css, script),
        css=Markup(css),
        script=Markup(script),
        script_words=Markup(_script_words(words, lang)),
        words=words,
        project=study.project.name[lang],
        project_key=study.loaded.key,
        simulated=study.simulated,
        figures=figures,
        roles=_pairs(ROLES, lang),
        columns=_pairs(COLUMNS, lang),
        reactions=_pairs(REACTIONS, lang),
        questions=_pairs(QUESTIONS, lang),
        prints=_pairs(PRINTS, lang),
        limit=FIELD,
    )


def _pairs(texts: dict[str, Message], lang: str) -> list[tuple[str, str]]:
    return [(key, say(text, lang)) for key, text in texts.items()]


def _script_words(words: dict[str, str], lang: str) -> str:
    """Return the script's words as JSON that cannot end the element that holds it."""
    told: dict[str, Any] = {name: say(message, lang) for name, message in SCRIPT.items()}
    told |= {name: words[name] for name in ("show", "hide", "reaction", "whole_table")}
    told |= {"roles": _pairs(ROLES, lang), "reactions": _pairs(REACTIONS, lang)}
    told |= {"questions": dict(_pairs(QUESTIONS, lang)), "limit": FIELD}
    return json.dumps(told, ensure_ascii=False).replace("<", "\\u003c")


def _policy(css: str, script: str) -> str:
    """Allow this page's style and script by their fingerprints, and nothing else."""
    return (
        f"default-src 'none'; style-src {_fingerprint(css)}; script-src {_fingerprint(script)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _fingerprint(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
