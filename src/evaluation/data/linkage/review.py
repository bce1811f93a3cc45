"""The file in which the evaluator decides about pairs that the rule does not link."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from evaluation.data.linkage.candidates import Places, code_cost
from evaluation.data.linkage.match import REASONS, Decided, Linkage
from evaluation.data.linkage.normalise import comparable, comparable_name
from evaluation.data.linkage.wave import WITHIN, WaveCodes
from evaluation.text.catalogue import say
from evaluation.vocabulary.errors import LinkageError, MissingFileError, Problem, one_of
from evaluation.vocabulary.message import Message, msg

COLUMNS = ("block", "before", "after", "code_before", "code_after", "cost", "reason", "decision")
DECISIONS = ("", "accept", "reject")
DELIMITERS = (";", ",", "\t")
GUARD = "'"


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the decisions file.

    Attributes
    ----------
    block
        The company, in comparable form.
    before, after
        The respondents at the two waves.
    code_before, code_after
        Their codes as they were written.
    decision
        "", `accept` or `reject`.
    line
        The row's line in the file.
    """

    block: str
    before: str
    after: str
    code_before: str
    code_after: str
    decision: str
    line: int


def review_table(linkage: Linkage, entries: tuple[Entry, ...] = (), *, lang: str = "en") -> pd.DataFrame:
    """Pairs to decide about, with what has been decided already.

    Parameters
    ----------
    linkage
        Two linked waves.
    entries
        The decisions file as it was, so that no decision is lost.
    lang
        The language of the reasons.

    Returns
    -------
    pandas.DataFrame
        One row per pair: block, before, after, code_before, code_after, cost, reason, decision; sorted.
    """
    decided = {(entry.before, entry.after): entry.decision for entry in entries if entry.decision}
    places, _ = _places(linkage.before, linkage.after, entries)
    i, j = np.vstack([linkage.review, places]).astype(np.int64).T
    reasons = [say(REASONS[key], lang) for key in linkage.reason] + [""] * len(places)
    one, two = linkage.before, linkage.after
    table = pd.DataFrame(
        {
            "block": one.block[i],
            "before": one.respondent[i],
            "after": two.respondent[j],
            "code_before": one.code[i],
            "code_after": two.code[j],
            "cost": code_cost(one.folded[i], two.folded[j]),
            "reason": np.array(reasons, dtype=object),
        }
    ).drop_duplicates(["before", "after"])
    keys = zip(table["before"], table["after"], strict=True)
    table = table.assign(decision=np.array([decided.get(key, "") for key in keys], dtype=object))
    return table.sort_values(["block", "before", "after"], ignore_index=True)


