"""Questions with several answers: each answer becomes an item that is chosen or not."""

import math
import re
from collections.abc import Collection, Iterator, Sequence

import numpy as np
import pandas as pd

from evaluation.data.answer_text import BLANK, DONT_KNOW, NONE, NOT_APPLICABLE, UNKNOWN, ResponseScale
from evaluation.data.export import Export
from evaluation.data.matching import nearest, plain, shorten
from evaluation.project.codebook import Entry
from evaluation.vocabulary.errors import Problem
from evaluation.vocabulary.message import msg

OTHER = "*"
"""The option that stands for every text that is no other option."""
BETWEEN = re.compile(r"[;\n|]")
TICKED = {"1", "x", "ja", "yes", "true", "sant", "vald", "selected", "checked", "markerad", "✓", "☑"}
UNTICKED = {"0", "nej", "no", "false", "falskt", "not selected", "unchecked", "ej markerad"}

Chosen = tuple[np.ndarray, np.ndarray, list[Problem]]


def chosen(export: Export, entry: Entry, entries: Sequence[Entry], scale: ResponseScale) -> Chosen:
    """Return for every row whether an answer was chosen.

    Parameters
    ----------
    export
        The rows that count.
    entry
        The codebook's row of the answer.
    entries
        All rows of the codebook for the same source and wave, among them the question's other answers.
    scale
        The response scale, for its texts that mean "don't know" and "not applicable".

    Returns
    -------
    tuple
        Values (1 chosen, 0 not) and codes, one per row, and what cannot be understood. A row where the
        whole question is empty is blank, not 0. In one column, answers stand between semicolons, commas or
        line breaks; a comma inside the text of an option does not part it. With a column per answer
        (`select`), the cell holds the answer's text or a tick.
    """
    question = [other for other in entries if other.option and _question(other) == _question(entry)]
    column = export.frame[export.find(entry.column)]
    if entry.select:
        return _ticked(export, column, entry, question, scale)
    options = {plain(other.option) for other in question}
    meanings = [_in_list(str(text), entry, options, scale) for text in column.cat.categories]
    values, codes = _by_row(meanings, column)
    first = entry is question[0]
    problems = [*_strangers(export, column, question, options, scale)] if first else []
    return values, codes, problems


def _question(entry: Entry) -> tuple[str, str]:
    return ("select", entry.select) if entry.select else ("column", plain(entry.column))


def _by_row(meanings: Sequence[tuple[float, int]], column: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    places = column.array.codes
    values = np.array([value for value, _ in meanings], dtype=float)
    codes = np.array([code for _, code in meanings], dtype=np.int8)
    return values[places], codes[places]


def _in_list(text: str, entry: Entry, options: Collection[str], scale: ResponseScale) -> tuple[float, int]:
    code = _whole(text, options, scale)
    if code != NONE:
        return math.nan, code
    parts = split_answers(text, options)
    wanted = plain(entry.option)
    if wanted == OTHER:
        return float(any(part not in options for part in parts)), NONE
    return float(wanted in parts), NONE


def _whole(text: str, options: Collection[str], scale: ResponseScale) -> int:
    """Return the code of a cell: blank, a kind of missing, or an answer."""
    if not text.strip(" ;,\n"):
        return BLANK
    code = scale.texts.get(plain(text.strip(" ;")), (0.0, NONE))[1]
    return code if code in (DONT_KNOW, NOT_APPLICABLE) and plain(text.strip(" ;")) not in options else NONE


def split_answers(text: str, options: Collection[str]) -> list[str]:
    """Return the answers in a cell in plain spelling; a comma parts them unless an option has it.

    Parameters
    ----------
    text
        The cell.
    options
        The answers that are known, in plain spelling.

    Examples
    --------
    >>> split_answers("A; B, C;", {"a", "b", "c"})
    ['a', 'b', 'c']
    >>> split_answers("Courses, seminars; C", {"courses, seminars", "c"})
    ['courses, seminars', 'c']
    """
    answers: list[str] = []
    for piece in BETWEEN.split(text):
        words = [word for word in map(plain, piece.split(",")) if word]
        while words:
            longest = next((end for end in range(len(words), 0, -1) if ", ".join(words[:end]) in options), 1)
            answers.append(", ".join(words[:longest]))
            words = words[longest:]
    return answers


def _strangers(
    export: Export,
    column: pd.Series,
    question: Sequence[Entry],
    options: Collection[str],
    scale: ResponseScale,
) -> Iterator[Problem]:
    """Yield every answer in a column that no row of the codebook is about."""
    if OTHER in options:
        return
    told: set[str] = set()
    for text, count in column.value_counts(sort=False).items():
        if not count or _whole(str(text), options, scale) != NONE:
            continue
        for part in split_answers(str(text), options):
            if part not in options and part not in told:
                told.add(part)
                row = int(column.index[column == text].min())
                yield _stranger(export.where(row, str(column.name)), part, question)


def _stranger(where: str, text: str, question: Sequence[Entry]) -> Problem:
    near = nearest(text, [entry.option for entry in question])
    do = msg("Add a row for it to the codebook, or one with the option * for all other answers.")
    if near is not None:
        do = msg("Did you mean “{near}”? Correct the file, or add a row for it to the codebook.", near=near)
    return Problem(msg("“{found}” is not among the answers of the question.", found=shorten(text)), where, do)


def _ticked(
    export: Export, column: pd.Series, entry: Entry, question: Sequence[Entry], scale: ResponseScale
) -> Chosen:
    columns = [export.frame[export.find(other.column)] for other in question]
    asked = np.logical_or.reduce([_filled(other) for other in columns])
    meanings = [_tick(str(text), entry, scale) for text in column.cat.categories]
    values, codes = _by_row(meanings, column)
    blank = codes == BLANK
    values, codes = np.where(blank & asked, 0.0, values), np.where(blank & asked, NONE, codes)
    return values, codes.astype(np.int8), list(_no_ticks(export, column, meanings))


def _filled(column: pd.Series) -> np.ndarray:
    filled = np.array([bool(str(text).strip()) for text in column.cat.categories], dtype=bool)
    return filled[column.array.codes]


def _tick(text: str, entry: Entry, scale: ResponseScale) -> tuple[float, int]:
    found = plain(text)
    if not found:
        return math.nan, BLANK
    if found in TICKED or found == plain(entry.option):
        return 1.0, NONE
    if found in UNTICKED:
        return 0.0, NONE
    code = scale.texts.get(found, (0.0, NONE))[1]
    if code in (DONT_KNOW, NOT_APPLICABLE):
        return math.nan, code
    return (1.0, NONE) if entry.option == OTHER else (math.nan, UNKNOWN)


def _no_ticks(export: Export, column: pd.Series, meanings: Sequence[tuple[float, int]]) -> Iterator[Problem]:
    counts = column.value_counts(sort=False)
    for text, (_, code) in zip(column.cat.categories, meanings, strict=True):
        if code == UNKNOWN and counts[text]:
            row = int(column.index[column == text].min())
            yield Problem(
                msg("“{found}” is neither the answer's text nor a tick.", found=shorten(str(text))),
                export.where(row, str(column.name)),
                msg("Correct the file, or the column `option` of the codebook."),
            )
