"""Errors that a user meets: what, where, what was found, what to do.

Each kind has an exit code of its own; 1 is kept for defects of this package
and 2 for wrong use of the command line.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from evaluation.vocabulary.message import Message, msg


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with what the user gave.

    Attributes
    ----------
    what
        What is wrong, with what was found.
    where
        File with line, or file with row and column; empty if the place is the call itself.
    do
        What to do about it.
    """

    what: Message
    where: str = ""
    do: Message | None = None

    def __str__(self) -> str:
        return " ".join(str(part) for part in (self.where and f"{self.where}:", self.what, self.do) if part)


class EvaluationError(Exception):
    """The base of every error that is shown to a user without a traceback."""

    exit_code = 3

    def __init__(self, what: Message | Sequence[Problem], *, where: str = "", do: Message | None = None):
        self.problems = (Problem(what, where, do),) if isinstance(what, Message) else tuple(what)
        super().__init__("\n".join(map(str, self.problems)))

    def _render_traceback_(self) -> list[str]:
        """Show a notebook's reader the problem, not the way to it."""
        return [f"{type(self).__name__}: {self}"]


class ProjectError(EvaluationError):
    """The project definition or its codebook cannot be used."""

    exit_code = 3


class MissingFileError(EvaluationError):
    """A file that is needed is not there, or is empty."""

    exit_code = 4


class ExportError(EvaluationError):
    """An export cannot be read as a table: delimiter, columns or sheets."""

    exit_code = 5


class AnswerError(EvaluationError):
    """The answers do not agree with the codebook: texts, ranges or duplicates."""

    exit_code = 6


class LinkageError(EvaluationError):
    """The waves cannot be linked."""

    exit_code = 7


class EstimationError(EvaluationError):
    """A method was asked for something it cannot compute from these numbers."""

    exit_code = 8


class ReportError(EvaluationError):
    """The report cannot be run or rendered."""

    exit_code = 9


class ParameterError(EvaluationError):
    """A notebook was given a parameter it does not have, or of another type."""

    exit_code = 10


class PrivacyError(EvaluationError):
    """Something that identifies people stands where it must not, or data are past their date."""

    exit_code = 11


class FormatError(EvaluationError):
    """One of the report's formats cannot be made; the others are."""

    exit_code = 12


class DisclosureError(EvaluationError):
    """A published report tells a number that should have been withheld."""

    exit_code = 13


ERRORS = (
    ProjectError,
    MissingFileError,
    PrivacyError,
    ExportError,
    AnswerError,
    LinkageError,
    EstimationError,
    ReportError,
    ParameterError,
    FormatError,
    DisclosureError,
)


LISTED = 24
"""How many allowed values a message lists."""


def one_of(found: object, allowed: Iterable[object]) -> Message:
    """Say which values are allowed, with the nearest one first if there is a near one."""
    names = sorted(str(value) for value in allowed)
    near = get_close_matches(str(found), names, n=1, cutoff=0.6)
    listed = ", ".join(names[:LISTED]) + (", …" if len(names) > LISTED else "")
    if near:
        return msg("Did you mean {near}? Allowed: {allowed}.", near=near[0], allowed=listed)
    return msg("Allowed: {allowed}.", allowed=listed or "–")


def file_error(error: OSError) -> ReportError:
    """Return what the system says of a file as an error that a user can mend."""
    return ReportError(
        msg("A file cannot be read or written: {text}.", text=error.strerror or str(error)),
        where=str(error.filename or ""),
        do=msg("See whether it is there and may be read and written, and whether the disk is full."),
    )
