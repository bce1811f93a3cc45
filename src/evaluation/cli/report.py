"""Commands that evaluate and render."""

import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path

import typer

from evaluation.chapters import CHAPTERS, NOTEBOOKS, chapters_of
from evaluation.cli.options import (
    Audiences,
    Engine,
    Force,
    Formats,
    Level,
    Notebooks,
    Only,
    Out,
    ProjectFile,
)
from evaluation.cli.receipts import keep_receipt
from evaluation.cli.speaker import Speaker
from evaluation.cli.unchanged import default_folder
from evaluation.data.manifest import is_current
from evaluation.data.store import short_texts
from evaluation.project.load import load_project
from evaluation.project.model import LoadedProject
from evaluation.report.claims import own_overclaims
from evaluation.report.engines import chosen_engine
from evaluation.report.executed import chapters_folder, rendered_folder
from evaluation.report.history import keep_record, record_of
from evaluation.report.kept import kept_in
from evaluation.report.places import beside, clear_halves, clear_up
from evaluation.report.receipt import Asked
from evaluation.report.release import protected_together
from evaluation.report.render import read_exhibits
from evaluation.report.run import Executed, notebook_folder, run_chapters
from evaluation.report.write import Wanted, write_report
from evaluation.rules.impact import evidence
from evaluation.study import Study, handed_down, open_study, read_study
from evaluation.vocabulary.errors import FormatError, MissingFileError, ReportError, one_of
from evaluation.vocabulary.message import msg, nmsg


@dataclass(frozen=True, slots=True)
class Run:
    """How notebooks are run: for which report, whether all of them, and by what."""

    folder: Path
    force: bool
    engine: str


def run(
    context: typer.Context,
    project: ProjectFile,
    only: Only = None,
    out: Out = None,
    notebooks: Notebooks = None,
    force: Force = False,
    engine: Engine = "",
) -> None:
    """Execute the notebooks, without rendering the report."""
    loaded = load_project(project)
    folder = _folder(loaded, out)
    clear_halves(chapters_folder(loaded))
    with _kept(loaded, force), handed_down(read_study(loaded)), _made_beside(folder) as made:
        _run(context.obj, loaded, only, made, notebooks, Run(folder, force, chosen_engine(engine)))
        kept = folder / "notebooks"
        kept.mkdir(parents=True, exist_ok=True)
        for path in kept.glob("*.ipynb"):
            if not (made / path.name).exists():
                shutil.copy2(path, made / path.name)
        _protect(context.obj, loaded, made)
        for path in made.glob("*.ipynb"):
            path.replace(kept / path.name)
    context.obj.tell(msg("The executed notebooks are in {folder}.", folder=str(kept)))


def render(
    context: typer.Context,
    project: ProjectFile,
    out: Out = None,
    formats: Formats = None,
    audiences: Audiences = None,
    level: Level = "",
) -> None:
    """Render the report from notebooks that have been executed."""
    wanted = Wanted.checked(formats or (), audiences or (), level)
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
    with _kept(loaded):
        _write(context.obj, loaded, there, folder, wanted)


def report(
    context: typer.Context,
    project: ProjectFile,
    only: Only = None,
    out: Out = None,
    notebooks: Notebooks = None,
    formats: Formats = None,
    audiences: Audiences = None,
    level: Level = "",
    force: Force = False,
    engine: Engine = "",
) -> None:
    """Make the whole report: read, evaluate, render. Without exports, made-up data are used if that is allowed."""
    begun = time.time()
    wanted = Wanted.checked(formats or (), audiences or (), level)
    loaded = load_project(project)
    _ready(context.obj, loaded)
    folder = _folder(loaded, out)
    clear_halves(chapters_folder(loaded))
    with _kept(loaded, force), handed_down(read_study(loaded)), _made_beside(folder) as made:
        executed, ran = _run(
            context.obj, loaded, only, made, notebooks, Run(folder, force, chosen_engine(engine))
        )
        _protect(context.obj, loaded, made, find=not force, keep=True)
        _write(context.obj, loaded, executed, folder, wanted)
    asked = Asked(tuple(only or ()), tuple(formats or ()), tuple(audiences or ()), level)
    used = [(notebooks or notebook_folder(loaded.file.parent)) / path.name for path in ran.paths]
    keep_receipt(loaded, folder, asked, used, ran, begun)


