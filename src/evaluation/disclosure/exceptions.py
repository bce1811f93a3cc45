"""Rows that may be shown although a rule would withhold them, because somebody has signed for it."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.vocabulary.errors import MissingFileError, Problem, ProjectError
from evaluation.vocabulary.message import msg

WHICH = ("indicator", "estimand", "item", "term", "wave", "group", "level")
WHY = ("reason", "signed_by")


@dataclass(frozen=True, slots=True)
class SignedOff:
    """One line of a file of exceptions.

    Attributes
    ----------
    which
        What a row must have in its key columns to be covered; columns that are not named do not matter.
    reason
        Why showing it harms nobody.
    signed_by
        Who answers for it.
    """

    which: Mapping[str, str]
    reason: str
    signed_by: str

    def covers(self, row: Mapping[str, Any]) -> bool:
        """Tell whether a row is meant."""
        return all(str(row.get(name)) == value for name, value in self.which.items())


def read_exceptions(path: Path) -> tuple[SignedOff, ...]:
    """Read the rows that are signed off.

    Parameters
    ----------
    path
        A file with commas between the columns indicator, estimand, item, term, wave, group, level, reason
        and signed_by. Of the first seven those that are filled must agree with a row.

    Returns
    -------
    tuple of SignedOff
        One per line.

    Raises
    ------
    MissingFileError, ProjectError
        If the file is not there, has other columns, or a line says not which row, why or who.
    """
    if not path.is_file():
        raise MissingFileError(
            msg("The file of exceptions is not found."),
            where=str(path),
            do=msg("Correct `privacy.exceptions` in the definition."),
        )
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        _refuse_columns(reader.fieldnames or [], path)
        lines = list(enumerate(reader, start=2))
    problems = [_problem(line, path, number) for number, line in lines if _incomplete(line)]
    if problems:
        raise ProjectError(problems)
    return tuple(_entry(line) for _, line in lines)


def _refuse_columns(found: list[str], path: Path) -> None:
    wrong = [name for name in found if name not in (*WHICH, *WHY)]
    missing = [name for name in WHY if name not in found]
    if wrong or missing:
        raise ProjectError(
            msg("The file of exceptions has the columns {found}.", found=", ".join(found) or "–"),
            where=str(path),
            do=msg(
                "It needs {needed} and some of {allowed}.", needed=", ".join(WHY), allowed=", ".join(WHICH)
            ),
        )


def _incomplete(line: Mapping[str, str | None]) -> bool:
    return not all((line.get(name) or "").strip() for name in WHY) or not any(
        (line.get(name) or "").strip() for name in WHICH
    )


def _problem(line: Mapping[str, str | None], path: Path, number: int) -> Problem:
    return Problem(
        msg("An exception does not say which row it is about, why, and who answers for it."),
        f"{path.name}:{number}",
        msg(
            "Fill in at least one of {allowed}, and {needed}.",
            allowed=", ".join(WHICH),
            needed=", ".join(WHY),
        ),
    )


def _entry(line: Mapping[str, str | None]) -> SignedOff:
    which = {name: (line.get(name) or "").strip() for name in WHICH if (line.get(name) or "").strip()}
    return SignedOff(which, (line["reason"] or "").strip(), (line["signed_by"] or "").strip())
