"""Writing a whole report: every audience, language and format, beside the earlier report until all is there."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from evaluation.report.audience import AUDIENCES, LEVELS
from evaluation.report.edition import Edition, make_edition
from evaluation.report.forks import side_by_side
from evaluation.report.formats import SITE, check_formats, write_files
from evaluation.report.places import beside, take_place
from evaluation.report.site import write_site
from evaluation.study import Study
from evaluation.vocabulary.errors import Problem, ReportError, one_of
from evaluation.vocabulary.message import Message, msg

FIRST_AUDIENCE = "evaluator"
Written = tuple[list[str], list[Problem]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a user asks for.

    Attributes
    ----------
    formats
        Keys of `formats.FORMATS`.
    audiences
        Keys of `AUDIENCES`.
    level
        A reading level for all findings; each exhibit's own if empty.
    """

    formats: tuple[str, ...]
    audiences: tuple[str, ...]
    level: str

    @classmethod
    def checked(cls, formats: Sequence[str] = (), audiences: Sequence[str] = (), level: str = "") -> "Wanted":
        """Return what is asked for, in the order of the registries.

        Parameters
        ----------
        formats
            All if empty.
        audiences
            The evaluators if empty.
        level
            Each exhibit's own if empty.

        Raises
        ------
        ReportError
            If a format, an audience or a reading level is unknown.
        """
        for name in audiences:
            if name not in AUDIENCES:
                raise ReportError(msg("There is no audience {name}.", name=name), do=one_of(name, AUDIENCES))
        if level and level not in LEVELS:
            raise ReportError(
                msg("There is no reading level {level}.", level=level), do=one_of(level, LEVELS)
            )
        readers = tuple(name for name in AUDIENCES if name in (audiences or (FIRST_AUDIENCE,)))
        return cls(check_formats(formats), readers, level)


def write_report(
    study: Study,
    notebooks: Mapping[str, Path],
    names: Mapping[str, Message],
    out: Path,
    *,
    wanted: Wanted | None = None,
    edition: Callable[..., Edition] = make_edition,
) -> tuple[list[Path], list[Problem]]:
    """Write the whole report; it takes the earlier one's place only when it is complete.

    Parameters
    ----------
    study
        The programme, for its words, thresholds and manifest.
    notebooks
        The executed notebook of every chapter, in reading order.
    names
        The chapters' names in the contents list.
    out
        The folder of the report. Evaluators' editions lie in it, those of others in a folder of their own.
    wanted
        What is asked for; the evaluators' edition in all formats if None.
    edition
        Makes what one audience reads in one language; as `make_edition`.

    Returns
    -------
    paths : list of pathlib.Path
        What to open first in every edition.
    problems : list of Problem
        One for each format that could not be made.

    Raises
    ------
    ReportError
        If nothing is left to show.
    """
    wanted = wanted or Wanted.checked()
    made = beside(out)
    shutil.rmtree(made, ignore_errors=True)
    paths: list[Path] = []
    problems: list[Problem] = []
    try:
        made.mkdir(parents=True)
        wishes = [(audience, lang) for audience in wanted.audiences for lang in study.project.languages]

        def write(audience: str, lang: str) -> Written:
            one = edition(study, notebooks, names, lang, audience=audience, level=wanted.level)
            return _write_edition(one, wanted.formats, made / _folder(audience) / lang)

        for (audience, lang), (opened, failed) in zip(
            wishes, side_by_side([partial(write, *one) for one in wishes]), strict=True
        ):
            paths += [out / _folder(audience) / lang / name for name in opened]
            problems += [problem for problem in failed if problem not in problems]
        _keep(notebooks, made / "notebooks")
        take_place(made, out)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return paths, problems


def _folder(audience: str) -> str:
    return "" if audience == FIRST_AUDIENCE else audience


def _write_edition(edition: Edition, formats: Sequence[str], folder: Path) -> tuple[list[str], list[Problem]]:
    """Write one edition and name the file to open first."""
    folder.mkdir(parents=True)
    made, problems = write_files(edition, formats, folder)
    if SITE in formats:
        write_site(edition, made, folder)
        return ["index.html"], problems
    return [one.file for one in made], problems


def _keep(notebooks: Mapping[str, Path], folder: Path) -> None:
    folder.mkdir()
    for path in notebooks.values():
        shutil.copy2(path, folder / path.name)
