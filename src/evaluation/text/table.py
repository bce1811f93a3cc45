"""A result as a flat table: one header row, written cells; what a page, Word and Excel show."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evaluation.text import format as write
from evaluation.text.catalogue import say
from evaluation.text.lexicon import Lexicon, word
from evaluation.text.sentence import (
    capital,
    describe,
    fields_of,
    level_percent,
    level_word,
    reason_of,
    term_word,
)
from evaluation.vocabulary.columns import GLOSSARY
from evaluation.vocabulary.estimands import ESTIMANDS
from evaluation.vocabulary.message import Message, msg, pmsg
from evaluation.vocabulary.row import is_rounded
from evaluation.vocabulary.verdicts import VERDICTS

Cell = Callable[[Mapping[str, Any], dict[str, Any], str], str]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a flat table: its header and how a row's cell is written.

    Attributes
    ----------
    header, cell
        What stands at the top, and how a row's cell is written.
    numeric
        Whether it holds numbers: they are aligned to the right, and withheld with their row.
    stated
        Whether it holds nothing of what is withheld: what was planned, or a difference that is then empty.
    """

    header: Message
    cell: Cell
    numeric: bool = True
    stated: bool = False


@dataclass(frozen=True, slots=True)
class FlatTable:
    """Written cells with one header row; the first cell of a row names it.

    Attributes
    ----------
    header
        One text per column.
    rows
        The written cells.
    numeric
        Per column, whether it holds numbers and is aligned to the right.
    tones
        Per row, the tone of its verdict, or an empty text.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]
    tones: tuple[str, ...]

    def without_empty(self) -> "FlatTable":
        """Leave out the columns that no row fills."""
        places = range(1, len(self.header))
        keep = [0, *(i for i in places if any(row[i] not in (write.NOTHING, "") for row in self.rows))]
        return FlatTable(
            tuple(self.header[i] for i in keep),
            tuple(tuple(row[i] for i in keep) for row in self.rows),
            tuple(self.numeric[i] for i in keep),
            self.tones,
        )


def _field(name: str) -> Cell:
    return lambda row, fields, lang: str(fields.get(name, write.NOTHING))


def _answer(row: Mapping[str, Any], fields: dict[str, Any], lang: str) -> str:
    if "estimate" not in fields:
        return write.NOTHING
    if "k" not in fields:
        return str(fields["estimate"])
    return say(msg("{estimate} ({k} of {n})"), lang, **fields)


def _count_of(row: Mapping[str, Any], fields: dict[str, Any], lang: str) -> str:
    return say(msg("{k} of {n}"), lang, **fields) if "k" in fields else write.NOTHING


def _interval(row: Mapping[str, Any], fields: dict[str, Any], lang: str) -> str:
    return write.interval(
        str(fields.get("conf_low", write.NOTHING)), str(fields.get("conf_high", write.NOTHING)), lang
    )


def _bounds(row: Mapping[str, Any], fields: dict[str, Any], lang: str) -> str:
    return write.interval(
        str(fields.get("bound_low", write.NOTHING)), str(fields.get("bound_high", write.NOTHING)), lang
    )


def _range(row: Mapping[str, Any], fields: dict[str, Any], lang: str) -> str:
    """Write what is certain where the row says it, otherwise what is likely."""
    return (_bounds if "bound_low" in fields else _interval)(row, fields, lang)


def _of(row: Mapping[str, Any], fields: dict[str, Any], lang: str) -> str:
    return say(msg("{k} of {n}"), lang, **fields) if {"k", "n"} <= fields.keys() else write.NOTHING


def _otherwise(row: Mapping[str, Any], fields: dict[str, Any], lang: str) -> str:
    """Name the ways of computing that lead to another verdict."""
    terms = str(row.get("changes_under") or "").split()
    return write.listing([word({}, f"term.{term}", lang) for term in terms], lang) if terms else write.NOTHING


def _deviation(row: Mapping[str, Any], fields: dict[str, Any], lang: str) -> str:
    """Write what came out minus what was planned."""
    if not {"estimate", "target"} <= fields.keys():
        return write.NOTHING
    written = DEVIATIONS[ESTIMANDS[row["estimand"]].unit]
    deviation = written(float(row["estimate"]) - float(row["target"]), lang)
    return f"{write.NEAR}{deviation}" if is_rounded(row) else deviation


DEVIATIONS: dict[str, Callable[[float, str], str]] = {
    "share": write.points,
    "count": lambda value, lang: write.signed(value, lang, 0),
}
"""How a deviation from what was planned is written, by the quantity's unit."""


