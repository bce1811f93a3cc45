"""Identifiers of people, organisations and efforts, whole or divided among several columns."""

import numpy as np
from numpy.typing import NDArray

from evaluation.project.model import Project
from evaluation.simulate.wording import wording_of

JOINT = "-"
"""What stands between the parts where one file has them in one column and another in several."""

UNITS = {"person": "person", "contact_person": "person", "organisation": "organisation", "effort": "effort"}
"""Which unit the columns with identifiers stand for."""

LETTERS = np.array([first + second for first in "ABCDEFGHJKLMNPRSTUVY" for second in "ABCDEFGHJKLMNPRSTUVY"])


def identifier_columns(
    project: Project, name: str, numbers: NDArray[np.int64], total: int, headers: str | tuple[str, ...]
) -> dict[str, NDArray[np.object_]]:
    """Return the columns that hold the identifiers of some units.

    Parameters
    ----------
    name
        `person`, `contact_person`, `organisation` or `effort`.
    numbers
        The units' numbers from 0, shape (rows,).
    total
        How many units there are; it decides how many digits are written.
    headers
        The header, or the headers of the parts, as they stand in the definition.

    Notes
    -----
    The last part is a letter and a running number, the others are two letters that depend on the
    number. Where another file divides the same identifier into more columns, the last parts are joined.
    """
    stated = (headers,) if isinstance(headers, str) else headers
    count = max(_widest(project, UNITS[name]), len(stated))
    letter = getattr(wording_of(project), UNITS[name])
    digits = max(2, len(str(total)))
    running = np.array([f"{letter}{number + 1:0{digits}d}" for number in range(total)], dtype=object)
    parts = [
        LETTERS[(np.arange(total) * 7919 + 104729 * (place + 1)) % len(LETTERS)] for place in range(count - 1)
    ]
    own = len(stated) - 1
    last = np.array([*parts[own:], running], dtype=object)
    whole = last[0] if len(last) == 1 else np.array([JOINT.join(row) for row in last.T], dtype=object)
    columns = [*(part.astype(object) for part in parts[:own]), whole]
    return {header: column[numbers] for header, column in zip(stated, columns, strict=True)}


def first_header(headers: str | tuple[str, ...]) -> str:
    """Return the header, or the first of several."""
    return headers if isinstance(headers, str) else headers[0]


def _widest(project: Project, unit: str) -> int:
    return max(
        (
            1 if isinstance(headers, str) else len(headers)
            for source in project.sources.values()
            for name, headers in source.columns.items()
            if UNITS.get(name) == unit
        ),
        default=1,
    )
