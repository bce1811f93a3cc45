"""Linked persons put into the files as they were read, before anything else looks at who answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from evaluation.data.export import Export
from evaluation.data.linkage.hashed import HashKey, keyed_hashes
from evaluation.data.linkage.series import LinkedSeries
from evaluation.data.linkage.wave import WaveCodes, wave_codes
from evaluation.vocabulary.errors import LinkageError, Problem, one_of
from evaluation.vocabulary.message import msg

PERSON = "(linked person)"
"""The header of the column that is added."""
ROW, BLOCK = "row", "block"


@dataclass(frozen=True, slots=True)
class CodeColumns:
    """Where one source has the code.

    Attributes
    ----------
    elements
        The headers of the code's elements, in the same order in every source.
    block
        The header of the company; None if everybody may be linked with everybody.
    """

    elements: tuple[str, ...]
    block: str | None = None


def source_codes(exports: Mapping[str, Export], columns: Mapping[str, CodeColumns]) -> dict[str, WaveCodes]:
    """Codes of everybody in the files of several waves.

    Parameters
    ----------
    exports
        The files by source.
    columns
        Where the code stands, by source in the order of time.

    Returns
    -------
    dict
        By source, those who answered; respondents are the rows of the file.

    Raises
    ------
    LinkageError
        With every column that is not there.
    """
    _refuse_absent(exports, {key: (*part.elements, *_stated(part.block)) for key, part in columns.items()})
    return {key: _codes(exports[key], part) for key, part in columns.items()}


def with_persons(
    exports: Mapping[str, Export], columns: Mapping[str, CodeColumns], series: LinkedSeries
) -> dict[str, Export]:
    """Files with the column `PERSON` in place of the elements of the code.

    Parameters
    ----------
    exports
        The files by source.
    columns
        Where the code stands, by source; other sources are left as they are.
    series
        Who is the same person.

    Returns
    -------
    dict
        The files by source.
    """
    linked = {
        key: _with_person(exports[key], series.persons[key], part.elements) for key, part in columns.items()
    }
    return {**exports, **linked}


def hashed_exports(
    exports: Mapping[str, Export], headers: Mapping[str, str], key: HashKey
) -> dict[str, Export]:
    """Replace an identifier by its keyed hash in the files of several waves.

    Parameters
    ----------
    exports
        The files by source.
    headers
        The column with the identifier, by source; other sources are left as they are.
    key
        The secret key.

    Returns
    -------
    dict
        The files with the column `PERSON` and without the identifier.

    Raises
    ------
    LinkageError
        With every column that is not there.
    """
    _refuse_absent(exports, {source: (header,) for source, header in headers.items()})
    hashed = {}
    for source, header in headers.items():
        export = exports[source]
        column = export.frame[export.find(header)]
        persons = pd.Series(keyed_hashes(column.to_numpy(dtype=object), key), index=export.frame.index)
        hashed[source] = _with_person(export, persons, (header,))
    return {**exports, **hashed}


def _stated(header: str | None) -> tuple[str, ...]:
    return () if header is None else (header,)


def _refuse_absent(exports: Mapping[str, Export], headers: Mapping[str, Sequence[str]]) -> None:
    problems = [
        Problem(
            msg("There is no column “{header}” to link by.", header=header),
            exports[source].where(),
            one_of(header, exports[source].frame.columns),
        )
        for source, wanted in headers.items()
        for header in wanted
        if exports[source].find(header) is None
    ]
    if problems:
        raise LinkageError(problems)


def _codes(export: Export, columns: CodeColumns) -> WaveCodes:
    names = [f"c{place}" for place in range(len(columns.elements))]
    headers = (*columns.elements, *_stated(columns.block))
    cells = {
        name: export.frame[export.find(header)].to_numpy(dtype=object)
        for name, header in zip((*names, BLOCK), headers, strict=False)
    }
    frame = pd.DataFrame({ROW: export.frame.index.to_numpy(), **cells})
    return wave_codes(frame, names, respondent=ROW, block=BLOCK if columns.block else None)


def _with_person(export: Export, persons: pd.Series, dropped: Sequence[str]) -> Export:
    rows = export.frame.index
    named = persons.set_axis(persons.index.astype("str")).reindex(rows.astype("str")).to_numpy(dtype=object)
    frame = export.frame.drop(columns=[export.find(header) for header in dropped])
    texts, codes = np.unique(named.astype(str), return_inverse=True)
    person = pd.Categorical.from_codes(codes, categories=pd.Index(texts, dtype="str"))
    return replace(export, frame=frame.assign(**{PERSON: person}))