def _range_of_bounds(row: Mapping[str, Any], fields: dict[str, Any], lang: str) -> str:
    if "bound_low" not in fields:
        return write.NOTHING
    return write.interval(str(fields["bound_low"]), str(fields["bound_high"]), lang)


def _on_the_ladder(row: Mapping[str, Any], fields: dict[str, Any], lang: str) -> str:
    return say(msg("{estimate}, on a scale that ends at {reference}"), lang, **fields)


def _verdict(row: Mapping[str, Any], fields: dict[str, Any], lang: str) -> str:
    return str(fields.get("verdict", write.NOTHING))


COLUMNS: dict[str, Column] = {
    **{name: Column(header, _field(name)) for name, header in GLOSSARY.items()},
    "answer": Column(pmsg("column", "Among those who answered"), _answer),
    "taking_part": Column(pmsg("column", "Among those who take part"), _answer),
    "share_of_step": Column(pmsg("column", "Share of all at the step"), _answer),
    "share_of_group": Column(pmsg("column", "Share of the group"), _answer),
    "of_the_group": Column(pmsg("column", "Of the group"), _count_of),
    "share_of_resource": Column(pmsg("column", "Share of all hours or money"), _field("estimate")),
    "share_of_participants": Column(pmsg("column", "Share of the participants"), _field("reference")),
    "share_of_hours": Column(pmsg("column", "Share of the hours"), _field("estimate")),
    "number_of_people": Column(pmsg("column", "People"), _field("n")),
    "number_of_records": Column(pmsg("column", "Records"), _field("n")),
    "times": Column(pmsg("column", "Times as often"), _field("estimate")),
    "workshop": Column(
        pmsg("column", "To be filled in at the workshop"), lambda row, fields, lang: "…", numeric=False
    ),
    "counted": Column(pmsg("column", "Among those with information"), _answer),
    "planned": Column(pmsg("column", "Planned"), _field("target"), stated=True),
    "actual": Column(pmsg("column", "Actual"), _answer),
    "deviation": Column(pmsg("column", "Deviation"), _deviation, stated=True),
    "explanation": Column(
        pmsg("column", "Reason for the deviation"), lambda row, fields, lang: "…", numeric=False
    ),
    "human": Column(pmsg("column", "To be filled in"), lambda row, fields, lang: "…", numeric=False),
    "counted_number": Column(pmsg("column", "Number"), _field("estimate")),
    "known": Column(pmsg("column", "With information"), _field("n")),
    "remark": Column(pmsg("column", "Remark"), _field("why_so"), numeric=False),
    "number": Column(pmsg("column", "Number"), _field("n")),
    "number_and_share": Column(pmsg("column", "Number and share"), _answer),
    "left_early": Column(pmsg("column", "Left before the end"), _answer),
    "mean_change": Column(pmsg("column", "Mean change"), _field("reference")),
    "from_questions": Column(
        pmsg("column", "Of which from questions that moved differently"), _field("estimate")
    ),
    "mean_left": Column(pmsg("column", "Mean of those who left"), _field("mean_level")),
    "mean_stayed": Column(pmsg("column", "Mean of those who stayed"), _field("mean_reference")),
    "points": Column(pmsg("column", "Difference in percentage points"), _field("estimate")),
    "boundary": Column(pmsg("column", "Low if at most"), _field("reference")),
    "item": Column(GLOSSARY["item"], _field("item"), numeric=False),
    "without_item": Column(pmsg("column", "Without it, by"), _field("estimate")),
    "true_change": Column(GLOSSARY["true_change"], _field("true_change")),
    "by_loading": Column(GLOSSARY["by_loading"], _field("by_loading")),
    "by_intercept": Column(GLOSSARY["by_intercept"], _field("by_intercept")),
    "dmacs": Column(GLOSSARY["dmacs"], _field("dmacs")),
    "cfi": Column(pmsg("column", "Fit (CFI)"), _field("estimate")),
    "worse_by": Column(pmsg("column", "Fits worse by (chi-square)"), _field("statistic")),
    "item_rest": Column(pmsg("column", "Correlation with the others"), _field("estimate")),
    "answer_share": Column(pmsg("column", "Share"), _answer),
    "change_per_hours": Column(pmsg("column", "Change per ten hours"), _field("estimate")),
    "answers_more": Column(pmsg("column", "More answers"), _field("estimate")),
    "agreeing": Column(pmsg("column", "Other ways with the same verdict"), _of),
    "otherwise": Column(pmsg("column", "Another verdict by"), _otherwise, numeric=False),
    "method": Column(GLOSSARY["method"], _field("method"), numeric=False),
    "range": Column(pmsg("column", "From–to"), _range),
    "reason": Column(GLOSSARY["reason"], _field("why_so"), numeric=False),
    "tipping": Column(pmsg("column", "Shift that would change it"), _field("delta")),
    "usual": Column(GLOSSARY["usual"], _field("usual"), numeric=False),
    "rate": Column(pmsg("column", "Answered"), _answer),
    "change": Column(pmsg("column", "Change"), _field("estimate")),
    "needed": Column(pmsg("column", "Needed"), _field("mean_reference")),
    "there": Column(pmsg("column", "There"), _field("mean_level")),
    "lacking": Column(pmsg("column", "Lacking"), _field("estimate")),
    "rank": Column(pmsg("column", "Rank"), _field("estimate")),
    "rank_range": Column(pmsg("column", "Rank, from–to"), _interval),
    "top_three": Column(pmsg("column", "Chance of being among the three largest"), _field("probability")),
    "weighted": Column(pmsg("column", "Score"), _field("statistic")),
    "lack_more": Column(pmsg("column", "Lack competence"), _field("mean_share")),
    "bridging": Column(
        pmsg("column", "On so many of a hundred shortest ways between others"), _field("estimate")
    ),
    "of_projects": Column(pmsg("column", "Projects"), _of),
    "projects": Column(pmsg("column", "Projects"), _field("n_groups")),
    "difference": Column(pmsg("column", "Difference"), _field("estimate")),
    "linked": Column(pmsg("column", "Linked"), _answer),
    "with_code": Column(pmsg("column", "With a code"), _answer),
    "of_links": Column(pmsg("column", "Links"), _answer),
    "of_companies": Column(pmsg("column", "Companies"), _answer),
    "expected": Column(pmsg("column", "Expected number"), _field("estimate")),
    "cells": Column(pmsg("column", "Cells"), _field("k")),
    "of_read": Column(pmsg("column", "Share of those read"), _field("estimate")),
    "cause": Column(pmsg("column", "Why"), _field("cause"), numeric=False),
    "rows_read": Column(pmsg("column", "Rows read"), _field("n")),
    "rows_kept": Column(pmsg("column", "Rows kept"), _field("k")),
    "bounds_of_it": Column(pmsg("column", "Between"), _range_of_bounds),
    "shift": Column(pmsg("column", "Trends differ by at most"), _field("delta")),
    "prediction": Column(pmsg("column", "{level_percent} prediction"), _interval),
    "in_organisations": Column(pmsg("column", "Organisations"), _field("n")),
    "on_the_ladder": Column(pmsg("column", "Step"), _on_the_ladder),
    "in_programme": Column(pmsg("column", "Those who take part"), _field("n_level")),
    "in_comparison": Column(pmsg("column", "Comparison group"), _field("n_reference")),
    "mean_growth": Column(pmsg("column", "Growth of those who take part"), _field("mean_level")),
    "mean_growth_others": Column(
        pmsg("column", "Growth of those they are compared with"), _field("mean_reference")
    ),
    "times_as_apart": Column(pmsg("column", "Times as apart as before the start"), _field("ratio")),
    "bend_of_trend": Column(
        pmsg("column", "The yearly difference changes by at most, in percentage points"), _field("bend")
    ),
    "tolerated_times": Column(
        pmsg("column", "Stands up to so many times as apart as before the start"), _field("estimate")
    ),
    "tolerated_bend": Column(
        pmsg("column", "Stands up to a change of the yearly difference of, in percentage points"),
        _field("bend"),
    ),
    "odds_in_pair": Column(pmsg("column", "Times as likely, at most"), _field("estimate")),
    "pairs": Column(pmsg("column", "Pairs"), _field("n")),
    "smallest_found": Column(pmsg("column", "Smallest change"), _field("estimate")),
    "planned_error": Column(pmsg("column", "Standard error of the change"), _field("estimate")),
    "both_times": Column(pmsg("column", "Both times"), _field("n")),
    "variance_ratio": Column(pmsg("column", "Design effect"), _field("ratio")),
    "kept": Column(pmsg("column", "Kept and linked"), _field("mean_share")),
    "planned_target": Column(pmsg("column", "Target"), _field("tipping_share")),
    "true_share": Column(pmsg("column", "If the true share is"), _field("mean_share")),
    "needed_answers": Column(pmsg("column", "Answers needed"), _field("estimate")),
    "chance_of_it": Column(pmsg("column", "Chance"), _field("estimate")),
    "stays_open": Column(pmsg("column", "Chance that it cannot be determined"), _field("probability")),
    "expected_answers": Column(pmsg("column", "Expected answers"), _field("n")),
    "finding": Column(pmsg("column", "Finding"), _field("finding"), numeric=False),
    "interval": Column(pmsg("column", "{level_percent} interval"), _interval),
    "bounds": Column(pmsg("column", "Among all: from–to"), _bounds),
    "verdict": Column(pmsg("column", "Verdict"), _verdict, numeric=False),
    "contrast": Column(
        pmsg("column", "Comparison"), lambda row, fields, lang: _contrast(fields, lang), numeric=False
    ),
}
"""What a table can show. Some columns are written from several of a result's columns."""