def _ready(speaker: Speaker, loaded: LoadedProject) -> None:
    """See to it that there are tables that are up to date; rehearse where there are no exports."""
    if is_current(loaded):
        return
    data = import_module("evaluation.cli.data")
    if not data.has_exports(loaded):
        if loaded.definition.simulation is None:
            raise MissingFileError(
                msg("There are no exports."),
                where=str(loaded.raw_folder),
                do=msg("Put them there, or add a section `simulation:` to the definition to rehearse."),
            )
        speaker.tell(msg("There are no exports yet: made-up ones are used, and every page says so."))
        data.write_rehearsal(loaded, None)
    data.ingest_and_store(loaded)


@contextmanager
def _kept(loaded: LoadedProject, force: bool = False) -> Iterator[None]:
    with short_texts(), kept_in(rendered_folder(loaded), fresh=force):
        yield


@contextmanager
def _made_beside(folder: Path) -> Iterator[Path]:
    """Give a folder for executed notebooks that is gone afterwards, whatever happens.

    A notebook that failed is kept in a folder of its own, until the next run succeeds.
    """
    made, failed = beside(folder, "notebooks"), _failed(folder)
    clear_up(folder)
    try:
        yield made
        shutil.rmtree(failed, ignore_errors=True)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _failed(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}-failed")


def _run(
    speaker: Speaker,
    loaded: LoadedProject,
    only: list[str] | None,
    made: Path,
    notebooks: Path | None,
    how: Run,
) -> tuple[dict[str, Path], Executed]:
    names = chapters_of(loaded.definition)
    for name in only or []:
        if name not in names:
            raise ReportError(
                msg("There is no chapter {name} in this programme.", name=name), do=one_of(name, names)
            )
    names = [name for name in names if not only or name in only]
    files = [NOTEBOOKS[name] for name in names]
    folder = notebooks or notebook_folder(loaded.file.parent)
    ran = run_chapters(
        loaded, files, made, notebooks=folder, failed=_failed(how.folder), force=how.force,
        engine=how.engine, watch=partial(_watched, speaker, len(files)),
    )  # fmt: skip
    return dict(zip(names, ran.paths, strict=True)), ran


def _watched(
    speaker: Speaker, chapters: int, names: Sequence[str]
) -> AbstractContextManager[Callable[[str], None]]:
    """Say how many chapters are not run again, and show how far the others have come."""
    if len(names) < chapters:
        speaker.tell(
            nmsg(
                "One chapter is unchanged and is not run again.",
                "{count} chapters are unchanged and are not run again.",
                count=chapters - len(names),
            )
        )
    return speaker.progress(msg("Evaluating"), len(names)) if names else nullcontext(lambda name: None)


def _protect(
    speaker: Speaker, loaded: LoadedProject, made: Path, *, find: bool = False, keep: bool = False
) -> None:
    """Look at all chapters together before anything leaves the folder in which they were made.

    If all of them show what they showed, so is what they withhold together.
    """
    release = protected_together(made, open_study(loaded.file), find=find, keep=keep)
    speaker.tell(
        msg(
            "Withheld rows: {primary} for their own numbers, {complementary} more that would give them away.",
            primary=release.primary,
            complementary=release.complementary,
        )
    )
    if release.rounded:
        speaker.tell(
            msg("Rounded rows, which would give them away as they are: {rows}.", rows=release.rounded)
        )
    if release.unprotected:
        speaker.tell(
            nmsg(
                "{count} withheld number can be worked out all the same: run `evaluation audit` before publishing.",
                "{count} withheld numbers can be worked out all the same: run `evaluation audit` before publishing.",
                count=release.unprotected,
            )
        )


def _write(
    speaker: Speaker, loaded: LoadedProject, executed: dict[str, Path], folder: Path, wanted: Wanted
) -> None:
    study = open_study(loaded.file)
    paths, problems = write_report(study, executed, CHAPTERS, folder, wanted=wanted)
    if list(executed) == chapters_of(loaded.definition):
        kept = [folder / "notebooks" / path.name for path in executed.values()]
        shown = [exhibit for path in kept for exhibit in read_exhibits(path)]
        keep_record(record_of(shown, study), loaded)
    _warn(speaker, study)
    for path in paths:
        speaker.tell(msg("The report: {path}", path=str(path)))
    if problems:
        raise FormatError(problems)


def _warn(speaker: Speaker, study: Study) -> None:
    """Warn of sentences that people wrote and that claim more than the design shows."""
    for found in own_overclaims(study, evidence(study)):
        speaker.tell(
            msg(
                "Warning: {where} claims more than the design shows (“{word}”): “{sentence}” Write what changed, or "
                "that it need not come from the programme.",
                where=found.where,
                word=found.claim.word,
                sentence=found.claim.sentence,
            )
        )


def _folder(loaded: LoadedProject, out: Path | None) -> Path:
    return out.resolve() if out else default_folder(loaded.file)
