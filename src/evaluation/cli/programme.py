"""The command that evaluates many projects and puts them together."""

from pathlib import Path
from typing import Annotated

import typer

from evaluation.chapters import CHAPTERS
from evaluation.cli.options import Force, Formats, Notebooks, Only
from evaluation.programme.executor import chosen_place
from evaluation.programme.registry import Refused, read_registry
from evaluation.programme.report import evaluate_projects, write_programme_report
from evaluation.report.formats import FORMATS
from evaluation.report.run import notebook_folder
from evaluation.report.write import Wanted
from evaluation.vocabulary.errors import FormatError, ReportError, one_of
from evaluation.vocabulary.message import msg

IN_FORMATS = tuple(name for name in FORMATS if name != "workshop")
"""The formats of a programme's report."""


def programme(
    context: typer.Context,
    projects: Annotated[Path, typer.Argument(help="A folder of projects, or a list as .csv or .yaml.")],
    out: Annotated[Path, typer.Option("--out", help="The folder of the report.")],
    jobs: Annotated[
        int, typer.Option("--jobs", min=0, help="How many processes; 0 is one for each processor.")
    ] = 0,
    scheduler: Annotated[
        str, typer.Option("--scheduler", help="The address of a cluster, such as tcp://HOST:PORT.")
    ] = "",
    only: Only = None,
    notebooks: Notebooks = None,
    formats: Formats = None,
    force: Force = False,
) -> None:
    """Evaluate many projects, compare them and put them together in one report."""
    for name in formats or ():
        if name not in IN_FORMATS:
            raise ReportError(msg("There is no format {name}.", name=name), do=one_of(name, IN_FORMATS))
    wanted = Wanted.checked(formats or IN_FORMATS)
    for name in only or ():
        if name not in CHAPTERS:
            raise ReportError(msg("There is no chapter {name}.", name=name), do=one_of(name, CHAPTERS))
    registry = read_registry(projects)
    folder = (notebooks or notebook_folder(projects.resolve())).resolve()
    place = chosen_place(jobs, scheduler, registry.entries)
    with context.obj.progress(msg("Evaluating the projects"), len(registry.entries)) as done:
        runs = evaluate_projects(registry, place, notebooks=folder, only=only or (), force=force, done=done)
    paths, problems = write_programme_report(registry, runs, out.resolve(), notebooks=folder, wanted=wanted)
    _tell(context, registry.refused, runs)
    for path in paths:
        context.obj.tell(msg("The report: {path}", path=str(path)))
    if problems:
        raise FormatError(problems)


def _tell(context: typer.Context, refused: tuple[Refused, ...], runs: dict) -> None:
    failed = [key for key, run in runs.items() if run["status"] != "evaluated"]
    context.obj.tell(
        msg(
            "Evaluated: {done} of {total} projects.",
            done=len(runs) - len(failed),
            total=len(runs) + len(refused),
        )
    )
    for name in [*(one.name for one in refused), *failed]:
        context.obj.tell(msg("Left out, as the report says: {project}", project=name))
