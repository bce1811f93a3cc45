"""How a result looks in a notebook: numbers, sentences, and how they were computed, in light and dark themes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from evaluation.text.catalogue import say
from evaluation.text.labels import AXES
from evaluation.text.lexicon import DEFAULTS
from evaluation.text.sentence import capital, describe
from evaluation.text.table import FlatTable, flat_table
from evaluation.vocabulary.columns import GLOSSARY
from evaluation.vocabulary.estimands import ESTIMANDS
from evaluation.vocabulary.message import Message, msg
from evaluation.vocabulary.methods import ASSUMPTIONS, METHODS
from evaluation.vocabulary.references import cite

MANY = 6
"""From more rows than this the sentences are folded away under the table."""
FOR_RESEARCHERS = ("delta", "std_error", "df", "p_value", "n", "n_groups")
"""What a researcher wants beside the columns of the report, where a row has it."""
SAID_BY_ITSELF = ("share", "count", "coefficient", "effect", "ratio")
"""Units that need no word beside the name of the quantity."""

PHRASES: dict[str, Message] = {
    "not_protected": msg(
        "Not protected: small groups may be exposed. Show it to nobody outside the evaluation."
    ),
    "in_words": msg("The findings in words"),
    "how": msg("How it was computed"),
    "assumed": msg("What is assumed"),
    "references": msg("References"),
    "no_rows": msg("The result has no rows."),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """What a notebook shows of a result.

    Attributes
    ----------
    rows
        The result's rows.
    method, assumptions, references
        Keys, as in a result's `Meta`.
    conf_level
        The level of the intervals, between 0 and 1.
    protected
        Whether disclosure control has seen the rows.
    """

    rows: Sequence[Mapping[str, Any]]
    method: str
    assumptions: Sequence[str]
    references: Sequence[str]
    conf_level: float
    protected: bool


def notebook_html(shown: Shown, lang: str) -> str:
    """Write a result as a fragment of a page: mark, table, sentences, and how it was computed.

    Parameters
    ----------
    shown
        The result.
    lang
        The language.
    """
    said = {name: escape(say(message, lang)) for name, message in PHRASES.items()}
    mark = "" if shown.protected else f'<p class="mark">{said["not_protected"]}</p>'
    if not shown.rows:
        return f'{STYLE}<div class="evaluation-result">{mark}<p>{said["no_rows"]}</p></div>'
    sentences = "".join(f"<p>{escape(text)}</p>" for text in sentences_of(shown, lang))
    if len(shown.rows) > MANY:
        sentences = f"<details><summary>{said['in_words']}</summary>{sentences}</details>"
    how = "".join(
        f"<p><strong>{escape(heading)}</strong></p>" + "".join(f"<p>{escape(text)}</p>" for text in texts)
        for heading, texts in provenance(shown, lang).items()
    )
    how = how and f"<details><summary>{said['how']}</summary>{how}</details>"
    return f'{STYLE}<div class="evaluation-result">{mark}{_table(shown, lang)}{sentences}{how}</div>'


def notebook_text(shown: Shown, lang: str) -> str:
    """Write a result as lines of text, for a terminal."""
    mark = [] if shown.protected else [say(PHRASES["not_protected"], lang)]
    return "\n".join([*mark, *(sentences_of(shown, lang) or [say(PHRASES["no_rows"], lang)])])


def sentences_of(shown: Shown, lang: str) -> list[str]:
    """Say every row, each sentence once."""
    found = [str(describe(row, lang=lang, conf_level=shown.conf_level)) for row in shown.rows]
    return [capital(text) for text in dict.fromkeys(found) if text]


def provenance(shown: Shown, lang: str) -> dict[str, list[str]]:
    """Say by heading what was done, what is assumed, and where it is from."""
    keys = dict.fromkeys([shown.method, *(str(row["method"]) for row in shown.rows if row.get("method"))])
    methods = {say(METHODS[key][0], lang): [say(METHODS[key][1], lang)] for key in keys if key in METHODS}
    others = {
        say(PHRASES["assumed"], lang): [say(ASSUMPTIONS[key], lang) for key in shown.assumptions],
        say(PHRASES["references"], lang): [cite(key) for key in shown.references],
    }
    return methods | {heading: texts for heading, texts in others.items() if texts}


def _table(shown: Shown, lang: str) -> str:
    flat = _without_the_unnamed(_flat(shown, lang), lang)
    header = _header(flat, shown, lang)
    classes = [' class="number"' if numeric else "" for numeric in flat.numeric]
    head = "".join(
        f'<th scope="col"{kind}>{escape(text)}</th>' for text, kind in zip(header, classes, strict=True)
    )
    body = "".join(
        "<tr>"
        + "".join(f"<td{kind}>{escape(cell)}</td>" for cell, kind in zip(row, classes, strict=True))
        + "</tr>"
        for row in flat.rows
    )
    return (
        f'<div class="wide"><table><caption>{escape(_caption(shown, lang))}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _flat(shown: Shown, lang: str) -> FlatTable:
    estimands = dict.fromkeys(str(row["estimand"]) for row in shown.rows)
    columns = dict.fromkeys(name for key in estimands for name in ESTIMANDS[key].columns)
    flat = flat_table(
        shown.rows,
        [*dict.fromkeys([*columns, *FOR_RESEARCHERS])],
        lang=lang,
        words={},
        conf_level=shown.conf_level,
    )
    return flat.without_empty()


def _without_the_unnamed(flat: FlatTable, lang: str) -> FlatTable:
    """Leave out the rows' names where no row has one."""
    if len(flat.header) == 1 or {row[0] for row in flat.rows} != {say(DEFAULTS["label"], lang)}:
        return flat
    return FlatTable(flat.header[1:], tuple(row[1:] for row in flat.rows), flat.numeric[1:], flat.tones)