def _contrast(fields: dict[str, Any], lang: str) -> str:
    if "level" in fields and "reference_level" in fields:
        return say(
            msg("{level} minus {reference_level}", **{n: fields[n] for n in ("level", "reference_level")}),
            lang,
        )
    if "earlier" in fields:
        return say(
            msg("from {earlier} to {later}", **{n: fields[n] for n in ("earlier", "later")}),
            lang,
        )
    return write.NOTHING


FOR_PEOPLE = ("explanation", "human", "workshop")
"""Columns that people fill in; a verdict does not colour them."""


def flat_table(
    records: Sequence[Mapping[str, Any]],
    columns: Sequence[str],
    *,
    lang: str,
    words: Lexicon,
    conf_level: float,
) -> FlatTable:
    """Write a result's rows as a flat table.

    Parameters
    ----------
    records
        The rows of a protected result.
    columns
        Keys of `COLUMNS`; the row's name comes before them.
    lang
        The language.
    words
        The project's words.
    conf_level
        The level of the intervals.
    """
    too_few = say(msg("too few to show"), lang)
    rows, tones = [], []
    for row in records:
        fields = fields_of(row, lang=lang, words=words, conf_level=conf_level)
        if "finding" in columns:
            short = describe(row, lang=lang, level="short", words=words, conf_level=conf_level)
            fields["finding"] = " ".join(short.finding)
        if {"reason", "remark"} & set(columns):
            fields["why_so"] = reason_of(row, fields, lang) or write.NOTHING
        cells = [COLUMNS[name].cell(row, fields, lang) for name in columns]
        if row.get("suppressed"):
            hidden = [COLUMNS[name].numeric and not COLUMNS[name].stated for name in columns]
            cells = _withheld(cells, hidden, too_few)
        rows.append((row_name(row, lang, words), *cells))
        judged = row.get("verdict") in VERDICTS and columns[-1] not in FOR_PEOPLE
        tones.append(VERDICTS[str(row["verdict"])].tone if judged else "")
    percent = capital(level_percent(conf_level, lang))
    kinds = {row["estimand"] for row in records}
    rows_are = ESTIMANDS[kinds.pop()].rows if len(kinds) == 1 else pmsg("column", "Statement")
    header = (
        say(rows_are, lang),
        *(say(COLUMNS[name].header, lang, level_percent=percent) for name in columns),
    )
    return FlatTable(header, tuple(rows), (False, *(COLUMNS[name].numeric for name in columns)), tuple(tones))


