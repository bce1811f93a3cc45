"""Codes that people make up of themselves, written with errors, and companies to compare them within."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from evaluation.project.model import Project
from evaluation.simulate.cells import Cells
from evaluation.simulate.identifier import identifier_columns
from evaluation.simulate.streams import Streams

VOWELS, CONSONANTS = "aeiouyåäö", "bdfghjklmnprstv"
SYLLABLES = np.array([first + second for first in CONSONANTS for second in VOWELS], dtype=object)
COMMON = 4.0
"""The value of rank r is taken by a share proportional to 1 / (r + COMMON): some names are much more common."""

Draw = Callable[[np.random.Generator, int], NDArray[np.object_]]


def _syllable(values: int) -> Draw:
    share = 1 / (np.arange(values) + COMMON)
    return lambda rng, n: SYLLABLES[rng.choice(values, n, p=share / share.sum())]


def _whole(low: int, high: int) -> Draw:
    return lambda rng, n: rng.integers(low, high + 1, n).astype(str).astype(object)


ELEMENTS: tuple[Draw, ...] = (_syllable(120), _whole(1, 31), _syllable(80), _whole(0, 99))
"""How each element is drawn, in turn: two letters of a name, a day, two letters of a place, two digits."""


def true_codes(elements: int, people: int, streams: Streams) -> NDArray[np.object_]:
    """Return the codes that people would write if nobody made a mistake.

    Parameters
    ----------
    elements
        How many elements the code has; with one, it is written in one piece of four.
    people
        How many people there are.
    streams
        The source of randomness.

    Returns
    -------
    numpy.ndarray
        Shape (people, number of elements, at least 4 where the code is in one piece).
    """
    width = max(elements, len(ELEMENTS)) if elements == 1 else elements
    return _drawn(streams.of("code"), width, people)


def _drawn(rng: np.random.Generator, width: int, people: int) -> NDArray[np.object_]:
    return np.column_stack([ELEMENTS[place % len(ELEMENTS)](rng, people) for place in range(width)])


def code_columns(
    project: Project, source: str, people: NDArray[np.int64], total: int, streams: Streams
) -> dict[str, Cells]:
    """Return the columns by which the people of a source are linked.

    Parameters
    ----------
    project
        A definition with a section `linkage`.
    source
        The source that is written.
    people
        The numbers of the people in its rows, shape (rows,).
    total
        How many people there are.
    streams
        The source of randomness; errors are drawn anew for every source.

    Returns
    -------
    dict
        By header, the elements of the code as they are written at this wave, or the identifier.

    Notes
    -----
    Every element is replaced by what somebody else would have written with probability `code_errors`, and all
    are empty with probability `code_missing`.
    """
    linkage = project.linkage
    headers = linkage.headers(source)
    if linkage.by == "hash":
        return identifier_columns(project, "person", people, total, headers[0])
    codes = true_codes(len(headers), total, streams)
    rng = streams.of(f"code.{source}")
    wrong = rng.random(codes.shape) < project.simulation.code_errors
    written = np.where(wrong, _drawn(rng, codes.shape[1], total), codes)
    written[rng.random(total) < project.simulation.code_missing] = ""
    return _under(headers, written[people])


def _under(headers: Sequence[str], written: NDArray[np.object_]) -> dict[str, Cells]:
    if len(headers) == 1:
        return {headers[0]: np.array(["".join(row) for row in written], dtype=object)}
    return {header: written[:, place] for place, header in enumerate(headers)}


def company_columns(project: Project, source: str, firms: NDArray[np.int64], total: int) -> dict[str, Cells]:
    """Return the column of the company within which the codes of a source are compared, if it is named.

    Parameters
    ----------
    project
        A definition with a section `linkage`.
    source
        The source that is written.
    firms
        The numbers of the organisations in its rows, shape (rows,).
    total
        How many organisations there are.
    """
    header = project.linkage.company.get(source)
    return {} if header is None else identifier_columns(project, "organisation", firms, total, header)
