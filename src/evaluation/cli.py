"""The command line: from a definition and raw exports to a report, one step at a time or all at once."""

import json
import locale
import logging
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from evaluation.chapters import CHAPTERS, NOTEBOOKS, chapters_of
from evaluation.data.ingest import ingest, ingest_and_store
from evaluation.data.manifest import is_current
from evaluation.project.load import load_project
from evaluation.project.model import LoadedProject
from evaluation.project.schema import json_schema
from evaluation.report.run import notebook_folder, run_chapters
from evaluation.report.site import write_report
from evaluation.simulate import simulate as simulated_exports
from evaluation.simulate import write_simulated
from evaluation.study import open_study
from evaluation.text.catalogue import languages, say, say_error
from evaluation.vocabulary.errors import EvaluationError, MissingFileError, ReportError, one_of
from evaluation.vocabulary.message import Message, msg, nmsg

app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="Evaluation of skills-development programmes."
)
TEMPLATE = Path(__file__).with_name("project") / "template"


class Language(StrEnum):
    """The languages of messages."""

    sv = "sv"
    en = "en"


class Speaker:
    """Says messages in the user's language, on the terminal or as plain lines."""

    def __init__(self, lang: str):
        self.lang = lang
        self.console = Console(stderr=True, highlight=False, soft_wrap=True)

    def tell(self, message: Message, **fields: object) -> None:
        """Print one message to the error stream, so that output can be piped."""
        self.console.print(say(message, self.lang, **fields), markup=False)

    @contextmanager
    def progress(self, title: Message, steps: int) -> Iterator[Callable[[str], None]]:
        """Show how far a task has come: a bar on a terminal, a line per step elsewhere."""
        text = say(title, self.lang)
        if not self.console.is_terminal:
            self.console.print(text, markup=False)
            yield lambda step: self.console.print(f"  {step}", markup=False)
            return
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, console=self.console, transient=True) as bar:
            task = bar.add_task(text, total=steps)
            yield lambda step: bar.advance(task)


ProjectFile = Annotated[Path, typer.Argument(help="The project's project.yaml, or its folder.")]
Only = Annotated[
    list[str] | None, typer.Option("--only", help="Only this chapter; may be given several times.")
]
Out = Annotated[Path | None, typer.Option("--out", help="The folder of the report.")]
Notebooks = Annotated[Path | None, typer.Option("--notebooks", help="The folder of the notebooks.")]


@app.callback()
def options(
    context: typer.Context,
    lang: Annotated[Language | None, typer.Option("--lang", help="Language of messages: sv or en.")] = None,
    verbose: Annotated[bool, typer.Option("--verbose", help="Log what happens inside.")] = False,
) -> None:
    """Choose the language of messages."""
    logging.basicConfig(level=logging.DEBUG if verbose else logging.WARNING, format="%(name)s: %(message)s")
    context.obj = context.obj or Speaker(lang or _language())


@app.command()
def new(context: typer.Context, folder: Annotated[Path, typer.Argument(help="The folder to make.")]) -> None:
    """Make a commented project definition to start from."""
    if folder.exists():
        raise ReportError(
            msg("The folder {folder} is there already.", folder=str(folder)), do=msg("Choose another name.")
        )
    shutil.copytree(TEMPLATE, folder)
    (folder / "project.schema.json").write_text(json.dumps(json_schema(), indent=2) + "\n", encoding="utf-8")
    context.obj.tell(
        msg("Made {folder}. Edit project.yaml, then run `evaluation check`.", folder=str(folder))
    )


@app.command()
def check(context: typer.Context, project: ProjectFile) -> None:
    """Check the definition, the codebook and, if there are any, the exports."""
    loaded = load_project(project)
    context.obj.tell(
        nmsg(
            "The definition is in order: one statement.",
            "The definition is in order: {count} statements.",
            count=len(loaded.definition.indicators),
        )
    )
    if _has_raw(loaded):
        tables = ingest(loaded)
        for row in tables.manifest.accounting:
            label = loaded.definition.sources[row.source].label or dict.fromkeys(languages(), row.source)
            context.obj.tell(
                msg("{source}: {kept} of {read} rows kept.", source=label, kept=row.kept, read=row.read)
            )
        for note in tables.manifest.notes:
            context.obj.tell(note)
    else:
        context.obj.tell(msg("There are no exports in {folder} yet.", folder=str(loaded.raw_folder)))


@app.command()
def simulate(
    context: typer.Context,
    project: ProjectFile,
    seed: Annotated[int | None, typer.Option(help="Another seed than the definition's.")] = None,
) -> None:
    """Write made-up raw exports, so that the report can be rehearsed."""
    loaded = load_project(project)
    _simulate(loaded, seed)
    context.obj.tell(msg("Made-up exports are in {folder}.", folder=str(loaded.raw_folder)))


@app.command(name="ingest")
def ingest_command(context: typer.Context, project: ProjectFile) -> None:
    """Read the exports and write the processed tables."""
    loaded = load_project(project)
    ingest_and_store(loaded)
    context.obj.tell(msg("The tables are in {folder}.", folder=str(loaded.processed_folder)))


@app.command()
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


@app.command()
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


@app.command()
def report(
    context: typer.Context,
    project: ProjectFile,
    only: Only = None,
    out: Out = None,
    notebooks: Notebooks = None,
) -> None:
    """Make the whole report: read, evaluate, render. Without exports, made-up data are used if that is allowed."""
    loaded = load_project(project)
    if not _has_raw(loaded):
        if loaded.definition.simulation is None:
            raise MissingFileError(
                msg("There are no exports."),
                where=str(loaded.raw_folder),
                do=msg("Put them there, or add a section `simulation:` to the definition to rehearse."),
            )
        context.obj.tell(msg("There are no exports yet: made-up ones are used, and every page says so."))
        _simulate(loaded, None)
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


def main() -> None:
    """Run the command line; what a user can mend is told in one line each, without a traceback."""
    asked, words = _take_language(sys.argv[1:])
    speaker = Speaker(asked or _language())
    try:
        app(words, obj=speaker)
    except EvaluationError as error:
        for line in say_error(error, speaker.lang):
            speaker.console.print(line, markup=False)
        sys.exit(error.exit_code)


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


def _simulate(loaded: LoadedProject, seed: int | None) -> None:
    if loaded.definition.simulation is None:
        raise MissingFileError(
            msg("The definition does not allow made-up data."),
            where=str(loaded.file),
            do=msg("Add a section `simulation:`; docs/project.md says what it holds."),
        )
    rng = np.random.default_rng(loaded.definition.simulation.seed if seed is None else seed)
    write_simulated(simulated_exports(loaded, rng), loaded.raw_folder)


def _has_raw(loaded: LoadedProject) -> bool:
    return any((loaded.raw_folder / source.file).is_file() for source in loaded.definition.sources.values())


def _folder(loaded: LoadedProject, out: Path | None) -> Path:
    return out.resolve() if out else loaded.file.parent.parent.parent / "reports" / loaded.key


def _language() -> str:
    asked = os.environ.get("EVALUATION_LANG") or (locale.getlocale()[0] or "en")
    return asked[:2] if asked[:2] in languages() else "en"


def _take_language(words: list[str]) -> tuple[str | None, list[str]]:
    """Let `--lang sv` stand anywhere; a language that is not spoken is left for the parser to refuse."""
    for index, word in enumerate(words):
        name, _, value = word.partition("=")
        used = 1 if value else 2
        found = value or "".join(words[index + 1 : index + 2])
        if name == "--lang" and found in languages():
            return found, words[:index] + words[index + used :]
    return None, words


if __name__ == "__main__":
    main()