def _header(flat: FlatTable, shown: Shown, lang: str) -> tuple[str, ...]:
    """Head the rows' names with what they are, where rows are groups of no statement."""
    groups = all(row.get("level") is not None and not row.get("indicator") for row in shown.rows)
    return (say(GLOSSARY["level"], lang), *flat.header[1:]) if groups else flat.header


def _caption(shown: Shown, lang: str) -> str:
    """Name the quantities, each with its unit where the cells do not have it."""
    parts = []
    for key in dict.fromkeys(str(row["estimand"]) for row in shown.rows):
        estimand = ESTIMANDS[key]
        name = capital(say(estimand.label, lang))
        unit = "" if estimand.unit in SAID_BY_ITSELF else say(AXES[estimand.unit], lang)
        parts.append(f"{name} ({unit})" if unit else name)
    return "; ".join(parts)


STYLE = (
    "<style>.evaluation-result{font-size:var(--jp-ui-font-size1,14px);line-height:1.45}"
    ".evaluation-result p{margin:.5em 0;max-width:60em}"
    ".evaluation-result .mark{border-left:4px solid #b3261e;padding:.2em .7em;font-weight:600}"
    ".evaluation-result .wide{overflow:auto;max-height:40em}"
    ".evaluation-result .wide table{border-collapse:collapse;margin:.5em 0}"
    ".evaluation-result .wide caption{text-align:left;font-weight:600;padding:.2em .5em .4em;white-space:nowrap}"
    ".evaluation-result .wide th,.evaluation-result .wide td{text-align:left;vertical-align:top;"
    "padding:.3em .8em;max-width:22em;white-space:normal}"
    ".evaluation-result .wide .number{text-align:right;font-variant-numeric:tabular-nums}"
    ".evaluation-result .wide td.number{white-space:nowrap}"
    ".evaluation-result details{margin:.5em 0}.evaluation-result summary{cursor:pointer}</style>"
)
"""Takes the colours of the notebook's theme; only the mark has one of its own."""
