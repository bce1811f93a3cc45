"""Commands that evaluate and render."""

import os
import shutil
from pathlib import Path

import typer

from evaluation.chapters import CHAPTERS, NOTEBOOKS, chapters_of
from evaluation.cli.data import has_exports, write_rehearsal
from evaluation.cli.options import Notebooks, Only, Out, ProjectFile
from evaluation.cli.speaker import Speaker
from evaluation.data.ingest import ingest_and_store
from evaluation.data.manifest import is_current
from evaluation.project.load import load_project
from evaluation.project.model import LoadedProject
from evaluation.report.run import notebook_folder, run_chapters
from evaluation.report.site import write_report
from evaluation.study import open_study
from evaluation.vocabulary.errors import EvaluationError, MissingFileError, ReportError, one_of
from evaluation.vocabulary.message import msg


def run(
    context: typer.Context,
    project: ProjectFile,
    only: Only = None,
    out: Out = None,
    notebooks: Notebooks = None,
) -> None:
    """Execute the notebooks, without rendering the report."""
    loaded = load_project(project)
    executed = _run(context.obj, loaded, only, _folder(loaded, out) / "notebooks", notebooks)
    context.obj.tell(
        msg("The executed notebooks are in {folder}.", folder=str(next(iter(executed.values())).parent))
    )


def render(context: typer.Context, project: ProjectFile, out: Out = None) -> None:
    """Render the report from notebooks that have been executed."""
    loaded = load_project(project)
    folder = _folder(loaded, out)
    executed = {
        name: folder / "notebooks" / f"{NOTEBOOKS[name]}.ipynb" for name in chapters_of(loaded.definition)
    }
    there = {name: path for name, path in executed.items() if path.is_file()}
    if not there:
        raise MissingFileError(
            msg("There are no executed notebooks."), where=str(folder), do=msg("Run `evaluation run` first.")
        )
    _write(context.obj, loaded, there, folder)


def report(
    context: typer.Context,
    project: ProjectFile,
    only: Only = None,
    out: Out = None,
    notebooks: Notebooks = None,
) -> None:
    """Make the whole report: read, evaluate, render. Without exports, made-up data are used if that is allowed."""
    loaded = load_project(project)
    if not has_exports(loaded):
        if loaded.definition.simulation is None:
            raise MissingFileError(
                msg("There are no exports."),
                where=str(loaded.raw_folder),
                do=msg("Put them there, or add a section `simulation:` to the definition to rehearse."),
            )
        context.obj.tell(msg("There are no exports yet: made-up ones are used, and every page says so."))
        write_rehearsal(loaded, None)
    if not is_current(loaded):
        ingest_and_store(loaded)
    folder = _folder(loaded, out)
    made = folder.with_name(f".{folder.name}-notebooks-{os.getpid()}")
    try:
        _write(context.obj, loaded, _run(context.obj, loaded, only, made, notebooks), folder)
    except EvaluationError:
        raise
    else:
        shutil.rmtree(made, ignore_errors=True)


def _run(
    speaker: Speaker, loaded: LoadedProject, only: list[str] | None, out: Path, notebooks: Path | None
) -> dict[str, Path]:
    names = chapters_of(loaded.definition)
    for name in only or []:
        if name not in names:
            raise ReportError(
                msg("There is no chapter {name} in this programme.", name=name), do=one_of(name, names)
            )
    names = [name for name in names if not only or name in only]
    files = [NOTEBOOKS[name] for name in names]
    folder = notebooks or notebook_folder(loaded.file.parent)
    with speaker.progress(msg("Evaluating"), len(files)) as done:
        paths = run_chapters(loaded.file, files, out, notebooks=folder, done=done)
    return dict(zip(names, paths, strict=True))


def _write(speaker: Speaker, loaded: LoadedProject, executed: dict[str, Path], folder: Path) -> None:
    study = open_study(loaded.file)
    for path in write_report(study, executed, CHAPTERS, folder):
        speaker.tell(msg("The report: {path}", path=str(path)))


def _folder(loaded: LoadedProject, out: Path | None) -> Path:
    return out.resolve() if out else loaded.file.parent.parent.parent / "reports" / loaded.key
