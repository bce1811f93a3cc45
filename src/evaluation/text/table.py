"""A result as a flat table: one header row, written cells; what a page, Word and Excel show."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evaluation.text import format as write
from evaluation.text.catalogue import say
from evaluation.text.lexicon import Lexicon, word
from evaluation.text.sentence import capital, describe, fields_of, level_percent, level_word, term_word
from evaluation.vocabulary.columns import GLOSSARY
from evaluation.vocabulary.estimands import ESTIMANDS
from evaluation.vocabulary.message import Message, msg, pmsg
from evaluation.vocabulary.verdicts import VERDICTS

Cell = Callable[[Mapping[str, Any], dict[str, Any], str], str]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a flat table: its header and how a row's cell is written."""

    header: Message
    cell: Cell
    numeric: bool = True


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


def _interval(row: Mapping[str, Any], fields: dict[str, Any], lang: str) -> str:
    return write.interval(
        str(fields.get("conf_low", write.NOTHING)), str(fields.get("conf_high", write.NOTHING)), lang
    )


def _bounds(row: Mapping[str, Any], fields: dict[str, Any], lang: str) -> str:
    return write.interval(
        str(fields.get("bound_low", write.NOTHING)), str(fields.get("bound_high", write.NOTHING)), lang
    )


def _verdict(row: Mapping[str, Any], fields: dict[str, Any], lang: str) -> str:
    return str(fields.get("verdict", write.NOTHING))


COLUMNS: dict[str, Column] = {
    **{name: Column(header, _field(name)) for name, header in GLOSSARY.items()},
    "answer": Column(pmsg("column", "Among those who answered"), _answer),
    "taking_part": Column(pmsg("column", "Among those who take part"), _answer),
    "counted": Column(pmsg("column", "Among those with information"), _answer),
    "number": Column(pmsg("column", "Number"), _field("n")),
    "rate": Column(pmsg("column", "Answered"), _answer),
    "change": Column(pmsg("column", "Change"), _field("estimate")),
    "difference": Column(pmsg("column", "Difference"), _field("estimate")),
    "rows_read": Column(pmsg("column", "Rows read"), _field("n")),
    "rows_kept": Column(pmsg("column", "Rows kept"), _field("k")),
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
    return write.NOTHING


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
    too_few = say(msg("too few answers"), lang)
    rows, tones = [], []
    for row in records:
        fields = fields_of(row, lang=lang, words=words, conf_level=conf_level)
        if "finding" in columns:
            short = describe(row, lang=lang, level="short", words=words, conf_level=conf_level)
            fields["finding"] = " ".join(short.finding)
        cells = [COLUMNS[name].cell(row, fields, lang) for name in columns]
        if row.get("suppressed"):
            cells = [
                cell if not COLUMNS[name].numeric else too_few
                for name, cell in zip(columns, cells, strict=True)
            ]
        rows.append((row_name(row, lang, words), *cells))
        tones.append(VERDICTS[str(row["verdict"])].tone if row.get("verdict") in VERDICTS else "")
    percent = capital(level_percent(conf_level, lang))
    kinds = {row["estimand"] for row in records}
    rows_are = ESTIMANDS[kinds.pop()].rows if len(kinds) == 1 else pmsg("column", "Statement")
    header = (
        say(rows_are, lang),
        *(say(COLUMNS[name].header, lang, level_percent=percent) for name in columns),
    )
    return FlatTable(header, tuple(rows), (False, *(COLUMNS[name].numeric for name in columns)), tuple(tones))


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
    return ", ".join(parts) or say(pmsg("default", "The measure"), lang)
