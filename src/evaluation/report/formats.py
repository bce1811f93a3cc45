"""The formats of a report: all are made from one edition, and one that fails does not stop the others."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from evaluation.report.document import single_page
from evaluation.report.edition import Edition
from evaluation.report.forks import side_by_side
from evaluation.report.pdf import write_pdf
from evaluation.report.word import write_word
from evaluation.report.workbook import write_workbook
from evaluation.report.workshop.page import write_workshop
from evaluation.vocabulary.errors import FormatError, Problem, ReportError, one_of
from evaluation.vocabulary.message import Message, msg, pmsg


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file.

    Attributes
    ----------
    file
        Its name in the folder of the language.
    name
        What the link to it says.
    write
        Writes an edition to a file; raises `FormatError` if it cannot.
    drawn
        Whether it is about figures, so that an edition without any has no such file.
    pictures
        As what it needs figures: `svg`, `png`, or nothing.
    """

    file: str
    name: Message
    write: Callable[[Edition, Path], None]
    drawn: bool = False
    pictures: str = "svg"


def write_single(edition: Edition, path: Path) -> None:
    """Write the whole report as one page that needs no other file."""
    path.write_text(single_page(edition), encoding="utf-8")


FILES: dict[str, Format] = {
    "page": Format("report.html", pmsg("format", "One page"), write_single),
    "pdf": Format("report.pdf", pmsg("format", "PDF"), write_pdf),
    "word": Format("report.docx", pmsg("format", "Word"), write_word, pictures="png"),
    "excel": Format("tables.xlsx", pmsg("format", "Excel"), write_workbook, pictures=""),
    "workshop": Format("workshop.html", pmsg("format", "Workshop"), write_workshop, drawn=True),
}
"""The formats that are one file."""

SITE = "html"
"""The format that is a folder of pages; it links to the files of the others."""

FORMATS: tuple[str, ...] = (SITE, *FILES)
"""What a report can be asked for as."""


def check_formats(names: Sequence[str]) -> tuple[str, ...]:
    """Return the formats that are asked for, in their own order; all if none is named.

    Raises
    ------
    ReportError
        If there is no such format.
    """
    for name in names:
        if name not in FORMATS:
            raise ReportError(msg("There is no format {name}.", name=name), do=one_of(name, FORMATS))
    return tuple(name for name in FORMATS if not names or name in names)


def write_files(edition: Edition, formats: Sequence[str], folder: Path) -> tuple[list[Format], list[Problem]]:
    """Write the formats that are one file.

    Parameters
    ----------
    edition
        What to show.
    formats
        Keys of `FILES`; others are left to others, and what needs figures is left out where there are none.
    folder
        Where the files are written.

    Returns
    -------
    made : list of Format
        What was written.
    problems : list of Problem
        One for each format that could not be made; no file is left of it.
    """
    wanted = [
        FILES[name]
        for name in formats
        if name in FILES and (edition.pictures.exhibits or not FILES[name].drawn)
    ]
    for kind in {one.pictures for one in wanted} - {""}:
        getattr(edition.pictures, kind)
    tasks = [partial(_failed, one, edition, folder / one.file) for one in wanted]
    ended = list(zip(wanted, side_by_side(tasks), strict=True))
    made = [one for one, failed in ended if not failed]
    return made, [problem for _, failed in ended for problem in failed]


def _failed(one: Format, edition: Edition, path: Path) -> Sequence[Problem]:
    """Write one file; if that fails, leave none and return why."""
    try:
        one.write(edition, path)
    except FormatError as error:
        path.unlink(missing_ok=True)
        return error.problems
    return ()
