"""Full names in the registers of people, and where they stand in texts."""

import re
from collections.abc import Iterator, Sequence

import pandas as pd

from evaluation.data.matching import plain
from evaluation.data.privacy.contact import KINDS
from evaluation.data.read import read_export
from evaluation.project.model import LoadedProject

Name = tuple[str, ...]
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
LEAST, MOST = 2, 4
"""How many words a full name has; a first name alone is often an ordinary word."""
FIRST = re.compile(r"(?:för|tilltals)namn|(?:first|given)[ _]?name")
LAST = re.compile(r"efternamn|(?:last|sur|family)[ _]?name")


def register_names(project: LoadedProject) -> frozenset[Name]:
    """Return the full names of the people in the registers, read from the exports as they were delivered.

    Parameters
    ----------
    project
        The project. Registers whose file is no longer there have no names.

    Returns
    -------
    frozenset
        Each name as its words in small letters, in both orders. Taken from columns whose header says that they hold
        names: a first name and a last name in one row, or both in one cell. Names of one word are left out.
    """
    found: set[Name] = set()
    for source in project.definition.sources.values():
        path = project.raw_folder / source.file
        if source.kind == "people" and path.is_file():
            found.update(_full_names(read_export(path, source).frame))
    return frozenset(found)


def _full_names(frame: pd.DataFrame) -> Iterator[Name]:
    headers = [str(name) for name in frame.columns if KINDS["name"].header.fullmatch(plain(str(name)))]
    first = [name for name in headers if FIRST.fullmatch(plain(name))]
    last = [name for name in headers if LAST.fullmatch(plain(name))]
    whole = [frame[name].astype("str") for name in headers if name not in (*first, *last)]
    if first and last:
        whole.append(frame[first[0]].astype("str") + " " + frame[last[0]].astype("str"))
    for column in whole:
        for text in column.unique():
            words = _words(text)
            if LEAST <= len(words) <= MOST:
                yield words
                yield (words[-1], *words[:-1])
                yield (*words[1:], words[0])


def _words(text: str) -> Name:
    return tuple(WORD.findall(text.casefold()))


def names_in(text: str, names: frozenset[Name]) -> int:
    """Count the full names in a text.

    Examples
    --------
    >>> names_in("Tack till Anna Berg och BERG, ANNA.", frozenset({("anna", "berg"), ("berg", "anna")}))
    2
    """
    if not names:
        return 0
    return sum(1 for _ in _starts(_words(text), names))


def _starts(words: Sequence[str], names: frozenset[Name]) -> Iterator[int]:
    """Yield where a name may begin, none within the one before."""
    place = 0
    while place < len(words):
        size = _longest(words[place : place + MOST], names)
        if size:
            yield place
        place += max(size, 1)


def _longest(words: Sequence[str], names: frozenset[Name]) -> int:
    return next((size for size in range(min(MOST, len(words)), 1, -1) if tuple(words[:size]) in names), 0)