def write_review(table: pd.DataFrame, path: Path, *, delimiter: str = ";") -> None:
    """Write pairs to decide about as a file that a spreadsheet opens.

    Parameters
    ----------
    table
        As `review_table` returns it.
    path
        The file; it holds codes, so it belongs beside the raw data, never among reports.
    delimiter
        Semicolon for a Swedish Excel, comma for an English one; both are read.

    Notes
    -----
    UTF-8 with a mark at the start. A text that a spreadsheet could take for a formula, a number or a
    date begins with an apostrophe, which is taken away again when the file is read.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in table[list(COLUMNS)].astype(object).itertuples(index=False):
        writer.writerow([cell if isinstance(cell, int) else _guarded(str(cell)) for cell in row])
    path.write_text(text.getvalue(), encoding="utf-8-sig", newline="")


def _guarded(text: str) -> str:
    plain = _printable(text)
    safe = not plain or (plain[0].isalpha() and not any(sign.isdigit() for sign in plain))
    return plain if safe else GUARD + plain


def _printable(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable()).strip()


def read_review(path: Path) -> tuple[Entry, ...]:
    """Read the decisions file back.

    Parameters
    ----------
    path
        The file that `write_review` wrote and the evaluator edited.

    Returns
    -------
    tuple
        Every row.

    Raises
    ------
    MissingFileError
        If the file is not there.
    LinkageError
        With file and line for every decision that is neither empty, `accept` nor `reject`, and for
        columns that are missing.
    """
    if not path.is_file():
        raise MissingFileError(msg("The file of decisions is not there."), where=path.name)
    rows = list(_rows(path))
    problems = [
        Problem(
            msg("The decision is {found}.", found=f"“{row['decision'][:20]}”"),
            f"{path.name}:{line}",
            msg("Write accept or reject, or leave the cell empty."),
        )
        for line, row in rows
        if row["decision"].casefold() not in DECISIONS
    ]
    if problems:
        raise LinkageError(problems)
    named = ("block", "before", "after", "code_before", "code_after")
    return tuple(
        Entry(*(row[name] for name in named), row["decision"].casefold(), line) for line, row in rows
    )


def _rows(path: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        text = path.read_text(encoding="cp1252", errors="replace")
    header = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(DELIMITERS, key=header.count))
    names = [name.strip().casefold() for name in next(reader, [])]
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        raise LinkageError(
            msg("The file of decisions lacks the columns {missing}.", missing=", ".join(missing)),
            where=f"{path.name}:1",
            do=one_of(missing[0], COLUMNS),
        )
    for row in reader:
        if any(cell.strip() for cell in row):
            cells = [cell.strip().removeprefix(GUARD) for cell in row] + [""] * (len(names) - len(row))
            yield reader.line_num, dict(zip(names, cells, strict=False))


def decisions(entries: tuple[Entry, ...], before: WaveCodes, after: WaveCodes, *, file: str) -> Decided:
    """Return what the evaluator has decided, checked against those who answered.

    Parameters
    ----------
    entries
        The decisions file.
    before, after
        Those who answered at the two waves.
    file
        The file's name, for messages.

    Returns
    -------
    Decided
        The pairs accepted and rejected.

    Raises
    ------
    LinkageError
        With file and line for every decision about a pair that no longer exists (the company, one of the
        two, or a code is another), for a pair that is both accepted and rejected, and for somebody
        accepted in two pairs.
    """
    stated = tuple(entry for entry in entries if entry.decision)
    places, problems = _places(before, after, stated)
    found = [Problem(what, f"{file}:{line}", do) for line, what, do in problems]
    if not found:
        found = [Problem(TWICE, f"{file}:{line}", TWICE_DO) for line in _contradicting(stated)]
    if found:
        raise LinkageError(found)
    accepted = np.array([entry.decision == "accept" for entry in stated], dtype=bool)
    return Decided(*(np.unique(places[rows], axis=0) for rows in (accepted, ~accepted)))


def existing(entries: tuple[Entry, ...], before: WaveCodes, after: WaveCodes) -> tuple[Entry, ...]:
    """Return the decisions about pairs that exist.

    Parameters
    ----------
    entries
        Rows of the decisions file.
    before, after
        Those who answered at the two waves.

    Returns
    -------
    tuple
        Rows without a decision, and those about a pair that is not there, are left out.
    """
    stated = tuple(entry for entry in entries if entry.decision)
    gone = {line for line, _, _ in _places(before, after, stated)[1]}
    return tuple(entry for entry in stated if entry.line not in gone)


TWICE = msg("The decision contradicts an earlier one: a person can be linked to one other only.")
TWICE_DO = msg("Accept one of the pairs, and empty or reject the other.")


def _contradicting(stated: tuple[Entry, ...]) -> Iterator[int]:
    partner: dict[tuple[str, str], str] = {}
    said: dict[tuple[str, str], str] = {}
    for entry in stated:
        pair = (entry.before, entry.after)
        clash = said.setdefault(pair, entry.decision) != entry.decision
        if entry.decision == "accept":
            clash |= partner.setdefault(("before", entry.before), entry.after) != entry.after
            clash |= partner.setdefault(("after", entry.after), entry.before) != entry.before
        if clash:
            yield entry.line


def _places(
    before: WaveCodes, after: WaveCodes, entries: tuple[Entry, ...]
) -> tuple[Places, list[tuple[int, Message, Message]]]:
    """Return the places of the pairs that still exist, and what is wrong with the others."""
    known = [
        {_printable(name): place for place, name in enumerate(wave.respondent)} for wave in (before, after)
    ]
    places, problems = [], []
    for entry in entries:
        i, j = known[0].get(entry.before), known[1].get(entry.after)
        if i is None or j is None or not _same(before, after, i, j, entry):
            problems.append((entry.line, GONE, GONE_DO))
        else:
            places.append((i, j))
    return np.array(places, dtype=np.int64).reshape(-1, 2), problems


GONE = msg("The decision is about a pair that no longer exists: the company, a respondent or a code differs.")
GONE_DO = msg("Delete the row, and look for the pair among the new ones.")


def _same(before: WaveCodes, after: WaveCodes, i: int, j: int, entry: Entry) -> bool:
    company = comparable_name(entry.block)
    codes = ((before.kept[i], entry.code_before), (after.kept[j], entry.code_after))
    return before.block[i] == after.block[j] == company and all(
        list(map(comparable, code.split(WITHIN.strip()))) == list(kept) for kept, code in codes
    )
