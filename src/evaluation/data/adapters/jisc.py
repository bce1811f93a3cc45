"""Exports in the style of Jisc Online Surveys and Enalyzer: the number before an answer is not its value."""

import re
from collections.abc import Sequence

import pandas as pd

from evaluation.data.adapters.adapter import Adapter, Delivered, Reading, readable, rewritten
from evaluation.data.matching import plain
from evaluation.vocabulary.message import Message, msg, nmsg

OWN = ("unique response number", "unique response no")
NUMBERED = re.compile(r"\s*(\d{1,2})\s*[-–—.:)=]\s+(\D.*)", re.DOTALL)
QUESTION = re.compile(r"\s*\d+(?:\.\w{1,3})*\.?\s+(\S.*)", re.DOTALL)


def matches(rows: Sequence[list[str]], header: list[str]) -> bool:
    """Tell whether the first column is Jisc's number of the response."""
    return plain(header[0]) in OWN


def read(delivered: Delivered) -> Reading:
    """Read an export in the style of Jisc Online Surveys.

    Parameters
    ----------
    delivered
        The file.

    Returns
    -------
    Reading
        Under the headers of the file. Where every answer of a column begins with the number of its option
        (“1. Agree strongly”), the number is taken off: it counts options from the top of the list, so
        that only the label says which value is meant.
    """
    titles = delivered.cells(0)
    frame, number = delivered.under(titles, 1)
    numbered = [name for name in frame.columns[1:] if _is_numbered(frame[name])]
    bare = {name: _bare(frame[name]) if name in numbered else frame[name].array for name in frame.columns}
    wording = {name: readable(_question(name)) for name in titles if name in frame.columns}
    notes = _note(delivered, len(numbered))
    return Reading(pd.DataFrame(bare, index=frame.index), number, wording=wording, notes=notes)


def _is_numbered(column: pd.Series) -> bool:
    """Tell whether all answers have a number, each number with one label and each label with one number."""
    texts = [text for text in column.cat.categories if text.strip()]
    found = [NUMBERED.fullmatch(text) for text in texts]
    if not found or not all(found):
        return False
    pairs = {(each[1], plain(each[2])) for each in found if each}
    return len(pairs) == len({number for number, _ in pairs}) == len({label for _, label in pairs})


def _bare(column: pd.Series) -> pd.Categorical:
    return rewritten(column.array, [NUMBERED.sub(r"\2", text) for text in column.cat.categories])


def _question(title: str) -> str:
    found = QUESTION.fullmatch(title)
    return found[1] if found else title


def _note(delivered: Delivered, count: int) -> tuple[Message, ...]:
    if not count:
        return ()
    return (
        nmsg(
            "In {count} column of {file}, the number of the option before each answer was taken off.",
            "In {count} columns of {file}, the number of the option before each answer was taken off.",
            count=count,
            file=delivered.path.name,
        ),
    )


ADAPTER = Adapter(
    "Jisc Online Surveys",
    msg("{file} was read as an export from Jisc Online Surveys, because of its column of response numbers."),
    matches,
    read,
)