def _withheld(cells: Sequence[str], hidden: Sequence[bool], too_few: str) -> list[str]:
    """Say once, in the first of the hidden columns, that a row is withheld."""
    first = hidden.index(True) if True in hidden else -1
    return [
        too_few if place == first else write.NOTHING if gone else cell
        for place, (cell, gone) in enumerate(zip(cells, hidden, strict=True))
    ]


def short_name(row: Mapping[str, Any], lang: str, words: Lexicon) -> str:
    """Say what a row is about in as few words as possible: the statement's id, then part and group."""
    key = f"id.{row.get('indicator')}"
    if key not in words:
        return row_name(row, lang, words)
    parts = [word(words, key, lang)]
    if row.get("term") is not None:
        parts.append(term_word(row, lang, words))
    if row.get("level") is not None:
        parts.append(level_word(row, str(row["level"]), lang, words))
    return " ".join(parts)


def row_name(row: Mapping[str, Any], lang: str, words: Lexicon) -> str:
    """Say what a row is about: statement id and label, then the part, group or scale it is limited to."""
    indicator = row.get("indicator")
    parts = []
    if indicator:
        parts.append(
            f"{word(words, f'id.{indicator}', lang)} {word(words, f'label.{indicator}', lang)}".strip()
        )
    elif row.get("scale") or row.get("item"):
        kind = "scale" if row.get("scale") else "item"
        parts.append(word(words, f"{kind}.{row[kind]}", lang))
    if row.get("term") is not None:
        parts.append(term_word(row, lang, words))
    if row.get("level") is not None:
        parts.append(level_word(row, str(row["level"]), lang, words))
    if not indicator and row.get("wave") is not None:
        parts.append(word(words, f"wave.{row['wave']}", lang))
    if parts:
        parts[0] = capital(parts[0])
    return ", ".join(parts) or word(words, "label", lang)
